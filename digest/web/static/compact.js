// One line a story: choosing several, carrying them to a section or dropping them at once, folding sections.

import { counted, speak } from "./words.js";

const DENSITY = "desk:density";

export function compact({ draft, bar, send, say }) {
  const chosen = new Set();
  const folded = new Set();
  const toolbar = document.getElementById("many");
  const boxes = () => [...draft.querySelectorAll("[data-pick]")];

  const show = () => {
    const isCompact = document.body.classList.contains("compact");
    const button = bar.querySelector("[data-do=density]");
    button?.setAttribute("aria-pressed", String(isCompact));
    for (const box of boxes()) box.checked = chosen.has(box.value);
    for (const name of [...chosen]) if (!draft.querySelector(`#item-${CSS.escape(name)}`)) chosen.delete(name);
    for (const part of draft.querySelectorAll("[data-section]")) {
      const isFolded = folded.has(part.dataset.section);
      part.classList.toggle("folded", isFolded);
      part.querySelector("[data-fold]")?.setAttribute("aria-expanded", String(!isFolded));
    }
    if (!toolbar) return;
    toolbar.hidden = !isCompact || chosen.size === 0;
    document.getElementById("many-count").textContent = counted("%(count)s story chosen", "%(count)s stories chosen", chosen.size);
  };
  const toggle = () => {
    const isCompact = document.body.classList.toggle("compact");
    try { localStorage.setItem(DENSITY, isCompact ? "compact" : "comfortable"); } catch { /* not remembered */ }
    show();
    say(isCompact ? speak("One line a story.") : speak("Whole stories."));
  };
  /** Do something to all that are chosen, in the order they stand in. */
  const each = (change) => {
    const names = boxes().map((box) => box.value).filter((name) => chosen.has(name));
    chosen.clear();
    for (const name of names) send(change(name));
    show();
  };

  draft.addEventListener("change", (event) => {
    const box = event.target.closest("[data-pick]");
    if (!box) return;
    if (box.checked) chosen.add(box.value); else chosen.delete(box.value);
    show();
  });
  draft.addEventListener("click", (event) => {
    const fold = event.target.closest("[data-fold]");
    if (!fold) return;
    const key = fold.closest("[data-section]").dataset.section;
    if (!folded.delete(key)) folded.add(key);
    show();
  });
  document.getElementById("many-to")?.addEventListener("change", (event) => {
    const section = event.target.value;
    event.target.value = "";
    if (section) each((article) => ({ kind: "move", article, section, at: 1000 }));
  });
  document.getElementById("many-drop")?.addEventListener("click", () => each((article) => ({ kind: "drop", article })));
  document.getElementById("many-none")?.addEventListener("click", () => { chosen.clear(); show(); });

  try { document.body.classList.toggle("compact", localStorage.getItem(DENSITY) === "compact"); } catch { /* as it is */ }
  show();
  return { toggle, show };
}
