// The dialogs of search and reading settings.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { searchByKey } from "./page.mjs";
import { PAGES, base, browser, close, overflow, until } from "./site.mjs";

after(close);

const open = async (page, name) => {
  await page.evaluate((name) => [...document.querySelectorAll("button.tool")].find((each) => each.textContent.trim() === name).click(), name);
  await until(page, () => document.querySelector("dialog[open]"));
};

test("a tap on an empty part of a dialog leaves it open, one beside it closes it", async () => {
  const page = await browser.newPage();
  for (const [width, height] of [[390, 844], [1280, 800]]) {
    await page.setViewport({ width, height });
    for (const name of ["Search", "Settings"]) {
      await page.goto(base + PAGES.explainer, { waitUntil: "load" });
      await open(page, name);
      const { left, top, right, bottom } = await page.$eval("dialog[open]", (box) => {
        const { left, top, right, bottom } = box.getBoundingClientRect();
        return { left, top, right, bottom };
      });
      for (const [x, y] of [[left + 4, (top + bottom) / 2], [(left + right) / 2, bottom - 4]]) {
        await page.mouse.click(x, y);
        assert.ok(await page.$("dialog[open]"), `${name} at ${width} px closed by a click at ${x}, ${y}`);
      }
      if (width < 640) continue;
      await page.mouse.click(right + 40, (top + bottom) / 2);
      await until(page, () => !document.querySelector("dialog[open]"));
    }
  }
  await page.close();
});

test("search takes the place of the settings that are open, and gives the focus back to where it was before both", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  // The second time all is fetched already.
  for (const time of ["first", "second"]) {
    const opener = await page.evaluateHandle(() => [...document.querySelectorAll("button.tool")].at(-1));
    await opener.focus();
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector("dialog[open] input[type=radio]"));
    await searchByKey(page);
    await until(page, () => document.querySelector("dialog[open] .search-form"));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await page.keyboard.type("heel");
    assert.equal(await page.$eval("dialog[open] input", (field) => field.value), "heel", `the ${time} time`);
    assert.equal((await page.$$("dialog[open]")).length, 1);
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector("dialog[open]"));
    await until(page, (opener) => document.activeElement === opener, opener);
  }
  await page.evaluate(() => sessionStorage.clear());
  await page.close();
});

test("a result on the page at hand, and a search on the search page, close the dialog", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 390, height: 844 });
  await page.goto(base + PAGES.condition, { waitUntil: "load" });
  await open(page, "Search");
  await page.keyboard.type("neck stiffness symptoms");
  await until(page, () => document.querySelector("dialog .results a[href*='/neck-pain/#']"));
  await page.click("dialog .results a[href*='/neck-pain/#']");
  await until(page, () => !document.querySelector("dialog[open]") && location.hash.length > 1);
  assert.ok(await page.evaluate(() => Math.abs(document.getElementById(location.hash.slice(1)).getBoundingClientRect().top) < 400), "its place is seen");
  await page.goto(`${base}/search/`, { waitUntil: "load" });
  await open(page, "Search");
  await page.$eval("dialog input", (field) => (field.value = ""));
  await page.type("dialog input", "cost");
  await page.keyboard.press("Enter");
  await until(page, () => !document.querySelector("dialog[open]") && document.querySelector("main .results a"));
  assert.equal(page.url(), `${base}/search/#q=cost`);
  await page.evaluate(() => sessionStorage.clear());
  await page.close();
});

test("an emergency is told at once and once, with its urgency in words and a number to tap", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  await open(page, "Search");
  await page.keyboard.type("chest pain");
  await until(page, () => document.querySelector("dialog [role=alert] .care"));
  const card = await page.$("dialog .care");
  await page.keyboard.type(" after");
  await until(page, () => /after/.test(document.querySelector("dialog .status").textContent));
  assert.ok(await card.evaluate((each) => each.isConnected), "the same card is not told again with each letter");
  assert.match(await card.$eval(".care-head", (head) => head.textContent), /^Emergency care: Call 911 now if:$/);
  assert.equal(await card.$eval("a", (link) => link.getAttribute("href")), "tel:911");
  const heads = await page.$$eval("dialog .care-head", (all) => all.map((head) => head.textContent));
  assert.equal(new Set(heads).size, heads.length, "one card for one thing to do");
  await page.$eval("dialog input", (field) => {
    field.value = "heel pain";
    field.dispatchEvent(new Event("input"));
  });
  await until(page, () => !document.querySelector("dialog .care"));
  await page.evaluate(() => sessionStorage.clear());
  await page.close();
});

test("lists and results fit a phone with the largest letters", async () => {
  const page = await browser.newPage();
  // The browser's own letters at 200 %.
  await page.setViewport({ width: 390, height: 700 });
  await page.goto(base + PAGES.conditions, { waitUntil: "load" });
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":root { font-size: 200% }");
    document.adoptedStyleSheets = [sheet];
  });
  assert.ok(await overflow(page) <= 0, `${await overflow(page)} px too wide`);
  await page.setViewport({ width: 320, height: 700 });
  await page.goto(`${base}/search/#q=jaw%20pain`, { waitUntil: "load" });
  await page.evaluate(() => (document.documentElement.dataset.size = "150"));
  await until(page, () => document.querySelector("main .results a"));
  assert.ok(await overflow(page) <= 0, `${await overflow(page)} px too wide`);
  await page.close();
});

test("settings that cannot be kept are not said to be, and the page of settings needs no dialog", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.settings, { waitUntil: "load" });
  await page.evaluate(() => [...document.querySelectorAll("button.tool")].at(-1).click());
  await until(page, () => document.activeElement.matches("main input"));
  assert.equal(await page.$("dialog"), null);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new Error("no storage");
    };
  });
  await page.click("main input[name=theme][value=dark]");
  await until(page, () => document.querySelector("main .status").textContent);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.match(await page.$eval("main .status", (status) => status.textContent), /^Holds for this page/);
  await page.close();
});
