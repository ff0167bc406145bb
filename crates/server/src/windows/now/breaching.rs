//! Promises that are broken or run out next: the top of the inbox's `all_open` view.

use crate::App;
use crate::http::ApiResult;
use hypercare_core::clock::ClockKind;
use hypercare_core::conversation::Conversation;
use hypercare_core::{ConversationId, Severity, Timestamp};
use hypercare_store::queries::conversations::{self, Filter, Line};
use serde::Serialize;
use utoipa::ToSchema;

const SHOWN: i64 = 8;

/// One promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Breaching {
    /// To whom.
    pub conversation: ConversationId,
    /// About what.
    pub subject: String,
    /// The customer's name.
    pub customer: String,
    /// What was promised.
    pub kind: ClockKind,
    /// When it runs or ran out.
    pub due_at: Timestamp,
    /// How much the matter hurts.
    pub severity: Severity,
    /// Whether it is broken already.
    pub breached: bool,
}

/// Of the whole desk, as the counts beside it: what triage could not place runs out no less.
pub(super) async fn breaching(app: &App) -> ApiResult<Vec<Breaching>> {
    let mut reader = app.reader();
    let filter = Filter { view: Some("all_open".into()), ..Filter::default() };
    let lines = conversations::by_due(&mut reader, &filter, None, SHOWN).await?;
    let mut shown = Vec::new();
    for line in lines.into_iter().filter(|l| l.next_due.is_some()) {
        let conversation = hypercare_store::load::<Conversation>(&mut reader, line.id).await?;
        shown.extend(conversation.and_then(|c| promise(line, &c)));
    }
    Ok(shown)
}

/// The promise that gives the conversation its place in the list.
fn promise(line: Line, c: &Conversation) -> Option<Breaching> {
    let open = c.clocks.iter().filter(|clock| !clock.is_finished());
    let (due_at, clock) = open.filter_map(|clock| Some((clock.breached_at.or(clock.due_at)?, clock))).min_by_key(|(due, _)| *due)?;
    Some(Breaching {
        conversation: c.id,
        subject: line.subject,
        customer: line.contact_name,
        kind: clock.kind,
        due_at,
        severity: c.triage.severity,
        breached: clock.breached_at.is_some(),
    })
}
