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
  // From the second page on the typeface lies in the browser's cache.
  if (!data.face && document.referrer.startsWith(`${location.origin}/`)) data.face = "site";
})();
