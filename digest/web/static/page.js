// On every page: the line that says we are offline, what waits in this browser, countdowns, and results
// that renew themselves.

import { kept } from "./journal.js";
import { counted } from "./words.js";
import { Forms, settle, waiting } from "./forms.js";
import { Login } from "./login.js";
import { going } from "./going.js";

going();

const offline = document.getElementById("offline");
const tell = () => { if (offline) offline.hidden = navigator.onLine; };
addEventListener("online", tell);
addEventListener("offline", tell);
tell();

const { user } = document.documentElement.dataset;
const isEdition = Boolean(document.getElementById("undecided"));

/** Keep the forms of every page but the edition's, whose own script does it. */
function forms() {
  if (isEdition || !user) { settle(); return null; }
  let door = null;
  const made = () => {
    if (door) return door;
    document.body.append(document.getElementById("door").content.cloneNode(true));
    const saving = { user, get count() { return found.count; }, resume: (known) => { saving.user = known.user; found.resume(known); } };
    door = new Login({ saving, message: (...said) => found.say(...said) });
    return door;
  };
  const found = new Forms({ user, login: { ask: () => made().ask(), other: (known) => made().other(known) } });
  return found;
}
const here = forms();

/** Lead back to where something typed here is not stored. */
async function tellLeft() {
  const place = document.getElementById("left");
  if (!place || isEdition) return;
  const entries = await kept();
  const sent = waiting(user).filter((one) => one.isSent && !here?.isHere(one));
  if (!entries.length && !sent.length) return;
  const links = new Map(entries.map((one) => [one.address, one.edition]));
  for (const one of sent) links.set(one.page, one.title);
  place.textContent = `${counted("%(count)s change made in this browser is not stored:", "%(count)s changes made in this browser are not stored:", entries.length + sent.length)} `;
  for (const [address, name] of links) {
    if (!String(address).startsWith("/desk")) continue;
    place.append(Object.assign(document.createElement("a"), { href: address, textContent: name }), " ");
  }
  place.hidden = false;
}
tellLeft();

const SPANS = [[86400, "day"], [3600, "hour"], [60, "minute"]];
const inWords = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });

// The desk's own clock, so that a wrong one in the browser misleads nobody.
const ahead = new Date(document.documentElement.dataset.now ?? Date.now()) - Date.now();

function countdown() {
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const seconds = (new Date(time.dateTime) - Date.now() - ahead) / 1000;
    time.dataset.clock ??= time.textContent;
    const [size, unit] = SPANS.find(([size]) => Math.abs(seconds) >= size) ?? [60, "minute"];
    time.textContent = `${time.dataset.clock}, ${inWords.format(Math.round(seconds / size), unit)}`;
  }
}
countdown();
setInterval(countdown, 20_000);

async function renew() {
  const live = document.querySelector("[data-live]");
  if (!live) return;
  try {
    const answer = await fetch(live.dataset.live, { headers: { accept: "text/html" } });
    if (answer.ok) {
      live.outerHTML = await answer.text();
      if (!document.querySelector("[data-live]")) location.reload();
    }
  } catch { /* offline: the line above says so, and the next look tries again */ }
  setTimeout(renew, 2_000);
}
if (document.querySelector("[data-live]")) setTimeout(renew, 2_000);
