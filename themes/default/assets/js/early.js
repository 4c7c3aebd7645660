// Applies the reading settings before the first paint. A classic script, fetched beside the style sheet.
// It reads what the reader chose and stores nothing.
(() => {
  const data = document.documentElement.dataset;
  data.script = "on";
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem("needlepoint")) || {};
  } catch {
    // No storage or no settings: the defaults hold.
  }
  for (const name of ["theme", "contrast", "size", "face"]) {
    if (typeof saved[name] === "string") data[name] = saved[name];
  }
  // The bars of the browser follow the theme that was chosen.
  if (data.theme) {
    for (const meta of document.querySelectorAll("[name=theme-color]")) meta.media = meta.media.includes(data.theme) ? "all" : "not all";
  }
  // From the second page on the typeface lies in the browser's cache.
  if (!data.face && document.referrer.startsWith(`${location.origin}/`)) data.face = "site";
})();
