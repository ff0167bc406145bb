//! Reads the day: everything that an agenda or a brief can name, each by the query that its own screen uses.

use crate::App;
use crate::signals;
use hypercare_core::answer::Answer;
use hypercare_core::issue::Issue;
use hypercare_core::review::{ActionFact, DecisionFact, EscalationFact, ExitFact, Facts, IssueFact, PersonFact, PromiseFact, SignalFact, UpdateFact};
use hypercare_core::rota::living::lived;
use hypercare_core::rota::{LivingRota, Period};
use hypercare_core::signals::State;
use hypercare_core::signals::alarm::AlarmLevel;
use hypercare_core::window::Window;
use hypercare_core::{Span, Timestamp, UserId};
use hypercare_store::queries::issues::WindowReach;
use hypercare_store::queries::{actions, answers, conversations, decisions, escalations, issues, people, reviews, rota, updates};
use hypercare_store::{Query, Reader, StoreError};
use std::collections::{BTreeMap, HashMap};

/// Actions that are read.
const ACTIONS: i64 = 300;
/// Decisions, escalations and updates that are read: the agenda names fewer.
const MOST: i64 = 100;
/// Days before the last one that an issue is compared with.
const BEFORE: usize = 7;
/// Findings about people that are named.
const PEOPLE: usize = 10;
/// Promises that are counted, the newest first.
const PROMISES: i64 = 20_000;

/// Names of people by their account.
pub(super) async fn names(q: &mut impl Query) -> Result<HashMap<i64, String>, StoreError> {
    Ok(people::list(q).await?.into_iter().map(|p| (p.id, p.name)).collect())
}

/// The name of an account.
pub(super) fn name(names: &HashMap<i64, String>, user: UserId) -> String {
    names.get(&user.0).cloned().unwrap_or_else(|| "Somebody who left".into())
}

/// The day of a window as it is now.
///
/// # Errors
/// When the database fails.
pub async fn gather(app: &App, w: &Window) -> Result<Facts, StoreError> {
    let (mut reader, now) = (app.reader(), app.now());
    let q = &mut reader;
    let openings = reviews::openings(q, w.id).await?;
    let since = openings.first().copied().unwrap_or(now - Span::hours(24));
    let names = names(q).await?;
    let counts = conversations::counts(q, None, UserId(0)).await?;
    let all = issues::of_window(q, w.id).await?;
    let overview = signals::overview(app, w).await?;
    let verdict = signals::verdict_of(app, w, &overview).await?;
    Ok(Facts {
        now,
        since,
        window: w.plan.window.name.clone(),
        day: w.day(now),
        phase: w.phase,
        open: counts.all_open,
        critical: counts.critical,
        late: counts.breached,
        actions: read_actions(q, w, since, &openings, &names).await?,
        settled: all.iter().filter(|i| i.merged_into.is_none() && i.resolved_at.is_some_and(|at| at > since)).count(),
        issues: read_issues(q, w, all, now, &names).await?,
        decisions: read_decisions(q, w).await?,
        promises: read_promises(q, since, now).await?,
        signals: read_signals(app, w).await?,
        burn: overview.burn.as_ref().filter(|burn| burn.level == AlarmLevel::Red).map(|burn| burn.says.clone()),
        escalations: read_escalations(q, w).await?,
        updates: read_updates(q, w).await?,
        people: read_people(&rota::of(q, w).await?, &names_by_email(q).await?, now),
        exit: ExitFact { sentence: verdict.sentence, streak: verdict.streak, needed: verdict.needed, ready: verdict.ready },
    })
}

async fn names_by_email(q: &mut Reader) -> Result<HashMap<String, String>, StoreError> {
    crate::windows::owner::names(q).await
}

