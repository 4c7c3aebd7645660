//! The integration tests, one binary; each module is one topic.

mod keys_and_values;
/// What a build does to the output folder.
mod output;
mod schemas;
/// The reference of all codes.
mod diagnostics_reference;
/// The program as its users run it.
mod commands;
/// The order of the floors, and what the core must not touch.
mod house;
/// The output folder is the whole old site or the whole new one, whatever fails at whatever moment.
mod output_faults;
/// A scratch folder, and its content as a value.
mod scratch;
/// What builds are made from: texts, and settings.
mod inputs;
/// The same bytes on any machine.
mod determinism;
/// Pages, lists, feed and sitemap of a small site.
mod rendering;
/// What readers find on the pages of a small site, and what these claim.
mod reader_pages;
/// What pages in further languages say, and in which words.
mod languages;
/// The default theme.
mod theme;
/// Saves of every editor, and what the watcher makes of them.
mod watching;
/// The preview as browsers and strangers see it.
mod preview;
/// What the preview tells an author while the site is worked on.
mod author;
/// What the preview says in the terminal.
mod terminal;
/// Crawlers of a preview that changes all the time.
mod crawl;
/// The preview after thousands of saves.
mod storm;
/// The examples of the Markdown specifications.
mod commonmark;
/// Articles that would run script.
mod hostile_bodies;
/// HTML as a browser reads it.
mod html_tokens;
/// Bodies: Markdown beside the HTML it becomes.
mod bodies;
/// A small site around one article.
mod body_site;
/// Automatic links in any text.
mod linking;
/// The preview in Chromium.
mod browser;
/// Any series of edits gives what a fresh build gives.
mod updates;
/// The search index: building, both queries, damage.
mod search;
/// Search from the terminal, in each language, and what authors ask of it.
mod search_for_authors;
/// Graphs of structured data against the vocabulary of schema.org.
mod structured_data;
/// A validator of such graphs.
mod vocabulary;
/// Pictures in the widths that screens need, and cards for link previews.
mod pictures;
/// What articles become, for the page for theme authors.
mod theme_constructs;
/// The page for theme authors.
mod theme_reference;
/// The language server over a connection in memory.
mod lsp;
/// The language server in Neovim.
mod neovim;
/// What is counted in a text.
mod readability;
/// Each code is raised by one site, and not by another that nearly does.
mod every_code;
