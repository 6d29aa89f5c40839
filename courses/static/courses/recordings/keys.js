// The player by keys, wherever on the page one is, but not while one writes or is on a button.
const WRITES = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const PRESSES = "a, button, summary, input";

export function keep(player, video, speed) {
  const wanted = document.getElementById("keys");
  const said = player.querySelector("[data-said]");
  wanted.checked = localStorage.getItem("keys") !== "no";
  wanted.addEventListener("change", () => localStorage.setItem("keys", wanted.checked ? "yes" : "no"));

  const move = (seconds) => { video.currentTime = Math.max(0, Math.min(video.duration || 0, video.currentTime + seconds)); };
  const toggle = () => (video.paused ? video.play().catch(() => { /* nothing to play */ }) : video.pause());
  const rate = (step) => {
    const at = Math.max(0, Math.min(speed.options.length - 1, speed.selectedIndex + step));
    speed.selectedIndex = at;
    speed.dispatchEvent(new Event("change"));
    said.textContent = `Speed ${speed.options[at].text}`;
  };
  const louder = (step) => { video.volume = Math.max(0, Math.min(1, video.volume + step)); };
  const captions = () => {
    const tracks = [...video.textTracks];
    const shown = tracks.some((track) => track.mode === "showing");
    tracks.forEach((track, number) => { track.mode = !shown && number === 0 ? "showing" : "disabled"; });
    if (tracks.length) said.textContent = shown ? "Captions off" : "Captions on";
  };
  const screen = () => (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen?.());
  const keys = {
    " ": toggle, k: toggle, j: () => move(-10), l: () => move(10), ArrowLeft: () => move(-5), ArrowRight: () => move(5),
    f: screen, c: captions, "<": () => rate(-1), ">": () => rate(1),
  };
  // These scroll the page, unless the video has the focus.
  const onVideo = { ArrowUp: () => louder(0.1), ArrowDown: () => louder(-0.1) };

  // Before the player's own keys, so that none is done twice.
  addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (!wanted.checked || event.ctrlKey || event.metaKey || event.altKey || target.closest?.(WRITES)) return;
    if ((key === " " || key.startsWith("Arrow")) && target.closest?.(PRESSES)) return;
    const act = /^[0-9]$/.test(key)
      ? () => { video.currentTime = (video.duration || 0) * Number(key) / 10; }
      : keys[key] ?? (target === video ? onVideo[key] : undefined);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, { capture: true });
}
