//! What has been found so far, and where each value of the plan stands in the text.

use super::source::Source;
use crate::plan::{Problem, ProblemSeverity};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::ops::Range;

/// Problems that are listed; the rest is counted.
const PROBLEMS_LIMIT: usize = 500;
/// Characters of somebody's text that a message repeats.
const QUOTE_LIMIT: usize = 60;

pub(super) struct Findings<'t> {
    source: Source<'t>,
    values: HashMap<String, Range<usize>>,
    /// Paths whose value is missing or unusable: nothing more is said about what lies there.
    broken: HashSet<String>,
    problems: Vec<Problem>,
    unlisted: usize,
    errors: usize,
}

impl<'t> Findings<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { source: Source::new(text), values: HashMap::new(), broken: HashSet::new(), problems: vec![], unlisted: 0, errors: 0 }
    }

    /// Remembers where a value stands.
    pub(super) fn place(&mut self, path: &str, span: Range<usize>) {
        self.values.insert(path.to_owned(), span);
    }
    /// Whether the file has something at that path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.values.contains_key(path)
    }
    /// Nothing more is to be said about that path and what lies under it.
    pub(super) fn mark_broken(&mut self, path: &str) {
        self.broken.insert(path.to_owned());
    }
    /// Whether the value at that path was replaced because it could not be used.
    pub(super) fn is_broken(&self, path: &str) -> bool {
        self.broken.contains(path) || parents(path).any(|p| self.broken.contains(p))
    }
    /// Whether a list or one of its items' keys could not be read, so that what refers to it cannot be judged.
    pub(super) fn list_is_doubtful(&self, list: &str, len: usize) -> bool {
        self.is_broken(list) || (0..len).any(|i| self.is_broken(&format!("{list}[{i}].key")))
    }

    pub(super) fn error(&mut self, path: &str, message: impl Into<String>, help: Option<String>) {
        self.at_path(ProblemSeverity::Error, path, message.into(), help);
    }
    pub(super) fn warning(&mut self, path: &str, message: impl Into<String>, help: Option<String>) {
        self.at_path(ProblemSeverity::Warning, path, message.into(), help);
    }
    fn at_path(&mut self, severity: ProblemSeverity, path: &str, message: String, help: Option<String>) {
        if self.is_broken(path) {
            return;
        }
        let span = self.values.get(path).or_else(|| parents(path).find_map(|p| self.values.get(p))).cloned().unwrap_or(0..0);
        self.at_span(severity, path, &span, message, help);
    }
    /// A problem at a place that is no value: a syntax error, an unknown key.
    pub(super) fn at_span(&mut self, severity: ProblemSeverity, path: &str, span: &Range<usize>, message: String, help: Option<String>) {
        self.errors += usize::from(severity == ProblemSeverity::Error);
        if self.is_full() {
            self.unlisted += 1;
            return;
        }
        let at = self.source.position(span);
        self.problems.push(Problem { severity, line: at.line, column: at.column, width: at.width, path: path.to_owned(), message, help });
    }

    /// Whether further problems are only counted, so that suggestions need no work.
    pub(super) fn is_full(&self) -> bool {
        self.problems.len() >= PROBLEMS_LIMIT
    }
    pub(super) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// All problems in the order of the file.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|p| (p.line, p.column, p.severity));
        if self.unlisted > 0 {
            let last = self.problems.last().map_or((1, 1), |p| (p.line, p.column));
            let severity = if self.errors > 0 { ProblemSeverity::Error } else { ProblemSeverity::Warning };
            let message = format!("{} more problems are not listed", self.unlisted);
            let help = Some("mend these first and check again".to_owned());
            self.problems.push(Problem { severity, line: last.0, column: last.1, width: 1, path: String::new(), message, help });
        }
        self.problems
    }
}

/// `a.b[2].c` → `a.b[2]`, `a.b`, `a`, and the whole file.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    fn up(path: &str) -> Option<&str> {
        (!path.is_empty()).then(|| path.rfind(['.', '[']).map_or("", |at| &path[..at]))
    }
    std::iter::successors(up(path), |p| up(p))
}

/// Somebody's text inside a message: short, on one line, in backticks.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("`");
    for (i, c) in text.chars().enumerate() {
        if i == QUOTE_LIMIT {
            out.push('…');
            break;
        }
        if c.is_control() {
            let _ = write!(out, "{}", c.escape_default());
        } else {
            out.push(c);
        }
    }
    out.push('`');
    out
}

/// `did you mean …?`, where something is near enough.
pub(super) fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    super::suggest::nearest(word, known).map(|k| format!("did you mean {}?", quoted(k)))
}
