//! Whether the event log is what it was: every event sealed, every seal linked, every erasure told.

use crate::StoreError;
use crate::seal::{self, Content};
use crate::sql::{Query, statements, vals};

statements! {
    HEAD = "SELECT seq, link, chained_after FROM event_head WHERE id = 1";
    PAGE = "SELECT seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_user, actor_name, reason, body, salt, seal, link FROM event
        WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3";
    LEFT_OF = "SELECT e.seal, e.by_seq FROM event_erased e WHERE e.seq = $1 ORDER BY e.by_seq DESC LIMIT 1";
    LEFT_BY = "SELECT seq, seal FROM event_erased WHERE by_seq = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    STRAY = "SELECT COUNT(*) FROM event_erased WHERE by_seq > $1 AND by_seq NOT IN (SELECT seq FROM event WHERE kind = 'contact.erased')";
}

/// Events that are read in one go.
const PAGE_SIZE: i64 = 1_000;
/// Faults that are named; the log is not what it was after the first.
const FAULTS: usize = 20;

/// The end of the log at one moment: write it down elsewhere, and the log up to there cannot be made anew unseen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the last event.
    pub seq: i64,
    /// Its link, in 64 digits; none where no event is linked yet.
    pub link: Option<String>,
    /// The last event from before there were links; 0 where all are linked.
    pub chained_after: i64,
}

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// At which event.
    pub seq: i64,
    /// What, as a sentence.
    pub what: String,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The end up to which it was looked at.
    pub head: Head,
    /// Events that are linked, and were looked at.
    pub events: i64,
    /// Of them, those that an erasure changed, as the log says.
    pub erased: i64,
    /// What does not fit, at most twenty. Empty: the log is what it was.
    pub faults: Vec<Fault>,
}

#[derive(Debug, sqlx::FromRow)]
struct Sealed {
    #[sqlx(flatten)]
    content: Content,
    salt: Option<Vec<u8>>,
    seal: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
}

/// The end of the log now.
///
/// # Errors
/// When the database fails.
pub async fn head(q: &mut impl Query) -> Result<Head, StoreError> {
    let (seq, link, chained_after): (i64, Option<Vec<u8>>, i64) = q.one(HEAD, vals![]).await?;
    Ok(Head { seq, link: link.map(|link| seal::hex(&link)), chained_after })
}

/// Looks at every event. `noted` are ends of the log that somebody wrote down: numbers with their links.
///
/// # Errors
/// When the database fails.
pub async fn verify(q: &mut impl Query, noted: &[(i64, String)]) -> Result<Verdict, StoreError> {
    let head = head(q).await?;
    let mut verdict = Verdict { events: 0, erased: 0, faults: vec![], head };
    let upto = verdict.head.seq;
    let (mut at, mut before) = (verdict.head.chained_after, seal::first());
    while at < upto && verdict.faults.len() < FAULTS {
        let page: Vec<Sealed> = q.all(PAGE, vals![at, upto, PAGE_SIZE]).await?;
        if page.is_empty() {
            break;
        }
        for event in &page {
            if event.content.seq != at + 1 {
                verdict.fault(at + 1, gap(at + 1, event.content.seq - 1));
            }
            at = event.content.seq;
            verdict.events += 1;
            look_at(q, event, &before, &mut verdict).await?;
            before = event.link.clone().unwrap_or_default();
            let link = seal::hex(&before);
            if let Some((_, wanted)) = noted.iter().find(|(seq, wanted)| *seq == at && *wanted != link) {
                verdict.fault(at, format!("It was noted with the link {wanted}, and has {link}: the log up to here is not the one that was noted."));
            }
            if verdict.faults.len() >= FAULTS {
                break;
            }
        }
    }
    ends(q, &mut verdict, at, &before, noted).await?;
    Ok(verdict)
}

impl Verdict {
    fn fault(&mut self, seq: i64, what: impl Into<String>) {
        if self.faults.len() < FAULTS {
            self.faults.push(Fault { seq, what: what.into() });
        }
    }
}

fn gap(from: i64, to: i64) -> String {
    if from == to { format!("Event {from} is missing.") } else { format!("Events {from} to {to} are missing.") }
}

async fn look_at(q: &mut impl Query, event: &Sealed, before: &[u8], verdict: &mut Verdict) -> Result<(), StoreError> {
    let seq = event.content.seq;
    let (Some(salt), Some(sealed), Some(link)) = (&event.salt, &event.seal, &event.link) else {
        verdict.fault(seq, "It has no seal: it was put in past the program, or its seal was taken away.");
        return Ok(());
    };
    if *link != seal::link(before, sealed) {
        verdict.fault(seq, "It does not follow the event before it: something was put in, taken out or exchanged here.");
    }
    let now = event.content.seal(salt);
    if now != *sealed {
        let left: Option<(Vec<u8>, i64)> = q.optional(LEFT_OF, vals![seq]).await?;
        match left {
            Some((left, _)) if left == now => verdict.erased += 1,
            Some((_, by)) => verdict.fault(seq, format!("What stands there is not what the erasure of event {by} left.")),
            None => verdict.fault(seq, "What stands there is not what was written, and no erasure says so."),
        }
    }
    if event.content.kind == "contact.erased" {
        let left = left_by(q, seq).await?;
        let told = serde_json::from_str::<serde_json::Value>(&event.content.body).ok();
        let told = told.as_ref().and_then(|body| body["log"].as_str()).unwrap_or_default();
        if told != seal::of_erasure(&left) {
            verdict.fault(seq, "The events that this erasure changed are not the ones that it named.");
        }
    }
    Ok(())
}

async fn left_by(q: &mut impl Query, by: i64) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
    let mut all: Vec<(i64, Vec<u8>)> = vec![];
    loop {
        let after = all.last().map_or(0, |(seq, _)| *seq);
        let page: Vec<(i64, Vec<u8>)> = q.all(LEFT_BY, vals![by, after, PAGE_SIZE]).await?;
        let whole = (page.len() as i64) < PAGE_SIZE;
        all.extend(page);
        if whole {
            return Ok(all);
        }
    }
}

/// What is only seen at the end: that it is the end, that no erasure was made up, and that what was noted is there.
async fn ends(q: &mut impl Query, verdict: &mut Verdict, at: i64, last: &[u8], noted: &[(i64, String)]) -> Result<(), StoreError> {
    let upto = verdict.head.seq;
    if verdict.faults.len() >= FAULTS {
        return Ok(());
    }
    if at < upto {
        verdict.fault(at + 1, gap(at + 1, upto));
    } else if verdict.head.link.as_deref().is_some_and(|link| link != seal::hex(last)) {
        verdict.fault(at, "The end of the log is not the one that the writer left: events after it were taken away, or it was exchanged.");
    }
    let (stray,): (i64,) = q.one(STRAY, vals![verdict.head.chained_after]).await?;
    if stray > 0 {
        verdict.fault(at, format!("{stray} changed events name an erasure that is not in the log."));
    }
    for (seq, _) in noted {
        if *seq > upto {
            verdict.fault(*seq, format!("It was noted, and the log ends at {upto}."));
        } else if *seq <= verdict.head.chained_after {
            verdict.fault(*seq, format!("It was noted, and links begin after event {}.", verdict.head.chained_after));
        }
    }
    Ok(())
}
