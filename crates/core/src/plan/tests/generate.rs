//! Plans that a check accepts, with the texts people and machines come up with.

use crate::fatigue::Rule;
use crate::plan::*;
use crate::signals::{Family, Signal};
use crate::{Channel, Severity, Span};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

/// Quotes, line ends, escapes, trailing spaces, other scripts, things that look like TOML.
pub fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "\\",
        "\\n",
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "  \n ",
        "# no comment",
        "[window]",
        "= ",
        "{{key}}",
        "ä",
        "日本",
        "🙂",
        "\u{7f}",
        "\u{1}",
        "\u{feff}",
        "\u{2028}",
        "word",
        "a \"quoted\" word",
        "\\u0041",
        "\u{202e}",
    ]);
    prop_oneof![vec(nasty, 0..8).prop_map(|parts| parts.concat()), "[ -~]{0,40}", Just(String::new())]
}

pub fn filled() -> impl Strategy<Value = String> {
    text().prop_map(|t| format!("x{t}"))
}
pub fn length() -> impl Strategy<Value = Length> {
    (1_i64..2_000_000).prop_map(|secs| Length(Span::secs(secs)))
}
fn severity() -> impl Strategy<Value = Severity> {
    prop::sample::select(Severity::ALL.to_vec())
}
pub fn address() -> impl Strategy<Value = String> {
    "[a-z]{1,8}(\\+[a-z]{1,3})?@[a-z]{1,8}\\.example"
}
/// So many wordings, each its own: `mark` and the number keep them apart.
fn wordings(mark: String, n: usize) -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..n).prop_map(move |texts| texts.into_iter().enumerate().map(|(i, t)| format!("{mark} {i} {t}")).collect())
}

fn window() -> impl Strategy<Value = (WindowSection, ChangeSection)> {
    let kind = prop::sample::select(ChangeKind::ALL.to_vec());
    let zone = prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"]);
    let window = ("[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", filled(), zone, option::of(length()), option::of(Just("2026-09-01".to_owned())));
    let change = (kind, filled(), prop::sample::select(vec!["2026-11-17T09:00", "2026-11-17T09:00:00+01:00"]), vec(address(), 0..3), text());
    (window, change).prop_map(|((key, name, zone, planned, baseline_from), (kind, summary, go_live, owners, rollback))| {
        (
            WindowSection { key, name, zone: zone.into(), planned, baseline_from, baseline_without: vec![] },
            ChangeSection { kind, summary, go_live: go_live.into(), owners, rollback },
        )
    })
}

fn scope() -> impl Strategy<Value = ScopeSection> {
    (vec(text(), 0..3), vec(text(), 0..3), vec(filled(), 0..3), wordings("outside".into(), 4))
        .prop_map(|(inside, out, words, out_examples)| ScopeSection { inside, out, words, out_examples })
}

fn scenario(i: usize, answers: usize, escalations: usize) -> impl Strategy<Value = Scenario> {
    let texts = (filled(), text(), text(), text(), text(), text());
    let refers = (option::of(0..answers.max(1)), option::of(0..escalations.max(1)));
    let people = vec(prop_oneof![address(), Just("shift-owner".to_owned())], 0..3);
    (texts, wordings(format!("scenario {i}"), 6), severity(), refers, option::of(address()), [people.clone(), people.clone(), people].prop_map(|p| p))
        .prop_map(
            move |(
                (name, before, now, doubt, category, playbook),
                examples,
                severity,
                (answer, escalation),
                owner,
                [may_confirm, may_approve, may_roll_back],
            )| Scenario {
                key: format!("s-{i}"),
                name,
                before,
                now,
                doubt,
                examples,
                category,
                severity,
                answer: answer.filter(|_| answers > 0).map(|n| format!("a-{n}")),
                playbook,
                owner: owner.unwrap_or_default(),
                escalation: escalation.filter(|_| escalations > 0).map(|n| format!("e-{n}")),
                may_confirm,
                may_approve,
                may_roll_back,
            },
        )
}

fn answer(i: usize) -> impl Strategy<Value = PlannedAnswer> {
    (filled(), text(), text(), text(), text(), wordings(format!("answer {i}"), 4)).prop_map(
        move |(title, expected, do_now, next_update, source, examples)| PlannedAnswer {
            key: format!("a-{i}"),
            title,
            expected,
            do_now,
            next_update,
            source,
            examples,
        },
    )
}

fn term(i: usize) -> impl Strategy<Value = PlannedTerm> {
    text().prop_map(move |meaning| PlannedTerm { term: format!("Word {i}"), meaning: meaning.chars().take(300).collect() })
}

