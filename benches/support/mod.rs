//! A made-up site of any size: the same size and seed give the same bytes.
//!
//! Words come from a grammar of syllables and are drawn as in real texts, few often and many seldom. The articles have
//! headings, lists, tables, quotations, footnotes, links and mentions of 200 conditions.

/// A small generator of numbers (Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

const PARTS: &[&str] = &[
    "neck", "shoulder", "elbow", "wrist", "hand", "jaw", "back", "hip", "knee", "ankle", "foot", "thigh",
    "calf", "forearm", "rib", "scalp",
];
const TROUBLES: &[&str] = &[
    "pain",
    "strain",
    "stiffness",
    "tendinopathy",
    "bursitis",
    "impingement",
    "spasm",
    "headache",
    "sprain",
    "neuralgia",
    "contracture",
    "overuse",
    "weakness",
];
const COMMON: &str = "the needle muscle therapist treatment session trigger point tissue patient movement range motion \
    exercise licensed physical therapy clinic blood flow twitch response soreness relief insurance training state \
    evidence a of to and in with for after before during may can often usually when while is are was which that";
const ONSETS: &[&str] = &[
    "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl", "br", "gl", "sc",
    "sp",
];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "ea", "io", "ou"];
const CODAS: &[&str] = &["n", "r", "s", "l", "m", "t", "x", "nd", "st", "ng", "rm"];

/// How many different rare words there are.
const RARE: usize = 40_000;

/// How many conditions a site has.
const CONDITIONS: usize = 200;

/// A site's files: paths from its root, and texts.
pub(crate) fn site(articles: usize, seed: u64) -> Vec<(String, String)> {
    let mut writer = Writer::new(seed);
    let mut files = vec![
        (
            "needlepoint.toml".to_owned(),
            "title = \"Bench\"\nbase_url = \"https://bench.example\"\n".to_owned(),
        ),
        ("content/_index.md".to_owned(), "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n".to_owned()),
        ("content/articles/_index.md".to_owned(), "+++\ntitle = \"Articles\"\n+++\n".to_owned()),
        ("content/conditions/_index.md".to_owned(), "+++\ntitle = \"Conditions\"\n+++\n".to_owned()),
    ];
    files.extend((0..CONDITIONS).map(|number| writer.condition(number)));
    files.extend((0..articles).map(|number| writer.article(number)));
    files
}

/// The path of an article's file.
pub(crate) fn article_path(number: usize) -> String {
    format!("content/articles/a{number:06}.md")
}

struct Writer {
    numbers: Numbers,
    rare: Vec<String>,
    common: Vec<&'static str>,
    links: usize,
}

impl Writer {
    fn new(seed: u64) -> Self {
        let mut numbers = Numbers(seed);
        let rare = (0..RARE).map(|_| rare_word(&mut numbers)).collect();
        Self { numbers, rare, common: COMMON.split_whitespace().collect(), links: 0 }
    }

    fn rare(&mut self) -> String {
        // The product of two draws is small more often than not.
        let at = self.numbers.below(RARE) * (self.numbers.below(RARE) + 1) / RARE;
        self.rare[at].clone()
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.rare()).collect();
        capitalised(&words.join(" "))
    }

    fn sentence(&mut self) -> String {
        let length = self.numbers.between(8, 22);
        let mut words: Vec<String> = (0..length)
            .map(|_| {
                let is_common = self.numbers.below(100) < 62;
                if is_common {
                    self.common[self.numbers.below(self.common.len())].to_owned()
                } else {
                    self.rare()
                }
            })
            .collect();
        if self.numbers.below(100) < 6 {
            let (title, also) = names(self.numbers.below(CONDITIONS));
            let name = if self.numbers.below(2) == 0 { title.to_lowercase() } else { also };
            words.insert(self.numbers.below(length), name);
        }
        let at = self.numbers.below(length);
        match self.numbers.below(20) {
            0 | 1 => words[at] = format!("**{}**", words[at]),
            2 => {
                self.links += 1;
                words[at] = format!("[{} {}](https://example.org/{})", words[at], self.links, self.links);
            }
            _ => {}
        }
        capitalised(&words.join(" ")) + "."
    }

    fn paragraph(&mut self) -> String {
        let sentences: Vec<String> = (0..self.numbers.between(3, 6)).map(|_| self.sentence()).collect();
        sentences.join(" ") + "\n\n"
    }

    fn condition(&mut self, number: usize) -> (String, String) {
        let (title, also) = names(number);
        let region = PARTS[number % PARTS.len()];
        let id = title.to_lowercase().replace(' ', "-");
        let text = format!(
            "+++\ntitle = \"{title}\"\nkind = \"condition\"\ndescription = \"About {}.\"\nalso_called = [\"{also}\"]\n\
             region = \"{region}\"\n+++\n\n{}",
            title.to_lowercase(),
            self.paragraph(),
        );
        (format!("content/conditions/{id}.md"), text)
    }

    fn article(&mut self, number: usize) -> (String, String) {
        let condition = names(self.numbers.below(CONDITIONS)).0.to_lowercase().replace(' ', "-");
        let (year, month, day) = (2015 + number % 11, 1 + number % 12, 1 + number % 28);
        let mut text = format!(
            "+++\ntitle = \"{} {number}\"\ndescription = \"{}.\"\ndate = {year}-{month:02}-{day:02}\n\
             conditions = [\"{condition}\"]\n+++\n\n",
            self.words(4),
            self.words(12),
        );
        text += &self.paragraph();
        for section in 0..self.numbers.between(4, 7) {
            text += &format!("## {}\n\n", self.words(3));
            text += &self.paragraph();
            text += &self.block(section);
        }
        (article_path(number), text)
    }

    /// A list, a table, a part with a heading of its own, a quotation, a footnote, or nothing.
    fn block(&mut self, section: usize) -> String {
        match self.numbers.below(100) {
            0..40 => {
                let items: Vec<String> =
                    (0..self.numbers.between(3, 6)).map(|_| format!("- {}\n", self.sentence())).collect();
                items.concat() + "\n"
            }
            40..55 => {
                let row = |writer: &mut Self| {
                    format!("| {} | {} | {} |\n", writer.rare(), writer.numbers.below(60), writer.words(2))
                };
                let rows: Vec<String> = (0..4).map(|_| row(self)).collect();
                format!("| Phase | Minutes | Note |\n|---|---:|---|\n{}\n", rows.concat())
            }
            55..70 => format!("### {}\n\n{}", self.words(2), self.paragraph()),
            70..78 => format!("> {}\n\n", self.sentence()),
            78..83 => format!("A claim with a note.[^{section}]\n\n[^{section}]: {}\n\n", self.sentence()),
            _ => String::new(),
        }
    }
}

/// Title and other name of a condition.
fn names(number: usize) -> (String, String) {
    let (part, trouble) = (PARTS[number % PARTS.len()], TROUBLES[number / PARTS.len() % TROUBLES.len()]);
    (format!("{} {trouble}", capitalised(part)), format!("{trouble} of the {part}"))
}

fn rare_word(numbers: &mut Numbers) -> String {
    let syllables = [1, 2, 2, 3][numbers.below(4)];
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(numbers.pick(ONSETS));
        word.push_str(numbers.pick(VOWELS));
    }
    word + numbers.pick(CODAS)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
