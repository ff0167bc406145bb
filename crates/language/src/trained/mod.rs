//! Heads: what a message wants, how much it hurts, whether it is about the change and of which category, learned from examples.
//!
//! Each head is a logistic regression on the encoder's vector. It knows the seeds that come with the product, the plan's own
//! wordings, and what people corrected in the window, which counts more. Heads speak where they are sure and say nothing
//! otherwise; what a plan's rules say stands above them. A message much like one that a person corrected is read as that person
//! said. Without an encoder only that is left, by words. `docs/decisions/0028-trained-heads.md` has what was measured.

mod one;
mod seeds;
pub mod trial;

pub use seeds::Kind;

use crate::encoder::{EncodeError, Encoder};
use hypercare_core::Severity;
use hypercare_core::plan::Plan;
pub(crate) use one::{Look, Said};
use one::{One, Seeded};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The classes of the head for severity.
pub const SEVERITIES: [Severity; 4] = [Severity::Low, Severity::Normal, Severity::High, Severity::Critical];

/// A generic message is no example of what is outside where it is this like something that the plan is about: a plan about
/// signing in is about forgotten passwords.
const ABOUT_THE_CHANGE: f32 = 0.5;
/// Classes of the head for scope.
const IN: usize = 0;
const OUT: usize = 1;

/// A message whose reading a person corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taught {
    /// What the customer wrote.
    pub text: String,
    /// Who corrected it.
    pub by: String,
    /// On which day, as it is said: “Tuesday 17 November”.
    pub on: String,
    /// What the person said of the scenario beside the scope: nothing, none, or its key.
    pub scenario: Option<Option<String>>,
}

/// What a person said by correcting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lesson {
    /// Whether it is about the change.
    InScope(bool),
    /// How much it hurts.
    Severity(Severity),
    /// Whether reassurance is sought.
    Reassurance(bool),
    /// Its category, by key.
    Category(String),
}

/// Texts and their classes.
pub type Examples<T> = Vec<(String, T)>;

/// What every window's heads begin with. Made once: all seeds are encoded for it.
pub struct Seeds {
    encoder: Option<Arc<dyn Encoder>>,
    kinds: Seeded,
    severity: Seeded,
    /// What is outside at any desk.
    outside: Vec<String>,
}

/// The heads of a window.
pub struct Heads {
    encoder: Option<Arc<dyn Encoder>>,
    kinds: One,
    severity: One,
    scope: One,
    categories: Vec<String>,
    category: One,
}

impl Seeds {
    /// Encodes and learns the seeds: a second with an encoder, nothing without one.
    pub fn new(encoder: Option<&Arc<dyn Encoder>>) -> Self {
        // An encoder that fails on plain sentences is as good as none.
        Self::try_new(encoder).or_else(|_| Self::try_new(None)).unwrap_or_else(|_| Self::empty())
    }

    fn try_new(encoder: Option<&Arc<dyn Encoder>>) -> Result<Self, EncodeError> {
        let kinds: Vec<Vec<String>> = seeds::KINDS.iter().map(|(_, list)| seeds::lines(list).collect()).collect();
        let severities: Vec<Vec<String>> = seeds::SEVERITIES.iter().map(|list| seeds::lines(list).collect()).collect();
        Ok(Self {
            encoder: encoder.cloned(),
            kinds: Seeded::new(&kinds, encoder)?,
            severity: Seeded::new(&severities, encoder)?,
            outside: seeds::lines(seeds::OUTSIDE).collect(),
        })
    }

    fn empty() -> Self {
        Self { encoder: None, kinds: Seeded::none(), severity: Seeded::none(), outside: vec![] }
    }

    /// The seeds for what a message wants, with their kinds, and those for severity, for measuring.
    pub fn examples() -> (Examples<Kind>, Examples<Severity>) {
        let kinds = seeds::KINDS.iter().flat_map(|(kind, list)| seeds::lines(list).map(|text| (text, *kind)));
        let severities = seeds::SEVERITIES.iter().zip(SEVERITIES).flat_map(|(list, severity)| seeds::lines(list).map(move |text| (text, severity)));
        (kinds.collect(), severities.collect())
    }
}

impl Heads {
    /// The heads of a window: the seeds, the plan's own wordings, and the corrections, oldest first. Milliseconds where the wordings
    /// have been encoded before.
    pub fn new(seeds: &Seeds, plan: &Plan, lessons: &[(Lesson, Taught)]) -> Self {
        let encoder = seeds.encoder.as_ref();
        Self::try_new(seeds, plan, lessons, encoder).or_else(|_| Self::try_new(seeds, plan, lessons, None)).unwrap_or_else(|_| Self::none())
    }

