//! Nordlicht's customers as companies: who belongs to them, how much they use, who cancels, and who is called.

use super::play::Story;
use anyhow::{Context, Result, anyhow};
use futures_util::FutureExt;
use hypercare_core::account::call::{About, Call, CallCommand};
use hypercare_core::account::import::{self, Wanted};
use hypercare_core::account::score;
use hypercare_core::conversation::Conversation;
use hypercare_core::window::Window;
use hypercare_core::{AccountId, CallId, ConversationId, Stamp};
use hypercare_server::accounts;
use hypercare_server::signals::usage::{self, Usage};
use hypercare_store::WriteError;
use hypercare_store::queries::accounts as stored;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::{HashMap, HashSet};

const ACCOUNTS: &str = include_str!("../../../../../demo/accounts.csv");
const MEMBERS: &str = include_str!("../../../../../demo/members.csv");
/// The go-live for which the dates in the table were written.
const WRITTEN_FOR: Date = date(2026, 11, 17);
/// Who cancels, by the place in the table, and on which day of the window.
const CANCELS: [(usize, i32); 3] = [(6, 2), (16, 4), (27, 5)];
/// On this day somebody begins to call.
const CALLING_DAY: i32 = 4;

/// Companies, and whose people are whose.
#[derive(Clone, Debug)]
pub struct Companies {
    rows: Vec<Wanted>,
    members: HashMap<String, String>,
    joined: HashSet<i64>,
}

impl Companies {
    /// Reads the tables; dates are moved to this go-live.
    ///
    /// # Errors
    /// When one of them is wrong.
    pub fn read(go_live: Date) -> Result<Self> {
        let mut rows = import::read(ACCOUNTS).map_err(|wrong| anyhow!("demo/accounts.csv: {wrong:?}"))?;
        let days = WRITTEN_FOR.until(go_live)?.get_days();
        for row in &mut rows {
            if let Some(Some(day)) = &mut row.renewal {
                *day = day.checked_add(days.days())?;
            }
        }
        let pairs = MEMBERS.lines().skip(1).filter_map(|line| line.split_once(','));
        Ok(Self { rows, members: pairs.map(|(email, key)| (email.to_owned(), key.to_owned())).collect(), joined: HashSet::new() })
    }
}

async fn keep(story: &Story, wanted: Wanted, stamp: Stamp) -> Result<AccountId> {
    let kept = story.app.store.write(move |tx| async move { accounts::keep(tx, &wanted, &stamp).await }.boxed()).await?;
    Ok(kept.0.id)
}

/// The lead takes the table over.
pub(super) async fn take_over(story: &mut Story) -> Result<()> {
    let stamp = story.app.stamp(story.cast.lead().actor());
    for wanted in story.companies.rows.clone() {
        keep(story, wanted, stamp.clone()).await?;
    }
    Ok(())
}

/// Nordlicht's own customer list knows whose people they are.
pub(super) async fn belongs(story: &mut Story, email: &str, conversation: ConversationId) -> Result<()> {
    let Some(key) = story.companies.members.get(email).cloned() else { return Ok(()) };
    let mut reader = story.app.reader();
    let (Some(c), Some(account)) =
        (hypercare_store::load::<Conversation>(&mut reader, conversation.0).await?, stored::by_key(&mut reader, &key).await?)
    else {
        return Ok(());
    };
    if !story.companies.joined.insert(c.contact.0) {
        return Ok(());
    }
    let stamp = story.app.stamp(hypercare_core::Actor::token("Customer list"));
    story.app.store.write(move |tx| async move { accounts::join(tx, account.id, c.contact, &stamp).await }.boxed()).await?;
    Ok(())
}

