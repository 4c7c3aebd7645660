//! Articles of every kind and conditions.

use jiff::civil::Date;

use super::body::{self, Body};
use super::context::{
    ArticleContext, ClinicalCode, ConditionContext, Figure, GlanceFact, HistoryEntry, Html, Link,
    PageContext, PersonLink, Reference, TextContext, TocEntry,
};
use super::relations::Citations;
use super::shared::{Shared, Tongue, rooted};
use super::{
    Inputs, care, conditions, evidence, frame, json_ld, lists, regions, relations, reviews, template, words,
};
use crate::catalog::{GeneratedKind, PageId};
use crate::diag::{self, Diagnostic};
use crate::link::LinkedPage;
use crate::markup;
use crate::name::{PersonId, RegionId};
use crate::registry::{Fact, ReferenceKind};

/// Fewer headings than this make no list of contents.
const TOC_FROM: usize = 3;

/// With more questions than this a page begins with links to them.
const QUESTION_LINKS_ABOVE: usize = 5;

/// The id of the heading above what studies say of a condition.
pub const EVIDENCE: &str = "study-results";

/// How long a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Words, code left out.
    pub words: usize,
    /// Minutes of reading, 1 at least.
    pub minutes: usize,
}

/// How long the text of a page is, as the page itself and its structured data say it; costs as much as writing its body.
pub fn length(inputs: &Inputs<'_>, shared: &Shared, id: PageId) -> Length {
    let (body, _) = body::body(&inputs.pages[id.0 as usize], inputs, &shared.bodies);
    Length { words: body.words, minutes: words::minutes_to_read(body.words) }
}

/// An article's or condition's page.
pub(super) fn page(inputs: &Inputs<'_>, shared: &Shared, id: PageId) -> Result<String, Vec<Diagnostic>> {
    let linked = &*inputs.pages[id.0 as usize];
    let interface = &linked.page.interface;
    let tongue = shared.tongue(&interface.language);
    let (mut body, found) = body::body(linked, inputs, &shared.bodies);
    if diag::has_errors(&found) {
        return Err(found);
    }
    let said = json_ld::Said { words: body.words, answers: std::mem::take(&mut body.answers) };
    let is_condition = interface.condition.is_some();
    let mut page = frame::of_page(inputs, shared, tongue, id);
    page.qr = frame::qr(&page);
    page.print_links = std::mem::take(&mut body.print_links);
    page.terms = relations::terms(inputs, linked);
    let file = template_file(inputs, linked, is_condition).map_err(|found| vec![*found])?;
    let scope = json_ld::Scope::new(inputs, shared, tongue);
    let known = Known { inputs, shared, tongue, linked, frame: &page, answers: said.answers.len() };
    let made = if is_condition {
        let own = condition(known, body)?;
        page.json_ld = json_ld::of_text(scope, linked, &page, &own.text, &said);
        template::page_with(inputs, tongue, &file, &page, &own)
    } else {
        let own = article(known, body)?;
        page.json_ld = json_ld::of_text(scope, linked, &page, &own.text, &said);
        template::page_with(inputs, tongue, &file, &page, &own)
    };
    made.map_err(|found| vec![*found])
}

/// What is known of a page beside its body.
#[derive(Clone, Copy)]
struct Known<'a> {
    inputs: &'a Inputs<'a>,
    shared: &'a Shared,
    tongue: &'a Tongue,
    linked: &'a LinkedPage,
    frame: &'a PageContext,
    /// How many questions the body answers.
    answers: usize,
}

/// The template that the front matter names, the one for the kind, or the one for all.
fn template_file(
    inputs: &Inputs<'_>,
    linked: &LinkedPage,
    is_condition: bool,
) -> Result<String, Box<Diagnostic>> {
    let page = &linked.page;
    if let Some(own) = &page.front_matter.template {
        if inputs.theme.has_template(&own.value) {
            return Ok(own.value.clone());
        }
        let message = format!("the theme has no template `{}`", own.value);
        let known = inputs.theme.templates().keys().map(String::as_str);
        let found = Diagnostic::new(diag::MISSING_TEMPLATE, &page.path.site_path(), own.span, message);
        return Err(Box::new(found.with_nearest(&own.value, known)));
    }
    if is_condition {
        return Ok("condition.html".to_owned());
    }
    let for_kind = format!("article-{}.html", page.interface.kind);
    Ok(if inputs.theme.has_template(&for_kind) { for_kind } else { "article.html".to_owned() })
}

