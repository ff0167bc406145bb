//! Who could be asked, in order, and what keeps each of them from it. The preview and the engine ask here, so they say the same.

use crate::signs::Signs;
use hypercare_core::check_in::reach::{Known, Passed, reach};
use hypercare_core::check_in::{Audience, Content, Way};
use hypercare_core::topic::Topic;
use hypercare_core::{AskedId, CheckInId, ContactId, Timestamp, WindowId};
use hypercare_store::queries::check_ins::audience::{self, About, Candidate};
use hypercare_store::queries::{check_ins::asked, mail};
use hypercare_store::{Query, StoreError, Tx};

/// Somebody who could be asked.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The customer, where they are one.
    pub contact: Option<ContactId>,
    /// Their name, where it is known.
    pub name: String,
    /// Their address, where it is proved or was uploaded.
    pub address: Option<String>,
    chat: bool,
    opted_out: bool,
    no_news: bool,
}

impl Person {
    fn of(candidate: Candidate, uploaded: Option<String>) -> Self {
        Self {
            contact: Some(ContactId(candidate.contact_id)),
            name: candidate.name,
            address: uploaded.or(candidate.address),
            chat: candidate.chat,
            opted_out: candidate.no_check_ins_at.is_some(),
            no_news: candidate.no_news_at.is_some(),
        }
    }
}

/// Where a listing goes on.
#[derive(Clone, Debug, Default)]
pub(super) struct Cursor {
    part: usize,
    contact: i64,
    address: String,
}

/// The next of an audience after the cursor, at most so many, without those who are in the check-in already; none at the end. Who fits several
/// topics comes once for each.
pub(super) async fn next(
    q: &mut impl Query,
    (window, check_in): (WindowId, CheckInId),
    content: &Content,
    before: Timestamp,
    cursor: &mut Cursor,
    limit: i64,
) -> Result<Vec<Person>, StoreError> {
    let about: Vec<About> = match &content.audience {
        Audience::List { list } => {
            let addresses = audience::of_list(q, *list, check_in, &cursor.address, limit).await?;
            let mut people = vec![];
            for address in addresses {
                cursor.address.clone_from(&address);
                people.push(match audience::of_address(q, &address).await? {
                    Some(known) => Person::of(known, Some(address)),
                    None => Person { contact: None, name: String::new(), address: Some(address), chat: false, opted_out: false, no_news: false },
                });
            }
            return Ok(people);
        }
        Audience::Assistant => vec![About::Answered],
        Audience::About { topics } => topics.iter().filter_map(|word| Topic::parse(word).ok()).map(About::Topic).collect(),
    };
    while let Some(one) = about.get(cursor.part) {
        let found = audience::of_conversations(q, (window, check_in), one, before, ContactId(cursor.contact), limit).await?;
        if let Some(last) = found.last() {
            cursor.contact = last.contact_id;
            return Ok(found.into_iter().map(|candidate| Person::of(candidate, None)).collect());
        }
        (cursor.part, cursor.contact) = (cursor.part + 1, 0);
    }
    Ok(vec![])
}

/// By which way somebody is asked now, or why not.
pub(super) async fn way(
    q: &mut impl Query,
    signs: &Signs,
    check_in: CheckInId,
    person: &Person,
    content: &Content,
    now: Timestamp,
) -> Result<Result<Way, Passed>, StoreError> {
    let address = person.address.as_deref();
    let mut known = Known { chat: person.chat, address: address.is_some(), no_news: person.no_news, opted_out: person.opted_out, ..Known::default() };
    known.already = audience::is_in(q, check_in, person.contact, address).await?;
    known.last_asked = audience::last_asked(q, person.contact, address).await?;
    if let Some(address) = address {
        known.opted_out |= audience::refuses(q, &signs.mark(address)).await?;
        known.comes_back = mail::refused(q, address).await?.is_some();
    }
    Ok(reach(&known, &content.ways, content.rest_days, now))
}

/// Takes a customer out of all check-ins: their address, their comments, and what waits to be sent. Counts stay. From then on the address is asked
/// nothing more, whoever uploads it.
///
/// # Errors
/// When the database fails.
pub async fn erase(tx: &mut Tx, contact: ContactId, now: Timestamp) -> Result<(), StoreError> {
    for one in asked::of_customer(tx, Some(contact), None).await? {
        asked::erase(tx, AskedId(one.id)).await?;
    }
    audience::refuse_contact(tx, contact, now).await.map(drop)
}

/// The same for an address of theirs.
///
/// # Errors
/// When the database fails.
pub async fn forget_address(tx: &mut Tx, signs: &Signs, address: &str, now: Timestamp) -> Result<(), StoreError> {
    for one in asked::of_customer(tx, None, Some(address)).await? {
        asked::erase(tx, AskedId(one.id)).await?;
    }
    audience::forget(tx, address).await?;
    audience::refuse(tx, &signs.mark(address), now).await.map(drop)
}
