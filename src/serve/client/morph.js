// Brings a page to a newer version of itself, touching only what the author changed.
//
// Each node of the page has a twin: the node as the server sent it. A new version is compared with the twins, never
// with the page, so whatever scripts and the reader did to the page since (an open disclosure, a button added, a
// text field filled) stays. Nodes that stay are never moved, which keeps focus and scroll position.

const twins = new WeakMap();

/** Remembers an element and all in it as sent by the server. */
export function record(live) {
  pair(live, live.cloneNode(true));
}

function pair(live, twin) {
  twins.set(live, twin);
  for (let at = 0; at < live.childNodes.length; at++) pair(live.childNodes[at], twin.childNodes[at]);
}

/** Brings a recorded node to the new version, which becomes its twin. */
export function morph(live, next) {
  const before = twins.get(live);
  twins.set(live, next);
  if (before.isEqualNode(next)) {
    repair(live, before, next);
  } else if (live.nodeType === Node.ELEMENT_NODE) {
    morphAttributes(live, before, next);
    morphChildren(live, next);
  } else {
    live.data = next.data;
  }
}

/** Gives twins of the new document to all below a node that did not change. */
function repair(live, before, next) {
  const children = recorded(live);
  children.forEach((child, at) => {
    twins.set(child, next.childNodes[at]);
    repair(child, before.childNodes[at], next.childNodes[at]);
  });
}

function morphAttributes(live, before, next) {
  for (const { name, value } of next.attributes) {
    if (before.getAttribute(name) !== value) live.setAttribute(name, value);
  }
  for (const { name } of before.attributes) {
    if (!next.hasAttribute(name)) live.removeAttribute(name);
  }
}

function morphChildren(live, next) {
  const old = recorded(live);
  const wanted = [...next.childNodes];
  const partners = match(old, wanted);
  const kept = new Set(partners);
  for (const child of old) {
    if (!kept.has(child)) child.remove();
  }
  // From the end, so that each new node has a neighbour to stand before.
  let neighbour = null;
  for (let at = wanted.length - 1; at >= 0; at--) {
    const partner = partners[at];
    if (partner) {
      morph(partner, wanted[at]);
      neighbour = partner;
    } else {
      const made = document.importNode(wanted[at], true);
      pair(made, wanted[at]);
      live.insertBefore(made, neighbour);
      neighbour = made;
    }
  }
}

/** The children that the server sent; others belong to scripts. */
function recorded(live) {
  return [...live.childNodes].filter((child) => twins.has(child));
}

/**
 * For each new node the old one that becomes it, or undefined; in order.
 *
 * Nodes that did not change are found first, as in the comparison of two texts; between two of them, nodes of one
 * kind become each other.
 */
function match(old, wanted) {
  const oldTexts = old.map((node) => text(twins.get(node)));
  const wantedTexts = wanted.map(text);
  const partners = new Array(wanted.length);
  let oldStart = 0;
  let start = 0;
  for (const [oldAt, at] of [...commonParts(oldTexts, wantedTexts), [old.length, wanted.length]]) {
    for (let next = start; next < at; next++) {
      const found = old.slice(oldStart, oldAt).findIndex((node) => isSameKind(twins.get(node), wanted[next]));
      if (found < 0) continue;
      partners[next] = old[oldStart + found];
      oldStart += found + 1;
    }
    partners[at] = old[oldAt];
    oldStart = oldAt + 1;
    start = at + 1;
  }
  partners.length = wanted.length;
  return partners;
}

function text(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.outerHTML : `${node.nodeType}${node.data}`;
}

function isSameKind(twin, next) {
  return twin.nodeName === next.nodeName && (twin.id ?? "") === (next.id ?? "");
}

/** Pairs of indexes of a longest common subsequence: equal ends first, then the middle by the usual table. */
function commonParts(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const pairs = [];
  for (let at = 0; at < start; at++) pairs.push([at, at]);
  pairs.push(...commonMiddle(a, b, start, endA, endB));
  for (let at = 0; endA + at < a.length; at++) pairs.push([endA + at, endB + at]);
  return pairs;
}

function commonMiddle(a, b, start, endA, endB) {
  const rows = endA - start;
  const columns = endB - start;
  // A page of which thousands of lines changed at once is paired by kind alone.
  if (rows * columns === 0 || rows * columns > 1_000_000) return [];
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row][column] =
        a[start + row] === b[start + column]
          ? lengths[row + 1][column + 1] + 1
          : Math.max(lengths[row + 1][column], lengths[row][column + 1]);
    }
  }
  const pairs = [];
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (a[start + row] === b[start + column]) pairs.push([start + row++, start + column++]);
    else if (lengths[row + 1][column] >= lengths[row][column + 1]) row++;
    else column++;
  }
  return pairs;
}
