//! Aspects: what a section of an article speaks of, after schema.org's `HealthAspectEnumeration`.

use std::fmt;

use serde::Serialize;

macro_rules! aspects {
    ($($(#[$doc:meta])* $name:ident = $slug:literal, $schema:literal;)*) => {
        /// What a section speaks of. One choice serves checks, anchors, structured data, search and the handout.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Aspect { $($(#[$doc])* $name),* }

        impl Aspect {
            /// Every aspect, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The names that authors write, in the order of [`Aspect::ALL`].
            pub const NAMES: &'static [&'static str] = &[$($slug),*];

            /// The name that authors write: `when-to-get-help`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $slug),* }
            }

            /// The member of schema.org's `HealthAspectEnumeration`: `SeeDoctorHealthAspect`.
            pub fn schema_org(self) -> &'static str {
                match self { $(Self::$name => concat!($schema, "HealthAspect")),* }
            }
        }
    };
}

aspects! {
    /// What it is.
    Overview = "overview", "Overview";
    /// How it works.
    HowItWorks = "how-it-works", "HowItWorks";
    /// What happens, step by step, and how it feels.
    WhatToExpect = "what-to-expect", "PatientExperience";
    /// What good it may do.
    Benefits = "benefits", "Benefits";
    /// Harm that may come of it.
    Risks = "risks", "RisksOrComplications";
    /// Unwanted effects that are common and pass.
    SideEffects = "side-effects", "SideEffects";
    /// Who should take care.
    Safety = "safety", "Safety";
    /// Who should not have it.
    WhoShouldNot = "who-should-not", "Safety";
    /// What is known of whether it works.
    Evidence = "evidence", "Effectiveness";
    /// When to call a clinician or an emergency number.
    WhenToGetHelp = "when-to-get-help", "SeeDoctor";
    /// What people can do themselves, aftercare too.
    SelfCare = "self-care", "SelfCare";
    /// What it costs and how to get it.
    Cost = "cost", "GettingAccess";
    /// Where to get it and from whom.
    Access = "access", "GettingAccess";
    /// How it shows.
    Symptoms = "symptoms", "Symptoms";
    /// What brings it about.
    Causes = "causes", "Causes";
    /// Its forms.
    Types = "types", "Types";
    /// Its course over time.
    Stages = "stages", "Stages";
    /// How it is found out.
    Screening = "screening", "Screening";
    /// What is done about it.
    Treatments = "treatments", "Treatments";
    /// What it may be used for.
    MayTreat = "may-treat", "MayTreat";
    /// What else can be done.
    Options = "options", "Treatments";
    /// How to choose between options.
    Choosing = "choosing", "Treatments";
    /// How to keep it away.
    Prevention = "prevention", "Prevention";
    /// What is likely to happen, also when nothing is done.
    Outlook = "outlook", "Prognosis";
    /// Living with it.
    LivingWith = "living-with", "LivingWith";
    /// What people wrongly believe.
    Misconceptions = "misconceptions", "Misconceptions";
    /// How often and how long.
    Usage = "usage", "UsageOrSchedule";
    /// Where and how it is given.
    HowOrWhere = "how-or-where", "HowOrWhere";
    /// During pregnancy.
    Pregnancy = "pregnancy", "Pregnancy";
    /// What to ask.
    Questions = "questions", "RelatedTopics";
    /// What else to read.
    Related = "related", "RelatedTopics";
}

impl Aspect {
    /// The aspect of that name, or `None`.
    pub fn new(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|aspect| aspect.as_str() == name)
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Aspect {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_aspect_is_found_by_its_name() {
        for &aspect in Aspect::ALL {
            assert_eq!(Aspect::new(aspect.as_str()), Some(aspect));
        }
        assert_eq!(Aspect::new("when-to-get-help").unwrap().schema_org(), "SeeDoctorHealthAspect");
        assert_eq!(Aspect::new("risk"), None);
    }
}
