// Reading settings, as a dialog and as a page. Nothing is stored before the reader chooses.

import { dialog, styled } from "./build.js";
import { forget } from "./search-view.js";

const KEY = "needlepoint";

function apply(name, value) {
  const data = document.documentElement.dataset;
  if (!["theme", "contrast", "size", "face"].includes(name)) return;
  if (value) data[name] = value;
  else if (name === "face") data.face = "site";
  else delete data[name];
}

function save(chosen) {
  try {
    if (Object.keys(chosen).length) localStorage.setItem(KEY, JSON.stringify(chosen));
    else localStorage.removeItem(KEY);
  } catch {
    // No storage: the choice holds for this page.
  }
}

/** Makes the form show what was chosen and keep what is being chosen. */
export async function start(form, { settings, words }) {
  const text = await words();
  const chosen = settings();
  const status = form.querySelector(".status");
  for (const input of form.querySelectorAll("input")) input.checked = input.value === (chosen[input.name] ?? "");
  form.addEventListener("change", (event) => {
    const { name, value } = event.target;
    if (value) chosen[name] = value;
    else delete chosen[name];
    if (name === "searches" && !value) forget();
    save(chosen);
    apply(name, value);
    status.textContent = text.saved;
  });
  // The form itself goes back to what stands in the page, which are the defaults.
  form.addEventListener("reset", () => {
    for (const name of Object.keys(chosen)) {
      delete chosen[name];
      apply(name, "");
    }
    forget();
    save(chosen);
    status.textContent = text.reset_done;
  });
}

// The form of the page of settings, which the dialog shows too.
function formAt(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.open("GET", address);
    request.addEventListener("load", () => {
      const found = request.response?.querySelector('template[data-part="settings"]');
      if (found) resolve(document.importNode(found.content.firstElementChild, true));
      else reject(new Error(request.statusText));
    });
    request.addEventListener("error", reject);
    request.send();
  });
}

let box;

/** Opens the dialog. */
export async function open(opener, context) {
  if (!box) {
    const [text, form] = await Promise.all([context.words(), formAt(opener.dataset.address), styled()]);
    await start(form, context);
    box = dialog(text.settings, text, form);
    box.addEventListener("close", () => opener.focus());
  }
  box.showModal();
}