/// Each morning: how much each account used the day before, who cancelled, and, from the fourth day on, a call.
pub(super) async fn morning(story: &mut Story, day: i32) -> Result<()> {
    let id = story.window.context("no plan was applied yet")?;
    let window: Window = hypercare_store::load(&mut story.app.reader(), id.0).await?.context("the window is gone")?;
    let today = story.script.go_live.checked_add((day - 1).days())?;
    let affected = accounts::affected(&mut story.app.reader(), &window).await?;
    let hit: HashSet<AccountId> = affected.iter().map(|one| one.account).collect();
    let stamp = story.app.stamp(hypercare_core::Actor::token("Product usage"));
    for (place, wanted) in story.companies.rows.clone().into_iter().enumerate() {
        let Some(account) = stored::by_key(&mut story.app.reader(), &wanted.key).await? else { continue };
        // Those who wrote because of the change use what is new more slowly.
        let (share, seats) = if hit.contains(&account.id) { (0.38, 4.0) } else { (0.72, 3.0) };
        let uses = story.chance.unit() < share;
        let adoption = if uses { (10.0 + 8.0 * f64::from(day) + 20.0 * story.chance.unit()).min(95.0).round() } else { 0.0 };
        let active_users = Some((1.0 + seats * story.chance.unit()).round());
        let sent = Usage { day: today.yesterday()?.to_string(), account: Some(wanted.key.clone()), active_users, adoption: Some(adoption) };
        let kept = stamp.clone();
        story.app.store.write(move |tx| async move { usage::send(tx, id, &sent, &kept).await }.boxed()).await?;
        if CANCELS.contains(&(place, day)) {
            keep(story, Wanted { cancelled: Some(Some(today)), ..bare(wanted.key) }, stamp.clone()).await?;
        }
    }
    if day >= CALLING_DAY && day % 2 == 0 { call(story, &affected, day).await } else { Ok(()) }
}

fn bare(key: String) -> Wanted {
    Wanted { key, ..Wanted::default() }
}

/// One is reached, the next one is not, and a third is given to somebody.
async fn call(story: &Story, affected: &[hypercare_core::account::affected::Affected], day: i32) -> Result<()> {
    let window = story.window.context("no plan was applied yet")?;
    let now = story.app.now();
    let today = story.script.go_live.checked_add((day - 1).days())?;
    let mut first: Vec<_> = affected.iter().map(|one| (score(one, affected, today, now).points, one)).filter(|(points, _)| *points > 0).collect();
    first.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    for (turn, (_, one)) in first.into_iter().take(3).enumerate() {
        let caller = story.cast.agent(turn).clone();
        let stamp = story.app.stamp(caller.actor());
        let (account, name) = (one.account, one.name.clone());
        let fresh: CallId = story.app.store.new_id(now);
        let done: Result<(), WriteError> = story
            .app
            .store
            .write(move |tx| {
                async move {
                    let id = hypercare_store::queries::affected::call_id(tx, window, account).await?.map_or(fresh, CallId);
                    let of = About { id, window, account, name };
                    tx.execute::<Call>(id, CallCommand::Assign { of: of.clone(), to: Some(caller.id), name: caller.name.to_owned() }, &stamp, &())
                        .await?;
                    let note = "They did not see why the invoice is higher. Went through it line by line; they want it in writing until Friday.";
                    let (reached, note) = if turn == 0 { (true, note) } else { (false, "") };
                    if turn < 2 {
                        tx.execute::<Call>(id, CallCommand::Make { of, reached, note: note.to_owned(), seen: None }, &stamp, &()).await?;
                    }
                    Ok(())
                }
                .boxed()
            })
            .await;
        done?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_fit() {
        let companies = Companies::read(date(2027, 1, 5)).unwrap();
        assert_eq!(companies.rows.len(), 40);
        let keys: HashSet<&str> = companies.rows.iter().map(|row| row.key.as_str()).collect();
        assert!(companies.members.values().all(|key| keys.contains(key.as_str())));
        let renewals = companies.rows.iter().filter_map(|row| row.renewal.flatten());
        assert!(renewals.min().unwrap() > date(2027, 1, 5), "dates move with the go-live");
    }
}
