//! What a page is about: a condition, the treatment.

use super::Scope;
use super::node::Node;
use super::text::{events_of, first_paragraph, list_items};
use crate::aspect::Aspect;
use crate::catalog::PageId;
use crate::link::LinkedPage;
use crate::registry::ReferenceKind;
use crate::registry::identifier::{icd10, mesh};

/// The direction of evidence by which a treatment counts as possible for a condition.
const BETTER: &str = "better";

impl Scope<'_> {
    /// The condition that a page tells of.
    pub(super) fn condition(&self, node: &mut Node<'_>, linked: &LinkedPage) {
        let page = &linked.page;
        let fields = page.front_matter.condition.clone().unwrap_or_default();
        node.text("@id", &self.condition_id(linked.id));
        node.text("name", &page.interface.title);
        node.texts("alternateName", fields.also_called.iter().map(|name| name.value.as_str()));
        if let Some(region) = &fields.region
            && let Some(region) = self.inputs.registries.region(region.value.as_str(), &self.tongue.language)
        {
            node.node("associatedAnatomy", "SuperficialAnatomy", |node| node.text("name", &region.label));
        }
        let symptoms = events_of(page, &[Aspect::Symptoms]).map(|events| list_items(self, linked, events));
        node.list("signOrSymptom", |list| {
            for symptom in symptoms.iter().flatten() {
                list.node("MedicalSymptom", |node| node.text("name", symptom));
            }
        });
        if let Some(outlook) = events_of(page, &[Aspect::Outlook]) {
            node.text("expectedPrognosis", &first_paragraph(self, linked, outlook));
        }
        let is_better = |direction: &str| direction.trim().eq_ignore_ascii_case(BETTER);
        let mut directions = fields.evidence.iter().filter_map(|evidence| evidence.direction.as_ref());
        if directions.any(|direction| is_better(&direction.value)) {
            self.treatment(node, "possibleTreatment");
        }
        self.guidelines(node, linked);
        let codes = fields.icd10.iter().filter(|code| icd10(&code.value)).map(|code| ("ICD-10-CM", code));
        let headings = || fields.mesh.iter().filter(|code| mesh(&code.value));
        node.list("code", |list| {
            for (system, code) in codes.chain(headings().map(|code| ("MeSH", code))) {
                list.node("MedicalCode", |node| {
                    node.text("codeValue", &code.value);
                    node.text("codingSystem", system);
                });
            }
        });
        if let Some(specialty) = self.inputs.registries.treatment.specialty {
            node.member("relevantSpecialty", specialty);
        }
        let same: Vec<String> =
            headings().map(|code| format!("https://id.nlm.nih.gov/mesh/{}", code.value)).collect();
        node.texts("sameAs", same.iter().map(String::as_str));
    }

    /// The guidelines that the page cites; how good the evidence is they say themselves.
    fn guidelines(&self, node: &mut Node<'_>, linked: &LinkedPage) {
        let sources = linked.sources.iter();
        let sources = sources.filter_map(|key| self.inputs.registries.references.get(key.as_str()));
        let subject = self.condition_id(linked.id);
        node.list("guideline", |list| {
            for source in sources.filter(|source| source.kind == Some(ReferenceKind::Guideline)) {
                list.node("MedicalGuideline", |node| {
                    node.text("name", &source.title);
                    let year = source.year.map(|year| format!("{year:04}"));
                    node.text("guidelineDate", &year.unwrap_or_default());
                    node.reference("guidelineSubject", &subject);
                });
            }
        });
    }

    /// A condition in a few words, as other pages name it.
    pub(super) fn named_condition(&self, node: &mut Node<'_>, page: PageId) {
        node.text("@id", &self.condition_id(page));
        node.text("name", &self.inputs.catalog.page(page).title);
    }

    /// The treatment that a page tells of; its type is for the caller to write.
    pub(super) fn whole_treatment(&self, node: &mut Node<'_>, linked: &LinkedPage, permalink: &str) {
        let treatment = &self.inputs.registries.treatment;
        let page = &linked.page;
        let is_own = self.treatment_page() == Some(linked.id);
        let name = treatment.name.as_ref().filter(|_| is_own).unwrap_or(&page.interface.title);
        node.text("@id", &format!("{permalink}#treatment"));
        node.text("name", name);
        if is_own {
            node.texts("alternateName", treatment.also_called.iter().map(String::as_str));
        }
        let told = [
            ("howPerformed", &[Aspect::WhatToExpect, Aspect::HowOrWhere][..]),
            ("preparation", &[Aspect::Usage]),
            ("followup", &[Aspect::SelfCare]),
        ];
        for (property, aspects) in told {
            if let Some(events) = events_of(page, aspects) {
                node.text(property, &first_paragraph(self, linked, events));
            }
        }
        if let Some(procedure) = treatment.procedure {
            node.member("procedureType", procedure);
        }
        node.texts("contraindication", treatment.contraindications.iter().map(|text| text.value.as_str()));
        node.list("seriousAdverseOutcome", |list| {
            for harm in &treatment.serious_adverse {
                list.node("MedicalEntity", |node| node.text("name", &harm.value));
            }
        });
        if let Some(specialty) = treatment.specialty {
            node.member("relevantSpecialty", specialty);
        }
        if let Some(medicine) = treatment.medicine {
            node.member("medicineSystem", medicine);
        }
    }
}
