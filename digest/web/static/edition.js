// The edition page: fields, buttons and keys become changes; answers become the page again.

import { Journal } from "./journal.js";
import { isTyped, Saving } from "./saving.js";
import { Undecided } from "./undecided.js";
import { Fields, grow } from "./fields.js";
import { Login } from "./login.js";
import { Here } from "./here.js";
import { Forms } from "./forms.js";
import { nudge, ordering } from "./ordering.js";
import { Preview } from "./preview.js";
import { compact } from "./compact.js";
import { letter } from "./letter.js";
import { pictures } from "./pictures.js";
import { keys } from "./keys.js";
import { pressed, whom } from "./whom.js";
import { counted, later, speak } from "./words.js";

const LEAVING_WAITS_MS = 4_000, LOOKS_AFTER_MS = 3_000, MISSING_LOOKS_MS = 200;

const main = document.getElementById("main");
const draft = main.querySelector(".draft");
const messages = document.getElementById("messages");
const said = document.getElementById("said");
const { address, token, revision, key, user, state } = main.dataset;
const journal = new Journal(key);
const saving = new Saving({ address, token, user, state, journal, revision: Number(revision) });
const fields = new Fields(draft, { saving, message, missing });
const preview = new Preview(document.getElementById("frames"), {
  address, busy: document.getElementById("busy"), weight: document.getElementById("weight"),
});
preview.revision = Number(revision);
saving.look = () => preview.chosen;
saving.pieces = () => fields.pieces;
const undecided = new Undecided(document.getElementById("undecided"), {
  journal, saving, say, put: (change) => fields.put(change),
});
const login = new Login({ saving, message, count: () => saving.count + forms.count });
const forms = new Forms({ user, login });
const lines = compact({ draft, send, say, bar: document.getElementById("bar") });

const made = letter({ draft, send, fields });
const own = pictures({ address, send, saving, login });

function say(text) { said.textContent = ""; requestAnimationFrame(() => { said.textContent = text; }); }
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function message(text, kind = "alert", actions = []) {
  const p = document.createElement("p");
  p.className = kind;
  p.textContent = text + " ";
  for (const [name, act] of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => { p.remove(); act(); });
    p.append(button, " ");
  }
  messages.replaceChildren(p);
}

function fill(parts) { fields.fill(parts); pressed(document, preview); lines.show(); }

/** Ask for the whole draft where a story of it is missing; while something is being stored it waits. */
function missing() {
  if (saving.isIdle) refresh();
  else setTimeout(missing, MISSING_LOOKS_MS);
}

function send(change) {
  fields.flush();
  return saving.add(change);
}

// What becomes of a change ---------------------------------------------------------------------------

const FAILED = {
  0: later("no line to the desk"), 413: later("too much at once"), 429: later("the desk asks for patience"),
  507: later("the desk has no room"),
};
const waits = document.getElementById("waits");
let recovered = 0;

saving.onState = ({ name, status, wait }) => {
  document.body.classList.toggle("saving", name === "saving");
  document.body.classList.toggle("unsaved", name === "unsaved");
  if (name !== "unsaved") { if (name === "saved") waits.textContent = ""; return; }
  const count = saving.count;
  const why = status === 401 ? speak("you are logged out") : speak(FAILED[status] ?? later("the desk has a problem"));
  const next = wait ? `, ${counted("next try in %(count)s s", "next try in %(count)s s", Math.ceil(wait / 1000))}` : "";
  const where = journal.isDurable ? speak("kept in this browser") : speak("kept in this tab only: do not close it");
  waits.textContent = counted("%(count)s change not saved yet (%(why)s); %(where)s.", "%(count)s changes not saved yet (%(why)s); %(where)s.", count, {
    why: `${why}${next}`, where,
  });
};
saving.onSaved = (body, entry, waiting) => {
  const { change } = entry;
  if ("text" in change) fields.stored(change);
  if (isTyped(change) || change.kind === "move") undecided.settle(change);
  fill(body.parts);
  if (!("text" in change)) { say(`${capital(body.said)}.`); messages.replaceChildren(); }
  made.arrived(change);
  if (change.kind === "add-url") reading.textContent = "";
  if (entry.isRecovered) tellRecovered();
  if (!waiting) preview.take(body.revision, body.page, body.look);
  if (found && ["add", "add-url", "drop", "restore", "undo", "redo"].includes(change.kind) && others.open) seek();
};
saving.onRefused = (problem, entry) => {
  const isKept = entry.status === "refused", { kind } = entry.change;
  if (kind === "add-url") reading.textContent = "";
  if (isKept) undecided.add(entry);
  else { message(problem); made.refused(entry.change); }
  if (isTyped(entry.change)) return;
  if (kind === "add-url" && !isKept) {
    const { url, section } = document.getElementById("by-url").elements;
    url.value = entry.change.url;
    if (entry.change.section) section.value = entry.change.section;
  }
  refresh();
};
saving.onClash = () => fields.flush();
saving.onConflict = (body, entry) => {
  fields.release(entry.change);
  fill(body.parts);
  preview.show(body.revision);
  if (body.theirs === entry.change.text) { journal.drop(entry.id); return; }
  undecided.conflict(body, entry);
};
saving.onLoggedOut = () => login.ask();
saving.onOther = (known) => login.other(known);
login.onBack = (known) => { here.begin(); forms.resume(known); own.resume(); };

