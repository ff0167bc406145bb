//! The two letters: what the team needs before the review, and half a page for those who are not in the room.

use super::agenda::{Item, Part, agenda, counted, doing};
use super::document::{DocLine, DocPart, Document};
use super::facts::{Facts, IssueFact};
use super::growth::growth;
use super::schedule::{BriefKind, Schedule};
use crate::Timestamp;
use crate::action::State as ActionState;
use serde::{Deserialize, Serialize};

/// Lines of one part of the morning brief.
const MORNING_LINES: usize = 5;
/// Issues and decisions that the executive brief names: it is half a page.
const EXECUTIVE_LINES: usize = 3;

/// How things stand, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing needs anybody beyond the day's work.
    AllRight,
    /// Something is off, and somebody has it.
    Attention,
    /// Something cannot wait.
    NotAllRight,
}

/// One letter, as it was made. Titles of issues and decisions are read when it is shown or sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// Which.
    pub kind: BriefKind,
    /// When it was made.
    pub at: Timestamp,
    /// Its subject line.
    pub subject: String,
    /// How things stand.
    pub standing: Standing,
    /// Sentences at its beginning.
    pub intro: Vec<String>,
    /// Its parts.
    pub parts: Vec<BriefPart>,
}

/// One part of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefPart {
    /// Its heading.
    pub heading: String,
    /// A sentence.
    pub text: String,
    /// Its lines.
    pub items: Vec<Item>,
}

impl Brief {
    /// What is kept of it.
    #[must_use]
    pub fn kept(mut self) -> Self {
        for part in &mut self.parts {
            part.items = std::mem::take(&mut part.items).into_iter().map(Item::kept).collect();
        }
        self
    }

    /// To read.
    pub fn document(&self, link: Option<(String, String)>) -> Document {
        let line = |i: &Item| DocLine { title: i.title.clone(), detail: i.detail.clone(), note: String::new() };
        let part = |p: &BriefPart| DocPart { heading: p.heading.clone(), text: p.text.clone(), lines: p.items.iter().map(line).collect() };
        Document { title: self.subject.clone(), intro: self.intro.clone(), parts: self.parts.iter().map(part).collect(), link }
    }
}

/// How things stand, and why in a sentence.
pub fn standing(f: &Facts) -> (Standing, String) {
    let n = |n: usize, one: &str, more: &str| (n > 0).then(|| counted(n, one, more));
    let red = f.signals.iter().filter(|s| s.red).count();
    let lost = f.escalations.iter().filter(|e| e.exhausted).count();
    let late = f.updates.iter().filter(|u| u.due_at <= f.now).count();
    let now = [
        n(usize::try_from(f.critical).unwrap_or(0), "critical conversation is open", "critical conversations are open"),
        n(red, "signal is far off", "signals are far off"),
        n(lost, "escalation reached nobody", "escalations reached nobody"),
        n(late, "promised update is overdue", "promised updates are overdue"),
        f.burn.is_some().then(|| "promises break too fast".to_owned()),
    ];
    let now: Vec<String> = now.into_iter().flatten().collect();
    if !now.is_empty() {
        return (Standing::NotAllRight, format!("Not all right: {}.", now.join(", ")));
    }
    let off = f.signals.iter().filter(|s| s.off).count();
    let soon = [
        n(off, "signal is worse than before the change", "signals are worse than before the change"),
        n(f.issues.iter().filter(|i| growth(i).is_some()).count(), "issue grows", "issues grow"),
        n(f.decisions.iter().filter(|d| d.overdue).count(), "decision waits for too long", "decisions wait for too long"),
        n(f.actions.iter().filter(|a| a.action.is_overdue(f.now)).count(), "action is overdue", "actions are overdue"),
    ];
    let soon: Vec<String> = soon.into_iter().flatten().collect();
    if soon.is_empty() {
        return (Standing::AllRight, "All right: nothing is off, and nothing waits for too long.".to_owned());
    }
    (Standing::Attention, format!("Mostly all right, with something to look at: {}.", soon.join(", ")))
}

fn headline(f: &Facts) -> String {
    if f.day == 0 { f.window.clone() } else { format!("{}, day {}", f.window, f.day) }
}

/// The brief of a kind.
pub fn brief(kind: BriefKind, f: &Facts, schedule: &Schedule) -> Brief {
    match kind {
        BriefKind::Morning => morning(f, schedule),
        BriefKind::Executive => executive(f, schedule),
    }
}

