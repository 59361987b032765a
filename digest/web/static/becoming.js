// A document, or a part of a page, that becomes another: what is the same stays where it is, so that
// pictures stay loaded and nothing flickers; only what differs is written.

/** Turn one document into the other; false, with nothing done, where they are of another kind. */
export function become(shown, fresh) {
  if (kindOf(shown) !== kindOf(fresh)) return false;
  one(shown.documentElement, fresh.documentElement);
  return true;
}

/** Return what no change in place can alter: quirks or none, and that a mail stands there at all. */
function kindOf({ compatMode, doctype, body }) {
  return [compatMode, doctype?.name, doctype?.publicId, doctype?.systemId, Boolean(body?.firstChild)].join(" ");
}

/** Turn what stands in a place into this HTML; false where a story is missing that should stand there. */
export function renew(place, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  children(place, fresh.content);
  return place.querySelector("[data-same]") === null;
}

/** Tell whether two nodes are one: by what they hold, or as a story that the desk leaves as it stands here. */
function isSame(old, fresh) {
  if (fresh.dataset?.same !== undefined) return old.id === fresh.id && old.dataset.same === undefined;
  return old.isEqualNode(fresh);
}

const mayBecome = (old, fresh) => old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id ?? "") === (fresh.id ?? "");

function one(old, fresh) {
  if (isSame(old, fresh)) return;
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  children(old, fresh);
}

function children(old, fresh) {
  const had = [...old.childNodes], wanted = [...fresh.childNodes];
  const same = new Map();
  // What stands at both ends as before is most of a mail.
  let first = 0, last = 0;
  const most = Math.min(had.length, wanted.length);
  while (first < most && isSame(had[first], wanted[first])) first += 1;
  while (last < most - first && isSame(had.at(-1 - last), wanted.at(-1 - last))) last += 1;
  const left = new Set(had.slice(first, had.length - last));
  const among = wanted.slice(first, wanted.length - last);
  for (const node of among) {
    const found = [...left].find((other) => isSame(other, node));
    if (found) { same.set(node, found); left.delete(found); }
  }
  // What is left over is told apart by its name, else by its place among its own kind.
  for (const node of among) {
    if (same.has(node)) continue;
    const found = [...left].find((other) => mayBecome(other, node));
    if (!found) continue;
    left.delete(found);
    same.set(node, found);
    if (node.nodeType === Node.ELEMENT_NODE) one(found, node);
    else found.nodeValue = node.nodeValue;
  }
  for (const node of left) node.remove();
  let place = first ? had[first - 1].nextSibling : old.firstChild;
  for (const node of among) {
    const put = same.get(node) ?? old.ownerDocument.adoptNode(node);
    if (put === place) place = place.nextSibling;
    else old.insertBefore(put, place);
  }
}
