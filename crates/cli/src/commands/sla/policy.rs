//! Promises from a file: the calendars and sla sections of a plan, checked by the plan's own check.

use anyhow::{Context, Result, bail};
use hypercare_core::Timestamp;
use hypercare_core::clock::Policy;
use hypercare_core::plan::{self, Plan, ProblemSeverity};
use std::path::Path;

/// What a plan must have besides, for a file that has only promises.
const REST: [(&str, &str); 2] = [
    ("window", "[window]\nkey = \"sla\"\nname = \"Promises\"\nzone = \"UTC\"\n"),
    ("change", "[change]\nkind = \"launch\"\nsummary = \"Promises\"\ngo_live = \"2000-01-01T00:00\"\n"),
];

/// Both policies of a file, as one version.
pub(super) struct Promises {
    pub hypercare: Option<Policy>,
    pub normal: Option<Policy>,
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read, or with every problem at its line.
pub(super) fn read(file: &Path, version: u32, since: Timestamp) -> Result<Promises> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let whole = completed(&text);
    let lines = text.lines().count();
    let mut report = plan::check(&whole);
    // What a plan should have besides is not asked for here, and neither are warnings.
    report.problems.retain(|p| p.severity == ProblemSeverity::Error && (p.line <= lines || report.plan.is_none()));
    let Some(plan) = report.plan.take().filter(|_| report.problems.is_empty()) else {
        bail!("the promises have errors:\n{}", plan::render(&whole, &file.display().to_string(), &report));
    };
    let promises = promises(&plan, version, since);
    if promises.hypercare.is_none() && promises.normal.is_none() {
        bail!("{} promises nothing: add [sla.hypercare] or [sla.normal] with a calendar and targets", file.display());
    }
    Ok(promises)
}

fn promises(plan: &Plan, version: u32, since: Timestamp) -> Promises {
    let policy = |name: &str, section: &Option<plan::SlaPolicy>| section.as_ref().map(|s| Policy::from_plan(name, s, plan, version, since));
    Promises { hypercare: policy("hypercare", &plan.sla.hypercare), normal: policy("normal", &plan.sla.normal) }
}

/// The file with what makes it a plan behind it, so that lines stay where they are.
fn completed(text: &str) -> String {
    let has = |section: &str| text.lines().any(|line| line.trim_start().starts_with(&format!("[{section}]")));
    let missing: Vec<&str> = REST.iter().filter(|(section, _)| !has(section)).map(|(_, rest)| *rest).collect();
    if missing.is_empty() { text.to_owned() } else { format!("{}\n\n{}", text.trim_end_matches('\n'), missing.join("\n")) }
}
