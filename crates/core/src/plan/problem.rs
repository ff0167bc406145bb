//! What the check of a plan says: where, what is wrong, what would be right.

use super::Plan;
use serde::Serialize;
use std::fmt;

/// The result of reading a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanReport))]
pub struct Report {
    /// The plan, if nothing is wrong with it; warnings do not stand in the way.
    pub plan: Option<Plan>,
    /// What was found, in the order of the file.
    pub problems: Vec<Problem>,
}

impl Report {
    /// How many problems keep the plan from being applied.
    pub fn errors(&self) -> usize {
        self.count(ProblemSeverity::Error)
    }
    /// How many problems are advice only.
    pub fn warnings(&self) -> usize {
        self.count(ProblemSeverity::Warning)
    }
    fn count(&self, severity: ProblemSeverity) -> usize {
        self.problems.iter().filter(|p| p.severity == severity).count()
    }
}

/// Whether a problem keeps the plan from being applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanProblemSeverity))]
#[serde(rename_all = "snake_case")]
pub enum ProblemSeverity {
    /// It must be mended first.
    Error,
    /// The plan can be applied, but the method advises otherwise.
    Warning,
}

impl ProblemSeverity {
    /// The word in output and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing that is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlanProblem))]
pub struct Problem {
    /// How bad it is.
    pub severity: ProblemSeverity,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// How many characters of that line are meant; at least 1.
    pub width: usize,
    /// Where in the plan, such as `scenarios[2].answer`; empty for the file as a whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What would be right, where that can be said.
    pub help: Option<String>,
}

/// One line for logs: `error: … (line 3, column 4)`. With the source line: [`super::render`].
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (line {}, column {})", self.severity.word(), self.message, self.line, self.column)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}
