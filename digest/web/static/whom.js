// Whom the preview is for: everybody, readers who chose the same, one reader; and which of two subjects.

import { speak } from "./words.js";

export function whom({ root, preview }) {
  const language = root.getElementById("language");
  const boxes = [...root.querySelectorAll("#topics input")];
  const group = root.getElementById("group");
  const reader = root.getElementById("as-reader");

  const look = () => {
    preview.language = language.value;
    preview.topics = boxes.filter((box) => box.checked).map((box) => box.value).join("+");
    preview.reader = reader.elements.address.value.trim();
    root.getElementById("as-now").textContent = named();
    preview.show();
  };
  const named = () => {
    if (preview.reader) return preview.reader;
    const titles = boxes.filter((box) => box.checked).map((box) => box.parentElement.textContent.trim());
    if (language.value) titles.unshift(language.selectedOptions[0].textContent);
    return titles.length ? speak("readers of %(what)s", { what: titles.join(", ") }) : speak("everybody");
  };
  const choose = (code, topics) => {
    language.value = code;
    for (const box of boxes) box.checked = topics.includes(box.value);
  };

  group?.addEventListener("change", () => {
    const [code, topics] = group.value.split("|");
    reader.reset();
    choose(code, topics.split("+"));
    look();
  });
  for (const box of [language, ...boxes]) {
    box.addEventListener("change", () => {
      if (group) group.value = "|";
      reader.reset();
      look();
    });
  }
  reader.addEventListener("submit", (event) => {
    event.preventDefault();
    if (group) group.value = "|";
    choose("", []);
    look();
  });
  root.getElementById("as-everybody").addEventListener("click", () => {
    if (group) group.value = "|";
    reader.reset();
    choose("", []);
    look();
  });
  root.addEventListener("click", (event) => {
    const arm = event.target.closest("[data-arm]");
    if (!arm) return;
    preview.arm = arm.dataset.arm;
    pressed(root, preview);
    preview.show();
  });
}

/** Show which subject the preview is of; without a second one it is the first. */
export function pressed(root, preview) {
  const arms = root.querySelectorAll("[data-arm]");
  if (!arms.length) preview.arm = "";
  for (const arm of arms) arm.setAttribute("aria-pressed", String(arm.dataset.arm === preview.arm));
}
