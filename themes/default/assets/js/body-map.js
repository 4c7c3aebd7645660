// The body map: what stands for the same region answers together, rows of the list and shapes of the figures.

/** Marks the region at hand, first the one of the event that began it. */
export function start(map, first) {
  const parts = [...map.querySelectorAll("[data-r]")];
  const show = (event) => {
    const region = event.target.closest?.("[data-r]")?.dataset.r;
    for (const part of parts) part.toggleAttribute("data-hit", part.dataset.r === region);
  };
  for (const use of ["pointerover", "focusin", "pointerleave"]) map.addEventListener(use, show);
  show(first);
}
