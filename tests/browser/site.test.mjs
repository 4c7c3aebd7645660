// The built site in a real browser.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { mistakes, printed, searchByKey } from "./page.mjs";
import { PAGES, axeFindings, base, brotli, browser, built, close, emulate, overflow, root, serve, until } from "./site.mjs";

after(close);

// Templates that the project's own site does not use, from a fixture.
const small = await serve(built("small-site"));
const EVERY = [
  ...Object.values(PAGES).map((address) => base + address),
  ...["/tags/", "/tags/money/", "/articles/gone/", "/articles/page/2/", "/es/"].map((address) => small + address),
];

for (const [name, width, media] of [
  ["light, phone", 320, { colors: "light" }],
  ["light, wide phone", 390, { colors: "light" }],
  ["light, desktop", 1280, { colors: "light" }],
  ["dark, phone", 320, { colors: "dark" }],
  ["dark, wide phone", 390, { colors: "dark" }],
  ["dark, desktop", 1280, { colors: "dark" }],
  ["more contrast, phone", 320, { colors: "light", contrast: true }],
  ["more contrast, wide phone", 390, { colors: "light", contrast: true }],
  ["more contrast in the dark, desktop", 1280, { colors: "dark", contrast: true }],
]) {
  test(`every template is accessible and fits: ${name}`, async () => {
    const page = await browser.newPage();
    await page.setBypassCSP(true);
    await page.setViewport({ width, height: 900 });
    await emulate(page, media);
    const wrong = [];
    for (const address of EVERY) {
      await page.goto(address, { waitUntil: "load" });
      wrong.push(...await axeFindings(page, address));
      const pixels = await overflow(page);
      if (pixels > 0) wrong.push(`${address} is ${pixels} px too wide`);
    }
    await page.close();
    assert.deepEqual(wrong, []);
  });
}

test("search by keyboard: opens, finds a misspelt condition, closes, gives focus back", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/articles/what-to-expect/`, { waitUntil: "load" });
  await until(page, () => document.querySelector("button.tool"));
  await page.focus("button.tool");
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector("dialog[open] input"));
  await page.keyboard.type("plantar fascitis");
  await until(page, () => document.querySelector("dialog .results a")?.href.includes("plantar-fasciitis"));
  await until(page, () => document.querySelector("dialog .status").textContent.length > 0);
  const selected = await page.evaluate(() => document.activeElement.tagName);
  assert.equal(selected, "INPUT", "nothing is preselected");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "A");
  await page.keyboard.press("Escape");
  if (await page.evaluate(() => document.querySelector("dialog").open)) await page.keyboard.press("Escape");
  await until(page, () => !document.querySelector("dialog").open);
  assert.ok(await page.evaluate(() => document.activeElement.matches("button.tool")), "focus is back at the opener");
  await page.close();
});

test("a search for an emergency shows its care card first, however it is put", async () => {
  const page = await browser.newPage();
  for (const [query, words] of [
    ["chest pain", "tightness in your chest"],
    ["pain in my chest", "new after needling"],
    ["chest pian", "tightness in your chest"],
    ["can't breathe", "short of breath"],
    ["cant breathe", "short of breath"],
    ["numb between the legs", "lose control of your bladder"],
    ["cant pee", "lose control of your bladder"],
    ["can't catch my breath", "short of breath"],
    ["i coughed up blood", "cough up blood"],
    ["chest tightness", "tightness in your chest"],
    ["numb private parts", "lose control of your bladder"],
    ["my face droops", "your speech is slurred"],
  ]) {
    await page.goto(`${base}/search/#q=${encodeURIComponent(query)}`, { waitUntil: "load" });
    await page.reload({ waitUntil: "load" });
    await until(page, () => document.querySelector("main .care"));
    const shown = await page.evaluate(() => document.querySelector("main .care").parentElement.textContent);
    assert.ok(shown.includes(words), `${query}: ${shown}`);
    if (query !== "chest pian") assert.ok(!shown.includes("Did you mean"), `${query}: ${shown}`);
  }
  await page.close();
});

test("what is no emergency shows no care card", async () => {
  const page = await browser.newPage();
  for (const query of ["neck pain", "shortness", "out of pocket cost", "numb fingers"]) {
    await page.goto(`${base}/search/#q=${encodeURIComponent(query)}`, { waitUntil: "load" });
    await page.reload({ waitUntil: "load" });
    await until(page, () => /\d/.test(document.querySelector("main .status")?.textContent));
    assert.equal((await page.$$("main .search-form ~ div .care")).length, 0, query);
  }
  await page.close();
});

test("a search fetches what it shows, and more when the reader asks", async () => {
  const page = await browser.newPage();
  const asked = [];
  page.on("request", (request) => request.url().includes("/search/") && request.url().endsWith(".txt") && asked.push(request.url()));
  await page.goto(`${base}/search/#q=neck%20pain`, { waitUntil: "load" });
  await until(page, () => /^\d+ pages/.test(document.querySelector("main .status")?.textContent));
  const count = () => page.$$eval("main .results > li", (items) => items.length);
  const total = Number.parseInt(await page.$eval("main .status", (status) => status.textContent));
  assert.equal(await count(), 8);
  assert.ok(total > 20, `${total} pages in all are told of`);
  assert.ok(asked.length <= 14, `${asked.length} files for eight results`);
  await page.evaluate(() => [...document.querySelectorAll("main button")].find((each) => each.textContent === "Show more results").click());
  await until(page, () => document.querySelectorAll("main .results > li").length === 16);
  assert.equal(await page.$eval("main .status", (status) => status.textContent), `Showing 16 of ${total} pages`);
  const focused = await page.evaluate(() => [...document.querySelectorAll("main .results > li")].indexOf(document.activeElement.closest("li")));
  assert.equal(focused, 8, "the first new result has the focus");
  await page.close();
});

