// The exercise page: Ace over the plain text field, which stays the form's own, and drafts kept in this browser.
const field = document.getElementById("source");
const state = document.getElementById("state");
const draft = `gradus/draft/${field.dataset.draft}`;
const handedIn = field.value;

const editor = openEditor();
restoreDraft();
document.getElementById("run").hidden = false;
document.getElementById("keys").hidden = false;

editor.session.on("change", () => {
  field.value = editor.getValue();
  editor.session.clearAnnotations();
  keep(field.value);
});
const laboratory = document.querySelector("[data-laboratory]");
if (laboratory) followLaboratory(laboratory);
document.getElementById("reset").addEventListener("click", (event) => {
  event.preventDefault();
  replaceAll(document.getElementById("starter").content.textContent);
  state.textContent = "The starter is back. Ctrl-Z in the editor undoes this.";
  editor.focus();
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  markError(event.detail.target);
  // From now on what was just handed in offers its own place.
  if (event.detail.target.id === "result") document.getElementById("in-place")?.remove();
});
for (const lost of ["htmx:sendError", "htmx:responseError"]) {
  document.body.addEventListener(lost, (event) => {
    if (![400, 409, 429, 503].includes(event.detail.xhr.status)) {
      state.textContent = "The server did not answer. Your code is kept in this browser; try again.";
    }
  });
}
document.body.addEventListener("htmx:beforeRequest", () => { state.textContent = ""; });
// What came of the code before is not what comes of it now.
document.getElementById("workbench").addEventListener("submit", () => document.getElementById("scratch").replaceChildren());

// As an edit, so that Ctrl-Z takes it back.
function replaceAll(source) {
  const end = { row: editor.session.getLength(), column: 0 };
  editor.session.replace({ start: { row: 0, column: 0 }, end }, source);
}

// A laboratory may begin with what the editor holds; what is made in it is written there, once a person has touched it.
function followLaboratory(place) {
  place.dataset.source = field.value;
  let touched = false;
  for (const touch of ["pointerdown", "keydown", "input"])
    place.addEventListener(touch, () => { touched = true; }, { capture: true });
  place.addEventListener("laboratory-source", (event) => {
    if (touched) replaceAll(event.detail);
  });
}

function openEditor() {
  const ace = window.ace;
  ace.config.set("basePath", field.dataset.ace);
  // Ace's style sheets are linked in the page: the content security policy refuses styles that scripts insert.
  ace.config.set("useStrictCSP", true);
  const box = document.createElement("div");
  box.id = "editor";
  field.before(box);
  field.hidden = true;
  const opened = ace.edit(box, {
    value: field.value,
    mode: "ace/mode/python",
    useWorker: false,
    fontSize: 14,
    tabSize: 4,
    useSoftTabs: true,
    showPrintMargin: false,
    enableKeyboardAccessibility: true,
    textInputAriaLabel: "Your code",
    minLines: 22,
    maxLines: 44,
  });
  opened.session.getUndoManager().reset();
  opened.commands.addCommand({
    name: "run", bindKey: { win: "Ctrl-Enter", mac: "Command-Enter" },
    exec: () => document.getElementById("run").click(),
  });
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => opened.setTheme(dark.matches ? "ace/theme/github_dark" : "ace/theme/github_light_default");
  dark.addEventListener("change", follow);
  follow();
  return opened;
}

function restoreDraft() {
  const kept = read();
  if (kept === null || kept === handedIn || new URLSearchParams(location.search).has("starter")) return;
  editor.setValue(kept, -1);
  field.value = kept;
  state.textContent = "Your draft is back, as you left it in this browser.";
}

// A browser may refuse to store; then there is no draft, and the page works all the same.
function read() {
  try { return localStorage.getItem(draft); } catch { return null; }
}

function keep(source) {
  try { localStorage.setItem(draft, source); } catch { /* nothing to do */ }
}

function markError(where) {
  const error = where.querySelector("[data-line]");
  if (!error) return;
  const row = Number(error.dataset.line) - 1;
  editor.session.setAnnotations([{ row, column: 0, text: error.dataset.message, type: "error" }]);
  editor.scrollToLine(row, true, true);
}
