// The preview in a real browser: an edit shows without a reload, errors appear and go, pages are followed.
//
// node tests/browser/preview.mjs PROGRAM

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { launch } from "./chromium.mjs";

const site = mkdtempSync(join(tmpdir(), "needlepoint-site-"));
const write = (path, text) => {
  mkdirSync(join(site, path, ".."), { recursive: true });
  writeFileSync(join(site, path), text);
};
const filler = Array.from({ length: 40 }, (_, at) => `Paragraph ${at} says something about muscles and pain.`).join("\n\n");
const article = (body, title = "Article") =>
  `+++\ntitle = "${title}"\ndescription = "An article about one thing."\nkind = "page"\n+++\n\nThe first words.\n\n${body}\n\n${filler}\n\n## Questions\n\n<details><summary>More</summary>Hidden words.</details>\n\nThe last words.\n`;

write("needlepoint.toml", 'title = "Site"\nbase_url = "https://example.org"\nlanguage = "en"\n');
write("content/_index.md", '+++\ntitle = "Home"\n+++\n\nWelcome.\n');
write("content/a.md", article("before"));
write("content/other.md", article("other words", "Other"));

let said = "";
/** Starts the preview on a port, with flags. */
async function serve(port, ...flags) {
  said = "";
  const program = spawn(process.argv[2], ["serve", "--port", port, "--root", site, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  program.stderr.on("data", (chunk) => (said += chunk));
  while (!/http:\S+/.test(said)) await new Promise((resolve) => setTimeout(resolve, 20));
  return program;
}
let program = await serve("0");
const root = said.match(/http:\S+/)[0];

const browser = await launch();
const bar = 'document.querySelector("needlepoint-bar").shadowRoot';
try {
  await browser.open(`${root}a/`);
  await browser.until(`${bar}.querySelector(".facts").textContent.includes("content/a.md")`);
  await browser.value(`window.mark = "same page";
    document.querySelector("details").open = true;
    document.querySelector("main a, main summary").focus();
    const added = document.createElement("button");
    added.id = "added-by-a-script";
    document.querySelector("main p").append(added);
    scrollTo(0, 600)`);
  const focus = await browser.value("document.activeElement.outerHTML");
  const scroll = await browser.value("scrollY");
  assert.ok(scroll > 300, `the page scrolls: ${scroll}`);

  write("content/a.md", article("after"));
  const edit = await browser.until('document.querySelector("main").textContent.includes("after")');
  assert.equal(await browser.value("window.mark"), "same page", "no reload");
  assert.equal(await browser.value("scrollY"), scroll, "the place in the page stays");
  assert.ok(await browser.value('document.querySelector("details").open'), "what the reader opened stays open");
  assert.equal(await browser.value("document.activeElement.outerHTML"), focus, "the focus stays");
  assert.ok(await browser.value('!!document.getElementById("added-by-a-script")'), "what a script added stays");

  write("content/a.md", article("after\n\n- one\n- two\n\nA new paragraph."));
  await browser.until('document.querySelector("main").textContent.includes("A new paragraph.")');
  const plain = 'fetch("?needlepoint=plain").then((answer) => answer.text())';
  const texts = `(${plain}).then((text) => {
    const clean = (words) => words.replace(/\\s+/g, " ").trim();
    const main = text.slice(text.indexOf("<main"), text.indexOf("</main>")).replace(/<[^>]*>/g, " ");
    return clean(main.replace(/&#39;|&#x27;/g, "'")) === clean(document.querySelector("main").innerHTML.replace(/<[^>]*>/g, " "));
  })`;
  assert.ok(await browser.value(texts), "the page on screen says what a fresh page says");

  const sheet = 'getComputedStyle(document.querySelector("main p")).getPropertyValue("--edited").trim()';
  write("assets/css/base.css", "@layer base { p { --edited: yes; } }\n");
  await browser.until(`${sheet} === "yes"`);
  assert.equal(await browser.value("window.mark"), "same page", "a style sheet needs no reload");
  rmSync(join(site, "assets/css/base.css"));
  await browser.until(`${sheet} === ""`);

  // The author types in the page's own field while an error appears.
  await browser.value(`const field = document.createElement("input");
    field.id = "typing";
    document.querySelector("main .body p").append(field);
    field.focus({ preventScroll: true })`);
  write("content/a.md", article("after\n\n[gone](nowhere.md)"));
  await browser.until(`!${bar}.querySelector(".overlay").hidden`);
  assert.equal(await browser.value("document.activeElement.id"), "typing", "the errors do not take the focus");
  assert.match(await browser.value(`${bar}.querySelector("[role=alert]").textContent`), /^1 error to mend: .*content\/a\.md, line \d+$/);
  await browser.key("Escape");
  assert.ok(await browser.value(`${bar}.querySelector(".overlay").hidden`), "Esc folds the errors from anywhere");
  assert.equal(await browser.value("document.activeElement.id"), "typing");
  write("content/a.md", article(`after\n\n[gone](nowhere.md)\n\n${"Many words. ".repeat(20)}[lost](nowhere-else.md)`));
  await browser.until(`!${bar}.querySelector(".overlay").hidden`);
  const excerpt = await browser.value(`[...${bar}.querySelectorAll(".overlay pre")].at(-1).textContent`);
  const [line, marker] = excerpt.split("\n");
  assert.match(line, /^….*\[lost\]\(nowhere-else\.md\)$/, "of a long line the part that is meant");
  assert.equal(line.slice(marker.indexOf("^"), marker.length), "nowhere-else.md");
  await browser.value('document.getElementById("typing").remove()');
  assert.match(await browser.value(`${bar}.querySelector(".overlay").textContent`), /nowhere\.md/);
  write("content/a.md", article("mended"));
  await browser.until(`${bar}.querySelector(".overlay").hidden`);
  await browser.until('document.querySelector("main").textContent.includes("mended")');
  assert.equal(await browser.value("window.mark"), "same page", "no reload");

  write("content/a.md", "+++\ntitle = \"Article\nkind = broken");
  await browser.until(`!${bar}.querySelector(".ribbon").hidden`);
  assert.match(await browser.value('document.querySelector("main").textContent'), /mended/, "the last good page stays");
  await browser.until(`/^content\\/a\\.md, line 1: .*as it last was/.test(${bar}.querySelector(".ribbon").textContent)`);
  write("content/a.md", article("whole again"));
  await browser.until(`${bar}.querySelector(".ribbon").hidden`);
  await browser.until('document.querySelector("main").textContent.includes("whole again")');

  write("content/other.md", article("changed elsewhere", "Other"));
  await browser.until(`${bar}.querySelector(".notice").textContent.includes("/other/")`);

  renameSync(join(site, "content/a.md"), join(site, "content/moved.md"));
  await browser.until('location.pathname === "/moved/"');
  await browser.until(`document.querySelector("main").textContent.includes("whole again")`);

  const later = '+++\ntitle = "Later"\ndescription = "A page."\nkind = "page"\ndraft = true\ndate = 2099-01-01\n+++\n\nNot yet [gone](x.md).\n';
  write("content/later.md", later);
  await browser.until('fetch("/later/").then((answer) => answer.ok)');
  await browser.open(`${root}later/`);
  const facts = `${bar}.querySelector(".facts")`;
  await browser.until(`${facts}.textContent.includes("content/later.md")`);
  assert.match(await browser.value(`${facts}.textContent`), /Draft.*Dated 2099-01-01, in the future/);
  const places = `[...${bar}.querySelectorAll(".file")].map((place) => place.localName).join()`;
  await browser.until(`!${bar}.querySelector(".overlay").hidden`);
  assert.equal(await browser.value(places), "span,span", "no link to an editor that nobody named");
  write("needlepoint.toml", 'title = "Site"\nbase_url = "https://example.org"\nlanguage = "en"\neditor = "vscode://file/{path}:{line}:{column}"\n');
  await browser.until(`${places} === "a,a"`);
  // Wherever a link leads to a draft, it is marked, in search results too.
  write("content/_index.md", '+++\ntitle = "Home"\n+++\n\nWelcome to [what comes later](later.md), and to [another](other.md).\n');
  await browser.open(root);
  await browser.until(`${facts}.textContent.includes("content/_index.md")`);
  const mark = (path) => `getComputedStyle(document.querySelector('main a[href="${path}"]'), "::before").content`;
  await browser.until(`${mark("/later/")} === '"Draft"'`);
  await browser.until(`${mark("/other/")} === "none"`);
  await browser.open(`${root}search/#q=later`);
  const result = 'document.querySelector("main .result-title")';
  await browser.until(`${result}.textContent === "Later" && getComputedStyle(${result}, "::before").content === '"Draft"'`);
  // A page that has searched finds what is written afterwards, without a reload.
  for (const animal of ["numbats", "quokkas", "wombats"]) {
    write("content/later.md", later.replace("Not yet", `Not yet ${animal}`));
    await browser.until(`fetch("/later/").then((answer) => answer.text()).then((page) => page.includes("${animal}"))`);
    const type = `(field => { field.value = "${animal}"; field.dispatchEvent(new Event("input")); })(document.querySelector("main input"))`;
    await browser.until(`(${type}, new Promise((done) => setTimeout(done, 300))).then(() => document.querySelector("main mark")?.textContent === "${animal}")`);
    assert.equal(await browser.value(`${result}.textContent`), "Later");
  }
  write("content/_index.md", '+++\ntitle = "Home"\n+++\n\nWelcome.\n');
  rmSync(join(site, "content/later.md"));

  await browser.open(`${root}nowhere-yet/`);
  write("content/nowhere-yet.md", article("now it is", "New"));
  await browser.until('document.querySelector("main").textContent.includes("now it is")');

  for (const breakIt of [
    () => write("needlepoint.toml", 'title = "Site"\nbase_url = "https://example.org"\nnonsense = 1\n'),
    () => write("needlepoint.toml", 'title = "Site\n'),
    () => rmSync(join(site, "needlepoint.toml")),
  ]) {
    breakIt();
    await browser.until(`!${bar}.querySelector(".overlay").hidden`);
    await browser.until(`/^needlepoint\\.toml, line \\d+: .*with this file as it last was/.test(${bar}.querySelector(".ribbon").textContent)`);
    assert.equal(await browser.value(`${bar}.querySelectorAll(".overlay .problem").length`), 1, "one mistake, one error");
    assert.match(await browser.value("document.title"), /Site/, "the page stays as it was");
    assert.doesNotMatch(await browser.value(`${facts}.textContent`), /elsewhere/);
    write("needlepoint.toml", 'title = "Site"\nbase_url = "https://example.org"\nlanguage = "en"\n');
    await browser.until(`${bar}.querySelector(".overlay").hidden`);
    await browser.until(`${bar}.querySelector(".ribbon").hidden`);
  }
  write("needlepoint.toml", 'title = "New title"\nbase_url = "https://example.org"\nlanguage = "en"\n');
  await browser.until('document.title.includes("New title")');

  const earlier = browser.complaints();
  // Listened for before the end, which may come at once.
  const ended = new Promise((resolve) => program.on("exit", resolve));
  program.kill();
  await browser.until(`${bar}.querySelector(".notice").textContent.includes("Preview stopped")`);
  write("content/nowhere-yet.md", article("edited while the preview was away", "New"));
  await ended;
  program = await serve(new URL(root).port, "--follow");
  await browser.until('document.querySelector("main").textContent.includes("while the preview was away")', 10_000);
  await browser.until(`!${bar}.querySelector(".notice").textContent.includes("Preview stopped")`);
  // A hidden page hears nothing, and catches up when it is looked at again.
  const hide = (isHidden) => `Object.defineProperty(document, "hidden", { value: ${isHidden}, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"))`;
  await browser.value(hide(true));
  write("content/nowhere-yet.md", article("edited while the page was hidden", "New"));
  await browser.until('fetch("?needlepoint=plain").then((answer) => answer.text()).then((text) => text.includes("page was hidden"))');
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.ok(!(await browser.value('document.querySelector("main").textContent.includes("page was hidden")')));
  await browser.value(hide(false));
  await browser.until('document.querySelector("main").textContent.includes("page was hidden")');

  // The page goes where the author works.
  write("content/other.md", article("the author went on here", "Other"));
  await browser.until('location.pathname === "/other/" && document.querySelector("main").textContent.includes("went on here")');
  rmSync(join(site, "content/other.md"));
  await browser.until(`/^This page is gone from the site/.test(${bar}.querySelector(".ribbon").textContent)`);
  assert.match(await browser.value('document.querySelector("main").textContent'), /went on here/);
  write("content/other.md", article("and is back", "Other"));
  await browser.until(`${bar}.querySelector(".ribbon").hidden && document.querySelector("main").textContent.includes("is back")`);
  // That nobody answered in between is known.
  browser.complaints();

  // Two pages are asked for before they are there.
  const complaints = earlier.filter((words) => !/\/(nowhere-yet|later)\//.test(words));
  assert.deepEqual(complaints, [], "no exception, no violation of the page's own policy");
  console.log(`preview in Chromium: all as it should be; an edit showed after ${Math.round(edit)} ms`);
} catch (error) {
  console.error(said);
  console.error(browser.complaints());
  throw error;
} finally {
  await browser.close();
  program.kill();
  rmSync(site, { recursive: true, force: true });
}
