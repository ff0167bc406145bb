//! All forms on one report, with text that tries to be more than text.

use super::kept::{Disposition, counts};
use super::model::*;
use super::{html, markdown, print};
use crate::normal::KeptArticle;
use crate::signals::exit::ObjectiveProgress;
use crate::signals::list::{BaselineView, SignalDay, SignalView};
use hypercare_core::answer::{AnswerState, Kept};
use hypercare_core::article::{ArticleState, Audience};
use hypercare_core::clock::ClockKind;
use hypercare_core::decision::DecisionKind;
use hypercare_core::exit::Stability;
use hypercare_core::issue::IssueState;
use hypercare_core::lessons::{After, Excess, Halved, Wait, pareto, waits};
use hypercare_core::objectives::{ProgressFigures, ProgressState};
use hypercare_core::plan::ChangeKind;
use hypercare_core::rating::{Share, difference};
use hypercare_core::signals::{Basis, Better, Day, State};
use hypercare_core::window::{Phase, Transition};
use hypercare_core::{ArticleId, IssueId, Severity, Span, Timestamp};

const EVIL: &str = "<script>alert('x')</script> | \"a\" & [b](javascript:c)";

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn day(n: i8) -> Day {
    Day::new(2026, 11, n).unwrap()
}

fn signal_day(date: Day, value: Option<f64>, state: State, complete: bool) -> SignalDay {
    let expected = Some(6.0);
    SignalDay {
        date,
        value,
        expected,
        ratio: None,
        together: None,
        low: None,
        high: None,
        alarm: None,
        per_hundred_users: None,
        z: None,
        state,
        basis: Basis::Baseline,
        complete,
        n: 1,
        listed: None,
        why: String::new(),
    }
}

fn cause(key: &str, name: &str, observed: f64, expected: Option<f64>) -> Excess {
    Excess { key: key.into(), name: name.into(), observed, expected }
}

/// An answer that became an article which is a draft, one that was retired, and one of which nobody has said anything.
fn knowledge() -> Knowledge {
    let article = KeptArticle {
        id: ArticleId(7),
        title: "Invoices since November".into(),
        state: ArticleState::Draft,
        audience: Audience::Public,
        languages: vec!["en".into()],
    };
    let one = Disposition {
        answer: EVIL.into(),
        became: Some(Kept::Article),
        retired: false,
        waits: true,
        title: article.title.clone(),
        article: Some(article),
        link: String::new(),
        text: String::new(),
        owner: Some("Olga Petrova".into()),
        due_at: None,
        by: Some("Mara Lind".into()),
        at: Some(at("2026-11-19T14:00:00Z")),
    };
    let retired = Disposition {
        answer: "Old prices".into(),
        became: None,
        retired: true,
        waits: false,
        title: String::new(),
        article: None,
        text: "Nobody asks any more.".into(),
        by: Some("Jonas Weber".into()),
        ..one.clone()
    };
    let open = Disposition {
        answer: "When do I pay?".into(),
        retired: false,
        waits: true,
        text: String::new(),
        by: None,
        at: None,
        due_at: Some(at("2026-11-21T10:00:00Z")),
        ..retired.clone()
    };
    let dispositions = vec![one, retired, open];
    Knowledge { counts: counts(&dispositions), dispositions, kept: vec![EVIL.into()], unanswered: 6, ..Knowledge::default() }
}

/// What each answer became is in every form, with who and when.
#[test]
fn every_form_says_what_each_answer_became() {
    let r = sample();
    let paper = hypercare_print::layout(&print::document(&r)).iter().map(hypercare_print::Page::words).collect::<Vec<_>>().join(" ");
    let tidy = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for form in [html::render(&r), markdown::render(&r), paper, serde_json::to_string(&r).unwrap()].map(tidy) {
        for said in ["Invoices since November", "Old prices", "When do I pay?", "Jonas Weber", "Olga Petrova", "Nobody asks any more."] {
            assert!(form.contains(said), "{said}: {form}");
        }
    }
    for form in [html::render(&r), markdown::render(&r)] {
        let sentence = "Of the answers came: 1 article (not published yet), 1 retired; 1 answer became nothing yet.";
        for said in [sentence, "Article, a draft", "Thu 19 Nov 2026 15:00", "due Sat 21 Nov 2026 11:00"] {
            assert!(form.contains(said), "{said}: {form}");
        }
    }
    let json = serde_json::to_value(&r).unwrap();
    assert_eq!(json["knowledge"]["counts"]["unpublished"], 1);
    assert_eq!(
        (&json["knowledge"]["dispositions"][0]["article"]["id"], &json["knowledge"]["dispositions"][1]["became"]),
        (&"7".into(), &serde_json::Value::Null)
    );
}

