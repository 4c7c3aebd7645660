// Reading settings, as a dialog and as a page. Nothing is stored before the reader chooses.

import { build, dialog } from "./build.js";
import { forget } from "./search-view.js";

const KEY = "needlepoint";

/** The groups of radio buttons: name, legend, and [value, word] with the default first. */
function groups(text) {
  return [
    ["theme", text.colors, [["", text.colors_auto], ["light", text.colors_light], ["dark", text.colors_dark]]],
    ["contrast", text.contrast, [["", text.contrast_auto], ["more", text.contrast_more]]],
    ["size", text.size, [["", "100 %"], ["112", "112.5 %"], ["125", "125 %"], ["150", "150 %"]]],
    ["face", text.letters, [["", text.letters_site], ["device", text.letters_device]]],
    ["slash", text.slash, [["", text.on], ["off", text.off]]],
    ["searches", text.keep_searches, [["", text.keep_tab], ["device", text.keep_device]]],
  ];
}

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

function panel(text, { settings }) {
  const chosen = settings();
  const status = build("p.status", { role: "status" });
  const form = build("form");
  // A site whose theme brings no letters of its own has no choice between them.
  const hasLetters = document.documentElement.dataset.face !== "system";
  for (const [name, legend, options] of groups(text).filter(([name]) => name !== "face" || hasLetters)) {
    const labels = options.map(([value, word]) => {
      const checked = (chosen[name] ?? "") === value;
      const input = build("input", { type: "radio", name, value, checked });
      return build("label", {}, input, word);
    });
    form.append(build("fieldset.options", {}, build("legend", {}, legend), build("div", {}, ...labels)));
  }
  form.addEventListener("change", (event) => {
    const { name, value } = event.target;
    if (value) chosen[name] = value;
    else delete chosen[name];
    if (name === "searches" && !value) forget();
    save(chosen);
    apply(name, value);
    status.textContent = text.saved;
  });
  form.addEventListener("reset", () => {
    for (const name of Object.keys(chosen)) {
      delete chosen[name];
      apply(name, "");
    }
    forget();
    save(chosen);
    // A reset puts back what was checked at first; the defaults stand first in each group.
    setTimeout(() => {
      for (const set of form.querySelectorAll("fieldset")) set.querySelector("input").checked = true;
    });
    status.textContent = text.reset_done;
  });
  form.append(build("button.button.quiet", { type: "reset" }, text.reset), status);
  return form;
}

let box;

/** Opens the dialog. */
export async function open(opener, context) {
  const text = await context.words();
  if (!box) {
    box = dialog(text.settings, text, panel(text, context));
    box.addEventListener("close", () => opener.focus());
  }
  box.showModal();
}

/** Puts the panel on the page of the settings. */
export async function start(place, context) {
  place.append(panel(await context.words(), context));
}
