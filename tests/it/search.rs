//! The index as a whole: both queries agree with each other and with a brute-force count, and damage is noticed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use needlepoint::search::{Document, Filters, Index, Section, Settings, Vocabulary, build};

/// A small generator of numbers, so that each run sees the same documents.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

const WORDS: &str = "needle needling needles muscle muscles pain painful neck shoulder elbow knee ankle treatment treat \
    treated therapist session cost insurance soreness sore bruise trigger point twitch response exercise stretching \
    tumor oedema swelling evidence study review café naïve x-ray 针灸 疗法 golfer's tendon injury rest ice heat the of \
    and with for how does what is it";

fn text(numbers: &mut Numbers, length: usize) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut out = String::new();
    for at in 0..length {
        let skewed = numbers.below(words.len()).min(numbers.below(words.len()));
        out.push_str(words[skewed]);
        if numbers.below(9) == 0 {
            out.push_str(&format!(" rare{}", numbers.below(400)));
        }
        out.push_str(if at % 11 == 10 { ". " } else { " " });
    }
    out
}

fn documents(count: usize) -> Vec<Document<'static>> {
    let mut numbers = Numbers(7);
    let mut documents: Vec<Document> = (0..count)
        .map(|number| Document {
            url: Cow::Owned(format!("/articles/a{number}/")),
            title: Cow::Owned(text(&mut numbers, 4)),
            description: Cow::Owned(text(&mut numbers, 10)),
            questions: vec![Cow::Owned(text(&mut numbers, 6))],
            kind: Cow::Borrowed(["explainer", "guide"][number % 2]),
            sections: (0..3)
                .map(|section| Section {
                    anchor: Cow::Owned(if section == 0 { String::new() } else { format!("s{section}") }),
                    heading: Cow::Owned(if section == 0 { String::new() } else { text(&mut numbers, 3) }),
                    text: Cow::Owned(text(&mut numbers, 60)),
                })
                .collect::<Vec<_>>()
                .into(),
            ..Document::default()
        })
        .collect();
    documents.push(Document {
        url: "/conditions/golfers-elbow/".into(),
        id: "golfers-elbow".into(),
        title: "Golfer's elbow".into(),
        also_called: vec!["medial epicondylitis".into()],
        search_only: vec!["inner elbow pain".into()],
        kind: "condition".into(),
        region: "arm".into(),
        is_condition: true,
        sections: vec![Section { text: "Pain on the inside of the arm.".into(), ..Section::default() }]
            .into(),
        ..Document::default()
    });
    documents
}

/// All files of an index with their bytes.
fn all(documents: &[Document], vocabulary: &Vocabulary, settings: &Settings) -> BTreeMap<String, Vec<u8>> {
    let built = build(documents, vocabulary, settings);
    let bytes = |path: &str| built.bytes(path, || documents).unwrap().into_owned();
    built.paths().map(|path| (path.to_owned(), bytes(path))).collect()
}

fn files(settings: &Settings) -> BTreeMap<String, Vec<u8>> {
    let group = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let synonyms =
        vec![group(&["soreness", "sore muscles"]), group(&["tre", "co-payment"]), group(&["legs", "elbow"])];
    let vocabulary = Vocabulary { synonyms };
    all(&documents(300), &vocabulary, settings)
}

fn open(files: BTreeMap<String, Vec<u8>>) -> Index {
    Index::open(move |path| files.get(path).cloned().ok_or_else(|| "is not there".to_owned())).unwrap()
}

fn pages(index: &Index, query: &str, limit: usize) -> Vec<String> {
    let answer = index.query(query, limit, &Filters::default()).unwrap();
    answer.results.into_iter().map(|found| found.page).collect()
}

/// The two ways an index can be cut: many files, and one.
fn both() -> [Settings; 2] {
    [
        Settings { one_file: 0, ..Settings::default() },
        Settings { one_file: usize::MAX, ..Settings::default() },
    ]
}

#[test]
fn same_documents_make_the_same_bytes_with_any_number_of_threads() {
    for settings in both() {
        let make = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| files(&settings))
        };
        assert!(make(1) == make(3), "the files differ");
    }
}

