// Single keys, while no field has the focus; every one of them has a button, and all can be switched off.

import { SWITCH } from "./going.js";

const THINGS = ".item, [data-block]";

export function keys({ main, acts, preview, others }) {
  const items = () => [...main.querySelectorAll(THINGS)];
  const current = () => document.activeElement?.closest?.(THINGS);
  const click = (item, what) => item?.querySelector(`[data-do=${what}]:not(:disabled)`)?.click();
  const go = (step) => {
    const all = items(), at = all.indexOf(current());
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
    const target = next?.querySelector("[data-handle]:not(:disabled)") ?? next?.querySelector("[data-do=pin]");
    target?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  };
  const write = (field) => { field?.focus(); field?.select?.(); };
  const meant = {
    j: () => go(1), k: () => go(-1),
    e: () => write(current()?.querySelector("[data-field=headline], [data-field=block-title], [data-field]")),
    b: () => write(current()?.querySelector("[data-field=blurb], [data-field=block-text]")),
    p: () => click(current(), "pin"),
    x: () => { click(current(), "drop"); click(current(), "block-drop"); },
    f: () => click(current(), "picture"),
    i: () => acts["block-choose"](current()),
    h: () => acts["hand"](),
    v: () => acts.density(),
    m: () => current()?.querySelector("[data-pick]")?.click(),
    u: () => acts.undo(), r: () => acts.redo(),
    s: () => write(document.getElementById("subject")),
    n: () => { if (others) { others.open = true; others.querySelector("input").focus(); } },
    c: () => main.querySelector("a[href$='/checks']")?.click(),
    a: () => main.querySelector("a[href$='/approve']")?.click(),
    "?": () => document.getElementById("shortcuts").showModal(),
  };
  for (const number of ["1", "2", "3", "4", "5"]) meant[number] = () => preview.look(number);

  const box = document.getElementById("keys-on");
  try { box.checked = localStorage.getItem(SWITCH) !== "off"; } catch { /* on, as at first */ }
  box.addEventListener("change", () => {
    try { localStorage.setItem(SWITCH, box.checked ? "on" : "off"); } catch { /* for this page alone */ }
  });

  addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("textarea, input, select, dialog");
    if (event.key === "Escape" && event.target.closest(".draft textarea")) {
      const item = current();
      event.target.blur();
      item?.querySelector("[data-handle]:not(:disabled)")?.focus({ preventScroll: true });
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !isTyping) {
      event.preventDefault();
      return event.shiftKey ? acts.redo() : acts.undo();
    }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !box.checked) return;
    const act = meant[event.key] ?? meant[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
}
