// The built site on loopback, with the headers of its own _headers file, and a browser to look at it.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, "../../public");

const types = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2", ".png": "image/png",
  ".xml": "application/xml", ".webmanifest": "application/manifest+json",
};

/** The policy that hosts send, as the site's own `_headers` file says. */
export const policy = fs.readFileSync(path.join(root, "_headers"), "utf8").match(/Content-Security-Policy: (.+)/)[1];

export const server = http.createServer((request, response) => {
  const address = decodeURIComponent(request.url.split("?")[0]);
  const file = path.join(root, address.endsWith("/") ? `${address}index.html` : address);
  if (!file.startsWith(root) || !fs.existsSync(file)) {
    response.writeHead(404, { "content-type": types[".html"] });
    return response.end(fs.readFileSync(path.join(root, "404.html")));
  }
  const type = types[path.extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "content-security-policy": policy });
  response.end(fs.readFileSync(file));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
export const base = `http://127.0.0.1:${server.address().port}`;

const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .find((file) => fs.existsSync(file));
if (!executablePath) throw new Error("Chromium is not installed; tests/run installs it, or name its program in CHROMIUM");
export const browser = await puppeteer.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
});

export const axe = fs.readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");

/** Waits until a condition in the page holds. */
export const until = (page, condition, ...args) => page.waitForFunction(condition, { timeout: 10_000 }, ...args);

export async function close() {
  await browser.close();
  server.close();
}