async fn read_actions(
    q: &mut Reader,
    w: &Window,
    since: Timestamp,
    openings: &[Timestamp],
    names: &HashMap<i64, String>,
) -> Result<Vec<ActionFact>, StoreError> {
    let mut all = actions::open(q, w.id, ACTIONS).await?;
    all.extend(actions::ended(q, w.id, since, ACTIONS).await?);
    Ok(all.into_iter().map(|a| ActionFact { owner: name(names, a.task.owner), carried: a.carried(openings), action: a }).collect())
}

async fn read_issues(
    q: &mut Reader,
    w: &Window,
    all: Vec<Issue>,
    now: Timestamp,
    names: &HashMap<i64, String>,
) -> Result<Vec<IssueFact>, StoreError> {
    let since = now - Span::days(BEFORE as i64 + 1);
    let reach: HashMap<i64, WindowReach> = issues::reach_of_window(q, w.id, None).await?.into_iter().map(|r| (r.issue_id, r)).collect();
    let mut begun: HashMap<i64, Vec<Timestamp>> = HashMap::new();
    for (issue, at) in issues::opened_in_window(q, w.id, None, since).await? {
        begun.entry(issue).or_default().push(Timestamp(at));
    }
    let live: HashMap<i64, bool> = answers::of_window(q, Some(w.id)).await?.iter().map(|a| (a.id.0, Answer::live(a).is_some())).collect();
    let of = |i: Issue| {
        let reach = reach.get(&i.id.0);
        let days = by_day(begun.get(&i.id.0).map(Vec::as_slice).unwrap_or_default(), reach.map(|r| Timestamp(r.first_seen)), now);
        IssueFact {
            id: i.id,
            opened_at: i.opened_at,
            severity: i.severity,
            owner: i.owner.map(|user| name(names, user)),
            state: i.state.word(),
            answered: i.answer.is_some_and(|id| live.get(&id.0).copied().unwrap_or(false)),
            today: days.0,
            before: days.1,
            customers: reach.map_or(0, |r| r.customers),
            unresolved: reach.map_or(0, |r| r.unresolved),
            title: i.title,
        }
    };
    Ok(all.into_iter().filter(|i| i.state.is_open() && i.merged_into.is_none()).map(of).collect())
}

/// Conversations of the last 24 hours, and of each 24 hours before in which the issue was there from beginning to end.
fn by_day(begun: &[Timestamp], first: Option<Timestamp>, now: Timestamp) -> (u32, Vec<u32>) {
    let mut counts = vec![0_u32; BEFORE + 1];
    for at in begun.iter().filter(|at| **at <= now) {
        let back = usize::try_from((now - *at).0 / Span::days(1).0).unwrap_or(usize::MAX);
        if let Some(n) = counts.get_mut(back) {
            *n += 1;
        }
    }
    let age = first.map_or(0, |first| usize::try_from((now - first).0 / Span::days(1).0).unwrap_or(0));
    let today = counts.first().copied().unwrap_or(0);
    (today, counts.into_iter().skip(1).take(age.saturating_sub(1).min(BEFORE)).collect())
}

async fn read_decisions(q: &mut Reader, w: &Window) -> Result<Vec<DecisionFact>, StoreError> {
    let waiting = decisions::page(q, Some(w.id), true, None, MOST).await?;
    let of = |d: hypercare_core::decision::Decision| DecisionFact {
        id: d.id,
        question: d.question,
        asked_by: d.asked_by,
        asked_at: d.asked_at,
        overdue: d.overdue_at.is_some(),
    };
    Ok(waiting.into_iter().map(of).collect())
}

/// Of the whole desk, like the signal that they make.
async fn read_promises(q: &mut Reader, since: Timestamp, now: Timestamp) -> Result<Vec<PromiseFact>, StoreError> {
    let mut by: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for one in hypercare_store::queries::signals::promises(q, since, now + Span(1), PROMISES).await? {
        let entry = by.entry(one.category).or_default();
        entry.0 += u32::from(one.broken);
        entry.1 += 1;
    }
    Ok(by.into_iter().map(|(category, (broken, decided))| PromiseFact { category, broken, decided }).collect())
}

