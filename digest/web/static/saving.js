// Changes go to the server one after the other, each with the revision it was made on. What is not
// saved yet stands in the browser's own store, so that a killed tab loses nothing.

const RETRY_MS = 3_000;

export class Saving {
  #queue = [];
  #isBusy = false;

  constructor({ address, token, revision, key, store = localStorage }) {
    Object.assign(this, { address, token, revision, store });
    this.journal = `desk:${key}`;
    this.onSaved = this.onConflict = this.onRefused = this.onState = () => {};
  }

  /** Return the changes that an earlier tab could not save. */
  left() {
    try { return JSON.parse(this.store.getItem(this.journal) ?? "[]"); } catch { return []; }
  }

  get isIdle() { return !this.#isBusy && this.#queue.length === 0; }

  /** Take a change; a later text for the same field replaces one that has not left yet. */
  add(change) {
    const same = (one) => "text" in one && one.kind === change.kind && one.article === change.article;
    const at = this.#queue.findIndex((one, place) => same(one) && !(this.#isBusy && place === 0));
    if ("text" in change && at >= 0) this.#queue[at] = change;
    else this.#queue.push(change);
    this.#keep();
    return this.#run();
  }

  /** Forget what waits: it was made on a version that is not stored any more. */
  clear() { this.#queue = []; this.#keep(); }

  async #run() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (this.#queue.length) {
        this.onState("saving");
        const change = this.#queue[0];
        const answer = await this.#post(change);
        if (!answer) { this.onState("unsaved"); setTimeout(() => this.#run(), RETRY_MS); return; }
        this.#queue.shift();
        this.#keep();
        this.#take(answer, change);
      }
      this.onState("saved");
    } finally { this.#isBusy = false; }
  }

  async #post(change) {
    try {
      const response = await fetch(`${this.address}/edits`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-desk-token": this.token, accept: "application/json" },
        body: JSON.stringify({ ...change, revision: this.revision }),
        keepalive: true,
      });
      if (response.status >= 500) return null;
      return { status: response.status, body: await response.json() };
    } catch { return null; }
  }

  #take({ status, body }, change) {
    if (status === 200) {
      this.revision = body.revision;
      this.onSaved(body, change, this.#queue.length);
    } else if (status === 409) {
      const waiting = this.#queue;
      this.clear();
      this.revision = body.revision;
      this.onConflict(body, change, waiting);
    } else {
      if (status === 401) { this.#queue.unshift(change); this.#keep(); this.#queue = []; }
      this.onRefused(body.problem ?? "The desk did not take the change.", change);
    }
  }

  #keep() {
    try {
      if (this.#queue.length) this.store.setItem(this.journal, JSON.stringify(this.#queue));
      else this.store.removeItem(this.journal);
    } catch { /* a browser without a store: only a killed tab would notice */ }
  }
}
