// Applies the reading settings before the first paint, and opens what the address asks for. A classic script, fetched
// beside the style sheet. It reads what the reader chose and stores nothing.
(() => {
  const data = document.documentElement.dataset;
  data.script = "on";
  // Where the other script does not come, or breaks, the page is one without script; until it comes, if it is late.
  const plain = () => data.script === "on" && delete data.script;
  addEventListener("error", plain, true);
  setTimeout(plain, 5000);
  try {
    Object.assign(data, JSON.parse(localStorage.getItem("needlepoint")));
  } catch {
    // No storage or no settings: the defaults hold.
  }
  // The bars of the browser follow the theme that is chosen; the page names the colour of the dark one with a condition.
  const follow = () => {
    for (const meta of document.querySelectorAll("meta[media]")) {
      meta.media = { dark: "all", light: "not all" }[data.theme] ?? "(prefers-color-scheme: dark)";
    }
  };
  follow();
  addEventListener("theme", follow);
  // From the second page on the typeface lies in the browser's cache.
  if (!data.face && document.referrer.startsWith(`${location.origin}/`)) data.face = "site";

  // An answer whose address was asked for is opened before it is first drawn; browsers do it late, and only for some
  // places of the anchor. A lone % stands for itself.
  const open = () => {
    const target = document.getElementById(new URLSearchParams(`=${location.hash.slice(1)}`).get(""));
    const box = target?.closest("details");
    if (box) box.open = true;
    return box && target;
  };
  const wait = () => open() || (document.readyState === "loading" && requestAnimationFrame(wait));
  wait();
  addEventListener("hashchange", () => open()?.scrollIntoView());
})();