fn article(known: Known<'_>, body: Body) -> Result<ArticleContext, Vec<Diagnostic>> {
    let Known { inputs, shared, linked, .. } = known;
    let interface = &linked.page.interface;
    let mut questions = Vec::new();
    if interface.questions.len() > QUESTION_LINKS_ABOVE {
        let link = |(text, anchor): &(String, crate::name::Anchor)| Link {
            text: text.clone(),
            url: format!("#{anchor}"),
        };
        questions = interface.questions.iter().map(link).collect();
    }
    let (previous, next) = inputs.catalog.neighbours(linked.id);
    let link = |id: PageId| lists::link(inputs, shared, id);
    Ok(ArticleContext {
        text: text(known, body, &Citations::default())?,
        questions,
        conditions: relations::conditions(inputs, linked)
            .into_iter()
            .map(|id| lists::ready_link(inputs, shared, id))
            .collect(),
        previous: previous.map(link),
        next: next.map(link),
    })
}

fn condition(known: Known<'_>, mut body: Body) -> Result<ConditionContext, Vec<Diagnostic>> {
    let Known { inputs, shared, tongue, linked, .. } = known;
    let front_matter = &linked.page.front_matter;
    let fields = front_matter.condition.clone().unwrap_or_default();
    let icd10 = fields.icd10.iter().map(|code| ("ICD-10", code));
    let codes = icd10.chain(fields.mesh.iter().map(|code| ("MeSH", code)));
    let region = fields.region.as_ref().map(|region| &region.value);
    let related = relations::related_conditions(inputs, linked);
    let mut studies = Citations::default();
    let evidence = fields.evidence.iter().zip(1..);
    let evidence = evidence.map(|(line, number)| evidence::line(tongue, linked, line, number, &mut studies));
    let evidence = evidence.collect();
    let interface = &linked.page.interface;
    let names = fields.also_called.iter().map(|name| name.value.as_str());
    let also_called = conditions::distinct(&interface.title, names, &interface.language);
    let end = body.evidence_end.filter(|_| !fields.evidence.is_empty());
    let rest = end.map(|end| body.html.0.split_off(end.at));
    let mut text = text(known, body, &studies)?;
    if !fields.evidence.is_empty() && !text.toc.is_empty() {
        let entry = TocEntry { text: tongue.strings.get("evidence").to_owned(), url: format!("#{EVIDENCE}") };
        let headings = linked.page.document.headings();
        let before = &headings[..end.map_or(headings.len(), |end| end.heading as usize)];
        text.toc.insert(before.iter().filter(|heading| heading.level == 2).count(), entry);
    }
    Ok(ConditionContext {
        rest: Html(rest.unwrap_or_default()),
        text,
        also_called: also_called.into_iter().map(str::to_owned).collect(),
        regions: region
            .map(|region| regions::names_of_group(inputs, shared, tongue, region))
            .unwrap_or_default(),
        locator: region.and_then(|region| locator(inputs, shared, tongue, region)),
        evidence,
        evidence_id: EVIDENCE.to_owned(),
        related_conditions: related.into_iter().map(|id| lists::ready_link(inputs, shared, id)).collect(),
        codes: codes
            .map(|(system, code)| ClinicalCode { system: system.to_owned(), code: code.value.clone() })
            .collect(),
    })
}

fn locator(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, region: &RegionId) -> Option<Figure> {
    let map = shared.body_map.as_ref()?;
    let here: Vec<&str> = regions::of_group(inputs, region).into_iter().map(RegionId::as_str).collect();
    let view = *map.views_of(&here).first()?;
    Some(map.locator(view, tongue.strings.get(view), &here))
}

