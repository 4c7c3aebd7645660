// Built sites on loopback, with the headers of their own _headers file, and a browser to look at them.
//
// NEEDLEPOINT names the program that builds fixtures, SITE the folder of the built site, CHROMIUM the browser.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import puppeteer from "puppeteer-core";

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.resolve(here, "../..");

/** The project's own site, built. */
export const root = path.resolve(process.env.SITE ?? path.join(repository, "public"));

/** The program. */
export const needlepoint = path.resolve(process.env.NEEDLEPOINT ?? path.join(repository, "target/release/needlepoint"));

const types = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2", ".png": "image/png",
  ".webp": "image/webp", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

const isText = (type) => /text|json|xml|javascript/.test(type);

const servers = [];

/** Serves a built site as a host would: its own policy, compressed, assets kept for ever; its address. */
export async function serve(folder) {
  const policy = fs.readFileSync(path.join(folder, "_headers"), "utf8").match(/Content-Security-Policy: (.+)/)[1];
  const server = http.createServer((request, response) => {
    const address = decodeURIComponent(request.url.split("?")[0]);
    const file = path.join(folder, address.endsWith("/") ? `${address}index.html` : address);
    const isThere = file.startsWith(folder) && fs.existsSync(file) && fs.statSync(file).isFile();
    const found = isThere ? file : path.join(folder, "404.html");
    const type = types[path.extname(found)] ?? "application/octet-stream";
    const headers = { "content-type": type, "content-security-policy": policy };
    if (address.startsWith("/assets/")) headers["cache-control"] = "public, max-age=31536000, immutable";
    let bytes = fs.readFileSync(found);
    if (isText(type) && /\bbr\b/.test(request.headers["accept-encoding"] ?? "")) {
      headers["content-encoding"] = "br";
      bytes = brotli(bytes);
    }
    response.writeHead(isThere ? 200 : 404, headers);
    response.end(bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  return `http://127.0.0.1:${server.address().port}`;
}

const folders = [];

/** Builds a site of tests/fixtures; its folder. */
export function built(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "needlepoint-site-"));
  folders.push(folder);
  const fixture = path.join(repository, "tests/fixtures", name);
  execFileSync(needlepoint, ["--root", fixture, "--quiet", "build", "--base-url", "https://example.org", "--output", folder], { stdio: ["ignore", "ignore", "pipe"] });
  return folder;
}

const packed = new Map();

/** The bytes as hosts send them. */
export function brotli(bytes) {
  const key = bytes.toString("latin1");
  if (!packed.has(key)) {
    packed.set(key, zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
  return packed.get(key);
}

export const base = await serve(root);

const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .find((file) => fs.existsSync(file));
if (!executablePath) throw new Error("Chromium is not installed; tests/run installs it, or name its program in CHROMIUM");
export const browser = await puppeteer.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
});

const axe = fs.readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");

/** What axe-core says against a page, with the address before it. */
export async function axeFindings(page, address) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "wcag2aaa"],
    resultTypes: ["violations"],
    rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
  }));
  return found.violations.map((violation) => `${address} ${violation.id} ${violation.nodes[0].target}`);
}

/** How many pixels a page is wider than its window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Waits until a condition in the page holds. */
export const until = (page, condition, ...args) => page.waitForFunction(condition, { timeout: 10_000 }, ...args);

/** Shows pages as a reader with these settings of the system would see them. */
export async function emulate(page, { colors, contrast, forced, motion }) {
  const features = [{ name: "prefers-color-scheme", value: colors ?? "light" }];
  if (contrast) features.push({ name: "prefers-contrast", value: "more" });
  if (forced) features.push({ name: "forced-colors", value: "active" });
  if (motion) features.push({ name: "prefers-reduced-motion", value: motion });
  const session = await page.createCDPSession();
  await session.send("Emulation.setEmulatedMedia", { features });
}

/** One page of each template, with the template's name. */
export const PAGES = {
  "home": "/", "section": "/articles/", "explainer": "/articles/what-is-dry-needling/",
  "comparison": "/articles/dry-needling-vs-acupuncture/", "guide": "/articles/what-to-expect/",
  "faq": "/articles/faqs/", "page": "/about/privacy/", "conditions": "/conditions/",
  "condition": "/conditions/neck-pain/", "body": "/body/", "region": "/body/knee/", "glossary": "/glossary/",
  "references": "/references/", "questions": "/questions/", "search": "/search/", "settings": "/settings/",
  "people": "/people/", "person": "/people/editorial-team/", "not-found": "/404.html",
};

export async function close() {
  await browser.close();
  for (const server of servers) server.close();
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
}
