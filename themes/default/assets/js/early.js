// Applies the reading settings before the first paint. A classic script, fetched beside the style sheet.
// It reads what the reader chose and stores nothing.
(() => {
  const data = document.documentElement.dataset;
  data.script = "on";
  // Where the other script does not come, or breaks, the page is one without script.
  addEventListener("error", () => data.script === "on" && delete data.script, true);
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
})();
