// A booking's picture from a file: sent as it is, and the page shows it.

import { pointing } from "./pointing.js";
import { speak } from "./words.js";

const form = document.getElementById("picture");
if (form) {
  const file = document.getElementById("file"), problem = document.getElementById("picture-problem");
  const tell = (text) => { problem.textContent = text; problem.hidden = !text; };
  document.getElementById("from-file").hidden = false;
  if (document.getElementById("picture-place")) pointing();
  // What the former picture shows says nothing of the new one.
  file.addEventListener("change", () => {
    for (const name of ["alt", "credit"]) form.elements[name].value = "";
    form.elements.alt.focus();
  });
  form.addEventListener("submit", async (event) => {
    const [chosen] = file.files;
    if (!chosen) return;
    event.preventDefault();
    tell("");
    const query = new URLSearchParams({ alt: form.elements.alt.value, credit: form.elements.credit.value });
    try {
      const response = await fetch(`${location.pathname}/picture?${query}`, {
        method: "POST", body: chosen,
        headers: { "content-type": chosen.type || "application/octet-stream", "x-desk-token": form.elements.csrf.value, accept: "application/json" },
      });
      const answer = await response.json().catch(() => ({}));
      if (response.ok) location.replace(location.pathname);
      else tell(answer.problem ?? (response.status === 413 ? speak("The file is too large: 15 MB at most.") : speak("The desk could not take it. Try again.")));
    } catch { tell(speak("The desk can’t be reached. Try again; nothing here is lost.")); }
  });
}
