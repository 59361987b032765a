// Changes go to the server one after the other, each with the revision it was made on and a name of its
// own, so that one sent twice is made once. Each stands in the journal until the server has said that it
// is stored, or an editor has chosen otherwise.

import { speak } from "./words.js";

const ONE_GO_MS = 4_000, FIRST_WAIT_MS = 1_000, LONGEST_WAIT_MS = 30_000, MOST_KEPT_ALIVE = 30_000;
const LONGEST_TOLD_MS = 3_600_000, ANSWERED_WITHIN_MS = 60_000;

// What holds words that somebody typed: refused by the desk, it stays in view until it is thrown away.
const WORDS = ["text", "alt"];
export const isTyped = (change) => WORDS.some((name) => name in change) && change.kind !== "by-hand";

/** Tell whether two changes write the same field. */
export const isSameField = (one, other) => "text" in one && "text" in other && one.kind === other.kind && one.article === other.article;

export class Saving {
  #queue = [];
  #isBusy = false;
  #stopped = "";
  #timer = 0;
  #failures = 0;

  constructor({ address, token, revision, user, state, journal }) {
    Object.assign(this, { address, token, revision, user, state, journal });
    this.onSaved = this.onConflict = this.onRefused = this.onState = this.onLoggedOut = this.onOther = this.onClash = () => {};
    // How the preview is looked at; its mail comes with the answer to the last change that waits.
    this.look = () => undefined;
    // Which stories the page shows as the desk wrote them: the answer need not say them again.
    this.pieces = () => [];
    addEventListener("online", () => this.hurry());
  }

