// What trains by itself: a button that starts and pauses it, and one for each single step. Off at first.
const BETWEEN_MS = 33;

export class Runner {
  // `step` goes on by one and says whether there is more; it draws nothing.
  constructor(bench, step, parent) {
    Object.assign(this, { bench, step, running: false, last: 0 });
    this.button = bench.button("Start", () => this.set(!this.running), parent);
    // Whoever asks for no motion steps.
    this.button.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  set(running) {
    if (running === this.running) return;
    this.running = running;
    this.button.textContent = running ? "Pause" : "Start";
    if (running) requestAnimationFrame((time) => this.tick(time));
  }

  pause() {
    this.set(false);
  }

  tick(time) {
    if (!this.running) return;
    if (time - this.last >= BETWEEN_MS) {
      this.last = time;
      if (!this.step()) this.pause();
      this.bench.show();
    }
    requestAnimationFrame((next) => this.tick(next));
  }
}
