// Tests of how the default theme's search page finds the care cards for what a reader typed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const source = await readFile(path.join(repository, 'themes/default/assets/js/search-view.js'), 'utf8');
// Imported by its text: it has no package.json beside it, and what it imports is for browsers.
const { pinned } = await import(`data:text/javascript,${encodeURIComponent(source.replace(/^import .*$/m, ''))}`);

// The cards of the project's own site.
const toml = await readFile(path.join(repository, 'content/care.toml'), 'utf8');
const cards = toml.split(/^\[(?=[a-z-]+\]$)/m).filter((part) => /^words = /m.test(part)).map((part) => ({
  id: part.slice(0, part.indexOf(']')),
  level: part.match(/^level = "(.+)"$/m)[1],
  words: JSON.parse(part.match(/^words = (\[[^\]]*\])/m)[1].replace(/,\s*\]$/, ']')),
}));

const found = (query) => pinned(query, cards).map((card) => card.id);

test('a care card is found however an emergency is put', () => {
  for (const [id, ...queries] of [
    ['lung', "can't catch my breath", 'struggling to breathe', 'difficulty breathing', 'its difficult to breathe',
      'breathless', 'out of breath', 'cant breath', 'i couldn’t breathe', 'unable to breathe', 'breathing is hard',
      'i coughed up blood', 'cough up blood', 'coughing blood', 'punctured lung', 'collapsed lung', 'lung collapse',
      'short of breath', 'shortness of breath', 'my chest hurts', 'my chest hurt after needling',
      'it hurts when i breathe', 'sharp pain when i breathe in', 'breathing problems', 'blood in my phlegm'],
    ['lung', 'chest pians', 'chets pain', 'short of breth', 'shortnes of breath', 'cuoghing blood'],
    ['cauda-equina', 'cant feel my crotch', 'bladdder control'],
    ['chest-pain', 'tight chest', 'chest tightness', 'my chest feels tight', 'my chest hurt', 'my chest hurts', 'chest pains'],
    ['cauda-equina', 'numb private parts', 'numb down there', 'numbness in my groin', 'numb groin', 'i wet myself',
      "can't hold my pee", 'I CAN NOT PEE', 'lost control of my bladder', 'both legs weak'],
    ['sudden-headache', 'my face droops', 'face drooping', 'slurred speech', 'my speech is slurring'],
    ['after-needling', 'still sore 3 days later'],
    ['infection', 'i have a fever', 'redness', 'the skin is red', 'needle spot is infected'],
    ['fainting', 'i fainted', 'dizziness', 'lightheaded', 'passing out', 'bleeding won’t stop', 'it will not stop bleeding'],
    ['hot-joint', 'my knee is hot and swollen', "i can't put weight on my foot"],
    ['leg-clot', 'my calf is swollen', 'blood clots'],
  ]) {
    for (const query of queries) assert.ok(found(query).includes(id), `${query}: ${found(query)}`);
  }
});

test('no card is shown for what is no warning sign', () => {
  for (const query of [
    'neck pain', 'shortness', 'short', 'out of pocket cost', 'numb fingers', 'breathing exercises', 'dry needling',
    'red light therapy', 'tight hamstring', 'my back hurts', 'pain in left arm', 'blood thinners', 'i cannot speak english',
    'private clinic', 'cortisone injection', 'trigger point injections', 'splitting headache', 'it never goes away', 'how hard is it to get a license', '', '?!', 'ß', 'constructor',
  ]) {
    assert.deepEqual(found(query), [], query);
  }
});
