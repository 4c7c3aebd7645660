// What search costs a reader in bytes: two indexes of 33 short pages in the folder SEARCH_FIXTURE, which `cargo test`
// makes and names.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const folder = (name) => path.join(process.env.SEARCH_FIXTURE, name);
const moduleBytes = async (name) => brotliCompressSync(await readFile(folder(`${name}/search/search.js`))).length;

test('a small site gives its first ten results with excerpts within 12,000 bytes and one request', async () => {
  let total = await moduleBytes('one');
  let requests = 0;
  const fetch = async (url) => {
    const bytes = await readFile(folder(`one${url}`));
    total += brotliCompressSync(bytes).length;
    requests++;
    return new Response(bytes);
  };
  const { openSearch } = await import(pathToFileURL(folder('one/search/search.js')));
  const { search } = await openSearch('/', { fetch });
  const { results } = await search('pain');
  assert.equal(results.length, 10);
  assert.ok(results.every(({ excerpt }) => excerpt));
  assert.equal(requests, 1);
  assert.ok(total <= 12000, `${total} bytes`);
});

test('the module takes at most 6,000 bytes', async () => {
  for (const name of ['one', 'many']) {
    const bytes = await moduleBytes(name);
    assert.ok(bytes <= 6000, `${name}: ${bytes} bytes`);
  }
});
