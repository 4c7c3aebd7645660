// What tests ask of a page: its sheets on paper, what it tells assistive technology, what goes wrong in it.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** The lines of each sheet of a page as it is printed, without empty ones. */
export async function sheets(page, format) {
  const file = path.join(os.tmpdir(), `needlepoint-paper-${process.pid}.pdf`);
  await page.pdf({ format, path: file });
  const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
  fs.rmSync(file);
  const all = text.split("\f").map((sheet) => sheet.split("\n").map((line) => line.trim()).filter(Boolean));
  return all.filter((lines) => lines.length > 0);
}

/** The text of a page as it is printed, or of its first sheets, with single spaces. */
export async function printed(page, format, count = Infinity) {
  return (await sheets(page, format)).slice(0, count).flat().join(" ").replace(/\s+/g, " ");
}

/** Roles and names of what a page tells assistive technology. */
export async function accessible(page) {
  const session = await page.createCDPSession();
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes.filter((node) => !node.ignored).map((node) => ({ role: node.role.value, name: node.name?.value ?? "" }));
}

/** The mistakes of scripts in a page from now on, as they come. */
export function mistakes(page) {
  const list = [];
  page.on("pageerror", (error) => list.push(String(error)));
  return list;
}

/** Opens the search by its key. */
export async function searchByKey(page) {
  await page.keyboard.down("Control");
  await page.keyboard.press("k");
  await page.keyboard.up("Control");
  await page.waitForFunction(() => document.querySelector("dialog[open] input"), { timeout: 10_000 });
}