test("results are narrowed by the index, and the number that is told is theirs", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/search/#q=knee%20pain`, { waitUntil: "load" });
  await until(page, () => document.querySelector("main details"));
  const before = await until(page, () => Number.parseInt(document.querySelector("main .status").textContent));
  await page.click("main .search-form ~ div summary");
  await until(page, () => document.querySelectorAll("main fieldset").length === 2);
  const offered = await page.$$eval("main fieldset label", (all) => all.map((label) => label.textContent));
  const shown = await page.$$eval("main .results > li > .soft", (all) => [...new Set(all.flatMap((each) => each.textContent.split(" · ")))]);
  assert.ok(shown.every((name) => offered.includes(name)), `${shown} of ${offered}`);
  assert.ok(offered.length > shown.length, "also what only later results have is offered");
  await page.evaluate(() => {
    [...document.querySelectorAll("main fieldset label")].find((label) => label.textContent === "Condition").click();
  });
  const kinds = () => page.$$eval("main .results > li > .soft", (items) => items.map((item) => item.textContent.split(" · ")[0]));
  await until(page, (before) => Number.parseInt(document.querySelector("main .status").textContent) < before, await before.jsonValue());
  assert.deepEqual([...new Set(await kinds())], ["Condition"]);
  await page.close();
});

// Answers requests for the search files of a page in place of the host.
async function intercepted(answer) {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on("request", (request) => (request.url().includes("/search/search.js") || request.url().endsWith(".txt") ? answer(request) : request.continue()));
  return page;
}

test("the search for the last key stops the one before, whose answer is never shown", async () => {
  // In place of the index: searches that are answered when the test says so.
  const body = `
    globalThis.asked = [];
    const search = (query, options) => new Promise((resolve) => asked.push({ query, options, resolve }));
    export const openSearch = async () => ({ search });`;
  const page = await intercepted((request) => request.respond({ contentType: "text/javascript", body }));
  const typed = async (query, count) => {
    await page.$eval("#search-field", (field, query) => {
      field.value = query;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, query);
    await until(page, (count) => globalThis.asked?.length === count, count);
  };
  await page.goto(`${base}/search/`, { waitUntil: "load" });
  await page.focus("#search-field");
  await until(page, () => document.querySelector("main .status"));
  await typed("neck pain", 1);
  await typed("heel pain", 2);
  const told = await page.evaluate(() => asked.map(({ query, options }) => [query, options.limit, options.signal.aborted]));
  assert.deepEqual(told, [["neck pain", 8, true], ["heel pain", 8, false]]);
  await page.evaluate(() => {
    for (const { query, resolve } of asked.reverse()) {
      const found = { url: "/", page: "/", title: query, heading: "", kind: "", region: "", excerpt: "", marks: [] };
      resolve({ total: 1, suggestion: null, results: [found] });
    }
  });
  await until(page, () => document.querySelector("main .status").textContent === "1 page for heel pain");
  assert.deepEqual(await page.$$eval("main .results a", (links) => links.map((link) => link.textContent)), ["heel pain"]);
  await page.close();
});

test("a page from before the site was built anew finds the new index by itself", async () => {
  const module = fs.readFileSync(path.join(root, "search/search.js"), "utf8");
  const gone = [];
  const page = await intercepted((request) => {
    // The module that the browser still holds names files that are no longer there.
    if (!request.url().endsWith("/search.js")) return request.continue();
    return request.respond({ contentType: "text/javascript", body: module.replace(/"[0-9a-z]{7}"/g, '"0000000"') });
  });
  page.on("response", (response) => response.status() === 404 && gone.push(response.url()));
  await page.goto(`${base}/search/#q=neck%20pain`, { waitUntil: "load" });
  await until(page, () => document.querySelector("main .results a")?.href.endsWith("/conditions/neck-pain/"));
  assert.ok(gone.length > 0, "the old files were asked for");
  await page.close();
});

test("a form whose script is gone since the site was built anew leads to the search page of today", async () => {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  let isOld = true;
  page.on("request", (request) => {
    if (request.isNavigationRequest() && new URL(request.url()).pathname === "/search/") isOld = false;
    if (isOld && /\/assets\/search\./.test(request.url())) return request.respond({ status: 404, body: "" });
    return request.continue();
  });
  await page.goto(`${base}/`, { waitUntil: "load" });
  await page.type("#search-field", "heel pain");
  const asked = page.waitForNavigation();
  await page.keyboard.press("Enter");
  await asked;
  await until(page, () => document.querySelector("main .results a")?.href.includes("plantar-fasciitis"));
  assert.equal(page.url(), `${base}/search/#q=heel%20pain`);
  await page.close();
});

test("where search cannot work, the reader is told what to do and has the list of all pages", async () => {
  const page = await intercepted((request) => request.respond({ status: 404, body: "" }));
  await page.goto(`${base}/search/#q=neck%20pain`, { waitUntil: "load" });
  await until(page, () => /did not load/.test(document.querySelector("main .status")?.textContent));
  assert.ok(await page.$eval(".all-pages", (list) => list.checkVisibility()), "the list of all pages is shown");
  assert.ok(await page.$$eval("main button", (buttons) => buttons.some((button) => button.textContent === "Load this page again")));
  await page.goto(`${base}/search/#q=chest%20pain`, { waitUntil: "load" });
  await page.reload({ waitUntil: "load" });
  await until(page, () => document.querySelector("main .care"));
  await until(page, () => /did not load/.test(document.querySelector("main .status")?.textContent));
  assert.match(await page.$eval("main .care", (card) => card.textContent), /Call 911/, "an emergency is told of all the same");
  // Nothing says afterwards that it still searches.
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.match(await page.$eval("main .status", (status) => status.textContent), /did not load/);
  await page.close();
});

test("hostile queries run no script and build no element", async () => {
  const page = await browser.newPage();
  for (const query of ["<img src=x onerror=window.__ran=1>", "\"><script>window.__ran=1</script>", "&lt;b&gt;", "'".repeat(200)]) {
    await page.goto(`${base}/search/#q=${encodeURIComponent(query)}`, { waitUntil: "load" });
    await page.reload({ waitUntil: "load" });
    await until(page, () => document.querySelector(".status")?.textContent.length > 0);
    const [ran, made] = await page.evaluate(() => [window.__ran, document.querySelectorAll("main img, main script").length]);
    assert.ok(!ran, `${query} ran`);
    assert.equal(made, 0, query);
  }
  await page.close();
});

test("nothing is stored before a choice, no other host is asked, no policy is broken", async () => {
  const page = await browser.newPage();
  const asked = [];
  const reports = mistakes(page);
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => message.type() === "error" && !/404/.test(message.text()) && reports.push(message.text()));
  for (const address of Object.values(PAGES)) await page.goto(base + address, { waitUntil: "load" });
  const stored = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  assert.equal(stored, 0);
  assert.deepEqual(asked.filter((url) => !url.startsWith(base) && !url.startsWith("data:")), []);
  assert.deepEqual(reports, []);
  await page.close();
});

