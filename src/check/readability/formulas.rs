//! The six published formulas, over counts alone.
//!
//! Symbols of health.md, section 5.1: W words, S sentences, Y syllables, L letters, C letters and digits, P words of
//! three or more syllables, H hard words in Gunning's sense. Each takes counts and not text, so that they can be held
//! to others' results whatever those call a word. All give 0 where there is no word.

use super::Counts;

/// Flesch Reading Ease: 206.835 - 1.015 W/S - 84.6 Y/W (Flesch 1948); higher is easier.
pub fn flesch_ease(counts: &Counts) -> f64 {
    if counts.words == 0 {
        return 0.0;
    }
    206.835 - 1.015 * counts.words_per_sentence() - 84.6 * per_word(counts.syllables, counts)
}

/// Flesch-Kincaid grade: 0.39 W/S + 11.8 Y/W - 15.59 (Kincaid and others 1975).
pub fn flesch_kincaid(counts: &Counts) -> f64 {
    if counts.words == 0 {
        return 0.0;
    }
    0.39 * counts.words_per_sentence() + 11.8 * per_word(counts.syllables, counts) - 15.59
}

/// SMOG: 1.0430 sqrt(30 P/S) + 3.1291 (McLaughlin 1969); made for texts of thirty sentences.
pub fn smog(counts: &Counts) -> f64 {
    if counts.words == 0 {
        return 0.0;
    }
    let per_sample = counts.polysyllables as f64 * 30.0 / counts.sentences.max(1) as f64;
    1.0430 * per_sample.sqrt() + 3.1291
}

/// Gunning Fog: 0.4 (W/S + 100 H/W) (Gunning 1952).
pub fn gunning_fog(counts: &Counts) -> f64 {
    if counts.words == 0 {
        return 0.0;
    }
    0.4 * (counts.words_per_sentence() + 100.0 * per_word(counts.hard_words, counts))
}

/// Coleman-Liau: 0.0588 (100 L/W) - 0.296 (100 S/W) - 15.8 (Coleman and Liau 1975).
pub fn coleman_liau(counts: &Counts) -> f64 {
    if counts.words == 0 {
        return 0.0;
    }
    let sentences = per_word(counts.sentences, counts);
    0.0588 * 100.0 * per_word(counts.letters, counts) - 0.296 * 100.0 * sentences - 15.8
}

/// Automated Readability Index: 4.71 C/W + 0.5 W/S - 21.43 (Senter and Smith 1967).
pub fn automated_readability(counts: &Counts) -> f64 {
    if counts.words == 0 {
        return 0.0;
    }
    4.71 * per_word(counts.characters, counts) + 0.5 * counts.words_per_sentence() - 21.43
}

fn per_word(count: usize, counts: &Counts) -> f64 {
    count as f64 / counts.words as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(sentences: usize, words: usize) -> Counts {
        Counts { sentences, words, ..Counts::default() }
    }

    fn near(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-9, "{left} is not {right}");
    }

    /// The vectors of health.md, section 5.2, made with the npm packages of the same names.
    #[test]
    fn formulas_agree_with_the_reference_packages() {
        let kincaid = Counts { syllables: 26, ..counts(1, 13) };
        near(flesch_ease(&kincaid), 24.44);
        near(flesch_kincaid(&kincaid), 13.08);
        near(smog(&Counts { polysyllables: 4, ..counts(1, 13) }), 14.554592549557764);
        near(smog(&Counts { polysyllables: 60, ..counts(30, 300) }), 11.20814326018867);
        near(gunning_fog(&Counts { hard_words: 2, ..counts(1, 13) }), 11.353846153846156);
        near(coleman_liau(&Counts { letters: 639, ..counts(6, 119) }), 14.281680672268902);
        near(automated_readability(&Counts { characters: 623, ..counts(6, 151) }), 10.585982339955848);
    }

    #[test]
    fn no_words_give_nought_and_not_a_fraction_of_nothing() {
        let none = Counts::default();
        for grade in [flesch_ease, flesch_kincaid, smog, gunning_fog, coleman_liau, automated_readability] {
            assert_eq!(grade(&none), 0.0);
        }
    }
}
