//! What becomes of an answer when its window ends. It was made for a while: it becomes an article, a macro or a rule, or it is retired.
//! Somebody sees to it by a date; what nobody has seen to holds the exit back.

use super::{Answer, AnswerEvent, AnswerState};
use crate::timer::{Timer, TimerKind};
use crate::{ArticleId, Refusal, Span, Stamp, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Whoever sees to an answer has so long, where nobody says how long.
pub const DUE_WITHIN: Span = Span::days(3);
/// The furthest date that can be given.
const DUE_AT_MOST: Span = Span::days(180);
/// Longest name of what it became, in characters.
const TITLE_LIMIT: usize = 200;
/// Longest link or reference.
const LINK_LIMIT: usize = 500;
/// Longest text of a rule.
const TEXT_LIMIT: usize = 4_000;

/// What an answer can become. Retiring is [`super::AnswerCommand::Retire`], with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// A page that customers read.
    Article,
    /// A reply that agents go on using.
    Macro,
    /// Something that is done by itself from now on, or a rule of how to work.
    Rule,
}

impl Kept {
    /// The word in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Macro => "macro",
            Self::Rule => "rule",
        }
    }
    /// With its article, in a sentence.
    pub const fn named(self) -> &'static str {
        match self {
            Self::Article => "an article",
            Self::Macro => "a macro",
            Self::Rule => "a rule",
        }
    }
}

/// Who sees to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entrusted {
    /// Who.
    pub owner: UserId,
    /// Their name.
    pub name: String,
    /// By when.
    pub due_at: Timestamp,
}

/// What it should become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// What.
    pub kind: Kept,
    /// The version that it is made of: what is said now.
    pub version: u32,
    /// Its name there; blank for the answer's own title.
    pub title: String,
    /// The article of the help centre that it is.
    pub article: Option<ArticleId>,
    /// Where it is: an address, or a reference that colleagues understand. Needed for an article of another help centre.
    pub link: String,
    /// What the rule says. Needed for a rule without a link.
    pub text: String,
}

/// What it became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Became {
    /// What.
    pub kind: Kept,
    /// Of which version of the answer.
    pub version: u32,
    /// Its name there.
    pub title: String,
    /// The article of the help centre that it is; none for other things, for an article elsewhere, and for what was kept before articles were
    /// named by their ids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
    /// Where it is.
    pub link: String,
    /// What the rule says.
    pub text: String,
    /// Who saw to it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What is kept of an answer for the time after its window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keeping {
    /// Who sees to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrusted: Option<Entrusted>,
    /// What it became, last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub became: Option<Became>,
    /// Whoever sees to it was told that its date has come.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reminded: bool,
}

impl Keeping {
    /// Nobody has thought of it yet.
    pub const fn is_empty(&self) -> bool {
        self.entrusted.is_none() && self.became.is_none()
    }
}

impl Answer {
    /// Whether somebody still has to say what becomes of it: it may be said, and what may be said is not what was kept. Drafts that were
    /// never approved end with their window; what was retired is gone.
    pub fn waits_for_keeping(&self) -> bool {
        self.state == AnswerState::Approved && self.kept().is_none()
    }
    /// Whether exit waits for it: nobody has said what becomes of it, or it became an article that nobody can read yet. `published` says of
    /// an article whether its readers see it. A draft keeps nothing: whoever looks for the answer after the window does not find it.
    pub fn waits(&self, published: impl Fn(ArticleId) -> bool) -> bool {
        self.waits_for_keeping() || (self.state == AnswerState::Approved && self.article().is_some_and(|article| !published(article)))
    }
    /// The article of the help centre that it became, if that is still what may be said.
    pub fn article(&self) -> Option<ArticleId> {
        self.kept().and_then(|became| became.article)
    }
    /// Its due time, for the engine: once for each date that is given.
    pub fn timers(&self) -> Vec<Timer> {
        let open = self.state == AnswerState::Approved && !self.keeping.reminded && (self.kept().is_none() || self.article().is_some());
        let due = self.keeping.entrusted.as_ref().filter(|_| open).map(|to| to.due_at);
        due.map(|due_at| Timer { kind: TimerKind::Keeping, key: String::new(), due_at }).into_iter().collect()
    }
    /// What it became, if that is still what may be said. A version that was approved since has to be seen to anew.
    pub fn kept(&self) -> Option<&Became> {
        self.keeping.became.as_ref().filter(|became| Some(became.version) == self.live)
    }
    /// Whether agents may go on using it after its window.
    pub fn is_macro(&self) -> bool {
        self.kept().is_some_and(|became| became.kind == Kept::Macro)
    }
}