test("without script every page is whole, and nothing on it waits for a script", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 390, height: 844 });
  await page.setJavaScriptEnabled(false);
  for (const address of EVERY) {
    await page.goto(address);
    assert.ok((await page.$$eval("main", ([main]) => main.innerText.length)) > 20, `${address} has text`);
    const dead = await page.$$("button, dialog, [popover], main input:not([name=view])");
    assert.equal(dead.length, 0, `${address} has a control that does nothing`);
  }
  await page.goto(`${base}/body/`);
  assert.ok((await page.$$("main ul a")).length > 5, "regions are links");
  await page.click("input[value=back]");
  assert.ok(await page.$eval(".view-back", (view) => view.checkVisibility()), "the views change without script");
  await page.goto(`${base}/search/`);
  assert.ok((await page.$$("main a")).length > 50, "the search page lists all pages");
  await page.goto(`${base}/articles/faqs/`);
  await page.click("details.faq summary");
  assert.ok(await page.$eval("details.faq .answer", (answer) => answer.checkVisibility()), "answers open");
  await page.close();
});

test("a link to an answer opens it", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/articles/faqs/`, { waitUntil: "load" });
  const id = await page.$eval("details.faq .answer", (answer) => answer.id);
  await page.goto(`${base}/articles/faqs/#${id}`, { waitUntil: "load" });
  await page.reload({ waitUntil: "load" });
  await until(page, (id) => document.getElementById(id).closest("details").open, id);
  await page.close();
});

const printedAt = async (page, address, ...how) => {
  await page.goto(base + address, { waitUntil: "load" });
  return printed(page, ...how);
};

test("on paper: title and address at the head, the review told, answers open, nothing to press", async () => {
  const page = await browser.newPage();
  for (const format of ["A4", "Letter"]) {
    for (const kind of ["explainer", "comparison", "guide", "faq", "condition"]) {
      const address = PAGES[kind];
      const text = await printedAt(page, address, format);
      const site = await page.$eval(".handout-head strong", (name) => name.textContent);
      const title = await page.$eval("h1", (heading) => heading.textContent);
      for (const words of [site, title, address, "Not yet reviewed", "My therapist", "My questions"]) {
        assert.ok(text.includes(words), `${format} ${address} lacks ${words}`);
      }
      for (const words of ["Skip to the main text", "Settings", "On this page", "Mentioned in"]) {
        assert.ok(!text.includes(words), `${format} ${address} prints ${words}`);
      }
    }
  }
  const answers = await page.goto(base + PAGES.faq).then(() =>
    page.$$eval("details.faq .answer", (all) => all.map((answer) => answer.textContent.trim().split(/\s+/).slice(0, 4).join(" "))));
  const text = await printedAt(page, PAGES.faq, "A4");
  for (const words of answers) assert.ok(text.includes(words), `the answer "${words} …" is not printed`);
  await page.emulateMediaType("print");
  assert.equal(await page.$eval("header.site-header", (header) => getComputedStyle(header).display), "none");
  await page.close();
});

