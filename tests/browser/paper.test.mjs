// The built site on paper: what stands together, and that nothing is told by colour.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { printed, sheets } from "./page.mjs";
import { PAGES, base, browser, close, until } from "./site.mjs";

after(close);

const FORMATS = ["A4", "Letter"];

/** Opens a page as paper shows it, as wide as a sheet. */
async function onPaper(page, address) {
  await page.setViewport({ width: 680, height: 900 });
  await page.goto(base + address, { waitUntil: "load" });
  await page.emulateMediaType("print");
}

test("numbers and marks of lists in columns stand beside their own text", async () => {
  const page = await browser.newPage();
  for (const address of [PAGES.condition, PAGES.faq, PAGES.explainer]) {
    await onPaper(page, address);
    const rooms = await page.$$eval(".references, .handout-foot ul", (lists) => lists.map((list) => {
      // An item that goes on in the next column has a box in each.
      const boxes = [...list.children].flatMap((item) => [...item.getClientRects()]);
      const start = Math.min(...boxes.map((box) => box.left));
      const first = boxes.filter((box) => box.left < start + 5);
      const second = boxes.filter((box) => box.left >= start + 5);
      const before = second.length ? Math.max(...first.map((box) => box.right)) : list.getBoundingClientRect().left;
      return (second.length ? Math.min(...second.map((box) => box.left)) : start) - before;
    }));
    // A number of two digits, a point and a little air take 24 pixels.
    assert.ok(rooms.length > 0 && rooms.every((room) => room >= 24), `${address}: ${rooms}`);
  }
  await page.close();
});

test("a search is printed with its words and what was found", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/search/#q=neck%20pain`, { waitUntil: "load" });
  await until(page, () => document.querySelectorAll(".results > li").length > 3);
  const titles = await page.$$eval(".result-title", (all) => all.slice(0, 3).map((title) => title.textContent));
  for (const format of FORMATS) {
    const text = await printed(page, format);
    for (const words of ["Search", "neck pain", ...titles]) assert.ok(text.includes(words), `${format} lacks ${words}`);
    for (const words of ["Search this site", "Narrow the list", "Show more"]) assert.ok(!text.includes(words), `${format} prints ${words}`);
  }
  await page.goto(`${base}/search/`, { waitUntil: "networkidle0" });
  const whole = await printed(page, "A4");
  assert.ok(!whole.includes("Search this site") && whole.includes("Neck pain"), whole.slice(0, 200));
  await page.close();
});

test("no sheet holds whom to ask alone", async () => {
  const page = await browser.newPage();
  for (const kind of ["explainer", "comparison", "guide", "faq", "condition"]) {
    await page.goto(base + PAGES[kind], { waitUntil: "load" });
    // A page that is a little longer or shorter ends elsewhere.
    for (const room of [0, 8, 16, 24]) {
      await page.$eval(".stamp", (stamp, room) => (stamp.style.paddingTop = `${room}pt`), room);
      for (const format of FORMATS) {
        const last = (await sheets(page, format)).at(-1).join(" ");
        assert.ok(last.includes("My questions"), `${format} ${kind} + ${room} ends with: ${last}`);
        assert.equal(last.match(/In an emergency, call/g).length, 1, `${format} ${kind}`);
      }
    }
  }
  await page.close();
});

test("every text is black on white", async () => {
  const page = await browser.newPage();
  for (const address of Object.values(PAGES)) {
    await onPaper(page, address);
    const colored = await page.$$eval("body *", (all) => all
      .filter((part) => part.checkVisibility() && !part.closest("svg") && [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .filter((part) => getComputedStyle(part).color !== "rgb(0, 0, 0)")
      .map((part) => `${part.className} ${getComputedStyle(part).color} ${part.textContent.slice(0, 30)}`));
    assert.deepEqual(colored, [], address);
  }
  await page.close();
});

test("a question stands on one sheet with its answer and the address that it is from", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.questions, { waitUntil: "load" });
  for (const format of FORMATS) {
    const torn = (await sheets(page, format)).slice(1).map((lines) => lines[0]).filter((line) => /^(https:|From:|\/)/.test(line));
    assert.deepEqual(torn, [], format);
  }
  await onPaper(page, PAGES.questions);
  const gaps = await page.$$eval(".faq + .faq .from", (all) => all.map((from) => {
    const top = (part) => part.getBoundingClientRect().top;
    const end = (part) => part.getBoundingClientRect().bottom;
    const own = top(from) - end(from.previousElementSibling);
    const next = from.closest(".faq").nextElementSibling;
    return next ? top(next) - end(from) - own : 1;
  }));
  assert.ok(gaps.length > 5 && gaps.every((gap) => gap > 0), `"From" belongs to the next question: ${gaps}`);
  await page.close();
});

test("every link of a list or a line of its own has its address", async () => {
  const page = await browser.newPage();
  for (const address of [PAGES.home, PAGES.region, PAGES.section, PAGES.conditions, PAGES.body, PAGES.people]) {
    await onPaper(page, address);
    const bare = await page.$$eval("main a[href]", (all) => all
      .filter((link) => link.checkVisibility() && !link.closest(".body, .care, .stamp, svg, .help, .references"))
      // "Heel pain, see Plantar fasciitis": the page named second has its own line, with its address.
      .filter((link) => ![...document.querySelectorAll(".on-paper")].some((told) => told.textContent.endsWith(link.getAttribute("href"))))
      .map((link) => link.textContent));
    assert.deepEqual(bare, [], address);
  }
  await page.close();
});

