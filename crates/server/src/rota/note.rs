//! The note of a handover: what is generated from what is open, beside what the outgoing person wrote.

use crate::warnings;
use crate::windows::owner::name_of;
use hypercare_core::decision::Decision;
use hypercare_core::rota::LivingRota;
use hypercare_core::rota::living::{HandoverRecord, Section};
use hypercare_core::window::Window;
use hypercare_core::{ConversationId, DecisionId, Span, Timestamp, UserId};
use hypercare_store::queries::conversations::{self, Filter, Line};
use hypercare_store::queries::{decisions, events};
use hypercare_store::{Query, StoreError};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Open conversations that a note names.
const OPEN: usize = 15;
/// Open conversations that are looked at for what falls due.
const LOOKED_AT: i64 = 500;
/// Promises that a note names.
const PROMISES: usize = 10;
/// Decisions that a note names.
const DECISIONS: i64 = 50;
/// Warnings that a note names.
const WATCHED: i64 = 10;
/// Events that are looked at for what changed, and that are named.
const CHANGES: (i64, usize) = (300, 15);

/// One line of a note.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = HandoverLine)]
pub struct NoteLine {
    /// What it is about: `conversation:7`. This is what is ticked.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// Who has it, what is due when, how long it waits.
    pub detail: String,
    /// Whether it has to be ticked before the decision passes.
    pub critical: bool,
    /// The conversation, where it is one.
    pub conversation: Option<ConversationId>,
    /// The decision, where it is one.
    pub decision: Option<DecisionId>,
}

/// One section of a note.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = HandoverPart)]
pub struct NotePart {
    /// Which.
    pub section: Section,
    /// What it says in a sentence.
    pub summary: String,
    /// Its lines.
    pub lines: Vec<NoteLine>,
    /// What the outgoing person wrote.
    pub written: String,
}

/// What everything is read with.
struct Reading<'a> {
    window: &'a Window,
    rota: &'a LivingRota,
    record: &'a HandoverRecord,
    names: &'a HashMap<String, String>,
    now: Timestamp,
}

/// The note as it is now.
///
/// # Errors
/// When the database fails.
pub async fn generate(
    q: &mut impl Query,
    window: &Window,
    rota: &LivingRota,
    record: &HandoverRecord,
    names: &HashMap<String, String>,
    now: Timestamp,
) -> Result<Vec<NotePart>, StoreError> {
    let reading = Reading { window, rota, record, names, now };
    let filter = Filter { view: Some("all_open".into()), ..Filter::default() };
    let open = conversations::by_due(q, &filter, None, LOOKED_AT).await?;
    let waiting = decisions::page(q, Some(window.id), true, None, DECISIONS).await?;
    let mut parts = vec![
        reading.situation(&conversations::counts(q, None, UserId(0)).await?, waiting.len()),
        reading.open(&open),
        reading.decisions(waiting),
        reading.promises(&open),
        reading.watch(&warnings::watched(q, WATCHED).await?),
        reading.changed(q).await?,
    ];
    for part in &mut parts {
        part.written = record.written.get(&part.section).cloned().unwrap_or_default();
    }
    Ok(parts)
}

/// What is kept of a note with the acknowledgement: nothing that a customer wrote, and not their name.
pub fn kept(parts: &[NotePart], ticked: &[String]) -> serde_json::Value {
    let line = |l: &NoteLine| serde_json::json!({ "key": l.key, "detail": l.detail, "critical": l.critical, "ticked": ticked.contains(&l.key) });
    let part = |p: &NotePart| {
        let about = !matches!(p.section, Section::Changed | Section::Watch);
        let lines: Vec<_> = p.lines.iter().filter(|_| about).map(line).collect();
        serde_json::json!({ "section": p.section, "summary": p.summary, "written": p.written, "lines": lines })
    };
    parts.iter().map(part).collect()
}

fn part(section: Section, summary: String, lines: Vec<NoteLine>) -> NotePart {
    NotePart { section, summary, lines, written: String::new() }
}

fn counted(n: i64, one: &str, more: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {more}") }
}

