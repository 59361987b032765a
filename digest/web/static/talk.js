// What is typed into a comment stays in this tab until the desk has it: through a part of the page that is
// rendered anew, a log-in, and a way back.

const main = document.getElementById("main");
const PREFIX = `comment ${main.dataset.key} `;
const nameOf = (field) => PREFIX + field.id;

function restore() {
  for (const field of main.querySelectorAll("textarea[data-kept]")) {
    const kept = sessionStorage.getItem(nameOf(field));
    if (!kept || field.value) continue;
    field.value = kept;
    field.closest("details").open = true;
  }
}

const said = new URLSearchParams(location.search).get("said");
if (said) {
  sessionStorage.removeItem(`${PREFIX}say-${said}`);
  history.replaceState(null, "", location.pathname + location.hash);
}
main.addEventListener("input", (event) => {
  const field = event.target.closest("textarea[data-kept]");
  if (field) sessionStorage.setItem(nameOf(field), field.value);
});
new MutationObserver(restore).observe(document.getElementById("sections"), { childList: true });
restore();
