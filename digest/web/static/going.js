// Keys of every page: G and a letter leads to another page, A to what this page is for. All can be
// switched off where the edition page lists its keys.

export const SWITCH = "desk:keys";
const PLACES = {
  t: "/desk", r: "/desk/runs", l: "/desk/look-back", n: "/desk/newsletters", p: "/desk/people",
};
const WAITS_MS = 2_000;

/** Tell whether a key typed there is meant for the page: it is part of no text and single keys are on. */
export function isFree(event) {
  if (event.target.closest("textarea, input:not([type=checkbox]):not([type=radio]), select, dialog")) return false;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; }
}

/** Put the focus on the first thing that can be used in an element, and open it. */
function begin(place) {
  if (place.tagName === "DETAILS") place.open = true;
  const first = place.matches("a, button") ? place
    : place.querySelector("input:not([type=hidden]):not(:disabled), select, textarea, button:not(:disabled)");
  first?.focus();
  first?.scrollIntoView({ block: "nearest" });
}

export function going() {
  let since = -Infinity;
  addEventListener("keydown", (event) => {
    if (!isFree(event)) return;
    const key = event.key.toLowerCase();
    if (event.timeStamp - since < WAITS_MS) {
      since = -Infinity;
      const link = PLACES[key] && document.querySelector(`nav a[href="${PLACES[key]}"]`);
      if (link) { event.preventDefault(); event.stopImmediatePropagation(); link.click(); return; }
    }
    if (key === "g") { event.preventDefault(); since = event.timeStamp; return; }
    const place = key === "a" && document.querySelector("[data-key-a]");
    if (place) { event.preventDefault(); begin(place); }
  }, true);
  document.documentElement.dataset.keys = "yes";
}