test("wide tables, long lines of code and tall pictures are whole on paper", async () => {
  const page = await browser.newPage();
  await page.goto(base + PAGES.explainer, { waitUntil: "load" });
  // What the project's own site does not have, as an article would.
  await page.evaluate(() => {
    const make = (name, className, ...children) => {
      const element = document.createElement(name);
      element.className = className;
      element.append(...children);
      return element;
    };
    const cells = Array.from({ length: 7 }, (_, n) => make("td", "", `Diclofenac-${n} extraordinarily-long-${n}`));
    const picture = make("img", "");
    picture.src = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="500" height="3000"/>')}`;
    document.querySelector(".body").prepend(
      make("div", "table wide", make("table", "", make("tbody", "", make("tr", "", ...cells)))),
      make("pre", "code", `${"word ".repeat(60)}last-word`),
      make("figure", "", picture),
    );
    return picture.decode();
  });
  await page.setViewport({ width: 680, height: 900 });
  for (const format of FORMATS) {
    const text = (await printed(page, format)).replace(/[ -]/g, "");
    assert.ok(text.includes("lastword"), `${format}: the line of code is cut off`);
    for (let n = 0; n < 7; n++) assert.ok(text.includes(`long${n}`) || text.includes(`Diclofenac${n}`), `${format}: column ${n} is cut off`);
  }
  await page.emulateMediaType("print");
  const [table, sheet, height] = await page.evaluate(() => [
    document.querySelector(".wide table").getBoundingClientRect().right,
    document.querySelector("main").getBoundingClientRect().right,
    document.querySelector("figure img").getBoundingClientRect().height,
  ]);
  assert.ok(table <= sheet + 1, `the table ends at ${table}, the sheet at ${sheet}`);
  // 230 mm are 869 pixels.
  assert.ok(height <= 870, `the picture is ${height} pixels tall`);
  await page.close();
});

test("a handout in the theme's letters takes as many sheets of US Letter as of A4", async () => {
  const page = await browser.newPage();
  for (const address of [PAGES.guide, PAGES.comparison, PAGES.condition]) {
    await page.goto(base + address, { waitUntil: "load" });
    await page.evaluate(async () => {
      await Promise.all([400, 600, 700].map((weight) => document.fonts.load(`${weight} 1em "Atkinson Next"`)));
      document.documentElement.dataset.face = "site";
      await document.fonts.ready;
    });
    const [a4, letter] = [await sheets(page, "A4"), await sheets(page, "Letter")];
    assert.equal(letter.length, a4.length, `${address}: the last sheet of Letter holds ${letter.at(-1).join(" | ")}`);
    assert.ok(letter.length <= 3, address);
  }
  await page.close();
});

test("a handout in the device's letters, as on a first visit, takes as many sheets of US Letter as of A4", async () => {
  const page = await browser.newPage();
  for (const address of [PAGES.guide, PAGES.comparison, PAGES.condition, "/articles/after-a-session/", "/articles/how-it-works/"]) {
    await page.goto(base + address, { waitUntil: "load" });
    assert.equal(await page.evaluate(() => document.documentElement.dataset.face ?? "device"), "device");
    const [a4, letter] = [await sheets(page, "A4"), await sheets(page, "Letter")];
    assert.equal(letter.length, a4.length, `${address}: the last sheet of Letter holds ${letter.at(-1).join(" | ")}`);
    assert.ok(letter.length <= 3, address);
  }
  await page.close();
});

test("what helps the reader of a handout on is not small", async () => {
  const page = await browser.newPage();
  for (const address of [PAGES.guide, PAGES.condition, PAGES.faq]) {
    await onPaper(page, address);
    const sizes = await page.$$eval(".handout-foot :is(h2, dt, dd, li, p, a)", (all) => all.map((part) => [part.textContent.slice(0, 30), parseFloat(getComputedStyle(part).fontSize)]));
    assert.ok(sizes.length > 5);
    // 11 pt are 14.67 pixels.
    assert.deepEqual(sizes.filter(([, size]) => size < 14.6), [], address);
  }
  await page.close();
});

test("on paper doors and cards are lists, and what is not printed leaves no gap", async () => {
  const page = await browser.newPage();
  for (const address of [PAGES.home, PAGES.region, PAGES.section]) {
    await onPaper(page, address);
    const boxed = await page.$$eval(".card", (all) => all.map((card) => getComputedStyle(card)).filter((style) => ["Top", "Left"].some((side) => style[`border${side}Width`] !== "0px")).length);
    assert.ok(await page.$(".card"), address);
    assert.equal(boxed, 0, address);
  }
  await onPaper(page, PAGES.condition);
  assert.ok(await page.$(".evidence .stitches"));
  const gaps = await page.$$eval(".evidence .stitches", (all) => all.filter((each) => each.getBoundingClientRect().width > 0).length);
  assert.equal(gaps, 0);
  await page.close();
});
