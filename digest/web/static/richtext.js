// The few marks of a text: bold, italics, links, paragraphs. What is pasted from Word, Google Docs or a page
// becomes just those; keys write them around what is chosen.

const BLOCKS = [
  "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
  "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu",
  "nav", "ol", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
];
const IS_BLOCK = new Set(BLOCKS);
const UNSEEN = new Set([
  "annotation", "audio", "canvas", "datalist", "head", "iframe", "link", "meta", "noscript", "object", "script", "select", "style", "svg",
  "template", "textarea", "title", "video", "xml",
]);
const BOLD = new Set(["b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"]);
const ITALIC = new Set(["i", "em", "cite"]);
const MOST_NODES = 20_000, MOST_RULES = 200, LONGEST_SHEET = 200_000;
const SAFE = /^(https?:\/\/|mailto:)/i;

/** Have the fields with marks take pasted HTML as Markdown, and Ctrl or ⌘ with B, I and K write marks. */
export function pasting(root) {
  root?.addEventListener("paste", (event) => {
    const field = event.target.closest("[data-rich]");
    if (!field || !event.clipboardData) return;
    const plain = event.clipboardData.getData("text/plain");
    const text = markdown(event.clipboardData.getData("text/html")) || seen(plain);
    // What needs no change the browser pastes itself.
    if (!text || text === plain) return;
    event.preventDefault();
    write(field, text);
  });
  root?.addEventListener("keydown", (event) => {
    const field = event.target.closest("[data-rich]");
    if (!field || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const mark = { b: "**", i: "*" }[event.key.toLowerCase()];
    const chosen = field.value.slice(field.selectionStart, field.selectionEnd);
    if (mark) { event.preventDefault(); around(field, mark, chosen, mark); }
    if (event.key.toLowerCase() === "k") { event.preventDefault(); around(field, "[", chosen, "](https://)"); }
  });
}

function around(field, ahead, chosen, behind) {
  const at = field.selectionStart + ahead.length;
  write(field, ahead + chosen + behind);
  const end = chosen && behind.length > 2 ? at + chosen.length + behind.length - 1 : at + chosen.length;
  field.setSelectionRange(chosen && behind.length > 2 ? end : at, end);
}

// The browser's own undo knows of it this way; the field tells of it as of typing.
function write(field, text) {
  field.focus();
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Return the Markdown of a clipboard's HTML. */
export function markdown(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const paragraphs = [[]], classes = byClass(page);
  let left = MOST_NODES;
  const next = (look) => {
    if (look.isLine) add(paragraphs.at(-1), " ", look);
    else if (paragraphs.at(-1).length) paragraphs.push([]);
  };
  const say = (data, look) => {
    // Some programs break lines by signs of Unicode; in preformatted text each end of a line is one.
    for (const [at, line] of data.split(look.isKept ? /[\n\v\u2028\u2029]/ : /[\v\u2028\u2029]/).entries()) {
      if (at) next(look);
      add(paragraphs.at(-1), line, look);
    }
  };
  const walk = (node, look) => {
    if (--left < 0) return;
    if (node.nodeType === Node.TEXT_NODE) { say(node.data, look); return; }
    if (node.nodeType !== Node.ELEMENT_NODE || UNSEEN.has(node.localName) || isHidden(node)) return;
    if (node.localName === "br") { next(look); return; }
    if (node.localName === "img") { say(emoji(node), look); return; }
    const shown = kind(node);
    const inner = { ...looks(node, look, classes.get(node)), isLine: look.isLine || (shown === "row" && isLine(node)) };
    if (shown === "block" || shown === "row") next(look);
    if (shown === "cell") add(paragraphs.at(-1), " ", look);
    for (const child of node.childNodes) walk(child, inner);
    if (shown === "block" || shown === "row") next(look);
    if (shown === "cell") add(paragraphs.at(-1), " ", look);
  };
  walk(page.body, { bold: false, italic: false, url: "", isKept: false, isLine: false });
  return paragraphs.map(written).filter(Boolean).join("\n\n");
}

const styleOf = (node) => node.getAttribute("style") ?? "";

// A page may show a span as a block, and a browser copies the part of a block as an inline one.
function kind(node) {
  const shown = /(?:^|;)\s*display:\s*([\w-]+)/i.exec(styleOf(node))?.[1]?.toLowerCase() ?? "";
  if (shown === "table-cell" || (["td", "th"].includes(node.localName) && !["block", "flex", "grid"].includes(shown))) return "cell";
  if (shown === "table-row" || node.localName === "tr") return "row";
  if (["block", "flex", "grid", "list-item", "table", "flow-root"].includes(shown)) return "block";
  return IS_BLOCK.has(node.localName) && shown !== "inline" ? "block" : "";
}

// Cells of a paragraph each are one line; a table that only lays a page out keeps its paragraphs.
function isLine(row) {
  if (row.querySelector("table")) return false;
  const cells = [...row.children].filter((cell) => cell.textContent.trim());
  return cells.length > 1 && cells.every((cell) => leaves(cell) <= 1);
}

const leaves = (cell) => [...cell.querySelectorAll(BLOCKS.join())]
  .filter((block) => !block.querySelector(BLOCKS.join()) && block.textContent.trim()).length;

// Word writes what only its own programs see into hidden spans, numbers of lists into ignored ones, and what
// colleagues noted and took out beside the text.
function isHidden(node) {
  if (node.hidden || /(?:^|\s)(msocomanchor|MsoCommentReference|msoDel)(?:\s|$)/i.test(node.getAttribute("class") ?? "")) return true;
  if (node.localName === "del" && (node.hasAttribute("datetime") || node.hasAttribute("cite"))) return true;
  return /mso-(hide:\s*all|list:\s*ignore|element:\s*comment)|display:\s*none|visibility:\s*hidden/i.test(styleOf(node));
}

// Mail programs and chats show an emoji as a picture.
function emoji(node) {
  const words = node.getAttribute("alt") ?? "";
  const isOne = words.length <= 24 && /^[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u.test(words);
  return isOne && /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(words) ? words : "";
}

// Excel and Pages say in a style sheet what is bold, by classes.
function byClass(page) {
  const found = new Map();
  const text = [...page.querySelectorAll("style")].map((one) => one.textContent).join("\n");
  if (!text) return found;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text.slice(0, LONGEST_SHEET));
  const rules = [...sheet.cssRules].filter((rule) => rule.selectorText?.includes(".")).map((rule) => ({
    selector: rule.selectorText, bold: isHeavy(rule.style.fontWeight), italic: /italic|oblique/.test(rule.style.fontStyle),
  }));
  for (const { selector, bold, italic } of rules.filter((one) => one.bold || one.italic).slice(0, MOST_RULES)) {
    for (const node of page.querySelectorAll(selector)) {
      const known = found.get(node);
      found.set(node, { bold: bold || known?.bold, italic: italic || known?.italic });
    }
  }
  return found;
}

const isHeavy = (weight) => /^bold/.test(weight) || Number(weight) >= 600;

// Google Docs wraps everything in a <b> of normal weight, and says what is bold in styles. Word has names of
// its own beside those (mso-bidi-font-weight), which say nothing.
function looks(node, look, byItsClass) {
  const style = styleOf(node);
  const weight = /(?:^|;)\s*font-weight:\s*(bold|bolder|normal|lighter|\d+)/i.exec(style)?.[1]?.toLowerCase();
  const slope = /(?:^|;)\s*font-style:\s*(italic|oblique|normal)/i.exec(style)?.[1]?.toLowerCase();
  const spaces = /(?:^|;)\s*white-space(?:-collapse)?:\s*([\w-]+)/i.exec(style)?.[1]?.toLowerCase();
  const bold = weight ? isHeavy(weight) : look.bold || BOLD.has(node.localName) || Boolean(byItsClass?.bold);
  const italic = slope ? slope !== "normal" : look.italic || ITALIC.has(node.localName) || Boolean(byItsClass?.italic);
  const isKept = spaces ? /^(pre|break|preserve)/.test(spaces) : look.isKept || node.localName === "pre";
  const href = node.localName === "a" ? (node.getAttribute("href") ?? "").replace(/[\t\r\n]/g, "").trim() : "";
  return { bold, italic, isKept, url: SAFE.test(href) ? led(href) : look.url };
}

// Mail programs, chats and search engines put their own address before the one that was meant.
const LEADING = [
  /^https?:\/\/[\w-]+\.safelinks\.protection\.(?:outlook|office365)\.(?:com|us)\//i,
  /^https?:\/\/(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?\/url\?/i,
  /^https?:\/\/(?:slack-redir\.net\/link|lm?\.(?:facebook|instagram)\.com\/(?:l\.php)?)\?/i,
];

function led(href) {
  if (!LEADING.some((one) => one.test(href)) || !URL.canParse(href)) return href;
  const found = new URL(href).searchParams;
  const meant = found.get("url") ?? found.get("q") ?? found.get("u") ?? "";
  return SAFE.test(meant) ? meant : href;
}

// Signs that only tell where a line may break, or stand for a picture, or are glyphs of a font of bullets.
const UNSEEN_SIGNS = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u2060-\u2064\ufeff\ufffc]/g;
// Khmer, Thai, Lao and Burmese have no spaces between words: there the sign stays.
const BREAKS = /(?<![\p{sc=Khmr}\p{sc=Thai}\p{sc=Laoo}\p{sc=Mymr}])\u200b|\u200b(?![\p{sc=Khmr}\p{sc=Thai}\p{sc=Laoo}\p{sc=Mymr}])/gu;
const seen = (words) => words.replace(UNSEEN_SIGNS, "").replace(BREAKS, "");
const SPACES = /[ \t\r\n\f\u00a0\uf000-\uf0ff]+/g;

function add(runs, data, look) {
  const text = seen(data).replace(SPACES, " ");
  const last = runs.at(-1);
  if (!text || (text === " " && !last)) return;
  const isLike = last && last.bold === look.bold && last.italic === look.italic && last.url === look.url;
  if (isLike) last.text += text; else runs.push({ bold: look.bold, italic: look.italic, url: look.url, text });
}

// Beside Chinese, Japanese and Korean letters a mark is seen wherever it stands.
const LETTER = /(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul})[\p{L}\p{N}]/u;
const POINT = /[\p{P}\p{S}]/u;

// Markdown sees a mark only at a letter: spaces go outside of it, and a point that a letter follows or leads.
function written(runs) {
  const parts = runs.flatMap(spaced).map(inside).flatMap(pointed);
  const links = [];
  for (const part of parts) {
    if (links.at(-1)?.url === (part.url ?? "")) links.at(-1).parts.push(part);
    else links.push({ url: part.url ?? "", parts: [part] });
  }
  // What is bold of a link is so within its brackets: stars behind an address are read as typed.
  const told = links.map((one) => (one.url ? `[${marked(one.parts)}](${address(one.url)})` : marked(one.parts)));
  return told.join("").replace(/ {2,}/g, " ").trim();
}

function marked(parts) {
  let text = "", isBold = false;
  for (const run of [...parts, { text: "" }]) {
    // What is bold in a row is one, with its italics inside: four stars together are read as typed.
    if (Boolean(run.bold) !== isBold) { text += "**"; isBold = !isBold; }
    // Nor can slanted words follow bold ones that end slanted, with nothing between.
    text += run.italic && !text.endsWith("***") ? `*${escaped(run.text)}*` : escaped(run.text);
  }
  return text;
}

function spaced(run) {
  const [, ahead, words, behind] = /^( *)(.*?)( *)$/s.exec(run.text.replace(/ {2,}/g, " "));
  return [{ text: ahead, url: run.url }, { ...run, text: words }, { text: behind, url: run.url }].filter((one) => one.text);
}

// A space is part of a link only where the link goes on behind it.
function inside(run, at, runs) {
  const isWithin = run.text.trim() || (runs[at - 1]?.url === run.url && runs[at + 1]?.url === run.url);
  return isWithin ? run : { text: run.text };
}

function pointed(run, at, runs) {
  if (!(run.bold || run.italic)) return [run];
  const beside = (one) => (one && (!run.url || one.url === run.url) ? one : null);
  const before = beside(runs[at - 1]), after = beside(runs[at + 1]);
  let from = 0, to = run.text.length;
  if (before && LETTER.test(before.text.at(-1))) while (from < to && POINT.test(run.text[from])) from += 1;
  if (after && LETTER.test(after.text[0])) while (to > from && POINT.test(run.text[to - 1])) to -= 1;
  const shared = (other) => ({ url: run.url, bold: run.bold && other?.bold, italic: run.italic && other?.italic });
  return [
    { ...shared(before), text: run.text.slice(0, from) },
    { ...run, text: run.text.slice(from, to) },
    { ...shared(after), text: run.text.slice(to) },
  ].filter((one) => one.text);
}

const escaped = (words) => words.replace(/([\\*_[\]])/g, "\\$1").replace(/&(?=#?\w+;)/g, "\\&");
const address = (url) => url.replace(/[\s()<>\\*_]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`).replace(/%5F/g, "_");
