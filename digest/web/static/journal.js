// What was typed and is not stored yet, one entry for each change, in the browser's database. Until that
// has taken an entry it stands in localStorage, which takes it at once: a tab can be killed any moment.

const DATABASE = "desk", STORE = "changes", BRIDGE = "desk-journal:", ALIVE = "desk-tab:";
const SIGN_MS = 2_000, SILENT_MS = 10_000;

const random = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");

export class Journal {
  #database;
  #count = 0;

  constructor(edition) {
    this.edition = edition;
    this.tab = random();
    this.isDurable = true;
    this.#database = opened().catch(() => null);
    this.#live();
  }

  /** Return a new entry of this tab; nothing is kept yet. */
  entry(values) {
    const count = ++this.#count;
    return {
      ...values, id: `${this.tab}-${count}`, count, tab: this.tab, owner: this.tab, edition: this.edition,
      at: Date.now(), tries: 0,
    };
  }

  /** Keep an entry, or its new state. */
  put(entry) {
    const name = BRIDGE + entry.id;
    let isBridged = true;
    try { localStorage.setItem(name, JSON.stringify(entry)); } catch { isBridged = false; }
    return this.#write((store) => store.put(entry)).then(
      () => { if (isBridged) localStorage.removeItem(name); this.isDurable = true; },
      () => { this.isDurable = isBridged; },
    );
  }

  /** Forget an entry: it is stored, or somebody chose to do without it. */
  drop(id) {
    try { localStorage.removeItem(BRIDGE + id); } catch { /* none was kept */ }
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
  if (open) {
    const found = await new Promise((done) => {
      const request = open.transaction(STORE).objectStore(STORE).getAll();
      request.onsuccess = () => done(request.result);
      request.onerror = () => done([]);
    });
    for (const entry of found) entries.set(entry.id, entry);
  }
  try {
    for (const [name, text] of Object.entries(localStorage)) {
      if (name.startsWith(BRIDGE)) { const entry = JSON.parse(text); entries.set(entry.id, entry); }
    }
  } catch { /* a browser without a store */ }
  return [...entries.values()].sort((one, other) => (one.tab === other.tab ? one.count - other.count : one.at - other.at));
}

function opened() {
  return new Promise((done, failed) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = request.onblocked = () => failed(request.error);
  });
}
