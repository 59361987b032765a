// The edition page: fields, buttons and keys become changes; answers become the page again.

import { Saving } from "./saving.js";
import { nudge, ordering } from "./ordering.js";
import { Preview } from "./preview.js";
import { keys } from "./keys.js";
import { pressed, whom } from "./whom.js";

const TYPING_PAUSE_MS = 120, LOOK_EVERY_MS = 8_000, LEAVING_WAITS_MS = 4_000;
const NEEDED = { subject: "A subject is needed; the last one is kept.", headline: "A headline is needed; the last one is kept." };

const main = document.getElementById("main");
const draft = main.querySelector(".draft");
const messages = document.getElementById("messages");
const said = document.getElementById("said");
const { address, token, revision, key } = main.dataset;
const saving = new Saving({ address, token, key, revision: Number(revision) });
const preview = new Preview(document.getElementById("frames"), {
  address, busy: document.getElementById("busy"), weight: document.getElementById("weight"),
});
preview.revision = Number(revision);
const timers = new Map();
let isFilling = false, isPressed = false;

const say = (text) => { said.textContent = ""; requestAnimationFrame(() => { said.textContent = text; }); };
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

/** Put new parts in place; whatever has the focus keeps it, and a field being typed in its text. */
function fill(parts, { isForced = false } = {}) {
  const active = document.activeElement;
  const kept = active?.id ? { id: active.id, value: active.value, at: active.selectionStart } : null;
  const scroll = draft.scrollTop;
  const opened = [".proposals", ".second"].filter((name) => draft.querySelector(name)?.open);
  isFilling = true;
  for (const [id, html] of Object.entries(parts)) {
    const place = document.getElementById(id);
    if (place) place.innerHTML = html;
  }
  isFilling = false;
  pressed(document, preview);
  for (const name of opened) draft.querySelector(name)?.setAttribute("open", "");
  if (kept) {
    const again = document.getElementById(kept.id);
    if (again && again !== document.activeElement) {
      const isTyped = timers.has(kept.id) || isMissing({ dataset: again.dataset, value: kept.value ?? "" });
      if (!isForced && isTyped && "value" in again) again.value = kept.value;
      again.focus({ preventScroll: true });
      if (kept.at != null && again.setSelectionRange && again.tagName === "TEXTAREA") again.setSelectionRange(kept.at, kept.at);
    }
  }
  draft.scrollTop = scroll;
  draft.querySelectorAll("textarea").forEach(grow);
}

function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

function send(change) {
  flush();
  return saving.add(change);
}

saving.onState = (state) => {
  document.body.classList.toggle("saving", state === "saving");
  document.body.classList.toggle("unsaved", state === "unsaved");
};
saving.onSaved = (body, change, waiting) => {
  fill(body.parts, { isForced: change.kind === "undo" || change.kind === "redo" || change.kind === "revert" });
  if (!("text" in change)) { say(`${capital(body.said)}.`); messages.replaceChildren(); }
  if (!waiting) preview.show(body.revision);
  if (found && ["add", "add-url", "drop", "restore", "undo", "redo"].includes(change.kind) && others.open) seek();
};
saving.onRefused = (problem, change) => {
  message(problem);
  if ("text" in change) return;
  refresh();
};
saving.onConflict = (body, change, waiting) => conflict(body, change, waiting);

async function refresh() {
  const response = await fetch(`${address}/current`, { headers: { accept: "application/json" } });
  if (!response.ok) return;
  const body = await response.json();
  saving.revision = body.revision;
  fill(body.parts, { isForced: true });
  preview.show(body.revision);
}

// Two editors at once -------------------------------------------------------------------------------

function conflict(body, change, waiting) {
  const dialog = document.getElementById("conflict");
  const names = [...new Set(body.since.map((one) => one.who))];
  const what = body.since.map((one) => one.said).join("; ");
  document.getElementById("conflict-who").textContent =
    names.length ? `${names.join(" and ")}: ${what}.` : body.problem;
  const isText = "text" in change;
  document.getElementById("theirs").textContent = isText ? body.theirs : "As it was changed above.";
  document.getElementById("yours").textContent = isText ? change.text : told(change);
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
  fill(body.parts, { isForced: true });
  preview.show(body.revision);
  const again = [change, ...waiting];
  const close = (act) => { dialog.close(); act(); };
  document.getElementById("use-mine").onclick = () => close(() => {
    for (const one of again) {
      if ("text" in one) put(one);
      saving.add(one);
    }
  });
  document.getElementById("use-theirs").onclick = () => close(() => say("The stored version stays."));
  if (isText && body.theirs === change.text && !waiting.length) return;
  dialog.showModal();
}

function put(change) {
  const field = document.getElementById(change.article ? `${change.kind}-${change.article}` : change.kind);
  if (field) field.value = change.text;
}

function told(change) {
  const item = change.article && document.getElementById(`headline-${change.article}`);
  return `${capital(change.kind)}${item ? ` “${item.value}”` : ""}`;
}

async function look() {
  if (!document.hidden && saving.isIdle && !timers.size) {
    try {
      const response = await fetch(`${address}/revision`, { headers: { accept: "application/json" } });
      const body = response.ok ? await response.json() : null;
      if (body && body.revision > saving.revision && saving.isIdle && !timers.size) {
        message(`${body.who || "The job"} changed this edition: ${body.said || "a new draft"}.`, "note", [["Show it", refresh]]);
      }
    } catch { /* offline: saving says so */ }
  }
  setTimeout(look, LOOK_EVERY_MS);
}

