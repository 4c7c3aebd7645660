// The filter box of a long list: narrows as one types and says how many are left.

import { count } from "./build.js";

/** Letters without accents and in lower case, so that typing is forgiving. */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Makes the box narrow the list. */
export async function start(place, { words }) {
  const named = (element) => [element, plain(element.textContent)];
  // Each group with its items and the letter that leads to it.
  const groups = [...document.querySelectorAll("[data-group]")].map((group) => ({
    group,
    items: [...group.querySelectorAll("[data-item]")].map(named),
    letter: document.querySelector(`.letters a[href="#${group.querySelector("h2").id}"]`)?.parentElement,
  }));
  const text = await words();
  const field = place.querySelector("input");
  const status = place.querySelector(".status");
  const narrow = () => {
    const query = plain(field.value.trim());
    let left = 0;
    for (const { group, items, letter } of groups) {
      const before = left;
      for (const [element, name] of items) {
        element.hidden = !name.includes(query);
        if (!element.hidden) left += 1;
      }
      group.hidden = left === before;
      // Its letter leads nowhere meanwhile.
      if (letter) letter.hidden = group.hidden;
    }
    status.textContent = query ? count(text, "left", left) : "";
  };
  field.addEventListener("input", narrow);
  narrow();
}
