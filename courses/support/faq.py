"""Looking for an answer before asking: in the questions that courses answer, and in one's own that were answered.

A question is found if each word that was typed occurs in it or in its answer. These are few and short, so they are
compared here, where letters of every alphabet fold alike, whatever the database.
"""

import re
from dataclasses import dataclass

from courses.catalog.models import Faq
from courses.enrollment.access import Person, courses_for
from courses.people.models import User
from courses.support.models import Ticket

MOST_WORDS = 10
MOST_FOUND = 10
# Of one's own questions the newest ones are looked through.
MOST_OWN = 100
# They say nothing of what is meant; where somebody types only these, they count.
# fmt: off
COMMON = {
    "a", "an", "and", "are", "at", "be", "by", "can", "could", "do", "does", "for", "from", "get", "has", "have",
    "how", "i", "if", "in", "is", "it", "me", "my", "of", "on", "or", "should", "so", "that", "the", "there",
    "this", "to", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you",
    "your",
}
# fmt: on
IN_QUESTION, WHOLE, IN_ANSWER = 4, 2, 1


@dataclass(frozen=True)
class Found:
    """An answer: what was asked, what was answered in Markdown, and where it stands."""

    question: str
    answer: str
    where: str
    url: str
    course: str = ""


def search(words: str, person: Person, course: str = "") -> list[Found]:
    """Answers in which each of the words occurs, the best first; none without words.

    course : its slug, to look in its questions alone.
    """
    looked_for = words_of(words)
    if not looked_for:
        return []
    among = _of_courses(person, course) + ([] if course else _own(person))
    ranked = sorted(((rank(looked_for, found), found) for found in among), key=lambda pair: -pair[0])
    # Courses share some: each is shown once.
    best = {found.question: found for points, found in reversed(ranked) if points}
    return [found for points, found in ranked if points and best[found.question] is found][:MOST_FOUND]


def words_of(text: str) -> list[str]:
    """The words that are looked for, without those that say nothing where others are left."""
    words = list(dict.fromkeys(re.findall(r"\w+", text.casefold())))
    return [word for word in words if word not in COMMON][:MOST_WORDS] or words[:MOST_WORDS]


def rank(words: list[str], found: Found) -> int:
    """How well the words fit; 0 where one does not occur. In the question they count more, and whole ones too."""
    question, answer = found.question.casefold(), found.answer.casefold()
    whole = set(re.findall(r"\w+", question))
    points = 0
    for word in words:
        if word not in question and word not in answer:
            return 0
        points += IN_QUESTION * (word in question) + WHOLE * (word in whole) + IN_ANSWER * (word in answer)
    return points


def _of_courses(person: Person, course: str) -> list[Found]:
    faqs = Faq.objects.filter(course__in=courses_for(person)).select_related("course")
    if course:
        faqs = faqs.filter(course__slug=course)
    return [
        Found(faq.question, faq.answer, str(faq.course), faq.course.get_absolute_url(), faq.course.slug)
        for faq in faqs.order_by("course__position", "course__title", "position")
    ]


def _own(person: Person) -> list[Found]:
    """The person's own questions that were answered, each with what was said last by who answered."""
    if not isinstance(person, User):
        return []
    answered = Ticket.objects.filter(asker=person).exclude(status=Ticket.Status.OPEN).prefetch_related("messages")
    found = []
    for ticket in answered[:MOST_OWN]:
        answers = [said.text for said in ticket.messages.all() if not said.internal and said.author_id != person.pk]
        if answers:
            found.append(Found(ticket.subject, answers[-1], "Your question", ticket.get_absolute_url()))
    return found
