// A recording's page for staff: uploading in pieces, more rows for chapters, and word of a check that is done.
import { Upload } from "./upload.js";

for (const hint of document.querySelectorAll("[data-scripted]")) hint.hidden = false;
for (const form of document.querySelectorAll("form.upload")) new Upload(form);

const checking = document.querySelector("[data-checking]");
if (checking) {
  const timer = setInterval(async () => {
    const answer = await fetch(`/api/v1/recordings/${checking.dataset.checking}/`).catch(() => null);
    if (!answer?.ok || (await answer.json()).state === "checking") return;
    clearInterval(timer);
    location.reload();
  }, 1000);
}
