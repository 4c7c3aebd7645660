// Builds elements from values: text becomes text nodes, never HTML.

/**
 * Makes an element.
 * @param {string} name of the element, with a class after a dot: "p.status"
 * @param {Record<string, unknown>} attributes strings are set as attributes, functions as listeners, `true` as an empty attribute
 * @param {...(Node|string|null|undefined|false)} children strings become text
 */
export function build(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, String(value));
  }
  element.append(...children.filter((child) => child || child === ""));
  return element;
}

/** Fills {names} of a text: fill("{n} pages", { n: 3 }). */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The one or the other form of a counted text. */
export function count(words, key, n, values = {}) {
  return fill(words[`${key}_${n === 1 ? "one" : "other"}`], { n, ...values });
}

/** The document at an address of this site: the browser itself parses it, text is never made HTML here. */
export function documentAt(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.open("GET", address);
    request.addEventListener("load", () => resolve(request.response));
    request.addEventListener("error", reject);
    request.send();
  });
}

let sheet;

/** Fetches the style sheet of what scripts make, once; ready when it holds, or cannot be had now. */
export function styled() {
  sheet ??= new Promise((resolve) => {
    const failed = () => ((sheet = undefined), link.remove(), resolve());
    const link = build("link", { rel: "stylesheet", href: new URL("./later.css", import.meta.url), load: resolve, error: failed });
    document.head.append(link);
  });
  return sheet;
}

/** A dialog with a heading and a Close button in words, to be shown with `showDialog`. */
export function dialog(title, words, ...children) {
  const id = `dialog-${document.querySelectorAll("dialog").length + 1}`;
  const close = build("button.plain-button", { type: "button", click: () => box.close() }, words.close);
  const head = build("div.dialog-head", {}, build("h2", { id }, title), close);
  // What is beside the dialog closes it, not its own empty parts.
  const box = build("dialog", { "aria-labelledby": id, closedby: "any" }, head, ...children);
  document.body.append(box);
  return box;
}

/** What a dialog returns that the reader leaves for another place. */
export const LEFT = "left";

let place;

/** Opens a dialog; when it closes, the focus is back where it was, and the page has not moved; unless the reader left.
 * A dialog that is open gives way, and the focus goes back to where it was before both. */
export function showDialog(box, from) {
  if (box.open) return;
  const other = document.querySelector("dialog[open]");
  if (!other) place = from;
  other?.close(LEFT);
  box.returnValue = "";
  const back = () => {
    if (box.returnValue === LEFT) return;
    // Where nothing had the focus, nothing has it again.
    document.activeElement.blur();
    place.focus({ preventScroll: true });
  };
  box.addEventListener("close", back, { once: true });
  box.showModal();
}
