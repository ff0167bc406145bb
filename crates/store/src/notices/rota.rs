//! Whom a change of a rota concerns, and the mail to the backup: in the transaction of the event, so once.

use crate::queries::letters::{self, NewLetter, Receiver};
use crate::queries::{notices, people, rota as stored};
use crate::{StoreError, Tx};
use hypercare_core::notice::{Kind, Tell};
use hypercare_core::rota::living::{Event, Request};
use hypercare_core::rota::{LivingRota, Period};
use hypercare_core::{RotaEntryId, Stamp, Timestamp, UserId};

/// Tells whom the events of a rota concern. To be called before they are recorded.
pub(crate) async fn of_rota(tx: &mut Tx, rota: &LivingRota, events: &[(Event, Stamp)]) -> Result<(), StoreError> {
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        let mut told: Vec<UserId> = vec![];
        for (to, kind, detail, when) in concerned(tx, rota, event).await? {
            let Some(person) = people::by_email(tx, &to).await?.map(|p| p.id()) else { continue };
            if stamp.actor.user == Some(person) || told.contains(&person) {
                continue;
            }
            told.push(person);
            let tell = Tell { detail, rota: Some((rota.window, rota.words(when))), ..Tell::new(person, kind) };
            notices::tell(tx, &tell, None, None, stamp, seq).await?;
        }
        if let Event::BackupCalled { handover, backup: Some(backup), stays } = event {
            call(tx, rota, *handover, backup, stays.as_deref(), stamp.at).await?;
        }
    }
    Ok(())
}

type Concerned = Vec<(String, Kind, &'static str, Period)>;

/// E-mail address, what of, a word that says more, and the time that it is about; of several for one person the first counts.
async fn concerned(tx: &mut Tx, rota: &LivingRota, event: &Event) -> Result<Concerned, StoreError> {
    let of_handover = |id: &RotaEntryId| rota.handovers.iter().find(|h| h.id == *id);
    let of_request = |id: &RotaEntryId| rota.request(*id);
    Ok(match event {
        Event::OverrideAdded { entry, .. } => {
            entry.change.people().into_iter().map(|(_, who)| (who.to_owned(), Kind::Shift, "", entry.when)).collect()
        }
        Event::OverrideRemoved { id, .. } => {
            let found = rota.overrides.iter().find(|o| o.id == *id);
            found.into_iter().flat_map(|o| o.change.people().into_iter().map(|(_, who)| (who.to_owned(), Kind::Shift, "", o.when))).collect()
        }
        Event::TemporaryAdded { entry, .. } => entry.shifts.iter().map(|s| (s.person.clone(), Kind::Shift, "", entry.when)).collect(),
        Event::CoverAsked { request } => asked(rota, request).into_iter().map(|who| (who, Kind::Cover, "asked", request.ask.when)).collect(),
        Event::CoverAccepted { request, .. } => {
            of_request(request).map(|r| (r.ask.by.clone(), Kind::Cover, "accepted", r.ask.when)).into_iter().collect()
        }
        Event::CoverWithdrawn { request } => match of_request(request) {
            Some(r) => asked(rota, r).into_iter().chain([r.ask.by.clone()]).map(|who| (who, Kind::Cover, "withdrawn", r.ask.when)).collect(),
            None => vec![],
        },
        Event::CoverExpired { request } => match of_request(request) {
            Some(r) => {
                let leads = leads(tx, rota).await?.into_iter().map(|who| (who, Kind::Cover, "expired", r.ask.when));
                [(r.ask.by.clone(), Kind::Cover, "expired", r.ask.when)].into_iter().chain(leads).collect()
            }
            None => vec![],
        },
        Event::HandoverOpened { handover: h } => {
            let goes = h.outgoing.clone().map(|who| (who, Kind::Handover, "write", h.when));
            [(h.incoming.clone(), Kind::Handover, "take_over", h.when)].into_iter().chain(goes).collect()
        }
        Event::BackupCalled { handover, backup, stays } => match of_handover(handover) {
            Some(h) => {
                let mut all: Concerned = backup.iter().map(|who| (who.clone(), Kind::Backup, "called", h.when)).collect();
                all.push((h.incoming.clone(), Kind::Handover, "late", h.when));
                all.extend(stays.iter().map(|who| (who.clone(), Kind::Handover, "stay", h.when)));
                if backup.is_none() {
                    all.extend(leads(tx, rota).await?.into_iter().map(|who| (who, Kind::Handover, "nobody", h.when)));
                }
                all
            }
            None => vec![],
        },
        Event::HandoverAcknowledged { handover, from, .. } => {
            let when = of_handover(handover).map(|h| h.when);
            from.iter().zip(when).map(|(who, when)| (who.clone(), Kind::Handover, "taken", when)).collect()
        }
        _ => vec![],
    })
}

/// Who is asked for cover: who is named, else everybody of the rota.
fn asked(rota: &LivingRota, request: &Request) -> Vec<String> {
    if let Some(to) = &request.ask.to {
        return vec![to.clone()];
    }
    let mut all: Vec<String> = rota.base().layers.iter().flat_map(hypercare_core::rota::living::LayerSpec::people).collect();
    all.sort_unstable();
    all.dedup();
    all.retain(|who| *who != request.ask.by);
    all
}

/// The owners of the change, or all leads where none of them can sign in.
async fn leads(tx: &mut Tx, rota: &LivingRota) -> Result<Vec<String>, StoreError> {
    let mut found = vec![];
    for owner in &rota.base().owners {
        found.extend(people::by_email(tx, owner).await?.filter(|p| !p.disabled).map(|p| p.email));
    }
    if found.is_empty() { stored::leads(tx).await } else { Ok(found) }
}

/// Queues the mail to the backup.
async fn call(tx: &mut Tx, rota: &LivingRota, handover: RotaEntryId, backup: &str, stays: Option<&str>, now: Timestamp) -> Result<(), StoreError> {
    let Some(person) = people::by_email(tx, backup).await?.filter(|p| !p.disabled) else { return Ok(()) };
    let Some(h) = rota.handovers.iter().find(|h| h.id == handover) else { return Ok(()) };
    let mut names = vec![];
    for who in [Some(h.incoming.as_str()), stays].into_iter().flatten() {
        names.push(people::by_email(tx, who).await?.map_or_else(|| who.to_owned(), |p| p.name));
    }
    let stays = match names.get(1) {
        Some(name) if stays != Some(h.incoming.as_str()) => format!("{name} stays decision owner until somebody takes over."),
        _ => "By the rota the decision is theirs, but they have not confirmed that they are there.".to_owned(),
    };
    let letter = NewLetter {
        to: Receiver::Person { id: person.id(), email: person.email },
        kind: "backup",
        key: format!("backup:{handover}"),
        subject: format!("You are called as backup: {} has not taken over", names[0]),
        text: format!(
            "Hello {},\n\n{} should have taken over the decisions for the shift from {} and has not.\n{stays}\n\nReach them, or take over yourself: sign in, open People and acknowledge the handover there.",
            person.name,
            names[0],
            rota.words(h.when)
        ),
        html: None,
    };
    letters::queue(tx, &letter, now).await.map(drop)
}
