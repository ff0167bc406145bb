//! An account: the customer as a company, to whom people who write belong. It has a value and a renewal date, and says who is affected by a change.
//!
//! Whom an account has is not kept in its state but beside it, one row for each customer, so that nobody belongs to two.

pub mod affected;
pub mod call;
pub mod compare;
mod domain;
pub mod import;
pub mod money;
mod scored;
mod table;
#[cfg(test)]
mod tests;

pub use domain::{domain, domain_of};
pub use scored::{Part, Scored, score};

use crate::signals::Day;
use crate::{AccountId, Aggregate, ContactId, Refusal, Stamp, Timestamp, UserId};
use money::Money;
use serde::{Deserialize, Serialize};

/// Longest key, in characters.
pub const KEY_LIMIT: usize = 100;
/// Longest name, in characters.
pub const NAME_LIMIT: usize = 200;
/// Longest notes, in characters.
pub const NOTES_LIMIT: usize = 2_000;
/// Domains of one account.
pub const DOMAINS_LIMIT: usize = 20;
/// Accounts of an installation.
pub const ACCOUNTS_LIMIT: i64 = 20_000;

/// What is known of an account. All of it but the name can be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Its name.
    pub name: String,
    /// What it pays in a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// When its contract is renewed or ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal: Option<Day>,
    /// The colleague who looks after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// Whoever is known by an address of one of these belongs to it. In lower case, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// What else is good to know.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// The day on which it cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<Day>,
}

impl Facts {
    /// The same, put in order.
    ///
    /// # Errors
    /// A refusal that names the field.
    pub fn checked(self) -> Result<Self, Refusal> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Refusal::field("name", "An account needs a name."));
        }
        long("name", &name, NAME_LIMIT)?;
        let notes = self.notes.trim().to_owned();
        long("notes", &notes, NOTES_LIMIT)?;
        let mut domains = vec![];
        for given in &self.domains {
            let domain = domain(given).map_err(|why| Refusal::field("domains", why))?;
            if !domains.contains(&domain) {
                domains.push(domain);
            }
        }
        if domains.len() > DOMAINS_LIMIT {
            return Err(Refusal::field("domains", format!("An account can have at most {DOMAINS_LIMIT} domains, not {}.", domains.len())));
        }
        domains.sort();
        Ok(Self { name, notes, domains, ..self })
    }
    /// Whether it was cancelled before a day.
    pub fn gone_before(&self, day: Day) -> bool {
        self.cancelled.is_some_and(|cancelled| cancelled < day)
    }
}

fn long(field: &str, text: &str, limit: usize) -> Result<(), Refusal> {
    let n = text.chars().count();
    if n <= limit { Ok(()) } else { Err(Refusal::field(field, format!("This can have at most {limit} characters, not {n}."))) }
}

/// A key as it is kept: without blanks around it. Capitals count.
///
/// # Errors
/// A refusal of `key`.
pub fn key(given: &str) -> Result<String, Refusal> {
    let key = given.trim();
    if key.is_empty() {
        return Err(Refusal::field("key", "An account needs a key: the name that your own systems have for it, such as its customer number."));
    }
    if key.chars().any(char::is_control) {
        return Err(Refusal::field("key", "A key is one line of text."));
    }
    long("key", key, KEY_LIMIT)?;
    Ok(key.to_owned())
}

/// The state of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The name that other systems have for it.
    pub key: String,
    /// What is known of it.
    pub facts: Facts,
    /// How often the facts changed: tells two editors apart.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// It is in no list and no figure any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// What can be asked of an account.
#[derive(Clone, Debug)]
pub enum AccountCommand {
    /// Make it.
    Create {
        /// Its id.
        id: AccountId,
        /// The name that other systems have for it.
        key: String,
        /// What is known of it.
        facts: Box<Facts>,
    },
    /// Everything that is known of it now.
    Change {
        /// The revision that was read; none where whoever asks knows best, as an import does.
        revision: Option<u32>,
        /// What is known of it.
        facts: Box<Facts>,
    },
    /// A customer belongs to it: somebody says so.
    Join {
        /// Whom.
        contact: ContactId,
    },
    /// A customer does not belong to it: somebody says so.
    Leave {
        /// Whom.
        contact: ContactId,
    },
    /// It was a mistake.
    Remove,
}

