// Forms of all pages: what is typed in one stays in this browser, from the first letter until the desk has
// said that it is stored. Before one is sent the desk is asked who is logged in, so that a session that
// ended, or a desk out of reach, is met over the page and not instead of it.

import { speak } from "./words.js";

const PREFIX = "desk-form:", TAKEN = "desk-kept-";
const KEPT_MS = 30 * 86_400_000, ASKING_MS = 15_000;
const TYPED = "textarea, input:not([type]), input:is([type=text], [type=url], [type=email], [type=date], [type=time], [type=datetime-local], [type=number])";
const PASSING = new Set(["csrf", "version", "tried", "step"]);

const random = () => [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join("");
const isSecret = (field) => field.matches("[type=password], [type=file], [type=hidden], [autocomplete=one-time-code], [data-unkept]");

/** Tell whether something can be typed into a form that should not be lost. */
const isKept = (form) => (form.method === "post" || "kept" in form.dataset) && !("unkept" in form.dataset) && [...form.elements].some((one) => one.matches(TYPED) && !isSecret(one));

const fieldsOf = (form) => [...form.elements].filter((one) => one.name && one.matches("input, textarea, select") && !isSecret(one) && !one.matches("[type=submit], [type=button]"));
const isBox = (field) => field.type === "checkbox" || field.type === "radio";
const nameOf = (field) => (isBox(field) ? `${field.name}=${field.value}` : field.name);
const valueOf = (field) => (isBox(field) ? String(field.checked) : field.value);

/** Return what the page said of a field before anybody typed. */
function usual(field) {
  if (isBox(field)) return String(field.defaultChecked);
  if (field.tagName !== "SELECT") return field.defaultValue;
  return ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "";
}

function put(field, value) {
  if (isBox(field)) field.checked = value === "true";
  else field.value = value;
}

/** Return the address that a form is sent to, without the name that it bears while it is sent. */
function addressOf(form) {
  const address = new URL(form.getAttribute("action") ?? "", location.href);
  address.searchParams.delete("kept");
  return address;
}

/** Return what tells a form from all others of the desk. */
function keyOf(form) {
  const { pathname, search } = addressOf(form);
  const hidden = [...form.elements].filter((one) => one.type === "hidden" && !PASSING.has(one.name)).map((one) => `${one.name}=${one.value}`);
  const typed = fieldsOf(form).map((one) => one.name);
  return JSON.stringify([pathname + search, hidden, [...new Set(typed)]]);
}

/** Return every form that waits in this browser and was written by this person, the newest first. */
export function waiting(user) {
  const found = [];
  try {
    for (const [name, text] of Object.entries(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const one = read(text);
      if (!one || Date.now() - one.at > KEPT_MS) localStorage.removeItem(name);
      else if (one.user === user) found.push(one);
    }
  } catch { /* a browser without a store */ }
  return found.sort((one, other) => other.at - one.at);
}

function read(text) {
  try {
    const one = JSON.parse(text);
    return typeof one?.mark === "string" && typeof one.values === "object" && one.values ? one : null;
  } catch { return null; }
}

function forget(mark) {
  try { localStorage.removeItem(PREFIX + mark); } catch { /* none was kept */ }
}

/** Forget the forms that the desk has said it has stored. */
export function settle() {
  for (const pair of document.cookie.split("; ")) {
    const name = pair.split("=")[0];
    if (!name.startsWith(TAKEN)) continue;
    forget(name.slice(TAKEN.length));
    document.cookie = `${name}=; Path=/desk; Max-Age=0; SameSite=Lax`;
  }
}

export class Forms {
  #known = new WeakMap();
  #own = new Set();
  #loose = new Set();
  #asking = new Set();
  #pending = null;
  #passing = null;
  #isLeaving = false;

  constructor({ user, login }) {
    Object.assign(this, { user, login });
    settle();
    for (const kind of ["input", "change"]) document.addEventListener(kind, (event) => this.#type(event.target.form));
    document.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("reset", (event) => this.#drop(event.target));
    addEventListener("pageshow", (event) => { this.#isLeaving = false; if (event.persisted) settle(); });
    addEventListener("beforeunload", (event) => { if (this.#loose.size && !this.#isLeaving) event.preventDefault(); });
    this.restore();
    // Parts of the edition's page are rendered anew, and forms with them.
    const sections = document.getElementById("sections");
    if (sections) new MutationObserver(() => this.restore()).observe(sections, { childList: true });
  }

  /** Tell whether a form that waits stands on this page. */
  isHere(entry) { return [...document.forms].some((form) => isKept(form) && keyOf(form) === entry.key); }

  /** Tell whether a form waits for a log-in. */
  get count() { return this.#pending ? 1 : 0; }

  /** Put back what was typed and is not stored, wherever its form stands on the page. */
  restore() {
    const waits = waiting(this.user);
    for (const form of document.forms) {
      if (this.#known.has(form) || !isKept(form)) continue;
      const key = keyOf(form);
      const entry = waits.find((one) => one.key === key);
      if (entry) this.#return(form, entry);
      else if (fieldsOf(form).some((field) => valueOf(field) !== usual(field))) this.#keep(form);
    }
  }

  /** Send what waited for the log-in. */
  resume(known) {
    this.user = known.user;
    const pending = this.#pending;
    this.#pending = null;
    if (pending) this.#pass(...pending, known);
  }

  #return(form, entry) {
    this.#known.set(form, entry);
    const away = [], other = [];
    let isTyped = false;
    for (const field of fieldsOf(form)) {
      const [value, was] = entry.values[nameOf(field)] ?? [];
      if (value === undefined || value === valueOf(field)) continue;
      // Typed before this script came, or put back by the browser: newer than what was kept.
      if (valueOf(field) !== usual(field)) { isTyped = true; continue; }
      if (usual(field) !== was && !isBox(field)) other.push(usual(field));
      away.push([field, valueOf(field)]);
      put(field, value);
    }
    if (isTyped) this.#keep(form);
    if (!away.length) return;
    for (let place = form.closest("details"); place; place = place.parentElement.closest("details")) place.open = true;
    for (const place of form.querySelectorAll("details")) if (away.some(([field]) => place.contains(field))) place.open = true;
    if (this.#own.has(entry.mark)) return;
    // The desk compares with what its page said when this was typed.
    const version = form.elements.namedItem("version");
    if (version?.type === "hidden" && entry.version) version.value = entry.version;
    const since = other.filter(Boolean).map((text) => speak("Stored meanwhile: “%(text)s”.", { text }));
    const lines = [speak("What you typed here is not stored; it is back in its fields."), ...since];
    tell(lines.join(" "), "note", form, [
      [speak("Throw it away"), () => {
        for (const [field, value] of away) put(field, value);
        this.#drop(form);
      }],
    ]);
  }

  #type(form) {
    if (!form || !isKept(form) || form.closest("dialog")) return;
    this.#keep(form);
  }

  #keep(form, more = {}) {
    const before = this.#known.get(form);
    const values = {};
    for (const field of fieldsOf(form)) {
      const name = nameOf(field), was = before?.values[name]?.[1] ?? usual(field);
      if (valueOf(field) !== was) values[name] = [valueOf(field), was];
    }
    if (!Object.keys(values).length) { this.#drop(form); return null; }
    const entry = {
      mark: random(), user: this.user, key: keyOf(form), page: location.pathname + location.search, title: document.title,
      version: form.elements.namedItem("version")?.value ?? "", ...before, ...more, values, at: Date.now(),
    };
    this.#known.set(form, entry);
    this.#own.add(entry.mark);
    try {
      localStorage.setItem(PREFIX + entry.mark, JSON.stringify(entry));
      this.#loose.delete(entry.mark);
    } catch {
      if (!this.#loose.has(entry.mark)) tell(speak("This browser keeps nothing: leave this page only once it is stored."), "alert", form);
      this.#loose.add(entry.mark);
    }
    return entry;
  }

  #drop(form) {
    const { mark } = this.#known.get(form) ?? {};
    this.#known.delete(form);
    this.#loose.delete(mark);
    if (mark) forget(mark);
  }

  async #submit(event) {
    const form = event.target, button = event.submitter;
    if (event.defaultPrevented || !isKept(form) || form.closest("dialog")) return;
    if (this.#passing === form) { this.#isLeaving = true; return; }
    event.preventDefault();
    if (this.#asking.has(form)) return;
    this.#asking.add(form);
    const known = await asked();
    this.#asking.delete(form);
    if (known?.user === this.user) { this.#pass(form, button, known); return; }
    this.#keep(form);
    if (!known) { tell(speak("The desk can’t be reached. Try again; nothing here is lost."), "alert", form); return; }
    this.#pending = [form, button];
    if (known.user) this.login.other(known);
    else this.login.ask();
  }

  /** Let a form go its way, with the token of now and the name under which its text is kept. */
  #pass(form, button, { token }) {
    const csrf = form.elements.namedItem("csrf");
    if (csrf) csrf.value = token;
    const address = addressOf(form);
    const isHere = ["", "_self"].includes(button?.getAttribute("formtarget") ?? form.target);
    const entry = this.#keep(form, isHere ? { isSent: true } : {});
    if (entry && isHere) address.searchParams.set("kept", entry.mark);
    form.setAttribute("action", address.pathname + address.search);
    this.#passing = form;
    form.requestSubmit(button);
    // Where the browser itself held it back, for a field that is empty, it is no more on its way.
    this.#passing = null;
  }

  /** Say something where the form stands that waits. */
  say(text, kind, actions) { if (this.#pending) tell(text, kind, this.#pending[0], actions); }
}

/** Say something right above a form, in place of what was said there before. */
function tell(text, kind, form, actions = []) {
  const line = document.createElement("p");
  line.className = `${kind} told`;
  line.setAttribute("role", kind === "alert" ? "alert" : "status");
  line.textContent = `${text} `;
  for (const [name, act] of actions) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: name });
    made.addEventListener("click", () => { line.remove(); act(); });
    line.append(made, " ");
  }
  const before = form.previousElementSibling;
  if (before?.matches("p.told")) before.replaceWith(line);
  else form.before(line);
}

/** Ask who is logged in; null where the desk gives no answer. */
async function asked() {
  try {
    const answer = await fetch("/desk/session", { headers: { accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(ASKING_MS) });
    if (answer.type === "opaqueredirect" || answer.status === 401) return { user: "" };
    const known = answer.ok ? await answer.json() : null;
    return typeof known?.user === "string" ? known : null;
  } catch { return null; }
}
