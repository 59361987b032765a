// A correction's subject and headline are filled in with the chosen story's, until somebody types their own.

const form = document.querySelector("form[action$='/correct']");
const filled = new Map();

function fill(name, text) {
  const field = form.elements[name];
  const known = filled.get(name) ?? field.defaultValue;
  if (field.value !== known && field.value) return;
  field.value = text;
  filled.set(name, text);
}

form?.addEventListener("change", (event) => {
  const { headline } = event.target.dataset;
  if (!headline) return;
  fill("headline", headline);
  fill("subject", `${form.elements.subject.dataset.mark} ${headline}`.slice(0, 300));
});
