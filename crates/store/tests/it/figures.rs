//! What is kept for the signals says what the conversations and their events say, whatever happened in whatever order.

use crate::support::{at, on_both, open};
use futures_util::FutureExt;
use hypercare_core::calendar::Calendar;
use hypercare_core::channel::Sender;
use hypercare_core::clock::{Policy, Targets};
use hypercare_core::conversation::{ClockFact, Command, Conversation, Env, Event, Opening, Status};
use hypercare_core::triage::Triage;
use hypercare_core::{Actor, Channel, ContactId, ConversationId, Severity, Span, Stamp, Timestamp, UserId};
use hypercare_store::queries::signals::{self, Opened, Tallied};
use hypercare_store::queries::{contacts, conversations, events};
use hypercare_store::{Query, Store, WriteError};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const WEEK: i64 = 604_800_000_000;
const HOUR: i64 = 3_600;

/// Numbers that look random and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

fn policy() -> Policy {
    let within = |minutes| [(Severity::Low, Span::mins(minutes))].into();
    let targets = Targets { first_response: within(30), resolution: within(600), ..Targets::default() };
    Policy { name: "normal".into(), version: 1, since: at(-10_000_000), calendar: Calendar::always(), targets, categories: BTreeMap::new() }
}

async fn run(store: &Store, id: ConversationId, stamp: Stamp, command: Command) {
    let changed: Result<(), WriteError> = store
        .write(move |tx| {
            async move {
                let policy = policy();
                let env = Env { normal: Some(&policy), ..Env::default() };
                match tx.execute::<Conversation>(id, command, &stamp, &env).await {
                    // What the rules refuse of a random history has not happened.
                    Err(WriteError::Refused(_)) => Ok(()),
                    other => other.map(drop),
                }
            }
            .boxed()
        })
        .await;
    changed.unwrap();
}

async fn begin(store: &Store, customer: usize, stamp: Stamp) -> ConversationId {
    let sender = Sender { key: format!("customer {customer}"), email: None, name: Some("Ada".into()) };
    let opening = store
        .write(move |tx| {
            async move {
                let contact = ContactId(contacts::resolve(tx, Channel::Api, &sender, stamp.at).await?.id);
                let opening = Opening { id: tx.new_id(stamp.at), channel: Channel::Api, contact, subject: None };
                let (id, message) = (opening.id, tx.new_id(stamp.at));
                let receive = Command::Receive { opening, message, external_id: None, name: "Ada".into(), text: "help".into() };
                let policy = policy();
                tx.execute::<Conversation>(id, receive, &stamp, &Env { normal: Some(&policy), ..Env::default() }).await?;
                Ok::<_, WriteError>(id)
            }
            .boxed()
        })
        .await;
    opening.unwrap()
}

/// One random deed at a time.
async fn deed(store: &Store, dice: &mut Dice, known: &mut Vec<ConversationId>, seconds: i64) {
    let person = Stamp::new(Actor::person(UserId(7), "Aiko"), at(seconds));
    if known.is_empty() || dice.roll(4) == 0 {
        // Some are taken over late: they began before others that are here already.
        let began = if dice.roll(3) == 0 { seconds - dice.roll(10 * 24) as i64 * HOUR } else { seconds };
        known.push(begin(store, dice.roll(5), Stamp::new(Actor::customer("Ada"), at(began))).await);
        return;
    }
    let id = known[dice.roll(known.len())];
    let command = match dice.roll(6) {
        0 | 1 => {
            let pick = |names: [&str; 3], which: usize| names.get(which).map(|n| (*n).to_owned());
            let triage = Triage {
                scenario: pick(["price", "login", "export"], dice.roll(4)),
                category: pick(["billing", "access", "how-to"], dice.roll(4)),
                severity: if dice.roll(4) == 0 { Severity::Critical } else { Severity::Low },
                reassurance: dice.roll(2) == 0,
                ..Triage::default()
            };
            Command::Triage { triage: Box::new(triage), window: None }
        }
        2 => Command::SetStatus { to: Status::Resolved },
        3 => Command::SetStatus { to: Status::Open },
        4 => Command::Reply { message: store.new_id(at(seconds)), text: "All is well.".into(), answer: None, seen: None, then: Status::Waiting },
        _ => Command::TimePassed,
    };
    run(store, id, person, command).await;
}

async fn documents(store: &Store) -> Vec<Conversation> {
    conversations::documents(&mut store.reader(), Timestamp(0), Timestamp(i64::MAX), 0, 10_000).await.unwrap()
}

fn repeats(all: &[Conversation]) -> BTreeSet<i64> {
    let before = |c: &Conversation, b: &Conversation| {
        let same = b.contact == c.contact && b.triage.scenario.as_deref().unwrap_or("") == c.triage.scenario.as_deref().unwrap_or("");
        same && b.opened_at < c.opened_at && c.opened_at.0 - b.opened_at.0 <= WEEK
    };
    all.iter().filter(|c| all.iter().any(|b| before(c, b))).map(|c| c.id.0).collect()
}

