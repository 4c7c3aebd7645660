// The frame of every page, tables and search results, as a browser takes them.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { accessible } from "./page.mjs";
import { PAGES, base, browser, close, emulate, overflow, until } from "./site.mjs";

after(close);

test("the bars of the browser have the colour of the theme that the reader chose", async () => {
  const page = await browser.newPage();
  // Browsers take the first that holds.
  const color = () => page.$$eval("[name=theme-color]", (all) => all.find((meta) => matchMedia(meta.media).matches).content);
  for (const [device, other] of [["light", "dark"], ["dark", "light"]]) {
    const colors = { light: "#fff", dark: "#182427" };
    await emulate(page, { colors: device });
    await page.goto(base + PAGES.settings, { waitUntil: "load" });
    assert.equal(await color(), colors[device]);
    await page.click(`main input[name=theme][value=${other}]`);
    await until(page, (other) => document.documentElement.dataset.theme === other, other);
    assert.equal(await color(), colors[other]);
    await page.goto(base + PAGES.explainer, { waitUntil: "domcontentloaded" });
    assert.equal(await color(), colors[other], "from the first paint of the next page");
    await page.goto(base + PAGES.settings, { waitUntil: "load" });
    await page.click("main button[type=reset]");
    await until(page, () => !document.documentElement.dataset.theme);
    assert.equal(await color(), colors[device]);
  }
  await page.close();
});

test("a table whose rows are cards stays a table, also without script", async () => {
  for (const script of [true, false]) {
    const page = await browser.newPage();
    await page.setViewport({ width: 320, height: 700 });
    await page.setJavaScriptEnabled(script);
    await page.goto(base + PAGES.comparison, { waitUntil: "load" });
    assert.equal(await page.$eval(".table td", (cell) => getComputedStyle(cell).display), "block");
    const roles = new Set((await accessible(page)).map((node) => node.role));
    for (const role of ["table", "row", "columnheader", "rowheader", "cell"]) {
      assert.ok(roles.has(role), `${role} is lost ${script ? "with" : "without"} script`);
    }
    await page.close();
  }
});

test("a table of long words is cards on a phone and never wider than the page", async () => {
  const page = await browser.newPage();
  await page.goto(base + "/articles/dry-needling-vs-other-treatments/", { waitUntil: "load" });
  await page.$eval(".table", (table) => table.querySelectorAll("th").forEach((head) => head.append(" Anesthesiologists")));
  for (const [width, display] of [[320, "block"], [560, "block"], [600, "table-cell"], [1280, "table-cell"]]) {
    await page.setViewport({ width, height: 800 });
    assert.equal(await page.$eval(".table td", (cell) => getComputedStyle(cell).display), display, `${width} px`);
    assert.ok(await overflow(page) <= 0, `${await overflow(page)} px too wide at ${width}`);
  }
  await page.close();
});

test("a section among the results is named after its page", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/search/#q=soreness%20after`, { waitUntil: "load" });
  await until(page, () => document.querySelector("main .results li li a"));
  const [title, section] = await page.$eval("main .results li:has(li)", (result) => [
    result.querySelector(".result-title").textContent, result.querySelector("ul a").textContent,
  ]);
  assert.ok(section.startsWith(`${title} › `) && section.length > title.length + 3, section);
  await page.close();
});

test("headings of the search page skip no level, whatever it shows", async () => {
  const page = await browser.newPage();
  const levels = () => page.$$eval("main :is(h1, h2, h3, h4)", (all) => all.filter((each) => each.checkVisibility()).map((each) => Number(each.tagName[1])));
  const whole = (found) => found.every((level, at) => level <= (found[at - 1] ?? 0) + 1);
  await page.goto(`${base}/search/#q=chest%20pain`, { waitUntil: "load" });
  await until(page, () => document.querySelector("main .care") && document.querySelector("main .results a"));
  assert.ok(whole(await levels()), `${await levels()}`);
  await page.focus("#search-field");
  await page.keyboard.press("Enter");
  await page.evaluate(() => (document.querySelector("#search-field").value = ""));
  await page.type("#search-field", " ");
  await until(page, () => document.querySelector("main .faq-tools"));
  assert.ok(whole(await levels()), `${await levels()}`);
  assert.ok((await levels()).includes(3), "the kinds stand below a heading for all of them");
  await page.close();
});

