// The mail beside the draft: a new rendering loads in a hidden frame and takes the shown one's place,
// scrolled as that was, when it is there. An answer that comes late never takes a newer one's place.
// A mail that comes with the answer to a change is put into the shown frame, node by node where it differs.

import { become } from "./becoming.js";
import { speak } from "./words.js";

const USUAL = JSON.stringify({ mode: "desktop" });
const NAMES = ["desktop", "phone", "dark", "text", "plain"];

export class Preview {
  #asked = 0;
  #shown = 0;
  #slow = 0;

  constructor(box, { address, busy, weight }) {
    Object.assign(this, { box, address, busy, weight });
    [this.front, this.back] = box.querySelectorAll("iframe");
    this.mode = "desktop";
    this.revision = 0;
    this.named = null;
    this.reader = this.topics = this.language = this.arm = "";
  }

  /** Return how the mail is looked at: the fields of its address. */
  get chosen() {
    const all = { mode: this.mode, topics: this.topics, language: this.language, as: this.reader, arm: this.arm };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
  }

  /** Show a revision whose mail is at hand, made for `look`; ask for it where it can't be put in place. */
  take(revision, page, look) {
    const chosen = JSON.stringify(this.chosen), frame = this.front;
    const isSame = typeof page === "string" && JSON.stringify(look) === chosen && (frame.dataset.look ?? USUAL) === chosen;
    if (!isSame || !this.#put(frame, page)) { this.show(revision); return; }
    this.revision = revision;
    this.#shown = ++this.#asked;
    this.busy.hidden = true;
    clearTimeout(this.#slow);
    frame.dataset.revision = revision;
    this.#reveal(frame);
  }

  #put(frame, page) {
    try {
      const { contentDocument: shown, contentWindow: view } = frame;
      // An error's page has another policy, under which a mail would lose its styles.
      if (view.performance.getEntriesByType("navigation")[0]?.responseStatus !== 200) return false;
      // By the frame's own reader: what this page's reads, under this page's policy, comes without its styles.
      return shown.readyState !== "loading" && become(shown, new view.DOMParser().parseFromString(page, "text/html"));
    } catch { return false; }
  }

  /** Show the revision, in the way of looking that is chosen. */
  show(revision = this.revision) {
    this.revision = revision;
    const number = ++this.#asked;
    const query = new URLSearchParams({ ...this.chosen, revision });
    const asked = JSON.stringify(this.chosen);
    clearTimeout(this.#slow);
    const slow = this.#slow = setTimeout(() => { this.busy.hidden = false; }, 400);
    const frame = this.back;
    return new Promise((done) => {
      frame.onload = () => {
        clearTimeout(slow);
        if (number < this.#asked || number <= this.#shown) return done(false);
        this.#shown = number;
        frame.dataset.look = asked;
        this.#swap(frame);
        done(true);
      };
      frame.src = `${this.address}/preview?${query}`;
    });
  }

  /** Keep the story in view whose headline `named` returns; null for none. */
  follow(named) {
    this.named = named;
    this.#reveal(this.front);
  }

  #reveal(frame) {
    const sought = this.named?.()?.replace(/\s+/g, " ").trim();
    if (!sought) return;
    try {
      const { contentDocument: page, contentWindow: view } = frame;
      const found = [...page.querySelectorAll("a, h1, h2, h3, pre")].find((one) => one.textContent.replace(/\s+/g, " ").trim() === sought);
      const box = found?.getBoundingClientRect();
      if (box && (box.top < 30 || box.bottom > view.innerHeight - 120)) view.scrollBy(0, box.top - view.innerHeight / 4);
    } catch { /* an error page of the browser's own */ }
  }

  /** Choose a way of looking by its name, or its number from 1. */
  look(mode) {
    this.mode = NAMES[Number(mode) - 1] ?? mode;
    for (const button of document.querySelectorAll("[data-mode]")) {
      if (button.tagName === "BUTTON") button.setAttribute("aria-pressed", String(button.dataset.mode === this.mode));
    }
    return this.show();
  }

  #swap(frame) {
    this.busy.hidden = true;
    this.box.dataset.mode = this.mode;
    const old = this.front;
    const isSame = old.dataset.mode === this.mode;
    try {
      if (isSame) frame.contentWindow.scrollTo(0, old.contentWindow.scrollY);
    } catch { /* an error page of the browser's own has no scroll to keep */ }
    this.#reveal(frame);
    frame.dataset.mode = this.mode;
    frame.dataset.revision = this.revision;
    frame.classList.add("shown");
    frame.removeAttribute("aria-hidden");
    frame.removeAttribute("tabindex");
    frame.title = speak("The mail as it will be sent");
    old.classList.remove("shown");
    old.setAttribute("aria-hidden", "true");
    old.tabIndex = -1;
    old.title = speak("The next preview, loading");
    [this.front, this.back] = [frame, old];
  }
}