test("on paper: home and lists name their site, their address and where their links lead", async () => {
  const page = await browser.newPage();
  for (const format of ["A4", "Letter"]) {
    for (const address of ["/", "/body/", "/conditions/", "/people/", "/articles/"]) {
      const text = await printedAt(page, address, format);
      const [site, own, links] = await page.evaluate(() => [
        document.querySelector(".handout-head strong").textContent,
        document.querySelector("link[rel=canonical]").href,
        [...document.querySelectorAll("main :is(.card, .regions, .entries) .on-paper")].map((link) => link.textContent.trim()),
      ]);
      assert.ok(links.length > 0 && links.every((link) => link.startsWith("https://")), `${address}: ${links[0]}`);
      for (const words of [site, own]) assert.ok(text.includes(words), `${format} ${address} lacks ${words}`);
      const whole = text.replace(/ /g, "");
      for (const link of links.slice(0, 3)) assert.ok(whole.includes(link.slice(0, 30)), `${format} ${address} lacks ${link}`);
    }
    const sheet = await printedAt(page, "/body/", format, 1);
    for (const words of ["Front", "Back", "All over"]) assert.ok(sheet.includes(words), `${format}: ${words} is torn from the figures`);
  }
  await page.goto(`${base}/`);
  assert.equal(await page.$$eval(".handout-head, .on-paper", (all) => all.filter((part) => part.checkVisibility()).length), 0);
  await page.close();
});

test("a guide's steps fit on one sheet, front and back, and a handout on three pages", async () => {
  const page = await browser.newPage();
  for (const format of ["A4", "Letter"]) {
    const steps = await page.goto(base + PAGES.guide, { waitUntil: "load" }).then(() =>
      page.$$eval(".steps li strong", (all) => all.map((name) => name.textContent)));
    assert.ok(steps.length > 10);
    const sheet = await printedAt(page, PAGES.guide, format, 2);
    for (const step of steps) assert.ok(sheet.includes(step), `${format}: "${step}" is not on the first sheet`);
    const whole = await printedAt(page, PAGES.condition, format, 3);
    assert.ok(whole.includes("My questions"), `${format}: a condition takes more than three pages`);
  }
  await page.close();
});

test("no line of text is longer than about 80 characters", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1600, height: 900 });
  const wide = [];
  for (const address of [...EVERY, `${base}/search/#q=neck%20pain`]) {
    await page.goto(address, { waitUntil: "networkidle0" });
    wide.push(...await page.$$eval("main :is(p, dd, blockquote), .body li", (all, address) => {
      for (const box of document.querySelectorAll("details")) box.open = true;
      // An average letter is 0.44 of the size of the text, in the typeface of the theme.
      const isWide = (text) => text.textContent.length > 80 && text.clientWidth / parseFloat(getComputedStyle(text).fontSize) > 36;
      return all.filter(isWide).map((text) => `${address} ${text.className} ${text.textContent.slice(0, 40)}`);
    }, address));
  }
  assert.deepEqual(wide, []);
  await page.close();
});

test("in forced colours boxes have borders and the body map keeps its shapes", async () => {
  const page = await browser.newPage();
  await emulate(page, { colors: "dark", forced: true });
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  for (const box of [".care", ".glance", ".key-message", ".alert"]) {
    if (!(await page.$(box))) continue;
    const border = await page.$eval(box, (card) => getComputedStyle(card).borderTopStyle);
    assert.notEqual(border, "none", box);
  }
  await page.goto(base + PAGES.condition, { waitUntil: "load" });
  const fills = await page.$eval(".locator .figure", (figure) => {
    const fill = (path) => getComputedStyle(path).fill;
    return [fill(figure.querySelector(".here")), fill(figure.querySelector("path:not(.here)"))];
  });
  assert.notEqual(fills[0], fills[1], "the region is told from the rest");
  await page.goto(base + PAGES.body, { waitUntil: "load" });
  const strokes = await page.$$eval(".figure path", (paths) => paths.filter((path) => getComputedStyle(path).stroke === "none").length);
  assert.equal(strokes, 0, "each shape has an outline");
  await page.close();
});

test("nothing moves while a page loads, also with the letters of the second page", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 390, height: 844 });
  await page.evaluateOnNewDocument(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const moved = [];
  for (const address of EVERY) {
    await page.goto(address, { waitUntil: "networkidle0" });
    const shift = await page.evaluate(() => globalThis.shift);
    if (shift > 0) moved.push(`${address} ${shift}`);
  }
  assert.deepEqual(moved, []);
  await page.close();
});

test("nothing moves on a slow phone where the address asks for a search or an answer", async () => {
  const moved = [];
  for (const width of [390, 1280]) {
    for (const address of ["/search/#q=cost", "/search/#q=chest%20pain", `${PAGES.faq}#how-much-does-it-cost`]) {
      // Nothing is in the cache yet.
      const page = await (await browser.createBrowserContext()).newPage();
      await page.setViewport({ width, height: 844 });
      await page.evaluateOnNewDocument(() => {
        globalThis.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) globalThis.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      const session = await page.createCDPSession();
      const latency = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 };
      await session.send("Network.emulateNetworkConditions", latency);
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
      await page.goto(base + address, { waitUntil: "networkidle0" });
      await until(page, () => /\d/.test(document.querySelector("main .status")?.textContent) || document.querySelector("details.faq[open]"));
      const shift = await page.evaluate(() => globalThis.shift);
      if (shift > 0.005) moved.push(`${address} at ${width}: ${shift}`);
      await page.browserContext().close();
    }
  }
  assert.deepEqual(moved, []);
});