/// A window that was closed on its third day, with one of everything.
fn sample() -> Report {
    let step = |from, to, when: &str, reason: Option<&str>, gaps: &[&str]| Transition {
        from,
        to,
        by: "Mara Lind".into(),
        at: at(when),
        reason: reason.map(str::to_owned),
        accepted_gaps: gaps.iter().map(|g| (*g).to_owned()).collect(),
    };
    let closing = step(Phase::Active, Phase::Closed, "2026-11-19T15:00:00Z", Some(EVIL), &[]);
    let contacts = SignalView {
        alarm: None,
        burn: None,
        together: None,
        declining: None,
        key: "contacts".into(),
        name: "Contacts".into(),
        unit: "conversations".into(),
        definition: "Conversations that customers began.".into(),
        better: Better::Lower,
        planned: true,
        required: true,
        target: None,
        baseline: BaselineView {
            from: day(3),
            to: day(16),
            days: 14,
            settled_from: None,
            settled_to: None,
            level: Some(6.0),
            note: "14 days before the change.".into(),
        },
        days: vec![
            signal_day(day(16), Some(6.0), State::Unknown, true),
            signal_day(day(17), Some(31.0), State::Worse, true),
            signal_day(day(18), Some(7.0), State::Normal, true),
        ],
        today: signal_day(day(19), Some(2.0), State::Normal, false),
    };
    let mut r = Report {
        written_at: at("2026-11-20T08:00:00Z"),
        headline: Headline {
            key: "w".into(),
            name: EVIL.into(),
            phase: Phase::Closed,
            change_kind: ChangeKind::PolicyPriceProcess,
            summary: EVIL.into(),
            owners: vec!["mara@example.org".into()],
            zone: "Europe/Berlin".into(),
            go_live_at: at("2026-11-17T08:00:00Z"),
            closed_at: Some(closing.at),
            until: closing.at,
            day: 3,
            planned: Some("14 d".into()),
        },
        outcome: vec![],
        phases: vec![step(Phase::Preparing, Phase::Active, "2026-11-17T08:00:00Z", None, &["No owner for “price”."]), closing.clone()],
        objectives: vec![ObjectiveProgress {
            key: "o".into(),
            name: EVIL.into(),
            state: ProgressState::Met,
            sentence: "It held.".into(),
            figures: ProgressFigures::default(),
            unit: "times".into(),
        }],
        volume: Volume {
            desk: 40,
            window: 30,
            answered: 18,
            scenarios: vec![ScenarioLine { key: "price".into(), name: EVIL.into(), conversations: 30, customers: 28, answered: 18, share: 1.0 }],
            issues: vec![IssueLine {
                id: IssueId(7),
                title: EVIL.into(),
                state: IssueState::Resolved,
                severity: Severity::High,
                conversations: 9,
                customers: 8,
                root_cause: EVIL.into(),
                foreseen: false,
            }],
        },
        excess: Excesses {
            days: 2,
            desk: pareto(vec![cause("", "The whole desk", 38.0, Some(12.0))]).pop(),
            known: true,
            categories: pareto(vec![cause("billing", "Billing", 29.0, Some(4.0)), cause("access", "Access", 9.0, None)]),
            scenarios: pareto(vec![cause("price", EVIL, 30.0, None)]),
            issues: pareto(vec![cause("7", EVIL, 9.0, None)]),
        },
        decisions: Decisions {
            decided: 0,
            open: 1,
            median: Some(Span::mins(90)),
            longest: Some(Span::mins(90)),
            by_kind: waits(&[Wait { group: "Confirm expected".into(), waited: Span::mins(90), within: Some(Span::mins(30)), open: true }]),
            by_owner: vec![],
            by_scenario: vec![],
            all: vec![DecisionLine {
                question: EVIL.into(),
                kind: DecisionKind::ConfirmExpected,
                scenario: None,
                due_at: None,
                asked_by: "Aiko".into(),
                asked_at: at("2026-11-19T13:30:00Z"),
                waited: Span::mins(90),
                ruling: None,
                decided_by: None,
                reason: None,
            }],
        },
        answers: vec![AnswerLine {
            key: "price".into(),
            title: EVIL.into(),
            state: AnswerState::Approved,
            uses: 18,
            by_assistant: 18,
            helpful: 5,
            not_helpful: 1,
            follow_ups: 3,
            measured: 17,
            without: Some(Interval { share: 14.0 / 17.0, low: 0.59, high: 0.94 }),
            approved_at: Some(at("2026-11-18T08:00:00Z")),
            association: Some(After {
                before: Share { part: 20, whole: 40 },
                after: Share { part: 4, whole: 31 },
                difference: difference(Share { part: 4, whole: 31 }, Share { part: 20, whole: 40 }),
                halved: Some(Halved { days: 2, on: day(19) }),
            }),
        }],
        people: vec![PersonLoad {
            name: "Aiko Tanaka".into(),
            duty: Span::mins(495),
            shifts: 1,
            nights: 0,
            conversations: 21,
            replies: 34,
            alerts: 2,
            alerts_in_rest: 1,
            recovery: 0,
            too_much: vec!["Aiko Tanaka rests 9 h between duties.".into()],
        }],
        knowledge: knowledge(),
        promises: vec![PromiseLine {
            kind: ClockKind::FirstResponse,
            policy: "hypercare".into(),
            made: 12,
            kept: 9,
            broken: 2,
            late_on_change: 0,
            running: 0,
            withdrawn: 1,
        }],
        updates: vec![],
        check_ins: vec![],
        signals: vec![contacts],
        moments: vec![Moment { number: 1, day: day(17), label: "Go-live".into() }, Moment { number: 2, day: day(18), label: EVIL.into() }],
        streak: vec![
            StreakDay { date: day(17), stable: Stability::Fluctuation, count: 0, reasons: vec![EVIL.into()] },
            StreakDay { date: day(18), stable: Stability::Stable, count: 1, reasons: vec![] },
        ],
        exit: Exit { ready: false, sentence: "Not yet: 1 of 5 stable days.".into(), streak: 1, needed: 5, signed: Some(closing) },
        next_time: vec![Lesson { kind: LessonKind::Gap, subject: EVIL.into(), suggestion: EVIL.into(), evidence: vec![], change: None }],
    };
    r.outcome = super::outcome::sentences(&r);
    r
}

