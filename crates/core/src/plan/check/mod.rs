//! Reads a plan like a compiler: every problem with its place, its reason and what would be right.
//!
//! First the syntax; then the shape against the JSON Schema, where a value that cannot be used is
//! reported and replaced, so that one slip hides no other; then the meaning, on the plan itself.

mod examples;
mod fields;
mod findings;
mod glossary;
mod handover;
mod keys;
mod numbers;
mod people;
mod references;
mod review;
mod runbook;
mod shape;
mod shifts;
mod source;
mod stages;
mod suggest;
mod syntax;
mod times;
mod words;

use super::{Plan, ProblemSeverity, Report};
use findings::Findings;

pub use numbers::WRONG_RATES;
pub(crate) use people::is_address;
pub use suggest::nearest;

/// Size of a plan file, in bytes.
pub const FILE_LIMIT: usize = 1_000_000;
/// Scenarios in one plan.
pub const SCENARIOS_LIMIT: usize = 200;
/// Answers in one plan.
pub const ANSWERS_LIMIT: usize = 500;
/// Fields in one plan.
pub const FIELDS_LIMIT: usize = 20;
/// Choices of one field.
pub const CHOICES_LIMIT: usize = 200;
/// Words in the glossary of one plan.
pub const GLOSSARY_LIMIT: usize = 200;
/// Items that one plan hands over.
pub const HANDOVER_LIMIT: usize = 60;
/// Examples of one scenario or one answer.
pub const EXAMPLES_LIMIT: usize = 500;

/// Reads a plan and says everything that is wrong with it.
///
/// The report has the plan if and only if no problem is an error. It never stops at the first
/// problem, except that the meaning of a file with broken syntax is not judged.
pub fn check(text: &str) -> Report {
    let mut found = Findings::new(text);
    let plan = read(text, &mut found).filter(|_| !found.has_errors());
    Report { plan, problems: found.into_problems() }
}

fn read(text: &str, found: &mut Findings<'_>) -> Option<Plan> {
    if text.len() > FILE_LIMIT {
        let help = Some("keep the plan to what people need during the window; move long texts behind an answer's `source`".to_owned());
        found.error("", format!("the file has {} bytes; a plan can have {FILE_LIMIT}", text.len()), help);
        return None;
    }
    let document = syntax::parse(text, found)?;
    let value = shape::plan(&document, found);
    let plan: Plan = match serde_json::from_value(value) {
        Ok(plan) => plan,
        Err(why) => {
            found.at_span(ProblemSeverity::Error, "", &(0..0), format!("the plan cannot be read: {why}"), None);
            return None;
        }
    };
    keys::check(&plan, found);
    fields::check(&plan, found);
    glossary::check(&plan, found);
    words::check(&plan, found);
    people::check(&plan, found);
    times::check(&plan, found);
    shifts::check(&plan, found);
    review::check(&plan, found);
    references::check(&plan, found);
    numbers::check(&plan, found);
    stages::check(&plan, found);
    runbook::check(&plan, found);
    handover::check(&plan, found);
    examples::check(&plan, found);
    Some(plan)
}