// Fields --------------------------------------------------------------------------------------------

draft.addEventListener("input", (event) => {
  const field = event.target.closest("[data-field]");
  if (!field) return;
  grow(field);
  clearTimeout(timers.get(field.id));
  timers.set(field.id, setTimeout(() => keep(field), TYPING_PAUSE_MS));
});
draft.addEventListener("keydown", (event) => {
  const field = event.target.closest("[data-field]");
  if (field && event.key === "Enter" && !event.isComposing) { event.preventDefault(); field.blur(); }
});

function keep(field) {
  timers.delete(field.id);
  const change = { kind: field.dataset.field, text: field.value };
  if (field.dataset.article) change.article = field.dataset.article;
  if (isMissing(field)) return;
  field.defaultValue = field.value;
  saving.add(change);
}

const isMissing = (field) => field.dataset.field in NEEDED && !field.value.trim();

// A field that must say something takes its last text back. That moves what stands below, so it waits
// until the button that took the focus is let go.
addEventListener("pointerdown", () => { isPressed = true; }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { isPressed = false; }, true);
draft.addEventListener("focusout", (event) => {
  if (isFilling || !event.target.closest("[data-field]") || !isMissing(event.target)) return;
  const { id } = event.target;
  if (isPressed) for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(() => putBack(id)), { once: true });
  else putBack(id);
});

function putBack(id) {
  const field = document.getElementById(id);
  if (!field || field === document.activeElement || !isMissing(field)) return;
  clearTimeout(timers.get(id));
  timers.delete(id);
  field.value = field.defaultValue;
  grow(field);
  message(NEEDED[field.dataset.field], "note");
}

/** Hand over at once what is being typed. */
function flush() {
  for (const [id, timer] of timers) {
    clearTimeout(timer);
    const field = document.getElementById(id);
    if (field) keep(field);
  }
  timers.clear();
}

// The next page shows what is stored: leaving waits for what is being saved.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href^='/desk']");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  flush();
  if (saving.isIdle) return;
  event.preventDefault();
  const latest = Date.now() + LEAVING_WAITS_MS;
  while (!saving.isIdle && Date.now() < latest) await new Promise((done) => setTimeout(done, 25));
  if (!document.querySelector("dialog[open]")) location.assign(link.href);
});
addEventListener("pagehide", flush);
addEventListener("visibilitychange", () => { if (document.hidden) flush(); });

// Buttons -------------------------------------------------------------------------------------------

const move = (article, section, at) => send({ kind: "move", article, section, at });
const article = (element) => element.closest(".item")?.dataset.article;

const ACTS = {
  undo: () => send({ kind: "undo" }),
  redo: () => send({ kind: "redo" }),
  up: (button) => nudge(button.closest(".item"), -1, move),
  down: (button) => nudge(button.closest(".item"), 1, move),
  pin: (button) => send({ kind: "pin", article: article(button), is_pinned: button.closest(".item").dataset.pinned === "no" }),
  drop: (button) => drop(button.closest(".item")),
  restore: (button) => send({ kind: "restore", article: button.dataset.of }),
  revert: (button) => send({ kind: "revert", field: button.dataset.part, article: button.dataset.of }),
  add: (button) => { button.disabled = true; send({ kind: "add", article: button.dataset.of }); },
  propose: (button) => {
    send({ kind: "subject", text: button.dataset.subject });
    put({ kind: "subject", text: button.dataset.subject });
    send({ kind: "preheader", text: button.dataset.preheader });
    put({ kind: "preheader", text: button.dataset.preheader });
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
ordering(draft, { move, say });

// What is not in the edition ------------------------------------------------------------------------

const others = document.getElementById("others");
const found = document.getElementById("found");

async function seek() {
  const sought = document.querySelector("#seek input").value;
  try {
    const response = await fetch(`${address}/others?${new URLSearchParams({ q: sought })}`, { headers: { accept: "text/html" } });
    found.innerHTML = response.ok ? await response.text() : "<p class=small>They can’t be shown now.</p>";
  } catch { found.innerHTML = "<p class=small>You are offline.</p>"; }
}
others?.addEventListener("toggle", () => { if (others.open) seek(); });
document.getElementById("seek")?.addEventListener("submit", (event) => { event.preventDefault(); seek(); });
document.getElementById("by-url")?.addEventListener("submit", (event) => {
  event.preventDefault();
  send({ kind: "add-url", url: event.target.elements.url.value }).then(() => { event.target.reset(); });
});

whom({ root: document, preview });

keys({ main, acts: ACTS, preview, others });

// What an earlier tab could not save ----------------------------------------------------------------

const left = saving.left();
if (left.length && draft.querySelector("[data-field]")) {
  for (const change of left) {
    if ("text" in change) put(change);
    saving.add(change);
  }
  message("What you typed last was saved now; the tab had been closed before it could be.", "note");
}
setTimeout(look, LOOK_EVERY_MS);
draft.querySelectorAll("textarea").forEach(grow);
if (location.hash) {
  const sought = document.getElementById(location.hash.slice(1));
  sought?.closest("details")?.setAttribute("open", "");
  sought?.focus();
}
document.documentElement.dataset.ready = "yes";