test("an explained word opens beside the text by keyboard, keeps the focus and closes with Esc", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  await page.focus("a.term");
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector("[popover]:popover-open"));
  assert.ok((await page.$eval("[popover]", (box) => box.textContent.length)) > 30);
  const [word, head] = await page.$eval("[popover]", (box) => [box.previousElementSibling.textContent, box.querySelector("strong").textContent]);
  assert.ok(head.toLowerCase().startsWith(word.toLowerCase()) || word.toLowerCase().startsWith(head.toLowerCase()), `${word}: ${head}`);
  await page.keyboard.press("Escape");
  await until(page, () => !document.querySelector("[popover]:popover-open"));
  assert.ok(await page.evaluate(() => document.activeElement.matches("a.term")), "focus is where it was");
  assert.equal(new URL(page.url()).pathname, PAGES.explainer);
  await page.close();
});

test("reading settings hold from page to page before the first paint, and can be taken back", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.settings, { waitUntil: "load" });
  await until(page, () => document.querySelector("main input[name=theme][value=dark]"));
  await page.click("main input[name=theme][value=dark]");
  await page.click("main input[name=size][value='150']");
  // A click may come before the script that answers it, which then answers at once.
  await until(page, () => localStorage.length > 0 && document.documentElement.dataset.theme === "dark" && parseFloat(getComputedStyle(document.documentElement).fontSize) === 24);
  await page.goto(base + PAGES.explainer, { waitUntil: "domcontentloaded" });
  const [theme, size] = await page.evaluate(() => [document.documentElement.dataset.theme, parseFloat(getComputedStyle(document.documentElement).fontSize)]);
  assert.equal(theme, "dark");
  assert.equal(size, 24);
  await page.setViewport({ width: 320, height: 700 });
  assert.ok(await overflow(page) <= 0, "large letters fit a phone");
  await page.goto(base + PAGES.settings, { waitUntil: "load" });
  await until(page, () => document.querySelector("main button[type=reset]"));
  await page.click("main button[type=reset]");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await page.close();
});

test("text spacing of WCAG 1.4.12 cuts nothing off", async () => {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.setViewport({ width: 320, height: 700 });
  for (const address of EVERY) {
    await page.goto(address, { waitUntil: "load" });
    await page.addStyleTag({ content: "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }" });
    const pixels = await overflow(page);
    assert.ok(pixels <= 0, `${address} is ${pixels} px too wide`);
  }
  await page.close();
});

test("articles show drawings of the theme, which say what they show and are no smaller than their shapes", async () => {
  const page = await browser.newPage();
  let count = 0;
  for (const width of [320, 1280]) {
    await page.setViewport({ width, height: 800 });
    for (const address of [PAGES.guide, "/articles/how-it-works/", "/articles/after-a-session/"]) {
      await page.goto(base + address, { waitUntil: "load" });
      const drawings = await page.$$eval("figure.drawing svg[role=img]", (all) => all.map((drawing) => {
        const { width, height } = drawing.getBoundingClientRect();
        return [drawing.getAttribute("aria-label"), width, height, drawing.childElementCount];
      }));
      assert.ok(drawings.length > 0, address);
      for (const [words, width, height, shapes] of drawings) {
        assert.ok(words.length > 20 && width > 250 && height > 150 && shapes > 2, `${address}: ${words} ${width} × ${height}`);
      }
      assert.ok(await overflow(page) <= 0, address);
      count += drawings.length;
    }
  }
  assert.ok(count >= 8);
  await page.close();
});

test("the words in drawings fit their drawing, in wide letters and with the text spacing of WCAG 1.4.12 too", async () => {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.setViewport({ width: 390, height: 844 });
  let count = 0;
  for (const address of [PAGES.explainer, PAGES.guide, "/articles/how-it-works/", "/articles/after-a-session/"]) {
    await page.goto(base + address, { waitUntil: "load" });
    await page.addStyleTag({ content: 'svg * { font-family: Verdana, "DejaVu Sans" !important; letter-spacing: .12em !important; word-spacing: .16em !important }' });
    const cut = await page.$$eval("figure svg text", (all) => all.map((text) => {
      const [own, drawing] = [text, text.ownerSVGElement].map((each) => each.getBoundingClientRect());
      return [text.textContent, own.left >= drawing.left && own.right <= drawing.right && own.top >= drawing.top && own.bottom <= drawing.bottom];
    }));
    count += cut.length;
    assert.deepEqual(cut.filter(([, isWhole]) => !isWhole), [], address);
  }
  assert.ok(count > 8);
  await page.close();
});

