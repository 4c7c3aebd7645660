//! Pages that needlepoint makes without a file of their own, or around one, and sections.

use super::context::{Html, ListContext, NotFoundContext, PageContext, SettingsContext};
use super::shared::{Shared, Tongue};
use super::{
    Inputs, body, conditions, frame, json_ld, lists, pages, questions, regions, registers, template,
};
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
    if !frame.noindex {
        frame.qr = frame::qr(&frame);
    }
    let text = |frame: &mut PageContext| own_text(inputs, shared, page.page, frame);
    let scope = json_ld::Scope::new(inputs, shared, tongue);
    let made = match &page.kind {
        GeneratedKind::Home => {
            frame.document_title.clone_from(&tongue.site.title);
            let home = pages::home(inputs, shared, tongue, page.page, text(&mut frame)?);
            frame.json_ld = json_ld::home(scope, &frame);
            template::page(inputs, tongue, &frame, &home)
        }
        GeneratedKind::Conditions => {
            let own = conditions::context(inputs, shared, tongue, text(&mut frame)?);
            frame.json_ld = json_ld::conditions(scope, &frame, &own);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Body => {
            let own = regions::body(inputs, shared, tongue, text(&mut frame)?);
            frame.json_ld = json_ld::body(scope, &frame, &own);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Region(id) => {
            let own = regions::region(inputs, shared, tongue, id, text(&mut frame)?)
                .map_err(|found| vec![*found])?;
            frame.json_ld =
                json_ld::region(scope, &frame, &own, &regions::label(inputs, id, &tongue.language));
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Glossary => {
            let own = registers::glossary(inputs, shared, tongue);
            frame.json_ld = json_ld::glossary(scope, &frame, &own);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::References => {
            let own = registers::references(inputs, shared, tongue);
            frame.json_ld = json_ld::references(scope, &frame);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Questions => {
            let own = questions::context(inputs, shared, tongue, text(&mut frame)?)?;
            frame.json_ld = json_ld::questions(scope, &frame, &own);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Search => {
            template::page(inputs, tongue, &frame, &pages::search(inputs, shared, tongue))
        }
        GeneratedKind::People => {
            let own = registers::people(inputs, shared, tongue);
            frame.json_ld = json_ld::people(scope, &frame, &own);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Person(id) => {
            let own = registers::person(inputs, shared, tongue, id);
            frame.json_ld = json_ld::person(scope, &frame, id);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Tags => {
            let own = lists::tags(inputs, tongue);
            frame.json_ld = json_ld::tags(scope, &frame, &own);
            template::page(inputs, tongue, &frame, &own)
        }
        GeneratedKind::Tag(slug, number) => {
            let tags = inputs.catalog.tags();
            let found = tags.iter().find(|tag| tag.slug == *slug && tag.language == tongue.language);
            let own = found.map(|tag| lists::tag(inputs, shared, tongue, tag, *number as usize));
            list(inputs, tongue, scope, frame, &own.unwrap_or_default(), *number)
        }
        GeneratedKind::Section(folder, number) => {
            let found = inputs.catalog.section(folder).and_then(|section| {
                let first = &inputs.catalog.page(section.index?).address;
                let (number, body) = (*number as usize, Html::default());
                Some(lists::section(inputs, shared, tongue, section, first, number, body))
            });
            list(inputs, tongue, scope, frame, &found.unwrap_or_default(), *number)
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
    let mut frame = frame::of_page(inputs, shared, tongue, id);
    frame.qr = frame::qr(&frame);
    let body = own_text(inputs, shared, Some(id), &mut frame)?;
    let own = match inputs.catalog.section(page.path.folder()) {
        Some(section) => lists::section(inputs, shared, tongue, section, &page.address, 1, body),
        None => ListContext { body, ..Default::default() },
    };
    let scope = json_ld::Scope::new(inputs, shared, tongue);
    list(inputs, tongue, scope, frame, &own, 1).map_err(|found| vec![*found])
}

/// One of the pages of a list; all but the first say in the document's title which they are.
fn list(
    inputs: &Inputs<'_>,
    tongue: &Tongue,
    scope: json_ld::Scope<'_>,
    mut frame: PageContext,
    own: &ListContext,
    number: u32,
) -> Result<String, Box<Diagnostic>> {
    frame.json_ld = json_ld::list(scope, &frame, own);
    if let Some(pagination) = own.pagination.as_ref().filter(|_| number > 1) {
        frame.document_title = format!("{} · {} · {}", frame.title, pagination.text, tongue.site.title);
    }
    template::page(inputs, tongue, &frame, own)
}

/// The body of the file at a page's address; empty where there is none. Its links are kept for the foot of the print.
fn own_text(
    inputs: &Inputs<'_>,
    shared: &Shared,
    page: Option<PageId>,
    frame: &mut PageContext,
) -> Result<Html, Vec<Diagnostic>> {
    let Some(id) = page else { return Ok(Html::default()) };
    let (body, found) = body::body(&inputs.pages[id.0 as usize], inputs, &shared.bodies);
    if diag::has_errors(&found) {
        return Err(found);
    }
    frame.print_links = body.print_links;
    Ok(body.html)
}
