// Search field and results, for the dialog and the search page. Results are an ordinary list of links.

import { build, count, fill } from "./build.js";

const STEP = 8;
const SECTIONS = 3;
const RECENT = "needlepoint-searches";
const TYPED = "needlepoint-search";

let engine;
let past = "";

// The preview has made the site anew: what is found from now on is found in its new index.
globalThis.addEventListener?.("needlepoint:made", renew);

/** The next search opens the index past all caches. */
function renew() {
  past = `?${Date.now()}`;
  engine = undefined;
}

/** Opens the index of this language once; asks again after a failure. */
function index({ site }) {
  engine ??= import(new URL(site.engine + past, location.href).href)
    .then((module) => module.openSearch(site.root, { fetch: fetch.bind(window) }))
    .catch((error) => {
      engine = undefined;
      throw error;
    });
  return engine;
}

// Searches. The module's name bears no hash, and the files it asks for are gone after the site was built anew: where a
// search fails, the module is fetched past all caches and asked again, once.
async function ask(query, options, context) {
  try {
    return await (await index(context)).search(query, options);
  } catch (error) {
    if (options.signal.aborted) throw error;
    renew();
    return (await index(context)).search(query, options);
  }
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

/** What the reader searched for last in this tab; empty before the first search. */
export function typed() {
  try {
    return sessionStorage.getItem(TYPED) ?? "";
  } catch {
    return "";
  }
}

// Keeps what the reader types until the tab closes. What stands in an address was not typed.
function type(query) {
  try {
    if (query.trim()) sessionStorage.setItem(TYPED, query);
    else sessionStorage.removeItem(TYPED);
  } catch {
    // No storage: it goes with the page.
  }
}

/** Remembers a search that the reader carried out. */
export function remember(query, context) {
  const text = query.trim();
  if (!text) return;
  type(text);
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
    document.dispatchEvent(new Event("needlepoint:chosen"));
  } catch {
    // No storage: they go with the tab.
  }
}

/** Takes all remembered searches away. */
export function forget() {
  try {
    sessionStorage.removeItem(RECENT);
    sessionStorage.removeItem(TYPED);
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
      build("ul", {}, ...sections.map((each) => build("li", {}, build("a", { href: address(each.url, context) }, `${page.title} › ${each.heading}`)))),
  );
}

/** Letters without accents and apostrophes, lower case, single spaces: for comparing what was typed with the words of a
 * care card. "Can't", "couldn't" and "unable to" are "cannot". */
export function plain(text) {
  const letters = text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase();
  const words = letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  return words.replace(/\b(cant|can not|couldnt|could not|unable to)\b/g, "cannot");
}

// A word without a common ending, so that "coughed" and "coughing" are "cough", "slurred" and "slurring" are "slur".
function base(word) {
  const rest = word.replace(/(ing|ed|es|s|e|y)$/, "").replace(/([^aeiou])\1$/, "$1");
  return rest.length > 2 ? rest : word;
}

// Whether a word is another with two letters in the wrong order, or with one too few or too many. Another letter would
// be too much: an injection is no infection.
function isNear(typed, asked) {
  if (typed === asked) return true;
  if (typed[0] !== asked[0]) return false;
  const [short, long] = typed.length < asked.length ? [typed, asked] : [asked, typed];
  const at = [...long].findIndex((letter, at) => letter !== short[at]);
  const rest = long.slice(at + 1);
  if (long.length > short.length) return short.length > 4 && long.slice(0, at) + rest === short;
  return long.length > 3 && long.slice(0, at) + rest.slice(0, 1) + long[at] + rest.slice(1) === short;
}

/** The care cards with all words of one of their entries in the query, in any order, with other endings and small typing
 * mistakes: those of the most pressing level. An entry says "tight" for "tightness" too; "redness" is not met by "red". */
export function pinned(query, cards = []) {
  const typed = [...new Set(plain(query).split(" ").flatMap((word) => [word, base(word), base(word.replace(/i?ness$/, ""))]))];
  const isMet = (entry) => plain(entry).split(" ").every((word) => typed.some((each) => isNear(each, base(word))));
  const found = cards.filter((card) => card.words.some(isMet));
  const level = ["emergency", "urgent", "non-urgent"].find((level) => found.some((card) => card.level === level));
  return found.filter((card) => card.level === level);
}

// Cards with the same heading as one, with the items of all of them.
function merged(cards) {
  const heads = new Map();
  for (const card of cards) {
    const items = [...(heads.get(card.heading)?.items ?? []), ...(card.items ?? [])];
    heads.set(card.heading, { ...card, items: [...new Set(items)] });
  }
  return [...heads.values()];
}

