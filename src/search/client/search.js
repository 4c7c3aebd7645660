// The reader's search: one module without dependencies that asks only for files below search/.
//
// openSearch(base, { fetch }) gives { search }, and search(query, { limit, filters, signal }) gives
// { total, suggestion, results: [{ url, page, title, heading, kind, region, excerpt, marks, score }] }.
// `base` is the site's root address; `url` and `page` start at the site's root. Filters are { kind, region, condition },
// each a value or a list of values. `src/search/query/` answers the same in Rust, step by step with the same arithmetic.
//
// `client.rs` writes the manifest's fields in place of '@field', and leaves out what stands between //#one and //#end where
// the index has several files, what stands between //#many and //#end where it is one file.

const stopWords = new Set('@stop'.split(' '));
const run = /[\p{Alphabetic}\p{N}](?:['’\p{Alphabetic}\p{N}\p{M}]*[\p{Alphabetic}\p{N}\p{M}])?/gu;
//#many
// The same for plain text, and faster.
const plainRun = /[a-z\d](?:['’a-z\d]*[a-z\d])?/gi;
//#end
//#one
const plainRun = run;
//#end
const unspaced =
  /([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+)/u;
const accents = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;

// The words of a text as [word, start, end]; `words.rs` gives the rules.
export function words(text) {
  const out = [];
  const add = (piece, start) => {
    const normal = [...piece.replace(/['’ʼ]/g, '').normalize('NFKD').replace(accents, '')]
      .map((c) => c.toLowerCase()).join('').normalize('NFKD').replace(accents, '').replace(/ς/g, 'σ');
    for (const word of normal.split(/[^\p{Alphabetic}\p{N}\p{M}]+/u)) {
      if (word) out.push([word.length > 40 ? [...word].slice(0, 40).join('') : word, start, start + piece.length]);
    }
  };
  for (const { 0: found, index } of text.matchAll(/[^\x00-\x7f’]/.test(text) ? run : plainRun)) {
    if (found.length < 41 && /^[\w'’]+$/.test(found)) {
      out.push([(/['’]/.test(found) ? found.replace(/['’]/g, '') : found).toLowerCase(), index, index + found.length]);
    } else {
      let start = index;
      found.split(unspaced).forEach((piece, at) => {
        const letters = [...piece];
        if (at % 2 && letters.length > 1) {
          let from = start;
          letters.slice(1).forEach((letter, i) => {
            add(letters[i] + letter, from);
            from += letters[i].length;
          });
        } else if (piece) {
          add(piece, start);
        }
        start += piece.length;
      });
    }
  }
  return out;
}

const check = (bytes) => {
  let hash = 0x811c9dc5 ^ bytes.length;
  for (let i = 0; i < bytes.length; i += 4) {
    hash = Math.imul(hash ^ (bytes[i] | bytes[i + 1] << 8 | bytes[i + 2] << 16 | bytes[i + 3] << 24), 0x1000193);
    hash ^= hash >>> 15;
  }
  return (hash >>> 0).toString(36).padStart(7, '0');
};

const decode = (bytes) => new TextDecoder().decode(bytes);

// The words of a text as `front.rs` writes it.
const readFront = (text) => {
  let word = '';
  return Array.from(text.matchAll(/([A-Z])([^A-Z]*)/g), ([, shared, rest]) => word = word.slice(0, shared.charCodeAt() - 65) + rest);
};

// Reads a shard; `shard.rs` draws its layout. `held` has the documents that hold a word, from their texts.
function readShard(bytes, held) {
  let at = 0;
  const numbers = (count) => {
    const out = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      let shift = 0;
      let byte;
      do {
        byte = bytes[at++];
        out[i] |= (byte & 127) << shift;
        shift += 7;
      } while (byte > 127);
    }
    return out;
  };
  const [keyCount, letterBytes, gapCount] = numbers(3);
  let keys = readFront(decode(bytes.subarray(at, at += letterBytes)));
  //#one
  keys = [...keys, ...held.keys()].sort();
  //#end
  const places = numbers(keyCount);
  const lists = new Map();
  const forms = [];
  keys.forEach((key, i) => {
    //#one
    if (places[i] === 1) return;
    //#end
    const list = places[i] ? forms.length + 1 - places[i] : forms.push([]) - 1;
    lists.set(key, list);
    forms[list].push(key);
  });
  const sizes = numbers(forms.length);
  const gaps = numbers(gapCount);
  const starts = [0];
  let from = 0;
  //#one
  // A list holds the documents whose texts have one of its words; the shard tells where that is not so.
  const documents = [];
  forms.forEach((form, list) => {
    const found = new Set(form.flatMap((key) => [...held.get(key) ?? []]));
    let document = -1;
    for (const gap of gaps.subarray(from, from += sizes[list])) {
      document += gap + 1;
      if (!found.delete(document)) found.add(document);
    }
    documents.push(...[...found].sort((l, r) => l - r));
    starts.push(documents.length);
  });
  //#end
  //#many
  const documents = gaps;
  for (const size of sizes) {
    let document = -1;
    for (const end = from + size; from < end; from++) document = documents[from] += document + 1;
    starts.push(from);
  }
  //#end
  return { lists, forms, starts, documents, impacts: bytes.subarray(at, at += documents.length), parts: bytes.subarray(at) };
}

// The value of an impact and the rarity of a term, as in `score.rs`.
const values = Array.from({ length: 32 }, (_, impact) => impact * Math.sqrt(impact));
const rarity = (found) => {
  let rest = 1 + ('@count' - found + 0.5) / (found + 0.5);
  let halvings = 0;
  for (; rest > 2; halvings++) rest /= 2;
  const ratio = (rest - 1) / (rest + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let odd = 15; odd > 0; odd -= 2) sum = sum * square + 1 / odd;
  const idf = halvings * Math.LN2 + 2 * ratio * sum;
  return idf * Math.sqrt(Math.sqrt(idf));
};

// The number of letters to insert, drop, change or swap with the next to make one word from the other; 3 for three and
// more (optimal string alignment).
const rows = [[], [], []];
function edits(left, right) {
  let [older, old, row] = rows;
  for (let j = 0; j <= right.length; j++) old[j] = j;
  for (let i = 1; i <= left.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, older[j - 2] + 1);
      }
      row[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > 2) return 3;
    [older, old, row] = [old, row, older];
  }
  return Math.min(old[right.length], 3);
}

//#many
// Which letters a word has, as bits.
const mask = (word) => {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
};

function bitCount(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}
//#end

// A word without the ending that its inflected forms differ in; '' where too little is left.
const ending = /(@endings)$/;
const root = (word) => {
  const rest = word.replace(ending, '');
  return rest.length > 3 ? rest : '';
};

const isWord = (key) => !/[ ?]/.test(key);
//#one
// How common a word is that stands on so many pages.
const level = (found) => Math.min(14, 31 - Math.clz32(found | 1));
//#end

export async function openSearch(base, { fetch = globalThis.fetch } = {}) {
  const folder = `${base}`.replace(/\/?$/, '/search/@folder');
  const files = new Map();
  const load = (name, hash, read) => {
    if (!files.has(name)) {
      const get = async () => {
        let bytes;
        try {
          const response = await fetch(`${folder}${name}.txt`);
          if (!response.ok) throw new Error(`status ${response.status}`);
          bytes = new Uint8Array(await response.arrayBuffer());
        } catch (cause) {
          throw new Error(`search: ${name}.txt cannot be loaded (${cause?.message ?? cause})`, { cause });
        }
        //#many
        if (!hash) {
          hash = decode(bytes.subarray(0, 7));
          bytes = bytes.subarray(7);
        }
        //#end
        if (check(bytes) !== hash) throw new Error(`search: ${name}.txt is damaged or of another version`);
        return read(bytes);
      };
      files.set(name, get().catch((error) => {
        files.delete(name);
        throw error;
      }));
    }
    return files.get(name);
  };
  const readJson = (bytes) => JSON.parse(decode(bytes));
  const scores = new Float64Array('@count');

  //#one
  const readAll = (bytes) => {
    const end = bytes.indexOf(0);
    const [filters, texts] = readJson(bytes.subarray(0, end));
    const held = new Map();
    texts.forEach(([, title, , , parts], document) => {
      for (const [word] of [title, parts].flat(9).join(' ').toLowerCase().matchAll(/[a-z\d]+/g)) {
        if (!stopWords.has(word)) held.set(word, held.get(word) ?? new Set()).get(word).add(document);
      }
    });
    return { filters, texts, shard: readShard(bytes.subarray(end + 1), held) };
  };
  const all = () => load('all-@one', '@one', readAll);
  // The one file is on its way before the first key; a search tells what goes wrong.
  all().catch(() => {});
  const loadFilters = async () => (await all()).filters;
  const loadText = async (document) => (await all()).texts[document];
  // All words as [word, level].
  const loadWords = async () => {
    const { shard } = await all();
    const count = (key) => {
      const list = shard.lists.get(key);
      return shard.starts[list + 1] - shard.starts[list] || 0;
    };
    shard.words ||= [...shard.lists.keys()]
      .filter((key) => key.length > 2 && !/[ ?\d]/.test(key) && (count(key) || count(`${key} `)))
      .map((key) => [key, level(count(key))]);
    return [shard.words];
  };
  //#end
  //#many
  const shardKeys = '@shards';
  const wordHashes = '@words';
  // The number of the shard in which a key would stand.
  const place = (key) => {
    let [low, high] = [0, shardKeys.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (shardKeys[middle][0] <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const loadShard = (number) => {
    const hash = shardKeys[number][1];
    return load(`${number}-${hash}`, hash, readShard);
  };
  const loadFilters = () => load('filters-@filters', '@filters', readJson);
  const loadText = async (document, part) =>
    (await load(`@texts/${Math.floor(document / '@group')}${'@split' ? '-' + part : ''}`, '', readJson))[document % '@group'];
  // All words of some lengths as [word, level, letters].
  const readWords = (bytes) => readFront(decode(bytes)).map((item) => {
    const word = item.slice(0, -1);
    return [word, item.charCodeAt(word.length) - 33, mask(word)];
  });
  const loadWords = async (lengths) => Promise.all([...lengths].filter((length) => wordHashes[length])
    .map((length) => load(`words-${length}-${wordHashes[length]}`, wordHashes[length], readWords)));
  //#end

  // The words nearest to a misspelt one as [word, edits], best first.
  const corrected = new Map();
  const nearest = async (word) => {
    if (corrected.has(word)) return corrected.get(word);
    const most = word.length > 5 ? 2 : word.length > 2 ? 1 : 0;
    if (!most) return [];
    //#many
    const lengths = new Set();
    for (let length = word.length - most; length <= word.length + most; length++) {
      lengths.add(Math.min(length, 15));
    }
    const bits = mask(word);
    const lists = await loadWords(lengths);
    //#end
    //#one
    const lists = await loadWords();
    //#end
    const found = [];
    for (const list of lists) {
      for (const [other, common, letters] of list) {
        //#many
        if (bitCount(bits ^ letters) > 2 * most) continue;
        //#end
        // Three letters with another in the place of one are too little to tell: "ACL", "all".
        if (Math.abs(other.length - word.length) <= most && (word + other).length > 6) {
          const distance = edits(word, other);
          // Hardly anyone makes two mistakes and one of them in the first letter.
          if (distance <= most && (distance < 2 || other[0] === word[0])) found.push([other, distance, distance * 64 + (other[0] === word[0] ? 0 : 32) + (stopWords.has(other) ? 16 : 0) - common]);
        }
      }
    }
    found.sort((l, r) => l[2] - r[2] || (l[0] < r[0] ? -1 : 1));
    const best = found.filter((one) => one[1] === found[0][1]).slice(0, 3);
    corrected.set(word, best);
    return best;
  };

  // Rejects as soon as the query is aborted, whatever is still on its way for it.
  async function search(query, options = {}) {
    const { signal } = options;
    signal?.throwIfAborted();
    return Promise.race([
      answer(query, options),
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    ]);
  }

  async function answer(query, { limit = 10, filters, signal }) {
    const given = `${query ?? ''}`;
    const text = given.slice(0, 2000);
    // Of what no one types, the first words must do, as they are.
    const [most, mostCorrected] = given.length > 2000 ? [12, 0] : [64, 6];
    const typed = words(text);
    const typing = typed.at(-1)?.[2] === text.length && typed.at(-1);
    const seen = new Set();
    const different = typed.filter(([word]) => !seen.has(word) && seen.add(word));
    const isSmall = ([word]) => stopWords.has(word);
    let asked = different.filter((one) => !isSmall(one)).slice(0, most);
    let small = different.filter(isSmall).map(([word]) => word).slice(0, most);
    if (!asked.length) {
      asked = different.slice(0, most);
      small = [];
    }
    const counted = asked.length < 4 ? small : [];

    //#one
    const need = all;
    const { shard } = await all();
    const shardOf = () => shard;
    // All keys, among which are those that begin so.
    const keysFrom = () => [...shard.lists.keys()];
    //#end
    //#many
    const shards = new Map();
    const needShards = async (numbers) => {
      await Promise.all(numbers.map(async (number) => shards.set(number, await loadShard(number))));
      // What else the query would load is loaded no more.
      signal?.throwIfAborted();
    };
    const need = (keys) => needShards(keys.map(place));
    const shardOf = (key) => shards.get(place(key));
    // Keys among which are those that begin so. A short beginning spans many shards; what it may cost grows with it.
    const keysFrom = async (word) => {
      const numbers = [];
      const from = place(word);
      for (let i = from; i <= place(`${word}\uffff`) && i < from + word.length; i++) numbers.push(i);
      await needShards(numbers);
      return numbers.flatMap((number) => [...shards.get(number).lists.keys()]);
    };
    //#end
    const find = (key) => {
      const shard = shardOf(key);
      const list = shard?.lists.get(key);
      return list >= 0 && { shard, list };
    };
    // In how many documents a key stands.
    const size = (key) => {
      const term = find(key);
      return term ? term.shard.starts[term.list + 1] - term.shard.starts[term.list] : 0;
    };
    const table = filters && Object.keys(filters).length ? loadFilters() : undefined;
    const [allowed] = await Promise.all([table, need([...asked.map(([word]) => word), ...counted])]);

    // What each word stands for: terms with weights; corrections for the suggestion.
    const terms = [];
    const names = [];
    const corrections = [];
    let misspelt = 0;
    const take = (key, weight) => {
      if (!size(key)) return false;
      const term = find(key);
      const known = terms.find((other) => other.shard === term.shard && other.list === term.list);
      if (known) known.weight = Math.max(known.weight, weight);
      else terms.push({ ...term, weight });
      return true;
    };
    const formsOf = (key) => {
      const { shard, list } = find(key);
      return shard.forms[list];
    };
    const name = (key) => names.push(formsOf(key)[0]);
    // What a word that stands on no page may be: the beginning of others, another form of one, a misspelt one.
    const guess = async (one) => {
      const [word, start, end] = one;
      if (one === typing) {
        const longer = (await keysFrom(word))
          .filter((key) => key.startsWith(word) && isWord(key) && size(key))
          .sort((l, r) => size(r) - size(l) || (l < r ? -1 : 1))
          .filter((key) => !seen.has(formsOf(key)) && seen.add(formsOf(key)))
          .slice(0, 5);
        longer.forEach((key, rank) => take(key, Math.sqrt(word.length / key.length) / (rank + 1)));
        if (longer.length) {
          name(longer[0]);
          return;
        }
      }
      const stem = root(word);
      const forms = [...shardOf(word).lists.keys()]
        .filter((key) => stem && key.startsWith(stem) && isWord(key) && root(key) === stem && !stopWords.has(key));
      const form = forms.find(size) ?? forms[0];
      if (form) {
        take(form, 0.9);
        name(form);
        return;
      }
      // Words of the language, and those that the index knows, are spelt right.
      if (stopWords.has(word) || find(word) || ++misspelt > mostCorrected) return;
      const near = await nearest(word);
      const split = [];
      if (!near.length || near[0][1] > 1) {
        for (let at = 3; at <= word.length - 3 && !split.length; at++) {
          if (size(word.slice(0, at))) {
            await need([word.slice(at)]);
            if (size(word.slice(at))) split.push(word.slice(0, at), word.slice(at));
          }
        }
      }
      if (split.length) {
        for (const piece of split) {
          take(piece, 0.8);
          name(piece);
        }
        corrections.push([start, end, split.join(' ')]);
      } else if (near.length) {
        await need(near.map(([other]) => other));
        near.forEach(([other, distance], rank) => take(other, (distance > 1 ? 0.7 : 0.9) / (1 << rank)));
        name(near[0][0]);
        corrections.push([start, end, near[0][0]]);
      }
    };
    // Words that stand on no page, but may be words of a name that does, by their places among the names.
    const nowhere = new Map();
    for (let i = 0; i < asked.length; i++) {
      const [word, start, end] = asked[i];
      const next = asked[i + 1];
      const joined = next && next[1] - end === 1 && shardOf(word + next[0]) === shardOf(word) && word + next[0];
      const isCommon = () => 4 * size(joined) >= Math.min(size(word), size(next[0]));
      if (joined && (size(joined) || size(`${joined} `)) && isCommon()) {
        take(joined, 0.8);
        if (!size(word) || !size(next[0])) {
          corrections.push([start, next[2], joined]);
          name(joined);
          if (!size(next[0])) {
            if (take(word, 1)) name(word);
            i++;
          }
          continue;
        }
      }
      if (find(word)) {
        if (!take(word, 1)) nowhere.set(names.length, asked[i]);
        name(word);
      } else {
        const named = names.length;
        await guess(asked[i]);
        // No title or question holds a word that stands nowhere.
        names[named] ??= '';
      }
    }
    for (let i = 0; i < names.length; i++) {
      for (let length = Math.min(6, names.length - i); length > 0; length--) {
        const key = names.slice(i, i + length).sort().join(' ');
        if (take(`${key} `, 1) || take(`${key}?`, 0.7)) {
          while (--length) nowhere.delete(i++);
          nowhere.delete(i);
          break;
        }
      }
    }
    const whole = [...new Set(names)].sort();
    for (const [, one] of nowhere) await guess(one);

    // Stop words, and a title or question of just these words, tell apart what the others found.
    const finding = terms.length;
    counted.forEach((word) => take(word, 0.3));
    if (whole.length) {
      const hash = check(new TextEncoder().encode([...whole, ...small.sort()].join(' ')));
      take(`${whole[0]} ${hash.slice(3)}`, 1);
    }

    // Scores, without the documents that filters leave out.
    const count = Math.max(0, Math.floor(limit) || 0);
    const own = (values, name) => values && Object.hasOwn(values, name) && values[name];
    const sets = Object.entries(allowed ? filters : {}).map(([filter, values]) => {
      const set = new Set();
      for (const wanted of [values].flat()) {
        let document = 0;
        for (const gap of own(own(allowed, filter), wanted) || []) set.add(document += gap);
      }
      return set;
    });
    const touched = [];
    const weights = new Map();
    for (const [at, term] of terms.entries()) {
      const { shard, list } = term;
      const end = shard.starts[list + 1];
      term.factor = term.weight * rarity(end - shard.starts[list]);
      for (const form of shard.forms[list]) {
        const word = form.replace(/[ ?]$/, '');
        const weight = Math.max(weights.get(word)?.weight ?? 0, term.factor);
        if (at < finding && isWord(word)) weights.set(word, { weight });
      }
      for (let i = shard.starts[list]; i < end; i++) {
        const document = shard.documents[i];
        if (!scores[document]) {
          if (at >= finding) continue;
          touched.push(document);
        }
        scores[document] += term.factor * values[shard.impacts[i]];
      }
    }
    const best = [];
    let total = 0;
    for (const document of touched) {
      const score = scores[document];
      scores[document] = 0;
      if (!sets.every((set) => set.has(document))) continue;
      total++;
      let at = Math.min(best.length, count);
      while (at > 0 && (best[at - 1].score < score || (best[at - 1].score === score && best[at - 1].document > document))) at--;
      if (at < count) {
        best.splice(at, 0, { document, score });
        if (best.length > count) best.pop();
      }
    }
    const results = await Promise.all(best.map((one) => result(one, terms, weights)));
    let suggestion = '';
    let from = 0;
    for (const [start, end, correct] of corrections.sort((l, r) => l[0] - r[0])) {
      suggestion += text.slice(from, start) + correct;
      from = end;
    }
    suggestion = from ? (suggestion + text.slice(from)).trim() : null;
    return { total, suggestion, results };
  }

  // A result with the excerpt from the part of the page that has most of the terms.
  async function result({ document, score }, terms, weights) {
    const votes = [0];
    for (const { shard, list, factor } of terms) {
      const at = shard.documents.indexOf(document, shard.starts[list]);
      const part = at >= 0 && at < shard.starts[list + 1] && shard.parts[at];
      if (part) votes[part] = (votes[part] ?? 0) + factor * values[shard.impacts[at]];
    }
    let part = 0;
    votes.forEach((vote, at) => {
      if (vote > votes[part]) part = at;
    });
    const stored = await loadText(document, part);
    //#many
    if ('@split') part = 0;
    //#end
    const [page, title, kind, region, parts] = stored;
    // Other forms of the title's words say no more than it does.
    const inTitle = new Set(words(title).map(([word]) => word));
    for (const { shard, list } of terms) {
      const forms = shard.forms[list];
      if (forms.some(inTitle.has, inTitle)) forms.forEach(inTitle.add, inTitle);
    }
    let chosen;
    for (const piece of parts[part] ?? []) {
      const [text, heading = '', anchor = heading.toLowerCase().match(/[a-z\d]+/g)?.join('-')] = piece;
      const spots = piece[3] ??= words(text);
      const hits = [];
      let isOwn = false;
      spots.forEach(([word, start, end], at) => {
        const known = weights.get(word);
        if (known) {
          hits.push({ known, at, start, end });
          isOwn ||= !inTitle.has(word);
        }
      });
      // Each word counts once in a stretch: `met` is the last stretch that had it.
      const best = { value: 0, first: 0 };
      hits.forEach((from, i) => {
        const met = {};
        let sum = 0;
        for (let j = i; j < hits.length && hits[j].end - from.start <= 160; j++) {
          const { known } = hits[j];
          if (known.met !== met) sum += known.weight;
          known.met = met;
        }
        if (sum > best.value) Object.assign(best, { value: sum, first: from.at });
      });
      const met = {};
      for (const [word] of piece[4] ??= words(heading)) {
        const known = weights.get(word);
        if (known && known.met !== met) {
          known.met = met;
          best.value += known.weight;
          isOwn ||= !inTitle.has(word);
        }
      }
      if (!chosen || best.value > chosen.value || (!chosen.text && !chosen.value)) {
        chosen = { ...best, isOwn, anchor, heading, text, spots };
      }
    }
    const leads = chosen?.isOwn && chosen.anchor;
    return {
      url: leads ? `${page}#${chosen.anchor}` : page, page, title, heading: leads ? chosen.heading : '', kind, region,
      ...excerpt(chosen, weights), score,
    };
  }

  return { search };
}

// A stretch of at most 160 characters around the hits, from a sentence's start where one is near.
function excerpt(chosen, weights) {
  if (!chosen?.spots.length) return { excerpt: [...chosen?.text ?? ''].slice(0, 158).join(''), marks: [] };
  const { text, spots, first } = chosen;
  let [start, before] = [0, ''];
  const from = spots[first][1];
  if (from > 60) {
    const sentence = spots.find(([, at]) => at >= from - 100 && at <= from && /[.?!] $/.test(text.slice(Math.max(0, at - 2), at)));
    start = (sentence ?? spots.find(([, at]) => at >= from - 60))[1];
    before = sentence ? '' : '…';
  }
  let [end, after] = [text.length, ''];
  if (end > start + 158) {
    const last = spots.findLast((spot) => spot[2] <= start + 158)?.[2];
    if (last > start) [end, after] = [last, '…'];
  }
  const marks = spots.filter((spot) => spot[1] >= start && spot[2] <= end && weights.has(spot[0]))
    .map((spot) => [spot[1] - start + before.length, spot[2] - start + before.length]);
  return { excerpt: before + text.slice(start, end) + after, marks };
}
