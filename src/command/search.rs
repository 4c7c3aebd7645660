//! `needlepoint search`: the readers' search, from the terminal.

use std::fmt::Write;

use super::{Globals, Outcome, built_site, print};
use crate::error::{Error, ErrorKind};
use crate::pipeline::Site;
use crate::search::{Answer, Filters, Found};

/// What the command was asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// Tag of the language whose pages are searched; without one, the site's own.
    pub language: Option<String>,
    /// How many results at the most.
    pub limit: usize,
    /// Whether the answer is printed as JSON.
    pub json: bool,
    /// Whether scores are taken apart.
    pub explain: bool,
}

/// Runs the command.
pub fn run(globals: &Globals, query: &str, options: &Options) -> Result<Outcome, Error> {
    let site = built_site(&globals.find_root()?, false)?;
    let failed = |error: crate::search::Error| Error::new(ErrorKind::Usage, error.to_string());
    let language = match &options.language {
        Some(tag) => known_language(tag, &site)?,
        None => &site.config().language,
    };
    let index = site.search_index(language).map_err(failed)?;
    let answer = index.query(query, options.limit, &Filters::default()).map_err(failed)?;
    if options.json {
        let json = serde_json::to_string_pretty(&answer).expect("an answer is JSON");
        return print(&format!("{json}\n"));
    }
    print(&drawn(query, &answer, options.explain))
}

/// The language of the site with this tag.
fn known_language<'s>(tag: &str, site: &'s Site) -> Result<&'s str, Error> {
    let languages = site.catalog().languages();
    languages.iter().map(|known| &**known).find(|known| known.eq_ignore_ascii_case(tag)).ok_or_else(|| {
        let known: Vec<String> = languages.iter().map(|known| format!("`{known}`")).collect();
        let message = format!("the site has no pages in the language `{tag}`");
        Error::new(ErrorKind::Usage, message).with_help(format!("it has pages in {}", known.join(", ")))
    })
}

fn drawn(query: &str, answer: &Answer, explain: bool) -> String {
    let mut text = String::new();
    let pages = if answer.total == 1 { "1 page".to_owned() } else { format!("{} pages", answer.total) };
    let _ = writeln!(text, "{pages} for “{query}”");
    if let Some(suggestion) = &answer.suggestion {
        let _ = writeln!(text, "did you mean “{suggestion}”?");
    }
    for (index, found) in answer.results.iter().enumerate() {
        let heading =
            if found.heading.is_empty() { String::new() } else { format!(" › {}", found.heading) };
        let _ = writeln!(text, "\n{:>2}. {}{heading}\n    {}", index + 1, found.title, found.url);
        if !found.excerpt.is_empty() {
            let _ = writeln!(text, "    {}", found.excerpt.replace('\n', " "));
        }
        if explain {
            explained(&mut text, found);
        }
    }
    text
}

fn explained(text: &mut String, found: &Found) {
    let _ = writeln!(text, "    score {:.3}", found.score);
    for part in &found.parts {
        let sum = part.weight * part.rarity * part.impact;
        let _ = writeln!(
            text,
            "      {:<30} {sum:>8.3} = weight {:.2} × rarity {:.2} × impact {:.2}",
            part.term, part.weight, part.rarity, part.impact
        );
    }
}