test("the first view is small: budgets in bytes after Brotli", () => {
  const read = (file) => fs.readFileSync(path.join(root, file));
  const size = (bytes) => brotli(bytes).length;
  const assets = fs.readdirSync(path.join(root, "assets"));
  const asset = (start, end) => read(`assets/${assets.find((name) => name.startsWith(start) && name.endsWith(end))}`);
  const css = size(asset("site.", ".css"));
  const script = size(asset("early.", ".js")) + size(asset("site.", ".js"));
  const icon = size(asset("favicon.", ".svg"));
  assert.ok(css <= 8 * 1024, `style sheet ${css}`);
  assert.ok(script <= 4 * 1024, `script before interaction ${script}`);
  const pages = fs.readdirSync(root, { recursive: true }).filter((file) => file.endsWith(".html"));
  assert.ok(pages.length > 60);
  const registers = ["search", "questions", "glossary", "references"].map((name) => `${name}/index.html`);
  for (const file of pages) {
    const page = read(file);
    const html = size(page);
    // Images that do not wait for the reader are part of the first view.
    const sources = [...page.toString().matchAll(/<img(?![^>]*loading="lazy")[^>]* src="([^"]+)"/g)];
    const images = sources.map(([, source]) => size(read(source.slice(1)))).reduce((sum, each) => sum + each, 0);
    const whole = html + css + script + icon + images;
    assert.ok(whole <= 18 * 1024, `first view of ${file}: ${whole}`);
    // The budget of 8 KB is that of an article of 1,000 words without structured data; a longer one may be longer.
    const shown = size(Buffer.from(page.toString().replace(/<script type="application\/ld\+json">.*?<\/script>/s, "")));
    const text = page.toString().match(/<div class="body">(.*?)<section class="stamp/s)?.[1] ?? "";
    const words = text.replace(/<[^>]+>/g, " ").split(/\s+/).length;
    if (!registers.includes(file)) assert.ok(shown <= 8 * 1024 * Math.max(1, words / 1000), `${file} ${shown} of ${words} words`);
    if (file === "body/index.html") assert.ok(html <= 4 * 1024, `body map ${html}`);
  }
});

test("before the reader does something a page asks for five files at most", async () => {
  for (const [width, height] of [[390, 844], [1280, 800]]) {
    for (const address of EVERY) {
      // Each page as the first of a visit.
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width, height });
      const session = await page.createCDPSession();
      const asked = [];
      await session.send("Network.enable");
      session.on("Network.requestWillBeSent", ({ request }) => request.url.startsWith("data:") || asked.push(request.url));
      await page.goto(address, { waitUntil: "networkidle0" });
      await context.close();
      assert.ok(asked.length <= 5, `${address} at ${width} px asks for ${asked.join(" ")}`);
    }
  }
});

test("a control pressed before its script has come does what it says when it comes", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.faq, { waitUntil: "load" });
  await page.click(".faq-tools button");
  await until(page, () => [...document.querySelectorAll("details.faq")].every((box) => box.open));
  await until(page, () => /close/i.test(document.querySelector(".faq-tools button").textContent));
  await until(page, () => document.querySelector("details.faq .answer .plain-button"), "an open answer can be copied");
  await page.goto(base + PAGES.conditions, { waitUntil: "load" });
  await page.type("#filter", "heel");
  await until(page, () => document.querySelectorAll("[data-item]:not([hidden])").length < 4);
  await until(page, () => /left/.test(document.querySelector(".filter .status").textContent));
  const dead = await page.$$eval(".letters a", (links) => links.filter((link) => link.checkVisibility() && !document.querySelector(link.hash).checkVisibility()).length);
  assert.equal(dead, 0, "no letter leads to what the filter hides");
  await page.goto(`${base}/`, { waitUntil: "load" });
  await page.type("#search-field", "heel pain");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.equal(new URL(page.url()).pathname, "/search/");
  await until(page, () => document.querySelector(".results a")?.href.includes("/conditions/"));
  await page.goto(`${base}/condition/neck-pian/`, { waitUntil: "load" });
  await page.click("main button");
  await until(page, () => [...document.querySelectorAll("main .links a")].some((link) => link.href.includes("neck-pain")));
  await page.close();
});

test("what the filter leaves is what is seen, and nothing that is hidden shows", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.conditions, { waitUntil: "load" });
  const seen = () => page.$$eval("[data-item]", (all) => all.filter((item) => item.checkVisibility()).map((item) => item.textContent));
  for (const query of ["TMJ", "heel", "low back"]) {
    await page.$eval("#filter", (field) => (field.value = ""));
    await page.type("#filter", query);
    await until(page, (query) => {
      const number = Number.parseInt(document.querySelector(".filter .status").textContent);
      return number === [...document.querySelectorAll("[data-item]")].filter((item) => item.textContent.toLowerCase().includes(query)).length;
    }, query.toLowerCase());
    const left = await seen();
    assert.ok(left.length > 0 && left.every((name) => name.toLowerCase().includes(query.toLowerCase())), `${query}: ${left}`);
  }
  for (const address of Object.values(PAGES)) {
    await page.goto(base + address, { waitUntil: "load" });
    const shown = await page.$$eval("body *", (all) => {
      for (const part of all) part.setAttribute("hidden", "");
      return all.filter((part) => getComputedStyle(part).display !== "none").map((part) => `${part.tagName}.${part.className}`);
    });
    assert.deepEqual(shown, [], address);
  }
  await page.close();
});