test("on a phone the name and the tools share a row, and the links take two", async () => {
  const page = await browser.newPage();
  for (const width of [320, 390]) {
    await page.setViewport({ width, height: 700 });
    // The theme's own letters, which every browser has from the second page on.
    await page.goto(base + PAGES.condition, { waitUntil: "load" });
    await page.evaluate(() => document.fonts.load('600 1em "Atkinson Next"'));
    await page.goto(base + PAGES.explainer, { waitUntil: "load", referer: `${base}/` });
    const rows = (what) => page.$$eval(what, (all) => new Set(all.map((each) => Math.round(each.getBoundingClientRect().top))).size);
    assert.equal(await rows(".site-header .tool"), 1);
    assert.ok(await rows(".main-nav a") <= 2, `${await rows(".main-nav a")} rows of links at ${width} px`);
    const [brand, tool, nav, whole] = await page.evaluate(() => [".brand", ".tool", ".main-nav", ".site-header"].map((name) => {
      const { top, bottom, height } = document.querySelector(name).getBoundingClientRect();
      return { top, bottom, height };
    }));
    assert.ok(tool.top < brand.bottom && nav.top >= tool.bottom, "the tools stand beside the name");
    assert.ok(whole.height <= 170, `the header is ${whole.height} px high at ${width} px`);
    const small = await page.$$eval(".site-header a, .site-header button", (all) => all.filter((each) => each.getBoundingClientRect().height < 43.9).length);
    assert.equal(small, 0, "each is 44 px high");
  }
  await page.close();
});

test("lists of links in the frame have no marks, begin at its edge, and their links stand apart", async () => {
  const page = await browser.newPage();
  for (const width of [390, 1280]) {
    await page.setViewport({ width, height: 800 });
    await page.goto(base + PAGES.condition, { waitUntil: "load" });
    const lists = await page.$$eval(".site-header ul, .crumbs ol, .site-footer ul", (all) => all.map((list) => {
      const { listStyleType, paddingInlineStart } = getComputedStyle(list);
      const boxes = [...list.querySelectorAll("li a")].filter((link) => link.checkVisibility()).map((link) => link.getBoundingClientRect());
      const gaps = boxes.slice(1).map((box, at) => (box.top === boxes[at].top ? box.left - boxes[at].right : 99));
      return [listStyleType, paddingInlineStart, Math.min(99, ...gaps) >= 12];
    }));
    assert.deepEqual(lists, Array(3).fill(["none", "0px", true]), `at ${width} px`);
  }
  await page.close();
});

test("a word of 80 letters fits a phone wherever a title stands", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 320, height: 700 });
  const wide = [];
  for (const address of Object.values(PAGES)) {
    await page.goto(base + address, { waitUntil: "load" });
    await page.evaluate(() => {
      for (const place of document.querySelectorAll("h1, h2, h3, .cards a, .links a, .dated a, .entries a, .regions span:first-child, nav:not(.letters, .main-nav) a, .footer-links a, .lead")) {
        place.textContent = "silicovolcanoconiosis".repeat(4);
      }
    });
    if (await overflow(page) > 0) wide.push(`${address}: ${await overflow(page)}`);
  }
  assert.deepEqual(wide, []);
  await page.close();
});

test("the locator of a condition is 120 px wide on a phone", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 320, height: 700 });
  for (const address of [PAGES.condition, PAGES.region]) {
    await page.goto(base + address, { waitUntil: "load" });
    assert.equal(await page.$eval(".locator .figure", (figure) => figure.getBoundingClientRect().width), 120);
  }
  await page.close();
});

test("a figure and what limits it are told apart", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  const limits = await page.$$eval(".glance dd .soft", (all) => all.map((each) => each.textContent));
  assert.ok(limits.length > 2 && limits.every((text) => /^\(.+\)$/.test(text)), limits.join(" | "));
  await page.close();
});