/// What both show; `after` are citations that stand behind the body.
fn text(known: Known<'_>, body: Body, after: &Citations) -> Result<TextContext, Vec<Diagnostic>> {
    let Known { inputs, shared, tongue, linked, frame, answers } = known;
    let page = &linked.page;
    let (front_matter, interface) = (&page.front_matter, &page.interface);
    let facts = glance_facts(inputs, linked);
    let mut cited = Citations::default();
    let glance =
        facts.iter().zip(1..).map(|(fact, number)| glance(inputs, tongue, linked, fact, number, &mut cited));
    let glance: Vec<GlanceFact> = glance.collect();
    let date = |date: Option<Date>| date.map(|date| words::date(&tongue.strings, date));
    let is_plain = interface.kind.as_str() == "page";
    let mut history: Vec<_> = front_matter.history.iter().collect();
    history.sort_by_key(|change| std::cmp::Reverse(change.date.value));
    let history = history.into_iter().map(|change| HistoryEntry {
        date: words::date(&tongue.strings, change.date.value),
        text: change.text.clone(),
    });
    Ok(TextContext {
        reading_time: if is_plain { String::new() } else { words::reading_time(&tongue.strings, body.words) },
        key_message: front_matter.key_message().map(|message| key_message(shared, linked, message)),
        care: care::of_page(inputs, tongue, linked, &body.care).map_err(|found| vec![*found])?,
        glance_as_of: date(as_of(inputs, &facts)),
        glance,
        toc: toc(linked),
        answers,
        authors: interface.authors.iter().map(|id| person(inputs, shared, tongue, id)).collect(),
        review: reviews::stamp(inputs, shared, tongue, linked),
        unreviewed: frame.unreviewed,
        date: date(interface.date),
        updated: date(interface.updated),
        how_made: front_matter.how_made.as_ref().map(|text| text.value.clone()),
        history: history.collect(),
        references: references(inputs, linked, &[&cited.cited_at, &body.cited_at, &after.cited_at]),
        backlinks: relations::backlinks(inputs, shared, tongue, linked.id),
        related: relations::related(inputs, linked.id)
            .map(|id| lists::ready_card(inputs, shared, id))
            .collect(),
        tags: tags(inputs, tongue, linked),
        body: body.html,
    })
}

/// The key message with links to the conditions that it names.
fn key_message(shared: &Shared, linked: &LinkedPage, message: &str) -> Html {
    let mut html = "<p>".to_owned();
    let mut at = 0;
    for link in &linked.message_links {
        let words = link.words.start as usize..link.words.end as usize;
        let (Some(before), Some(named)) = (message.get(at..words.start), message.get(words.clone())) else {
            continue;
        };
        let (url, named) = (markup::escaped(shared.url(link.condition)), markup::escaped(named));
        html += &format!("{}<a href=\"{url}\" data-auto>{named}</a>", markup::escaped(before));
        at = words.end;
    }
    html += &markup::escaped(message.get(at..).unwrap_or_default());
    Html(html + "</p>")
}

/// The second-level headings; questions of a `faq` page are listed elsewhere.
fn toc(linked: &LinkedPage) -> Vec<TocEntry> {
    let page = &linked.page;
    if page.front_matter.toc == Some(false) || page.interface.kind.as_str() == "faq" {
        return Vec::new();
    }
    let headings = page.document.headings().iter().filter(|heading| heading.level == 2);
    let entry = |heading: &crate::markdown::Heading| TocEntry {
        text: heading.text.to_string(),
        url: format!("#{}", heading.anchor),
    };
    let entries: Vec<TocEntry> = headings.map(entry).collect();
    let enough = if page.front_matter.toc == Some(true) { 1 } else { TOC_FROM };
    if entries.len() < enough { Vec::new() } else { entries }
}

/// A person's name, credentials and page; the id where the registry does not know it.
pub(super) fn person(inputs: &Inputs<'_>, shared: &Shared, tongue: &Tongue, id: &PersonId) -> PersonLink {
    let url = shared.registry_url(inputs, &GeneratedKind::Person(id.clone()), &tongue.language);
    let elsewhere = tongue.site.elsewhere.clone();
    match inputs.registries.people.get(id.as_str()) {
        Some(person) => PersonLink {
            name: person.name.clone(),
            credentials: person.credentials.clone().unwrap_or_default(),
            url,
            elsewhere,
        },
        None => PersonLink { name: id.to_string(), credentials: String::new(), url, elsewhere },
    }
}

/// The facts of `extra.at_a_glance` that the registry knows.
fn glance_facts<'a>(inputs: &Inputs<'a>, linked: &LinkedPage) -> Vec<&'a Fact> {
    let ids = linked.page.front_matter.extra.get("at_a_glance").and_then(|ids| ids.as_array());
    let language = &linked.page.interface.language;
    let known = |id: &serde_json::Value| inputs.registries.fact(id.as_str()?, language);
    ids.into_iter().flatten().filter_map(known).collect()
}