#[test]
fn condition_comes_first_for_each_of_its_names() {
    for settings in both() {
        let index = open(files(&settings));
        for query in [
            "golfer's elbow",
            "golfers elbow",
            "golfers elbo",
            "Golfer’s elbw",
            "medial epicondylitis",
            "medial epicondilitis",
            "inner elbow pain",
            "golfers elb",
            "epicondylitis medial",
            "what is golfer's elbow and how does it feel?",
        ] {
            let found = pages(&index, query, 3);
            assert_eq!(
                found.first().map(String::as_str),
                Some("/conditions/golfers-elbow/"),
                "{query}: {found:?}"
            );
        }
    }
}

#[test]
fn unknown_word_keeps_a_query_from_being_a_whole_question() {
    let page = |(number, title): (usize, &&'static str)| Document {
        url: format!("/articles/q{number}/").into(),
        title: (*title).into(),
        sections: vec![Section {
            text: "Pain of the knee, and of the knee cap. ".repeat(3 - number).into(),
            ..Section::default()
        }]
        .into(),
        ..Document::default()
    };
    let documents: Vec<Document> =
        ["Knee kneecap knees", "Kneecap", "Pain"].iter().enumerate().map(page).collect();
    for settings in both() {
        let index = open(all(&documents, &Vocabulary::default(), &settings));
        assert_eq!(pages(&index, "pain", 1), ["/articles/q2/"]);
        let best = |query: &str| index.query(query, 1, &Filters::default()).unwrap().results.remove(0);
        for query in ["xqzv pain", "pain xqzv"] {
            assert!(best(query).parts.iter().all(|part| part.term != "the whole query"), "{query}");
        }
    }
}

#[test]
fn three_letters_are_no_other_three_and_no_form_is_a_stop_word() {
    for settings in both() {
        let page = Document {
            url: "/a/".into(),
            title: "What all should see".into(),
            sections: vec![Section { text: "Shoulders and neck.".into(), ..Section::default() }].into(),
            ..Document::default()
        };
        let index = open(all(&[page], &Vocabulary::default(), &settings));
        let ask = |query: &str| index.query(query, 5, &Filters::default()).unwrap();
        assert_eq!((ask("acl ").total, ask("acl ").suggestion), (0, None));
        assert_eq!(ask("nek ").suggestion.as_deref(), Some("neck"));
        let parts = ask("shoulde ").results.remove(0).parts;
        assert!(parts.iter().any(|part| part.term.contains("shoulders")), "{parts:?}");
    }
}

#[test]
fn name_that_two_conditions_share_finds_both() {
    let page = |(number, text): (usize, &&'static str)| Document {
        url: format!("/conditions/c{number}/").into(),
        id: format!("c{number}").into(),
        title: format!("Condition {number}").into(),
        search_only: vec!["elbow pain".into()],
        sections: vec![Section { text: (*text).into(), ..Section::default() }].into(),
        is_condition: true,
        ..Document::default()
    };
    let texts = ["On the inner side.", "On the outer side.", "In the knee."];
    let mut documents: Vec<Document> = texts.iter().enumerate().map(page).collect();
    documents[2].search_only.clear();
    for settings in both() {
        let index = open(all(&documents, &Vocabulary::default(), &settings));
        assert_eq!(pages(&index, "elbow pain outer", 1), ["/conditions/c1/"]);
        assert_eq!(pages(&index, "inner elbow pain", 1), ["/conditions/c0/"]);
        let found = pages(&index, "elbow pain", 3);
        assert!(!found.contains(&"/conditions/c2/".to_owned()) && found.len() == 2, "{found:?}");
    }
}

#[test]
fn word_of_a_group_is_found_within_a_longer_name() {
    let group = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let vocabulary =
        Vocabulary { synonyms: vec![group(&["lower back", "kidneys"]), group(&["shin", "tibia"])] };
    let page = Document {
        url: "/conditions/lumbago/".into(),
        title: "Lumbago".into(),
        also_called: vec!["lower back pain".into()],
        sections: vec![Section { text: "Many have lower back pain.".into(), ..Section::default() }].into(),
        is_condition: true,
        ..Document::default()
    };
    let built = needlepoint::search::build(std::slice::from_ref(&page), &vocabulary, &Settings::default());
    assert_eq!(built.unused_synonyms().collect::<Vec<_>>(), [1]);
    for settings in both() {
        let index = open(all(std::slice::from_ref(&page), &vocabulary, &settings));
        assert_eq!(pages(&index, "kidneys", 1), ["/conditions/lumbago/"]);
    }
}