test("the count is that of the results, however soon Enter follows", async () => {
  const page = await browser.newPage();
  for (const before of ["#q=neck", ""]) {
    for (const wait of [0, 100, 250, 400, 600]) {
      await page.goto("about:blank");
      await page.goto(`${base}/search/${before}`, { waitUntil: "load" });
      if (before) await until(page, () => /\d.* neck$/.test(document.querySelector("main .status")?.textContent));
      await page.click("#search-field", { count: 3 });
      await page.keyboard.type("hip");
      await new Promise((resolve) => setTimeout(resolve, wait));
      await page.keyboard.press("Enter");
      await until(page, () => /^\d.* hip$/.test(document.querySelector("main .status")?.textContent))
        .catch(async () => assert.fail(`${before} + ${wait} ms: ${await page.$eval("main .status", (status) => status.textContent)}`));
    }
  }
  await page.evaluate(() => sessionStorage.clear());
  await page.close();
});

test("recent searches stay in the tab until the reader keeps them, and can be taken away", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/search/#q=heel%20pain`, { waitUntil: "load" });
  await until(page, () => document.querySelector(".results a"));
  await page.focus("#search-field");
  await page.keyboard.press("Enter");
  const stored = () => page.evaluate(() => [sessionStorage, localStorage].map((place) => place.getItem("needlepoint-searches")));
  assert.deepEqual(await stored(), ['["heel pain"]', null]);
  await page.$eval("#search-field", (field) => (field.value = ""));
  await page.type("#search-field", " ");
  const press = async (at) => {
    await until(page, (at) => document.querySelectorAll("main .faq-tools button")[at], at);
    await page.evaluate((at) => document.querySelectorAll("main .faq-tools button")[at].click(), at);
  };
  await press(1);
  assert.deepEqual(await stored(), [null, '["heel pain"]']);
  await press(0);
  assert.deepEqual(await stored(), [null, null]);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("rows and shapes of the body map answer each other", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(base + PAGES.body, { waitUntil: "load" });
  const fill = () => page.$eval(".figure [data-r=knee] path", (path) => getComputedStyle(path).fill);
  const before = await fill();
  await page.hover(".regions [data-r=knee]");
  await until(page, () => document.querySelector(".figure [data-r=knee][data-hit]"));
  assert.notEqual(await fill(), before);
  await page.hover("h1");
  await page.hover(".figure [data-r=neck]");
  await until(page, () => document.querySelector(".regions [data-r=neck][data-hit]") && !document.querySelector("[data-r=knee][data-hit]"));
  await page.close();
});

test("two tabs choose settings without undoing each other, and searches leave the device when told to", async () => {
  const [first, second] = [await browser.newPage(), await browser.newPage()];
  const stored = () => first.evaluate(() => JSON.parse(localStorage.getItem("needlepoint")));
  const choose = async (page, name, value) => {
    await page.bringToFront();
    await page.click(`main input[name=${name}][value='${value}']`);
    await until(page, (name, value) => (JSON.parse(localStorage.getItem("needlepoint"))?.[name] ?? "") === value, name, value);
  };
  for (const page of [first, second]) {
    await page.goto(base + PAGES.settings, { waitUntil: "load" });
    await page.evaluate(() => document.querySelector("main input").focus());
    await page.waitForNetworkIdle();
  }
  await choose(first, "theme", "dark");
  await choose(second, "size", "150");
  await choose(first, "contrast", "more");
  assert.deepEqual(await stored(), { theme: "dark", size: "150", contrast: "more" });
  assert.equal(await second.evaluate(() => document.documentElement.dataset.contrast), "more", "the other tab follows");
  // A search in the dialog keeps the searches; the form of the page knows of it.
  await first.bringToFront();
  await searchByKey(first);
  await first.evaluate(() => sessionStorage.setItem("needlepoint-searches", '["heel pain"]'));
  await first.keyboard.type("a");
  await until(first, () => document.querySelector("dialog .results a"));
  await first.keyboard.press("Backspace");
  const press = (words) => until(first, (words) => {
    const button = [...document.querySelectorAll("dialog[open] button")].find((each) => each.textContent === words);
    button?.click();
    return button;
  }, words);
  await press("Keep on this device");
  assert.deepEqual(await stored(), { theme: "dark", size: "150", contrast: "more", searches: "device" });
  await first.keyboard.press("Escape");
  await choose(first, "size", "125");
  assert.equal((await stored()).searches, "device");
  assert.equal(await first.evaluate(() => localStorage.getItem("needlepoint-searches")), '["heel pain"]');
  await choose(second, "searches", "");
  assert.equal(await first.evaluate(() => localStorage.getItem("needlepoint-searches")), null);
  await first.bringToFront();
  await first.click("main button[type=reset]");
  assert.equal(await first.evaluate(() => localStorage.length), 0);
  await first.close();
  await second.close();
});

test("pressing Settings twice opens one dialog", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.page, { waitUntil: "load" });
  await page.evaluate(() => {
    const button = [...document.querySelectorAll("button.tool")].find((each) => each.dataset.address.endsWith("/settings/"));
    button.click();
    button.click();
  });
  await until(page, () => document.querySelector("dialog[open]"));
  await page.waitForNetworkIdle();
  assert.equal((await page.$$("dialog")).length, 1);
  await page.close();
});

test("what could not be fetched once is fetched when it is asked for again", async () => {
  const page = await browser.newPage();
  const errors = mistakes(page);
  let isGone = true;
  await page.setRequestInterception(true);
  page.on("request", (request) => (isGone && request.url().includes("/assets/strings") ? request.abort() : request.continue()));
  await page.goto(base + PAGES.settings, { waitUntil: "load" });
  await page.focus("main input");
  await page.waitForNetworkIdle();
  isGone = false;
  await page.evaluate(() => (window.isSame = true));
  await page.click("main input[name=theme][value=dark]");
  await until(page, () => document.documentElement.dataset.theme === "dark");
  assert.ok(await page.evaluate(() => window.isSame), "the page was not loaded again");
  await page.evaluate(() => localStorage.clear());
  assert.deepEqual(errors, []);
  await page.close();
});

