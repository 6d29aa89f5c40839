"""Invented people: given and family names from many places, each place with its time zone."""

import random
import unicodedata
from dataclasses import dataclass

DOMAINS = ("example.org", "example.net", "example.com")
COMPANIES = ("Halvorsen Instruments", "Quintal Logistics", "Bright Harbor Analytics", "Meridian Rail Works")
STREETS = ("14 Foundry Lane", "220 Orchard Street", "8 Harbor Steps", "61 Linden Row")


@dataclass(frozen=True)
class Place:
    """Names as people of a place bear them; weight : how many of the school's people come from there."""

    time_zone: str
    weight: int
    given: tuple[str, ...]
    family: tuple[str, ...]


def place(time_zone: str, weight: int, given: str, family: str) -> Place:
    return Place(time_zone, weight, tuple(given.split()), tuple(family.split()))


PLACES = (
    place(
        "America/New_York", 8, "Abigail Caleb Danielle Everett Fiona Graham Hazel Isaac Jolene Kendra Malcolm Nadine",
        "Ashworth Bellamy Crawley Dunmore Ellery Fairbank Gladstone Hollis Kingsley Loomis Penrose Thackeray",
    ),
    place(
        "America/Los_Angeles", 6, "Alondra Bryce Camila Dario Esperanza Felix Guadalupe Hector Ivonne Joaquin Leilani",
        "Arroyo Barragan Castaneda Delacruz Escobedo Figueroa Granados Hinojosa Kahale Montoya Olivares Quintero",
    ),
    place(
        "America/Chicago", 4, "Darnell Imani Jasmine Keisha Marquis Nia Orlando Renee Terrence Tyra Vernon Yolanda",
        "Baptiste Broadnax Chambliss Dupree Fontenot Gaines Hightower Ledbetter Merriweather Peoples Rutledge Sykes",
    ),
    place(
        "America/Toronto", 3, "Amelie Bruno Chloe Etienne Genevieve Hugo Julien Laurence Mathis Noemie Olivier Solene",
        "Beaulieu Charbonneau Desrosiers Fournier Gagnon Lachance Marchand Ouellette Pelletier Robitaille Thibault",
    ),
    place(
        "America/Sao_Paulo", 4, "Beatriz Caio Débora Eduardo Flávia Gustavo Heloísa Iago Larissa Murilo Rafaela Thiago",
        "Albuquerque Barbosa Cavalcante Drummond Fonseca Guimarães Lacerda Macedo Nogueira Peixoto Salgado Teles",
    ),
    place(
        "America/Mexico_City", 3, "Abril Benjamín Citlali Emiliano Fernanda Itzel Lorenzo Marisol Nayeli Ximena",
        "Aguirre Becerra Cisneros Durango Espinosa Galindo Ibarra Landeros Mendieta Ocampo Rentería Villanueva",
    ),
    place(
        "Europe/London", 5, "Alistair Bethan Callum Deirdre Ewan Freya Gareth Imogen Lachlan Niamh Rhiannon Siobhan",
        "Abernathy Blackwood Cadwallader Drummond Farquhar Gallagher Heathcote Llewellyn McAllister Pemberton Whitlock",
    ),
    place(
        "Europe/Berlin", 4, "Anneliese Bastian Clemens Dörte Emil Friederike Gisela Henrik Jonas Lennart Ulrike",
        "Ackermann Brandhorst Cordes Ebersbach Falkenberg Großmann Hildebrandt Kellermann Lindqvist Rösler Steinbach",
    ),
    place(
        "Europe/Warsaw", 3, "Agnieszka Bartosz Dorota Grzegorz Halina Igor Jadwiga Kacper Łukasz Paweł Zofia",
        "Bielak Chmura Domagała Gawron Jasiński Kowalczyk Leśniak Mroczek Olszewski Pietrzak Sobczak Wójtowicz",
    ),
    place(
        "Europe/Stockholm", 2, "Astrid Björn Elsa Fredrik Greta Håkan Ingrid Johan Linnea Mikael Sigrid Torbjörn",
        "Almqvist Bergdahl Dahlström Ekholm Forsgren Hedlund Lindgård Nyström Sjöberg Strandh Wallin Öberg",
    ),
    place(
        "Africa/Lagos", 4, "Adaeze Babatunde Chidinma Emeka Folake Ifeoma Kunle Ngozi Obinna Simisola Tunde Yewande",
        "Adebayo Chukwuma Eze Fashola Ikechukwu Nwosu Ogunleye Okoro Onyekachi Oyelaran Soyemi Uzoma",
    ),
    place(
        "Africa/Nairobi", 3, "Achieng Baraka Chebet Dalila Jabari Kamau Makena Njeri Omondi Sanaa Tumaini Wanjiru",
        "Atieno Chepkoech Kariuki Kimani Kiprono Mutua Mwangi Ndungu Njoroge Ochieng Otieno Wekesa",
    ),
    place(
        "Africa/Cairo", 3, "Amina Bassem Dalia Fares Hana Karim Laila Mostafa Nadia Omar Rania Tarek",
        "Abaza Darwish Elgohary Fahmy Ghanem Haddad Khattab Mansour Nassar Rashwan Sobhi Zaki",
    ),
    place(
        "Asia/Kolkata", 8, "Aarav Bhavana Chirag Deepika Gautam Harini Ishaan Kavya Meenakshi Nikhil Pranav Shalini",
        "Achari Bhattacharya Chaudhuri Deshpande Ganguly Iyer Kulkarni Mukherjee Nair Pillai Raghunathan Venkatesan",
    ),
    place(
        "Asia/Shanghai", 5, "Bowen Chunhua Daiyu Haoran Jiayi Lihua Mingyu Qiaolian Ruolan Shiyi Xiuying Zhiwei",
        "Bai Cheng Deng Fang Guo Hou Jiang Liang Meng Qian Shen Xue",
    ),
    place(
        "Asia/Tokyo", 3, "Akari Daichi Emiko Haruto Itsuki Kaori Mitsuki Natsumi Ryota Shiori Takumi Yuna",
        "Aoyama Fujisawa Hayashida Ishikura Kawabata Matsuura Nishioka Okabe Sakaguchi Takenaka Uchiyama Yamazoe",
    ),
    place(
        "Asia/Ho_Chi_Minh", 3, "Anh Bao Diep Giang Hien Khanh Linh Minh Ngoc Phuong Thao Tuan",
        "Ly Cao Dang Dinh Doan Duong Huynh Luong Ngo Phan Trinh Vuong",
    ),
    place(
        "Asia/Manila", 2, "Amihan Benigno Corazon Dalisay Efren Jovelyn Ligaya Marikit Nestor Rowena Tala Virgilio",
        "Abad Bautista Catacutan Dimaguiba Evangelista Lacsamana Macaraeg Panganiban Salonga Tolentino Villareal",
    ),
    place(
        "Asia/Tehran", 2, "Anahita Bahram Cyrus Darya Farhad Golnaz Kaveh Laleh Mahsa Navid Parisa Siavash",
        "Afshari Bahrami Daneshvar Esfandiari Farrokhi Ghorbani Kazemi Mirzaei Norouzi Rostami Sohrabi Tavakoli",
    ),
    place(
        "Australia/Sydney", 3, "Angus Bronte Cooper Darcy Elspeth Finlay Harriet Jarrah Kirra Lachie Matilda Tegan",
        "Armitage Birdwood Coolidge Delaney Fairweather Greenslade Hargrave Kettlewell Lockyer Marchbank Tillman",
    ),
)  # fmt: skip

# What a decomposition into letter and accent leaves as it is.
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ß": "ss", "ø": "o", "Ø": "O", "đ": "d"})


@dataclass(frozen=True)
class Somebody:
    """A name, an address that leads nowhere, and where they live."""

    name: str
    email: str
    time_zone: str


def invent(rng: random.Random, number: int) -> list[Somebody]:
    """So many people, no two of the same name or address."""
    found: dict[str, Somebody] = {}
    weights = [home.weight for home in PLACES]
    while len(found) < number:
        home = rng.choices(PLACES, weights)[0]
        name = f"{rng.choice(home.given)} {rng.choice(home.family)}"
        address = f"{plain(name).lower().replace(' ', '.')}@{rng.choice(DOMAINS)}"
        found.setdefault(plain(name), Somebody(name, address, home.time_zone))
    return list(found.values())


def plain(name: str) -> str:
    """A name in the letters of an e-mail address."""
    parts = unicodedata.normalize("NFKD", name.translate(PLAIN))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
