// Carrying a story or a block: by mouse, finger or pen through pointer events, by arrow keys on its handle.
// Both end in one and the same wish: this one, to this section or spot, at this place.

import { speak } from "./words.js";

const EDGE = 70, SPEED = 14;

export function ordering(root, { move, moveBlock, nudgeBlock, say }) {
  const stories = {
    thing: ".item",
    lists: () => [...root.querySelectorAll("[data-items]")],
    over: (lists, y) => lists.findLast((one) => one.closest(".part").getBoundingClientRect().top <= y) ?? lists[0],
    mark: "li",
    done: (item, list, at) => move(item.dataset.article, list.dataset.items, at),
  };
  const blocks = {
    thing: "[data-block]",
    lists: () => [...root.querySelectorAll(".spot")],
    over: nearest,
    mark: "div",
    done: (block, list, at) => {
      const { spotOf, spotSection } = list.dataset;
      const behind = others(list, block, "[data-block]")[at - 1]?.dataset.block ?? "";
      return moveBlock(block.dataset.block, spotOf, spotSection, behind);
    },
  };
  const way = (handle) => (handle.closest(".item") ? stories : blocks);
  root.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (handle && !handle.disabled && event.button === 0) carry(event, handle, root, way(handle), say);
  });
  root.addEventListener("keydown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    if (way(handle) === stories) nudge(handle.closest(".item"), step, move);
    else nudgeBlock(handle.closest("[data-block]").dataset.block, step);
  });
}

/** Return the list that lies nearest to a height on the screen. */
function nearest(lists, y) {
  const far = (one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return Math.max(top - y, y - bottom, 0);
  };
  return lists.reduce((best, one) => (far(one) < far(best) ? one : best));
}

/** Move an item one place up or down, at a section's edge into the next section. */
export function nudge(item, step, move) {
  const list = item.parentElement;
  const items = [...list.children];
  const at = items.indexOf(item) + step;
  if (at >= 0 && at < items.length) return move(item.dataset.article, list.dataset.items, at);
  const lists = [...document.querySelectorAll("[data-items]")];
  const next = lists[lists.indexOf(list) + step];
  if (next) move(item.dataset.article, next.dataset.items, step > 0 ? 0 : next.children.length);
}

// The item itself stays in its place in the document, only drawn elsewhere: an element that is taken
// out while a finger is on it loses the finger. A line shows where it would go.
function carry(start, handle, root, way, say) {
  const item = handle.closest(way.thing);
  const scroller = getComputedStyle(root).overflowY === "auto" ? root : document.scrollingElement;
  const mark = Object.assign(document.createElement(way.mark), { className: "mark" });
  mark.setAttribute("aria-hidden", "true");
  const grip = start.clientY - item.getBoundingClientRect().top;
  const top = item.getBoundingClientRect().top + scroller.scrollTop;
  let pointer = start, frame = 0, isMoving = false;
  handle.setPointerCapture(start.pointerId);
  handle.focus({ preventScroll: true });

  const settle = () => {
    item.style.transform = `translateY(${pointer.clientY - grip - (top - scroller.scrollTop)}px)`;
    const list = way.over(way.lists(), pointer.clientY);
    const before = others(list, item, way.thing).find((one) => {
      const box = one.getBoundingClientRect();
      return pointer.clientY < box.top + box.height / 2;
    }) ?? null;
    if (mark.parentElement !== list || mark.nextElementSibling !== before) list.insertBefore(mark, before);
  };
  const scroll = () => {
    const box = scroller === root ? root.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    const by = pointer.clientY < box.top + EDGE ? -SPEED : pointer.clientY > box.bottom - EDGE ? SPEED : 0;
    if (by) { scroller.scrollTop += by; settle(); }
    frame = requestAnimationFrame(scroll);
  };
  const onMove = (event) => {
    pointer = event;
    if (!isMoving && Math.abs(event.clientY - start.clientY) < 4) return;
    if (!isMoving) {
      isMoving = true;
      item.classList.add("carried");
      document.body.classList.add("carrying");
      frame = requestAnimationFrame(scroll);
    }
    settle();
  };
  const end = (isKept) => {
    cancelAnimationFrame(frame);
    handle.removeEventListener("pointermove", onMove);
    handle.removeEventListener("pointerup", onUp);
    handle.removeEventListener("pointercancel", onCancel);
    removeEventListener("keydown", onKey, true);
    item.classList.remove("carried");
    item.style.transform = "";
    document.body.classList.remove("carrying");
    const list = mark.parentElement;
    const at = list ? others(list, item, way.thing, mark).indexOf(mark) : -1;
    mark.remove();
    if (!isMoving) return;
    const isSame = list === item.parentElement && at === [...list.children].indexOf(item);
    if (!isKept || !list || isSame) return say(speak("Put back."));
    way.done(item, list, at);
  };
  const onUp = () => end(true);
  const onCancel = () => end(false);
  const onKey = (event) => { if (event.key === "Escape") { event.preventDefault(); end(false); } };
  handle.addEventListener("pointermove", onMove);
  handle.addEventListener("pointerup", onUp);
  handle.addEventListener("pointercancel", onCancel);
  addEventListener("keydown", onKey, true);
}

/** Return what a list holds without the carried one, and with the mark where it is asked for. */
function others(list, carried, thing, mark = null) {
  return [...list.children].filter((one) => one !== carried && (one === mark || one.matches(thing)));
}
