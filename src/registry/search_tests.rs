//! `search-tests.toml`: what search must find.

use crate::diag::{self, Diagnostic};
use crate::name::UrlPath;
use crate::source::Source;
use crate::typed::{self, Field, Item, Reader, Shape, Spanned};

/// All tests, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SearchTests(Vec<SearchTest>);

/// What a query must find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTest {
    /// What a reader types.
    pub query: Spanned<String>,
    /// What must be found.
    pub wanted: Wanted,
}

/// Where a page must stand in the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// It is the first.
    First(Spanned<UrlPath>),
    /// It is among the first three.
    Among(Spanned<UrlPath>),
}

impl Wanted {
    /// The address of the page.
    pub fn address(&self) -> &Spanned<UrlPath> {
        match self {
            Self::First(address) | Self::Among(address) => address,
        }
    }
}

impl SearchTests {
    /// All tests, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, SearchTest> {
        self.0.iter()
    }
}

const TEST: &[Field] = &[
    Field::required("query", Shape::Text, "What a reader types."),
    Field::new("first", Shape::Address, "The page that must be found first."),
    Field::new("among", Shape::Address, "A page that must be among the first three."),
];
const FIELDS: &[Field] =
    &[Field::new("test", Shape::List(&Shape::Table(TEST)), "A query and what it must find.")];

pub(super) const SHAPE: Shape = Shape::Table(FIELDS);

/// Reads `search-tests.toml`.
pub fn parse(source: &Source) -> (SearchTests, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut tests = Vec::new();
    for item in reader.entries(Item::root(&tree.root), FIELDS) {
        for member in reader.list(item) {
            tests.extend(test(&mut reader, member));
        }
    }
    (SearchTests(tests), reader.finish())
}

/// The address of the page that must be found; a result may lead to any of its sections.
fn page_address(reader: &mut Reader<'_>, item: Item<'_>) -> Option<Spanned<UrlPath>> {
    let text = reader.borrowed_text(item)?;
    if let Some((page, _)) = text.split_once('#').filter(|(page, _)| UrlPath::new(page).is_some()) {
        let message =
            format!("`{text}` in `{}` is a place in a page, and a search test names the page", item.name);
        let help = format!("write `{page}`, without the part from `#` on");
        reader.report(diag::BAD_ADDRESS, item.value.span, message).help = Some(help);
        return None;
    }
    let expected = "the address of a page, which starts with `/`, such as `/articles/cost/`";
    reader.parsed(item, diag::BAD_ADDRESS, expected, UrlPath::new)
}

fn test(reader: &mut Reader<'_>, item: Item<'_>) -> Option<SearchTest> {
    let (mut query, mut wanted, mut has_wanted) = (None, None, false);
    for item in reader.entries(item, TEST) {
        match item.name {
            "query" => query = reader.words(item),
            "first" | "among" => {
                has_wanted = true;
                let address = page_address(reader, item);
                let place = if item.name == "first" { Wanted::First } else { Wanted::Among };
                wanted = address.map(place).or(wanted);
            }
            _ => {}
        }
    }
    reader.required(item, TEST);
    if !has_wanted {
        let message = "the search test has neither `first` nor `among`";
        reader.report(diag::SEARCH_TEST_WITHOUT_PAGE, item.value.span, message);
    }
    Some(SearchTest { query: query?, wanted: wanted? })
}
