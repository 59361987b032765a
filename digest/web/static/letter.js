// What is made at the desk besides the day's stories: blocks, and stories by hand.

import { pasting } from "./richtext.js";

/** Blocks and stories by hand: what their buttons do. */
export function letter({ draft, send, fields }) {
  const block = (element) => element.closest("[data-block]")?.dataset.block;
  const places = () => new Set([...draft.querySelectorAll("[data-block], .item")].map((one) => one.id));
  let before = null;

  /** Ask for something new, whose first field takes the focus once it is there. */
  const add = (change) => { before = places(); return send(change); };

  draft.addEventListener("change", (event) => {
    const select = event.target;
    if (select.dataset.do === "block-add" && select.value) {
      add({ kind: "block-add", block: select.value, spot: select.dataset.spot, section: select.dataset.section });
      select.value = "";
    }
    if (select.dataset.do === "block-to" && select.value) {
      const { section } = select.selectedOptions[0].dataset;
      send({ kind: "block-move", article: block(select), spot: select.value, section });
    }
  });
  document.getElementById("by-hand")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const { headline, text, url, section } = event.target.elements;
    const change = { kind: "by-hand", headline: headline.value, text: text.value, url: url.value, section: section.value };
    add(change).then(() => { event.target.reset(); });
  });
  pasting(draft);
  pasting(document.getElementById("by-hand"));

  return {
    acts: {
      "block-up": (button) => send({ kind: "block-move", article: block(button), way: "up" }),
      "block-down": (button) => send({ kind: "block-move", article: block(button), way: "down" }),
      "block-drop": (button) => send({ kind: "block-drop", article: block(button) }),
    },
    /** Show what was asked for, once the page holds it. */
    arrived(change) {
      if (!before || !["block-add", "by-hand"].includes(change.kind)) return;
      const made = [...draft.querySelectorAll("[data-block], .item")].find((one) => !before.has(one.id));
      before = null;
      made?.querySelector("[data-field]")?.focus();
      made?.scrollIntoView({ block: "nearest" });
    },
    /** Put a story by hand that was refused back into its form. */
    refused(change) {
      if (change.kind !== "by-hand") return;
      const form = document.getElementById("by-hand");
      form.closest("details").open = true;
      for (const name of ["headline", "text", "url", "section"]) form.elements[name].value = change[name];
      fields.flush();
    },
  };
}
