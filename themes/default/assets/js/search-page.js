// The search page, and the search box of the home page. The query lives in the fragment, so no log ever holds it.

import { build } from "./build.js";
import { searchView, warm } from "./search-view.js";

function queryOfAddress() {
  return new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
}

async function searchPage(place, context) {
  const view = searchView(await context.words(), context, {
    all: true,
    onSubmit: (query) => view.search(query),
    onQuery: (query) => {
      history.replaceState(null, "", query ? `#q=${encodeURIComponent(query)}` : location.pathname);
      document.querySelector(".all-pages").hidden = query !== "";
    },
  });
  place.append(view.element);
  const take = () => {
    const query = queryOfAddress();
    if (query === view.field.value.trim()) return;
    view.field.value = query;
    view.search(query);
  };
  addEventListener("hashchange", take);
  warm(context);
  take();
}

async function homeBox(place, context) {
  const text = await context.words();
  const field = build("input.field", { id: "home-search", type: "search", autocomplete: "off", maxlength: 200 });
  const submit = build("button.button", { type: "submit" }, text.search);
  const label = build("label", { for: "home-search" }, text.search_label);
  const form = build("form.search-form", { role: "search" }, label, field, submit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(`${context.site.home}search/#q=${encodeURIComponent(field.value.trim())}`);
  });
  field.addEventListener("focus", () => warm(context), { once: true });
  place.replaceWith(form);
}

/** Fills the place that the template left. */
export function start(place, context) {
  return place.matches("[data-search-page]") ? searchPage(place, context) : homeBox(place, context);
}