#[test]
fn own_name_leads_to_the_page_and_another_word_to_its_section() {
    let section = |heading: &'static str, text: &'static str| Section {
        anchor: heading.to_lowercase().into(),
        heading: heading.into(),
        text: text.into(),
    };
    let page = Document {
        url: "/conditions/headache/".into(),
        title: "Headache".into(),
        sections: vec![
            section("", "It hurts."),
            section("Causes", "Many headaches come from stress. Headaches."),
        ]
        .into(),
        ..Document::default()
    };
    for settings in both() {
        let index = open(all(std::slice::from_ref(&page), &Vocabulary::default(), &settings));
        let url = |query: &str| index.query(query, 1, &Filters::default()).unwrap().results.remove(0).url;
        assert_eq!(url("headache"), "/conditions/headache/");
        assert_eq!(url("headache stress"), "/conditions/headache/#causes");
    }
}

/// Twelve pages that all speak of the same thing; each answers another question about it.
fn questions() -> Index {
    let page = |(number, question): (usize, &&'static str)| Document {
        url: format!("/articles/q{number}/").into(),
        title: format!("Dry needling, part {number}").into(),
        questions: vec![(*question).into()],
        sections: vec![Section { text: text(&mut Numbers(3), 50).into(), ..Section::default() }].into(),
        ..Document::default()
    };
    let documents: Vec<Document> = QUESTIONS.iter().enumerate().map(page).collect();
    open(all(&documents, &Vocabulary::default(), &Settings::default()))
}

const QUESTIONS: [&str; 12] = [
    "What is dry needling?",
    "Who can do dry needling?",
    "How is dry needling done?",
    "Why dry needling?",
    "When is dry needling too much?",
    "Where do I get dry needling?",
    "Is it for me?",
    "Does dry needling hurt?",
    "What if I am afraid of dry needling?",
    "How often can you have dry needling?",
    "Will you do it?",
    "Dry needling",
];

#[test]
fn question_of_common_words_finds_its_page() {
    let index = questions();
    for (number, question) in QUESTIONS.iter().enumerate() {
        let page = format!("/articles/q{number}/");
        assert_eq!(pages(&index, question, 1), [page.as_str()], "{question}");
        assert_eq!(
            pages(&index, &question.to_lowercase().replace('?', ""), 1),
            [page.as_str()],
            "{question}"
        );
    }
    assert_eq!(pages(&index, "what really is dry needling", 1), ["/articles/q0/"]);
    assert_eq!(pages(&index, "who can do dry nedling", 1), ["/articles/q1/"]);
    let marked = index.query("what is dry needling", 1, &Filters::default()).unwrap().results.remove(0);
    assert!(!marked.marks.is_empty() && marked.marks.iter().all(|(start, end)| end - start > 2));
}

