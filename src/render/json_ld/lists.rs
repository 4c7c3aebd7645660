//! Pages that list, and those that needlepoint makes from registries: made of what their templates show.

use super::node::{List, Node, graph};
use super::{Scope, of_page};
use crate::name::PersonId;
use crate::render::context::{
    BodyContext, ConditionsContext, GlossaryContext, Html, ListContext, PageContext, PeopleContext,
    QuestionsContext, RegionContext, TagsContext,
};

/// The site itself, with who publishes it and how it is searched.
pub(in crate::render) fn home(scope: Scope<'_>, page: &PageContext) -> Html {
    let site = &scope.tongue.site;
    Html(graph(&["WebSite"], |node| {
        node.text("@id", &format!("{}#website", page.permalink));
        node.text("name", &site.title);
        node.text("url", &page.permalink);
        node.text("inLanguage", &site.lang);
        node.text("description", &site.description);
        scope.whole_publisher(node);
        if !site.urls.search.is_empty() {
            node.node("potentialAction", "SearchAction", |node| {
                node.node("target", "EntryPoint", |node| {
                    let search = scope.whole(&site.urls.search);
                    node.text("urlTemplate", &format!("{search}#q={{search_term_string}}"));
                });
                node.text("query-input", "required name=search_term_string");
            });
        }
    }))
}

/// A page that is a list of named addresses.
fn collection<'t>(
    scope: Scope<'_>,
    page: &PageContext,
    items: impl Iterator<Item = (&'t str, &'t str)>,
    more: impl FnOnce(&mut Node<'_>),
) -> Html {
    if page.noindex {
        return Html::default();
    }
    let mut items = items.enumerate().peekable();
    Html(graph(&["CollectionPage"], |node| {
        of_page(node, &scope, page);
        more(node);
        if items.peek().is_some() {
            node.node("mainEntity", "ItemList", |node| {
                node.list("itemListElement", |list| {
                    for (at, (name, url)) in items {
                        list.node("ListItem", |node| {
                            node.number("position", at + 1);
                            node.text("name", name);
                            node.text("url", &scope.whole(url));
                        });
                    }
                });
            });
        }
    }))
}

/// Conditions A to Z, each once by its preferred name.
pub(in crate::render) fn conditions(scope: Scope<'_>, page: &PageContext, own: &ConditionsContext) -> Html {
    let entries = own.groups.iter().flat_map(|group| &group.entries);
    collection(scope, page, entries.map(|entry| (&*entry.name, &*entry.url)), |_| {})
}

/// The body map: its regions.
pub(in crate::render) fn body(scope: Scope<'_>, page: &PageContext, own: &BodyContext) -> Html {
    let regions = own.regions.iter().chain(&own.whole_body);
    collection(scope, page, regions.map(|region| (&*region.label, &*region.url)), |_| {})
}

/// A region of the body with its conditions.
pub(in crate::render) fn region(
    scope: Scope<'_>,
    page: &PageContext,
    own: &RegionContext,
    name: &str,
) -> Html {
    let conditions = || own.conditions.iter();
    let about = |node: &mut Node<'_>| {
        node.node("about", "SuperficialAnatomy", |node| {
            node.text("name", name);
            node.list("relatedCondition", |list| {
                for card in conditions() {
                    let url = scope.whole(&card.url);
                    list.node("MedicalCondition", |node| {
                        node.text("@id", &format!("{url}#condition"));
                        node.text("name", &card.title);
                        node.text("url", &url);
                    });
                }
            });
        });
    };
    collection(scope, page, conditions().map(|card| (&*card.title, &*card.url)), about)
}

/// All tags.
pub(in crate::render) fn tags(scope: Scope<'_>, page: &PageContext, own: &TagsContext) -> Html {
    collection(scope, page, own.tags.iter().map(|tag| (&*tag.text, &*tag.url)), |_| {})
}

/// A section, or the pages of a tag.
pub(in crate::render) fn list(scope: Scope<'_>, page: &PageContext, own: &ListContext) -> Html {
    let cards = own.sections.iter().chain(&own.cards).map(|card| (&*card.title, &*card.url));
    let dated = own.dated.iter().map(|link| (&*link.text, &*link.url));
    collection(scope, page, cards.chain(dated), |_| {})
}

/// All questions, each with the address of its answer.
pub(in crate::render) fn questions(scope: Scope<'_>, page: &PageContext, own: &QuestionsContext) -> Html {
    let questions = own.groups.iter().flat_map(|group| &group.items);
    collection(scope, page, questions.map(|item| (&*item.question, &*item.from.url)), |_| {})
}

/// Everyone who has a name.
pub(in crate::render) fn people(scope: Scope<'_>, page: &PageContext, own: &PeopleContext) -> Html {
    let people = own.people.iter().filter(|person| !person.placeholder);
    collection(scope, page, people.map(|person| (&*person.name, &*person.url)), |_| {})
}

/// A page that an author or reviewer has.
pub(in crate::render) fn person(scope: Scope<'_>, page: &PageContext, id: &PersonId) -> Html {
    Html(graph(&["ProfilePage"], |node| {
        of_page(node, &scope, page);
        if let Some(person) = scope.real_person(id) {
            node.node("mainEntity", "Person", |node| {
                scope.person(node, person, &page.permalink);
                node.text("jobTitle", person.role.as_deref().unwrap_or_default());
            });
        }
    }))
}

/// The glossary as a set of defined terms.
pub(in crate::render) fn glossary(scope: Scope<'_>, page: &PageContext, own: &GlossaryContext) -> Html {
    let set = format!("{}#terms", page.permalink);
    Html(graph(&["CollectionPage"], |node| {
        of_page(node, &scope, page);
        node.node("mainEntity", "DefinedTermSet", |node| {
            node.text("@id", &set);
            node.text("name", &page.title);
            node.list("hasDefinedTerm", |list| terms(list, own, &set, &page.permalink));
        });
    }))
}

fn terms(list: &mut List<'_, '_>, own: &GlossaryContext, set: &str, permalink: &str) {
    for term in own.groups.iter().flat_map(|group| &group.terms) {
        list.node("DefinedTerm", |node| {
            node.text("name", &term.term);
            node.texts("alternateName", term.forms.iter().map(String::as_str));
            node.text("description", &term.definition);
            node.text("termCode", &term.anchor);
            node.text("url", &format!("{permalink}#{}", term.anchor));
            node.reference("inDefinedTermSet", set);
        });
    }
}

/// The site's sources.
pub(in crate::render) fn references(scope: Scope<'_>, page: &PageContext) -> Html {
    let sources = scope.inputs.registries.references.iter();
    Html(graph(&["CollectionPage"], |node| {
        of_page(node, &scope, page);
        let sources = sources.filter_map(|source| scope.source(source.key.as_str()));
        node.list("citation", |list| sources.for_each(|source| list.written(source)));
    }))
}
