// What a reader sees where something cannot be fetched.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { PAGES, base, browser, close, until } from "./site.mjs";

after(close);

/** A page that fetches nothing but itself and what it begins with, as where the connection is lost after it loaded. */
async function cutOff(address) {
  // Nothing is in the cache yet.
  const page = await (await browser.createBrowserContext()).newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(base + address, { waitUntil: "networkidle0" });
  await page.setOfflineMode(true);
  return { page, errors };
}

const told = (page) => until(page, () => /did not load/.test(document.querySelector("main [role=alert]")?.textContent));

test("a control whose script cannot be fetched says so, and works once the reader is online", async () => {
  for (const [address, press, works] of [
    ["/", async (page) => {
      await page.type("#search-field", "heel pain");
      await page.keyboard.press("Enter");
    }, () => document.querySelector(".results a")?.href.includes("plantar-fasciitis")],
    ["/search/", async (page) => {
      await page.$eval("#search-field", (field) => (field.value = ""));
      await page.type("#search-field", "heel pain");
      await page.keyboard.press("Enter");
    }, () => document.querySelector(".results a")?.href.includes("plantar-fasciitis")],
    [PAGES.faq, (page) => page.click(".faq-tools button")],
    [PAGES.questions, (page) => page.click(".faq-tools button")],
    [PAGES.settings, (page) => page.click("main input[name=theme][value=dark]")],
    [PAGES["not-found"], (page) => page.click("main button")],
  ]) {
    const { page, errors } = await cutOff(address);
    await press(page);
    await told(page);
    await press(page);
    await until(page, () => document.querySelectorAll("main [role=alert]").length === 1);
    await page.setOfflineMode(false);
    if (works) {
      await press(page);
      await until(page, works);
    }
    assert.deepEqual(errors, [], address);
    await page.browserContext().close();
  }
});

test("what only adds comfort fails in silence", async () => {
  for (const [address, use] of [
    [PAGES.explainer, (page) => page.evaluate(() => scrollTo(0, 900))],
    [PAGES.body, (page) => page.hover(".regions a")],
    [PAGES.faq, (page) => page.click("details.faq summary")],
  ]) {
    const { page, errors } = await cutOff(address);
    await page.setViewport({ width: 1280, height: 800 });
    const failed = new Promise((resolve) => page.on("requestfailed", resolve));
    await use(page);
    await failed;
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    assert.deepEqual(errors, [], address);
    await page.browserContext().close();
  }
});

test("where the browser does not let it copy, the address of an answer is shown", async () => {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } });
  });
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(base + PAGES.faq, { waitUntil: "load" });
  await page.click("details.faq summary");
  await until(page, () => document.querySelector(".answer .plain-button"));
  await page.click(".answer .plain-button");
  await until(page, (address) => document.querySelector(".answer [role=status]").textContent.startsWith(address), base + PAGES.faq);
  assert.deepEqual(errors, []);
  await page.close();
});
