//! The daily review: what it holds, and each fault by its place.

use super::{check, completed};
use crate::plan::{export, time_of_day};

const WHOLE: &str = r#"
[review]
at = "10:15"
zone = "America/New_York"
days = ["mon", "thu"]
tolerance = "45 min"
attends = ["Ann@x.example", "bo@x.example", "ann@x.example"]
morning_at = "07:30"
morning_to = ["team@x.example"]
executive_at = "16:00"
executive_to = ["boss@x.example"]
"#;

#[test]
fn a_review_comes_back_from_an_export() {
    let report = check(&completed(WHOLE));
    assert_eq!(report.problems, vec![]);
    let plan = report.plan.unwrap();
    assert_eq!(plan.attends_review(&[]), ["ann@x.example", "bo@x.example"]);
    assert_eq!((plan.morning_brief_to(&[]), plan.executive_brief_to()), (vec!["team@x.example".to_owned()], vec!["boss@x.example".to_owned()]));
    // Whoever is named; otherwise the rota.
    let unnamed = check(&completed("[review]\nat = \"10:15\"\n")).plan.unwrap();
    let rota = ["Cy@x.example".to_owned(), "cy@x.example".to_owned()];
    assert_eq!((unnamed.attends_review(&rota), unnamed.morning_brief_to(&rota)), (vec!["cy@x.example".to_owned()], vec!["cy@x.example".to_owned()]));
    let written = export(&plan);
    assert!(written.contains("[review]\nat = \"10:15\"\nzone = \"America/New_York\"\ndays = [\"mon\", \"thu\"]\n"), "{written}");
    assert_eq!(check(&written).plan.unwrap(), plan);
}

#[test]
fn what_is_wrong_with_a_review() {
    #[track_caller]
    fn wrong(review: &str, path: &str, message: &str, help: &str) {
        let report = check(&completed(&format!("[review]\n{review}\n")));
        let told: Vec<_> = report.problems.iter().map(|p| (p.path.as_str(), p.message.as_str(), p.help.as_deref().unwrap_or_default())).collect();
        assert!(matches!(&told[..], [(p, m, h)] if *p == path && *m == message && h.contains(help)), "{review}: {told:?}");
    }
    wrong("at = \"9:30\"", "review.at", "`9:30` is not a time of day", "09:30");
    wrong("executive_at = \"24:00\"", "review.executive_at", "`24:00` is not a time of day", "09:30");
    wrong("zone = \"Berlin\"", "review.zone", "`Berlin` is not a time zone", "Europe/Berlin");
    wrong("days = [\"mon\", \"mon\"]", "review.days[1]", "this day is named twice", "once");
    wrong("tolerance = \"13 h\"", "review.tolerance", "13 h is too long", "12 h at most");
    wrong("attends = [\"ann\"]", "review.attends[0]", "`ann` is not an e-mail address", "ada@example.com");
    wrong("executive_to = [\"the boss\"]", "review.executive_to[0]", "`the boss` is not an e-mail address", "ada@example.com");
    wrong("morning_at = \"11:00\"", "review.morning_at", "the morning brief comes after the review has begun", "earlier");
    wrong("morning = \"11:00\"", "review.morning", "unknown key `morning`", "morning_at");
    let many: Vec<String> = (0..51).map(|i| format!("\"a{i}@x.example\"")).collect();
    wrong(&format!("attends = [{}]", many.join(", ")), "review.attends", "51 are too many", "at most 50");
}

#[test]
fn times_of_day_are_read_strictly() {
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(time_of_day(text).map(|t| t.to_string()).as_deref(), expected, "{text}");
    }
    check("00:00", Some("00:00:00"));
    check(" 23:59 ", Some("23:59:00"));
    check("9:30", None);
    check("09:3", None);
    check("09.30", None);
    check("24:00", None);
    check("09:60", None);
    check("+9:30", None);
    check("", None);
}