impl Reading<'_> {
    fn situation(&self, counts: &conversations::Counts, waiting: usize) -> NotePart {
        let phase = match self.window.day(self.now) {
            0 => self.window.phase.word().to_owned(),
            day => format!("Day {day}, {}", self.window.phase.word()),
        };
        let said = format!(
            "{phase}: {}, {} of them critical; {}; {}.",
            counted(counts.all_open, "conversation open", "conversations open"),
            counts.critical,
            counted(counts.breached, "promise broken", "promises broken"),
            counted(i64::try_from(waiting).unwrap_or(i64::MAX), "decision waits", "decisions wait"),
        );
        part(Section::Situation, said, vec![])
    }

    fn conversation(&self, line: &Line) -> NoteLine {
        let owner = line.assignee_name.as_deref().unwrap_or("nobody has it");
        let due = match (line.breached, line.next_due) {
            (true, Some(due)) => format!("promise broken, was due {}", self.rota.local(Timestamp(due))),
            (true, None) => "promise broken".to_owned(),
            (false, Some(due)) => format!("due {}", self.rota.local(Timestamp(due))),
            (false, None) => String::new(),
        };
        let severity = if line.severity == "normal" { String::new() } else { format!("{}; ", line.severity) };
        let due = if due.is_empty() { due } else { format!("; {due}") };
        NoteLine {
            key: format!("conversation:{}", line.id),
            title: format!("{} ({})", line.subject, line.contact_name),
            detail: format!("{severity}{owner}{due}"),
            critical: line.severity == "critical" || line.breached,
            conversation: Some(ConversationId(line.id)),
            decision: None,
        }
    }

    /// The most urgent; whatever is critical is among them.
    fn open(&self, open: &[Line]) -> NotePart {
        let mut lines: Vec<NoteLine> = open.iter().map(|l| self.conversation(l)).collect();
        let critical = lines.iter().filter(|l| l.critical).count();
        let all = lines.len();
        let mut shown = 0;
        lines.retain(|l| {
            shown += usize::from(!l.critical);
            l.critical || shown + critical <= OPEN
        });
        lines.truncate(100);
        let more = all - lines.len();
        let said = match (all, more) {
            (0, _) => "Nothing is open.".to_owned(),
            (_, 0) => "Everything that is open, the most urgent first.".to_owned(),
            (_, more) => format!("The most urgent first; {more} more in the inbox."),
        };
        part(Section::Open, said, lines)
    }

    fn decisions(&self, mut waiting: Vec<Decision>) -> NotePart {
        waiting.reverse();
        let line = |d: &Decision| NoteLine {
            key: format!("decision:{}", d.id),
            title: d.question.clone(),
            detail: format!("asked by {}, waits {}", d.asked_by, self.now - d.asked_at),
            critical: true,
            conversation: d.conversation,
            decision: Some(d.id),
        };
        let said = if waiting.is_empty() { "No decision waits." } else { "The longest waiting first. They are the next owner's." };
        part(Section::Decisions, said.into(), waiting.iter().map(line).collect())
    }

    fn promises(&self, open: &[Line]) -> NotePart {
        let (from, to) = (self.record.when.from.0, self.record.when.to.0);
        let due: Vec<&Line> = open.iter().filter(|l| !l.breached && l.next_due.is_some_and(|due| from <= due && due < to)).collect();
        let said = match due.len() {
            0 => "No promise falls due in the next shift.".to_owned(),
            n => format!("{} due in the next shift.", counted(i64::try_from(n).unwrap_or(i64::MAX), "promise falls", "promises fall")),
        };
        let line = |l: &&Line| NoteLine { critical: false, key: format!("promise:{}", l.id), ..self.conversation(l) };
        part(Section::Promises, said, due.iter().take(PROMISES).map(line).collect())
    }

    fn watch(&self, open: &[warnings::Watched]) -> NotePart {
        let line = |w: &warnings::Watched| NoteLine {
            key: format!("warning:{}", w.id),
            title: w.name.clone(),
            detail: format!("{} It ends by itself after two normal days.", w.why),
            critical: false,
            conversation: None,
            decision: None,
        };
        let said = if open.is_empty() { "No warning is open." } else { "Warnings that are open." };
        part(Section::Watch, said.into(), open.iter().map(line).collect())
    }

    /// What happened in the shift that ends: since whoever goes has had the duty.
    async fn changed(&self, q: &mut impl Query) -> Result<NotePart, StoreError> {
        let (most, named) = CHANGES;
        let since = self.rota.held(self.record.when.from).last().map_or(self.record.opened_at - Span::hours(12), |held| held.when.from);
        let told = |kind: &str| {
            let family = kind.split('.').next().unwrap_or_default();
            matches!(family, "issue" | "answer" | "decision" | "broadcast" | "warning" | "window")
                || matches!(kind, "rota.override_added" | "rota.cover_accepted" | "rota.backup_called" | "rota.layers_set")
        };
        let lines: Vec<NoteLine> = events::latest(q, self.window.id, None, most)
            .await?
            .iter()
            .filter(|e| e.at >= since.0 && told(&e.kind) && !e.kind.ends_with("_tightened"))
            .take(named)
            .map(|e| NoteLine {
                key: format!("event:{}", e.seq),
                title: crate::events::sentence(e),
                detail: self.rota.local(Timestamp(e.at)),
                critical: false,
                conversation: None,
                decision: None,
            })
            .collect();
        let who = self
            .record
            .outgoing
            .as_deref()
            .map_or_else(|| "the last shift began".to_owned(), |who| format!("{} took over", name_of(self.names, who)));
        let said = if lines.is_empty() { format!("Nothing changed since {who}.") } else { format!("Since {who}, the latest first.") };
        Ok(part(Section::Changed, said, lines))
    }
}
