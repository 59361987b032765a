// The looks page: the letter follows the form, and only looks that hold together are shown in it.

import { speak } from "./words.js";

const form = document.getElementById("looks");
const frames = document.getElementById("frames");
let asked = 0;
let waits;

/** Ask what can be said of the looks; show the letter in them where nothing is wrong. */
async function follow() {
  const number = ++asked;
  const values = new URLSearchParams(new FormData(form));
  values.set("step", "told");
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: values });
  } catch { return; /* offline: the line above says so */ }
  if (!answer.ok || number !== asked) return;
  const text = await answer.text();
  if (number !== asked) return;
  document.getElementById("told").outerHTML = text;
  if ("isWhole" in document.getElementById("told").dataset) form.submit();
}

form.addEventListener("input", () => {
  clearTimeout(waits);
  waits = setTimeout(follow, 300);
});
form.addEventListener("submit", (event) => {
  if (event.submitter && event.submitter.id === "save") return; // kept by the server, and the page is new
  event.preventDefault();
  clearTimeout(waits);
  follow();
});
document.getElementById("phone").addEventListener("change", (event) => {
  frames.dataset.mode = event.target.checked ? "phone" : "desktop";
});
form.addEventListener("click", async (event) => {
  if (event.target.id !== "copy") return;
  const lines = document.getElementById("toml");
  try {
    await navigator.clipboard.writeText(lines.value);
  } catch {
    lines.select();
    document.execCommand("copy");
  }
  event.target.textContent = speak("Copied");
});
follow();
