// On the page that says "not found": the three addresses of the site nearest to the one that was asked for.

import { build, documentAt } from "./build.js";

/** Edit distance, two rows at a time (Wagner and Fischer 1974). */
export function distance(a, b) {
  let row = [...b, ""].map((_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

// The title of a page; its address where it cannot be had.
function titleOf(path) {
  return documentAt(path).then((page) => page.querySelector("h1").textContent).catch(() => path);
}

/** Lists them in place of the button that was pressed, if some are near enough. */
export async function start(place, { site, words }) {
  const asked = location.pathname.toLowerCase().slice(0, 200);
  const [text, map] = await Promise.all([
    words(),
    fetch(`${site.root}sitemap.xml`).then((answer) => (answer.ok ? answer.text() : "")),
  ]);
  const found = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)]
    .slice(0, 5000)
    .map(([, address]) => new URL(address).pathname)
    .map((path) => [distance(asked, path.toLowerCase()), path])
    .filter(([far]) => far <= asked.length / 2)
    .sort((a, b) => a[0] - b[0])
    .slice(0, 3);
  const titles = await Promise.all(found.map(([, path]) => titleOf(path)));
  const links = found.map(([, path], at) => build("li", {}, build("a", { href: path }, titles[at])));
  const title = build("h2", { tabindex: "-1" }, links.length ? text.suggestions : text.suggest_none);
  place.replaceWith(title, build("ul.links", {}, ...links));
  title.focus();
}