#[test]
fn both_say_the_same_figures() {
    let r = sample();
    let (page, text) = (html::render(&r), markdown::render(&r));
    #[track_caller]
    fn check(page: &str, text: &str, figures: &[&str]) {
        let cells: Vec<String> = figures.iter().enumerate().map(|(i, f)| if i == 0 { format!(">{f}</th>") } else { format!(">{f}</td>") }).collect();
        let row = page.split("<tr>").any(|row| cells.iter().all(|cell| row.contains(cell)));
        assert!(row, "no row with {figures:?} in the page");
        let row = text.lines().any(|line| figures.iter().all(|f| line.contains(&format!("| {f} |"))));
        assert!(row, "no row with {figures:?} in {text}");
    }
    check(&page, &text, &["Hypercare: first response", "12", "9", "2", "82 %", "1"]);
    check(&page, &text, &["Tue 17 Nov", "31 ▲"]);
    check(&page, &text, &["Thu 19 Nov", "2"]);
    check(&page, &text, &["Tue 17 Nov", "reset", "0 of 5"]);
    check(&page, &text, &["Billing", "29", "4", "+25", "74 %", "74 %"]);
    check(&page, &text, &["Access", "9", "not known", "+9", "26 %", "100 %"]);
    check(&page, &text, &["Confirm expected", "1", "1", "1", "≥ 1 h 30 min", "≥ 1 h 30 min"]);
    check(&page, &text, &["Aiko Tanaka", "8.2 h", "1", "0", "21", "34", "2", "1", "0"]);
    check(&page, &text, &["2", "Wed 18 Nov"]);
    for r in [&page, &text] {
        assert!(r.contains("-37 points (-54 to -15)") && r.contains("on day 2 (Thu 19 Nov)") && r.contains("20 of 40 (50 %)"), "{r}");
        assert!(r.contains("association") && r.contains("It is no ranking"), "{r}");
        assert!(r.contains("40 conversations since go-live; 30 are about the change") && r.contains("18 (60 %)"), "{r}");
        assert!(r.contains("Signed by Mara Lind on Thu 19 Nov 2026 16:00."), "{r}");
        assert!(r.contains("3 of 18") && r.contains("1 h 30 min") && r.contains("still open"), "{r}");
    }
}