function tellRecovered() {
  recovered += 1;
  message(recovered === 1
    ? speak("What you typed last was saved now; the tab had been closed before it could be.")
    : counted("%(count)s change was saved now; the tab had been closed before it could be.", "%(count)s changes were saved now; the tab had been closed before they could be.", recovered), "note");
}

async function refresh() {
  try {
    const response = await fetch(`${address}/current`, { headers: { accept: "application/json" } });
    if (!response.ok) return;
    const body = await response.json();
    if (!saving.isIdle || body.revision < saving.revision) return;
    saving.revision = body.revision;
    fill(body.parts);
    preview.show(body.revision);
  } catch { /* offline: the next look tries again */ }
}

// Who else is here -----------------------------------------------------------------------------------

const present = document.getElementById("present");
let isBehind = false, talk = main.dataset.talk, wanted = talk;

/** Show what was said meanwhile; while something is being typed or stored it waits. */
async function hear() {
  if (wanted === talk) return;
  if (!saving.isIdle || !fields.isStill) { setTimeout(hear, LOOKS_AFTER_MS); return; }
  talk = wanted;
  await refresh();
}

const here = new Here({
  address, root: draft, tab: journal.tab, token: () => saving.token,
  onLoggedOut: () => { if (!login.isOut) login.ask({ isQuiet: true }); },
  onState: async (told) => {
    present.textContent = besides(told.here).map(place).join(" · ");
    saving.state = told.revision === saving.revision ? told.state : saving.state;
    wanted = String(told.talk);
    await hear();
    if (told.revision <= saving.revision || isBehind || !saving.isIdle || !fields.isStill) return;
    isBehind = true;
    await refresh();
    isBehind = false;
    if (saving.revision >= told.revision) message(`${told.who || speak("The desk")}: ${told.said || speak("a new draft")}.`, "note");
  },
});

const AT = { subject: later("the subject"), subject_b: later("the second subject"), preheader: later("the preheader") };

/** Return the other tabs, one of each person: where they are in a field, that one. */
function besides(here) {
  const found = new Map();
  for (const one of here) {
    if (one.tab !== journal.tab && (one.where || !found.has(one.who))) found.set(one.who, one);
  }
  return [...found.values()];
}

function place({ who, where }) {
  const isOwn = who === saving.user;
  const field = where ? document.getElementById(where) : null;
  if (!field?.dataset.field) return isOwn ? speak("You have this open in another tab, too") : speak("%(name)s is here", { name: who });
  const item = field.closest(".item")?.querySelector("[data-field=headline]");
  const place = item ? `“${item.value}”` : speak(AT[field.dataset.field] ?? later("a block"));
  return isOwn ? speak("You are at %(place)s in another tab", { place }) : speak("%(name)s is at %(place)s", { name: who, place });
}

// Leaving --------------------------------------------------------------------------------------------

// The next page shows what is stored: leaving waits for what is being saved.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href^='/desk']");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  fields.flush();
  if (saving.isIdle) return;
  event.preventDefault();
  const latest = Date.now() + LEAVING_WAITS_MS;
  while (!saving.isIdle && Date.now() < latest) await new Promise((done) => setTimeout(done, 25));
  if (!document.querySelector("dialog[open]")) location.assign(link.href);
});
addEventListener("pagehide", () => fields.flush());
addEventListener("visibilitychange", () => { if (document.hidden) fields.flush(); });
addEventListener("beforeunload", (event) => { if (!journal.isDurable) event.preventDefault(); });
// A page that comes back as it was shows what was stored then.
addEventListener("pageshow", (event) => { if (event.persisted) refresh(); });

// Buttons -------------------------------------------------------------------------------------------

