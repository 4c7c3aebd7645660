// The contents list marks the section that is being read.

/** Watches the headings that the list leads to, and the end of the page. */
export function start(contents) {
  const links = new Map([...contents.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const read = new Set();
  let isEnd = false;
  const mark = () => {
    const at = isEnd ? headings.at(-1) : headings.findLast((heading) => read.has(heading));
    for (const [id, link] of links) {
      if (id === at?.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    // A list that is longer than the window follows; the page stays where it is.
    const link = at && links.get(at.id);
    if (link) contents.scrollTop = link.offsetTop - contents.clientHeight / 2;
  };
  // The section at hand is that of the last heading above a line near the top of the window, however the reader came.
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) read[isIntersecting ? "add" : "delete"](target);
      mark();
    },
    { rootMargin: "1000000px 0px -80% 0px" },
  );
  for (const heading of headings) seen.observe(heading);
  // At the end of the page the last headings may not come up to the line.
  const end = new IntersectionObserver(
    (entries) => {
      isEnd = entries.at(-1).isIntersecting;
      mark();
    },
    { threshold: 1 },
  );
  const last = document.querySelector("body > footer > :last-child");
  if (last) end.observe(last);
}