  get isIdle() { return !this.#isBusy && this.#queue.length === 0; }

  get count() { return this.#queue.length; }

  /** Tell whether a text of this field waits. */
  has(change) { return this.#queue.some((entry) => isSameField(entry.change, change)); }

  /** Tell whether an undo or a redo waits: the next is not of what the page shows. */
  get isTurning() { return this.#queue.some(({ change }) => change.kind === "undo" || change.kind === "redo"); }

  /** Take a change; typing that goes on in one field is one change as long as it has not left. */
  add(change, { base = this.revision, was, isUnseen } = {}) {
    const last = this.#queue.at(-1);
    const goesOn = last && last.tries === 0 && isSameField(last.change, change) && Date.now() - last.at < ONE_GO_MS;
    const entry = goesOn ? last : this.journal.entry({ user: this.user, base, was, isUnseen, state: this.state, address: this.address });
    entry.change = change;
    if (!goesOn) this.#queue.push(entry);
    const isKept = this.journal.put(entry);
    this.#run();
    return isKept;
  }

  /** Take over what an earlier tab could not save. */
  adopt(entries) {
    for (const entry of entries) entry.isRecovered = true;
    this.#queue.push(...entries);
    this.#run();
  }

  /** Go on after a log-in. */
  resume({ user, token }) {
    Object.assign(this, { user, token });
    this.#stopped = "";
    this.#failures = 0;
    this.hurry();
  }

  /** Try again now. */
  hurry() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#run();
  }

  async #run() {
    if (this.#isBusy || this.#stopped || this.#timer) return;
    this.#isBusy = true;
    try {
      while (this.#queue.length) {
        this.onState({ name: "saving" });
        const entry = this.#queue[0];
        entry.tries += 1;
        const answer = await this.#post(entry);
        if (!await this.#take(answer, entry)) return;
      }
      this.onState({ name: "saved" });
    } finally { this.#isBusy = false; }
  }

  async #post(entry) {
    const { change, base, was, state, tab, id, isRecovered, isUnseen } = entry;
    // Of a text that the page's own field does not show yet, the answer must bring the field as well.
    const seen = isRecovered || isUnseen ? 0 : this.revision;
    const look = this.#queue.length === 1 ? this.look() : undefined;
    const body = JSON.stringify({ ...change, revision: base, was, state, seen, tab, mark: id, look, pieces: this.pieces() });
    try {
      const response = await fetch(`${this.address}/edits`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-desk-token": this.token, accept: "application/json" },
        body,
        redirect: "manual",
        // A line that swallows its answer is no reason to wait for ever: sent twice, it is made once.
        signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
        // The browser lets no more than 64 kB outlive a page.
        keepalive: body.length < MOST_KEPT_ALIVE,
      });
      // A proxy that sends people elsewhere to log in says so to us as well.
      if (response.type === "opaqueredirect") return { status: 401, body: {} };
      const wait = Number(response.headers.get("retry-after")) * 1000;
      const answer = await response.json().catch(() => null);
      if (response.ok && !Number.isInteger(answer?.revision)) return { status: 0 };
      return { status: response.status, body: { ...answer, look }, wait };
    } catch { return { status: 0 }; }
  }

  /** Do what an answer asks for; tell whether the next change may go. */
  async #take({ status, body, wait }, entry) {
    if (status === 200) {
      this.#failures = 0;
      this.#done(entry);
      this.revision = body.revision;
      this.state = "draft";
      this.onSaved(body, entry, this.#queue.length);
      return true;
    }
    if (status === 401) return this.#stop("logged out", () => this.onLoggedOut());
    if (status === 403) return this.#askWho(body, entry);
    if (status === 409 && body.parts) {
      this.revision = body.revision;
      // What is being typed in that field right now is handed over first: one's own last text is compared.
      this.onClash();
      const newer = this.#queue.find((one) => one !== entry && isSameField(one.change, entry.change));
      if (newer) {
        newer.base = Math.min(newer.base, entry.base);
        newer.was = entry.was;
        this.journal.put(newer).then(() => this.journal.drop(entry.id));
        this.#queue.splice(this.#queue.indexOf(entry), 1);
        return true;
      }
      this.#set(entry, "conflict", body.problem);
      this.onConflict(body, entry);
      return true;
    }
    if (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500) {
      return this.#waitFor(status, wait);
    }
    const problem = body.problem || (status === 413 ? speak("It is too long for the line to the desk.") : speak("The desk did not take it."));
    // Only the desk's own words end a change for good; what a proxy answers says nothing about it.
    if (isTyped(entry.change) || !body.problem) this.#set(entry, "refused", problem);
    else this.#done(entry);
    this.onRefused(problem, entry);
    return true;
  }

  /** Ask who is logged in: the token may be an earlier log-in's, or the right may be missing. */
  async #askWho(body, entry) {
    let known = null;
    try {
      known = await (await fetch("/desk/session", { headers: { accept: "application/json" } })).json();
    } catch { return this.#waitFor(0); }
    if (!known.user) return this.#stop("logged out", () => this.onLoggedOut());
    if (known.user !== this.user) return this.#stop("other", () => this.onOther(known));
    if (known.token !== this.token) { this.token = known.token; return true; }
    this.#set(entry, "refused", body.problem || speak("You may not change this edition."));
    this.onRefused(entry.problem, entry);
    return true;
  }

  #waitFor(status, told = 0) {
    const usual = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures++);
    const wait = told > 0 ? Math.min(told, LONGEST_TOLD_MS) : usual;
    this.#timer = setTimeout(() => this.hurry(), wait);
    this.onState({ name: "unsaved", status, wait: told > 0 ? wait : 0 });
    return false;
  }

  #stop(why, tell) {
    this.#stopped = why;
    this.onState({ name: "unsaved", status: 401, wait: 0 });
    tell();
    return false;
  }

  #done(entry) {
    this.#queue.splice(this.#queue.indexOf(entry), 1);
    this.journal.drop(entry.id);
  }

  /** Set an entry aside until an editor chooses. */
  #set(entry, status, problem) {
    this.#queue.splice(this.#queue.indexOf(entry), 1);
    Object.assign(entry, { status, problem });
    this.journal.put(entry);
  }
}
