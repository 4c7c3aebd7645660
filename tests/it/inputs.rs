use jiff::civil::date;
use needlepoint::files::SiteFiles;
use needlepoint::name::SitePath;
use needlepoint::pipeline::Settings;
use needlepoint::source::Source;

pub(crate) fn source(path: &str, text: impl Into<String>) -> Source {
    Source::new(SitePath::new(path).unwrap(), text.into())
}

/// A site of texts alone.
pub(crate) fn files(texts: &[(&str, &str)]) -> SiteFiles {
    let texts = texts.iter().map(|(path, text)| source(path, *text)).collect();
    SiteFiles::new(texts, Vec::new(), Vec::new())
}

/// The site as readers get it.
pub(crate) fn published() -> Settings {
    Settings { today: date(2026, 11, 21), drafts: false, base_url: None, incremental: true }
}

/// The site as its authors see it.
pub(crate) fn with_drafts() -> Settings {
    Settings { drafts: true, ..published() }
}