pub(super) fn entrust(a: &Answer, to: Entrusted, stamp: &Stamp) -> Result<Vec<AnswerEvent>, Refusal> {
    if a.state == AnswerState::Retired {
        return Err(Refusal::conflict("This answer is retired: nobody has to see to it any more."));
    }
    if to.due_at <= stamp.at || to.due_at - stamp.at > DUE_AT_MOST {
        return Err(Refusal::field("due_at", "The date has to lie ahead, at most 180 days."));
    }
    let same = a.keeping.entrusted.as_ref().is_some_and(|now| (now.owner, now.due_at) == (to.owner, to.due_at));
    Ok(if same { vec![] } else { vec![AnswerEvent::Entrusted { to }] })
}

/// The date has come: whoever sees to it is told, if exit still waits for it.
pub(super) fn time_passed(a: &Answer, published: bool, stamp: &Stamp) -> Vec<AnswerEvent> {
    let due = a.keeping.entrusted.as_ref().is_some_and(|to| to.due_at <= stamp.at);
    if due && !a.keeping.reminded && a.waits(|_| published) { vec![AnswerEvent::KeepingDue] } else { vec![] }
}

pub(super) fn keep(a: &Answer, keep: &Keep, stamp: &Stamp) -> Result<Vec<AnswerEvent>, Refusal> {
    let Some(live) = a.live() else {
        return Err(Refusal::conflict("Only what may be said can be kept: approve a version first, or retire the answer."));
    };
    if keep.version != live.version {
        let now = live.version;
        return Err(Refusal::conflict(format!("Version {now} may be said now, not version {}. Read it again, then decide.", keep.version)));
    }
    let text = |text: &str| text.trim().to_owned();
    let title = if keep.title.trim().is_empty() { live.text.title.clone() } else { text(&keep.title) };
    let (link, rule) = (text(&keep.link), text(&keep.text));
    for (field, value, limit) in [("title", &title, TITLE_LIMIT), ("link", &link, LINK_LIMIT), ("text", &rule, TEXT_LIMIT)] {
        let is = value.chars().count();
        if is > limit {
            return Err(Refusal::field(field, format!("This can have at most {limit} characters; it has {is}.")));
        }
    }
    match keep.kind {
        Kept::Article if link.is_empty() && keep.article.is_none() => {
            let which = "Say which article: begin a draft in a category, choose an article that there is, or say where else it is.";
            return Err(Refusal::field("article", which));
        }
        Kept::Rule if link.is_empty() && rule.is_empty() => {
            return Err(Refusal::field("text", "Say what the rule is, or where it is written down."));
        }
        _ => {}
    }
    let article = keep.article.filter(|_| keep.kind == Kept::Article);
    let became = Became { kind: keep.kind, version: keep.version, title, article, link, text: rule, by: stamp.actor.name.clone(), at: stamp.at };
    if a.kept().is_some_and(|now| Became { by: now.by.clone(), at: now.at, ..became.clone() } == *now) {
        return Ok(vec![]);
    }
    // Whoever did it had it: so that there is a name to ask also where nobody was named before.
    let owner = stamp.actor.user.filter(|_| a.keeping.entrusted.is_none());
    let entrusted = owner.map(|owner| AnswerEvent::Entrusted { to: Entrusted { owner, name: stamp.actor.name.clone(), due_at: stamp.at } });
    Ok(entrusted.into_iter().chain([AnswerEvent::Kept { became }]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{AnswerCommand, AnswerText};
    use crate::{Actor, Aggregate, AnswerId, WindowId};

    fn at(secs: i64) -> Stamp {
        Stamp::new(Actor::person(UserId(1), "Mara"), Timestamp::from_secs(secs))
    }

    fn run(state: Option<Answer>, command: AnswerCommand, stamp: &Stamp) -> Result<Option<Answer>, Refusal> {
        let events = Answer::decide(state.as_ref(), command, stamp, &())?;
        Ok(Answer::fold(state, &events, stamp))
    }

    fn draft(expected: &str) -> AnswerCommand {
        let text = AnswerText {
            title: "Why?".into(),
            expected: expected.into(),
            do_now: "Nothing.".into(),
            next_update: "Friday.".into(),
            ..AnswerText::default()
        };
        AnswerCommand::Draft { id: AnswerId(1), window: WindowId(1), key: "t".into(), text, unsupported: vec![] }
    }

    fn live() -> Option<Answer> {
        let drafted = run(None, draft("Yes."), &at(0)).unwrap();
        assert!(!drafted.as_ref().unwrap().waits_for_keeping(), "a draft ends with its window");
        run(drafted, AnswerCommand::Approve { version: 1, seen: false }, &at(1)).unwrap()
    }

    fn becomes(kind: Kept, version: u32, link: &str, text: &str) -> AnswerCommand {
        AnswerCommand::Keep { keep: Keep { kind, version, title: String::new(), article: None, link: link.into(), text: text.into() } }
    }

    fn in_centre(article: i64) -> AnswerCommand {
        let article = Some(ArticleId(article));
        AnswerCommand::Keep {
            keep: Keep { kind: Kept::Article, version: 1, title: String::new(), article, link: String::new(), text: String::new() },
        }
    }

    fn given(days: i64) -> AnswerCommand {
        let due_at = Timestamp::from_secs(2) + Span::days(days);
        AnswerCommand::Entrust { to: Entrusted { owner: UserId(2), name: "Olga".into(), due_at } }
    }

    #[test]
    fn an_article_keeps_once_it_can_be_read() {
        let kept = run(live(), in_centre(7), &at(2)).unwrap().unwrap();
        assert_eq!((kept.article(), kept.waits_for_keeping()), (Some(ArticleId(7)), false));
        assert!(kept.waits(|_| false) && !kept.waits(|id| id == ArticleId(7)));
        assert_eq!(Answer::decide(Some(&kept), in_centre(7), &at(3), &()), Ok(vec![]), "the second click");
        let elsewhere = run(live(), becomes(Kept::Article, 1, "https://help.example/1", ""), &at(2)).unwrap().unwrap();
        assert!(!elsewhere.waits(|_| false), "of an article elsewhere nobody here knows more");
        let retired = run(Some(kept), AnswerCommand::Retire, &at(3).because("Solved.")).unwrap().unwrap();
        assert!(!retired.waits(|_| false) && retired.timers().is_empty());
    }

    #[test]
    fn what_was_kept_before_articles_had_ids_is_read() {
        let old =
            r#"{"kind":"article","version":1,"title":"Why?","link":"https://help.example/1","text":"","by":"Mara","at":"2026-11-16T08:00:00Z"}"#;
        let became: Became = serde_json::from_str(old).unwrap();
        assert_eq!((became.article, serde_json::to_string(&became).unwrap().contains("article_")), (None, false));
    }

    #[test]
    fn its_date_is_told_once_while_it_waits() {
        let due = Timestamp::from_secs(2) + Span::days(3);
        let passed = |answer: &Answer, published: bool, when: Timestamp| {
            let stamp = Stamp::new(Actor::system(), when);
            Answer::decide(Some(answer), AnswerCommand::TimePassed { published }, &stamp, &()).unwrap()
        };
        let open = run(live(), given(3), &at(2)).unwrap().unwrap();
        assert_eq!(open.timers().iter().map(|t| t.due_at).collect::<Vec<_>>(), [due]);
        assert_eq!(passed(&open, false, due - Span::secs(1)), []);
        assert_eq!(passed(&open, false, due), [AnswerEvent::KeepingDue]);
        let told = Answer::fold(Some(open), &[AnswerEvent::KeepingDue], &Stamp::new(Actor::system(), due)).unwrap();
        assert_eq!((passed(&told, false, due + Span::days(1)), told.timers()), (vec![], vec![]));
        // Another date is told of again; what is done by then is not.
        let again = run(Some(told), given(9), &at(3)).unwrap().unwrap();
        assert_eq!(again.timers().len(), 1);
        let done = run(Some(again.clone()), becomes(Kept::Macro, 1, "", ""), &at(4)).unwrap().unwrap();
        assert!(done.timers().is_empty());
        let draft = run(Some(again), in_centre(7), &at(4)).unwrap().unwrap();
        let late = Timestamp::from_secs(2) + Span::days(9);
        assert_eq!((passed(&draft, true, late), passed(&draft, false, late)), (vec![], vec![AnswerEvent::KeepingDue]));
    }

    #[test]
    fn what_may_be_said_waits_until_it_became_something() {
        let answer = live();
        assert!(answer.as_ref().unwrap().waits_for_keeping());
        let kept = run(answer, becomes(Kept::Macro, 1, "", ""), &at(2)).unwrap().unwrap();
        assert!(!kept.waits_for_keeping() && kept.is_macro());
        assert_eq!(kept.keeping.entrusted.as_ref().map(|e| e.name.as_str()), Some("Mara"), "there is a name to ask");
        assert_eq!(kept.kept().unwrap().title, "Why?");
        // The second click changes nothing; another version has to be seen to anew.
        assert_eq!(Answer::decide(Some(&kept), becomes(Kept::Macro, 1, "", ""), &at(3), &()), Ok(vec![]));
        let again = run(Some(kept), draft("No."), &at(4)).unwrap();
        let again = run(again, AnswerCommand::Approve { version: 2, seen: false }, &at(5)).unwrap().unwrap();
        assert!(again.waits_for_keeping() && !again.is_macro());
        let retired = run(Some(again), AnswerCommand::Retire, &at(6).because("Solved.")).unwrap().unwrap();
        assert!(!retired.waits_for_keeping());
    }

    #[test]
    fn each_kind_asks_for_what_it_needs() {
        #[track_caller]
        fn check(command: AnswerCommand, field: Option<&str>) {
            let refused = Answer::decide(live().as_ref(), command, &at(2), &()).err();
            assert_eq!(refused.map(|r| r.field), field.map(|f| Some(f.to_owned())));
        }
        check(becomes(Kept::Article, 1, " ", ""), Some("article"));
        check(in_centre(7), None);
        check(becomes(Kept::Article, 1, "https://help.example/1", ""), None);
        check(becomes(Kept::Rule, 1, "", ""), Some("text"));
        check(becomes(Kept::Rule, 1, "", "Refunds under 20 € at once"), None);
        check(becomes(Kept::Rule, 1, "RUN-7", ""), None);
        check(becomes(Kept::Macro, 1, &"x".repeat(501), ""), Some("link"));
        let stale = Answer::decide(live().as_ref(), becomes(Kept::Macro, 2, "", ""), &at(2), &()).unwrap_err();
        assert!(stale.detail.contains("Version 1 may be said now"), "{stale}");
    }

    #[test]
    fn somebody_sees_to_it_by_a_date_ahead() {
        let to = |days: i64| AnswerCommand::Entrust {
            to: Entrusted { owner: UserId(2), name: "Olga".into(), due_at: Timestamp::from_secs(2) + Span::days(days) },
        };
        let given = run(live(), to(3), &at(2)).unwrap();
        assert_eq!(Answer::decide(given.as_ref(), to(3), &at(2), &()), Ok(vec![]));
        for wrong in [to(0), to(181)] {
            assert_eq!(Answer::decide(given.as_ref(), wrong, &at(2), &()).unwrap_err().field.as_deref(), Some("due_at"));
        }
        let kept = run(given, becomes(Kept::Rule, 1, "RUN-7", ""), &at(3)).unwrap().unwrap();
        assert_eq!(kept.keeping.entrusted.unwrap().owner, UserId(2), "who was named stays named");
    }
}
