// Reading settings, as a dialog and as a page. Nothing is stored before the reader chooses.

import { dialog, documentAt, showDialog, styled } from "./build.js";
import { forget } from "./search-view.js";

const KEY = "needlepoint";

// What was chosen where nothing can be stored: it holds for this page.
let unstored;

function apply(name, value) {
  const data = document.documentElement.dataset;
  if (!["theme", "contrast", "size", "face"].includes(name)) return;
  if (value) data[name] = value;
  else if (name === "face") data.face = "site";
  else delete data[name];
  if (name === "theme") dispatchEvent(new Event("theme"));
}

function save(chosen) {
  try {
    if (Object.keys(chosen).length) localStorage.setItem(KEY, JSON.stringify(chosen));
    else localStorage.removeItem(KEY);
    unstored = undefined;
  } catch {
    unstored = chosen;
  }
}

/** Makes the form show what was chosen and keep what is being chosen. What was chosen is read each time: another tab, or
 * the search of this page, may have chosen since. */
export async function start(form, { settings, words }) {
  const text = await words();
  const status = form.querySelector(".status");
  const read = () => unstored ?? settings();
  const show = () => {
    const chosen = read();
    for (const input of form.querySelectorAll("input")) {
      const isChosen = input.value === (chosen[input.name] ?? "");
      // What another tab has chosen holds here too.
      if (isChosen && !input.checked) apply(input.name, input.value);
      input.checked = isChosen;
    }
  };
  show();
  addEventListener("storage", show);
  document.addEventListener("needlepoint:chosen", show);
  form.addEventListener("change", (event) => {
    const { name, value } = event.target;
    const { [name]: before, ...chosen } = read();
    if (value) chosen[name] = value;
    if (name === "searches" && !value) forget();
    save(chosen);
    apply(name, value);
    status.textContent = unstored ? text.not_saved : text.saved;
  });
  // The form itself goes back to what stands in the page, which are the defaults.
  form.addEventListener("reset", () => {
    for (const input of form.querySelectorAll("input:checked")) if (input.value) apply(input.name, "");
    forget();
    save({});
    status.textContent = text.reset_done;
  });
}

// The form of the page of settings, which the dialog shows too.
async function formAt(address) {
  const page = await documentAt(address);
  return document.importNode(page.querySelector('template[data-part="settings"]').content.firstElementChild, true);
}

async function make(opener, context) {
  const [text, form] = await Promise.all([context.words(), formAt(opener.dataset.address), styled()]);
  await start(form, context);
  return dialog(text.settings, text, form);
}

let making;

/** Opens the dialog. */
export async function open(opener, context, from) {
  // The page of settings has the form already.
  const own = document.querySelector("main form:has([name=theme])");
  if (own) return own.querySelector("input:checked").focus();
  making ??= make(opener, context);
  making.catch(() => (making = undefined));
  const box = await making;
  document.dispatchEvent(new Event("needlepoint:chosen"));
  showDialog(box, from);
  return undefined;
}