fn escalation(i: usize) -> impl Strategy<Value = EscalationPath> {
    (filled(), vec(address(), 1..3), option::of(length()), vec(filled(), 0..3)).prop_map(move |(name, to, acknowledge, asks)| EscalationPath {
        asks: asks.into_iter().enumerate().map(|(n, ask)| format!("{n}: {ask}")).collect(),
        key: format!("e-{i}"),
        name,
        to,
        acknowledge,
    })
}

fn field(i: usize) -> impl Strategy<Value = PlannedField> {
    let choices = option::of(vec(prop::sample::select(vec!["Norway", "New Zealand", "Österreich", "日本", "\"quoted\""]), 1..6));
    ("[A-Za-z ]{0,20}", choices, any::<bool>()).prop_map(move |(name, choices, watch)| PlannedField {
        key: format!("field_{i}"),
        name: format!("x{name}"),
        choices: choices.map(|list| list.into_iter().enumerate().map(|(j, choice)| format!("{choice} {j}")).collect()),
        watch,
    })
}

fn objective(i: usize, signals: Vec<Signal>) -> impl Strategy<Value = Objective> {
    let rule = prop_oneof![
        length().prop_map(|within| ObjectiveRule::ReturnBy { within }),
        (1_u32..30).prop_map(|days| ObjectiveRule::DropAfter { days }),
        (0.0..=1.0).prop_map(|value| ObjectiveRule::StayBelow { value }),
        (0.0..=1.0, 1_u32..30).prop_map(|(value, day)| ObjectiveRule::Reach { value, day }),
    ];
    (filled(), prop::sample::select(signals), option::of(text()), rule).prop_map(move |(name, signal, category, rule)| Objective {
        key: format!("o-{i}"),
        name,
        signal: signal.key().into(),
        category,
        rule,
    })
}

fn signals() -> impl Strategy<Value = Vec<Signal>> {
    prop::sample::subsequence(Signal::ALL.to_vec(), 1..=Signal::ALL.len())
}
fn signal(signal: Signal) -> impl Strategy<Value = SignalSection> {
    let most = if signal.family() == Family::Share { 1.0 } else { 1e6 };
    (any::<bool>(), option::of(0.0..=most)).prop_map(move |(required, target)| SignalSection { key: signal.key().into(), required, target })
}

fn calendar() -> impl Strategy<Value = CalendarSection> {
    let day = prop::sample::select(vec![vec!["09:00-12:30", "13:00-17:00"], vec!["22:00-06:00"], vec!["00:00-24:00"]]);
    let day = day.prop_map(|texts| texts.into_iter().map(str::to_owned).collect::<Vec<_>>());
    let exception = prop_oneof![day.clone(), Just(vec![])];
    (
        option::of(Just("Asia/Tokyo".to_owned())),
        btree_map(prop::sample::select(Weekday::ALL.to_vec()), day.clone(), 1..7),
        btree_map(prop::sample::select(vec!["2026-12-25".to_owned(), "2027-01-01".to_owned()]), exception, 0..2),
        (any::<bool>(), btree_map(Just("2026-12-05".to_owned()), day.clone(), 0..2)),
        vec((btree_map(prop::sample::select(Weekday::ALL.to_vec()), day, 0..3), any::<bool>()), 0..3),
    )
        .prop_map(|(zone, hours, exceptions, (holiday, extra), changes)| {
            let holidays = holiday.then(|| "2026-12-26".to_owned()).into_iter().collect();
            let change = |(i, (hours, ends)): (usize, (_, bool))| {
                let until = (ends || i == 0).then(|| format!("2027-0{}-01", 2 * i + 3));
                HoursChange { from: format!("2027-0{}-01", 2 * i + 2), until, hours }
            };
            CalendarSection { zone, hours, holidays, exceptions, extra, changes: changes.into_iter().enumerate().map(change).collect() }
        })
}

fn policy(calendars: Vec<String>) -> impl Strategy<Value = SlaPolicy> {
    let table = || btree_map(severity(), length(), 0..4);
    let category = (option::of(length()), table(), table()).prop_map(|(acknowledge, first_response, total_resolution)| CategoryPromises {
        acknowledge,
        first_response,
        total_resolution,
        ..CategoryPromises::default()
    });
    let tables = (table(), table(), table(), table(), table());
    (prop::sample::select(calendars), option::of(length()), tables, btree_map(filled(), category, 0..2)).prop_map(
        |(calendar, acknowledge, (first_response, next_response, update, resolution, total_resolution), categories)| SlaPolicy {
            calendar,
            acknowledge,
            first_response,
            next_response,
            update,
            resolution,
            total_resolution,
            categories,
        },
    )
}

