// The player's page: goes on where one stopped, by keys and chapters, and renews the link to the file when it expires.
import { keep } from "./keys.js";
import { Position } from "./position.js";
import { Link } from "./link.js";

const player = document.querySelector(".player");
const video = player.querySelector("video");
const speed = document.getElementById("speed");

for (const hint of document.querySelectorAll("[data-scripted]")) hint.hidden = false;
new Position(player, video);
new Link(player, video);
keep(player, video, speed);

for (const place of document.querySelectorAll("a[data-seconds]")) {
  place.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    video.currentTime = Number(place.dataset.seconds);
    video.play().catch(() => { /* the browser wants a press on the player itself */ });
    video.focus();
  });
}

// The chapter that is playing.
const chapters = [...document.querySelectorAll("nav.chapters a[data-seconds]")];
video.addEventListener("timeupdate", () => {
  const now = chapters.filter((chapter) => Number(chapter.dataset.seconds) <= video.currentTime).at(-1);
  for (const chapter of chapters) chapter.toggleAttribute("aria-current", chapter === now);
});

player.querySelector(".speed").hidden = false;
speed.value = localStorage.getItem("speed") ?? "1";
const apply = () => { video.playbackRate = Number(speed.value) || 1; };
speed.addEventListener("change", () => {
  localStorage.setItem("speed", speed.value);
  apply();
});
video.addEventListener("loadedmetadata", apply);
// Chosen in the browser's own menu.
video.addEventListener("ratechange", () => { if ([...speed.options].some((o) => Number(o.value) === video.playbackRate)) speed.value = String(video.playbackRate); });
apply();
