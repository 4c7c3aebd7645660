//! A page's words as the linker reads them: plain text with a way back to the events, and the words known to the
//! vocabulary in it.

mod numbered;
mod places;
mod stretches;

use super::Target;
use super::layout::{Layout, Placed};
use super::vocabulary::{Vocabulary, WordFilter};
use super::words::Endings;
use crate::catalog::Catalog;
use crate::markdown::{Document, EventKind, LinkForm, Shortcode, Tag};
use crate::page::Page;
use crate::registry::Registries;
use numbered::Numbered;
use stretches::Stretches;

/// The words of a page.
pub(super) struct PageText<'a> {
    pub(super) page: &'a Page,
    /// The title, the key message, then the body: plain text, blocks parted by line ends.
    pub(super) buffer: String,
    pub(super) tokens: Vec<Token>,
    /// Its words, known to the vocabulary or not, where they are kept.
    pub(super) words: Option<WordFilter>,
    pub(super) links: Vec<LinkText>,
    pieces: Vec<Piece>,
    blocks: Vec<Block>,
    /// The blocks of tables and definitions.
    placed: Vec<Placed>,
    /// Where the key message starts in the buffer.
    pub(super) message: Option<u32>,
    /// Unknown words of running text that end like names of conditions, as first byte and end in the buffer.
    pub(super) suspects: Vec<(u32, u32)>,
}

/// A word, or what stands between words. Unknown words that follow each other are one token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Its number in the vocabulary.
    pub(super) word: u32,
    /// First byte in the buffer.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// How many of its last bytes are a possessive ending.
    pub(super) possessive: u8,
    /// Where it stands.
    pub(super) context: Context,
}

/// What stands around a word; the first of these that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    Title,
    /// The key message of the front matter.
    Message,
    Heading,
    Link,
    /// In `{{ nolink(…) }}`.
    NoLink,
    CareCard,
    Quote,
    Caption,
    Body,
}

/// A link that the author wrote.
pub(super) struct LinkText {
    /// Its index in the document.
    pub(super) link: u32,
    pub(super) section: u32,
    pub(super) in_heading: bool,
    /// Its words in the buffer.
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A stretch of the buffer that comes from one event.
struct Piece {
    /// Where it starts; it ends where the next one starts.
    at: u32,
    /// The event; `u32::MAX` for the title.
    event: u32,
    /// Whether offsets in it are offsets in the event's text.
    is_text: bool,
}

/// A stretch of the buffer in which a name can lie: all of it stands in the same place.
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
    context: Context,
    /// That of the break behind it.
    context_behind: Context,
}

/// Events of pieces that come from none.
const TITLE: u32 = u32::MAX;
const BARE_LINK: u32 = u32::MAX - 1;
const MESSAGE: u32 = u32::MAX - 2;

struct Block {
    at: u32,
    section: u32,
}

/// What reading a page takes.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    pub(super) page: &'a Page,
    pub(super) links: &'a [Target],
    pub(super) catalog: &'a Catalog,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) registries: &'a Registries,
    /// Whether a filter of the page's words is kept.
    pub(super) keeps_words: bool,
}

/// Reads the title and the body.
pub(super) fn read<'a>(inputs: Inputs<'a>) -> PageText<'a> {
    let document = &inputs.page.document;
    let length = document.body().len() + inputs.page.interface.title.len();
    let text = PageText {
        page: inputs.page,
        buffer: String::with_capacity(length + length / 8),
        tokens: Vec::with_capacity(length / 64),
        words: inputs.keeps_words.then(WordFilter::default),
        links: Vec::with_capacity(document.links().len()),
        pieces: Vec::with_capacity(document.events().len() / 2 + 1),
        blocks: Vec::with_capacity(document.events().len() / 8 + 1),
        placed: Vec::new(),
        message: None,
        suspects: Vec::new(),
    };
    let endings = Endings::of(&inputs.page.interface.language);
    let mut reader = Reader {
        inputs,
        document,
        endings,
        text,
        runs: Vec::with_capacity(document.events().len() / 4 + 1),
        run_start: 0,
        block_is_open: false,
        section: 0,
        around: Around::default(),
        open_link: None,
        layout: Layout::default(),
    };
    reader.title();
    reader.message();
    reader.body();
    reader.read_runs();
    reader.text.placed = reader.layout.placed();
    reader.text
}

/// What is open around the place that is being read.
#[derive(Default)]
struct Around {
    /// Headings, those of a table's columns too: on phones these are seen by nobody.
    headings: u32,
    links: u32,
    care_cards: u32,
    quotes: u32,
    captions: u32,
    code_blocks: u32,
    /// Elements of raw HTML in which a link must not stand.
    raw: u32,
}

