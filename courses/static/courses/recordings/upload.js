// Uploads a file in pieces by the tus protocol (version 1.0.0). What breaks off goes on: the server says how much it has.
const PIECE = 8 * 2 ** 20;
const LONGEST_WAIT_SECONDS = 15;
const UNREACHABLE = "The server cannot be reached, or you have signed out. Load the page again in a moment.";

export class Upload {
  constructor(form) {
    this.form = form;
    this.file = form.querySelector("input[type=file]");
    this.button = form.querySelector("button:not([type=button])");
    this.pause = form.querySelector("[data-pause]");
    this.token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    this.address = form.dataset.upload;
    form.addEventListener("submit", (event) => { event.preventDefault(); this.begin(); });
    this.pause.addEventListener("click", () => this.stop("Stopped. Choose the same file again to go on."));
    this.acceptDrops(form.querySelector(".drop"));
    addEventListener("beforeunload", (event) => { if (this.running) event.preventDefault(); });
    addEventListener("online", () => this.wake?.());
  }

  acceptDrops(place) {
    for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
      place.addEventListener(name, (event) => {
        event.preventDefault();
        place.classList.toggle("over", name === "dragenter" || name === "dragover");
      });
    }
    place.addEventListener("drop", (event) => {
      if (this.running || !event.dataTransfer.files.length) return;
      this.file.files = event.dataTransfer.files;
      this.begin();
    });
  }

  async begin() {
    const file = this.file.files[0];
    if (!file || this.running) return;
    this.show(true);
    try {
      await this.found(file);
      await this.send(file);
      if (this.running) {
        this.running = false;
        location.reload();
      }
    } catch (error) {
      this.stop(error.message);
    }
  }

  // Where the pieces go, and how much is there: of the upload that was begun before, or of a new one.
  async found(file) {
    if (!this.address) await this.create(file);
    const answer = await this.ask("HEAD", this.address);
    if (answer.status === 404 || answer.status === 410) {
      await this.create(file);
      return this.found(file);
    }
    if (!answer.ok) throw new Error(UNREACHABLE);
    this.checkSame(file, Number(answer.headers.get("Upload-Length")));
    this.offset = Number(answer.headers.get("Upload-Offset"));
  }

  checkSame(file, length) {
    const name = this.form.dataset.name ?? file.name;
    if (length === file.size && name === file.name) return;
    throw new Error(`Another file is on its way here: ${name}. Choose that one to go on, or give it up first.`);
  }

  async create(file) {
    const metadata = { recording: this.form.dataset.recording, filename: file.name, filetype: file.type };
    const pairs = Object.entries(metadata).filter(([, value]) => value);
    const answer = await this.ask("POST", this.form.dataset.uploads, {
      "Upload-Length": file.size,
      "Upload-Metadata": pairs.map(([key, value]) => `${key} ${base64(value)}`).join(","),
    });
    this.address = answer.headers.get("Location");
    // Another tab or computer may have begun it: 409 leads there.
    if (answer.status !== 201 && !this.address) throw new Error(await reason(answer));
  }

  // Sends piece after piece. Where one does not arrive whole, waits, and asks where to go on.
  async send(file) {
    for (let wait = 1; this.running && this.offset < file.size;) {
      const status = await this.patch(file.slice(this.offset, this.offset + PIECE), file.size);
      if (!this.running) return;
      if (status === 204) { wait = 1; continue; }
      if (status === 403 || status === 404 || status === 410) throw new Error("The upload was given up, or you have signed out. Load the page again.");
      if (status === 507) throw new Error("The disk is full. What has arrived is kept; tell an administrator.");
      this.say("The connection broke off. It goes on by itself as soon as it is back.");
      await this.pauseFor(wait);
      wait = Math.min(2 * wait, LONGEST_WAIT_SECONDS);
      const offset = await this.ask("HEAD", this.address).then((answer) => answer.headers.get("Upload-Offset"), () => null);
      if (offset !== null) {
        this.offset = Number(offset);
        this.say("");
      }
    }
  }

  // One piece; its status, 0 where the connection broke. Tells how far it is meanwhile, which fetch does not.
  patch(piece, size) {
    return new Promise((resolve) => {
      const request = this.request = new XMLHttpRequest();
      request.open("PATCH", this.address);
      const headers = { ...this.headers(), "Upload-Offset": this.offset, "Content-Type": "application/offset+octet-stream" };
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", (event) => this.progress(this.offset + event.loaded, size));
      request.addEventListener("loadend", () => {
        if (request.status === 204) this.offset = Number(request.getResponseHeader("Upload-Offset"));
        this.progress(this.offset, size);
        resolve(request.status);
      });
      request.send(piece);
    });
  }

  ask(method, address, headers = {}) {
    return fetch(address, { method, headers: { ...this.headers(), ...headers }, cache: "no-store" })
      .catch(() => { throw new Error(UNREACHABLE); });
  }

  headers() {
    return { "Tus-Resumable": "1.0.0", "X-CSRFToken": this.token };
  }

  pauseFor(seconds) {
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, 1000 * seconds);
    });
  }

  stop(why) {
    this.running = false;
    this.request?.abort();
    this.wake?.();
    this.show(false);
    this.say(why);
  }

  show(running) {
    this.running = running;
    this.button.disabled = this.file.disabled = running;
    this.pause.hidden = !running;
    if (running) {
      this.form.querySelector(".going").hidden = false;
      this.say("");
    }
  }

  say(text) {
    const place = this.form.querySelector("[role=status]");
    if (place.textContent !== text) place.textContent = text;
  }

  progress(bytes, size) {
    this.form.querySelector("progress").value = 100 * bytes / size;
    this.form.querySelector("[data-share]").textContent =
      `${Math.floor(100 * bytes / size)} %, ${megabytes(bytes)} of ${megabytes(size)} MB`;
  }
}

const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0);

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

async function reason(answer) {
  try {
    return (await answer.json()).detail;
  } catch {
    return UNREACHABLE;
  }
}
