//! Who is affected by a change, and how much revenue is in doubt.

use super::money::Money;
use crate::signals::Day;
use crate::{AccountId, Severity, Timestamp};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How the figure is to be read.
pub const DEFINITION: &str = "What affected accounts pay in a year, each account once and in full, whatever it wrote about. An account is affected when one of its people \
    wrote about the change, or in a conversation that is linked to an issue. In doubt: something of it is open. Settled: nothing is. Lost: it cancelled since the change. \
    It is no forecast: nobody knows what share of it leaves.";

/// What is known of one affected account.
#[derive(Clone, Debug, PartialEq)]
pub struct Affected {
    /// Which.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// What it pays in a year.
    pub value: Option<Money>,
    /// When its contract is renewed or ends.
    pub renewal: Option<Day>,
    /// When it cancelled.
    pub cancelled: Option<Day>,
    /// Its people who wrote.
    pub people: u32,
    /// Conversations that make it an affected one.
    pub conversations: u32,
    /// Of these, not settled.
    pub open: u32,
    /// How bad the worst of them is.
    pub worst: Severity,
    /// How bad the worst open one is.
    pub worst_open: Option<Severity>,
    /// Since when the oldest message waits that nobody has answered.
    pub waiting_since: Option<Timestamp>,
    /// Conversations in which somebody asked the same again within a week.
    pub repeated: u32,
    /// The worst rating, 1 to 5.
    pub worst_rating: Option<u8>,
    /// When a customer of theirs last gave a reason to call: wrote anew, or began to wait.
    pub news_at: Timestamp,
}

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Something of it is open.
    InDoubt,
    /// Nothing of it is open.
    Settled,
    /// It cancelled since the change.
    Lost,
}

impl Standing {
    /// The word in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InDoubt => "in_doubt",
            Self::Settled => "settled",
            Self::Lost => "lost",
        }
    }
}

impl Affected {
    /// Where it stands.
    pub fn standing(&self) -> Standing {
        if self.cancelled.is_some() {
            Standing::Lost
        } else if self.open > 0 {
            Standing::InDoubt
        } else {
            Standing::Settled
        }
    }
}

/// The most severe first: the worst that is open, how much is open, the worst at all, how much there was; then by name.
pub fn sort(list: &mut [Affected]) {
    list.sort_by(|a, b| {
        let key = |one: &Affected| Reverse((one.worst_open, one.open, one.worst, one.conversations));
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name)).then(a.account.cmp(&b.account))
    });
}

/// Accounts in one standing, and what they are worth together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Accounts with a value in this currency.
    pub accounts: u32,
    /// Their values together, in the smallest unit.
    pub minor: i64,
}

/// Accounts by standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Something of them is open.
    pub in_doubt: Sum,
    /// Nothing of them is open.
    pub settled: Sum,
    /// They cancelled since the change.
    pub lost: Sum,
}

/// What affected accounts are worth, by currency, and how many have no value: key empty, sums zero. Currencies are never added up.
pub fn revenue(list: &[Affected]) -> BTreeMap<String, Sums> {
    let mut found: BTreeMap<String, Sums> = BTreeMap::new();
    for one in list {
        let (currency, minor) = one.value.as_ref().map_or((String::new(), 0), |value| (value.currency.clone(), value.minor));
        let sums = found.entry(currency).or_default();
        let sum = match one.standing() {
            Standing::InDoubt => &mut sums.in_doubt,
            Standing::Settled => &mut sums.settled,
            Standing::Lost => &mut sums.lost,
        };
        sum.accounts += 1;
        sum.minor = sum.minor.saturating_add(minor);
    }
    found
}
