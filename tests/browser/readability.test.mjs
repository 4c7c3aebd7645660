// Holds what the program counts (tests/data/readability.json, which `cargo test` keeps true) to the packages that others
// use: each formula over the same counts, and the syllables of each word.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { automatedReadability } from 'automated-readability';
import { colemanLiau } from 'coleman-liau';
import { flesch } from 'flesch';
import { fleschKincaid } from 'flesch-kincaid';
import { gunningFog } from 'gunning-fog';
import { smogFormula } from 'smog-formula';
import { syllable } from 'syllable';

const { blocks, syllables } = JSON.parse(
  await readFile(new URL('../data/readability.json', import.meta.url)),
);

// Words that the package counts wrong, with the syllables that a dictionary gives.
const OTHERWISE = {
  achilles: 3, area: 3, areas: 3, charge: 1, checked: 1, contraindication: 6, crashes: 2, cushion: 2,
  diabetes: 4, doing: 2, else: 1, elsewhere: 2, every: 3, everyday: 3, experience: 4, false: 1, fascia: 3,
  flashes: 2, fluid: 2, frequent: 2, georgia: 2, going: 2, guidelines: 2, hawaii: 3, helped: 1, ideas: 3,
  large: 1, locked: 1, myo: 2, myofascial: 5, osteoarthritis: 6, passes: 2, pressed: 1, professional: 4,
  professionals: 4, recovery: 4, safety: 2, science: 2, seeing: 2, stretched: 1, surgeon: 2, technique: 2,
  timeframe: 2, tired: 2, touches: 2, wishes: 2,
};

test('formulas give what the packages give', () => {
  assert.ok(blocks.length > 150);
  for (const block of blocks) {
    const { sentences: sentence, words: word, letters: letter, characters: character, ...rest } = block.counts;
    const { syllables: syllable, polysyllables: polysillabicWord, hard_words: complexPolysillabicWord } = rest;
    const expected = {
      flesch: flesch({ sentence, word, syllable }),
      'flesch-kincaid': fleschKincaid({ sentence, word, syllable }),
      'smog-formula': smogFormula({ sentence, polysillabicWord }),
      'gunning-fog': gunningFog({ sentence, word, complexPolysillabicWord }),
      'coleman-liau': colemanLiau({ sentence, word, letter }),
      'automated-readability': automatedReadability({ sentence, word, character }),
    };
    for (const [name, value] of Object.entries(expected)) {
      assert.ok(Math.abs(value - block[name]) < 1e-9, `${name} of "${block.text}": ${block[name]}, not ${value}`);
    }
  }
});

test('syllables are those of the package, or of a dictionary where that is wrong', () => {
  const all = Object.entries(syllables);
  assert.ok(all.length > 900);
  const differing = all.filter(([word, count]) => syllable(word) !== count);
  const wrong = differing.filter(([word, count]) => OTHERWISE[word] !== count);
  assert.deepEqual(wrong.map(([word, count]) => `${word}: ${count}, not ${syllable(word)}`), []);
  assert.ok(differing.length * 20 < all.length, `${differing.length} of ${all.length} words differ`);
});
