// What is made at the desk besides the day's stories: blocks, and stories by hand.

import { pasting } from "./richtext.js";

/** Blocks and stories by hand: what their buttons do. */
export function letter({ draft, send, fields }) {
  const block = (element) => element.closest("[data-block]")?.dataset.block;
  const places = () => new Set([...draft.querySelectorAll("[data-block], .item")].map((one) => one.id));
  let before = null;

  const adding = document.getElementById("adding");
  const where = document.getElementById("adding-spot");

  const choose = (button) => {
    const { spot, section } = where.selectedOptions[0].dataset;
    adding.close();
    add({ kind: "block-add", block: button.dataset.add, spot, section });
  };
  adding?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    if (button) choose(button);
  });
  adding?.addEventListener("keydown", (event) => {
    const button = adding.querySelectorAll("[data-add]")[Number(event.key) - 1];
    if (button) { event.preventDefault(); choose(button); }
  });

  // A list that acts at once must not act on its first arrow key: the arrows open it.
  draft.addEventListener("keydown", (event) => {
    const select = event.target.closest("select[data-do], #many-to");
    if (!select?.showPicker || event.altKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    try { select.showPicker(); } catch { /* it stays closed; Alt with an arrow opens it */ }
  });

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
  document.getElementById("by-hand")?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  });
  pasting(draft);
  pasting(document.getElementById("by-hand"));

  return {
    acts: {
      /** Let a block be chosen, to stand at the spot of what has the focus, or right after its section. */
      "block-choose": (near) => {
        if (!adding) return;
        const spot = near?.closest(".spot");
        const section = near?.closest("[data-section]")?.dataset.section;
        where.value = spot ? `${spot.dataset.spotOf} ${spot.dataset.spotSection}` : section ? `section ${section}` : "top ";
        adding.showModal();
      },
      hand: () => {
        const form = document.getElementById("by-hand");
        if (!form) return;
        form.closest("details").open = true;
        form.elements.headline.focus();
      },
      "block-up": (button) => send({ kind: "block-move", article: block(button), way: "up" }),
      "block-down": (button) => send({ kind: "block-move", article: block(button), way: "down" }),
      "block-drop": (button) => send({ kind: "block-drop", article: block(button) }),
    },
    /** Move a block to a spot, behind another block there; before all of them for an empty name. */
    move: (name, spot, section, behind) => send({ kind: "block-move", article: name, spot, section, behind }),
    nudge: (name, step) => send({ kind: "block-move", article: name, way: step < 0 ? "up" : "down" }),
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
      form.elements.headline.dispatchEvent(new Event("input", { bubbles: true }));
      fields.flush();
    },
  };
}
