use super::*;
use crate::encoder::Vector;
use hypercare_core::IssueId;
use proptest::prelude::*;

/// Every word is a direction of its own: two texts are as alike as the words they share.
struct Bag;

impl Encoder for Bag {
    fn id(&self) -> &'static str {
        "bag"
    }
    fn dimensions(&self) -> usize {
        512
    }
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
        Ok(texts
            .iter()
            .map(|text| {
                let mut vector = [0.0_f32; 512];
                for word in words(text) {
                    let hash = word.bytes().fold(7_u32, |hash, byte| hash.wrapping_mul(131).wrapping_add(u32::from(byte)));
                    vector[(hash % 509) as usize] = 1.0;
                }
                let length = vector.iter().sum::<f32>().sqrt().max(1.0);
                vector.map(|value| value / length).to_vec().into()
            })
            .collect())
    }
}

fn by_meaning() -> Repeats {
    Repeats::new(Some(Arc::new(Bag)))
}

fn said(n: i64, text: &str) -> Said<'_> {
    Said { conversation: ConversationId(n), contact: ContactId(n), at: Timestamp(n), text }
}

/// Messages of different people, after those before.
fn tell(repeats: &mut Repeats, from: i64, texts: &[&str]) -> Vec<u64> {
    texts.iter().zip(from..).map(|(text, n)| repeats.observe(&said(n, text)).unwrap().question().0).collect()
}

const EXPORT: [&str; 3] = ["export button does nothing here", "export button does nothing now", "the export button does nothing"];
const INVOICE: &str = "where can finance download old invoices";

#[test]
fn messages_join_what_they_repeat() {
    #[track_caller]
    fn check(texts: &[&str], expected: &[u64]) {
        let mut repeats = by_meaning();
        assert_eq!(tell(&mut repeats, 1, texts), expected, "{texts:?}");
    }
    check(&[EXPORT[0], INVOICE, EXPORT[1], EXPORT[2]], &[1, 2, 1, 1]);
    check(&["export", "import", "export"], &[1, 2, 1]);
    // Identical but for what they are about: never one question.
    check(&["error E1042 when I pay by card", "error E2077 when I pay by card", "error e-1042 when I pay by card"], &[1, 2, 1]);
    check(&["an error when I pay by card", "error E1042 when I pay by card", "error E2077 when I pay by card"], &[1, 1, 2]);
    check(&["where is my order 10023 now", "where is my order 10024 now"], &[1, 2]);
    check(&["price of the Pro plan please", "price of the Team plan please"], &[1, 2]);
    // Nothing that could be compared.
    let paste = "export button does nothing ".repeat(4_000);
    check(&["", "", "🙂🙂", "?!", &paste, &paste], &[1, 2, 3, 4, 5, 6]);
}

