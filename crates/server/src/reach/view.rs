//! Ways, plans and lines of the log as the API shows them. No secret is among them: an address that is called shows its host and its last letters.

use hypercare_core::notice::Kind;
use hypercare_core::notice::route::{Group, OWN_MAIL, Reason, Rules, WayKind, When};
use hypercare_core::{Severity, Timestamp, WayId};
use hypercare_store::queries::people::Person;
use hypercare_store::queries::sends::Line;
use hypercare_store::queries::ways::Way;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Letters of a secret address that are shown, so that two can be told apart.
const TAIL: usize = 4;

/// A way to reach somebody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeWay)]
pub(super) struct WayView {
    /// Id; `0` is the address that they sign in with.
    pub id: WayId,
    /// What kind.
    pub kind: WayKind,
    /// What it is called.
    pub name: String,
    /// The e-mail address; of an address that is called its host and its last letters.
    pub address: String,
    /// Messages go out on it: the address is proved, and it is not switched off.
    pub open: bool,
    /// The address is proved to be theirs.
    pub confirmed: bool,
    /// Why it is switched off, or why nothing arrives there.
    pub why: Option<String>,
    /// What became of the last message, where there was one.
    pub last: Option<LastSent>,
}

/// What became of the last message on a way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeWayLast)]
pub(super) struct LastSent {
    /// `pending`, `delivered` or `failed`.
    #[schema(value_type = LetterState)]
    pub state: String,
    /// When.
    pub at: Timestamp,
    /// What was wrong.
    pub error: Option<String>,
}

/// What became of a letter.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "named by the description of the API only")]
pub(super) enum LetterState {
    /// It waits, or is tried again.
    Pending,
    /// It arrived.
    Delivered,
    /// It will never arrive.
    Failed,
}

/// What becomes of a notice on a way.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NoticeFate)]
#[allow(dead_code, reason = "named by the description of the API only")]
pub(super) enum FateWord {
    /// It waits for its time.
    Waiting,
    /// It was sent.
    Sent,
    /// It was read in the console before its time.
    Read,
    /// It was acted on before its time.
    Settled,
    /// The same was told, or a letter of its own says it.
    Same,
    /// It is not told on this way.
    Muted,
}

/// What would become of something that happens now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticePreview)]
pub(super) struct PreviewView {
    /// What kind of thing.
    pub group: Group,
    /// How severe.
    pub severity: Severity,
    /// On which way.
    pub way: WayId,
    /// When it would be told; null where it would not.
    pub at: Option<Timestamp>,
    /// Why.
    #[schema(value_type = ReasonWord)]
    pub reason: &'static str,
}

/// Why something is told when it is told, or why not.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NoticeReason)]
#[allow(dead_code, reason = "named by the description of the API only")]
pub(super) enum ReasonWord {
    /// The rule says at once.
    AtOnce,
    /// Not read by then.
    IfUnread,
    /// The hour's bundle.
    Hourly,
    /// The day's bundle.
    Daily,
    /// Held until quiet hours end.
    Quiet,
    /// It is quiet, but this is severe enough.
    BreaksQuiet,
    /// It is quiet, but they are on duty.
    OnDuty,
    /// With what else comes after a message.
    Gathered,
    /// Too many messages in the last hour.
    Throttled,
    /// The rule says never.
    Never,
    /// Less severe than they want to hear of.
    LessSevere,
    /// The way is switched off or not proved.
    WayShut,
    /// The same was told and is unread.
    Same,
    /// A letter of its own says it.
    OwnLetter,
}

/// When something of a group is told on a way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeCell)]
pub(super) struct CellView {
    /// For what.
    pub group: Group,
    /// On which way.
    pub way: WayId,
    /// When.
    pub when: When,
    /// They chose it; otherwise it is what is usual.
    pub chosen: bool,
}

/// A group, and what is in it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeGroupKinds)]
pub(super) struct GroupView {
    /// Which.
    pub group: Group,
    /// What is in it.
    pub kinds: Vec<Kind>,
}