/// The agenda in short, before everybody meets.
fn morning(f: &Facts, schedule: &Schedule) -> Brief {
    let (standing, why) = standing(f);
    let items = agenda(f, schedule);
    let parts = Part::ALL.into_iter().filter(|part| *part != Part::Else).filter_map(|part| {
        let own: Vec<&Item> = items.iter().filter(|i| i.part == part).collect();
        let more = own.len().saturating_sub(MORNING_LINES);
        let text = if more > 0 { format!("The first {MORNING_LINES} of {}.", own.len()) } else { String::new() };
        (!own.is_empty()).then(|| BriefPart { heading: part.heading().into(), text, items: own.into_iter().take(MORNING_LINES).cloned().collect() })
    });
    let meets = schedule.next_review(f.now).map(|(_, at)| format!("The review begins {}.", schedule.words(at)));
    let desk = format!(
        "{}, {} of them critical; {}.",
        counted(f.open, "conversation is open", "conversations are open"),
        f.critical,
        counted(f.late, "promise is broken", "promises are broken"),
    );
    Brief {
        kind: BriefKind::Morning,
        at: f.now,
        subject: format!("Morning brief: {}", headline(f)),
        standing,
        intro: [why, desk].into_iter().chain(meets).collect(),
        parts: parts.collect(),
    }
}

/// The biggest issues: what came in the last day, then whom it touches.
fn biggest(f: &Facts) -> Vec<&IssueFact> {
    let mut all: Vec<&IssueFact> = f.issues.iter().filter(|i| i.today > 0 || i.unresolved > 0).collect();
    all.sort_by_key(|i| std::cmp::Reverse((i.today, i.unresolved, i.customers, i.id)));
    all.truncate(EXECUTIVE_LINES);
    all
}

fn changed(f: &Facts) -> String {
    let new = f.issues.iter().filter(|i| i.opened_at > f.since).count();
    let done = f.actions.iter().filter(|a| a.action.state == ActionState::Done).count();
    let open = f.actions.iter().filter(|a| a.action.state == ActionState::Open).count();
    let (broken, decided) = f.promises.iter().fold((0, 0), |(b, d), p| (b + p.broken, d + p.decided));
    let kept = match decided {
        0 => "no promise about time fell due".to_owned(),
        _ => format!("{} of {} promises about time were kept", decided - broken, decided),
    };
    format!("{}, {} settled; {kept}; {} done, {open} open.", counted(new, "new issue", "new issues"), f.settled, counted(done, "action", "actions"))
}

/// Half a page: are we all right, what changed, what is biggest and what we do, what has to be decided, what customers were promised, and
/// when it ends.
fn executive(f: &Facts, schedule: &Schedule) -> Brief {
    let (standing, why) = standing(f);
    let items = agenda(f, schedule);
    let issue = |i: &IssueFact| {
        let detail = format!("{} in the last day, {} not settled. {}.", i.today, i.unresolved, doing(i));
        items.iter().find(|item| item.key == format!("issue:{}", i.id)).cloned().map_or_else(
            || Item {
                key: format!("issue:{}", i.id),
                part: Part::GrowingIssues,
                title: i.title.clone(),
                detail: detail.clone(),
                about: super::About::Issue(i.id),
                urgent: false,
            },
            |item| Item { detail: detail.clone(), ..item },
        )
    };
    let issues: Vec<Item> = biggest(f).into_iter().map(issue).collect();
    let mut decisions: Vec<Item> = items.iter().filter(|i| i.part == Part::Decisions).cloned().collect();
    let waiting = decisions.len();
    decisions.truncate(EXECUTIVE_LINES);
    let next = f.updates.iter().min_by_key(|u| u.due_at).map_or_else(
        || "Customers were promised no further update.".to_owned(),
        |u| {
            let late = if u.due_at <= f.now { "was due" } else { "is promised for" };
            format!("“{}” {late} {}.", u.title, schedule.words(u.due_at))
        },
    );
    let said = |none: bool, words: &str| if none { words.to_owned() } else { String::new() };
    let part = |heading: &str, text: String, items: Vec<Item>| BriefPart { heading: heading.into(), text, items };
    let more =
        if waiting > EXECUTIVE_LINES { format!("The longest waiting {EXECUTIVE_LINES} of {waiting}.") } else { said(waiting == 0, "None waits.") };
    let parts = vec![
        part("What changed", changed(f), vec![]),
        part(
            "Biggest issues, and what we do",
            said(issues.is_empty(), if f.issues.is_empty() { "No issue is open." } else { "Nothing new came in, and nobody waits because of one." }),
            issues,
        ),
        part("Decisions needed", more, decisions),
        part("Next update for customers", next, vec![]),
        part("Exit", f.exit.sentence.clone(), vec![]),
    ];
    Brief { kind: BriefKind::Executive, at: f.now, subject: format!("Executive brief: {}", headline(f)), standing, intro: vec![why], parts }
}
