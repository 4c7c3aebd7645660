// Keeps the page on screen as the site is, without loading it again.
//
// Runs before all other scripts of the page, so that it sees the page as it was sent. Works under the page's own
// content security policy: a document is parsed by XMLHttpRequest, and nothing is ever made from text.

import { morph, record } from "./morph.js";
import { Bar } from "./bar.js";

const script = document.querySelector("script[data-needlepoint-build]");
let build = script.dataset.needlepointBuild;
let state = script.dataset.needlepointState;
let source = null;
let retry = 0;
let asked = 0;
let described = 0;

const sheets = (root) => [...root.querySelectorAll('link[rel="stylesheet"]')];
const scripts = (root) =>
  [...root.querySelectorAll("script[src]")].filter((found) => found !== script).map((found) => found.getAttribute("src"));
const ownScripts = scripts(document).join();

record(document.body);
const bar = new Bar(state);
document.body.append(bar.element);
listen();
describe();

document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", listen);

/** Listens for changes; a hidden page does not. */
function listen() {
  if (source || document.hidden) return;
  source = new EventSource(`/_needlepoint/events?build=${encodeURIComponent(build)}`);
  source.onopen = () => {
    retry = 0;
    bar.setConnected(true);
  };
  source.onmessage = (event) => hear(JSON.parse(event.data));
  source.onerror = () => {
    stop();
    bar.setConnected(false);
    // The browser's own retry would name an old build for ever.
    setTimeout(listen, Math.min(250 * 2 ** retry++, 4000));
  };
}

function stop() {
  source?.close();
  source = null;
}

/** Acts on a message: goes to where the page moved or the author works, else brings this page up to date. */
function hear({ update, follow }) {
  const here = decodeURI(location.pathname);
  const moved = update?.moved.find(([from]) => from === here);
  if (moved) {
    location.replace(encodeURI(moved[1]) + location.hash);
    return;
  }
  if (update?.edited && update.edited !== here) {
    if (follow) {
      location.assign(encodeURI(update.edited));
      return;
    }
    bar.tell("Changed: ", update.edited);
  }
  window.dispatchEvent(new Event("needlepoint:made"));
  refresh();
}

/** Fetches this page as it is now and brings the one on screen to it; the last call wins. */
function refresh() {
  const turn = ++asked;
  const request = new XMLHttpRequest();
  request.open("GET", `${location.pathname}?needlepoint=plain`);
  request.responseType = "document";
  request.onload = () => {
    if (turn !== asked) return;
    const found = request.responseURL && new URL(request.responseURL).pathname;
    if (found && found !== location.pathname) {
      // The server sent the request on to where the page is now.
      location.replace(found + location.hash);
      return;
    }
    build = request.getResponseHeader("x-needlepoint-build") ?? build;
    apply(request.response, request.getResponseHeader("x-needlepoint-state") ?? "missing");
    describe();
  };
  request.send();
}

/** Brings the page on screen to the document. */
function apply(next, nextState) {
  const isOtherPage = !next?.body || nextState === "missing" || nextState === "error";
  const wasOtherPage = state === "missing" || state === "error";
  if (isOtherPage && !wasOtherPage && bar.hasPage()) {
    // A page that is gone, or cannot be made any more, stays on screen until it is back.
    state = "stale";
    bar.setState(state, nextState);
    return;
  }
  if (wasOtherPage ? !isOtherPage : scripts(next).join() !== ownScripts) {
    location.reload();
    return;
  }
  if (isOtherPage) return;
  state = nextState;
  bar.setState(state);
  changeSheets(next);
  document.title = next.title;
  document.documentElement.lang = next.documentElement.lang;
  morph(document.body, next.body);
}

/** Loads new style sheets beside the old ones and drops those when the new ones are there: no flash. */
function changeSheets(next) {
  const wanted = sheets(next).map((sheet) => sheet.getAttribute("href"));
  const present = sheets(document.head);
  const old = present.filter((sheet) => !wanted.includes(sheet.getAttribute("href")));
  const hrefs = present.map((sheet) => sheet.getAttribute("href"));
  for (const href of wanted.filter((href) => !hrefs.includes(href))) {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = href;
    sheet.onload = sheet.onerror = () => old.forEach((gone) => gone.remove());
    (present.at(-1) ?? document.head.lastElementChild).after(sheet);
  }
}

/** Asks what there is to know about this page, for the bar. */
async function describe() {
  const turn = ++described;
  try {
    const answer = await fetch(`/_needlepoint/about?path=${encodeURIComponent(decodeURI(location.pathname))}`);
    const about = answer.ok ? await answer.json() : undefined;
    // A later answer knows more.
    if (about && turn === described) bar.show(about);
  } catch {
    // The preview has ended; the bar says so already.
  }
}
