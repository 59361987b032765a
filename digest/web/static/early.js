// In the head of every page, before all others: a form that is sent before the scripts are there waits for
// them. Sent past them it would not bear the name under which its text is kept, and nobody would have asked
// whether the session still lasts.

(() => {
  const LONGEST_MS = 10_000;
  let held = null, timer = 0;

  const hold = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    held = [event.target, event.submitter];
  };
  const letGo = () => {
    clearTimeout(timer);
    document.removeEventListener("submit", hold, true);
    const [form, button] = held ?? [];
    held = null;
    if (form?.isConnected) form.requestSubmit(button?.isConnected ? button : null);
  };

  document.addEventListener("submit", hold, true);
  // It comes once the scripts of the page have run, or could not be had; a line that hangs holds nobody.
  document.addEventListener("DOMContentLoaded", letGo, { once: true });
  timer = setTimeout(letGo, LONGEST_MS);
})();
