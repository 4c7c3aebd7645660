// The meaning of a word beside it, on a click. Focus stays on the word until the reader moves it.

import { build, styled } from "./build.js";

const pages = new Map();
let box;

/** Reads the glossary page that the link leads to, once. */
function glossary(address) {
  if (!pages.has(address)) {
    const page = fetch(address)
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.statusText))))
      .then((text) => meanings(text));
    page.catch(() => pages.delete(address));
    pages.set(address, page);
  }
  return pages.get(address);
}

// The glossary is also written as JSON beside its page, so that nothing is parsed as HTML here.
function meanings(text) {
  return new Map(Object.entries(JSON.parse(text)));
}

function place(term) {
  const at = term.getBoundingClientRect();
  const room = document.documentElement.clientWidth - box.offsetWidth - 16;
  box.style.left = `${scrollX + Math.max(16, Math.min(at.left, room))}px`;
  // Below the word; above it where only there is room; else below it, and the page follows.
  const isAbove = at.bottom + 8 + box.offsetHeight > innerHeight - 8 && box.offsetHeight + 8 < at.top - 8;
  box.style.top = `${scrollY + (isAbove ? at.top - 8 - box.offsetHeight : at.bottom + 8)}px`;
  box.scrollIntoView({ block: "nearest" });
}

/** Shows the meaning of the term that the link names; leads to the glossary where that fails. */
export async function show(term, { words, site }) {
  const [address, anchor] = term.href.split("#");
  const [text, terms] = await Promise.all([words(), glossary(`${address}terms.json`), styled()]);
  const meaning = terms.get(decodeURIComponent(anchor));
  if (!meaning) throw new Error("no such term");
  const isAgain = box?.isConnected && box.previousElementSibling === term && box.matches(":popover-open");
  if (isAgain) return box.hidePopover();
  box?.remove();
  const close = build("button.plain-button", { type: "button", click: () => (box.hidePopover(), term.focus({ preventScroll: true })) }, text.close);
  const more = build("a", { href: term.href }, text.more_in_glossary);
  // The word as it stands in the text, with the term that explains it where that is another.
  const word = term.textContent.trim();
  const isTerm = word.toLowerCase().startsWith(meaning.term.toLowerCase());
  const head = build("p", {}, build("strong", {}, isTerm ? meaning.term : `${word} (${meaning.term})`));
  // The focus stays on the word, so the meaning is told where it appears.
  const told = build("div", { role: "status", lang: site.registry_lang });
  const state = (event) => term.setAttribute("aria-expanded", event.newState === "open");
  box = build("div.meaning", { popover: "auto", role: "group", "aria-label": meaning.term, toggle: state }, told, build("p", {}, more, " ", close));
  term.after(box);
  box.showPopover();
  told.append(head, build("p", {}, meaning.definition));
  term.focus();
  place(term);
  return undefined;
}
