// The built site in a real browser.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import zlib from "node:zlib";
import { axe, base, browser, close, root, until } from "./site.mjs";

after(close);

const PAGES = [
  "/", "/articles/", "/articles/what-is-dry-needling/", "/articles/dry-needling-vs-acupuncture/",
  "/articles/what-to-expect/", "/articles/faqs/", "/conditions/", "/conditions/neck-pain/", "/body/", "/body/knee/",
  "/glossary/", "/references/", "/questions/", "/search/", "/settings/", "/people/", "/people/editorial-team/",
  "/about/privacy/", "/404.html",
];

const brotli = (bytes) => zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

async function emulate(page, { colors, contrast, forced }) {
  const features = [{ name: "prefers-color-scheme", value: colors }];
  if (contrast) features.push({ name: "prefers-contrast", value: "more" });
  if (forced) features.push({ name: "forced-colors", value: "active" });
  const session = await page.createCDPSession();
  await session.send("Emulation.setEmulatedMedia", { features });
}

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
    for (const address of PAGES) {
      await page.goto(base + address, { waitUntil: "load" });
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run({
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "wcag2aaa"],
        resultTypes: ["violations"],
        rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
      }));
      for (const violation of found.violations) wrong.push(`${address} ${violation.id} ${violation.nodes[0].target}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) wrong.push(`${address} is ${overflow} px too wide`);
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

test("a search for an emergency shows its care card first", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/search/#q=chest%20pain`, { waitUntil: "load" });
  await until(page, () => document.querySelector("[data-search-page] .care, main .care"));
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
  const reports = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => message.type() === "error" && !/404/.test(message.text()) && reports.push(message.text()));
  page.on("pageerror", (error) => reports.push(String(error)));
  for (const address of PAGES) await page.goto(base + address, { waitUntil: "load" });
  const stored = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  assert.equal(stored, 0);
  assert.deepEqual(asked.filter((url) => !url.startsWith(base) && !url.startsWith("data:")), []);
  assert.deepEqual(reports, []);
  await page.close();
});

test("without script pages are whole: text, body map links, all pages in a list", async () => {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(`${base}/body/`);
  assert.ok((await page.$$("main ul a")).length > 5, "regions are links");
  await page.goto(`${base}/search/`);
  assert.ok((await page.$$("main a")).length > 50, "the search page lists all pages");
  await page.goto(`${base}/articles/faqs/`);
  assert.ok((await page.$$("details.faq")).length >= 10);
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

test("the handout holds title, address and answers, on A4 and US Letter", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/articles/faqs/`, { waitUntil: "load" });
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format });
    assert.ok(pdf.length > 10_000, format);
  }
  await page.emulateMediaType("print");
  const hidden = await page.$eval("header.site-header", (header) => getComputedStyle(header).display);
  assert.equal(hidden, "none");
  await page.close();
});

test("text stays readable in forced colours", async () => {
  const page = await browser.newPage();
  await emulate(page, { colors: "dark", forced: true });
  await page.goto(`${base}/conditions/neck-pain/`, { waitUntil: "load" });
  const border = await page.$eval(".care", (card) => getComputedStyle(card).borderTopStyle);
  assert.notEqual(border, "none");
  await page.close();
});

test("the first view is small: budgets in bytes after Brotli", () => {
  const read = (file) => fs.readFileSync(path.join(root, file));
  const assets = fs.readdirSync(path.join(root, "assets"));
  const asset = (start, end) => read(`assets/${assets.find((name) => name.startsWith(start) && name.endsWith(end))}`);
  const css = brotli(asset("site.", ".css"));
  const script = brotli(asset("early.", ".js")) + brotli(asset("site.", ".js"));
  assert.ok(css <= 8 * 1024, `style sheet ${css}`);
  assert.ok(script <= 4 * 1024, `script before interaction ${script}`);
  for (const address of PAGES.filter((address) => address.endsWith("/"))) {
    const html = brotli(read(`${address.slice(1)}index.html`));
    const limit = ["/search/", "/questions/", "/glossary/", "/references/"].includes(address) ? 18 : 8;
    assert.ok(html <= limit * 1024, `${address} ${html}`);
    if (limit === 8) assert.ok(html + css + script <= 18 * 1024, `first view of ${address}: ${html + css + script}`);
  }
});