/// What was decided in a span, read from every event and document.
async fn counted(store: &Store, all: &[Conversation], since: Timestamp, until: Timestamp) -> Vec<Tallied> {
    let category = |c: &Conversation| c.triage.category.clone().unwrap_or_default();
    let of: HashMap<i64, String> = all.iter().map(|c| (c.id.0, category(c))).collect();
    let mut found: BTreeMap<(String, String), i64> = BTreeMap::new();
    let mut add = |what: &str, category: &str| *found.entry((what.into(), category.into())).or_default() += 1;
    for line in events::after(&mut store.reader(), 0, None, 100_000).await.unwrap() {
        let Some(category) = of.get(&line.subject_id).filter(|_| line.at >= since.0 && line.at < until.0) else { continue };
        match serde_json::from_str(&line.body) {
            Ok(Event::Clock { fact: ClockFact::Breached, .. }) => add("broken", category),
            Ok(Event::Clock { fact: ClockFact::Met, clock }) if clock.breached_at.is_none() => add("kept", category),
            Ok(Event::StatusChanged { from: Status::Resolved, .. }) => add("reopened", category),
            _ => {}
        }
    }
    for c in all.iter().filter(|c| c.resolved_at.is_some_and(|at| at >= since && at < until)) {
        add("settled", &category(c));
    }
    found.into_iter().map(|((what, category), n)| Tallied { what, category, n }).collect()
}

/// What somebody remembers who reads only what has changed.
#[derive(Default)]
struct Memory {
    known: BTreeMap<i64, Opened>,
    changed: i64,
}

impl Memory {
    async fn refresh(&mut self, store: &Store) {
        for one in signals::opened(&mut store.reader(), Timestamp(0), Timestamp(i64::MAX), self.changed, 10_000).await.unwrap() {
            self.changed = self.changed.max(one.changed);
            self.known.insert(one.id, one);
        }
    }
}

async fn check(store: &Store, memory: &mut Memory, spans: &[(Timestamp, Timestamp)]) {
    memory.refresh(store).await;
    let mut anew = Memory { changed: -1, ..Memory::default() };
    anew.refresh(store).await;
    assert_eq!(memory.known, anew.known, "what was remembered is what is there");
    let all = documents(store).await;
    let kept: BTreeSet<i64> = anew.known.values().filter(|o| o.repeated).map(|o| o.id).collect();
    assert_eq!(kept, repeats(&all), "repeats");
    for c in &all {
        let o = &anew.known[&c.id.0];
        let of = |at: Option<Timestamp>| at.map(|t| t.0);
        assert_eq!((o.opened_at, o.person_since, o.first_response_at), (c.opened_at.0, of(c.person_since), of(c.first_response_at)));
        assert_eq!((o.resolved_at, &o.category, o.reassurance), (of(c.resolved_at), &c.triage.category, c.triage.reassurance));
    }
    for (since, until) in spans {
        let mut kept = signals::tallied(&mut store.reader(), *since, *until).await.unwrap();
        kept.sort();
        assert_eq!(kept, counted(store, &all, *since, *until).await, "from {since} to {until}");
    }
}

/// Everything that is kept, for comparing what was kept step by step with what is filled at once.
async fn everything(store: &Store) -> (Vec<(i64, i64, String, i64, String)>, Vec<(i64, String, String, i64)>, Vec<(i64,)>) {
    let mut reader = store.reader();
    (
        reader.all("SELECT seq, conversation_id, what, at, category FROM outcome ORDER BY seq", vec![]).await.unwrap(),
        reader.all("SELECT quarter, what, category, n FROM tally WHERE n <> 0 ORDER BY quarter, what, category", vec![]).await.unwrap(),
        reader.all("SELECT id FROM conversation WHERE repeated ORDER BY id", vec![]).await.unwrap(),
    )
}

on_both!(figures_follow_a_random_history, |fresh| {
    let store = open(&fresh).await;
    for seed in 1..4 {
        let (mut dice, mut memory, mut known, mut seconds) = (Dice(seed), Memory::default(), vec![], 40 * 24 * HOUR * seed as i64);
        for step in 0..120 {
            seconds += [0, 60, 1_800, 7_200, 40_000][dice.roll(5)];
            deed(&store, &mut dice, &mut known, seconds).await;
            if step % 12 == 11 {
                let quarter = at(seconds).0 / 900_000_000 * 900_000_000;
                let exactly = (Timestamp(quarter - 86_400_000_000), Timestamp(quarter));
                let anyhow = (at(seconds - dice.roll(100_000) as i64), at(seconds) + Span(1));
                let short = (at(seconds) - Span::secs(100), at(seconds) + Span(1));
                check(&store, &mut memory, &[exactly, anyhow, short, (Timestamp(0), at(seconds) + Span(1))]).await;
            }
        }
    }
    let kept = everything(&store).await;
    assert!(kept.0.iter().any(|o| o.2 == "kept") && kept.0.iter().any(|o| o.2 == "broken") && kept.0.iter().any(|o| o.2 == "reopened"));
    assert!(!kept.2.is_empty());

    // A database from before these were kept is filled with the same.
    let back: Result<(), WriteError> = store
        .write(|tx| {
            async move {
                for sql in [
                    "DROP TABLE tally",
                    "DROP TABLE outcome",
                    "DROP INDEX conversation_contact",
                    "DROP INDEX conversation_opened",
                    "DROP INDEX conversation_affected",
                    "ALTER TABLE conversation DROP COLUMN repeated",
                    "ALTER TABLE conversation DROP COLUMN changed",
                    "CREATE INDEX conversation_contact ON conversation (contact_id, opened_at)",
                    "CREATE INDEX conversation_opened ON conversation (opened_at)",
                    "ALTER TABLE conversation ADD COLUMN rated_at BIGINT",
                    "CREATE INDEX conversation_rated ON conversation (rated_at) WHERE rated_at IS NOT NULL",
                    "DELETE FROM migration WHERE version = 4",
                ] {
                    tx.run(sql, vec![]).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    back.unwrap();
    store.close().await;
    let again = open(&fresh).await;
    assert_eq!(everything(&again).await, kept);
});
