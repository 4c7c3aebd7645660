//! What the structured data of all pages of a language share.

use std::collections::BTreeMap;

use super::node::Node;
use super::{Scope, source};
use crate::catalog::{PageId, Policy};
use crate::config::PublisherKind;
use crate::render::Inputs;
use crate::render::shared::Shared;

/// What the structured data of all pages of a language share; made once.
#[derive(Debug, Default)]
pub(in crate::render) struct Known {
    /// The page of the treatment that `treatment.toml` names.
    treatment: Option<PageId>,
    /// Whole addresses of the site's policies.
    policies: Vec<(&'static str, String)>,
    /// Each source, written.
    sources: BTreeMap<String, String>,
}

/// The property by which an organisation names each of its policies.
const POLICIES: [(Policy, &str); 4] = [
    (Policy::Editorial, "publishingPrinciples"),
    (Policy::Corrections, "correctionsPolicy"),
    (Policy::Funding, "ownershipFundingInfo"),
    (Policy::Contact, "actionableFeedbackPolicy"),
];

impl Known {
    /// Finds the treatment's page and the site's policies among the pages of a language.
    pub(in crate::render) fn new(inputs: &Inputs<'_>, language: &str) -> Self {
        let catalog = inputs.catalog;
        let kind = |id: PageId| inputs.config.kind(&catalog.page(id).kind);
        let is_own = |id: &PageId| *catalog.page(*id).language == *language && catalog.is_listed(*id);
        let treatment = catalog
            .ids()
            .filter(is_own)
            .find(|id| !catalog.page(*id).is_section && kind(*id).is_some_and(|kind| kind.treatment));
        let sources = inputs.registries.references.iter();
        let sources = sources.map(|each| (each.key.as_str().to_owned(), source::source(each))).collect();
        if inputs.config.publisher.is_none() {
            return Self { treatment, policies: Vec::new(), sources };
        }
        let plain: Vec<PageId> =
            catalog.ids().filter(is_own).filter(|id| !kind(*id).is_some_and(|kind| kind.health)).collect();
        let address = |policy: Policy| {
            let mut stating = plain.iter().filter_map(|id| Some((*id, policy.stated_in(catalog.page(*id))?)));
            let (id, anchor) = stating.next()?;
            let page = inputs.config.base_url.join(&catalog.page(id).address);
            Some(anchor.map_or_else(|| page.clone(), |anchor| format!("{page}#{anchor}")))
        };
        let policies =
            POLICIES.iter().filter_map(|(policy, property)| Some((*property, address(*policy)?))).collect();
        Self { treatment, policies, sources }
    }
}

impl Scope<'_> {
    /// The publisher in a few words, as every page names it.
    pub(super) fn publisher(&self, node: &mut Node<'_>) {
        self.write_publisher(node, |_| {});
    }

    /// The publisher with its policies, as the home page tells it.
    pub(super) fn whole_publisher(&self, node: &mut Node<'_>) {
        let is_provider = self
            .inputs
            .config
            .publisher
            .as_ref()
            .is_some_and(|publisher| publisher.kind == PublisherKind::Provider);
        self.write_publisher(node, |node| {
            for (property, address) in &self.tongue.known.policies {
                node.text(property, address);
            }
            if let Some(specialty) = self.inputs.registries.treatment.specialty.filter(|_| is_provider) {
                node.member("medicalSpecialty", specialty);
            }
        });
    }

    fn write_publisher(&self, node: &mut Node<'_>, more: impl FnOnce(&mut Node<'_>)) {
        let Some(publisher) = &self.inputs.config.publisher else { return };
        let kind = match publisher.kind {
            PublisherKind::Provider => "MedicalClinic",
            PublisherKind::Publisher => "Organization",
        };
        node.node("publisher", kind, |node| {
            node.text("@id", &format!("{}#publisher", self.whole(&self.tongue.site.root)));
            node.text("name", &publisher.name);
            node.text("url", publisher.url.as_deref().unwrap_or_default());
            more(node);
        });
    }

    /// What a citation's source is to machines.
    pub(super) fn source(&self, key: &str) -> Option<&str> {
        self.tongue.known.sources.get(key).map(String::as_str)
    }

    /// The page of the treatment, where the site names one.
    pub(super) fn treatment_page(&self) -> Option<PageId> {
        self.tongue.known.treatment
    }

    /// The type, id, name and page of the treatment in a property of another node.
    pub(super) fn treatment(&self, node: &mut Node<'_>, property: &str) {
        let treatment = &self.inputs.registries.treatment;
        let Some(name) = &treatment.name else { return };
        node.node(property, treatment.therapy.unwrap_or("MedicalTherapy"), |node| {
            if let Some(page) = self.treatment_page() {
                let url = self.whole(self.shared.url(page));
                node.text("@id", &format!("{url}#treatment"));
                node.text("url", &url);
            }
            node.text("name", name);
        });
    }

    /// The whole address of a rooted one.
    pub(super) fn whole(&self, rooted: &str) -> String {
        format!("{}{rooted}", self.inputs.config.base_url.origin())
    }

    /// The whole address of a page's condition as a thing.
    pub(super) fn condition_id(&self, page: PageId) -> String {
        format!("{}#condition", self.whole(self.shared.url(page)))
    }
}

/// What a page's structured data is made from.
impl<'a> Scope<'a> {
    /// The site and the language of a page.
    pub(in crate::render) fn new(
        inputs: &'a Inputs<'a>,
        shared: &'a Shared,
        tongue: &'a crate::render::shared::Tongue,
    ) -> Self {
        Self { inputs, shared, tongue }
    }
}
