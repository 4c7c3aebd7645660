// The search dialog of the header.

import { LEFT, dialog, showDialog, styled } from "./build.js";
import { searchView, typed, warm } from "./search-view.js";

let box;
let view;

/** Opens the dialog, or closes it when it is open. The text is kept until the tab closes. */
export async function open(opener, context, from) {
  if (box?.open) return box.close();
  document.querySelector("dialog[open]")?.close();
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
