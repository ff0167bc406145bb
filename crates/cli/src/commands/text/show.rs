//! The marks with line and column, and the ease with its limits.

use hypercare_language::plain::{Checked, Kind, Mark, Tongue};
use serde_json::{Value, json};
use std::fmt::Write;

/// The longest passage that is printed, in characters.
const PASSAGE: usize = 80;

/// Line and column of a place, both from 1, the column in characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    (line, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1)
}

/// For people.
pub(super) fn text(text: &str, name: &str, found: &Checked) -> String {
    let mut said = String::new();
    for mark in &found.marks {
        let (line, column) = place(text, mark.start);
        let _ = writeln!(said, "{name}:{line}:{column}: {}{}", mark.kind.name(), passage(mark));
        let _ = writeln!(said, "    {} {}", mark.why, mark.suggestion);
    }
    if found.more {
        let _ = writeln!(said, "There are more marks than are shown.");
    }
    let counts = &found.counts;
    let _ = writeln!(said, "{}, {}, {}.", counted(found.marks.len(), "mark"), counted(counts.sentences, "sentence"), counted(counts.words, "word"));
    if let (Some(ease), Some(formulas)) = (&found.ease, &found.formulas) {
        // A figure that is not steady is given without its word, which would be taken for a judgement.
        let word = if ease.reliable { format!(": {}", ease.word.name()) } else { String::new() };
        let _ = writeln!(said, "Ease {:.0} of 100{word}. {}", ease.value, found.limits());
        let smog = formulas.smog.map_or(String::new(), |grade| format!(", SMOG {grade:.1}"));
        let _ = writeln!(
            said,
            "Flesch reading ease {:.1}, Flesch-Kincaid {:.1}, New Dale-Chall {:.1}{smog}, ARI {:.1}, Coleman-Liau {:.1}",
            formulas.flesch_reading_ease, formulas.flesch_kincaid, formulas.new_dale_chall, formulas.automated_readability, formulas.coleman_liau
        );
    } else {
        let _ = writeln!(said, "{}", found.limits());
    }
    said
}

fn passage(mark: &Mark) -> String {
    let one = mark.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one.is_empty() {
        return String::new();
    }
    let short: String = one.chars().take(PASSAGE).collect();
    format!(": “{short}{}”", if short.len() < one.len() { "…" } else { "" })
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// For programs.
pub(super) fn json(text: &str, kind: Kind, found: &Checked) -> Value {
    let marks: Vec<Value> = found
        .marks
        .iter()
        .map(|mark| {
            let (line, column) = place(text, mark.start);
            json!({
                "kind": mark.kind, "start": mark.start, "end": mark.end, "line": line, "column": column,
                "text": mark.text, "why": mark.why, "suggestion": mark.suggestion,
            })
        })
        .collect();
    json!({
        "ok": !found.lacks_next_update(),
        "kind": kind,
        "language": match found.tongue { Tongue::English => "en", Tongue::German => "de", Tongue::Other => "other" },
        "marks": marks,
        "more": found.more,
        "counts": found.counts,
        "ease": found.ease,
        "formulas": found.formulas,
        "limits": found.limits(),
    })
}