test("what stands in the head of a table of cards is seen by those who come to it by keyboard", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 320, height: 700 });
  let count = 0;
  for (const address of [PAGES.comparison, "/articles/is-it-safe/"]) {
    await page.goto(base + address, { waitUntil: "load" });
    assert.equal((await page.$$("thead a.term, thead a[data-auto]")).length, 0, "no word of a head is made a link");
    for (const link of await page.$$("thead a")) {
      await link.focus();
      const { width, clip } = await link.evaluate((each) => ({ width: each.getBoundingClientRect().width, clip: getComputedStyle(each.closest("thead")).clipPath }));
      assert.ok(width > 10 && clip === "none", `${address}: ${width} ${clip}`);
      count += 1;
    }
  }
  assert.ok(count > 0);
  await page.close();
});

test("beside the text the contents list is a list: nothing to fold, and no longer than the window", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 420 });
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  await until(page, () => document.querySelector(".toc details").open);
  await page.focus(".breadcrumb li:last-child a");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest("summary")?.textContent ?? ""), "", "no stop that does nothing");
  const told = await accessible(page);
  assert.deepEqual(told.filter(({ role, name }) => role === "DisclosureTriangle" && name === "On this page"), [], "nor a button for those who listen");
  const { x, y, width, height } = await (await page.$(".toc summary")).boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  assert.ok(await page.$eval(".toc details", (box) => box.open), "it is told to be open, as it is");
  const last = await page.$$eval(".toc a", (links) => links.at(-1).hash);
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
  await until(page, (last) => document.querySelector(".toc [aria-current]")?.hash === last, last);
  const [top, bottom] = await page.$eval(".toc [aria-current]", (link) => {
    const box = document.querySelector(".toc details").getBoundingClientRect();
    const own = link.getBoundingClientRect();
    return [own.top - box.top, box.bottom - own.bottom];
  });
  assert.ok(top >= 0 && bottom >= -1, `the section at hand is ${top} and ${bottom} px inside the list`);
  await page.close();
});

test("signs that style sheets draw are not read out", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 390, height: 700 });
  await page.goto(base + PAGES.faq, { waitUntil: "load" });
  const names = (await accessible(page)).map((node) => node.name);
  assert.ok(names.length > 50);
  assert.deepEqual(names.filter((name) => /^[+−‹›]/.test(name)), []);
  await page.close();
});

test("no page has more than seven landmarks", async () => {
  const page = await browser.newPage();
  const names = ["banner", "navigation", "main", "contentinfo", "complementary", "region", "search", "form"];
  for (const address of Object.values(PAGES)) {
    await page.goto(base + address, { waitUntil: "load" });
    const found = (await accessible(page)).map((node) => node.role).filter((role) => names.includes(role));
    assert.ok(found.includes("main") && found.length <= 7, `${address}: ${found}`);
  }
  await page.close();
});

test("a word that is explained says that it opened and what it means, and closes when asked again", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  await page.focus("a.term");
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector("a.term").getAttribute("aria-expanded") === "true");
  assert.ok(await page.$eval(".meaning [role=status]", (told) => told.textContent.length > 20));
  await page.keyboard.press("Enter");
  await until(page, () => !document.querySelector(".meaning:popover-open") && document.querySelector("a.term").getAttribute("aria-expanded") === "false");
  await page.close();
});

test("a link to an answer shows its question too", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 390, height: 844 });
  await page.goto(base + PAGES.faq, { waitUntil: "load" });
  const ids = await page.$$eval("details.faq .answer", (all) => all.map((answer) => answer.id));
  for (const id of [ids[0], ids[6]]) {
    await page.goto("about:blank");
    await page.goto(`${base}${PAGES.faq}#${id}`, { waitUntil: "load" });
    await until(page, (id) => document.getElementById(id).closest("details").open, id);
    const top = await page.$eval(`#${id}`, (answer) => answer.closest("details").querySelector("summary").getBoundingClientRect().top);
    assert.ok(top >= 0, `the question of ${id} begins ${-top} px above the edge`);
  }
  await page.close();
});