/// Every figure of the tables stands in each form: as a cell of the page, of the Markdown and of the pages on paper; and in the JSON
/// as what it was made from.
#[test]
fn all_four_forms_have_the_same_figures() {
    let r = sample();
    let (page, text) = (html::render(&r), markdown::render(&r));
    let sheets = hypercare_print::layout(&print::document(&r));
    // Cells on paper are broken into lines: compared without blanks.
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let paper = plain(&sheets.iter().map(hypercare_print::Page::words).collect::<Vec<_>>().join(" "));
    let mut compared = 0;
    for section in super::sections::all(&r) {
        assert!(page.contains(&format!("<h2>{}</h2>", section.title)) && text.contains(&format!("\n## {}\n", section.title)), "{}", section.title);
        assert!(paper.contains(&plain(section.title)), "{}", section.title);
        for part in section.parts {
            let (super::sections::Part::Table(table) | super::sections::Part::Figure { table, .. }) = part else { continue };
            for row in &table.rows {
                for cell in table.numbers.iter().map(|i| &row[*i]) {
                    let cell: &str = cell;
                    assert!(page.contains(&format!(">{}</td>", html::escape(cell))), "{cell} is not in the page");
                    assert!(text.contains(&format!(" {cell} |")), "{cell} is not in the Markdown");
                    assert!(paper.contains(&plain(cell)), "{cell} is not on paper");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 60, "{compared}");
    let json = serde_json::to_value(&r).unwrap();
    assert_eq!(
        (&json["volume"]["desk"], &json["excess"]["categories"][0]["excess"], &json["people"][0]["replies"]),
        (&serde_json::json!(40), &serde_json::json!(25.0), &serde_json::json!(34))
    );
    assert_eq!(json["answers"][0]["association"]["after"]["whole"], 31);
}

#[test]
fn the_printed_report_has_all_its_pages() {
    let r = sample();
    let sheets = hypercare_print::layout(&print::document(&r));
    let bytes = print::render(&r).unwrap();
    let pages = bytes.windows(11).filter(|w| w == b"/Type/Page/").count();
    assert_eq!(pages, sheets.len());
    assert!((3..=12).contains(&pages), "{pages} pages");
    assert!(sheets.iter().all(|page| page.words().len() > 80), "a page is nearly empty");
}

#[test]
fn what_people_wrote_stays_text() {
    let r = sample();
    let (page, text) = (html::render(&r), markdown::render(&r));
    assert!(!page.contains("<script") && !page.contains("alert('x')") && page.contains("&lt;script&gt;"));
    assert!(!text.replace("\\<", "").contains("<script") && !text.contains("[b]("), "{text}");
    // Every table of the Markdown keeps its number of columns.
    let columns = |line: &str| line.replace("\\|", "").matches('|').count();
    for lines in text.lines().collect::<Vec<_>>().windows(2) {
        if let [a, b] = lines
            && a.starts_with('|')
            && b.starts_with('|')
        {
            assert_eq!(columns(a), columns(b), "{a}\n{b}");
        }
    }
}

/// Every element that begins also ends, in order; the page loads nothing.
#[test]
fn the_page_is_whole() {
    let page = html::render(&sample());
    let mut open: Vec<String> = vec![];
    for part in page.split('<').skip(1) {
        let tag: String = part.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let alone = part.split('>').next().is_some_and(|inside| inside.ends_with('/')) || ["meta", ""].contains(&tag.as_str());
        match part.starts_with('/') {
            true => assert_eq!(open.pop().as_deref(), Some(tag.as_str()), "near <{part}"),
            false if !alone => open.push(tag),
            false => {}
        }
    }
    assert_eq!(open, Vec::<String>::new());
    for foreign in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert_eq!(page.matches("<h1>").count(), 1);
    assert!(
        page.contains("<title id=\"contacts-title\">Contacts, day by day</title>")
            && page.contains(">go-live</text>")
            && page.contains(">exit</text>")
    );
}

#[test]
fn an_empty_report_says_so() {
    let mut r = sample();
    (r.phases, r.objectives, r.answers, r.promises, r.streak, r.next_time) = (vec![], vec![], vec![], vec![], vec![], vec![]);
    (r.volume, r.decisions, r.signals) = (Volume::default(), Decisions::default(), vec![]);
    (r.excess, r.people, r.knowledge, r.moments) = (Excesses::default(), vec![], Knowledge::default(), vec![]);
    r.exit.signed = None;
    let paper = hypercare_print::layout(&print::document(&r)).iter().map(hypercare_print::Page::words).collect::<Vec<_>>().join(" ");
    for text in [html::render(&r), markdown::render(&r), paper] {
        for said in
            ["No conversation was about the change.", "No decision was asked for.", "Nothing was promised.", "Nothing stands out in the record."]
        {
            assert!(text.contains(said), "{said}");
        }
    }
}
