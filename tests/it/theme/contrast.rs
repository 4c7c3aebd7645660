//! Contrast of every pair of colours, computed from the style sheet as WCAG 2.2 defines it.

use std::collections::BTreeMap;

type Rgb = [f64; 3];

/// Colours of one scheme by the name of their property.
struct Scheme {
    name: &'static str,
    colors: BTreeMap<String, Rgb>,
}

fn rgb(hex: &str) -> Rgb {
    let channel = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
    [channel(1), channel(3), channel(5)]
}

/// Relative luminance: WCAG 2.2, "relative luminance".
fn luminance(color: Rgb) -> f64 {
    let [r, g, b] = color.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Contrast ratio: WCAG 2.2, "contrast ratio".
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Light and dark, from the first `:root` and, over it, from the block of a reader's choice of more contrast.
fn schemes(css: &str, more: bool) -> [Scheme; 2] {
    let block = |selector: &str| css.split_once(selector).unwrap().1.split_once('}').unwrap().0.to_owned();
    let mut text = block(":root {");
    if more {
        text.push_str(&block(":root[data-contrast=\"more\"] {"));
    }
    let mut pairs: BTreeMap<String, (Rgb, Rgb)> = BTreeMap::new();
    for line in text.lines() {
        let Some((name, value)) = line.trim().trim_end_matches(';').split_once(": ") else { continue };
        let found = if let Some(colors) = value.strip_prefix("light-dark(#") {
            let (light, dark) = colors.trim_end_matches(')').split_once(", ").unwrap();
            Some((rgb(&format!("#{light}")), rgb(dark)))
        } else if value.starts_with('#') {
            Some((rgb(value), rgb(value)))
        } else {
            let other = value.strip_prefix("var(").map(|rest| rest.trim_end_matches(')'));
            other.and_then(|other| pairs.get(other).copied())
        };
        if let Some(found) = found {
            pairs.insert(name.trim_start_matches("--").to_owned(), found);
            pairs.insert(name.to_owned(), found);
        }
    }
    let pick =
        |dark: bool| pairs.iter().map(|(name, &(a, b))| (name.clone(), if dark { b } else { a })).collect();
    [Scheme { name: "light", colors: pick(false) }, Scheme { name: "dark", colors: pick(true) }]
}

const GROUNDS: &[&str] = &[
    "paper",
    "surface",
    "sunk",
    "pine-tint",
    "clay-tint",
    "mark",
    "map",
    "note",
    "tip",
    "important",
    "warning",
    "caution",
];

/// Reports every pair below its ratio: text colours, labels, lines that mean something, and fixed pairs.
fn weak_pairs(scheme: &Scheme) -> Vec<String> {
    let color = |name: &str| scheme.colors[name];
    let mut weak = Vec::new();
    let mut check = |front: &str, back: &str, least: f64| {
        let ratio = contrast(color(front), color(back));
        if ratio < least {
            weak.push(format!("{}: {front} on {back} {ratio:.2}, needs {least}", scheme.name));
        }
    };
    for ground in GROUNDS {
        for text in ["ink", "soft", "link", "link-hover", "visited", "pine"] {
            check(text, ground, 7.0);
        }
        for label in ["clay", "ochre", "err"] {
            check(label, ground, 6.2);
        }
        check("edge", ground, 3.0);
    }
    for bar in ["note", "tip", "important", "warning", "caution"] {
        check(&format!("{bar}-bar"), bar, 4.5);
    }
    // Labels stand on paper and cards, where they reach the enhanced ratio.
    for label in ["clay", "ochre", "plum", "err"] {
        check(label, "paper", 7.0);
        check(label, "surface", 7.0);
    }
    for care in ["care-calm", "care-red", "care-dark"] {
        check("on-care", care, 7.0);
    }
    check("on-pine", "pine", 7.0);
    check("on-focus", "focus", 7.0);
    check("focus-ring", "paper", 3.0);
    weak
}

#[test]
fn every_pair_of_colors_reaches_its_ratio() {
    let css = include_str!("../../../themes/default/assets/css/props.css");
    for more in [false, true] {
        let weak: Vec<String> = schemes(css, more).iter().flat_map(weak_pairs).collect();
        assert!(weak.is_empty(), "more contrast: {more}\n{}", weak.join("\n"));
    }
}

#[test]
fn more_contrast_is_the_same_by_device_and_by_choice() {
    let css = include_str!("../../../themes/default/assets/css/props.css");
    let (_, device) = css.split_once("prefers-contrast: more) {\n    :root {").unwrap();
    let (_, choice) = css.split_once(":root[data-contrast=\"more\"] {").unwrap();
    let lines = |block: &str| {
        block.split_once('}').unwrap().0.lines().map(|l| l.trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(lines(device), lines(choice));
}

#[test]
fn black_on_white_is_21() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
}