impl Around {
    fn context(&self) -> Context {
        if self.headings > 0 {
            Context::Heading
        } else if self.links > 0 || self.raw > 0 {
            Context::Link
        } else if self.care_cards > 0 {
            Context::CareCard
        } else if self.quotes > 0 {
            Context::Quote
        } else if self.captions > 0 {
            Context::Caption
        } else {
            Context::Body
        }
    }
}

struct Reader<'a> {
    inputs: Inputs<'a>,
    document: &'a Document,
    endings: Endings,
    text: PageText<'a>,
    /// The runs whose words are looked up, once all are known.
    runs: Vec<Run>,
    /// Where the next one starts.
    run_start: usize,
    block_is_open: bool,
    section: u32,
    around: Around,
    /// The outermost link that is open: its index in `text.links`, and whether its words are left out.
    open_link: Option<(usize, bool)>,
    layout: Layout,
}

impl Reader<'_> {
    fn title(&mut self) {
        self.open_block();
        self.text.pieces.push(Piece { at: 0, event: TITLE, is_text: false });
        self.text.buffer.push_str(&self.inputs.page.interface.title);
        self.end_run(Context::Title);
        self.end_block();
    }

    fn message(&mut self) {
        let Some(message) = self.inputs.page.front_matter.key_message() else { return };
        self.open_block();
        let at = self.text.buffer.len() as u32;
        self.text.pieces.push(Piece { at, event: MESSAGE, is_text: false });
        self.text.buffer.push_str(message);
        self.text.message = Some(at);
        self.end_run(Context::Message);
        self.end_block();
    }

    fn body(&mut self) {
        let events = self.document.events();
        for (index, event) in events.iter().enumerate() {
            let index = index as u32;
            match event.kind {
                EventKind::Start(tag) => self.start(tag),
                EventKind::End(tag) => self.end(tag),
                EventKind::Text(_) if self.around.code_blocks > 0 || self.words_are_left_out() => {}
                EventKind::Text(text) => {
                    self.piece(index, true);
                    self.text.buffer.push_str(self.document.text(text));
                }
                EventKind::SoftBreak | EventKind::HardBreak => {
                    if self.block_is_open {
                        self.piece(index, false);
                        self.text.buffer.push(' ');
                    }
                }
                EventKind::Code(text) => {
                    let text = self.document.text(text);
                    self.insert(index, text);
                }
                EventKind::Html(text) | EventKind::InlineHtml(text) => {
                    self.part();
                    let opened = html_depth(self.document.text(text));
                    self.around.raw = self.around.raw.saturating_add_signed(opened);
                }
                EventKind::Shortcode(shortcode) => {
                    let shortcode = &self.document.shortcodes()[shortcode as usize];
                    self.shortcode(index, shortcode);
                }
                EventKind::Citation(_) | EventKind::FootnoteReference(..) => self.part(),
                EventKind::Rule => self.end_block(),
                EventKind::TaskMarker(_) => {}
            }
        }
        self.end_block();
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => return,
            Tag::Link(link) => return self.start_link(link),
            Tag::Image(_) => return self.part(),
            _ => self.end_block(),
        }
        self.layout.start(tag);
        match tag {
            Tag::Heading(heading) => {
                self.section = heading + 1;
                self.around.headings += 1;
            }
            Tag::TableHead => self.around.headings += 1,
            Tag::Quote => self.around.quotes += 1,
            Tag::Caption => self.around.captions += 1,
            Tag::CodeBlock(_) => self.around.code_blocks += 1,
            Tag::Shortcode(shortcode) if self.is_care_card(shortcode) => self.around.care_cards += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: Tag) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => return,
            Tag::Link(_) => return self.end_link(),
            Tag::Image(_) => return,
            _ => self.end_block(),
        }
        self.layout.end(tag);
        match tag {
            Tag::Heading(_) | Tag::TableHead => self.around.headings -= 1,
            Tag::Quote => self.around.quotes -= 1,
            Tag::Caption => self.around.captions -= 1,
            Tag::CodeBlock(_) => self.around.code_blocks -= 1,
            Tag::Shortcode(shortcode) if self.is_care_card(shortcode) => self.around.care_cards -= 1,
            _ => {}
        }
    }

    fn is_care_card(&self, shortcode: u32) -> bool {
        &*self.document.shortcodes()[shortcode as usize].name == "care"
    }

    fn start_link(&mut self, link: u32) {
        self.part();
        self.around.links += 1;
        if self.open_link.is_some() {
            return;
        }
        self.open_block();
        let start = self.text.buffer.len() as u32;
        let in_heading = self.around.headings > 0;
        let section = self.section;
        self.text.links.push(LinkText { link, section, in_heading, start, end: start });
        // `[[neck-pain]]` shows the title of its page.
        let is_bare = self.document.links()[link as usize].form == LinkForm::Wiki;
        let target = match self.inputs.links[link as usize] {
            Target::Page(page, _) if is_bare => Some(page),
            _ => None,
        };
        self.open_link = Some((self.text.links.len() - 1, target.is_some()));
        if let Some(page) = target {
            // The piece leads to the event before, which lies in no link; nothing in a link becomes a mark.
            self.text.pieces.push(Piece { at: start, event: BARE_LINK, is_text: false });
            let catalog = self.inputs.catalog;
            self.text.buffer.push_str(&catalog.page(page).title);
        }
    }

    fn end_link(&mut self) {
        self.part();
        self.around.links -= 1;
        if self.around.links == 0
            && let Some((at, _)) = self.open_link.take()
        {
            self.text.links[at].end = self.text.buffer.len() as u32;
        }
    }

    fn words_are_left_out(&self) -> bool {
        self.open_link.is_some_and(|(_, left_out)| left_out)
    }

    fn shortcode(&mut self, event: u32, shortcode: &Shortcode) {
        let registries = self.inputs.registries;
        match &*shortcode.name {
            "nolink" => {
                self.part();
                self.piece(event, false);
                self.text.buffer.push_str(shortcode.text("text").unwrap_or_default());
                self.end_run(Context::NoLink);
            }
            "fact" => {
                let language = &self.inputs.page.interface.language;
                let fact = shortcode.text("id").and_then(|id| registries.fact(id, language));
                self.insert(event, fact.map_or("", |fact| &fact.text));
            }
            _ => self.part(),
        }
    }

    /// Adds words in which nothing is looked up.
    fn insert(&mut self, event: u32, words: &str) {
        self.part();
        self.piece(event, false);
        self.text.buffer.push_str(words);
        self.run_start = self.text.buffer.len();
    }

    /// Ends the stretch in which a name can lie.
    fn part(&mut self) {
        self.end_run(self.around.context());
    }

    fn open_block(&mut self) {
        if !self.block_is_open {
            self.block_is_open = true;
            self.layout.block(self.text.blocks.len() as u32);
            self.text.blocks.push(Block { at: self.text.buffer.len() as u32, section: self.section });
        }
    }

    fn end_block(&mut self) {
        if self.block_is_open {
            self.part();
            self.text.buffer.push('\n');
            self.run_start = self.text.buffer.len();
            self.block_is_open = false;
        }
    }

    fn piece(&mut self, event: u32, is_text: bool) {
        self.open_block();
        self.text.pieces.push(Piece { at: self.text.buffer.len() as u32, event, is_text });
    }

    fn end_run(&mut self, context: Context) {
        let (start, end) = (self.run_start as u32, self.text.buffer.len() as u32);
        if start < end {
            self.runs.push(Run { start, end, context, context_behind: self.around.context() });
            self.run_start = self.text.buffer.len();
        }
    }

    /// Makes tokens of the words of all runs.
    fn read_runs(&mut self) {
        let PageText { buffer, tokens, suspects, words: filter, .. } = &mut self.text;
        let (vocabulary, endings) = (self.inputs.vocabulary, self.endings);
        let filter = filter.as_mut();
        // A filter takes all words.
        let takes_all = filter.is_some() || vocabulary.begins_with_mark();
        let run = Run { start: 0, end: 0, context: Context::Title, context_behind: Context::Title };
        let mut numbered = Numbered { vocabulary, text: buffer, endings, run, tokens, suspects, filter };
        if !takes_all {
            return Stretches::read(numbered, &self.runs);
        }
        for run in &self.runs {
            numbered.run = *run;
            numbered.read(run.start as usize..run.end as usize);
            numbered.end_run();
        }
    }
}

/// How many more elements a piece of raw HTML opens than it closes, of those in which no link may stand.
fn html_depth(html: &str) -> i32 {
    const ELEMENTS: [&str; 8] = ["a", "button", "code", "kbd", "pre", "q", "samp", "svg"];
    let mut depth = 0;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (closes, name) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        if ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(&name[..end])) {
            depth += if closes { -1 } else { 1 };
        }
    }
    depth
}
