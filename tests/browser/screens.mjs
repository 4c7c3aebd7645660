// Pictures of every template, to be looked at: node screens.mjs FOLDER [NAME …]
import fs from "node:fs";
import path from "node:path";
import { PAGES, base, browser, built, close, emulate, serve } from "./site.mjs";

const [folder, ...names] = process.argv.slice(2);
if (!folder) throw new Error("name a folder for the pictures");
fs.mkdirSync(folder, { recursive: true });
const small = await serve(built("small-site"));
const languages = await serve(built("three-languages"));
const all = Object.entries(PAGES).map(([name, address]) => [name, base + address]);
all.push(
  ["tags", `${small}/tags/`], ["tag", `${small}/tags/money/`], ["withdrawn", `${small}/articles/gone/`],
  ["spanish", `${languages}/es/articles/soreness/`], ["from-the-right", `${languages}/ar/articles/soreness/`],
  ["found", `${base}/search/#q=neck%20pain`], ["nothing-found", `${base}/search/#q=qwxzv`],
);
const looks = [
  ["phone", 320, { colors: "light" }], ["phone-dark", 390, { colors: "dark" }],
  ["contrast", 390, { colors: "light", contrast: true }], ["desktop", 1280, { colors: "light" }], ["desktop-dark", 1280, { colors: "dark" }],
  ["forced", 390, { colors: "dark", forced: true }],
];
for (const [name, address] of all.filter(([name]) => names.length === 0 || names.includes(name))) {
  for (const [look, width, media] of looks) {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 900 });
    await emulate(page, media);
    await page.goto(address, { waitUntil: "networkidle0" });
    await page.screenshot({ path: path.join(folder, `${name}-${look}.png`), fullPage: true });
    await page.close();
  }
  const page = await browser.newPage();
  await page.goto(address, { waitUntil: "networkidle0" });
  await page.pdf({ path: path.join(folder, `${name}.pdf`), format: "A4" });
  await page.close();
}
await close();