test("a lone % in the address breaks nothing", async () => {
  const page = await browser.newPage();
  const errors = mistakes(page);
  await page.goto(`${base}/search/#q=100%`, { waitUntil: "load" });
  await until(page, () => document.querySelector("#search-field")?.value === "100%");
  await until(page, () => document.querySelector("main .status")?.textContent.length > 0);
  await page.goto(`${base}${PAGES.faq}#50%`, { waitUntil: "load" });
  await page.click(".faq-tools button");
  await until(page, () => [...document.querySelectorAll("details.faq")].every((box) => box.open));
  assert.deepEqual(errors, []);
  await page.close();
});

test("the meaning of a word is wholly on the screen, wherever the word stands", async () => {
  const page = await browser.newPage();
  for (const [width, height] of [[1280, 800], [390, 700], [320, 256]]) {
    await page.setViewport({ width, height });
    for (const block of ["end", "center", "start"]) {
      await page.goto(base + PAGES.guide, { waitUntil: "load" });
      const count = (await page.$$("main a.term")).length;
      for (let at = 0; at < count; at += 1) {
        await page.evaluate((at, block) => {
          const term = document.querySelectorAll("main a.term")[at];
          term.scrollIntoView({ block, behavior: "instant" });
          term.click();
        }, at, block);
        await until(page, (at) => document.querySelectorAll("main a.term")[at].nextElementSibling?.matches(".meaning:popover-open"), at);
        const [top, bottom, name] = await page.$eval(".meaning", (box) => {
          const { top, bottom } = box.getBoundingClientRect();
          return [top, bottom, box.textContent.slice(0, 20)];
        });
        assert.ok(top >= 0 && bottom <= height, `${name} at the ${block} of ${width} × ${height}: ${top} to ${bottom}`);
      }
    }
  }
  await page.close();
});

test("a search opened by key gives the place in the text back", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 390, height: 700 });
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  const place = () => page.evaluate(() => [scrollY, document.activeElement.textContent.slice(0, 40)]);
  const search = async () => {
    const before = await place();
    await searchByKey(page);
    await page.$eval("dialog[open]", (box) => {
      globalThis.isClosed = false;
      box.addEventListener("close", () => setTimeout(() => (globalThis.isClosed = true)));
    });
    await page.keyboard.press("Escape");
    await until(page, () => globalThis.isClosed);
    assert.deepEqual(await place(), before);
  };
  await page.evaluate(() => [...document.querySelectorAll(".body a")].at(-1).focus());
  assert.ok((await place())[0] > 500);
  await search();
  await page.evaluate(() => document.activeElement.blur());
  await search();
  await page.close();
});

test("the contents list marks the section that is read, whichever way the reader scrolls", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  const marked = (id) => until(page, (id) => {
    const links = [...document.querySelectorAll(".toc [aria-current]")];
    return id ? links.length === 1 && links[0].hash === `#${id}` : links.length === 0;
  }, id);
  const ids = await page.$$eval(".toc a", (links) => links.map((link) => decodeURIComponent(link.hash.slice(1))));
  const scroll = (id, by = 0) => page.evaluate((id, by) => {
    const top = document.getElementById(id).getBoundingClientRect().top + scrollY;
    scrollTo({ top: top + by, behavior: "instant" });
  }, id, by);
  await scroll(ids[2], -10);
  await marked(ids[2]);
  // Up, into the middle of the section before, whose heading is above the window.
  await scroll(ids[2], -300);
  await marked(ids[1]);
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await marked(null);
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
  await marked(ids.at(-1));
  await page.click(".toc li:nth-child(2) a");
  await marked(ids[1]);
  await page.close();
});

test("the search keeps its text until the tab closes, and what is typed on a result goes to the field", async () => {
  const page = await browser.newPage();
  const search = async () => {
    await page.keyboard.press("/");
    await until(page, () => document.querySelector("dialog[open] input"));
  };
  const text = () => page.$eval("dialog input", (field) => field.value);
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  await search();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0, "nothing is stored before a search");
  await page.keyboard.type("heel pai");
  await until(page, () => document.querySelector("dialog .results a")?.href.includes("plantar-fasciitis"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("n");
  assert.equal(await text(), "heel pain");
  await until(page, () => sessionStorage.getItem("needlepoint-search") === "heel pain");
  await until(page, () => document.querySelector("dialog .results a")?.href.includes("plantar-fasciitis"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("/");
  assert.ok(await page.$("dialog[open]"), "the dialog is open");
  assert.equal(await text(), "heel pain/");
  await page.keyboard.press("Backspace");
  await until(page, () => sessionStorage.getItem("needlepoint-search") === "heel pain");
  await page.goto(base + PAGES.condition, { waitUntil: "load" });
  await search();
  assert.equal(await text(), "heel pain");
  await until(page, () => document.querySelector("dialog .results a")?.href.includes("plantar-fasciitis"));
  await page.evaluate(() => sessionStorage.clear());
  await page.close();
});
