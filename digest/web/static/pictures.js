// The dialog that chooses a picture. What is brought is kept by the desk first; the change that shows it
// goes the way of all changes.

import { pointing } from "./pointing.js";
import { speak } from "./words.js";

export function pictures({ address, send, saving, login }) {
  const at = (name) => document.getElementById(`picture-${name}`);
  const dialog = at("dialog");
  if (!dialog) return { acts: {}, resume() {} };
  let of = "", chosen = null;

  const problem = (text) => { at("problem").textContent = text; };
  const point = pointing(() => at("use").click());
  const show = (picture) => {
    chosen = picture;
    at("chosen").hidden = !picture;
    at("use").disabled = !picture;
    if (!picture) return;
    at("shown").src = picture.src;
    at("x").value = Math.round(picture.x * 100);
    at("y").value = Math.round(picture.y * 100);
    if (picture.alt || picture.isOffered) at("alt").value = picture.alt;
    if (picture.credit || picture.isOffered) at("credit").value = picture.credit;
    point();
  };
  const offered = (radio) => ({
    url: radio.value, src: radio.dataset.src, alt: radio.dataset.alt, credit: radio.dataset.credit,
    x: Number(radio.dataset.x), y: Number(radio.dataset.y), isOffered: true,
  });

  const upload = (body, kind) => fetch(`${address}/pictures`, {
    method: "POST", body, headers: { "content-type": kind, "x-desk-token": saving.token, accept: "application/json" }, redirect: "manual",
  });
  let waits = null;

  /** Have the desk keep a file, or what lies at an address; after a log-in, where one is needed. */
  const bring = async (body, kind) => {
    problem("");
    dialog.classList.add("busy-now");
    try {
      let response = await upload(body, kind);
      // The token may be that of an earlier log-in.
      if (response.status === 403 && await renewed()) response = await upload(body, kind);
      if (response.status === 401 || response.type === "opaqueredirect") {
        waits = [body, kind];
        problem(speak("You are logged out. What you typed is kept here."));
        login.ask();
        return false;
      }
      const answer = await response.json().catch(() => ({}));
      if (!response.ok) { problem(answer.problem ?? (response.status === 413 ? speak("The file is too large: 15 MB at most.") : speak("The desk could not take it. Try again."))); return false; }
      for (const radio of dialog.querySelectorAll("[name=choice]")) radio.checked = false;
      show({ ...answer, x: 0.5, y: 0.3 });
      at("alt").focus();
      return true;
    } catch { problem(speak("The desk can’t be reached. Try again; nothing here is lost.")); return false; } finally { dialog.classList.remove("busy-now"); }
  };

  /** Take the token of the log-in of now; tell whether it is another, of the same person. */
  const renewed = async () => {
    const known = await (await fetch("/desk/session", { headers: { accept: "application/json" } })).json();
    if (known.user !== saving.user || known.token === saving.token) return false;
    saving.token = known.token;
    return true;
  };

  const open = async (name, said) => {
    of = name;
    problem("");
    show(null);
    at("alt").value = at("credit").value = "";
    at("of").textContent = said;
    at("choices").textContent = speak("Loading …");
    dialog.showModal();
    try {
      const response = await fetch(`${address}/pictures?${new URLSearchParams({ of: name })}`, { headers: { accept: "text/html" } });
      at("choices").innerHTML = response.ok ? await response.text() : "";
      const checked = dialog.querySelector("[name=choice]:checked");
      if (checked) show(offered(checked));
    } catch { at("choices").textContent = speak("What there is can’t be shown now."); }
    dialog.dataset.ready = name;
  };

  dialog.addEventListener("close", () => { delete dialog.dataset.ready; waits = null; });
  at("choices").addEventListener("change", (event) => show(offered(event.target)));
  at("url").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    if (await bring(JSON.stringify({ url: form.elements.url.value }), "application/json")) form.reset();
  });
  at("file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) await bring(file, file.type || "application/octet-stream");
    event.target.value = "";
  });
  at("use").addEventListener("click", () => {
    const alt = at("alt").value.trim();
    if (!alt) { problem(speak("Say what it shows: who can’t see it is told that.")); at("alt").focus(); return; }
    const focus = [Number(at("x").value) / 100, Number(at("y").value) / 100];
    send({ kind: "picture", article: of, url: chosen.url, alt, credit: at("credit").value, focus });
    dialog.close();
  });
  for (const name of ["alt", "credit"]) {
    at(name).addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); at("use").click(); }
    });
  }
  at("away").addEventListener("click", () => { send({ kind: "picture-away", article: of }); dialog.close(); });
  at("close").addEventListener("click", () => dialog.close());

  return {
    /** Bring what a log-in came between. */
    resume() {
      const [body, kind] = waits ?? [];
      waits = null;
      if (kind) bring(body, kind);
    },
    acts: {
      picture: (button) => open(button.dataset.of, button.dataset.said || speak("this block")),
    },
  };
}