fn glance(
    inputs: &Inputs<'_>,
    tongue: &Tongue,
    linked: &LinkedPage,
    fact: &Fact,
    number: usize,
    cited: &mut Citations,
) -> GlanceFact {
    let place = format!("cite-fact-{number}");
    GlanceFact {
        label: fact.label.clone(),
        value: fact.text.clone(),
        qualifier: fact.qualifier.clone().unwrap_or_default(),
        citations: cited.links(tongue, linked, &place, fact.sources.iter().map(|source| &source.value)),
        lang: words::lang_of_fact(inputs, fact, &tongue.language),
    }
}

/// The newest day on which a price or law among the facts was checked.
fn as_of(inputs: &Inputs<'_>, facts: &[&Fact]) -> Option<Date> {
    let is_currency = |unit: &str| unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase());
    let rests_on_law = |fact: &Fact| {
        fact.sources.iter().any(|source| {
            let source = inputs.registries.references.get(source.value.as_str());
            source.is_some_and(|source| source.kind == Some(ReferenceKind::Law))
        })
    };
    let ages = facts.iter().filter(|fact| is_currency(&fact.unit) || rests_on_law(fact));
    ages.filter_map(|fact| fact.checked.as_ref()).map(|checked| checked.value).max()
}

/// The sources of a page with the places that cite them: `places` in their order on the page, each by source.
fn references(inputs: &Inputs<'_>, linked: &LinkedPage, places: &[&[Vec<String>]]) -> Vec<Reference> {
    let sources = linked.sources.iter().enumerate();
    let reference = |(index, key): (usize, &crate::name::CitationKey)| {
        let source = inputs.registries.references.get(key.as_str())?;
        Some(Reference {
            number: index + 1,
            anchor: format!("ref-{}", index + 1),
            html: Html(source.html.clone()),
            retracted: source.retracted,
            cited_at: cited_at(places.iter().filter_map(|place| place.get(index)).flatten()),
        })
    };
    sources.filter_map(reference).collect()
}

/// Links to the places that cite a source, named a, b, c …
fn cited_at<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<Link> {
    ids.enumerate().map(|(at, id)| Link { text: body::letters(at), url: format!("#{id}") }).collect()
}

fn tags(inputs: &Inputs<'_>, tongue: &Tongue, linked: &LinkedPage) -> Vec<Link> {
    let link = |tag: &String| {
        let address = lists::tag_address(inputs, tongue, &crate::name::Slug::from_text(tag))?;
        Some(Link { text: tag.clone(), url: rooted(inputs, &address) })
    };
    linked.page.interface.tags.iter().map(|tag| &tag.value).filter_map(link).collect()
}

/// What stands at the address of a page that was taken back or has expired.
pub(super) fn withdrawn(inputs: &Inputs<'_>, shared: &Shared, id: PageId) -> Result<String, Vec<Diagnostic>> {
    use super::context::WithdrawnContext;
    let page = inputs.catalog.page(id);
    let tongue = shared.tongue(&page.language);
    let withdrawal = page.withdrawn.as_ref();
    let date = withdrawal.and_then(|withdrawal| withdrawal.date).or(page.expires);
    let sentence = date.map(|date| {
        let date = words::date(&tongue.strings, date).text;
        tongue.strings.fill("withdrawn_sentence", &[("date", &date)])
    });
    let replacement = withdrawal.and_then(|withdrawal| withdrawal.replacement.as_ref());
    let replacement = replacement.map(|address| {
        let text = match inputs.catalog.place(address) {
            Some(crate::catalog::Place::Page(id)) => inputs.catalog.page(id).title.clone(),
            _ => inputs.config.base_url.join(address),
        };
        Link { text, url: rooted(inputs, address) }
    });
    let own = WithdrawnContext {
        sentence: sentence.unwrap_or_else(|| tongue.strings.get("withdrawn").to_owned()),
        reason: withdrawal.map(|withdrawal| withdrawal.reason.clone()).unwrap_or_default(),
        replacement,
    };
    let frame = PageContext { description: String::new(), ..frame::of_page(inputs, shared, tongue, id) };
    template::page(inputs, tongue, &frame, &own).map_err(|found| vec![*found])
}
