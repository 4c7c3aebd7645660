//! Shortcodes: each is a template of the theme with a value of its own.

use serde::Serialize;

use super::escape;
use super::writer::{Mode, Writer};
use crate::markdown::Shortcode;
use crate::markup;
use crate::registry::{CareCard, CareLevel};
use crate::render::context::{CareContext, FactContext, Html, NolinkContext, ShortcodePage, StepsContext};
use crate::render::{Inputs, care, words};

fn items(card: &CareCard, inputs: &Inputs<'_>) -> String {
    let mut html = String::from("<ul>\n");
    for item in &card.items {
        html.push_str("<li>");
        escape::text(&mut html, &inputs.config.emergency.put_into(item));
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n");
    html
}

/// The context with the fields of a struct as names of their own.
fn with_fields(mut context: tera::Context, fields: &impl Serialize) -> tera::Context {
    if let Ok(fields) = tera::Context::from_serialize(fields) {
        context.extend(fields);
    }
    context
}

impl Writer<'_> {
    /// A shortcode in a line of text.
    pub(super) fn inline_shortcode(&mut self, index: u32) {
        let html = self.shortcode(index, None);
        let html = html.trim_end();
        self.count_words(&escape::plain(html));
        self.out.push_str(html);
    }

    /// A shortcode alone in its paragraph; what it gives may be a paragraph's text or a block of its own.
    pub(super) fn lone_shortcode(&mut self, index: u32) {
        let html = self.shortcode(index, None);
        let html = html.trim_end();
        self.count_words(&escape::plain(html));
        let is_block = html.starts_with('<') && !escape::is_inline(html);
        if is_block || html.is_empty() {
            self.out.push_str(html);
            self.out.push('\n');
        } else {
            for piece in ["<p>", html, "</p>\n"] {
                self.out.push_str(piece);
            }
        }
        self.between_words = true;
    }

    /// The end of a shortcode with a body, which has been written.
    pub(super) fn shortcode_end(&mut self, index: u32) {
        let Some(start) = self.shortcodes.pop() else { return };
        let body = self.out.split_off(start.min(self.out.len()));
        let html = self.shortcode(index, Some(body));
        self.out.push_str(html.trim_end());
        self.out.push('\n');
    }

    /// What a shortcode gives; where it is unknown or its arguments are wrong, its body.
    fn shortcode(&mut self, index: u32, body: Option<String>) -> String {
        let shortcode = &self.document.shortcodes()[index as usize];
        let registries = self.inputs.registries;
        let base = self.language.context.clone();
        let context = match &*shortcode.name {
            "fact" => {
                let language = &*self.linked.page.interface.language;
                let fact = shortcode.text("id").and_then(|id| registries.fact(id, language));
                fact.map(|fact| {
                    let lang = words::lang_of_fact(self.inputs, fact, language);
                    with_fields(base, &FactContext { text: fact.text.clone(), lang })
                })
            }
            "nolink" => {
                let text = shortcode.text("text");
                text.map(|text| with_fields(base, &NolinkContext { text: text.to_owned() }))
            }
            "steps" => {
                body.as_ref().map(|body| with_fields(base, &StepsContext { body: Html(body.clone()) }))
            }
            "care" => match self.care(shortcode, body.as_deref()) {
                Some((level, card)) if self.stands_above(shortcode, level) => {
                    return self.lift(shortcode, level, card);
                }
                card => card.map(|(_, card)| with_fields(base, &card)),
            },
            name if self.inputs.theme.has_template(&format!("shortcodes/{name}.html")) => {
                Some(self.other(shortcode, body.as_deref(), base))
            }
            _ => None,
        };
        let Some(context) = context else { return body.unwrap_or_default() };
        match self.inputs.theme.render(&format!("shortcodes/{}.html", shortcode.name), &context) {
            Ok(html) => html,
            Err(found) => {
                let path = self.document.source().path();
                self.diagnostics.push(found.with_secondary(path, shortcode.span, "used here"));
                body.unwrap_or_default()
            }
        }
    }

    fn care(&mut self, shortcode: &Shortcode, body: Option<&str>) -> Option<(CareLevel, CareContext)> {
        let language = &*self.linked.page.interface.language;
        let id = shortcode.text("id");
        let card = id.and_then(|id| self.inputs.registries.care_card(id, language));
        let (level, heading, body) = match (card, body) {
            (Some(card), None) => (card.level, card.heading.as_str(), items(card, self.inputs)),
            (None, Some(body)) => {
                (CareLevel::new(shortcode.text("level")?)?, shortcode.text("heading")?, body.to_owned())
            }
            _ => return None,
        };
        let mut number = self.body.care_count;
        // In a list of answers the card stands below a third-level heading, among answers of other pages.
        let (rank, anchor) = match &self.mode {
            Mode::Page => (3, self.unique_id("care", &mut number)),
            Mode::Answer { anchor, .. } => {
                number += 1;
                (4, format!("{anchor}-care-{number}"))
            }
        };
        self.body.care_count = number;
        let heading = self.inputs.config.emergency.put_into(heading);
        let level_name = level.as_str().to_owned();
        let lang = card.and_then(|card| care::lang(self.inputs, &card.id, language));
        Some((level, CareContext { level: level_name, heading, rank, anchor, body: Html(body), lang }))
    }

    /// Whether a card of the text stands above it: on the page of a condition the first of its level, and any that
    /// stands there already.
    fn stands_above(&self, shortcode: &Shortcode, level: CareLevel) -> bool {
        if !self.is_page() || self.linked.page.interface.condition.is_none() {
            return false;
        }
        let above = care::above(self.inputs, self.linked);
        let is_same = |card: &&CareCard| shortcode.text("id") == Some(card.id.as_str());
        let is_taken = above.iter().any(|card| card.level == level);
        above.iter().any(is_same) || !(is_taken || self.body.care.iter().any(|(taken, _)| *taken == level))
    }

    /// Takes a card out of the text to stand above it; what leads there stands in its place.
    fn lift(&mut self, shortcode: &Shortcode, level: CareLevel, card: CareContext) -> String {
        let anchor = care::anchor(level);
        let mut html = format!("<p><a href=\"#{anchor}\">{}", self.language.care_above.0);
        let heading = markup::escaped(&card.heading);
        html += &match &card.lang {
            Some(lang) => format!("<span lang=\"{lang}\">{heading}</span>"),
            None => heading,
        };
        html += &format!("{}</a></p>\n", self.language.care_above.1);
        if !care::above(self.inputs, self.linked).iter().any(|above| above.level == level) {
            let card = CareContext { rank: 2, anchor, ..card };
            let context = with_fields(self.language.context.clone(), &card);
            match self.inputs.theme.render("shortcodes/care.html", &context) {
                Ok(card) => self.body.care.push((level, Html(card.trim_end().to_owned()))),
                Err(found) => {
                    let path = self.document.source().path();
                    self.diagnostics.push(found.with_secondary(path, shortcode.span, "used here"));
                }
            }
        }
        html
    }

    /// What a shortcode of the theme or the site sees: its arguments, its body and a little of the page.
    fn other(&self, shortcode: &Shortcode, body: Option<&str>, mut context: tera::Context) -> tera::Context {
        for argument in &shortcode.arguments {
            context.insert(argument.name.to_string(), &argument.value);
        }
        let page = &self.linked.page.interface;
        let base = self.inputs.config.base_url.path();
        context.insert(
            "page",
            &ShortcodePage {
                title: page.title.clone(),
                description: page.description.clone(),
                url: format!("{base}{}", page.address.encoded()),
                lang: page.language.to_string(),
                kind: page.kind.to_string(),
            },
        );
        context.insert_value("body", tera::Value::safe_string(body.unwrap_or_default()));
        context
    }
}
