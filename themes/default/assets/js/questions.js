// Questions: a button that opens all answers, and a button that copies the address of one.

import { build, styled } from "./build.js";

/** Makes the button of a page open and close all its answers. */
export async function start(place, { words }) {
  const text = await words();
  const toggle = place.querySelector("button");
  const openAll = toggle.textContent;
  const boxes = [...document.querySelectorAll("details.faq")];
  const areOpen = () => boxes.every((box) => box.open);
  const tell = () => (toggle.textContent = areOpen() ? text.close_all : openAll);
  toggle.addEventListener("click", () => {
    const open = !areOpen();
    for (const box of boxes) box.open = open;
  });
  for (const box of boxes) box.addEventListener("toggle", tell);
  tell();
}

/** Puts the button below an answer, once. */
export async function copyLink(box, { words }) {
  const answer = box.querySelector(".answer");
  // The link of an answer that the address asked for stands in the address already, and nothing moves below it.
  if (!answer?.id || answer.matches(":target") || !navigator.clipboard || box.dataset.copy) return;
  box.dataset.copy = "";
  const [text] = await Promise.all([words(), styled()]);
  const done = build("span", { role: "status" });
  const copy = () => {
    const link = new URL(`#${answer.id}`, location.href).href;
    // Where the browser does not let it, the address itself can be taken by hand.
    navigator.clipboard.writeText(link).then(() => (done.textContent = text.copied), () => (done.textContent = link));
  };
  answer.append(build("p.faq-tools", {}, build("button.plain-button", { type: "button", click: copy }, text.copy_link), done));
}
