// Who else is here, and where: told by a stream of events while the page is looked at, asked for again and
// again where no stream comes through.

const ASKS_EVERY_MS = 8_000, STREAM_AGAIN_MS = 60_000, WHERE_PAUSE_MS = 400, MOST_ERRORS = 2;

export class Here {
  #stream = null;
  #timer = 0;
  #pause = 0;
  #errors = 0;
  #where = "";

  constructor({ address, tab, root, token, onState, onLoggedOut }) {
    Object.assign(this, { address, tab, token, onState, onLoggedOut });
    root.addEventListener("focusin", (event) => this.#at(event.target.closest("[data-field]")?.id ?? ""));
    root.addEventListener("focusout", (event) => { if (!event.relatedTarget?.closest?.("[data-field]")) this.#at(""); });
    addEventListener("visibilitychange", () => (document.hidden ? this.#end() : this.begin()));
    addEventListener("pagehide", () => { this.#end(); this.#leave(); });
    addEventListener("pageshow", (event) => { if (event.persisted) this.begin(); });
  }

  /** Begin to listen; a browser has few connections, so only the page in view holds one. */
  begin() {
    this.#end();
    if (document.hidden) return;
    if (!globalThis.EventSource || this.#errors >= MOST_ERRORS) { this.#ask(); return; }
    this.#stream = new EventSource(`${this.address}/here?${this.#query()}`);
    this.#stream.onmessage = (event) => { this.#errors = 0; this.onState(JSON.parse(event.data)); };
    this.#stream.onerror = () => {
      if (++this.#errors < MOST_ERRORS && this.#stream?.readyState !== EventSource.CLOSED) return;
      this.#errors = MOST_ERRORS;
      this.#end();
      this.#ask();
      setTimeout(() => { this.#errors = 0; this.begin(); }, STREAM_AGAIN_MS);
    };
  }

  /** Say that the tab is closed; a stream's end says it by itself, and so does silence, later. */
  #leave() { navigator.sendBeacon(`${this.address}/left`, new URLSearchParams({ csrf: this.token(), tab: this.tab })); }

  #query() { return new URLSearchParams({ tab: this.tab, where: this.#where }); }

  #end() {
    this.#stream?.close();
    this.#stream = null;
    clearTimeout(this.#timer);
  }

  async #ask() {
    clearTimeout(this.#timer);
    await this.#look();
    if (!document.hidden && !this.#stream) this.#timer = setTimeout(() => this.#ask(), ASKS_EVERY_MS);
  }

  async #look() {
    try {
      const response = await fetch(`${this.address}/here?${this.#query()}`, { headers: { accept: "application/json" } });
      if (response.ok) this.onState(await response.json());
      else if (response.status === 401) this.onLoggedOut();
    } catch { /* offline: saving says so */ }
  }

  #at(where) {
    if (where === this.#where) return;
    this.#where = where;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#look(), WHERE_PAUSE_MS);
  }
}
