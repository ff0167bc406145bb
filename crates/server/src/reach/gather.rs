//! What is due for somebody on a way becomes one letter, in one transaction with what became of each notice: so it is told once.

use super::compose::{Item, To, compose};
use super::standing::standing;
use super::words;
use crate::App;
use futures_util::FutureExt;
use hypercare_core::notice::Kind;
use hypercare_core::notice::route::{OWN_MAIL, Over, WayKind, over};
use hypercare_core::{Severity, Timestamp, UserId, WayId, calendar};
use hypercare_store::queries::letters::{self, NewLetter, Receiver};
use hypercare_store::queries::people::{self, Person};
use hypercare_store::queries::{sends, ways};
use hypercare_store::{StoreError, Tx, WriteError};

/// People and ways that are looked at in one go.
const BATCH: i64 = 64;

/// Puts together what is due. Returns for how many people and ways that was.
///
/// # Errors
/// When the store fails.
pub async fn step(app: &App) -> Result<usize, WriteError> {
    let due = sends::due_ways(&mut app.reader(), app.now(), BATCH).await?;
    for (user, way) in &due {
        let (app, user, way, now) = (app.clone(), *user, *way, app.now());
        let store = app.store.clone();
        let done: Result<(), WriteError> =
            store.write(move |tx| async move { gather(&app, tx, user, way, now).await.map_err(WriteError::from) }.boxed()).await;
        done?;
    }
    Ok(due.len())
}

/// Where somebody is reached on a way; none where they are not any more.
async fn receiver(tx: &mut Tx, person: &Person, way: WayId) -> Result<Option<(WayKind, Receiver)>, StoreError> {
    if person.disabled {
        return Ok(None);
    }
    if way == OWN_MAIL {
        return Ok(Some((WayKind::Mail, Receiver::Person { id: person.id(), email: person.email.clone() })));
    }
    let open = ways::by_id(tx, way).await?.filter(|known| known.is_open() && known.user_id == person.id);
    Ok(open.and_then(|known| Some((WayKind::from_word(&known.kind)?, Receiver::Way { user: person.id(), way: known.id }))))
}

async fn gather(app: &App, tx: &mut Tx, user: UserId, way: WayId, now: Timestamp) -> Result<(), StoreError> {
    let due = sends::due(tx, user, way, now).await?;
    let Some(person) = people::by_id(tx, user).await? else { return Ok(()) };
    let to = receiver(tx, &person, way).await?;
    let (_, rules) = ways::rules(tx, user).await?;
    let (mut items, mut told, mut more): (Vec<(String, Item)>, Vec<i64>, usize) = (vec![], vec![], 0);
    for one in &due {
        let kind = Kind::from_word(&one.kind).filter(|_| to.is_some());
        let Some(kind) = kind else {
            sends::done(tx, one.notice_id, way, "muted", None, now).await?;
            continue;
        };
        match over(kind, standing(tx, user, kind, one).await?) {
            Some(Over::Read) => sends::done(tx, one.notice_id, way, "read", None, now).await?,
            Some(Over::Settled) => sends::done(tx, one.notice_id, way, "settled", None, now).await?,
            None => {
                told.push(one.notice_id);
                if one.kept == 0 {
                    more += 1;
                    continue;
                }
                match items.iter_mut().find(|(cause, _)| *cause == one.cause) {
                    Some((_, item)) => (item.times, item.at, item.clock) = (item.times + 1, Timestamp(one.at), clock(&rules.zone, Timestamp(one.at))),
                    None => items.push((one.cause.clone(), item(app, kind, one, &rules.zone))),
                }
            }
        }
    }
    let (Some((kind, receiver)), Some(first)) = (to, told.first()) else { return Ok(()) };
    let items: Vec<Item> = items.into_iter().map(|(_, item)| item).collect();
    let base = &app.config.public_url;
    let name = To { id: person.id, name: &person.name, settings: format!("{base}/notifications"), console: format!("{base}/") };
    let said = compose(kind, &name, &items, more, now);
    let letter =
        NewLetter { to: receiver, kind: "notices", key: format!("notices:{way}:{first}"), subject: said.subject, text: said.text, html: None };
    let id = letters::queue(tx, &letter, now).await?;
    for notice in told {
        sends::done(tx, notice, way, "sent", id, now).await?;
    }
    Ok(())
}

fn item(app: &App, kind: Kind, due: &sends::Due, zone: &str) -> Item {
    let (detail, who) = (due.detail.clone().unwrap_or_default(), due.actor.as_deref().unwrap_or_default());
    let path = words::path(kind, due.window_id, due.conversation_id, due.update_id, due.decision_id);
    Item {
        notice: due.notice_id,
        kind,
        text: words::said(kind, &detail, who, due.words.as_deref()),
        detail,
        severity: due.severity.as_deref().and_then(Severity::from_word),
        at: Timestamp(due.at),
        clock: clock(zone, Timestamp(due.at)),
        url: format!("{}{path}", app.config.public_url),
        times: 1,
    }
}

/// A time on somebody's clock.
fn clock(zone: &str, at: Timestamp) -> String {
    match calendar::zone(zone) {
        Ok(zone) => zone.to_datetime(at.to_jiff()).strftime("%a %-d %b %H:%M").to_string(),
        Err(_) => at.to_string(),
    }
}