#[test]
fn keyword_that_is_the_whole_query_finds_its_page_first() {
    let page = |(number, keywords): (usize, &[&'static str])| Document {
        url: format!("/conditions/c{number}/").into(),
        title: format!("Sore knee {number}").into(),
        keywords: keywords.iter().map(|keyword| (*keyword).into()).collect(),
        sections: vec![Section { text: "The knee. ".repeat(9 - number).into(), ..Section::default() }].into(),
        ..Document::default()
    };
    let keywords: [&[&str]; 4] = [&[], &["sore joint"], &[], &["knee", "of the knee"]];
    let documents: Vec<Document> = keywords.into_iter().enumerate().map(page).collect();
    for settings in both() {
        let index = open(all(&documents, &Vocabulary::default(), &settings));
        for query in ["knee", "knees", "Of the knee"] {
            assert_eq!(pages(&index, query, 1), ["/conditions/c3/"], "{query}");
        }
        assert_eq!(pages(&index, "sore joint", 1), ["/conditions/c1/"]);
    }
}

#[test]
fn word_that_stands_only_in_the_vocabulary_leads_on() {
    for settings in both() {
        let index = open(files(&settings));
        let ask = |query: &str| index.query(query, 5, &Filters::default()).unwrap();
        // The beginning of "treatment"; no page has "tre" itself.
        assert!(ask("tre").total >= ask("treatment ").total && ask("treatment ").total > 100);
        // Another name of "elbow", and a word that no page has, spelt right.
        assert_eq!(ask("legs ").total, ask("elbow ").total);
        assert_eq!((ask("payment ").total, ask("payment ").suggestion), (0, None));
    }
}

/// Pages of so many different words that the dictionary is cut everywhere.
fn words_of_syllables() -> Vec<String> {
    let mut numbers = Numbers(5);
    let syllables: Vec<String> =
        "bdfgklmnprst".chars().flat_map(|c| "aiou".chars().map(move |v| format!("{c}{v}"))).collect();
    (0..80)
        .map(|_| {
            let mut word = || {
                let picked = (0..3).map(|_| syllables[numbers.below(48).min(numbers.below(48))].as_str());
                picked.collect::<String>() + "k"
            };
            (0..60).map(|_| word()).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[test]
fn beginning_of_a_word_finds_it_wherever_the_dictionary_is_cut() {
    let texts = words_of_syllables();
    let page = |(number, text): (usize, &String)| Document {
        url: format!("/p{number}/").into(),
        title: "Page".into(),
        sections: vec![Section { text: text.clone().into(), ..Section::default() }].into(),
        ..Document::default()
    };
    let documents: Vec<Document> = texts.iter().enumerate().map(page).collect();
    let mut found_in: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        text.split(' ').for_each(|word| _ = found_in.entry(word).or_default().insert(number));
    }
    let index = open(all(&documents, &Vocabulary::default(), &both()[0]));
    for length in [2, 3, 4, 5] {
        for begin in found_in.keys().map(|word| &word[..length]).collect::<BTreeSet<_>>() {
            let answer = index.query(begin, 1, &Filters::default()).unwrap();
            let of_word = found_in.range(begin..).take_while(|(word, _)| word.starts_with(begin));
            let most = of_word.map(|(_, pages)| pages.len()).max().unwrap();
            let least = if length > 2 { most } else { 1 };
            assert!(answer.total >= least, "{begin}: {} of {most}", answer.total);
            assert_eq!(answer.suggestion, None, "{begin}");
        }
    }
}

#[test]
fn beginning_of_common_words_comes_before_another_form_of_a_rare_one() {
    for settings in both() {
        let mut documents = documents(300);
        documents[0].title = "Injure".into();
        (1..9).for_each(|number| documents[number].title = "Injury".into());
        let index = open(all(&documents, &Vocabulary::default(), &settings));
        let total = |query: &str| index.query(query, 1, &Filters::default()).unwrap().total;
        assert!(total("injur") >= total("injury ") && total("injury ") > 250);
        assert!(total("injurs ") > 0, "another form, where the word is typed to its end");
    }
}

#[test]
fn words_of_the_language_are_not_corrected() {
    for settings in both() {
        let page = Document {
            url: "/a/".into(),
            title: "What is due before a session".into(),
            sections: vec![Section { text: "They have a cast. Needles wont.".into(), ..Section::default() }]
                .into(),
            ..Document::default()
        };
        let index = open(all(&[page], &Vocabulary::default(), &settings));
        let ask = |query: &str| index.query(query, 5, &Filters::default()).unwrap();
        for query in ["can you die", "i hate needles", "can't", "couldnt", "doesn’t", "they're needles "] {
            assert_eq!(ask(query).suggestion, None, "{query}");
        }
        assert_eq!(ask("needels wont").suggestion.as_deref(), Some("needles wont"));
        assert_eq!(ask("casst ").suggestion.as_deref(), Some("cast"));
    }
}

/// A page whose text is this, in an index cut in this way.
fn index_of(text: &'static str, synonyms: &[&[&str]], settings: &Settings) -> Index {
    let sections = vec![Section { text: text.into(), ..Section::default() }].into();
    let page = Document { url: "/a/".into(), title: "Page".into(), sections, ..Document::default() };
    let synonyms = synonyms.iter().map(|group| group.iter().map(|name| (*name).to_owned()).collect());
    open(all(&[page], &Vocabulary { synonyms: synonyms.collect() }, settings))
}

#[test]
fn common_words_of_the_language_are_not_corrected_and_mistakes_are() {
    let text = "A description of the bath room, the therapy of prevention, and how people feel.";
    let many = index_of(text, &[], &both()[0]);
    let suggestion = |query: &str| many.query(query, 5, &Filters::default()).unwrap().suggestion;
    for query in
        ["prescription ", "prescriptions ", "bathroom ", "present ", "presents ", "purple ", "theory "]
    {
        assert_eq!(suggestion(query), None, "{query}");
    }
    for (query, correct) in [("descripshon ", "description"), ("poeple ", "people"), ("theropy ", "therapy")]
    {
        assert_eq!(suggestion(query).as_deref(), Some(correct));
    }
    // Two letters are wrong, one of them the first.
    for settings in both() {
        let index = index_of("A leg hurts: tiredness.", &[], &settings);
        assert_eq!(index.query("redness ", 5, &Filters::default()).unwrap().suggestion, None);
    }
}

#[test]
fn misspelt_and_inflected_names_that_stand_on_no_page_find_what_the_other_names_find() {
    let groups: [&[&str]; 3] =
        [&["blood thinner", "warfarin"], &["blood thinner", "qualification"], &["nowhere", "rivaroxaban"]];
    for settings in both() {
        let index = index_of("Tell us if you take a blood thinner.", &groups, &settings);
        let ask = |query: &str| index.query(query, 5, &Filters::default()).unwrap();
        for (query, correct) in [("warfarrin ", "warfarin"), ("warferin ", "warfarin")] {
            let answer = ask(query);
            assert_eq!((answer.total, answer.suggestion.as_deref()), (1, Some(correct)), "{query}");
        }
        // Two groups have a name in common; another form of a name leads to its group as well.
        assert_eq!((ask("qualification ").total, ask("qualifications ").total), (1, 1));
        // What leads nowhere is no correction.
        assert_eq!((ask("rivaroxiban ").total, ask("rivaroxiban ").suggestion), (0, None));
    }
}

#[test]
fn address_is_no_word_and_its_name_is_read_as_words() {
    for settings in both() {
        let page = |number: usize, text: &'static str| Document {
            url: format!("/p{number}/").into(),
            title: "Page".into(),
            sections: vec![Section { text: text.into(), ..Section::default() }].into(),
            ..Document::default()
        };
        let documents = [page(0, "Write to (hello@dryneedling.example)."), page(1, "Dry needling @ home")];
        let index = open(all(&documents, &Vocabulary::default(), &settings));
        let answer = index.query("dryneedling", 5, &Filters::default()).unwrap();
        assert_eq!(answer.suggestion.as_deref(), Some("dry needling"));
        assert_eq!((answer.total, answer.results[0].page.as_str()), (1, "/p1/"));
        assert_eq!(pages(&index, "home", 5), ["/p1/"]);
    }
}

#[test]
fn spellings_that_begin_differently_share_names_and_questions() {
    let mut documents = documents(300);
    documents[0].title = "Edemas after needling".into();
    documents[1].questions = vec!["Is a haematoma bad?".into()];
    let group = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let vocabulary =
        Vocabulary { synonyms: vec![group(&["leg edema", "stocking"]), group(&["hematoma", "bruise"])] };
    for settings in both() {
        let index = open(all(&documents, &vocabulary, &settings));
        let found = |query: &str| {
            let answer = index.query(query, 3, &Filters::default()).unwrap();
            let results = answer.results.into_iter().map(|found| (found.page, found.score));
            (answer.total, results.collect::<Vec<_>>())
        };
        for (british, american) in [
            ("oedema after needling ", "edema after needling "),
            ("leg oedema ", "leg edema "),
            ("haematoma ", "hematoma "),
            ("is a haematoma bad ", "is a hematoma bad "),
        ] {
            assert_eq!(found(british), found(american), "{british}");
        }
        assert_eq!(found("oedema after needling ").1[0].0, "/articles/a0/");
        assert!(found("haematoma ").0 > 100, "pages with a bruise");
    }
}

#[test]
fn every_word_of_a_document_finds_it() {
    let index = open(files(&both()[0]));
    let documents = documents(300);
    for document in documents.iter().step_by(150) {
        let sections = document.sections.get();
        let words: BTreeSet<&str> =
            sections.iter().flat_map(|section| section.text.split([' ', '.'])).collect();
        for word in words {
            if word.is_empty()
                || "the of on and with for how does what is it".split(' ').any(|stop| stop == word)
            {
                continue;
            }
            let found = pages(&index, &format!("{word} "), usize::MAX);
            assert!(found.iter().any(|page| *page == document.url), "{word} of {}", document.url);
        }
    }
}

#[test]
fn score_is_the_sum_of_its_parts() {
    let index = open(files(&both()[0]));
    let answer = index.query("sholder pain treatment rare17", 50, &Filters::default()).unwrap();
    assert_eq!(answer.suggestion.as_deref(), Some("shoulder pain treatment rare17"));
    assert_eq!(answer.results.len(), 50);
    for found in &answer.results {
        let sum = found.parts.iter().fold(0.0, |sum, part| sum + part.weight * part.rarity * part.impact);
        assert!((sum - found.score).abs() < 1e-9, "{} {sum}", found.score);
    }
    let is_sorted = answer.results.windows(2).all(|pair| pair[0].score >= pair[1].score);
    assert!(is_sorted);
}

#[test]
fn filters_leave_what_has_one_of_the_values() {
    for settings in both() {
        let index = open(files(&settings));
        let ask = |filter: &str, values: &[&str]| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            let filters = Filters { wanted: BTreeMap::from([(filter.to_owned(), values)]) };
            index.query("pain", 400, &filters).unwrap()
        };
        let all = index.query("pain", 400, &Filters::default()).unwrap().total;
        let guides = ask("kind", &["guide"]);
        assert!(guides.results.iter().all(|found| found.kind == "guide") && guides.total > 0);
        assert_eq!(ask("kind", &["guide", "explainer", "condition"]).total, all);
        assert_eq!(ask("condition", &["golfers-elbow"]).total, 1);
        assert_eq!((ask("region", &["leg"]).total, ask("colour", &["red"]).total), (0, 0));
    }
}

#[test]
fn damaged_file_is_an_error_and_never_another_answer() {
    for settings in both() {
        let whole = files(&settings);
        let query = "shoulder rare17 tretment";
        let ask = |files: BTreeMap<String, Vec<u8>>| {
            Index::open(move |path| files.get(path).cloned().ok_or_else(|| "is not there".to_owned()))
                .and_then(|index| index.query(query, 10, &Filters::default()))
        };
        let expected = ask(whole.clone()).unwrap();
        for (path, bytes) in whole.iter().filter(|(path, _)| path.ends_with(".txt")) {
            for at in (0..bytes.len()).step_by(bytes.len() / 7 + 1) {
                let mut flipped = whole.clone();
                flipped.get_mut(path).unwrap()[at] ^= 1 << (at % 8);
                let mut cut = whole.clone();
                cut.get_mut(path).unwrap().truncate(at);
                for damaged in [flipped, cut] {
                    if let Ok(answer) = ask(damaged) {
                        assert_eq!(answer, expected, "{path} at {at}");
                    }
                }
            }
        }
    }
}

#[test]
fn later_query_works_after_a_file_was_missing() {
    let whole = files(&both()[0]);
    let broken = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let is_broken = Arc::clone(&broken);
    let index = Index::open(move |path| {
        let missing = is_broken.load(std::sync::atomic::Ordering::Relaxed) && path != "manifest.json";
        if missing { Err("is not there".to_owned()) } else { Ok(whole[path].clone()) }
    })
    .unwrap();
    let error = index.query("elbow", 5, &Filters::default()).unwrap_err();
    assert!(error.to_string().ends_with("txt is not there"), "{error}");
    broken.store(false, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(pages(&index, "elbow", 5).len(), 5);
}

#[test]
fn each_language_has_an_index_of_its_own() {
    let page = |language: &'static str, word: &'static str| Document {
        url: Cow::Owned(format!("/{language}/")),
        title: word.into(),
        language: language.into(),
        ..Document::default()
    };
    let documents = [page("en", "needles"), page("es", "agujas")];
    let files = all(&documents, &Vocabulary::default(), &Settings::default());
    assert!(files.contains_key("search.js") && files.contains_key("es/search.js"));
    assert!(pages(&open(files.clone()), "aguja", 5).is_empty());
    let spanish =
        Index::open_language(move |path| files.get(path).cloned().ok_or_else(String::new), "es").unwrap();
    assert_eq!(pages(&spanish, "aguja", 5), ["/es/"]);
}

/// Queries of all sorts: plain, misspelt, cut short, joined, and of no sense.
fn queries() -> Vec<String> {
    let mut numbers = Numbers(99);
    let mut queries: Vec<String> =
        ["", " ", "?!", "🙂 pain", "the", "how does it", "针灸", "\u{0}knee\u{7}", "ＮＥＥＤＬＥ"]
            .map(str::to_owned)
            .to_vec();
    queries.extend(["x".repeat(20_000), "pain elbow ".repeat(5_000), "İ ß ﬁ ½ é".repeat(300)]);
    while queries.len() < 500 {
        let length = 1 + numbers.below(7);
        let mut query = text(&mut numbers, length).trim().to_owned();
        match numbers.below(5) {
            0 => query = query.replacen(' ', "", 1),
            1 => query = query.chars().take(1 + numbers.below(14)).collect(),
            2 => {
                let skipped = numbers.below(query.chars().count());
                query = query.chars().enumerate().filter(|(at, _)| *at != skipped).map(|(_, c)| c).collect();
            }
            _ => {}
        }
        queries.push(query);
    }
    queries
}

#[test]
fn browser_module_gives_the_same_answers() {
    let node = Command::new("node").arg("--version").output();
    assert!(node.is_ok(), "Node is needed to try the browser's module; tests/run installs it");
    for settings in both() {
        let files = files(&settings);
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, bytes: &[u8]| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        };
        for (path, bytes) in &files {
            write(&format!("search/{path}"), bytes);
        }
        let index = open(files);
        let answers: Vec<_> = queries()
            .into_iter()
            .map(|query| {
                let answer = index.query(&query, 10, &Filters::default()).unwrap();
                (query, answer)
            })
            .collect();
        write("answers.json", serde_json::to_string(&answers).unwrap().as_bytes());
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/js");
        let run = Command::new("node")
            .arg("--test")
            .arg(scripts.join("search.test.mjs"))
            .env("SEARCH_FIXTURE", folder.path())
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
    }
}

/// The pages of `tests/data/short-pages.txt`: 33 of about a hundred words, for which an index of words alone takes
/// 6.2 KB in MiniSearch.
fn short_pages() -> Vec<Document<'static>> {
    let text = include_str!("../data/short-pages.txt").trim_start_matches("# ");
    let page = |page: &'static str| {
        let (head, body) = page.split_once("\n\n## ").unwrap();
        let [url, title, description] = head.lines().collect::<Vec<_>>()[..] else { panic!("{head}") };
        let section = |section: &'static str| {
            let (heading, text) = section.split_once('\n').unwrap();
            Section {
                anchor: heading.to_lowercase().replace(' ', "-").into(),
                heading: heading.into(),
                text: text.trim().into(),
            }
        };
        Document {
            url: url.into(),
            title: title.into(),
            description: description.into(),
            kind: "page".into(),
            sections: body.split("\n\n## ").map(section).collect::<Vec<_>>().into(),
            ..Document::default()
        }
    };
    text.split("\n\n# ").map(page).collect()
}

/// Node compresses and counts; its script knows what is allowed.
#[test]
fn bytes_stay_within_their_budgets() {
    let folder = tempfile::tempdir().unwrap();
    for (name, settings) in [("many", &both()[0]), ("one", &Settings::default())] {
        for (path, bytes) in all(&short_pages(), &Vocabulary::default(), settings) {
            let path = folder.path().join(name).join("search").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/js/bytes.test.mjs");
    let run =
        Command::new("node").arg("--test").arg(script).env("SEARCH_FIXTURE", folder.path()).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}

#[test]
fn one_file_answers_as_many_do() {
    let [many, one] = both().map(|settings| open(files(&settings)));
    let found = |index: &Index, query: &str| {
        let answer = index.query(query, 10, &Filters::default()).unwrap();
        let results = answer.results.into_iter().map(|found| (found.url, found.score, found.excerpt));
        (answer.total, results.collect::<Vec<_>>())
    };
    let words = WORDS.split_whitespace().map(str::to_owned);
    for word in
        words.chain((0..400).map(|number| format!("rare{number}"))).chain(["medial epicondylitis".into()])
    {
        let query = format!("{word} ");
        assert_eq!(found(&one, &query), found(&many, &query), "{query}");
    }
}
