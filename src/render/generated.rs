//! Pages that needlepoint makes without a file of their own, or around one, and sections.

use super::context::{Html, NotFoundContext, PageContext, Pagination, SettingsContext};
use super::shared::{Shared, Tongue};
use super::{Inputs, body, conditions, frame, lists, pages, questions, regions, registers, template};
use crate::catalog::{Generated, GeneratedKind, PageId};
use crate::diag::{self, Diagnostic};

/// A generated page.
pub(super) fn page(
    inputs: &Inputs<'_>,
    shared: &Shared,
    page: &Generated,
) -> Result<String, Vec<Diagnostic>> {
    let tongue = shared.tongue(&page.language);
    let (title, description) = pages::words_of(inputs, tongue, &page.kind);
    let mut frame = frame::of_generated(inputs, shared, tongue, page, (&title, &description));
    let text = || own_text(inputs, shared, page.page);
    let made = match &page.kind {
        GeneratedKind::Home => {
            frame.document_title.clone_from(&tongue.site.title);
            let home = pages::home(inputs, shared, tongue, page.page, text()?);
            template::page(inputs, tongue, &frame, &home)
        }
        GeneratedKind::Conditions => {
            let own = conditions::context(inputs, shared, tongue, text()?);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Body => {
            template::page(inputs, tongue, &frame, &regions::body(inputs, shared, tongue, text()?))
        }
        GeneratedKind::Region(id) => {
            let own = regions::region(inputs, shared, tongue, id, text()?).map_err(|found| vec![*found])?;
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Glossary => {
            template::page(inputs, tongue, &frame, &registers::glossary(inputs, shared))
        }
        GeneratedKind::References => {
            template::page(inputs, tongue, &frame, &registers::references(inputs, shared, tongue))
        }
        GeneratedKind::Questions => {
            let own = questions::context(inputs, shared, tongue, text()?)?;
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Search => {
            template::page(inputs, tongue, &frame, &pages::search(inputs, shared, tongue))
        }
        GeneratedKind::People => {
            template::page(inputs, tongue, &frame, &registers::people(inputs, shared, tongue))
        }
        GeneratedKind::Person(id) => {
            template::page(inputs, tongue, &frame, &registers::person(inputs, shared, tongue, id))
        }
        GeneratedKind::Tags => template::page(inputs, tongue, &frame, &lists::tags(inputs, tongue)),
        GeneratedKind::Tag(slug, number) => {
            let tags = inputs.catalog.tags();
            let found = tags.iter().find(|tag| tag.slug == *slug && tag.language == tongue.language);
            let own = found.map(|tag| lists::tag(inputs, shared, tongue, tag, *number as usize));
            let own = own.unwrap_or_default();
            name_number(&mut frame, tongue, own.pagination.as_ref(), *number);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Section(folder, number) => {
            let found = inputs.catalog.section(folder).and_then(|section| {
                let first = &inputs.catalog.page(section.index?).address;
                let (number, body) = (*number as usize, Html::default());
                Some(lists::section(inputs, shared, tongue, section, first, number, body))
            });
            let own = found.unwrap_or_default();
            name_number(&mut frame, tongue, own.pagination.as_ref(), *number);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Settings => template::page(inputs, tongue, &frame, &SettingsContext {}),
        GeneratedKind::NotFound => template::page(inputs, tongue, &frame, &NotFoundContext {}),
    };
    made.map_err(|found| vec![*found])
}

/// The first page of a section, made from its `_index.md`.
pub(super) fn section(inputs: &Inputs<'_>, shared: &Shared, id: PageId) -> Result<String, Vec<Diagnostic>> {
    let page = inputs.catalog.page(id);
    let tongue = shared.tongue(&page.language);
    let body = own_text(inputs, shared, Some(id))?;
    let frame = frame::of_page(inputs, shared, tongue, id);
    let own = match inputs.catalog.section(page.path.folder()) {
        Some(section) => lists::section(inputs, shared, tongue, section, &page.address, 1, body),
        None => super::context::ListContext { body, ..Default::default() },
    };
    template::page(inputs, tongue, &frame, &own).map_err(|found| vec![*found])
}

/// The body of the file at a page's address; empty where there is none.
fn own_text(inputs: &Inputs<'_>, shared: &Shared, page: Option<PageId>) -> Result<Html, Vec<Diagnostic>> {
    let Some(id) = page else { return Ok(Html::default()) };
    let (body, found) = body::body(&inputs.pages[id.0 as usize], inputs, &shared.bodies);
    if diag::has_errors(&found) {
        return Err(found);
    }
    Ok(body.html)
}

/// Says in the document's title which of several pages this is.
fn name_number(frame: &mut PageContext, tongue: &Tongue, pagination: Option<&Pagination>, number: u32) {
    if let Some(pagination) = pagination.filter(|_| number > 1) {
        frame.document_title = format!("{} · {} · {}", frame.title, pagination.text, tongue.site.title);
    }
}
