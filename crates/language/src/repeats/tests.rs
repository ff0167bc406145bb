use super::*;
use crate::encoder::Vector;
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
    assert_eq!((view.count, view.people, view.conversations.len(), view.confirmed), (12, 3, 12, false));
    assert!(view.title.contains("export button does nothing") && view.wordings.len() >= 2, "{view:?}");
    repeats.bind(question, IssueId(7));
    assert_eq!(repeats.proposal(question), None, "it is proposed once");
    tell(&mut repeats, 30, &["export button does nothing today"]);
    assert_eq!(repeats.view(question).map(|v| (v.issue, v.count)), Some((Some(IssueId(7)), 13)));
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
    repeats.bind(QuestionId(2), IssueId(1));
    repeats.forget(ConversationId(3));
    assert_eq!(repeats.view(QuestionId(2)).map(|v| v.count), Some(1), "an issue keeps what it has");
}

#[test]
fn merging_is_learned_and_undone() {
    let mut repeats = by_meaning();
    tell(&mut repeats, 1, &[EXPORT[0], EXPORT[1], INVOICE]);
    let (export, invoice) = (QuestionId(1), QuestionId(3 - 1));
    let undo = repeats.merge(export, invoice).unwrap();
    assert_eq!(repeats.merge(invoice, export).unwrap_err(), Unknown::Same(export));
    // What asks the one merged counts for the other, and nothing in between is attracted.
    assert_eq!(repeats.observe(&said(10, INVOICE)).unwrap().question(), export);
    assert_eq!(repeats.view(invoice).map(|v| (v.question, v.count, v.people)), Some((export, 4, 4)));
    assert_eq!(repeats.most_asked(5).len(), 1);
    repeats.undo(undo).unwrap();
    assert_eq!(repeats.view(invoice).map(|v| (v.question, v.count)), Some((invoice, 2)), "what came since stays where it joined");
    assert_eq!(repeats.view(export).map(|v| v.count), Some(2));
}

#[test]
fn splitting_is_learned_and_undone() {
    let mut repeats = by_meaning();
    let other = "export button does nothing here today";
    assert_eq!(tell(&mut repeats, 1, &[EXPORT[0], EXPORT[1], other]), [1, 1, 1]);
    let old = QuestionId(1);
    let (new, undo) = repeats.split(old, &[said(3, other)]).unwrap();
    assert_eq!(repeats.view(old).map(|v| v.count), Some(2));
    assert!(repeats.told_apart(new, old) && repeats.view(new).is_some_and(|v| v.confirmed && v.count == 1));
    assert_eq!(repeats.observe(&said(4, other)).unwrap().question(), new);
    assert_eq!(repeats.observe(&said(5, EXPORT[1])).unwrap().question(), old);
    repeats.undo(undo).unwrap();
    assert!(!repeats.told_apart(new, old));
    assert_eq!(repeats.view(new).map(|v| (v.question, v.count)), Some((old, 5)));
    assert_eq!(repeats.split(old, &[said(9, "🙂")]).unwrap_err(), Unknown::Nothing);
    assert_eq!(repeats.split(QuestionId(99), &[]).unwrap_err(), Unknown::Question(QuestionId(99)));
}

#[test]
fn attaching_and_detaching_are_learned_and_undone() {
    let mut repeats = by_meaning();
    let maybe = "export button stays grey forever";
    assert_eq!(tell(&mut repeats, 1, &[EXPORT[0], EXPORT[1], maybe]), [1, 1, 2]);
    let undo = repeats.attach(QuestionId(1), &said(3, maybe)).unwrap();
    assert_eq!(repeats.view(QuestionId(1)).map(|v| v.count), Some(3));
    assert_eq!(repeats.view(QuestionId(2)), None, "nothing is left of it");
    let likeness = |repeats: &mut Repeats, n| repeats.observe(&said(n, maybe)).unwrap();
    assert_eq!(likeness(&mut repeats, 4).question(), QuestionId(1), "the same wording joins now");
    repeats.undo(undo).unwrap();
    repeats.forget(ConversationId(4));
    assert_eq!(repeats.view(QuestionId(1)).map(|v| v.count), Some(2));

    let out = "export button does nothing here today";
    assert_eq!(repeats.observe(&said(5, out)).unwrap().question(), QuestionId(1));
    let undo = repeats.detach(QuestionId(1), &said(5, out)).unwrap();
    assert_eq!(repeats.view(QuestionId(1)).map(|v| v.count), Some(2));
    let alone = repeats.observe(&said(6, out)).unwrap();
    assert!(alone.is_new(), "{alone:?}");
    repeats.forget(ConversationId(6));
    repeats.undo(undo).unwrap();
    assert_eq!(repeats.view(QuestionId(1)).map(|v| v.count), Some(3));
    assert_eq!(repeats.observe(&said(7, out)).unwrap().question(), QuestionId(1));
}

#[test]
fn memory_is_bounded_and_what_matters_stays() {
    let mut repeats = Repeats::with_limit(Some(Arc::new(Bag)), 64);
    tell(&mut repeats, 1, &[INVOICE]);
    let undo = repeats.confirm(QuestionId(1)).unwrap();
    tell(&mut repeats, 2, &EXPORT);
    for n in 10..2_000 {
        let text = format!("alpha{n} beta{} gamma{} delta{}", n * 3, n * 5, n * 7);
        repeats.observe(&said(n, &text)).unwrap();
    }
    assert!(repeats.len() <= 64);
    assert_eq!(tell(&mut repeats, 3_000, &[INVOICE, EXPORT[0]]), [1, 2]);
    for n in 0..500 {
        repeats.observe(&said(4_000 + n, EXPORT[(n % 3) as usize])).unwrap();
    }
    let question = &repeats.questions[repeats.slots[&QuestionId(2)]];
    assert!(question.members.len() <= 8 && question.conversations.len() <= 64);
    assert_eq!(repeats.view(QuestionId(2)).map(|v| v.count), Some(504));
    repeats.undo(undo).unwrap();
    assert_eq!(repeats.view(QuestionId(1)).map(|v| v.confirmed), Some(false));
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
    assert!(repeats.is_empty() && repeats.named == 0);
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
}
