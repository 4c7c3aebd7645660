// Search field and results, for the dialog and the search page. Results are an ordinary list of links.

import { build, count, fill } from "./build.js";

const PAGES = 8;
const SECTIONS = 3;
const RECENT = "needlepoint-searches";

let engine;

/** Opens the index of this language once; asks again after a failure. */
function index({ site }) {
  engine ??= import(new URL(site.engine, location.href).href)
    .then((module) => module.openSearch(site.root, { fetch: fetch.bind(window) }))
    .catch((error) => {
      engine = undefined;
      throw error;
    });
  return engine;
}

/** Starts to fetch the index before the first key. */
export function warm(context) {
  index(context).catch(() => {});
}

function store({ settings }) {
  return settings().searches === "device" ? localStorage : sessionStorage;
}

function recent(context) {
  try {
    const list = JSON.parse(store(context).getItem(RECENT));
    return Array.isArray(list) ? list.filter((each) => typeof each === "string").slice(0, 5) : [];
  } catch {
    return [];
  }
}

/** Remembers a search that the reader carried out. */
export function remember(query, context) {
  const text = query.trim();
  if (!text) return;
  try {
    store(context).setItem(RECENT, JSON.stringify([text, ...recent(context).filter((each) => each !== text)].slice(0, 5)));
  } catch {
    // No storage: nothing is remembered.
  }
}

// From now on searches are kept on this device, those of this tab too.
function keep(context) {
  const list = recent(context);
  try {
    localStorage.setItem("needlepoint", JSON.stringify({ ...context.settings(), searches: "device" }));
    localStorage.setItem(RECENT, JSON.stringify(list));
    sessionStorage.removeItem(RECENT);
  } catch {
    // No storage: they go with the tab.
  }
}

/** Takes all remembered searches away. */
export function forget() {
  try {
    sessionStorage.removeItem(RECENT);
    localStorage.removeItem(RECENT);
  } catch {
    // No storage: nothing to take away.
  }
}

/** Groups results by page, best first; the sections of a page follow it. */
export function group(results) {
  const pages = new Map();
  for (const result of results) {
    const url = result.page ?? result.url.split("#")[0];
    const page = pages.get(url) ?? { ...result, url, sections: [] };
    if (result.url !== url && result.heading) page.sections.push(result);
    pages.set(url, page);
  }
  return [...pages.values()];
}

