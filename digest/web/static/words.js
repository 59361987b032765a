// What the scripts say, in the page's language: the page brings those of their messages that are not English.

const brought = globalThis.document?.getElementById("words")?.textContent;
const WORDS = brought ? JSON.parse(brought) : {};
const language = globalThis.document?.documentElement.lang || "en";
const rules = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

const isFromRight = globalThis.document?.documentElement.dir === "rtl";

// A value that runs the other way moves no word around it (Unicode Standard Annex 9, isolates).
const placed = (value) => (isFromRight && /\p{L}/u.test(value) ? `\u2068${value}\u2069` : value);
const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (place, name) => (name in values ? placed(values[name]) : place));

// The words for an English message, with values in its places, as %(name)s.
export const speak = (message, values = {}) => filled(WORDS[message] ?? message, values);

// The words for a count, with %(count)s filled in, too.
export function counted(one, more, count, values = {}) {
  const forms = WORDS[one];
  const form = forms ? forms[rules.select(count)] ?? forms.other : count === 1 ? one : more;
  return filled(form, { count: numbers.format(count), ...values });
}

// A message that stands in a table, to be said later.
export const later = (message) => message;
