// The link to the file is good for a while only: when the player fails, asks for a new one and goes on at the same second.
const AGAIN_AFTER_SECONDS = 5;

export class Link {
  constructor(player, video) {
    this.player = player;
    this.video = video;
    this.renewed = -Infinity;
    // What plays when the failure comes: the player itself has stopped by then.
    this.playing = false;
    video.addEventListener("play", () => { this.playing = true; });
    video.addEventListener("pause", () => { if (!video.error) this.playing = false; });
    video.addEventListener("timeupdate", () => { this.seconds = video.currentTime; });
    video.addEventListener("seeking", () => { this.seconds = video.currentTime; });
    video.addEventListener("error", () => this.renew());
  }

  async renew() {
    // A new link that fails at once does not help either.
    if (performance.now() - this.renewed < 1000 * AGAIN_AFTER_SECONDS) return this.giveUp();
    this.renewed = performance.now();
    const seconds = this.seconds ?? Number(this.video.src.split("#t=")[1] ?? 0);
    const answer = await fetch(this.player.dataset.link, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return this.giveUp();
    this.video.src = `${(await answer.json()).url}#t=${seconds}`;
    if (this.playing) this.video.play().catch(() => { /* it waits for a press */ });
  }

  giveUp() {
    this.player.querySelector("[data-trouble]").hidden = false;
  }
}