#[test]
fn what_is_not_sure_is_put_to_a_person() {
    let mut repeats = by_meaning();
    tell(&mut repeats, 1, &["alpha beta gamma delta epsilon", INVOICE]);
    match repeats.observe(&said(3, "alpha beta gamma other words")).unwrap() {
        Decision::Unsure { question, maybe, likeness } => {
            assert_eq!((question, maybe), (QuestionId(3), QuestionId(1)));
            assert!((0.5..0.66).contains(&likeness), "{likeness}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn three_people_make_a_proposal_and_it_is_named() {
    let mut repeats = by_meaning();
    for n in 0..10 {
        let again = Said { contact: ContactId(1), ..said(n, EXPORT[0]) };
        repeats.observe(&again).unwrap();
    }
    let question = QuestionId(1);
    assert_eq!(repeats.view(question).map(|v| (v.count, v.people)), Some((10, 1)));
    assert_eq!(repeats.proposal(question), None, "one person alone");
    // A second message of one conversation says nothing new about how many ask.
    let follow = Said { conversation: ConversationId(9), ..said(2, EXPORT[1]) };
    repeats.observe(&follow).unwrap();
    assert_eq!(repeats.view(question).map(|v| (v.count, v.people)), Some((10, 1)));
    tell(&mut repeats, 20, &EXPORT[1..]);
    let view = repeats.proposal(question).expect("three people");
    assert_eq!((view.count, view.people, view.conversations.len()), (12, 3, 12));
    assert_eq!(repeats.proposals(), std::slice::from_ref(&view));
    assert!(view.title.contains("export button does nothing") && view.wordings.len() >= 2, "{view:?}");
    // Its conversations are linked to the issue that was made of it.
    know(&mut repeats, 7, None, &[EXPORT[0], EXPORT[1]], &[]);
    view.conversations.iter().for_each(|conversation| repeats.forget(*conversation));
    assert_eq!((repeats.proposals(), repeats.view(question)), (vec![], None));
    assert_eq!(asks(&mut repeats, 30, "export button does nothing today"), Some(7));
    assert!(!repeats.holds(ConversationId(30)), "it is the issue's from now on");
}

#[test]
fn a_trend_compares_two_days() {
    const HOUR: i64 = 3_600_000_000;
    let mut repeats = by_meaning();
    for n in [0, 1, 30, 31, 32] {
        repeats.observe(&Said { at: Timestamp(n * HOUR), ..said(n, EXPORT[0]) }).unwrap();
    }
    assert_eq!(repeats.trend(QuestionId(1), Timestamp(40 * HOUR)), Trend { last_day: 3, day_before: 2 });
}

#[test]
fn what_was_linked_elsewhere_is_forgotten() {
    let mut repeats = by_meaning();
    tell(&mut repeats, 1, &EXPORT[..2]);
    repeats.forget(ConversationId(1));
    assert_eq!(repeats.view(QuestionId(1)).map(|v| (v.count, v.people)), Some((1, 1)));
    repeats.forget(ConversationId(2));
    assert!(repeats.is_empty());
    assert_eq!(tell(&mut repeats, 3, &EXPORT[2..]), [2]);
}

#[test]
fn who_said_the_same_words_still_waits() {
    let mut repeats = by_meaning();
    tell(&mut repeats, 1, &[INVOICE, INVOICE]);
    know(&mut repeats, 7, None, &[INVOICE], &[]);
    repeats.forget(ConversationId(1));
    assert!(repeats.holds(ConversationId(2)));
    assert_eq!(repeats.maybe(ConversationId(2)).map(|(issue, _)| issue), Some(IssueId(7)));
    assert_eq!(repeats.clear(IssueId(7), 10), [ConversationId(2)]);
    repeats.forget_issue(IssueId(7));
    assert_eq!(tell(&mut repeats, 3, &[INVOICE]), [1]);
    assert_eq!(repeats.view(QuestionId(1)).map(|v| (v.count, v.wordings)), Some((2, vec![INVOICE.to_owned()])));
}

/// Issue, parent, what belongs to it and what does not.
type Told<'t> = (i64, Option<i64>, &'t [&'t str], &'t [&'t str]);

fn know(repeats: &mut Repeats, issue: i64, parent: Option<i64>, wordings: &[&str], refused: &[&str]) {
    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let (wordings, refused) = (owned(wordings), owned(refused));
    repeats.know(&Known { issue: IssueId(issue), parent: parent.map(IssueId), wordings: &wordings, refused: &refused }).unwrap();
}

/// The issue that a message is found to ask about, in the same way whether it is looked at or taken in.
#[track_caller]
fn asks(repeats: &mut Repeats, n: i64, text: &str) -> Option<i64> {
    let looked = repeats.look(text).unwrap().map(|issue| issue.0);
    let decision = repeats.observe(&said(n, text)).unwrap();
    assert_eq!(repeats.issue_of(decision.question()).map(|issue| issue.0), looked, "{text}");
    looked
}

#[test]
fn what_belongs_to_an_issue_is_found_and_what_was_taken_out_is_not() {
    #[track_caller]
    fn check(known: &[Told<'_>], text: &str, expected: Option<i64>) {
        let mut repeats = by_meaning();
        tell(&mut repeats, 1, &[INVOICE, "alpha beta gamma"]);
        for (issue, parent, wordings, refused) in known {
            know(&mut repeats, *issue, *parent, wordings, refused);
        }
        assert_eq!(asks(&mut repeats, 100, text), expected, "{known:?}: {text}");
    }
    let today = "export button does nothing here today";
    check(&[], EXPORT[0], None);
    check(&[(7, None, &EXPORT, &[])], "export button does nothing", Some(7));
    check(&[(7, None, &EXPORT, &[])], INVOICE, None);
    check(&[(7, None, &EXPORT, &[])], "🙂", None);
    // Taken out: the like of it stays out, and nothing else.
    check(&[(7, None, &EXPORT, &[today])], today, None);
    check(&[(7, None, &EXPORT, &[today])], EXPORT[1], Some(7));
    // Taken back.
    check(&[(7, None, &EXPORT, &[today]), (7, None, &EXPORT, &[])], today, Some(7));
    // Merged: both attract, and their middle does not.
    let merged: [Told<'_>; 2] = [(7, None, &EXPORT, &[]), (8, Some(7), &[INVOICE, "where can finance download invoices"], &[])];
    check(&merged, INVOICE, Some(7));
    check(&merged, EXPORT[0], Some(7));
    check(&merged, "export invoices here", None);
    // What was merged may be known first, and parted again.
    check(&[merged[1], merged[0]], "where can finance download old invoices", Some(7));
    check(&[merged[0], merged[1], (8, None, merged[1].2, &[])], "where can finance download invoices", Some(8));
    // Split: each half has its own, also where another issue was merged in before that still has the words.
    check(&[(7, None, &EXPORT, &[today]), (9, None, &[today], &EXPORT)], today, Some(9));
    check(&[(7, None, &EXPORT, &[today]), (9, None, &[today], &EXPORT)], EXPORT[2], Some(7));
    check(&[(7, None, &EXPORT, &[today]), (8, Some(7), &[today], &[]), (9, None, &[today], &[])], today, Some(9));
}

#[test]
fn a_conversation_is_compared_by_what_says_something() {
    fn check(texts: &[&str], expected: Option<&str>) {
        assert_eq!(wording(texts.iter().copied()).as_deref(), expected, "{texts:?}");
    }
    check(&[], None);
    check(&["🙂", ""], None);
    check(&["Hello?", "The export button does nothing", "Thanks"], Some("The export button does nothing"));
    check(&["Hi", "export"], Some("Hi"));
    let long = wording(["export button ".repeat(100).as_str()]).unwrap();
    assert!(long.starts_with("export button export") && long.ends_with('…') && long.chars().count() <= 301, "{long}");
}

#[test]
fn a_settled_issue_attracts_nothing() {
    let mut repeats = by_meaning();
    know(&mut repeats, 7, None, &EXPORT, &[]);
    know(&mut repeats, 8, Some(7), &[INVOICE], &[]);
    assert_eq!(repeats.issues().count(), 2);
    repeats.forget_issue(IssueId(8));
    repeats.forget_issue(IssueId(7));
    repeats.forget_issue(IssueId(99));
    assert!(repeats.is_empty() && repeats.issues().count() == 0);
    assert_eq!(asks(&mut repeats, 1, EXPORT[0]), None);
}

#[test]
fn a_veto_looks_at_what_is_nearer() {
    let mut repeats = by_meaning();
    know(&mut repeats, 7, None, &EXPORT[..2], &[INVOICE]);
    know(&mut repeats, 8, None, &[], &[INVOICE]);
    let check = |issue: i64, text: &str, expected: bool| assert_eq!(repeats.refuses(IssueId(issue), text).unwrap(), expected, "{issue}: {text}");
    check(7, INVOICE, true);
    check(7, EXPORT[2], false);
    check(8, INVOICE, true);
    check(8, EXPORT[2], false);
    check(9, INVOICE, false);
    check(7, "?!", false);
}

#[test]
fn what_may_belong_is_shown_from_both_sides() {
    let mut repeats = by_meaning();
    let maybe = "alpha beta gamma other words";
    tell(&mut repeats, 1, &[maybe, INVOICE, "nothing to do with it"]);
    know(&mut repeats, 7, None, &["alpha beta gamma delta epsilon"], &[]);
    let possible = repeats.possible(IssueId(7), 10);
    assert_eq!(possible.iter().map(|(c, _)| c.0).collect::<Vec<_>>(), [1]);
    assert_eq!(repeats.maybe(ConversationId(1)).map(|(issue, _)| issue), Some(IssueId(7)));
    assert_eq!((repeats.maybe(ConversationId(2)), repeats.maybe(ConversationId(99))), (None, None));
    assert!(repeats.clear(IssueId(7), 10).is_empty(), "not sure enough");
    assert!(repeats.possible(IssueId(7), 0).is_empty() && repeats.possible(IssueId(99), 10).is_empty());
    // Said not to belong: it is not shown again.
    know(&mut repeats, 7, None, &["alpha beta gamma delta epsilon"], &[maybe]);
    assert_eq!((repeats.possible(IssueId(7), 10), repeats.maybe(ConversationId(1))), (vec![], None));
    // Two issues that may be one, unless a person told them apart.
    know(&mut repeats, 8, None, &["alpha beta gamma delta zeta"], &[]);
    assert_eq!(repeats.alike(IssueId(8)).map(|(issue, _)| issue), Some(IssueId(7)));
    know(&mut repeats, 7, None, &["alpha beta gamma delta epsilon"], &["alpha beta gamma delta zeta"]);
    assert_eq!((repeats.alike(IssueId(8)), repeats.alike(IssueId(99))), (None, None));
}

#[test]
fn a_question_is_split_where_it_is_two() {
    #[track_caller]
    fn check(texts: &[&str], expected: &[&[i64]]) {
        let repeats = by_meaning();
        let messages: Vec<Said<'_>> = texts.iter().zip(1..).map(|(text, n)| said(n, text)).collect();
        let parts = repeats.parts(&messages).unwrap();
        let found: Vec<Vec<i64>> = parts.iter().map(|part| part.conversations.iter().map(|c| c.0).collect()).collect();
        assert_eq!(found, expected, "{parts:?}");
        assert!(parts.iter().all(|part| !part.title.is_empty() && (1..=5).contains(&part.wordings.len())), "{parts:?}");
    }
    check(&[], &[]);
    check(&["🙂", "?"], &[]);
    check(&[INVOICE], &[&[1]]);
    check(&[INVOICE, INVOICE, INVOICE], &[&[1, 2, 3]]);
    check(&[EXPORT[0], INVOICE, EXPORT[1], "🙂", EXPORT[2], "where can finance download invoices"], &[&[1, 3, 5], &[2, 6]]);
}

#[test]
fn memory_is_bounded_and_what_matters_stays() {
    let mut repeats = Repeats::with_limit(Some(Arc::new(Bag)), 64);
    know(&mut repeats, 7, None, &[INVOICE], &[]);
    tell(&mut repeats, 2, &EXPORT);
    for n in 10..2_000 {
        let text = format!("alpha{n} beta{} gamma{} delta{}", n * 3, n * 5, n * 7);
        repeats.observe(&said(n, &text)).unwrap();
    }
    assert!(repeats.len() <= 64);
    assert_eq!(asks(&mut repeats, 3_000, INVOICE), Some(7));
    for n in 0..500 {
        repeats.observe(&said(4_000 + n, EXPORT[(n % 3) as usize])).unwrap();
    }
    let question = &repeats.questions[repeats.slots[&QuestionId(2)]];
    assert!(question.members.len() <= 8 && question.conversations.len() <= 64);
    assert_eq!(repeats.view(QuestionId(2)).map(|v| v.count), Some(503));
    // An issue with more wordings than are compared keeps the first and the newest.
    let many: Vec<String> = (0..50).map(|n| format!("wording{n} of{n} one{n} issue{n}")).collect();
    repeats.know(&Known { issue: IssueId(9), parent: None, wordings: &many, refused: &many }).unwrap();
    let question = &repeats.questions[repeats.slots[&repeats.issues[&IssueId(9)]]];
    assert_eq!((question.members.len(), question.refused.len(), &*question.members[15].text), (16, 16, many[49].as_str()));
}

#[test]
fn without_an_encoder_words_are_compared() {
    #[track_caller]
    fn check(texts: &[&str], together: usize) {
        let mut repeats = Repeats::new(None);
        assert!(!repeats.by_meaning());
        tell(&mut repeats, 1, texts);
        let most = repeats.most_asked(1).first().map_or(0, |view| view.count);
        assert_eq!(most, together as u64, "{texts:?}");
    }
    check(&["The export button does nothing", "export button doesn't do anything", "Hi, the export button does nothing when I click it"], 3);
    check(&["The export button does nothing", "Where is my invoice?", "the EXPORT button does nothing!!", "export button does nothing here"], 3);
    check(&["The export button does nothing", "Where is my invoice?", "Can I pay in dollars?", "My guests are gone"], 1);
    check(&["Is there a student price?", "Is there a dark mode?", "Is there a Linux app?", "Is there an API?"], 1);
}

#[test]
fn an_encoder_that_fails_changes_nothing() {
    struct Broken;
    impl Encoder for Broken {
        fn id(&self) -> &'static str {
            "broken"
        }
        fn dimensions(&self) -> usize {
            4
        }
        fn encode(&self, _: &[&str]) -> Result<Vec<Vector>, EncodeError> {
            Err(EncodeError("out of memory".into()))
        }
    }
    let mut repeats = Repeats::new(Some(Arc::new(Broken)));
    assert!(repeats.observe(&said(1, "hello there")).is_err());
    let known = ["a wording of an issue".to_owned()];
    assert!(repeats.know(&Known { issue: IssueId(7), parent: None, wordings: &known, refused: &[] }).is_err());
    assert!(repeats.look("hello there").is_err() && repeats.refuses(IssueId(7), "hello").is_ok_and(|refuses| !refuses));
    assert!(repeats.is_empty() && repeats.named == 0 && repeats.issues().count() == 0);
}

proptest! {
    #[test]
    fn batches_change_nothing_and_counts_add_up(texts in prop::collection::vec("(export|button|nothing|does|invoice|why|\\?|é|🙂| )*", 0..60), words_only: bool) {
        let new = || if words_only { Repeats::new(None) } else { by_meaning() };
        let (mut one, mut all) = (new(), new());
        let messages: Vec<Said<'_>> = texts.iter().zip(0..).map(|(text, n)| said(n, text)).collect();
        let batch = all.observe_all(&messages).unwrap();
        for (message, decision) in messages.iter().zip(&batch) {
            prop_assert_eq!(&one.observe(message).unwrap(), decision);
        }
        let counted: u64 = one.most_asked(usize::MAX).iter().map(|view| view.count).sum();
        let alone = batch.iter().filter(|d| matches!(d, Decision::Alone { .. })).count() as u64;
        let forgotten = batch.iter().filter(|d| d.is_new() && one.view(d.question()).is_none()).count() as u64;
        prop_assert!(forgotten >= alone && counted + alone <= texts.len() as u64);
    }

    /// What is known of issues is the same whatever was known before and in whatever order it is told.
    #[test]
    fn issues_are_what_is_known_of_them_now(
        before in prop::collection::vec((1_i64..6, prop::option::of(1_i64..6), prop::collection::vec("(alpha|beta|gamma|delta) (one|two) [a-c]", 0..4)), 0..12),
        order in Just(vec![1_i64, 2, 3, 4, 5]).prop_shuffle(),
        asked in prop::collection::vec("(alpha|beta|gamma|delta) (one|two) [a-c]", 1..8),
    ) {
        let now = |issue: i64| -> (Option<i64>, Vec<String>, Vec<String>) {
            let words = ["alpha", "beta", "gamma", "delta", "alpha"];
            let text = |n: &str| format!("{} {n} a", words[issue as usize - 1]);
            ((issue == 4).then_some(2), vec![text("one"), text("two")], if issue == 5 { vec![text("two")] } else { vec![] })
        };
        let (mut one, mut other) = (by_meaning(), by_meaning());
        for (issue, parent, wordings) in &before {
            one.know(&Known { issue: IssueId(*issue), parent: parent.map(IssueId), wordings, refused: &[] }).unwrap();
        }
        for (repeats, order) in [(&mut one, &order), (&mut other, &vec![1, 2, 3, 4, 5])] {
            for issue in order {
                let (parent, wordings, refused) = now(*issue);
                repeats.know(&Known { issue: IssueId(*issue), parent: parent.map(IssueId), wordings: &wordings, refused: &refused }).unwrap();
            }
        }
        for text in &asked {
            prop_assert_eq!(one.refuses(IssueId(5), text).unwrap(), other.refuses(IssueId(5), text).unwrap());
            // Equal ones are told apart by which was known first.
            let (mine, theirs) = (one.look(text).unwrap(), other.look(text).unwrap());
            prop_assert!(mine == theirs || mine.is_some() && theirs.is_some(), "{:?} {:?} {}", mine, theirs, text);
        }
    }
}
