// What a reader sees where something cannot be fetched.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { mistakes } from "./page.mjs";
import { PAGES, base, browser, close, until } from "./site.mjs";

after(close);

/** A page that fetches nothing but itself and what it begins with, as where the connection is lost after it loaded. */
async function cutOff(address) {
  // Nothing is in the cache yet.
  const page = await (await browser.createBrowserContext()).newPage();
  const errors = mistakes(page);
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
    const before = await page.$("main [role=alert]");
    await press(page);
    await until(page, (before) => !before.isConnected && document.querySelectorAll("main [role=alert]").length === 1, before);
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
  const errors = mistakes(page);
  await page.goto(base + PAGES.faq, { waitUntil: "load" });
  await page.click("details.faq summary");
  await until(page, () => document.querySelector(".answer .plain-button"));
  await page.click(".answer .plain-button");
  await until(page, (address) => document.querySelector(".answer [role=status]").textContent.startsWith(address), base + PAGES.faq);
  assert.deepEqual(errors, []);
  await page.close();
});

test("what leads away where a script is missing stays where nothing can be fetched", async () => {
  const { page, errors } = await cutOff(PAGES.guide);
  await page.evaluate(() => document.querySelector("button.tool").click());
  await until(page, () => /did not load/.test(document.querySelector("header [role=alert]")?.textContent));
  await page.focus("main a.term");
  await page.keyboard.press("Enter");
  await told(page);
  assert.equal(page.url(), base + PAGES.guide);
  assert.deepEqual(errors, []);
  await page.browserContext().close();
});

test("where the script does not come, or breaks, the page is one without script", async () => {
  for (const answer of [{ status: 404, body: "" }, { contentType: "text/javascript", body: "this is no script" }]) {
    const page = await browser.newPage();
    await page.setRequestInterception(true);
    page.on("request", (request) => (/\/assets\/site\.[^/]*js/.test(request.url()) ? request.respond(answer) : request.continue()));
    for (const address of ["/", "/search/"]) {
      await page.goto(base + address, { waitUntil: "networkidle0" });
      assert.ok(await page.$eval(".no-script", (part) => part.checkVisibility()), `${address} ${answer.status ?? ""}`);
    }
    await page.goto(base + PAGES.settings, { waitUntil: "networkidle0" });
    assert.ok(await page.$eval(".wait", (room) => room.getBoundingClientRect().height) < 10, "no room is kept for what does not come");
    await page.close();
  }
});

test("where the script is long in coming, the page is one without script until it comes", async () => {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  let late;
  page.on("request", (request) => (/\/assets\/site\.[^/]*js/.test(request.url()) ? (late = request) : request.continue()));
  // The page has loaded only when its script has.
  const loaded = page.goto(base);
  await page.waitForSelector(".no-script");
  await until(page, () => document.querySelector(".no-script").checkVisibility());
  await late.continue();
  await loaded;
  await until(page, () => document.querySelector("#search-field") && !document.querySelector(".no-script").checkVisibility());
  await page.close();
});
