// The author's bar: what is known about the page on screen, at the bottom of the window, in a tree of its own.
//
// Every text is set as text. The page's own styles do not reach in; the page gets room at its two ends, and marks at
// links to drafts, by style sheets alone: no node of it is touched.

// How many letters of a line are shown beside a finding.
const SHOWN = 90;

const FOLDED = "needlepoint-bar-folded";

/** An element with a class, attributes and children; a child may be a text. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

export class Bar {
  #about = null;
  #state;
  #shown = null;
  #dismissed = "";
  #lastErrors = "";
  #drawn = "";
  #why = "";
  #marks = new CSSStyleSheet();
  #room = new CSSStyleSheet();

  constructor(state) {
    this.#state = state;
    this.element = document.createElement("needlepoint-bar");
    const root = this.element.attachShadow({ mode: "open" });
    this.facts = make("div", { class: "facts" });
    this.notice = make("div", { class: "notice", role: "status" });
    this.light = make("span", { class: "light", title: "Connected to the preview" });
    this.fold = make("button", { class: "fold", type: "button", onclick: () => this.#toggleFold() }, "Fold");
    this.panel = make("div", { class: "panel", hidden: "" });
    this.ribbon = make("div", { class: "ribbon", role: "status", hidden: "" });
    // No dialog: one would take the focus from where the author types or reads. What is new in it is announced.
    this.overlay = make("section", { class: "overlay", "aria-labelledby": "overlay-title", hidden: "" });
    this.announced = make("p", { class: "announced", role: "alert" });
    const region = make("section", { class: "bar", "aria-label": "Author's bar" }, this.light, this.facts, this.notice, this.fold);
    root.append(
      make("link", { rel: "stylesheet", href: "/_needlepoint/client/bar.css" }),
      this.ribbon,
      this.announced,
      make("div", { class: "below" }, this.overlay, this.panel, region),
    );
    // The page gets as much room at its ends as the ribbon and the bar take, so that all of it can be read.
    const giveRoom = () => {
      const [above, below] = [this.ribbon.offsetHeight, region.offsetHeight];
      this.#room.replaceSync(`@media screen { html { padding-block: ${above}px ${below}px; scroll-padding-block: calc(${above}px + 1rem) ${below}px; } }`);
    };
    const observer = new ResizeObserver(giveRoom);
    [this.ribbon, region].forEach((part) => observer.observe(part));
    document.adoptedStyleSheets.push(this.#room);
    document.adoptedStyleSheets.push(this.#marks);
    root.adoptedStyleSheets.push(this.#marks);
    document.addEventListener("keydown", (event) => {
      if (event.altKey && event.shiftKey && event.code === "KeyA") {
        this.#setFolded(false);
        this.facts.querySelector("button")?.focus();
      }
      // What lies over the errors, such as the reader's search, is closed first.
      const isTaken = event.defaultPrevented || document.querySelector("dialog[open], :popover-open");
      if (event.key === "Escape" && !isTaken && !this.overlay.hidden) this.#dismiss();
    });
    this.#setFolded(remembered(FOLDED) === "yes");
    this.setState(state);
  }

  /** Whether a page of the site is on screen, rather than the list of errors or "not found". */
  hasPage() {
    return this.#state === "fresh" || this.#state === "stale";
  }

  /** Says what is on screen: the page as it is, or as it last was. */
  setState(state, why = "") {
    this.#state = state;
    this.#why = why;
    this.#drawRibbon();
  }

  #drawRibbon() {
    const about = this.#about;
    const isStale = this.#state === "stale";
    const cause = about?.cause;
    // Where there is no page at all, the list of errors stands in its place.
    this.ribbon.hidden = this.#state === "error" || (!isStale && !cause);
    if (this.ribbon.hidden) return;
    const before = "You see the page as it last was.";
    if (isStale && this.#why === "missing") {
      this.ribbon.replaceChildren(`This page is gone from the site. ${before} Bring its file back, or go to the `, make("a", { href: "/" }, "home page"), ".");
      return;
    }
    if (!cause) {
      this.ribbon.replaceChildren(`This page has errors. ${before}`);
      return;
    }
    const { file, line, column, message } = cause;
    const place = drawPlace(about, file, line, column, `${file}, line ${line}`);
    this.ribbon.replaceChildren(make("b", {}, place), `: ${message}. ${about.shown} Mend it and save: the page follows by itself.`);
  }

  setConnected(isConnected) {
    this.light.classList.toggle("off", !isConnected);
    this.light.title = isConnected ? "Connected to the preview" : "Preview stopped: waiting for it to return";
    if (!isConnected) this.notice.textContent = "Preview stopped";
    else if (this.notice.textContent === "Preview stopped") this.notice.textContent = "";
  }

  /** A short notice with the address of another page. */
  tell(words, path) {
    this.notice.replaceChildren(words, make("a", { href: encodeURI(path) }, path));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.notice.replaceChildren(), 8000);
  }

  /** Shows what is known about the page. */
  show(about) {
    this.#about = about;
    this.#drawRibbon();
    this.#drawMarks();
    this.#drawFacts();
    this.#drawPanel();
    this.#drawOverlay();
  }

  /** Marks links to drafts and pages of the future wherever they stand, found by a search too. */
  #drawMarks() {
    const look =
      "margin-inline-end: 0.5em; padding-inline: 0.4em; border: 1px solid; border-radius: 1em; font: 0.75rem/1.5 system-ui, sans-serif; white-space: nowrap;";
    const rule = ({ url, words }) => {
      const links = [url, location.origin + url].map((href) => `[href="${href}"], [href^="${href}#"]`);
      return `a:is(${links.join()})::before { content: "${words}"; ${look} }`;
    };
    this.#marks.replaceSync(`@media screen { ${this.#about.marks.map(rule).join("\n")} }`);
  }

  #drawFacts() {
    const about = this.#about;
    const of = (severity) => about.problems.filter((problem) => problem.severity === severity).length;
    const [errors, warnings, remarks] = ["error", "warning", "info"].map(of);
    const findings = [
      errors ? count(errors, "error") : null,
      warnings ? count(warnings, "warning") : null,
      remarks ? count(remarks, "remark") : null,
    ].filter(Boolean);
    const worst = errors ? "error" : warnings ? "warning" : "fine";
    const elsewhere = about.elsewhere.reduce((sum, { errors }) => sum + errors, 0);
    const here = findings.join(", ") || "No findings";
    const words = elsewhere ? `${here}; ${count(elsewhere, "error")} elsewhere` : here;
    const facts = [this.#tab("problems", words, elsewhere ? "error" : worst)];
    if (about.draft) facts.push(make("span", { class: "badge" }, "Draft"));
    if (about.from) {
      const title = "A build shows it already: no page is hidden by its date";
      facts.push(make("span", { class: "badge", title }, `Dated ${about.from}, in the future`));
    }
    if (about.grade !== null) {
      const target = about.target_grade === null ? "" : ` of ${about.target_grade}`;
      const isOver = about.target_grade !== null && about.grade > about.target_grade;
      facts.push(make("span", { class: isOver ? "warning" : "" }, `Grade ${about.grade.toFixed(1)}${target}`));
    }
    if (about.words) facts.push(make("span", {}, `${count(about.words, "word")}, ${count(about.minutes, "minute")}`));
    if (about.file) {
      facts.push(this.#tab("links", `${about.links_in.length} in, ${count(about.links_out.length, "link")} out`));
      const found = about.mentions.length;
      if (found) facts.push(this.#tab("mentions", count(found, "name found", "names found")));
      if (about.review) facts.push(make("span", {}, about.review));
      facts.push(drawPlace(about, about.file, 1, 1, about.file));
    }
    this.facts.replaceChildren(...facts);
  }

  #tab(name, words, kind = "") {
    const isOpen = this.#shown === name;
    const toggle = () => {
      this.#shown = isOpen ? null : name;
      this.#drawFacts();
      this.#drawPanel();
      this.facts.querySelector(`[data-name="${name}"]`)?.focus();
    };
    const attributes = { type: "button", class: kind, "aria-expanded": String(isOpen), "data-name": name };
    return make("button", { ...attributes, onclick: toggle }, words);
  }

  #drawPanel() {
    const about = this.#about;
    const draw = {
      problems: () => [
        ...about.problems.map((problem) => drawProblem(about, problem)),
        ...(about.elsewhere.length ? drawElsewhere(about) : []),
      ],
      links: () => [
        ...drawLinks("Pages that link here", about.links_in),
        ...drawLinks("This page links to", about.links_out),
      ],
      mentions: () => about.mentions.map(drawMention),
    }[this.#shown];
    this.panel.hidden = !draw;
    this.panel.replaceChildren(...(draw ? draw() : []));
    if (draw && !this.panel.childNodes.length) this.panel.append("Nothing here.");
  }

  /** Lists the errors over the page until they are mended or the author folds the list away. */
  #drawOverlay() {
    const errors = this.#about.problems.filter((problem) => problem.severity === "error");
    const key = JSON.stringify(errors.map(({ code, message, file }) => [code, message, file]));
    if (!errors.length) {
      this.#dismissed = "";
      this.#lastErrors = "";
      this.#setOverlay(false);
      return;
    }
    const isNews = key !== this.#lastErrors;
    this.#lastErrors = key;
    // What is drawn already is left alone: the author may be reading it, or about to press a button in it.
    const drawn = JSON.stringify([this.#about.has_editor, errors]);
    const title = `${count(errors.length, "error")} to mend`;
    if (drawn !== this.#drawn || this.overlay.hidden) {
      this.#drawn = drawn;
      const hadFocus = this.overlay.contains(this.element.shadowRoot.activeElement);
      const close = make("button", { type: "button", onclick: () => this.#dismiss() }, "Fold away (Esc)");
      this.overlay.replaceChildren(
        make("header", {}, make("h2", { id: "overlay-title" }, title), close),
        ...errors.map((problem) => drawProblem(this.#about, problem)),
      );
      if (hadFocus) close.focus();
    }
    if (key !== this.#dismissed) {
      this.#setOverlay(true);
      if (isNews) this.announced.textContent = `${title}: ${errors[0].message}, ${errors[0].file}, line ${errors[0].line}`;
    }
  }

  #setOverlay(isShown) {
    // The keyboard goes on at the bar where the author was in what goes away.
    const hadFocus = this.overlay.contains(this.element.shadowRoot.activeElement);
    this.overlay.hidden = !isShown;
    if (!isShown) this.announced.textContent = "";
    if (!isShown && hadFocus) this.facts.querySelector("button")?.focus();
  }

  #dismiss() {
    this.#dismissed = this.#lastErrors;
    this.#setOverlay(false);
  }

  #toggleFold() {
    this.#setFolded(!this.element.classList.contains("folded"));
  }

  #setFolded(isFolded) {
    this.element.classList.toggle("folded", isFolded);
    this.fold.textContent = isFolded ? "Author's bar" : "Fold";
    if (isFolded) {
      this.#shown = null;
      this.panel.hidden = true;
    }
    try {
      sessionStorage.setItem(FOLDED, isFolded ? "yes" : "no");
    } catch {
      // Storage is off: the bar is open on each page.
    }
  }
}

function remembered(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function openUrl(file, line, column) {
  return `/_needlepoint/open?file=${encodeURIComponent(file)}&line=${line}&column=${column}`;
}

/** A place in a file: a link that opens the author's editor, where the site names one. */
function drawPlace(about, file, line, column, words) {
  if (about.has_editor) return make("a", { href: openUrl(file, line, column), class: "file" }, words);
  return make("span", { class: "file", title: "To open files from here, name your editor in needlepoint.toml" }, words);
}

/** The line of a finding with a marker below; of a long one the part around the place. */
function marked({ excerpt, column, length }) {
  const [letters, at] = [Array.from(excerpt), Math.max(column - 1, 0)];
  const start = at + length > SHOWN ? Math.max(at - Math.floor(SHOWN / 3), 0) : 0;
  const part = letters.slice(start, start + SHOWN).join("");
  const before = start ? "…" : "";
  const after = letters.length > start + SHOWN ? "…" : "";
  const width = Math.min(Math.max(length, 1), SHOWN);
  return `${before}${part}${after}\n${" ".repeat(at - start + before.length)}${"^".repeat(width)}`;
}

/** A finding: code and message, place, the line with a marker, what to do. */
function drawProblem(about, problem) {
  const { code, severity, message, file, line, column, excerpt, label, help } = problem;
  return make(
    "article",
    { class: `problem ${severity}` },
    make("p", { class: "message" }, make("b", {}, severity), ` ${message} `, make("code", {}, code)),
    make("p", {}, drawPlace(about, file, line, column, `${file}:${line}:${column}`)),
    excerpt ? make("pre", {}, `${marked(problem)}${label ? ` ${label}` : ""}`) : null,
    help ? make("p", { class: "help" }, help) : null,
    make("p", { class: "explain" }, `needlepoint explain ${code}`),
  );
}

function drawElsewhere(about) {
  const items = about.elsewhere.map(({ file, errors, line, column, url }) =>
    make(
      "li",
      {},
      drawPlace(about, file, line, column, `${file}:${line}:${column}`),
      `: ${count(errors, "error")}`,
      ...(url ? [", ", make("a", { href: encodeURI(url) }, "go to the page")] : []),
    ),
  );
  return [make("h3", {}, "Errors in other files"), make("ul", {}, ...items)];
}

function drawLinks(title, links) {
  const items = links.map(([words, url]) => make("li", {}, make("a", { href: encodeURI(url) }, words)));
  return [make("h3", {}, title), items.length ? make("ul", {}, ...items) : make("p", {}, "None.")];
}

function drawMention({ name, url, links, skipped }) {
  const linked = links ? `linked ${links === 1 ? "once" : `${links} times`}` : "not linked";
  return make(
    "p",
    {},
    make("a", { href: encodeURI(url) }, name),
    `: ${linked}${skipped.length ? `${links ? "; elsewhere not" : ""}: ${skipped.join(", ")}` : ""}`,
  );
}
