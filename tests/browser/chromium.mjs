// Drives a headless Chromium over a pipe, with nothing but Node.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A browser with one page. */
export async function launch() {
  const profile = mkdtempSync(join(tmpdir(), "needlepoint-chromium-"));
  const program = process.env.CHROMIUM ?? "chromium";
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run"];
  const browser = spawn(program, [...flags, `--user-data-dir=${profile}`, "--window-size=1280,800"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const [, , , input, output] = browser.stdio;
  const waiting = new Map();
  const listeners = [];
  let last = 0;
  let rest = "";
  output.setEncoding("utf8");
  output.on("data", (chunk) => {
    const messages = (rest + chunk).split("\0");
    rest = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      if (message.id) {
        const { resolve, reject } = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.error) reject(new Error(message.error.message));
        else resolve(message.result);
      } else listeners.forEach((listen) => listen(message));
    }
  });
  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const call = (method, params) => send(method, params, sessionId);
  const complaints = [];
  listeners.push(({ method, params }) => {
    if (method === "Runtime.exceptionThrown") complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === "Log.entryAdded" && params.entry.level === "error") complaints.push(`${params.entry.text} ${params.entry.url ?? ""}`);
  });
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await call(`${domain}.enable`);
  return {
    call,
    /** What the page and the browser complained about since the last time. */
    complaints: () => complaints.splice(0),
    async open(url) {
      const loaded = new Promise((resolve) => {
        listeners.push(({ method }) => method === "Page.loadEventFired" && resolve());
      });
      await call("Page.navigate", { url });
      await loaded;
    },
    /** Presses a key that writes nothing, such as Escape. */
    async key(key) {
      for (const type of ["rawKeyDown", "keyUp"]) await call("Input.dispatchKeyEvent", { type, key, code: key, windowsVirtualKeyCode: key === "Escape" ? 27 : 0 });
    },
    /** The value of an expression in the page. */
    async value(expression) {
      const { result, exceptionDetails } = await call("Runtime.evaluate", {
        expression,
        returnByValue: true,
        awaitPromise: true,
      });
      if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
      return result.value;
    },
    /** Waits until an expression is true; the milliseconds it took. */
    async until(expression, limit = 5000) {
      const start = performance.now();
      while (performance.now() - start < limit) {
        try {
          if (await this.value(expression)) return performance.now() - start;
        } catch {
          // The page is being replaced.
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`never true: ${expression}`);
    },
    /** Ends the browser and removes what it kept. */
    async close() {
      const ended = new Promise((resolve) => browser.once("exit", resolve));
      // The pipe may close before the answer comes; that it ends is what counts.
      send("Browser.close").catch(() => {});
      const limit = setTimeout(() => browser.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(limit);
      // Children of the browser outlive it for a moment and still write.
      for (let turn = 0; turn < 50; turn++) {
        try {
          return rmSync(profile, { recursive: true, force: true });
        } catch (error) {
          if (error.code !== "ENOTEMPTY") throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    },
  };
}
