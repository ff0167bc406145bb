//! `POST /check-ins/preview`: who would be asked now, and who not, before anything is kept.

use super::people::{Cursor, next, way};
use super::write::NewCheckIn;
use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::check_in::Way;
use hypercare_core::check_in::reach::Passed;
use hypercare_core::{CheckInId, ContactId};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use utoipa::ToSchema;

/// Customers that are counted; beyond it the preview says "at least".
const COUNTED: usize = 2_000;
/// Read at a time.
const PIECE: i64 = 200;
/// Named.
const NAMED: usize = 20;

/// Who would be asked.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct CheckInPreview {
    /// Customers who fit.
    people: usize,
    /// There are more, which were not counted: all figures are "at least".
    more: bool,
    /// In the chat.
    chat: usize,
    /// By e-mail.
    email: usize,
    /// Who is passed over, by reason.
    passed: Vec<PassedOver>,
    /// The first of those who would be asked, at most twenty.
    first: Vec<PreviewPerson>,
}

/// How many are passed over for a reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassedOver {
    /// Why.
    reason: Passed,
    /// How many.
    people: usize,
}

/// Somebody who would be asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewPerson {
    /// The customer; none for an address that nobody wrote from yet.
    contact: Option<ContactId>,
    /// Name; empty where none is known.
    name: String,
    /// Their address, where it is known.
    address: Option<String>,
    /// How.
    way: Way,
}

/// See who would be asked
///
/// Nothing is kept and nobody is asked. Who is passed over is counted by reason.
#[utoipa::path(post, path = "/check-ins/preview", operation_id = "preview_check_in", tag = "check_ins", request_body = NewCheckIn,
    responses((status = 200, body = CheckInPreview), (status = "4XX", body = Problem)))]
pub(super) async fn preview_check_in(
    _: May<perm::AnswersDraft>,
    State(app): State<App>,
    Body(new): Body<NewCheckIn>,
) -> ApiResult<Json<CheckInPreview>> {
    let (mut reader, now) = (app.reader(), app.now());
    let window = windows::named(&mut reader, new.window).await?;
    let content = new.content.tidy()?;
    super::write::check(&mut reader, &window, &content).await?;
    // Nobody is in a check-in that is not there.
    let nothing = CheckInId(0);
    let (mut seen, mut cursor, mut shown): (HashSet<ContactId>, Cursor, CheckInPreview) = Default::default();
    let mut passed: BTreeMap<Passed, usize> = BTreeMap::new();
    loop {
        let people = next(&mut reader, (window.id, nothing), &content, now, &mut cursor, PIECE).await?;
        if people.is_empty() {
            break;
        }
        for person in people {
            // Who fits several topics is one customer.
            if person.contact.is_some_and(|id| !seen.insert(id)) {
                continue;
            }
            if shown.people == COUNTED {
                shown.more = true;
                break;
            }
            shown.people += 1;
            match way(&mut reader, &app.signs, nothing, &person, &content, now).await? {
                Ok(way) => {
                    let count = if way == Way::Chat { &mut shown.chat } else { &mut shown.email };
                    *count += 1;
                    if shown.first.len() < NAMED {
                        shown.first.push(PreviewPerson { contact: person.contact, name: person.name, address: person.address, way });
                    }
                }
                Err(reason) => *passed.entry(reason).or_default() += 1,
            }
        }
        if shown.more {
            break;
        }
    }
    shown.passed = passed.into_iter().map(|(reason, people)| PassedOver { reason, people }).collect();
    Ok(Json(shown))
}
