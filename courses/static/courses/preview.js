// A lecture's preview: loads the page again, where it was scrolled to, when the lecture's files have changed.
const shown = document.body.dataset.mark;
const kept = sessionStorage.getItem("scrolled");
if (kept !== null) scrollTo(0, Number(kept));

setInterval(async () => {
  try {
    const mark = await (await fetch("mark")).text();
    if (mark === shown) return;
    sessionStorage.setItem("scrolled", String(scrollY));
    location.reload();
  } catch { /* the command has ended; the page stays as it is */ }
}, 500);
