// Questions: a button that opens all answers, and a button that copies the address of one.

import { build } from "./build.js";

function openAll(boxes, text) {
  const toggle = build("button.button.quiet", { type: "button" });
  const tell = () => (toggle.textContent = boxes.every((box) => box.open) ? text.close_all : text.open_all);
  toggle.addEventListener("click", () => {
    const open = !boxes.every((box) => box.open);
    for (const box of boxes) box.open = open;
    tell();
  });
  for (const box of boxes) box.addEventListener("toggle", tell);
  tell();
  const tools = build("p.faq-tools", {}, toggle);
  const place = document.querySelector("[data-faq-tools]");
  if (place) place.append(tools);
  else boxes[0].before(tools);
}

function copyLink(answer, text) {
  const button = build("button.plain-button", { type: "button" }, text.copy_link);
  const done = build("span", { role: "status" });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(`#${answer.id}`, location.href).href);
    done.textContent = text.copied;
  });
  answer.append(build("p.faq-tools", {}, button, done));
}

/** Adds the buttons to all questions of the page. */
export async function start(first, { words }) {
  const text = await words();
  const boxes = [...document.querySelectorAll("details.faq")];
  if (boxes.length > 1) openAll(boxes, text);
  for (const box of boxes) {
    const answer = box.querySelector(".answer");
    if (answer?.id && navigator.clipboard) copyLink(answer, text);
  }
}