// A heading with the number in it as a link to call.
function callable(heading, { label, tel } = {}) {
  const at = label ? heading.indexOf(label) : -1;
  if (at < 0) return [heading];
  return [heading.slice(0, at), build("a", { href: tel }, label), heading.slice(at + label.length)];
}

// `rank` is that of the heading: one below that of the page or dialog.
function careCard(care, rank, words, { emergency }) {
  // A card in another language is written from its own side; what is hidden for the eye is in that of the page.
  const { lang, dir } = document.documentElement;
  const urgency = build("span.visually-hidden", care.lang ? { lang, dir } : {}, `${words[`care_${care.level.replace("-", "_")}`]} `);
  return build(
    `section.care.care-${care.level}`,
    care.lang ? { lang: care.lang, dir: "auto" } : {},
    build(`${rank}.care-head`, {}, urgency, ...callable(care.heading, emergency)),
    build("div.care-body", {}, build("ul", {}, ...care.items.map((item) => build("li", {}, item)))),
  );
}

// A list of links, given as address and text; those without an address are left out.
function linkList(links) {
  const items = links.filter(([href]) => href).map(([href, text]) => build("li", {}, build("a", { href }, text)));
  return build("ul.links", {}, ...items);
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
export function searchView(words, context, { all = false, form: own, onSubmit, onQuery, onFail } = {}) {
  const { site } = context;
  const rank = all ? "h2" : "h3";
  const form = own ?? newForm(words);
  const field = form.querySelector("input");
  const status = build("p.status", { role: "status" });
  // Care cards are told at once, and once: the same cards stay as they are while the reader types on.
  const alarm = build("div", { role: "alert" });
  const notes = build("div");
  const narrow = build("div");
  const list = build("ol.results");
  const rest = build("div");
  // A field that is moved loses the focus, so a form of the page's own stays where it is.
  const element = own ? own.parentElement : build("div", {}, form);
  element.append(status, alarm, notes, narrow, list, rest);

  let last = new AbortController();
  let shown = "";
  let timers = [];
  const later = (wait, act) => timers.push(setTimeout(act, wait));
  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  function pin(cards) {
    const key = JSON.stringify(cards);
    if (alarm.dataset.cards === key) return;
    alarm.dataset.cards = key;
    alarm.replaceChildren(...merged(cards).map((care) => careCard(care, rank, words, site)));
  }

  function clear() {
    for (const part of [notes, narrow, list, rest]) part.replaceChildren();
  }

  function start() {
    clear();
    pin([]);
    say("");
    shown = "";
    const before = recent(context);
    if (before.length) {
      const items = before.map((text) =>
        build("li", {}, build("button.plain-button", { type: "button", click: () => take(text) }, text)),
      );
      const button = (text, act) =>
        build("button.plain-button", { type: "button", click: () => (act(), start(), field.focus()) }, text);
      const forgetAll = button(words.clear, forget);
      const isKept = context.settings().searches === "device";
      const keepAll = !isKept && button(words.keep, () => keep(context));
      notes.append(build(rank, {}, words.recent), build("ul.links", {}, ...items), build("p.faq-tools", {}, forgetAll, keepAll));
    }
    if (all) return;
    const doors = [[site.conditions, words.conditions_a_to_z], [site.body, words.body_map], [site.questions, words.questions]];
    notes.append(linkList(doors));
  }

  function take(text) {
    field.value = text;
    field.focus();
    type(text);
    search(text);
  }

  // What to do where search cannot work. An emergency is told of all the same.
  function fail(query) {
    clear();
    quiet();
    shown = "";
    say(words.search_failed);
    pin(pinned(query, words.care));
    notes.append(build("p", {}, build("button.button", { type: "button", click: () => location.reload() }, words.reload)));
    // The page has its own list of all pages.
    if (!all) notes.append(linkList([[site.search, words.search_page], [site.conditions, words.conditions_a_to_z]]));
    onFail?.();
  }

  // Filters are shown on the page only and never needed. The index is asked what they can offer when they are opened.
  function filters(query, answer, change) {
    if (!all || answer.total < 4) return;
    const chosen = { kind: [], region: [] };
    const option = (key, value) => {
      const toggle = (event) => {
        chosen[key] = event.target.checked ? [...chosen[key], value] : chosen[key].filter((other) => other !== value);
        change(Object.fromEntries(Object.entries(chosen).filter(([, values]) => values.length)));
      };
      return build("label", {}, build("input", { type: "checkbox", change: toggle }), name(key, value, words));
    };
    const box = async (key, legend) => {
      const values = new Set([...Object.keys(words[`${key}s`] ?? {}), ...answer.results.map((each) => each[key])].filter(Boolean));
      const options = [];
      for (const value of values) {
        const { total } = await ask(query, { limit: 0, filters: { [key]: [value] }, signal: new AbortController().signal }, context);
        if (total) options.push(option(key, value));
      }
      return options.length > 1 && build("fieldset.options", {}, build("legend", {}, legend), build("div", {}, ...options));
    };
    const place = build("div");
    const offer = () => {
      const sets = [box("kind", words.filter_kind), box("region", words.filter_region)];
      Promise.all(sets).then((sets) => place.replaceChildren(...sets.filter(Boolean)), () => fail(query));
    };
    const folded = build("details.plain", {}, build("summary", {}, words.narrow), place);
    folded.addEventListener("toggle", offer, { once: true });
    narrow.append(folded);
  }

  function note(query, answer) {
    // An emergency is told of for what was typed; else for what may have been meant.
    const met = pinned(query, words.care);
    pin(met.length ? met : pinned(answer.corrected ?? answer.suggestion ?? "", words.care));
    if (answer.corrected) notes.append(build("p", {}, fill(words.instead, { query, suggestion: answer.corrected })));
    else if (answer.suggestion && !met.length) {
      // What was understood needs no other words: a correction might turn it round.
      const link = build("button.plain-button", { type: "button", click: () => take(answer.suggestion) }, answer.suggestion);
      notes.append(build("p", {}, `${words.did_you_mean} `, link));
    }
    if (!answer.results.length) {
      notes.append(build("p", {}, words.tips));
      if (site.conditions) notes.append(build("p", {}, build("a", { href: site.conditions }, words.conditions_a_to_z)));
    }
  }

  // Shows an answer, and a button for more where there are more; only what is shown is fetched.
  function show(query, answer, options) {
    const pages = group(answer.results);
    list.replaceChildren(...pages.map((page) => result(page, words, context)));
    rest.replaceChildren();
    if (answer.total <= answer.results.length) return;
    const more = build("button.button.quiet", { type: "button" }, words.more);
    more.addEventListener("click", () => {
      again(query, { ...options, limit: answer.results.length + STEP }, (longer) => {
        list.children[pages.length]?.querySelector("a").focus();
        say(fill(words.shown, { n: longer.results.length, total: longer.total }));
      });
    });
    rest.append(more);
  }

  // The same search for more results, or with other filters.
  async function again(query, options, done) {
    const signal = next();
    try {
      const answer = await ask(query, { ...options, signal }, context);
      if (signal.aborted) return;
      show(query, answer, options);
      done(answer);
    } catch {
      if (!signal.aborted) fail(query);
    }
  }

  function quiet() {
    timers.forEach(clearTimeout);
    timers = [];
  }

  // Stops the search before; the signal of the next.
  function next() {
    last.abort();
    last = new AbortController();
    quiet();
    return last.signal;
  }

  function draw(query, answer) {
    clear();
    shown = query;
    const asked = answer.corrected ?? query;
    const told = ({ total }) => say(total ? count(words, "results", total, { query: asked }) : fill(words.results_none, { query: asked }));
    note(query, answer);
    show(asked, answer, { limit: STEP });
    filters(asked, answer, (chosen) => again(asked, { limit: STEP, filters: chosen }, told));
    later(500, () => told(answer));
  }

  async function search(text) {
    const query = text.trim();
    onQuery?.(query);
    // What is shown already waits to be told.
    if (query && query === shown && engine) return;
    const signal = next();
    if (!query) return start();
    // An emergency does not wait for the index.
    const cards = pinned(query, words.care);
    if (cards.length) pin(cards);
    shown = "";
    later(200, () => say(words.searching));
    const options = { limit: STEP, signal };
    try {
      let answer = await ask(query, options, context);
      if (!answer.results.length && answer.suggestion && !cards.length) {
        answer = { ...(await ask(answer.suggestion, options, context)), corrected: answer.suggestion };
      }
      if (signal.aborted) return;
      quiet();
      if (status.textContent === words.searching) say("");
      draw(query, answer);
    } catch {
      if (!signal.aborted) fail(query);
    }
  }

  let typing;
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => (type(field.value), search(field.value)), 80);
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

// Down and Up walk the links; Up from the first returns to the field; what is typed on a result goes on in the field, also
// the "/" that opens the search elsewhere.
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
    event.stopPropagation();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }
}
