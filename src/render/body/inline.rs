//! What stands in a line: text with its marks, links, citations.

use super::escape;
use super::writer::{Mode, OpenMark, Writer};
use crate::bytes;
use crate::link::{Mark, MarkKind, Target};
use crate::markdown::{LinkForm, TextRef, script_address};
use crate::name::{Anchor, UrlPath};
use crate::render::context;
use crate::source::Span;

impl<'a> Writer<'a> {
    pub(super) fn text(&mut self, text: TextRef, at: u32) {
        let words = self.document.text(text);
        self.count_words(words);
        let mut written = 0;
        loop {
            if let Some(open) = &self.open_mark {
                if open.end.event > at {
                    break;
                }
                let (end, closing) = (open.end.offset as usize, open.closing);
                written = self.piece(words, written, end);
                self.out.push_str(closing);
                self.open_mark = None;
            }
            match self.linked.marks.get(self.next_mark) {
                Some(mark) if mark.start.event < at => self.next_mark += 1,
                Some(mark) if mark.start.event == at => {
                    self.next_mark += 1;
                    written = self.piece(words, written, mark.start.offset as usize);
                    self.mark_start(mark);
                }
                _ => break,
            }
        }
        self.piece(words, written, words.len());
    }

    /// Writes a piece of text and gives its end.
    fn piece(&mut self, words: &str, start: usize, end: usize) -> usize {
        let end = end.clamp(start, words.len());
        escape::text(&mut self.out, words.get(start..end).unwrap_or_default());
        end
    }

    fn mark_start(&mut self, mark: &Mark) {
        let mut closing = "</a>";
        match &mark.kind {
            MarkKind::Condition(page) => {
                self.out.push_str("<a href=\"");
                self.out.push_str(self.shared.page(*page));
                self.out.push_str("\" data-auto>");
            }
            MarkKind::Term(term) => match &self.language.glossary {
                Some(glossary) => {
                    self.out.push_str("<a class=\"term\" href=\"");
                    self.out.push_str(glossary);
                    self.out.push('#');
                    escape::fragment(&mut self.out, term.as_str());
                    self.out.push_str("\">");
                }
                None => closing = "",
            },
        }
        self.open_mark = Some(OpenMark { end: mark.end, closing });
    }

    /// Counts the words of a piece of text, which may be the middle of a word.
    pub(super) fn count_words(&mut self, text: &str) {
        let is_space = |byte: u8| byte == b' ' || (b'\t'..=b'\r').contains(&byte);
        let (blocks, rest) = text.as_bytes().as_chunks::<64>();
        let mut last = [b' '; 64];
        last[..rest.len()].copy_from_slice(rest);
        let mut before = u64::from(self.between_words);
        for block in blocks.iter().chain([&last]) {
            let spaces = bytes::bits(block, is_space);
            self.body.words += (!spaces & (spaces << 1 | before)).count_ones() as usize;
            before = spaces >> 63;
        }
        self.between_words = text.bytes().next_back().map_or(self.between_words, is_space);
    }

    /// Opens a link and gives the index of the next event; a link that leads nowhere leaves its words.
    pub(super) fn link_start(&mut self, index: u32, at: u32) -> u32 {
        let Some(target) = self.linked.links.get(index as usize) else { return at + 1 };
        let link = &self.document.links()[index as usize];
        let start = self.out.len();
        self.out.push_str("<a href=\"");
        if !self.push_address(target) {
            self.out.truncate(start);
            return at + 1;
        }
        self.out.push('"');
        if !link.title.is_empty() {
            self.out.push_str(" title=\"");
            escape::attribute(&mut self.out, &link.title);
            self.out.push('"');
        }
        self.out.push('>');
        let title = self.wiki_words(link.form, target);
        self.print_link(target, title, at);
        match title {
            Some(title) => {
                self.count_words(title);
                escape::text(&mut self.out, title);
                self.out.push_str("</a>");
                self.end_of(at)
            }
            None => {
                self.link_is_open = true;
                at + 1
            }
        }
    }

    /// Writes raw HTML with the final addresses of what it leads to and loads.
    pub(super) fn raw_html(&mut self, html: TextRef) {
        let (text, document) = (self.document.text(html), self.document);
        let Some(start) = html.offset() else { return };
        let mut written = 0;
        for (index, link) in document.html_links_in(Span::new(start as usize, start as usize + text.len())) {
            let Some(target) = self.linked.links.get(index as usize) else { continue };
            let range = (link.span.start - start) as usize..(link.span.end - start) as usize;
            self.out.push_str(&text[written..range.start]);
            let before = self.out.len();
            if self.push_address(target) {
                // Whatever quotation marks stand around it, the address does not end the attribute.
                let address = self.out.split_off(before).replace('\'', "%27");
                self.out.push_str(&address);
            } else {
                self.out.push_str(&text[range.clone()]);
            }
            written = range.end;
        }
        self.out.push_str(&text[written..]);
    }

