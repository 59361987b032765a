// What is neither stored nor given up: two versions, a refused text, another person's. Each stays in view
// and in the journal until an editor has chosen; Escape only closes the dialog.

import { later, speak } from "./words.js";

const NAMES = {
  subject: later("Subject"), subject_b: later("Second subject"), preheader: later("Preheader"), headline: later("Headline"), blurb: later("Blurb"),
  "block-title": later("Headline of a block"), "block-text": later("Text of a block"), "block-source": later("Name in a block"), "block-url": later("Address of a block"),
  "block-label": later("Link of a block"), "block-answers": later("Answers of a question"),
};
const DONE = {
  move: later("Move"), pin: later("Pin"), drop: later("Drop"), restore: later("Take back"), revert: later("The first text back"), undo: later("Undo"), redo: later("Redo"),
  add: later("Add"), "add-url": later("Add by address"),
  picture: later("A picture"), "picture-away": later("No picture"), "block-add": later("Add a block"), "block-drop": later("Take a block out"), "block-move": later("Move a block"), "by-hand": later("A story by hand"),
};

export class Undecided {
  #entries = new Map();
  #open = null;

  constructor(place, { journal, saving, put, say, fill }) {
    Object.assign(this, { place, journal, saving, put, say, fill });
    this.dialog = document.getElementById("conflict");
    document.getElementById("use-mine").addEventListener("click", () => this.#choose(true));
    document.getElementById("use-theirs").addEventListener("click", () => this.#choose(false));
    // The event comes later: by then the next pair may be shown.
    this.dialog.addEventListener("close", () => { if (!this.dialog.open) this.#close(); });
  }

  /** Keep what was left undecided; before it is compared again the desk is asked what it says by then. */
  #close() {
    const left = this.#entries.get(this.#open);
    if (left) left.body = null;
    this.#open = null;
    this.show();
  }

  get count() { return this.#entries.size; }

  /** Keep an entry in view. */
  add(entry) { this.#entries.set(entry.id, { entry, body: null }); this.show(); }

  /** Show both versions of what clashed; the next waits until this one is decided. */
  conflict(body, entry) {
    this.#entries.set(entry.id, { entry, body });
    this.show();
    if (!this.dialog.open) this.#compare(entry.id);
  }

  /** Forget what was refused of a field that says something newer now. */
  settle(change) {
    for (const [id, { entry }] of this.#entries) {
      const isSame = entry.change.kind === change.kind && entry.change.article === change.article;
      if (entry.status === "refused" && isSame) this.#forget(id);
    }
    this.show();
  }

  show() {
    const lines = [...this.#entries.values()].map(({ entry }) => this.#line(entry));
    this.place.replaceChildren(...lines);
  }

  #line(entry) {
    const line = document.createElement("p");
    line.className = "alert undecided";
    line.dataset.id = entry.id;
    const button = (name, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: name });
      made.addEventListener("click", act);
      return made;
    };
    const text = document.createElement("span");
    text.dir = "auto";
    if (entry.status === "conflict") {
      text.textContent = `${speak("%(what)s: two versions.", { what: told(entry.change) })} `;
      line.append(text, button(speak("Compare"), () => this.#compare(entry.id)));
      return line;
    }
    text.textContent = entry.status === "other"
      ? `${speak("%(name)s changed this here, and it is not stored.", { name: entry.user })} ${told(entry.change)}: ${yours(entry.change)} `
      : `${speak("%(what)s is not stored: %(why)s Yours: %(text)s", { what: told(entry.change), why: entry.problem, text: yours(entry.change) })} `;
    line.append(
      text,
      button(entry.status === "other" ? speak("Store it as mine") : speak("Try again"), () => this.#again(entry)), " ",
      button(speak("Throw it away"), () => { this.#forget(entry.id); this.show(); }),
    );
    return line;
  }

  #compare(id) {
    const { entry, body } = this.#entries.get(id);
    if (!body) { this.#entries.delete(id); this.show(); this.saving.adopt([entry]); return; }
    this.#open = id;
    const names = [...new Set(body.since.map((one) => one.who).filter(Boolean))];
    const what = body.since.map((one) => one.said).join("; ");
    const isText = "text" in entry.change;
    document.getElementById("conflict-who").textContent = names.length ? `${names.join(", ")}: ${what}.` : what ? speak("Since then: %(what)s.", { what }) : body.problem;
    document.getElementById("theirs").textContent = body.is_dropped ? speak("The story was taken out.") : isText ? body.theirs : speak("As it was changed above.");
    document.getElementById("yours").textContent = isText ? entry.change.text : told(entry.change);
    this.dialog.showModal();
  }

  #choose(isMine) {
    const id = this.#open;
    if (!this.#entries.has(id)) { this.dialog.close(); return; }
    const { entry, body } = this.#entries.get(id);
    const base = { base: body.revision, isUnseen: true };
    if (isMine) {
      const { change } = entry;
      this.saving.state = null;
      if (body.is_dropped && change.kind !== "restore") this.saving.add({ kind: "restore", article: change.article }, base);
      this.put(change);
      // The new one is in the journal before the old one leaves it.
      const { of: _turned, ...rest } = change;
      this.saving.add(rest, base).then(() => this.journal.drop(id));
      this.#entries.delete(id);
    } else {
      this.#forget(id);
      this.say(speak("The stored version stays."));
    }
    this.dialog.close();
    const next = [...this.#entries.values()].find((one) => one.body);
    if (next) this.#compare(next.entry.id);
  }

  #again(entry) {
    this.#entries.delete(entry.id);
    this.show();
    entry.user = this.saving.user;
    this.saving.adopt([entry]);
  }

  #forget(id) { this.#entries.delete(id); this.journal.drop(id); }
}

function yours({ kind, headline, text, alt, url }) {
  const words = [headline, text ?? alt, kind === "add-url" ? url : ""].filter(Boolean).join(" · ");
  return words ? `“${words}”` : "";
}

/** Return what a change is about, in words. */
export function told(change) {
  const item = change.article && document.getElementById(`headline-${change.article}`);
  const what = speak(NAMES[change.kind] ?? DONE[change.kind] ?? later("A change"));
  return item && change.kind !== "headline" ? speak("%(what)s of “%(story)s”", { what, story: item.value }) : what;
}
