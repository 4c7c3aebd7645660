// The one module that every page loads. It wires what is there and fetches the rest when it is used.

const header = document.querySelector('[data-open="search"]');

// Site-wide addresses; all but the first come with the words.
const site = { root: new URL("../", import.meta.url).href };

// What only adds comfort may fail in silence.
const quiet = () => {};

let note;

// Something could not be fetched. Where the host answers, the reader goes on without it; else this is told, in words
// that came with the page, and the page at hand stays.
function goOn(without, place) {
  const tell = () => {
    note?.remove();
    note = Object.assign(document.createElement("span"), { role: "alert", textContent: ` ${header.dataset.failed}` });
    place.after(note);
  };
  fetch(location, { method: "HEAD", cache: "no-store" }).then(without, tell);
}

// Reading settings; an object without keys where nothing was chosen.
function settings() {
  try {
    return JSON.parse(localStorage.getItem("needlepoint")) || {};
  } catch {
    return {};
  }
}

let strings;

// Words of the interface for scripts, fetched once.
function words() {
  strings ??= fetch(header.dataset.strings)
    .then((answer) => answer.json())
    .then((text) => (Object.assign(site, text.site), text));
  // The next who needs them asks again.
  strings.catch(() => (strings = undefined));
  return strings;
}

/** What the modules that are fetched later get: they import nothing from here, so that names can carry hashes. */
const context = { site, settings, words };

const modules = {
  filter: () => import("./filter.js"),
  questions: () => import("./questions.js"),
  search: () => import("./search.js"),
  settings: () => import("./settings.js"),
  suggest: () => import("./suggest.js"),
};

// The focus goes back to where it was: to the opener, or to the place from which a key opened the dialog.
function open(name, opener, from = opener) {
  const link = opener.dataset.address;
  modules[name]()
    .then((module) => module.open(opener, context, from))
    .catch(() => goOn(() => location.assign(link), opener));
}

// The links of the header become buttons: they open a dialog, they do not lead away.
const buttons = {};
for (const link of document.querySelectorAll("[data-open]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: link.className });
  button.dataset.address = link.href;
  button.append(...link.childNodes);
  button.addEventListener("click", () => open(link.dataset.open, button));
  link.replaceWith(button);
  buttons[link.dataset.open] = button;
}

document.addEventListener("keydown", (event) => {
  const inField = event.target.closest?.("input, textarea, select");
  const command = event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  const isFree = !inField && !document.querySelector("dialog[open]");
  const slash = event.key === "/" && isFree && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!buttons.search || !(command || (slash && settings().slash !== "off"))) return;
  event.preventDefault();
  open("search", buttons.search, document.activeElement);
});

// Contents list: open beside the text; the section at hand is marked once the reader scrolls.
const contents = document.querySelector(".toc details");
if (contents) {
  const wide = matchMedia("(min-width: 64rem)");
  const summary = contents.firstElementChild;
  const fold = () => {
    contents.open = summary.inert = wide.matches;
  };
  wide.addEventListener("change", fold);
  fold();
  addEventListener("scroll", () => import("./contents.js").then((module) => module.start(contents)).catch(quiet), { once: true });
}

// Rows that turn into cards stop being a table for some screen readers, unless the roles are written out. The HTML
// itself may not hold them: the Nu checker is right that they repeat what the elements say.
const roles = { table: "table", tr: "row", td: "cell", "thead th": "columnheader", "tbody th": "rowheader" };
for (const [selector, role] of Object.entries(roles)) {
  for (const element of document.querySelectorAll(`.table:not(.wide) ${selector}`)) element.setAttribute("role", role);
}

// Closed answers print where the style sheet cannot open them.
addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll("details.faq:not([open])")) {
    box.open = true;
    addEventListener("afterprint", () => (box.open = false), { once: true });
  }
});

// The meaning of a word opens beside it; where that fails, the link leads to the glossary. Whatever is pressed, what
// failed before is no news any more.
document.addEventListener("click", (event) => {
  note?.remove();
  const term = event.target.closest?.("a.term");
  if (!term || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  import("./glossary.js")
    .then((module) => module.show(term, context))
    .catch(() => goOn(() => location.assign(term.href), term));
});

// Controls that need a script wait in templates. What they do is fetched when the reader first uses them; what was
// pressed until then is pressed again.
// What was asked for already: a search in the address, settings that were chosen before.
const isAsked = {
  search: () => location.hash.startsWith("#q="),
  settings: () => Object.keys(settings()).length,
};
const uses = ["focusin", "click", "submit"];
for (const template of document.querySelectorAll("template[data-part]")) {
  const { part, before } = template.dataset;
  const place = template.content.firstElementChild;
  (before ? document.querySelector(before) : template).before(place);
  let pressed;
  let loading;
  // The site was built anew, and what this page asks for is gone: the page of today has what it needs.
  const renew = () => {
    const { address } = place.dataset;
    if (address) history.pushState(null, "", `${address}#q=${encodeURIComponent(place.querySelector("input").value.trim())}`);
    location.reload();
  };
  const wake = (event) => {
    if (event && event.type !== "focusin") {
      event.preventDefault();
      pressed = event;
    }
    loading ??= modules[part]()
      .then((module) => module.start(place, context))
      .then(() => {
        for (const use of uses) place.removeEventListener(use, wake);
        if (pressed?.type === "submit") pressed.target.requestSubmit();
        else pressed?.target.click();
      })
      .catch(() => {
        loading = undefined;
        if (pressed) goOn(renew, place);
        pressed = undefined;
      });
  };
  for (const use of uses) place.addEventListener(use, wake);
  const ask = () => isAsked[part]?.() && wake();
  ask();
  if (part === "search") addEventListener("hashchange", ask);
}

// Rows and shapes of the body map answer each other.
const map = document.querySelector(".body-map");
for (const use of ["pointerover", "focusin"]) {
  map?.addEventListener(use, (event) => import("./body-map.js").then((module) => module.start(map, event)).catch(quiet), { once: true });
}

// An open answer can be copied as a link.
document.addEventListener(
  "toggle",
  (event) => event.target.matches("details.faq") && modules.questions().then((module) => module.copyLink(event.target, context)).catch(quiet),
  true,
);

// The typeface is fetched for the next page, after this one has settled and unless the reader saves data.
const { dataset } = document.documentElement;
if (!["device", "system"].includes(dataset.face) && !navigator.connection?.saveData) {
  setTimeout(() => document.fonts.load('1em "Atkinson Next"').catch(quiet), 3000);
}

// All is wired: from now on a mistake elsewhere changes nothing of the page.
dataset.script = "ready";
