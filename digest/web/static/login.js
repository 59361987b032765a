// A session that ended in front of an open page: logging in again over the page, in the same tab, so that
// all that was typed stays where it is and goes on its way.

import { counted, speak } from "./words.js";

const LOOKS_EVERY_MS = 3_000;

export class Login {
  #timer = 0;

  constructor({ saving, message, count = () => saving.count }) {
    Object.assign(this, { saving, message, count });
    this.dialog = document.getElementById("login");
    this.form = this.dialog.querySelector("form");
    this.problem = document.getElementById("login-problem");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#enter(); });
    this.dialog.addEventListener("close", () => { clearInterval(this.#timer); this.#tell(); });
    this.onBack = () => {};
  }

  get isOut() { return this.dialog.open || this.#isAsked; }

  #isAsked = false;

  /** Ask for a log-in; where the dialog is closed, a line stays in view. */
  ask({ isQuiet = false } = {}) {
    this.#isAsked = true;
    if (this.dialog.open) return;
    if (isQuiet) { this.#tell(); return; }
    const count = this.count();
    document.getElementById("login-count").textContent =
      count ? counted("%(count)s change waits in this browser and will be stored in order.", "%(count)s changes wait in this browser and will be stored in order.", count) : speak("What you type is kept in this browser.");
    this.form.elements.name.value ||= this.saving.user;
    this.problem.textContent = "";
    this.dialog.showModal();
    (this.form.elements.name.value ? this.form.elements.password : this.form.elements.name).focus();
    // Whoever logs in another way does it in a tab beside this one.
    this.#timer = setInterval(() => this.#look(), LOOKS_EVERY_MS);
  }

  /** Somebody else is logged in on this browser now. */
  other(known) {
    this.#isAsked = true;
    this.message(speak("This browser is logged in as %(now)s now. What %(before)s changed here is not stored.", { now: known.user, before: this.saving.user }), "alert", [
      [speak("Store it as %(name)s", { name: known.user }), () => this.#back(known)],
      [speak("Log in as %(name)s", { name: this.saving.user }), () => this.ask()],
    ]);
  }

  #tell() {
    if (this.#isAsked) this.message(speak("You are logged out. What you typed is kept here."), "alert", [[speak("Log in"), () => this.ask()]]);
  }

  async #enter() {
    const { name, password, code } = this.form.elements;
    this.problem.textContent = "";
    try {
      // The token of whatever session the browser has by now: the desk takes no form without it.
      const known = await told("/desk/session");
      const response = await fetch("/desk/session", {
        method: "POST",
        headers: { "content-type": "application/json", "x-desk-token": known.token, accept: "application/json" },
        body: JSON.stringify({ name: name.value, password: password.value, code: code?.value ?? "" }),
      });
      const body = await response.json();
      if (response.ok && body.user) { password.value = ""; this.#entered(body); return; }
      if (body.needs_code) document.getElementById("login-code").hidden = false;
      this.problem.textContent = body.problem ?? speak("The desk did not let you in.");
    } catch { this.problem.textContent = speak("The desk can’t be reached. Try again in a moment."); }
  }

  /** Go on, unless it is somebody else: what waits is not theirs. */
  #entered(known) {
    if (known.user === this.saving.user || !this.count()) { this.#back(known); return; }
    this.#isAsked = false;
    // The dialog's own word on its closing comes first.
    this.dialog.addEventListener("close", () => this.other(known), { once: true });
    this.dialog.close();
  }

  async #look() {
    try {
      const known = await told("/desk/session");
      if (known.user === this.saving.user) this.#back(known);
    } catch { /* the next look tries again */ }
  }

  #back(known) {
    this.#isAsked = false;
    for (const field of document.querySelectorAll("input[name=csrf]")) field.value = known.token;
    if (this.dialog.open) this.dialog.close();
    this.message(speak("Logged in as %(name)s.", { name: known.user }), "note");
    this.saving.resume(known);
    this.onBack(known);
  }
}

async function told(address) {
  return (await fetch(address, { headers: { accept: "application/json" } })).json();
}
