// The search page, the search box of the home page and the search dialog of the header. The query lives in the fragment,
// so no log ever holds it.

import { LEFT, dialog, showDialog, styled } from "./build.js";
import { searchView, typed, warm } from "./search-view.js";

function queryOfAddress() {
  return new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
}

async function searchPage(form, context) {
  const [words] = await Promise.all([context.words(), styled()]);
  const pages = document.querySelector(".all-pages");
  const view = searchView(words, context, {
    all: true,
    form,
    onSubmit: (query) => view.search(query),
    onQuery: (query) => {
      history.replaceState(null, "", query ? `#q=${encodeURIComponent(query)}` : location.pathname);
      pages.hidden = query !== "";
    },
    // The plain list of all pages is the way out.
    onFail: () => (pages.hidden = false),
  });
  const take = () => {
    const query = queryOfAddress();
    if (query === view.field.value.trim()) return;
    view.field.value = query;
    view.search(query);
  };
  addEventListener("hashchange", take);
  warm(context);
  if (queryOfAddress()) take();
  else view.search(view.field.value);
}

async function homeBox(form, context) {
  await context.words();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(`${context.site.search}#q=${encodeURIComponent(form.querySelector("input").value.trim())}`);
  });
  warm(context);
}

/** Makes the form of the page search. */
export function start(form, context) {
  return document.querySelector(".all-pages") ? searchPage(form, context) : homeBox(form, context);
}

let box;
let view;

/** Opens the dialog, or closes it when it is open. The text is kept until the tab closes. */
export async function open(opener, context, from) {
  if (box?.open) return box.close();
  const [text] = await Promise.all([context.words(), styled()]);
  warm(context);
  if (!box) {
    view = searchView(text, context, {
      onSubmit: (query) => {
        box.close(LEFT);
        location.assign(`${context.site.search}${query ? `#q=${encodeURIComponent(query)}` : ""}`);
      },
    });
    box = dialog(text.search, text, view.element);
    // What a result leads to may stand on the page at hand.
    box.addEventListener("click", (event) => event.target.closest("a")?.hash && box.close(LEFT));
    view.field.value = typed();
    view.search(view.field.value);
  }
  showDialog(box, from);
  view.field.focus();
  view.field.select();
  return undefined;
}
