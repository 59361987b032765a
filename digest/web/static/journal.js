// What was typed and is not stored yet, one entry for each change, in the browser's database. Until that
// has taken an entry it stands in localStorage, which takes it at once: a tab can be killed any moment.

const DATABASE = "desk", STORE = "changes", BRIDGE = "desk-journal:", ALIVE = "desk-tab:";
const SIGN_MS = 2_000, SILENT_MS = 10_000, OPENING_MS = 4_000;

const random = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");

export class Journal {
  #database;
  #count = 0;
  #latest = 0;
  #puts = new Map();
  #loose = new Set();

  constructor(edition) {
    this.edition = edition;
    this.tab = random();
    this.#database = opened().catch(() => null);
    this.#live();
  }

  /** Tell whether everything that waits outlives this tab. */
  get isDurable() { return this.#loose.size === 0; }

  /** Return a new entry of this tab; nothing is kept yet. */
  entry(values) {
    const count = ++this.#count;
    // A clock that was set back turns no order round.
    this.#latest = Math.max(this.#latest, Date.now());
    return {
      ...values, id: `${this.tab}-${count}`, count, tab: this.tab, owner: this.tab, edition: this.edition,
      at: this.#latest, tries: 0,
    };
  }

  /** Keep an entry, or its new state. */
  put(entry) {
    const name = BRIDGE + entry.id, number = (this.#puts.get(entry.id) ?? 0) + 1;
    this.#puts.set(entry.id, number);
    let isBridged = true;
    try { localStorage.setItem(name, JSON.stringify(entry)); } catch { isBridged = false; }
    // What was written since, or is stored by now, is told by its own writing.
    const isLast = () => this.#puts.get(entry.id) === number;
    return this.#write((store) => store.put(entry)).then(
      () => { if (isLast()) { unbridged(entry.id); this.#loose.delete(entry.id); } },
      () => { if (isLast()) this.#loose[isBridged ? "delete" : "add"](entry.id); },
    );
  }

  /** Forget an entry: it is stored, or somebody chose to do without it. */
  drop(id) {
    unbridged(id);
    this.#puts.delete(id);
    this.#loose.delete(id);
    return this.#write((store) => store.delete(id)).catch(() => {});
  }

  /** Take over what tabs of this edition left that are closed; oldest first. */
  async adopt() {
    const take = async () => {
      const living = await this.#living();
      const found = (await kept(this.#database)).filter((one) => one.edition === this.edition && !living.has(one.owner));
      for (const entry of found) { entry.owner = this.tab; await this.put(entry); }
      return found;
    };
    // One tab at a time: two would both send it.
    return navigator.locks ? navigator.locks.request("desk-adopting", take) : take();
  }

  async #write(act) {
    const database = await this.#database;
    if (!database) throw new Error("no database");
    return new Promise((done, failed) => {
      const transaction = database.transaction(STORE, "readwrite");
      transaction.oncomplete = () => done();
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
      act(transaction.objectStore(STORE));
    });
  }

  #live() {
    if (navigator.locks) { navigator.locks.request(ALIVE + this.tab, () => new Promise(() => {})); return; }
    const sign = () => { try { localStorage.setItem(ALIVE + this.tab, String(Date.now())); } catch { /* unseen */ } };
    sign();
    setInterval(sign, SIGN_MS);
    addEventListener("pagehide", () => { try { localStorage.removeItem(ALIVE + this.tab); } catch { /* unseen */ } });
  }

  async #living() {
    const found = new Set([this.tab]);
    if (navigator.locks) {
      const { held, pending } = await navigator.locks.query();
      for (const { name } of [...held, ...pending]) if (name.startsWith(ALIVE)) found.add(name.slice(ALIVE.length));
      return found;
    }
    for (const [name, value] of Object.entries(localStorage)) {
      if (!name.startsWith(ALIVE)) continue;
      if (Date.now() - Number(value) < SILENT_MS) found.add(name.slice(ALIVE.length));
      else localStorage.removeItem(name);
    }
    return found;
  }
}

/** Return everything that waits in this browser, oldest first. */
export async function kept(database = opened().catch(() => null)) {
  const entries = new Map();
  const open = await database;
  for (const entry of await written(open)) if (isEntry(entry)) entries.set(entry.id, entry);
  try {
    for (const [name, text] of Object.entries(localStorage)) {
      const entry = name.startsWith(BRIDGE) ? read(text) : null;
      if (isEntry(entry)) entries.set(entry.id, entry);
    }
  } catch { /* a browser without a store */ }
  return [...entries.values()].sort((one, other) => (one.tab === other.tab ? one.count - other.count : one.at - other.at));
}

/** Tell whether this is an entry as this version of the desk writes them; others are left alone. */
const isEntry = (one) => typeof one?.id === "string" && typeof one.change?.kind === "string" && typeof one.edition === "string" && typeof one.base === "number";

function read(text) { try { return JSON.parse(text); } catch { return null; } }

/** Return what lies in the database; nothing where it was closed or emptied under our feet. */
function written(database) {
  return new Promise((done) => {
    try {
      const request = database.transaction(STORE).objectStore(STORE).getAll();
      request.onsuccess = () => done(request.result);
      request.onerror = () => done([]);
    } catch { done([]); }
  });
}

function unbridged(id) { try { localStorage.removeItem(BRIDGE + id); } catch { /* none was kept */ } }

function opened() {
  return new Promise((done, failed) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = request.onblocked = () => failed(request.error);
    // A browser that never answers keeps nobody from typing.
    setTimeout(() => failed(new Error("no answer")), OPENING_MS);
  });
}
