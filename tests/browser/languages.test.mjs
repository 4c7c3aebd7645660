// A site in three languages, one of them written from the right, in a real browser.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axeFindings, browser, built, close, overflow, serve, until } from "./site.mjs";

after(close);

const base = await serve(built("three-languages"));

test("a page leads to itself in other languages, and says where it is not translated", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/articles/soreness/`, { waitUntil: "load" });
  const alternates = await page.$$eval("link[hreflang]", (links) => links.map((link) => `${link.hreflang} ${new URL(link.href).pathname}`));
  assert.deepEqual(alternates.sort(), ["ar /ar/articles/soreness/", "en /articles/soreness/", "es /es/articles/soreness/", "x-default /articles/soreness/"]);
  await Promise.all([page.waitForNavigation(), page.click("nav.languages a[hreflang=es]")]);
  assert.equal(new URL(page.url()).pathname, "/es/articles/soreness/");
  assert.equal(await page.$eval("html", (html) => html.lang), "es");
  assert.equal(await page.$eval("nav.toc summary", (summary) => summary.textContent), "En esta página");
  await page.goto(`${base}/articles/cost/`, { waitUntil: "load" });
  const spanish = await page.$eval("nav.languages li:has([hreflang=es])", (item) => item.textContent);
  assert.match(spanish, /Español .*no está traducida/, "told to those who look for Spanish, in Spanish");
  assert.equal(await page.$eval("nav.languages a[hreflang=es]", (link) => link.pathname), "/es/");
  assert.equal((await page.$$("link[hreflang=es]")).length, 0, "search engines are told of no translation");
  await page.close();
});

test("each language is searched in itself", async () => {
  const page = await browser.newPage();
  const found = async (address) => {
    await page.goto(base + address, { waitUntil: "load" });
    await page.reload({ waitUntil: "load" });
    await until(page, () => document.querySelector("main .results a, main .status")?.textContent.length > 0);
    await until(page, () => /\d/.test(document.querySelector("main .status")?.textContent));
    return page.$$eval("main .results a", (links) => links.map((link) => link.pathname));
  };
  assert.ok((await found("/es/search/#q=dolor%20cuello")).includes("/es/conditions/neck-pain/"));
  assert.ok((await found("/search/#q=neck%20pain")).every((path) => !path.startsWith("/es/") && !path.startsWith("/ar/")));
  await page.close();
});

test("parts of the body are named in the language of the page, and what is in another language says so", async () => {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.goto(`${base}/es/conditions/neck-pain/`, { waitUntil: "load" });
  assert.equal(await page.$eval(".locator p", (line) => line.innerText), "Parte del cuerpo: Cuello (página en inglés)");
  const elsewhere = await page.$$eval("main a[hreflang], .footer-links a[hreflang]", (links) =>
    links.map((link) => `${link.hreflang} ${link.pathname} ${link.innerText}`));
  assert.deepEqual(elsewhere, ["en /body/neck/ Cuello (página en inglés)", "en /body/ ¿Dónde le duele? (página en inglés)"]);
  await page.goto(`${base}/es/conditions/`, { waitUntil: "load" });
  const groups = await page.$$eval("main ul.links li", (items) => items.map((item) => item.innerText.trim()));
  assert.deepEqual(groups, ["Cuello: Dolor de cuello"], "a region without pages in Spanish is left out");
  await page.goto(`${base}/es/search/#q=dolor%20cuello`, { waitUntil: "load" });
  await page.reload({ waitUntil: "load" });
  await until(page, () => document.querySelector("main .results p.soft"));
  assert.equal(await page.$eval("main .results p.soft", (line) => line.textContent), "Afección · Cuello");
  const wrong = [];
  for (const width of [320, 1280]) {
    await page.setViewport({ width, height: 900 });
    for (const address of ["/es/conditions/", "/es/conditions/neck-pain/"]) {
      await page.goto(base + address, { waitUntil: "load" });
      wrong.push(...await axeFindings(page, `${address} at ${width}`));
      const out = await overflow(page);
      if (out > 0) wrong.push(`${address} is ${out} px too wide at ${width}`);
    }
  }
  await page.goto(`${base}/conditions/neck-pain/`, { waitUntil: "load" });
  assert.equal((await page.$$("main a[hreflang], .footer-links a[hreflang]")).length, 0);
  assert.deepEqual(wrong, []);
  await page.close();
});

test("an emergency is told of in the words of the page, and in another language only where there are none", async () => {
  const page = await browser.newPage();
  const card = async (address) => {
    await page.goto(base + address, { waitUntil: "load" });
    await page.reload({ waitUntil: "load" });
    await until(page, () => document.querySelector("main .care-emergency"));
    return page.$eval("main .care-emergency", (card) => [card.lang, card.querySelector("li").textContent, card.querySelector(".visually-hidden").lang]);
  };
  assert.deepEqual(await card("/es/search/#q=dolor%20de%20pecho"), ["", "le falta el aire", ""]);
  assert.deepEqual(await card("/search/#q=chest%20pain"), ["", "you are short of breath", ""]);
  assert.deepEqual(await card("/ar/search/#q=chest%20pain"), ["en", "you are short of breath", "ar"]);
  assert.equal(await page.$eval("main .care-emergency", (card) => getComputedStyle(card).direction), "ltr", "English is written from the left");
  await page.close();
});

test("a language from the right is laid out from the right, without sideways scroll", async () => {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  const wrong = [];
  for (const width of [320, 390, 1280]) {
    await page.setViewport({ width, height: 900 });
    for (const address of ["/ar/", "/ar/articles/soreness/", "/ar/search/", "/ar/settings/"]) {
      await page.goto(base + address, { waitUntil: "load" });
      assert.equal(await page.$eval("html", (html) => html.dir), "rtl");
      wrong.push(...await axeFindings(page, `${address} at ${width}`));
      // In a page from the right, what does not fit sticks out on the left.
      const out = await page.evaluate(() => Math.max(document.documentElement.scrollWidth - innerWidth, -document.documentElement.scrollLeft));
      if (out > 0) wrong.push(`${address} is ${out} px too wide at ${width}`);
    }
  }
  await page.goto(`${base}/ar/articles/soreness/`, { waitUntil: "load" });
  const [heading, main] = await page.evaluate(() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector("h1"));
    return [range.getBoundingClientRect().right, document.querySelector("main").getBoundingClientRect().right];
  });
  assert.ok(main - heading < 60, "the heading begins at the right");
  assert.deepEqual(wrong, []);
  await page.close();
});

test("a table written from the right begins at its edge", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`${base}/ar/articles/soreness/`, { waitUntil: "load" });
  const [start, end] = await page.$eval(".body td, .body th", (cell) => [getComputedStyle(cell).paddingRight, getComputedStyle(cell).paddingLeft]);
  assert.equal(start, "0px");
  assert.notEqual(end, "0px");
  await page.close();
});