async fn read_signals(app: &App, w: &Window) -> Result<Vec<SignalFact>, StoreError> {
    let of = |s: signals::SignalStrip| SignalFact {
        off: s.state == State::Worse || s.alarm.is_some(),
        red: s.alarm == Some(AlarmLevel::Red),
        key: s.key,
        name: s.name,
        why: s.why,
    };
    Ok(signals::strip(app, w).await?.into_iter().map(of).collect())
}

/// Those that wait, that go to and fro, or that nobody answered; what somebody works on needs no review.
async fn read_escalations(q: &mut Reader, w: &Window) -> Result<Vec<EscalationFact>, StoreError> {
    let names = names_by_email(q).await?;
    let open = escalations::page(q, w.id, true, None, MOST).await?;
    let of = |e: hypercare_core::escalation::Escalation| EscalationFact {
        id: e.id,
        reached: e.reached().map(|email| crate::windows::owner::name_of(&names, email)),
        raised_at: e.raised_at,
        waiting: e.state == hypercare_core::escalation::State::Waiting,
        bouncing: e.bouncing,
        exhausted: e.exhausted && e.state == hypercare_core::escalation::State::Waiting,
        name: e.name,
    };
    Ok(open.into_iter().map(of).filter(|e| e.waiting || e.bouncing).collect())
}

async fn read_updates(q: &mut Reader, w: &Window) -> Result<Vec<UpdateFact>, StoreError> {
    let of = |m: hypercare_core::update::Update| {
        let title = m.newest()?.content.title.clone();
        Some(UpdateFact { id: m.id, title, due_at: m.promise.as_ref()?.due_at })
    };
    Ok(updates::next_due(q, w.id, MOST).await?.into_iter().filter_map(of).collect())
}

/// Handovers that are late, then what is too much for somebody yesterday, today or tomorrow.
fn read_people(rota: &LivingRota, names: &HashMap<String, String>, now: Timestamp) -> Vec<PersonFact> {
    let who = |email: &str| crate::windows::owner::name_of(names, email);
    let late = rota.handovers.iter().filter(|h| h.is_open(now) && h.taken.is_none() && now > h.when.from);
    let mut found: Vec<PersonFact> = late
        .map(|h| PersonFact {
            key: format!("handover:{}", h.id),
            who: who(&h.incoming),
            what: format!("Has not taken over since {}.", rota.local(h.when.from)),
            urgent: true,
        })
        .collect();
    let span = Period::new(now - Span::days(1), now + Span::days(1));
    for v in lived(rota, span, now) {
        let (person, rule) = (v.person.clone().unwrap_or_default(), v.rule.word());
        let key = format!("rest:{rule}:{person}");
        if found.iter().all(|f| f.key != key) {
            let name = if person.is_empty() { "The team".to_owned() } else { who(&person) };
            // The rules know addresses only.
            let what = if person.is_empty() { v.what } else { v.what.replace(&person, &name) };
            found.push(PersonFact { key, who: name, what, urgent: v.from <= now && v.strength == hypercare_core::fatigue::Strength::Hard });
        }
    }
    found.truncate(PEOPLE);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_days_of_an_issue_are_compared_with() {
        #[track_caller]
        fn check(hours: &[i64], first: i64, expected: (u32, &[u32])) {
            let now = Timestamp::from_secs(1_794_000_000);
            let begun: Vec<Timestamp> = hours.iter().map(|h| now - Span::hours(*h)).collect();
            let found = by_day(&begun, Some(now - Span::hours(first)), now);
            assert_eq!((found.0, found.1.as_slice()), expected, "{hours:?}, first {first} h ago");
        }
        check(&[0, 1, 23], 23, (3, &[]));
        // Yesterday it was there for six hours only.
        check(&[1, 30], 30, (1, &[]));
        check(&[1, 30, 50], 50, (1, &[1]));
        check(&[1, 24, 47, 100], 100, (1, &[2, 0, 0]));
        check(&[], 24 * 40, (0, &[0; 7]));
    }
}
