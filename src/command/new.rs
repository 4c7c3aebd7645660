//! `needlepoint new`: an article with its required keys and sections, at the right place.

use super::{Globals, Outcome, print, shown, today, usage_error};
use crate::config::{self, Config, Kind};
use crate::diag;
use crate::disk;
use crate::error::{Error, ErrorKind};
use crate::front_matter;
use crate::name::{KindId, SitePath, Slug};

/// Writes the article.
pub fn run(globals: &Globals, kind: &str, title: &str) -> Result<Outcome, Error> {
    let root = globals.find_root()?;
    let reading = disk::read_site(&root)?;
    let config =
        reading.files().text("needlepoint.toml").map(|source| config::parse(source).0).unwrap_or_default();
    let kind = find_kind(&config, kind)?;
    if title.trim().is_empty() {
        return Err(Error::new(ErrorKind::Usage, "the title is empty"));
    }
    let length = title.chars().count();
    if length > front_matter::MAX_TITLE {
        let message =
            format!("the title has {length} characters; at most {} are allowed", front_matter::MAX_TITLE);
        return Err(Error::new(ErrorKind::Usage, message).with_help("say it in fewer words"));
    }
    let folder = folder_of(&config, &kind.id);
    let path =
        format!("content/{folder}{}{}.md", if folder.is_empty() { "" } else { "/" }, Slug::from_text(title));
    let path = SitePath::new(&path).ok_or_else(|| {
        Error::new(ErrorKind::Usage, format!("no file can be named for the title `{title}`"))
    })?;
    let text = article(&config, kind, folder, title, &today()?.to_string());
    disk::create_file(&root, &path, &text)?;
    globals.say("it is a draft: take `draft = true` out when it is ready");
    print(&format!("{}\n", shown(&root, path.as_str())))
}

fn find_kind<'a>(config: &'a Config, name: &str) -> Result<&'a Kind, Error> {
    let kind = KindId::new(name).and_then(|id| config.kind(&id));
    kind.ok_or_else(|| {
        let names: Vec<&str> = config.kinds().iter().map(|kind| kind.id.as_str()).collect();
        let help = diag::did_you_mean(name, names.iter().copied())
            .unwrap_or_else(|| format!("the kinds of this site are {}", names.join(", ")));
        usage_error(format!("there is no kind `{name}`"), Some(help))
    })
}

/// The folder whose pages are of that kind without saying so, else where such pages usually lie.
fn folder_of<'a>(config: &'a Config, kind: &KindId) -> &'a str {
    let own = config.folders.iter().find(|(_, folder_kind)| folder_kind.value == *kind);
    match (own, kind.as_str()) {
        (Some((folder, _)), _) => folder,
        (None, "condition") => "conditions",
        (None, "page") => "",
        (None, _) => "articles",
    }
}

fn article(config: &Config, kind: &Kind, folder: &str, title: &str, date: &str) -> String {
    let mut text = format!("+++\ntitle = {}\n", toml::Value::from(title));
    if config.folder_kind(folder) != kind.id {
        text.push_str(&format!("kind = \"{}\"\n", kind.id));
    }
    text.push_str(&format!("draft = true\ndate = {date}\n"));
    let has_description = kind.required.iter().any(|key| key.value == "description");
    text.push_str(
        "description = \"One or two sentences that say what the reader will find here, in plain words.\"\n",
    );
    for key in kind
        .required
        .iter()
        .map(|key| &key.value)
        .filter(|key| !matches!(key.as_str(), "title" | "description" | "date" | "kind"))
    {
        text.push_str(&required_key(key, date));
    }
    debug_assert!(has_description || !text.is_empty());
    text.push_str("+++\n\n");
    text.push_str("Answer the reader's question in one or two short sentences first.\n");
    for rule in &kind.sections {
        if let Some(heading) = rule.headings.first()
            && rule.required
        {
            text.push_str(&format!("\n## {heading}\n\nWrite here.\n"));
        }
    }
    if kind.id.as_str() == "faq" {
        text.push_str("\n## What would a reader ask first?\n\nAnswer in the first sentence. Then explain.\n");
    }
    text
}

/// A line for a required key with something to fill in.
fn required_key(key: &str, date: &str) -> String {
    match key {
        "updated" | "reviewed" | "expires" => format!("{key} = {date}\n"),
        "authors" | "tags" | "conditions" | "questions" | "keywords" | "also_called" | "related" => {
            format!("{key} = []\n")
        }
        "evidence" | "history" => format!("{key} = []\n"),
        "weight" => "weight = 1\n".to_owned(),
        _ => format!("{key} = \"\"\n"),
    }
}