    fn try_new(seeds: &Seeds, plan: &Plan, lessons: &[(Lesson, Taught)], encoder: Option<&Arc<dyn Encoder>>) -> Result<Self, EncodeError> {
        let of = |class: &dyn Fn(&Lesson, &Taught) -> Option<usize>| -> Vec<(u32, Taught)> {
            lessons.iter().filter_map(|(lesson, taught)| Some((class(lesson, taught)? as u32, taught.clone()))).collect()
        };
        let worry = |yes: bool, text: &str| {
            // Told that it is no worry, the head still has to be told what it is: what it reads otherwise.
            let other = || seeds.kinds.likeliest(text, encoder, |class| class != Kind::Reassurance as usize).unwrap_or(Kind::HowTo as usize);
            if yes { Kind::Reassurance as usize } else { other() }
        };
        let kinds = of(&|lesson, taught| if let Lesson::Reassurance(yes) = lesson { Some(worry(*yes, &taught.text)) } else { None });
        let severity = of(&|lesson, _| if let Lesson::Severity(s) = lesson { SEVERITIES.iter().position(|known| known == s) } else { None });
        let scope = of(&|lesson, _| if let Lesson::InScope(yes) = lesson { Some(if *yes { IN } else { OUT }) } else { None });
        let (categories, examples) = by_category(plan);
        let category = of(&|lesson, _| if let Lesson::Category(key) = lesson { categories.iter().position(|known| known == key) } else { None });
        Ok(Self {
            encoder: encoder.cloned(),
            kinds: One::new(&seeds.kinds, kinds, encoder)?,
            severity: One::new(&seeds.severity, severity, encoder)?,
            scope: One::new(&Seeded::new(&scope_examples(seeds, plan, encoder)?, encoder)?, scope, encoder)?,
            category: One::new(&Seeded::new(&examples, encoder)?, category, encoder)?,
            categories,
        })
    }

    fn none() -> Self {
        let one = One::none;
        Self { encoder: None, kinds: one(), severity: one(), scope: one(), categories: vec![], category: one() }
    }

    /// A text for the heads, encoded once.
    pub(crate) fn look<'a>(&self, text: &'a str) -> Look<'a> {
        Look::new(text, self.encoder.as_ref())
    }

    /// What it wants.
    pub(crate) fn kind(&self, look: &Look<'_>) -> Option<(Kind, Said<'_>)> {
        let said = self.kinds.read(look)?;
        Some((*Kind::ALL.get(said.class)?, said))
    }

    /// How much it hurts.
    pub(crate) fn severity(&self, look: &Look<'_>) -> Option<(Severity, Said<'_>)> {
        let said = self.severity.read(look)?;
        Some((*SEVERITIES.get(said.class)?, said))
    }

    /// Whether it is about the change.
    pub(crate) fn in_scope(&self, look: &Look<'_>) -> Option<(bool, Said<'_>)> {
        let said = self.scope.read(look)?;
        Some((said.class == IN, said))
    }

    /// Its category, of those that the plan's scenarios have.
    pub(crate) fn category(&self, look: &Look<'_>) -> Option<(&str, Said<'_>)> {
        let said = self.category.read(look)?;
        Some((self.categories.get(said.class)?, said))
    }

    /// What is read without any rule: kind, severity and whether it is in scope, each with its chance. For measuring.
    pub fn raw(&self, text: &str) -> Raw {
        let text = crate::text::usable(text);
        let look = self.look(&text);
        Raw {
            kind: self.kind(&look).map(|(kind, said)| (kind, said.chance)),
            severity: self.severity(&look).map(|(severity, said)| (severity, said.chance)),
            in_scope: self.in_scope(&look).map(|(_, said)| said.chances.get(IN).copied().unwrap_or_default()),
            category: self.category(&look).map(|(category, said)| (category.to_owned(), said.chance)),
        }
    }
}

/// What the heads alone say of a text; nothing where there is no encoder.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// What it wants, and the chance of that.
    pub kind: Option<(Kind, f64)>,
    /// How much it hurts, and the chance of that.
    pub severity: Option<(Severity, f64)>,
    /// The chance that it is about the change.
    pub in_scope: Option<f64>,
    /// Its category, and the chance of that.
    pub category: Option<(String, f64)>,
}

/// The wordings of the plan's scenarios, by category; scenarios without one teach nothing here.
fn by_category(plan: &Plan) -> (Vec<String>, Vec<Vec<String>>) {
    let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for scenario in plan.scenarios.iter().filter(|s| !s.category.trim().is_empty()) {
        lists.entry(scenario.category.trim()).or_default().extend([&scenario.name].into_iter().chain(&scenario.examples).cloned());
    }
    (lists.keys().map(|key| (*key).to_owned()).collect(), lists.into_values().collect())
}

/// What is in: all that the plan's scenarios and answers say. What is out: the plan's examples of it, and what is out everywhere
/// unless the plan is about it.
fn scope_examples(seeds: &Seeds, plan: &Plan, encoder: Option<&Arc<dyn Encoder>>) -> Result<Vec<Vec<String>>, EncodeError> {
    let scenarios = plan.scenarios.iter().flat_map(|s| [&s.name].into_iter().chain(&s.examples));
    let answers = plan.answers.iter().flat_map(|a| [&a.title].into_iter().chain(&a.examples));
    let inside: Vec<String> = scenarios.chain(answers).filter(|text| text.chars().any(char::is_alphanumeric)).cloned().collect();
    let mut outside = plan.scope.out_examples.clone();
    if let Some(encoder) = encoder {
        let vectors = |texts: &[String]| encoder.encode(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let (of_plan, of_seeds) = (vectors(&inside)?, vectors(&seeds.outside)?);
        let like = |vector: &[f32]| of_plan.iter().any(|known| crate::encoder::cosine(known, vector) >= ABOUT_THE_CHANGE);
        outside.extend(seeds.outside.iter().zip(&of_seeds).filter(|(_, vector)| !like(vector)).map(|(text, _)| text.clone()));
    }
    Ok(vec![inside, outside])
}

#[cfg(test)]
mod tests;
