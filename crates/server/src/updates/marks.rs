//! Places of a draft to look at before customers read it: what is missing, and what makes it hard to read.

use hypercare_core::Timestamp;
use hypercare_core::plan::Plan;
use hypercare_core::update::Content;
use hypercare_core::update::check::missing;
use hypercare_language::plain::{self, Kind, Mark as Found, MarkKind as About};
use serde::Serialize;
use utoipa::ToSchema;

/// How much a mark weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UpdateMarkKind {
    /// It is missing or cannot be: the entry is not approved or published like this.
    Missing,
    /// It makes the text hard to read; it stops nobody.
    Plain,
}

/// One place to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UpdateMark {
    /// In which field.
    pub field: &'static str,
    /// Where it begins there, in UTF-16 code units, as browsers count.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How much it weighs.
    pub kind: UpdateMarkKind,
    /// What is wrong and what would be right.
    pub says: String,
}

/// What to look at in a draft, at the moment when it would be published. All fields are read as one text: what one explains, the others may say.
pub(super) fn of(content: &Content, plan: &Plan, now: Timestamp) -> Vec<UpdateMark> {
    let missing = missing(content, now).map(|m| UpdateMark { field: m.field, start: 0, end: 0, kind: UpdateMarkKind::Missing, says: m.says });
    let fields = [
        ("title", content.title.as_str()),
        ("happening", &content.happening),
        ("meaning", &content.meaning),
        ("doing", &content.doing),
        ("unknown", content.unknown.as_deref().unwrap_or_default()),
    ];
    let (mut whole, mut places) = (String::new(), vec![]);
    for (field, text) in fields {
        places.push((field, whole.len(), text));
        whole.push_str(text);
        whole.push_str("\n\n");
    }
    let found = plain::check(&whole, Kind::Update, None, &plan.glossary).marks;
    let about_a_place = |mark: &Found| !mark.kind.is_missing() && mark.kind != About::LongAverage;
    let marks = found.iter().filter(|mark| about_a_place(mark)).filter_map(|mark| placed(mark, &places));
    missing.into_iter().chain(marks).collect()
}

/// A mark in the field that it begins in.
fn placed(mark: &Found, places: &[(&'static str, usize, &str)]) -> Option<UpdateMark> {
    let (field, begin, text) = *places.iter().rev().find(|(_, begin, _)| *begin <= mark.start)?;
    let units = |upto: usize| text.get(..upto.saturating_sub(begin).min(text.len())).map_or(0, |part| part.encode_utf16().count());
    let (start, end) = (units(mark.start), units(mark.end));
    let says = [mark.why.as_str(), mark.suggestion.as_str()].join(" ").trim().to_owned();
    (start < end).then_some(UpdateMark { field, start, end, kind: UpdateMarkKind::Plain, says })
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::plan::PlannedTerm;
    use hypercare_core::update::{Impact, MatterState};

    fn content(happening: &str) -> Content {
        serde_json::from_value(serde_json::json!({
            "title": "Invoices", "happening": happening, "meaning": "You need not do anything.", "doing": "We send new invoices.",
            "state": MatterState::Investigating, "impact": Impact::Minor, "topics": [], "zone": "UTC", "next_at": "2026-11-17T12:00:00Z",
        }))
        .unwrap()
    }

    #[test]
    fn marks_stand_where_they_are_in_their_field() {
        #[track_caller]
        fn check(happening: &str, expected: &[&str]) {
            let mut plan = Plan::default();
            plan.glossary.push(PlannedTerm { term: "SEPA".into(), meaning: String::new() });
            let units: Vec<u16> = happening.encode_utf16().collect();
            let marks = of(&content(happening), &plan, Timestamp::parse("2026-11-17T09:00:00Z").unwrap());
            assert!(marks.iter().all(|m| m.field == "happening" && m.kind == UpdateMarkKind::Plain), "{marks:?}");
            let found: Vec<String> = marks.iter().map(|m| String::from_utf16(&units[m.start..m.end]).unwrap()).collect();
            assert_eq!(found, expected, "{happening}");
        }
        check("Invoices show the old price.", &[]);
        check("😀 größer: the SSO page is slow.", &["SSO"]);
        check("Paying by SEPA is slow.", &[]);
        let long = format!("{} old.", vec!["very"; 26].join(" "));
        check(&long, &[&long]);
    }

    #[test]
    fn marks_lie_within_their_field_whatever_is_written() {
        for odd in ["", "\n\n", "😀", "ß😀 SSO, SSO", "is not un-", "\u{301}SSO\u{301}", "“ERP” (ERP) ERP", "a\r\nb SSO\u{2028}c"] {
            for field in ["title", "happening", "meaning", "doing", "unknown"] {
                let mut json = serde_json::to_value(content("Fine.")).unwrap();
                json[field] = odd.into();
                let Ok(content) = serde_json::from_value::<Content>(json) else { continue };
                for mark in of(&content, &Plan::default(), Timestamp(0)).iter().filter(|m| m.field == field) {
                    assert!(mark.start <= mark.end && mark.end <= odd.encode_utf16().count(), "{odd:?} in {field}: {mark:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_missing_comes_first() {
        let marks = of(&Content { next_at: None, ..content("The SSO page is slow.") }, &Plan::default(), Timestamp(0));
        assert_eq!(
            marks.iter().map(|m| (m.field, m.kind)).collect::<Vec<_>>(),
            [("next_at", UpdateMarkKind::Missing), ("happening", UpdateMarkKind::Plain)]
        );
    }
}
