//! The plan of a window as a file: TOML, checked in beside the code that changes.
//!
//! [`Plan`] is the shape; [`check()`] reads text like a compiler (line, column, reason, suggestion);
//! [`diff`] says what applying would change; [`export`] writes it back; [`schema`] serves editors.

mod check;
mod decisions;
mod diff;
mod export;
mod field;
mod glossary;
mod handover;
mod length;
mod model;
mod problem;
mod promises;
mod render;
mod rest;
mod review;
mod rights;
mod runbook;
mod schema;
mod stage;
mod template;
#[cfg(test)]
mod tests;

pub(crate) use check::is_address;
pub use check::{
    ANSWERS_LIMIT, CHOICES_LIMIT, EXAMPLES_LIMIT, FIELDS_LIMIT, FILE_LIMIT, GLOSSARY_LIMIT, HANDOVER_LIMIT, SCENARIOS_LIMIT, WRONG_RATES, check,
    nearest,
};
pub use decisions::DecisionsSection;
pub use diff::{Change, PlanChangeKind, diff};
pub use export::export;
pub use field::PlannedField;
pub use glossary::PlannedTerm;
pub use handover::{HandoverSection, PlannedItem, WATCH_DAYS, WATCH_DAYS_LIMIT};
pub use length::Length;
pub use model::*;
pub use problem::{Problem, ProblemSeverity, Report};
pub use promises::{CalendarSection, CategoryPromises, EscalationPath, HoursChange, PlannedShift, SlaPolicy, SlaSection, Weekday};
pub use render::render;
pub use rest::RestSection;
pub use review::{EXECUTIVE_AT, MORNING_AT, REVIEW_AT, REVIEW_PEOPLE, ReviewSection, time_of_day};
pub use rights::Rights;
pub use runbook::{RollbackTrigger, RunbookFigure, RunbookSection, RunbookStep, StepKind, TriggerWhen};
pub use schema::{SCHEMA_ID, schema};
pub use stage::PlannedStage;
pub use template::{Sign, containment, template};