fn shifts() -> impl Strategy<Value = Vec<PlannedShift>> {
    vec(address(), 0..4).prop_map(|owners| {
        let shift = |(i, owner)| PlannedShift { owner, from: format!("2026-11-{}T07:00", 17 + i), to: format!("2026-11-{}T15:00:00+01:00", 17 + i) };
        owners.into_iter().enumerate().map(shift).collect()
    })
}

/// Boxed: an unoptimised build keeps all of a strategy on the stack.
fn review() -> BoxedStrategy<ReviewSection> {
    let time = || option::of(prop::sample::select(vec!["00:00".to_owned(), "06:45".into(), "23:59".into()]));
    let days = prop::sample::subsequence(Weekday::ALL.to_vec(), 0..7);
    let people = || vec(address(), 0..3);
    (time(), option::of(Just("Asia/Kathmandu".to_owned())), days, option::of(Just(Length(Span::mins(45)))), time(), (people(), people(), people()))
        .prop_map(|(at, zone, days, tolerance, executive_at, (attends, morning_to, executive_to))| ReviewSection {
            at,
            zone,
            days,
            tolerance,
            attends,
            morning_at: None,
            morning_to,
            executive_at,
            executive_to,
        })
        .boxed()
}

/// A plan that a check accepts.
pub fn plan() -> impl Strategy<Value = Plan> {
    let names = btree_map(filled().prop_map(|n| n.chars().take(60).collect::<String>()), calendar(), 0..3);
    (0_usize..4, 0_usize..4, 0_usize..3, signals(), names, 0_usize..4).prop_flat_map(
        |(scenarios, answers, escalations, chosen, calendars, objectives)| {
            let known: Vec<String> = calendars.keys().cloned().chain(["always".to_owned()]).collect();
            let rule = (severity(), vec(filled(), 1..3), filled()).prop_map(|(severity, any, reason)| SeverityRule { severity, any, reason });
            let assistant = (any::<bool>(), 0.001..=0.2, option::of(0.0..=1.0), length(), text()).prop_map(
                |(answers, wrong_rate, confidence, resolve_after, acknowledgement)| AssistantSection {
                    answers,
                    wrong_rate,
                    confidence,
                    resolve_after,
                    acknowledgement,
                },
            );
            let rest = (option::of(length()), option::of(0_u32..9), any::<bool>()).prop_map(|(between_duties, nights_in_a_row, off)| RestSection {
                between_duties,
                nights_in_a_row,
                off: if off { vec![Rule::Fairness] } else { vec![] },
                ..RestSection::default()
            });
            let coverage = (prop::sample::select(known.clone()), text(), option::of(rest)).prop_map(|(hours, reason, rest)| CoverageSection {
                hours,
                reason,
                rest,
            });
            let intake = (prop::sample::select(Channel::ALL.to_vec()), text()).prop_map(|(primary, pointer)| IntakeSection { primary, pointer });
            let sla = (option::of(policy(known.clone())), option::of(policy(known))).prop_map(|(hypercare, normal)| SlaSection { hypercare, normal });
            let exit = (5_u32..30, 0.0..=1.0).prop_map(|(stable_days, margin)| ExitSection { stable_days, margin, stressors: vec![] });
            (
                (window(), scope(), option::of(coverage), option::of(intake), assistant),
                (0..objectives).map(|i| objective(i, chosen.clone())).collect::<Vec<_>>(),
                (0..chosen.len() % 4).map(field).collect::<Vec<_>>(),
                (0..scenarios).map(|i| scenario(i, answers, escalations)).collect::<Vec<_>>(),
                ((0..answers).map(answer).collect::<Vec<_>>(), (0..answers).map(term).collect::<Vec<_>>()),
                (vec(rule, 0..3), (0..escalations).map(escalation).collect::<Vec<_>>(), option::of(super::runbook::any_runbook()).boxed()),
                (Just(calendars), sla, (shifts(), option::of(review())), chosen.into_iter().map(signal).collect::<Vec<_>>(), exit),
            )
                .prop_map(|(first, objectives, fields, scenarios, (answers, glossary), (severity_rules, escalations, runbook), last)| {
                    let ((window, change), scope, coverage, intake, assistant) = first;
                    let (calendars, sla, (shifts, review), signals, exit) = last;
                    Plan {
                        window,
                        change,
                        scope,
                        coverage,
                        intake,
                        fields,
                        assistant,
                        objectives,
                        scenarios,
                        answers,
                        glossary,
                        severity_rules,
                        escalations,
                        calendars,
                        sla,
                        shifts,
                        decisions: DecisionsSection::default(),
                        review,
                        runbook,
                        signals,
                        stages: vec![],
                        exit,
                        handover: HandoverSection { watch_days: 7, items: vec![] },
                    }
                })
        },
    )
}
