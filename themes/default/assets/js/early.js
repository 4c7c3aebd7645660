// Applies the reading settings before the first paint, and opens what the address asks for. A classic script, fetched
// beside the style sheet. It reads what the reader chose and stores nothing.
(() => {
  const data = document.documentElement.dataset;
  data.script = "on";
  // Where the other script does not come, or breaks, the page is one without script; until it comes, if it is late.
  const plain = () => data.script === "on" && delete data.script;
  addEventListener("error", plain, true);
  setTimeout(plain, 5000);
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem("needlepoint")) || {};
  } catch {
    // No storage or no settings: the defaults hold.
  }
  Object.assign(data, saved);
  // The bars of the browser follow the theme that was chosen.
  if (data.theme) {
    for (const meta of document.querySelectorAll("[name=theme-color]")) meta.media = meta.media.includes(data.theme) ? "all" : "not all";
  }
  // From the second page on the typeface lies in the browser's cache.
  if (!data.face && document.referrer.startsWith(`${location.origin}/`)) data.face = "site";

  // An answer whose address was asked for is opened as soon as it is there; browsers do it only for some places of the
  // anchor, and after the first paint.
  const openTarget = (event) => {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // A lone % stands for itself.
    }
    const target = document.getElementById(id);
    const isInside = target?.closest("details");
    for (let box = isInside; box; box = box.parentElement.closest("details")) box.open = true;
    if (isInside && event?.oldURL) target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  const parsing = new MutationObserver(openTarget);
  if (location.hash.length > 1) parsing.observe(document, { childList: true, subtree: true });
  document.addEventListener("readystatechange", () => (openTarget(), parsing.disconnect()), { once: true });
})();