/** Move a story to a place, told by the story that it shall stand behind as well: others may be moving too. */
function move(article, section, at) {
  const list = draft.querySelector(`[data-items="${CSS.escape(section)}"]`);
  const names = [...list?.children ?? []].map((one) => one.dataset.article).filter((name) => name && name !== article);
  const behind = names[Math.min(at, names.length) - 1];
  return send({ kind: "move", article, section, at, ...(behind ? { behind } : {}) });
}
const article = (element) => element.closest(".item")?.dataset.article;

function turn(kind) {
  const number = Number(document.getElementById(kind)?.dataset.of);
  const isShown = fields.isStill && saving.isIdle && number;
  return send(isShown ? { kind, of: number } : { kind });
}

const ACTS = {
  ...made.acts,
  ...own.acts,
  undo: () => turn("undo"),
  redo: () => turn("redo"),
  density: () => lines.toggle(),
  up: (button) => nudge(button.closest(".item"), -1, move),
  down: (button) => nudge(button.closest(".item"), 1, move),
  pin: (button) => send({ kind: "pin", article: article(button), is_pinned: button.closest(".item").dataset.pinned === "no" }),
  drop: (button) => drop(button.closest(".item")),
  restore: (button) => send({ kind: "restore", article: button.dataset.of }),
  revert: (button) => send({ kind: "revert", field: button.dataset.part, article: button.dataset.of }),
  add: (button) => { button.disabled = true; send({ kind: "add", article: button.dataset.of }); },
  propose: (button) => {
    for (const kind of ["subject", "preheader"]) {
      send({ kind, text: button.dataset[kind] });
      fields.put({ kind, text: button.dataset[kind] });
    }
  },
};

function drop(item) {
  const next = item.nextElementSibling ?? item.previousElementSibling;
  send({ kind: "drop", article: item.dataset.article });
  next?.querySelector("[data-do=drop]")?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && button.tagName === "BUTTON" && !button.disabled) ACTS[button.dataset.do]?.(button);
  const opens = event.target.closest("[data-open]");
  if (opens) document.getElementById(opens.dataset.open).showModal();
  const mode = event.target.closest("button[data-mode]");
  if (mode) preview.look(mode.dataset.mode);
});
draft.addEventListener("change", (event) => {
  if (event.target.dataset.do === "to" && event.target.value) move(article(event.target), event.target.value, 1000);
});
ordering(draft, { move, moveBlock: made.move, nudgeBlock: made.nudge, say });

// The preview follows the story at work.
draft.addEventListener("focusin", (event) => {
  const item = event.target.closest(".item");
  const headline = item?.querySelector("[data-field=headline]") ?? item?.querySelector("h3");
  preview.follow(headline ? () => document.getElementById(headline.id)?.value ?? headline.textContent : null);
});

// What is not in the edition ------------------------------------------------------------------------

const others = document.getElementById("others");
const found = document.getElementById("found");
const reading = document.getElementById("reading");

async function seek() {
  const sought = document.querySelector("#seek input").value;
  try {
    const response = await fetch(`${address}/others?${new URLSearchParams({ q: sought })}`, { headers: { accept: "text/html" } });
    found.innerHTML = response.ok ? await response.text() : `<p class=small>${speak("They can’t be shown now.")}</p>`;
  } catch { found.innerHTML = `<p class=small>${speak("You are offline.")}</p>`; }
}
others?.addEventListener("toggle", () => { if (others.open) seek(); });
document.getElementById("seek")?.addEventListener("submit", (event) => { event.preventDefault(); seek(); });
document.getElementById("by-url")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { url, section } = event.target.elements;
  reading.textContent = speak("Reading %(address)s …", { address: url.value });
  send({ kind: "add-url", url: url.value, section: section.value }).then(() => { url.value = ""; });
});

whom({ root: document, preview });

keys({ main, acts: ACTS, preview, others });

// What earlier tabs could not save ------------------------------------------------------------------

async function adopt() {
  const left = await journal.adopt().catch(() => []);
  for (const entry of left.filter((one) => one.status !== "conflict" && one.user !== user)) {
    undecided.add(Object.assign(entry, { status: "other" }));
  }
  for (const entry of left.filter((one) => one.status === "refused" && one.user === user)) undecided.add(entry);
  saving.adopt(left.filter((one) => one.user === user && one.status !== "refused"));
  setTimeout(adopt, LOOKS_AFTER_MS);
}

draft.querySelectorAll("textarea").forEach(grow);
if (location.hash) {
  const sought = document.getElementById(location.hash.slice(1));
  sought?.closest("details")?.setAttribute("open", "");
  sought?.focus();
}
adopt();
here.begin();
document.documentElement.dataset.ready = "yes";
