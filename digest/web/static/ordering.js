// Carrying a story: by mouse, finger or pen through pointer events, by arrow keys on its handle. Both
// end in one and the same wish: this article, to this section, at this place.

const EDGE = 70, SPEED = 14;

export function ordering(root, { move, say }) {
  root.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (handle && !handle.disabled && event.button === 0) carry(event, handle, root, move, say);
  });
  root.addEventListener("keydown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    nudge(handle.closest(".item"), step, move);
  });
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

function carry(start, handle, root, move, say) {
  const item = handle.closest(".item");
  const home = { list: item.parentElement, next: item.nextElementSibling };
  const scroller = getComputedStyle(root).overflowY === "auto" ? root : document.scrollingElement;
  let pointer = start, grip = start.clientY - item.getBoundingClientRect().top, frame = 0, isMoving = false;
  handle.setPointerCapture(start.pointerId);
  handle.focus({ preventScroll: true });

  const place = () => {
    item.style.transform = "";
    const box = item.getBoundingClientRect();
    item.style.transform = `translateY(${pointer.clientY - grip - box.top}px)`;
  };
  const settle = () => {
    const middle = pointer.clientY;
    const lists = [...root.querySelectorAll("[data-items]")];
    const list = lists.findLast((one) => one.closest(".part").getBoundingClientRect().top <= middle) ?? lists[0];
    const others = [...list.children].filter((one) => one !== item);
    const before = others.find((one) => {
      const box = one.getBoundingClientRect();
      return middle < box.top + box.height / 2;
    }) ?? null;
    if (item.parentElement !== list || item.nextElementSibling !== before) list.insertBefore(item, before);
    place();
  };
  const scroll = () => {
    const top = scroller === root ? root.getBoundingClientRect().top : 0;
    const bottom = scroller === root ? root.getBoundingClientRect().bottom : innerHeight;
    const by = pointer.clientY < top + EDGE ? -SPEED : pointer.clientY > bottom - EDGE ? SPEED : 0;
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
    const list = item.parentElement, at = [...list.children].indexOf(item);
    const isSame = list === home.list && item.nextElementSibling === home.next;
    if (isKept && isMoving && !isSame) { move(item.dataset.article, list.dataset.items, at); return; }
    home.list.insertBefore(item, home.next);
    if (isMoving) say("Put back.");
  };
  const onUp = () => end(true);
  const onCancel = () => end(false);
  const onKey = (event) => { if (event.key === "Escape") { event.preventDefault(); end(false); } };
  handle.addEventListener("pointermove", onMove);
  handle.addEventListener("pointerup", onUp);
  handle.addEventListener("pointercancel", onCancel);
  addEventListener("keydown", onKey, true);
}