/// A line of the log: what became of a notice on a way, and why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeLogLine)]
pub(super) struct LineView {
    /// Which notice.
    #[schema(pattern = "^[0-9]{1,19}$")]
    pub notice: String,
    /// What it told.
    pub kind: Option<Kind>,
    /// How severe.
    pub severity: Option<Severity>,
    /// When it was.
    pub at: Timestamp,
    /// On which way; its name is empty where it was removed.
    pub way: WayId,
    /// What kind of way.
    pub way_kind: Option<WayKind>,
    /// What it is called.
    pub way_name: String,
    /// What became of it.
    #[schema(value_type = FateWord)]
    pub state: String,
    /// Why then, or why not.
    #[schema(value_type = ReasonWord)]
    pub reason: String,
    /// When it is due, or went out.
    pub due_at: Timestamp,
    /// When it was over.
    pub done_at: Option<Timestamp>,
    /// Whether the message arrived; null where there was none, or where it is too long ago.
    #[schema(value_type = Option<LetterState>)]
    pub letter: Option<String>,
    /// How often it was tried.
    pub attempts: Option<i64>,
    /// What was wrong.
    pub error: Option<String>,
}

/// An address that is called, without its secret.
fn masked(address: &str) -> String {
    let host = reqwest::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let tail: String = address.chars().rev().take(TAIL).collect::<Vec<_>>().into_iter().rev().collect();
    format!("{host} …{tail}")
}

impl WayView {
    /// The address that somebody signs in with; `refused` says why mails do not arrive there.
    pub(super) fn own(person: &Person, refused: Option<String>) -> Self {
        let open = refused.is_none();
        Self {
            id: OWN_MAIL,
            kind: WayKind::Mail,
            name: "E-mail".into(),
            address: person.email.clone(),
            open,
            confirmed: true,
            why: refused.map(|why| format!("Mails to this address come back: {why}")),
            last: None,
        }
    }

    pub(super) fn new(way: Way, last: Option<(String, i64, Option<String>)>) -> Self {
        let kind = WayKind::from_word(&way.kind).unwrap_or(WayKind::Mail);
        Self {
            id: WayId(way.id),
            open: way.is_open(),
            address: if kind == WayKind::Mail { way.address } else { masked(&way.address) },
            kind,
            name: way.name,
            confirmed: way.confirmed_at.is_some(),
            why: way.off_why,
            last: last.map(|(state, at, error)| LastSent { state, at: Timestamp(at), error }),
        }
    }
}

impl From<Line> for LineView {
    fn from(line: Line) -> Self {
        let own = line.way == OWN_MAIL.0;
        Self {
            notice: line.notice_id.to_string(),
            kind: Kind::from_word(&line.kind),
            severity: line.severity.as_deref().and_then(Severity::from_word),
            at: Timestamp(line.at),
            way: WayId(line.way),
            way_kind: if own { Some(WayKind::Mail) } else { line.way_kind.as_deref().and_then(WayKind::from_word) },
            way_name: if own { "E-mail".into() } else { line.way_name.unwrap_or_default() },
            state: line.state,
            reason: Reason::from_word(&line.reason).unwrap_or(Reason::Never).word().into(),
            due_at: Timestamp(line.due_at),
            done_at: line.done_at.map(Timestamp),
            letter: line.letter_state,
            attempts: line.attempts,
            error: line.last_error,
        }
    }
}

/// The groups with their kinds.
pub(super) fn groups() -> Vec<GroupView> {
    let kinds = |group| Kind::ALL.into_iter().filter(|kind| kind.group() == group).collect();
    Group::ALL.into_iter().map(|group| GroupView { group, kinds: kinds(group) }).collect()
}

/// When what is told on which way.
pub(super) fn cells(rules: &Rules, ways: &[WayView]) -> Vec<CellView> {
    let cell = |group, way: &WayView| {
        let known = hypercare_core::notice::route::Way::new(way.id, way.kind);
        let chosen = rules.choices.iter().any(|c| c.group == group && c.way == way.id);
        CellView { group, way: way.id, when: rules.when(group, &known), chosen }
    };
    Group::ALL.into_iter().flat_map(|group| ways.iter().map(move |way| cell(group, way))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_address_shows_its_host_and_its_end() {
        assert_eq!(masked("https://hooks.slack.com/services/T0/B0/abcdefWXYZ"), "hooks.slack.com …WXYZ");
    }

    #[test]
    fn every_kind_is_in_one_group() {
        let all: usize = groups().iter().map(|group| group.kinds.len()).sum();
        assert_eq!(all, Kind::ALL.len());
        assert!(groups().iter().all(|group| !group.kinds.is_empty()));
    }
}