/** An excerpt with its marks as elements; marks are [start, end] pairs in order. */
export function marked(text, marks = []) {
  const parts = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start < at || end > text.length) continue;
    parts.push(text.slice(at, start), build("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}

// Results start at the site's root, which need not be the host's.
function address(path, { site }) {
  return new URL(path.replace(/^\//, ""), site.root).href;
}

// The name of a kind or region; a broader region such as "back" is its own name.
function name(key, value, words) {
  return words[`${key}s`]?.[value] ?? (value && value[0].toUpperCase() + value.slice(1).replaceAll("-", " "));
}

function result(page, words, context) {
  const kind = ["kind", "region"].map((key) => name(key, page[key], words)).filter(Boolean).join(" · ");
  const sections = page.sections.slice(0, SECTIONS);
  return build(
    "li",
    {},
    build("a.result-title", { href: address(page.url, context) }, page.title),
    kind && build("p.soft", {}, kind),
    page.excerpt && build("p", {}, ...marked(page.excerpt, page.marks)),
    sections.length > 0 &&
      build("ul", {}, ...sections.map((each) => build("li", {}, build("a", { href: address(each.url, context) }, each.heading)))),
  );
}

/** Letters without accents and apostrophes, lower case, single spaces: for comparing what was typed with the words of a
 * care card. "Can't", "cant" and "can not" are "cannot". */
export function plain(text) {
  const letters = text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase();
  return letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim().replace(/\b(cant|can not)\b/g, "cannot");
}

/** The care cards with all words of one of their entries in the query, in any order: those of the most pressing level. */
export function pinned(query, cards = []) {
  const typed = new Set(plain(query).split(" "));
  const found = cards.filter((card) => card.words.some((words) => plain(words).split(" ").every((word) => typed.has(word))));
  const level = ["emergency", "urgent", "non-urgent"].find((level) => found.some((card) => card.level === level));
  return found.filter((card) => card.level === level);
}

function careCard(care, number) {
  const id = `care-found-${number}`;
  return build(
    `section.care.care-${care.level}`,
    { "aria-labelledby": id },
    build("h3.care-head", { id }, care.heading),
    build("div.care-body", {}, build("ul", {}, ...(care.items ?? []).map((item) => build("li", {}, item)))),
  );
}

// The form of the dialog.
function newForm(words) {
  const id = "search-dialog-field";
  const field = build("input.field", {
    id,
    // Not of type search: there the first Escape would empty the field.
    type: "text",
    inputmode: "search",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    enterkeyhint: "search",
    maxlength: 200,
  });
  const submit = build("button.button", { type: "submit" }, words.search);
  return build("form.search-form", { role: "search" }, build("label", { for: id }, words.search_label), field, submit);
}

/**
 * Search field, status line and results, around the form of a page or with a form of its own.
 * @returns {{ element: HTMLElement, field: HTMLInputElement, search: (query: string) => Promise<void> }}
 */
export function searchView(words, context, { all = false, form: own, onSubmit, onQuery } = {}) {
  const { site } = context;
  const form = own ?? newForm(words);
  const field = form.querySelector("input");
  const status = build("p.status", { role: "status" });
  const notes = build("div");
  const narrow = build("div");
  const list = build("ol.results");
  const rest = build("div");
  // A field that is moved loses the focus, so a form of the page's own stays where it is.
  const element = own ? own.parentElement : build("div", {}, form);
  element.append(status, notes, narrow, list, rest);

  let run = 0;
  let shown = "";
  let timers = [];
  const later = (wait, act) => timers.push(setTimeout(act, wait));
  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  function clear() {
    for (const part of [notes, narrow, list, rest]) part.replaceChildren();
  }

  function start() {
    clear();
    say("");
    shown = "";
    const before = recent(context);
    if (before.length) {
      const items = before.map((text) =>
        build("li", {}, build("button.plain-button", { type: "button", click: () => take(text) }, text)),
      );
      const forgetAll = build("button.plain-button", { type: "button", click: () => (forget(), start(), field.focus()) }, words.clear);
      const isKept = context.settings().searches === "device";
      const keepAll = !isKept && build("button.plain-button", { type: "button", click: () => (keep(context), start(), field.focus()) }, words.keep);
      notes.append(build("h3", {}, words.recent), build("ul.links", {}, ...items), build("p.faq-tools", {}, forgetAll, keepAll));
    }
    if (all) return;
    const doors = [
      [site.conditions, words.a_to_z],
      [site.body, words.body_map],
      [site.questions, words.questions],
    ].filter(([url]) => url);
    notes.append(build("ul.links", {}, ...doors.map(([href, text]) => build("li", {}, build("a", { href }, text)))));
  }

  function take(text) {
    field.value = text;
    field.focus();
    search(text);
  }

  function fail() {
    clear();
    say(words.search_failed);
    const links = [build("a", { href: site.search }, words.search_page)];
    if (site.conditions) links.push(build("a", { href: site.conditions }, words.a_to_z));
    notes.append(build("ul.links", {}, ...links.map((link) => build("li", {}, link))));
  }

  // Filters are shown on the page only and never needed.
  function filters(pages, show) {
    if (!all || pages.length < 4) return;
    const chosen = { kind: new Set(), region: new Set() };
    const fits = (page) => ["kind", "region"].every((key) => !chosen[key].size || chosen[key].has(page[key]));
    const box = (key, legend) => {
      const values = [...new Set(pages.map((page) => page[key]).filter(Boolean))].sort();
      if (values.length < 2) return null;
      const options = values.map((value) => {
        const change = (event) => {
          if (event.target.checked) chosen[key].add(value);
          else chosen[key].delete(value);
          show(pages.filter(fits));
        };
        const input = build("input", { type: "checkbox", change });
        return build("label", {}, input, name(key, value, words));
      });
      return build("fieldset.options", {}, build("legend", {}, legend), build("div", {}, ...options));
    };
    const sets = [box("kind", words.filter_kind), box("region", words.filter_region)].filter(Boolean);
    if (sets.length) narrow.append(build("details.plain", {}, build("summary", {}, words.filters), build("div", {}, ...sets)));
  }

  function draw(query, answer) {
    clear();
    shown = query;
    const pages = group(answer.results);
    // An emergency is told of for what was typed; else for what may have been meant.
    const own = pinned(query, words.care);
    const cards = own.length ? own : pinned(answer.corrected ?? answer.suggestion ?? "", words.care);
    notes.append(...cards.map(careCard));
    // What was understood needs no other words: a correction might turn it round.
    if (own.length) answer.suggestion = "";
    if (answer.corrected) notes.append(build("p", {}, fill(words.instead, { query, suggestion: answer.corrected })));
    else if (answer.suggestion) {
      const link = build("button.plain-button", { type: "button", click: () => take(answer.suggestion) }, answer.suggestion);
      notes.append(build("p", {}, `${words.did_you_mean} `, link));
    }
    if (!pages.length) {
      notes.append(build("p", {}, words.tips));
      if (site.conditions) notes.append(build("p", {}, build("a", { href: site.conditions }, words.a_to_z)));
    }
    const show = (some, limit = all ? some.length : PAGES) => {
      list.replaceChildren(...some.slice(0, limit).map((page) => result(page, words, context)));
      rest.replaceChildren();
      if (some.length > limit) {
        const more = build("button.button.quiet", { type: "button" }, count(words, "show_all", some.length));
        more.addEventListener("click", () => {
          show(some, some.length);
          list.children[limit]?.querySelector("a").focus();
        });
        rest.append(more);
      }
    };
    show(pages);
    filters(pages, show);
    const asked = { query: answer.corrected ?? query };
    later(500, () => say(pages.length ? count(words, "results", pages.length, asked) : fill(words.results_none, asked)));
  }

  async function search(text) {
    const query = text.trim();
    const mine = ++run;
    timers.forEach(clearTimeout);
    timers = [];
    onQuery?.(query);
    if (!query) return start();
    if (query === shown) return;
    later(200, () => say(words.searching));
    try {
      const found = await (await index(context)).search(query, { limit: 100 });
      let answer = found;
      if (!found.results.length && found.suggestion && !pinned(query, words.care).length) {
        const other = await (await index(context)).search(found.suggestion, { limit: 100 });
        answer = { ...other, corrected: found.suggestion };
      }
      if (mine !== run) return;
      timers.forEach(clearTimeout);
      if (status.textContent === words.searching) say("");
      draw(query, answer);
    } catch {
      if (mine === run) fail();
    }
  }

  let typing;
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => search(field.value), 80);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    remember(field.value, context);
    onSubmit?.(field.value.trim());
  });
  list.addEventListener("click", (event) => event.target.closest("a") && remember(field.value, context));
  element.addEventListener("keydown", (event) => move(event, field, list));
  start();
  return { element, field, search };
}

// Down and Up walk the links; Up from the first returns to the field; a letter typed on a result goes to the field.
function move(event, field, list) {
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const inField = document.activeElement === field;
  if (event.key === "ArrowDown" && (inField || at >= 0) && links[at + 1]) {
    event.preventDefault();
    links[at + 1].focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    event.preventDefault();
    (links[at - 1] ?? field).focus();
  } else if (at >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ") {
    field.focus();
  }
}
