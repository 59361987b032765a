// The few marks of a text: bold, italics, links, paragraphs. What is pasted from Word, Google Docs or a page
// becomes just those; keys write them around what is chosen.

const BLOCKS = new Set([
  "P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "UL", "OL", "TABLE", "TR", "BLOCKQUOTE", "PRE", "SECTION", "ARTICLE", "HR",
]);
const UNSEEN = new Set(["STYLE", "SCRIPT", "TITLE", "META", "LINK", "HEAD", "TEMPLATE", "XML"]);
const MOST_NODES = 20_000;
const SAFE = /^(https?:\/\/|mailto:)/i;

/** Have the fields with marks take pasted HTML as Markdown, and Ctrl or ⌘ with B, I and K write marks. */
export function pasting(root) {
  root?.addEventListener("paste", (event) => {
    const field = event.target.closest("[data-rich]");
    const html = field && event.clipboardData?.getData("text/html");
    if (!html) return;
    const text = markdown(html);
    if (!text) return;
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
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const runs = [{ runs: [] }];
  let left = MOST_NODES;
  const next = () => { if (runs.at(-1).runs.length) runs.push({ runs: [] }); };
  const walk = (node, look) => {
    if (--left < 0) return;
    if (node.nodeType === Node.TEXT_NODE) { add(runs.at(-1).runs, node.data, look); return; }
    if (node.nodeType !== Node.ELEMENT_NODE || UNSEEN.has(node.tagName) || isHidden(node)) return;
    if (node.tagName === "BR") { next(); return; }
    const isBlock = BLOCKS.has(node.tagName);
    if (isBlock) next();
    const inner = looks(node, look);
    for (const child of node.childNodes) walk(child, inner);
    if (isBlock) next(); else if (["TD", "TH"].includes(node.tagName)) add(runs.at(-1).runs, " ", look);
  };
  walk(body, { bold: false, italic: false, url: "" });
  return runs.map((one) => written(one.runs)).filter(Boolean).join("\n\n");
}

// Word writes what only its own programs see into hidden spans, and numbers of lists into ignored ones.
const isHidden = (node) => /mso-(hide:\s*all|list:\s*ignore)|display:\s*none/i.test(node.getAttribute("style") ?? "");

// Google Docs wraps everything in a <b> of normal weight, and says what is bold in styles. Word has names of
// its own beside those (mso-bidi-font-weight), which say nothing.
function looks(node, look) {
  const style = node.getAttribute("style") ?? "";
  const weight = /(?:^|;)\s*font-weight:\s*(bold|bolder|normal|lighter|\d+)/i.exec(style)?.[1]?.toLowerCase();
  const slope = /(?:^|;)\s*font-style:\s*(italic|oblique|normal)/i.exec(style)?.[1]?.toLowerCase();
  const isHeading = /^H[1-6]$/.test(node.tagName);
  const bold = weight ? weight === "bold" || weight === "bolder" || Number(weight) >= 600
    : look.bold || ["B", "STRONG"].includes(node.tagName) || isHeading;
  const italic = slope ? slope !== "normal" : look.italic || ["I", "EM", "CITE"].includes(node.tagName);
  const href = node.tagName === "A" ? (node.getAttribute("href") ?? "").trim() : "";
  return { bold, italic, url: SAFE.test(href) ? led(href) : look.url };
}

// Outlook and Google put their own address before the one that was meant.
function led(href) {
  const found = /^https:\/\/(?:[\w-]+\.safelinks\.protection\.outlook\.com\/|www\.google\.com\/url\?)/i.test(href)
    ? new URL(href).searchParams : null;
  const meant = found?.get("url") ?? found?.get("q") ?? "";
  return SAFE.test(meant) ? meant : href;
}

function add(runs, data, look) {
  const text = data.replace(/[ \t\r\n\f\u00a0]+/g, " ");
  const last = runs.at(-1);
  if (!text || (text === " " && !last)) return;
  const isLike = last && last.bold === look.bold && last.italic === look.italic && last.url === look.url;
  if (isLike) last.text += text; else runs.push({ ...look, text });
}

// Beside Chinese, Japanese and Korean letters a mark is seen wherever it stands.
const LETTER = /(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul})[\p{L}\p{N}]/u;
const POINT = /[\p{P}\p{S}]/u;

// Markdown sees a mark only at a letter: spaces go outside of it, and a point that a letter follows or leads.
function written(runs) {
  const parts = runs.flatMap(spaced).flatMap(pointed);
  let text = "", isBold = false;
  for (const run of [...parts, { text: "" }]) {
    // What is bold in a row is one, with its italics inside: four stars together are read as typed.
    if (Boolean(run.bold) !== isBold) { text += "**"; isBold = !isBold; }
    // Nor can slanted words follow bold ones that end slanted, with nothing between.
    const words = run.italic && !text.endsWith("***") ? `*${escaped(run.text)}*` : escaped(run.text);
    text += run.url ? `[${words}](${address(run.url)})` : words;
  }
  return text.replace(/ {2,}/g, " ").trim();
}

function spaced(run) {
  const [, ahead, words, behind] = /^( *)(.*?)( *)$/s.exec(run.text.replace(/ {2,}/g, " "));
  return [{ text: ahead }, { ...run, text: words }, { text: behind }].filter((one) => one.text);
}

function pointed(run, at, runs) {
  if (run.url || !(run.bold || run.italic)) return [run];
  const before = runs[at - 1], after = runs[at + 1];
  let from = 0, to = run.text.length;
  if (before && LETTER.test(before.text.at(-1))) while (from < to && POINT.test(run.text[from])) from += 1;
  if (after && LETTER.test(after.text[0])) while (to > from && POINT.test(run.text[to - 1])) to -= 1;
  const shared = (other) => ({ bold: run.bold && other?.bold, italic: run.italic && other?.italic });
  return [
    { ...shared(before), text: run.text.slice(0, from) },
    { ...run, text: run.text.slice(from, to) },
    { ...shared(after), text: run.text.slice(to) },
  ].filter((one) => one.text);
}

const escaped = (words) => words.replace(/([\\*_[\]])/g, "\\$1").replace(/&(?=#?\w+;)/g, "\\&");
const address = (url) => url.replace(/[\s()<>\\*_]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`).replace(/%5F/g, "_");