    /// The words of a link whose author left them to the program: the title of the page or the heading it leads to.
    fn wiki_words(&self, form: LinkForm, target: &Target) -> Option<&'a str> {
        if form != LinkForm::Wiki {
            return None;
        }
        match target {
            Target::Page(page, _) => Some(&self.inputs.catalog.page(*page).title),
            Target::Here(anchor) => {
                let heading = self.document.headings().iter().find(|heading| heading.anchor == *anchor);
                heading.map(|heading| &*heading.text)
            }
            _ => None,
        }
    }

    /// Writes where a link leads, as it stands in an attribute; `false` where it leads nowhere.
    pub(super) fn push_address(&mut self, target: &Target) -> bool {
        match target {
            Target::Page(page, anchor) => {
                self.out.push_str(self.shared.page(*page));
                self.push_fragment(anchor.as_ref());
            }
            Target::Here(anchor) => {
                if !self.is_page() {
                    self.out.push_str(self.shared.page(self.linked.id));
                }
                self.push_fragment(Some(anchor));
            }
            Target::Generated(address, anchor) => {
                self.push_rooted(address);
                self.push_fragment(anchor.as_ref());
            }
            Target::Asset(address) => self.push_rooted(address),
            Target::External(typed) if script_address(typed) => return false,
            Target::External(typed) => escape::address(&mut self.out, typed),
            Target::Broken => return false,
        }
        true
    }

    fn push_rooted(&mut self, address: &UrlPath) {
        escape::attribute(&mut self.out, self.inputs.config.base_url.path());
        escape::attribute(&mut self.out, &address.encoded());
    }

    fn push_fragment(&mut self, anchor: Option<&Anchor>) {
        if let Some(anchor) = anchor {
            self.out.push('#');
            escape::fragment(&mut self.out, anchor.as_str());
        }
    }

    /// Keeps a link for the foot of the handout, with its whole address.
    fn print_link(&mut self, target: &Target, title: Option<&str>, at: u32) {
        if !self.is_page() {
            return;
        }
        let catalog = self.inputs.catalog;
        let base = &self.inputs.config.base_url;
        let (address, anchor) = match target {
            Target::Page(page, anchor) => (base.join(&catalog.page(*page).address), anchor.as_ref()),
            Target::Generated(address, anchor) => (base.join(address), anchor.as_ref()),
            Target::Asset(address) => (base.join(address), None),
            Target::External(typed) => {
                let schemes = ["mailto:", "tel:", "sms:"];
                let scheme = schemes.iter().find(|scheme| has_scheme(typed, scheme));
                (typed[scheme.map_or(0, |scheme| scheme.len())..].to_owned(), None)
            }
            Target::Here(_) | Target::Broken => return,
        };
        let url = anchor.map_or(address.clone(), |anchor| format!("{address}#{anchor}"));
        let text = match title {
            Some(title) => title.to_owned(),
            None => self.document.plain_text(at + 1..self.end_of(at) - 1),
        };
        self.push_print_link(text.trim().to_owned(), url);
    }

    fn push_print_link(&mut self, text: String, url: String) {
        // Two places of one page are one address on paper.
        let page = |url: &str| url.split('#').next().map(str::to_owned);
        let is_known = self.body.print_links.iter().any(|link| page(&link.url) == page(&url));
        if text != url && !text.is_empty() && !is_known {
            self.body.print_links.push(context::Link { text, url });
        }
    }

    pub(super) fn citation(&mut self, index: u32) {
        if let Mode::Answer { .. } = self.mode {
            self.out.truncate(self.out.trim_end_matches(' ').len());
            return;
        }
        let group = &self.document.citations()[index as usize];
        for item in &group.items {
            let Some(at) = self.linked.sources.iter().position(|key| *key == item.key) else { continue };
            self.cite(at, &item.locator);
        }
    }

    fn cite(&mut self, source: usize, locator: &str) {
        let number = (source + 1).to_string();
        let id = format!("cite-{number}-{}", letters(self.body.cited_at[source].len()));
        let (before, after) = &self.language.reference;
        // What two marks of one source share stands together: compressed, that is the shortest.
        for piece in ["<a class=\"cite\" href=\"#ref-", &number, "\" aria-label=\""] {
            self.out.push_str(piece);
        }
        for piece in [&**before, &number, after] {
            self.out.push_str(piece);
        }
        if !locator.is_empty() {
            self.out.push_str(", ");
            escape::attribute(&mut self.out, locator);
        }
        for piece in ["\" id=\"", &id, "\">[", &number] {
            self.out.push_str(piece);
        }
        if !locator.is_empty() {
            self.out.push_str(", ");
            escape::text(&mut self.out, locator);
        }
        self.out.push_str("]</a>");
        self.body.cited_at[source].push(id);
    }
}

fn has_scheme(address: &str, scheme: &str) -> bool {
    address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// `a` to `z`, then `aa`, `ab` …
pub(in crate::render) fn letters(index: usize) -> String {
    let mut rest = index;
    let mut letters = Vec::new();
    loop {
        letters.push(b'a' + (rest % 26) as u8);
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.reverse();
    letters.into_iter().map(char::from).collect()
}
