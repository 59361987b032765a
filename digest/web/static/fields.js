// The fields of the draft: what is typed in them, on which revision, and that nothing from the server
// writes over it.

import { renew } from "./becoming.js";
import { later, speak } from "./words.js";

// Short, for a tab sends one change at a time: what is typed while one is under way is one change more.
const TYPING_PAUSE_MS = 40;
const NEEDED = { subject: later("A subject is needed; the last one is kept."), headline: later("A headline is needed; the last one is kept.") };

const isMissing = (field) => field.dataset.field in NEEDED && !field.value.trim();

export class Fields {
  #timers = new Map();
  #typed = new Map();
  #isFilling = false;
  #isPressed = false;
  #isComposing = false;
  #later = null;

  constructor(draft, { saving, message, missing }) {
    Object.assign(this, { draft, saving, message, missing });
    draft.addEventListener("input", (event) => this.#type(event.target.closest("[data-field]")));
    draft.addEventListener("keydown", (event) => {
      const field = event.target.closest("[data-field]");
      if (field && event.key === "Enter" && !event.isComposing && !("lines" in field.dataset)) { event.preventDefault(); field.blur(); }
    });
    draft.addEventListener("compositionstart", () => { this.#isComposing = true; });
    draft.addEventListener("compositionend", () => {
      this.#isComposing = false;
      if (this.#later) { const parts = this.#later; this.#later = null; this.fill(parts); }
    });
    this.#watchMissing();
  }

  /** Tell whether nothing is being typed that has not been handed over. */
  get isStill() { return this.#timers.size === 0; }

  #type(field) {
    if (!field) return;
    grow(field);
    unlike(field);
    // A text belongs to the revision on which it was begun, until it is stored.
    if (!this.#typed.has(field.id)) this.#typed.set(field.id, { base: this.saving.revision, was: field.defaultValue });
    clearTimeout(this.#timers.get(field.id));
    this.#timers.set(field.id, setTimeout(() => this.#keep(field), TYPING_PAUSE_MS));
  }

  #keep(field) {
    this.#timers.delete(field.id);
    if (isMissing(field)) return;
    const change = changeOf(field);
    const origin = this.#typed.get(field.id);
    field.defaultValue = field.value;
    this.saving.add(change, origin);
  }

  /** Hand over at once what is being typed. */
  flush() {
    for (const [id, timer] of this.#timers) {
      clearTimeout(timer);
      const field = document.getElementById(id);
      if (field) this.#keep(field);
    }
    this.#timers.clear();
  }

  /** Note that a text is stored: what is typed from now on is typed on that. */
  stored(change) {
    const id = idOf(change);
    if (this.#timers.has(id) || this.saving.has(change)) return;
    this.#typed.delete(id);
  }

  /** Note that a text is in other hands now: its field shows what is stored. */
  release(change) {
    const id = idOf(change);
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#typed.delete(id);
  }

  /** Write a text into its field, as if it had been typed. */
  put(change) {
    const field = document.getElementById(idOf(change));
    if (field && "text" in change) { field.value = change.text; grow(field); unlike(field); }
  }

  /** Return the names of the stories that stand here as the desk wrote them. */
  get pieces() { return [...this.draft.querySelectorAll("[data-piece]:not([data-same])")].map((one) => one.dataset.piece); }

  /** Put new parts in place; what is typed and not stored stays, and whatever has the focus keeps it. */
  fill(parts) {
    if (this.#isComposing) { this.#later = { ...this.#later, ...parts }; return; }
    const texts = new Map([...this.#typed.keys()].map((id) => [id, document.getElementById(id)?.value]));
    const active = document.activeElement;
    const kept = active?.id ? { id: active.id, at: active.selectionStart, to: active.selectionEnd } : null;
    const scroll = this.draft.scrollTop;
    const opened = [...this.draft.querySelectorAll("details[open]")].map((one) => one.id || `.${one.className.split(" ").join(".")}`);
    let isWhole = true;
    this.#isFilling = true;
    for (const [id, html] of Object.entries(parts)) {
      const place = document.getElementById(id);
      if (!place) continue;
      unlike(place);
      isWhole = renew(place, html) && isWhole;
      this.#usual(place, texts);
    }
    this.#isFilling = false;
    for (const name of opened) {
      const one = name.startsWith(".") ? this.draft.querySelector(name) : document.getElementById(name);
      one?.setAttribute("open", "");
    }
    this.#focus(kept);
    this.draft.scrollTop = scroll;
    this.draft.querySelectorAll("textarea").forEach(grow);
    if (!isWhole) this.missing();
  }

  /** Let fields say what the desk wrote, but for what is typed; choices wait for the next one. */
  #usual(place, texts) {
    for (const field of place.querySelectorAll("[data-field]")) {
      const text = texts.get(field.id) ?? field.defaultValue;
      if (field.value !== text) field.value = text;
    }
    for (const choice of place.querySelectorAll("select[data-do]")) if (choice.selectedIndex > 0) choice.selectedIndex = 0;
  }

  #focus(kept) {
    const again = kept && document.getElementById(kept.id);
    if (!again) return;
    if (again !== document.activeElement) again.focus({ preventScroll: true });
    const isMoved = again.tagName === "TEXTAREA" && kept.at != null && (again.selectionStart !== kept.at || again.selectionEnd !== kept.to);
    if (isMoved) again.setSelectionRange(kept.at, kept.to);
  }

  // A field that must say something takes its last text back. That moves what stands below, so it waits
  // until the button that took the focus is let go.
  #watchMissing() {
    const ends = ["pointerup", "pointercancel"];
    addEventListener("pointerdown", () => { this.#isPressed = true; }, true);
    for (const end of ends) addEventListener(end, () => { this.#isPressed = false; }, true);
    this.draft.addEventListener("focusout", (event) => {
      if (this.#isFilling || !event.target.closest("[data-field]") || !isMissing(event.target)) return;
      const { id } = event.target;
      if (!this.#isPressed) { this.#putBack(id); return; }
      for (const end of ends) addEventListener(end, () => setTimeout(() => this.#putBack(id)), { once: true });
    });
  }

  #putBack(id) {
    const field = document.getElementById(id);
    if (!field || field === document.activeElement || !isMissing(field)) return;
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    field.value = field.defaultValue;
    if (!this.saving.has(changeOf(field))) this.#typed.delete(id);
    grow(field);
    this.message(speak(NEEDED[field.dataset.field]), "note");
  }
}

/** Note that a story does not stand here any more as the desk wrote it. */
function unlike(element) { element.closest("[data-piece]")?.removeAttribute("data-piece"); }

/** Return the id of the field that a change of a text is about. */
export const idOf = (change) => (change.article ? `${change.kind}-${change.article}` : change.kind);

function changeOf(field) {
  const change = { kind: field.dataset.field, text: field.value };
  return field.dataset.article ? { ...change, article: field.dataset.article } : change;
}

export function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  if (document.body.classList.contains("compact")) { area.style.height = ""; return; }
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
