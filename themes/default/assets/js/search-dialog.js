// The search dialog of the header.

import { dialog, styled } from "./build.js";
import { searchView, warm } from "./search-view.js";

let box;
let view;
let opener;

/** Opens the dialog, or closes it when it is open. The text is kept until the page is left. */
export async function open(from, context) {
  if (box?.open) return box.close();
  opener = from;
  const [text] = await Promise.all([context.words(), styled()]);
  warm(context);
  if (!box) {
    view = searchView(text, context, {
      onSubmit: (query) => location.assign(`${context.site.search}${query ? `#q=${encodeURIComponent(query)}` : ""}`),
    });
    box = dialog(text.search, text, view.element);
    box.addEventListener("close", () => opener.focus());
  }
  box.showModal();
  view.field.focus();
  view.field.select();
  return undefined;
}
