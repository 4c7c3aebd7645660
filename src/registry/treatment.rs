//! `treatment.toml`: harms and reasons not to treat that pages about the treatment must speak of.

use super::TEXTS;
use crate::diag::Diagnostic;
use crate::source::Source;
use crate::typed::{self, Field, Item, Reader, Shape, Spanned};

/// What pages about the treatment must speak of.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Treatment {
    /// Serious harms, in the words that a page must use.
    pub serious_adverse: Vec<Spanned<String>>,
    /// Who should not have it.
    pub contraindications: Vec<Spanned<String>>,
    /// What it is called.
    pub name: Option<String>,
    /// Other names.
    pub also_called: Vec<String>,
    /// What kind of therapy it is: one of [`THERAPIES`].
    pub therapy: Option<&'static str>,
    /// How far it goes into the body: one of schema.org's `MedicalProcedureType`.
    pub procedure: Option<&'static str>,
    /// The school of medicine: one of schema.org's `MedicineSystem`.
    pub medicine: Option<&'static str>,
    /// The profession: one of schema.org's `MedicalSpecialty`.
    pub specialty: Option<&'static str>,
}

/// The types of schema.org that a treatment can be; each is a `MedicalTherapy`.
pub const THERAPIES: [&str; 5] =
    ["MedicalTherapy", "OccupationalTherapy", "PalliativeProcedure", "PhysicalTherapy", "RadiationTherapy"];

const PROCEDURES: [&str; 2] = ["NoninvasiveProcedure", "PercutaneousProcedure"];

const MEDICINES: [&str; 6] =
    ["Ayurvedic", "Chiropractic", "Homeopathic", "Osteopathic", "TraditionalChinese", "WesternConventional"];

const SPECIALTIES: [&str; 41] = [
    "Anesthesia",
    "Cardiovascular",
    "CommunityHealth",
    "Dentistry",
    "Dermatologic",
    "Dermatology",
    "DietNutrition",
    "Emergency",
    "Endocrine",
    "Gastroenterologic",
    "Genetic",
    "Geriatric",
    "Gynecologic",
    "Hematologic",
    "Infectious",
    "LaboratoryScience",
    "Midwifery",
    "Musculoskeletal",
    "Neurologic",
    "Nursing",
    "Obstetric",
    "Oncologic",
    "Optometric",
    "Otolaryngologic",
    "Pathology",
    "Pediatric",
    "PharmacySpecialty",
    "Physiotherapy",
    "PlasticSurgery",
    "Podiatric",
    "PrimaryCare",
    "Psychiatric",
    "PublicHealth",
    "Pulmonary",
    "Renal",
    "RespiratoryTherapy",
    "Rheumatologic",
    "SpeechPathology",
    "Surgical",
    "Toxicologic",
    "Urologic",
];

const FIELDS: &[Field] = &[
    Field::new("serious_adverse", TEXTS, "Serious harms, in the words that a page must use."),
    Field::new("contraindications", TEXTS, "Who should not have it."),
    Field::new("name", Shape::Text, "What it is called."),
    Field::new("also_called", TEXTS, "Other names."),
    Field::new("therapy", Shape::OneOf(&THERAPIES), "What kind of therapy it is, for structured data."),
    Field::new("procedure", Shape::OneOf(&PROCEDURES), "How far it goes into the body, for structured data."),
    Field::new("medicine", Shape::OneOf(&MEDICINES), "The school of medicine, for structured data."),
    Field::new("specialty", Shape::OneOf(&SPECIALTIES), "The profession, for structured data."),
];

pub(super) const SHAPE: Shape = Shape::Table(FIELDS);

/// Reads `treatment.toml`.
pub fn parse(source: &Source) -> (Treatment, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = typed::read_toml_file(source, &mut found);
    let mut reader = Reader::new(source.path(), found);
    let mut out = Treatment::default();
    for item in reader.entries(Item::root(&tree.root), FIELDS) {
        match item.name {
            "serious_adverse" => out.serious_adverse = reader.texts(item),
            "contraindications" => out.contraindications = reader.texts(item),
            "name" => out.name = reader.plain_words(item),
            "also_called" => out.also_called = reader.plain_texts(item),
            "therapy" => out.therapy = one_of(&mut reader, item, &THERAPIES),
            "procedure" => out.procedure = one_of(&mut reader, item, &PROCEDURES),
            "medicine" => out.medicine = one_of(&mut reader, item, &MEDICINES),
            "specialty" => out.specialty = one_of(&mut reader, item, &SPECIALTIES),
            _ => {}
        }
    }
    (out, reader.finish())
}

fn one_of(reader: &mut Reader<'_>, item: Item<'_>, words: &[&'static str]) -> Option<&'static str> {
    let words: Vec<(&str, &'static str)> = words.iter().map(|word| (*word, *word)).collect();
    reader.one_of(item, &words).map(|word| word.value)
}
