// The filter box of a long list: narrows as one types and says how many are left.

import { count } from "./build.js";

/** Letters without accents and in lower case, so that typing is forgiving. */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Makes the box narrow the list. */
export async function start(place, { words }) {
  const items = [...document.querySelectorAll("[data-item]")].map((element) => [element, plain(element.textContent)]);
  const groups = [...document.querySelectorAll("[data-group]")];
  const text = await words();
  const field = place.querySelector("input");
  const status = place.querySelector(".status");
  const narrow = () => {
    const query = plain(field.value.trim());
    let left = 0;
    for (const [element, name] of items) {
      element.hidden = !name.includes(query);
      if (!element.hidden) left += 1;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("[data-item]:not([hidden])");
      // Its letter leads nowhere meanwhile.
      const letter = document.querySelector(`.letters a[href="#${group.querySelector("h2").id}"]`);
      if (letter) letter.parentElement.hidden = group.hidden;
    }
    status.textContent = query ? count(text, "left", left) : "";
  };
  field.addEventListener("input", narrow);
  narrow();
}
