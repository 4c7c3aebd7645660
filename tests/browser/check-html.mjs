// Runs the Nu HTML checker over a folder: node check-html.mjs DIR
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const jar = path.join(here, "node_modules/vnu-jar/build/dist/vnu.jar");
const folder = path.resolve(process.argv[2]);
const checker = spawnSync(
  "java",
  ["-Xss8m", "-jar", jar, "--skip-non-html", "--errors-only", "--format", "json", folder],
  { encoding: "utf8", maxBuffer: 1 << 28 },
);
if (checker.error) {
  console.error(`the Nu checker cannot be started (${checker.error.message}); it needs a Java runtime`);
  process.exit(2);
}
const { messages } = JSON.parse(checker.stderr || checker.stdout || '{"messages":[]}');
const errors = messages.filter((message) => message.type === "error" || message.type === "non-document-error");
for (const error of errors.slice(0, 50)) console.error(`${error.url}:${error.lastLine ?? ""}: ${error.message}`);
console.log(`Nu checker: ${errors.length} errors`);
process.exit(errors.length === 0 ? 0 : 1);