test("similar addresses are named by their pages", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/condition/neck-pian/`, { waitUntil: "load" });
  await page.click("main button");
  await until(page, () => [...document.querySelectorAll("main .links a")].some((link) => link.href.endsWith("/conditions/neck-pain/") && link.textContent === "Neck pain"));
  await page.close();
});

test("in forced colours drawings have the colours of the system", async () => {
  const page = await browser.newPage();
  await emulate(page, { colors: "dark", forced: true });
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  const colors = await page.$$eval("figure svg path, figure svg ellipse, figure svg rect", (all) => {
    const probe = document.body.appendChild(document.createElement("p"));
    const system = ["Canvas", "CanvasText"].map((name) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    });
    return all.map((shape) => getComputedStyle(shape).fill).filter((fill) => fill !== "none").map((fill) => system.includes(fill));
  });
  assert.ok(colors.length > 3 && colors.every(Boolean), `${colors}`);
  await page.close();
});

test("a stop or comma after a reference stands in its line, and the reference is wide enough for a finger", async () => {
  const page = await browser.newPage();
  let count = 0;
  for (const width of [320, 390, 1280]) {
    await page.setViewport({ width, height: 800 });
    for (const address of [PAGES.explainer, PAGES.guide, PAGES.condition, "/articles/what-the-evidence-says/", "/articles/is-it-safe/"]) {
      await page.goto(base + address, { waitUntil: "load" });
      const [alone, narrow, all] = await page.$$eval("main .cite:not(thead *)", (cites) => {
        const isStop = (cite) => /^[.,;:]/.test(cite.nextSibling?.data ?? "");
        const range = document.createRange();
        const top = (cite) => {
          range.setStart(cite.nextSibling, 0);
          range.setEnd(cite.nextSibling, 1);
          const { top, bottom } = range.getBoundingClientRect();
          return (top + bottom) / 2;
        };
        const bottom = (cite) => [...cite.getClientRects()].at(-1).bottom;
        const boxes = (cite) => cite.getBoundingClientRect();
        const short = cites.filter((cite) => boxes(cite).width < 24 || boxes(cite).height < 24);
        return [cites.filter(isStop).filter((cite) => top(cite) > bottom(cite)), short, cites].map((some) => some.map((cite) => cite.parentElement.textContent.slice(-40)));
      });
      assert.deepEqual(alone, [], `${address} at ${width} px`);
      assert.deepEqual(narrow, [], `${address} at ${width} px`);
      count += all.length;
    }
  }
  assert.ok(count > 100);
  await page.close();
});

test("parts of the body map that lead nowhere do not look like those that do, also with more contrast", async () => {
  const page = await browser.newPage();
  for (const contrast of [false, true]) {
    await emulate(page, { colors: "light", contrast });
    await page.goto(base + PAGES.body, { waitUntil: "load" });
    const looks = await page.$$eval(".view .figure path", (paths) => [true, false].map((isLink) => [...new Set(paths
      .filter((path) => Boolean(path.closest("a")) === isLink)
      .map((path) => `${getComputedStyle(path).fill} ${getComputedStyle(path).strokeDasharray}`))]));
    assert.deepEqual(looks.map((each) => each.length), [1, 1]);
    assert.notEqual(looks[0][0], looks[1][0]);
    assert.notEqual(looks[0][0].split(" ").at(-1), looks[1][0].split(" ").at(-1), "the outline alone tells them apart");
  }
  await page.close();
});

test("a care card has no empty line, and the list of all pages has room above its heading", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 390, height: 844 });
  await page.goto(base + PAGES.guide, { waitUntil: "load" });
  const gaps = await page.$$eval(".care:not(.care-emergency)", (cards) => cards.map((card) => {
    const [head, list] = [".care-head", "li"].map((part) => card.querySelector(part));
    return list.getBoundingClientRect().top - head.getBoundingClientRect().bottom;
  }));
  assert.ok(gaps.length > 0 && gaps.every((gap) => gap < 4), `${gaps}`);
  await page.goto(base + PAGES.search, { waitUntil: "load" });
  const room = await page.$eval(".all-pages > h2", (head) => head.getBoundingClientRect().top - head.previousElementSibling.getBoundingClientRect().bottom);
  assert.ok(room >= 24, `${room}`);
  await page.close();
});