/// What can have happened to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AccountEvent {
    /// It was made.
    Created {
        /// Its id.
        id: AccountId,
        /// The name that other systems have for it.
        key: String,
        /// What is known of it.
        facts: Box<Facts>,
    },
    /// Something else is known of it.
    Changed {
        /// All that is known now.
        facts: Box<Facts>,
        /// What is different, in the words of the fields.
        what: Vec<String>,
    },
    /// Somebody said that a customer belongs to it.
    Joined {
        /// Whom.
        contact: ContactId,
        /// Its name, for the sentence.
        name: String,
    },
    /// Somebody said that a customer does not belong to it.
    Left {
        /// Whom.
        contact: ContactId,
        /// Its name, for the sentence.
        name: String,
    },
    /// It was a mistake.
    Removed {
        /// Its name, for the sentence.
        name: String,
    },
}

impl Aggregate for Account {
    const KIND: &'static str = "account";
    type Command = AccountCommand;
    type Event = AccountEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: AccountCommand, _: &Stamp, (): &()) -> Result<Vec<AccountEvent>, Refusal> {
        use AccountCommand as C;
        let account = match (state, command) {
            (None, C::Create { id, key: given, facts }) => {
                return Ok(vec![AccountEvent::Created { id, key: key(&given)?, facts: Box::new(facts.checked()?) }]);
            }
            (Some(_), C::Create { .. }) => return Ok(vec![]),
            (None, _) => return Err(Refusal::not_found("account")),
            (Some(account), C::Remove) if account.removed => return Ok(vec![]),
            (Some(account), _) if account.removed => return Err(Refusal::not_found("account")),
            (Some(account), command) => (account, command),
        };
        let (account, command) = account;
        let name = || account.facts.name.clone();
        Ok(match command {
            C::Change { revision, facts } => {
                if revision.is_some_and(|read| read != account.revision) {
                    return Err(Refusal::conflict(format!("{} was changed since you read it. Read it again.", account.facts.name)));
                }
                let facts = facts.checked()?;
                let what = different(&account.facts, &facts);
                if what.is_empty() { vec![] } else { vec![AccountEvent::Changed { facts: Box::new(facts), what }] }
            }
            C::Join { contact } => vec![AccountEvent::Joined { contact, name: name() }],
            C::Leave { contact } => vec![AccountEvent::Left { contact, name: name() }],
            C::Remove => vec![AccountEvent::Removed { name: name() }],
            C::Create { .. } => vec![],
        })
    }

    fn apply(state: Option<Self>, event: &AccountEvent, stamp: &Stamp) -> Self {
        let mut account = match (state, event) {
            (_, AccountEvent::Created { id, key, facts }) => {
                return Self { id: *id, key: key.clone(), facts: (**facts).clone(), revision: 1, created_at: stamp.at, removed: false };
            }
            (Some(account), _) => account,
            (None, _) => unreachable!("the first event of an account is `created`"),
        };
        match event {
            AccountEvent::Changed { facts, .. } => {
                account.facts = (**facts).clone();
                account.revision = account.revision.saturating_add(1);
            }
            AccountEvent::Removed { .. } => account.removed = true,
            AccountEvent::Created { .. } | AccountEvent::Joined { .. } | AccountEvent::Left { .. } => {}
        }
        account
    }

    fn event_name(event: &AccountEvent) -> &'static str {
        match event {
            AccountEvent::Created { .. } => "account.created",
            AccountEvent::Changed { .. } => "account.changed",
            AccountEvent::Joined { .. } => "account.contact_joined",
            AccountEvent::Left { .. } => "account.contact_left",
            AccountEvent::Removed { .. } => "account.removed",
        }
    }
}

/// What is different, in the words of the fields.
fn different(before: &Facts, after: &Facts) -> Vec<String> {
    let fields = [
        ("name", before.name == after.name),
        ("value", before.value == after.value),
        ("renewal", before.renewal == after.renewal),
        ("owner", before.owner == after.owner),
        ("domains", before.domains == after.domains),
        ("notes", before.notes == after.notes),
        ("cancelled", before.cancelled == after.cancelled),
    ];
    fields.into_iter().filter(|(_, same)| !same).map(|(field, _)| field.to_owned()).collect()
}
