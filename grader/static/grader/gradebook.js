// The gradebook's grid by keyboard: one cell at a time has the focus; typing changes its score, which is saved at the
// address that the cell leads to. Without this script each cell is a link to its own page, with a form.
const table = document.getElementById("grid");
const said = document.getElementById("said");
const token = document.querySelector("#token [name=csrfmiddlewaretoken]");
// What is typed and not saved: by cell, the text.
const unsaved = new Map();

if (table) begin();

function begin() {
  document.getElementById("keys").hidden = false;
  table.setAttribute("role", "grid");
  for (const link of table.tBodies[0].querySelectorAll("a")) link.tabIndex = -1;
  const first = linkIn(table.tBodies[0].rows[0]?.cells[2]);
  if (first) first.tabIndex = 0;
  table.tBodies[0].addEventListener("keydown", (event) => {
    if (event.target.matches("a")) move(event, event.target);
  });
  table.tBodies[0].addEventListener("focusin", (event) => {
    if (!event.target.matches("a")) return;
    for (const other of table.tBodies[0].querySelectorAll("a[tabindex='0']")) other.tabIndex = -1;
    event.target.tabIndex = 0;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });
}

function linkIn(cell) {
  return cell?.querySelector("a") ?? null;
}

function go(cell) {
  const link = linkIn(cell);
  if (!link) return false;
  link.focus();
  // What scrolls by stays behind the heading and the names otherwise.
  link.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

function at(cell, down, right) {
  const rows = table.tBodies[0].rows;
  const row = rows[cell.parentElement.sectionRowIndex + down];
  return row?.cells[cell.cellIndex + right];
}

function isScore(cell) {
  return cell.cellIndex >= 2;
}

function move(event, link) {
  if (event.ctrlKey && !["Home", "End"].includes(event.key) || event.metaKey || event.altKey) return;
  const cell = link.closest("td, th");
  const row = cell.parentElement;
  const rows = table.tBodies[0].rows;
  const to = {
    ArrowDown: () => at(cell, 1, 0),
    ArrowUp: () => at(cell, -1, 0),
    ArrowRight: () => at(cell, 0, 1) && (linkIn(at(cell, 0, 1)) ? at(cell, 0, 1) : at(cell, 0, 2)),
    ArrowLeft: () => at(cell, 0, -1) && (linkIn(at(cell, 0, -1)) ? at(cell, 0, -1) : at(cell, 0, -2)),
    Home: () => (event.ctrlKey ? rows[0] : row).cells[2],
    End: () => [...(event.ctrlKey ? rows[rows.length - 1] : row).cells].at(-1),
  }[event.key];
  if (to) {
    event.preventDefault();
    go(to());
  } else if (event.key.toLowerCase() === "o") {
    event.preventDefault();
    location.assign(link.href);
  } else if (isScore(cell) && ["Enter", "F2"].includes(event.key)) {
    event.preventDefault();
    edit(cell, unsaved.get(cell) ?? scoreIn(link));
  } else if (isScore(cell) && (/^[0-9.,%]$/.test(event.key) || ["Backspace", "Delete"].includes(event.key))) {
    event.preventDefault();
    edit(cell, event.key.length === 1 ? event.key : "");
  }
}

function scoreIn(link) {
  const text = link.firstChild?.textContent.trim() ?? "";
  return text === "–" ? "" : text;
}

function nameOf(cell) {
  const student = cell.parentElement.cells[0].querySelector("a").textContent;
  const assignment = table.tHead.rows[0].cells[cell.cellIndex].querySelector("a").firstChild.textContent.trim();
  return `${student}, ${assignment}`;
}

function edit(cell, text) {
  const link = linkIn(cell);
  const field = document.createElement("input");
  field.value = text;
  field.setAttribute("aria-label", `Score: ${nameOf(cell)}`);
  field.setAttribute("autocomplete", "off");
  link.hidden = true;
  cell.querySelector(".unsaved")?.remove();
  cell.append(field);
  field.focus();
  let open = true;
  const close = () => {
    open = false;
    link.hidden = false;
    field.remove();
  };
  const commit = () => {
    close();
    save(cell, field.value);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
      forget(cell);
      said.textContent = "";
      go(cell);
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      const next = event.key === "Enter" ? at(cell, event.shiftKey ? -1 : 1, 0) : at(cell, 0, event.shiftKey ? -1 : 1);
      commit();
      if (!(next && isScore(next) && go(next))) go(cell);
    }
  });
  // Who leaves the field by the pointer keeps what was typed, as not saved.
  field.addEventListener("blur", () => {
    if (!open) return;
    close();
    if (field.value !== scoreIn(link) || unsaved.has(cell)) keep(cell, field.value);
  });
}

function keep(cell, text) {
  unsaved.set(cell, text);
  cell.querySelector(".unsaved")?.remove();
  const sign = document.createElement("span");
  sign.className = "unsaved";
  sign.textContent = `● ${text || "empty"}, not saved`;
  cell.append(sign);
}

function forget(cell) {
  unsaved.delete(cell);
  cell.querySelector(".unsaved")?.remove();
}

async function save(cell, text) {
  const link = linkIn(cell);
  if (text.trim() === scoreIn(link) && !unsaved.has(cell)) return;
  keep(cell, text);
  const body = new URLSearchParams({ points: text, seen: link.dataset.seen ?? "0", csrfmiddlewaretoken: token.value });
  let answer;
  let told = null;
  try {
    answer = await fetch(link.href, { method: "POST", body, headers: { Accept: "application/json" } });
    told = await answer.json();
  } catch {
    said.className = "said message error";
    said.textContent = `${nameOf(cell)}: the server did not answer. What you typed is kept; press Enter in the cell, then Enter again.`;
    return;
  }
  said.textContent = answer.ok ? told.said : `${nameOf(cell)}: ${told.said}`;
  said.className = answer.ok ? "said message success" : "said message error";
  if (answer.ok) {
    show(cell, told);
  } else if (answer.status === 409) {
    // Whoever saves again has read what the other one wrote.
    link.dataset.seen = told.seen;
  }
}

function show(cell, told) {
  const focused = cell.contains(document.activeElement);
  forget(cell);
  cell.innerHTML = told.html;
  linkIn(cell).tabIndex = -1;
  cell.parentElement.cells[1].textContent = told.total;
  if (focused) go(cell);
}
