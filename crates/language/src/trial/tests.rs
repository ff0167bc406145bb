use super::*;

pub(crate) const TOPICS: [&str; 8] = ["invoice", "guest", "password", "export", "calendar", "storage", "language", "printer"];
const FRAMES: [&str; 10] = [
    "how do I change the {}",
    "the {} does not work",
    "where did the {} go",
    "I cannot find my {} any more",
    "is there a new {} now",
    "please help me with the {}",
    "what happened to our {}",
    "who may see the {}",
    "the {} looks wrong to me",
    "can we keep the old {}",
];

pub(crate) fn wording(topic: &str, frame: usize) -> String {
    FRAMES[frame].replace("{}", topic)
}

fn items() -> Vec<Item> {
    TOPICS.iter().map(|topic| Item { phrases: std::iter::once((*topic).to_owned()).chain((0..5).map(|f| wording(topic, f))).collect() }).collect()
}

fn outcomes(each: usize) -> Vec<Confirmed> {
    let mut list = Vec::new();
    for n in 0..each {
        for (number, topic) in TOPICS.iter().enumerate() {
            list.push(Confirmed {
                text: format!("{} since {}", wording(topic, 5 + n % 5), ["monday", "june", "yesterday", "today"][n / 5 % 4]),
                answer: Some(number),
            });
        }
        list.push(Confirmed { text: format!("what will the weather be like in town {n}"), answer: None });
    }
    list
}

fn settings(wrong_rate: f64) -> Settings {
    Settings { wrong_rate, outside: None }
}

#[test]
fn confirmed_outcomes_give_a_threshold_and_answers() {
    let asked: Vec<String> = TOPICS.iter().map(|t| wording(t, 7)).chain(["tell me a joke about the moon".into()]).collect();
    let texts: Vec<&str> = asked.iter().map(String::as_str).collect();
    let tried = run(&items(), &outcomes(40), &texts, None, &settings(0.1)).unwrap();
    assert_eq!(tried.source, Source::Confirmed);
    assert_eq!(tried.outcomes, 360);
    let found = tried.threshold.unwrap();
    assert!(found.bound <= 0.1 && found.outcomes == 360, "{found:?}");
    for (number, verdict) in tried.verdicts[..8].iter().enumerate() {
        assert_eq!(verdict.answer, Ok(number), "{verdict:?}");
        assert_eq!(verdict.top.len(), TOP);
        assert_eq!(verdict.confidence, verdict.top[0].1);
    }
    assert_eq!(tried.verdicts[8].answer, Err(Held::Unsure), "{:?}", tried.verdicts[8]);
}

#[test]
fn odd_messages_go_to_a_person() {
    let paste = "log line without end ".repeat(5_000);
    let texts =
        ["", "🙂🙂", "Warum ist meine Rechnung plötzlich so hoch?", paste.as_str(), "how do I change the invoice, and how do I change the printer?"];
    let tried = run(&items(), &outcomes(40), &texts, None, &settings(0.1)).unwrap();
    let held: Vec<_> = tried.verdicts.iter().map(|v| v.answer.unwrap_err()).collect();
    assert_eq!(held[..3], [Held::NoWords, Held::NoWords, Held::Foreign("German")]);
    assert_eq!((tried.verdicts[0].confidence, tried.verdicts[0].top.len()), (0.0, 0));
    assert_eq!(held[3..], [Held::Unsure, Held::TwoQuestions]);
}

#[test]
fn too_few_outcomes_answer_nothing_but_rank() {
    let tried = run(&items(), &outcomes(2), &["how do I change the printer"], None, &settings(0.02)).unwrap();
    assert_eq!(tried.threshold, Err(Refused::TooFew { more: 149 - 18 }));
    assert_eq!((tried.verdicts[0].answer, tried.verdicts[0].top[0].0), (Err(Held::Unsure), 7));
}

#[test]
fn no_outcome_is_judged_by_a_model_that_saw_its_text() {
    // Texts without sense with answers at random: whoever knows one has seen it.
    let list: Vec<Confirmed> = (0..400_u64)
        .map(|n| {
            let mixed = (n * 2 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let text = (0..11).map(|i| if i == 5 { ' ' } else { char::from(b'a' + ((mixed >> (5 * i)) % 25) as u8) }).collect();
            Confirmed { text, answer: Some((mixed >> 57) as usize % TOPICS.len()) }
        })
        .collect();
    let twice: Vec<Confirmed> = list.iter().flat_map(|c| [c.clone(), Confirmed { text: c.text.to_uppercase(), answer: c.answer }]).collect();
    let corpus = Corpus::new(used(&items()), TOPICS.len(), &twice);
    let vectors = Encoded::new(&Letters, corpus.texts()).unwrap();
    let judging = folds::judge(&corpus, &vectors.of(corpus.texts()), 0);
    let right = judging.outcomes.iter().filter(|o| o.right).count() as f64 / judging.outcomes.len() as f64;
    assert_eq!(judging.outcomes.len(), 800);
    assert!(right < 0.2, "{right} right, where chance gives 0.125");
}

#[test]
fn without_outcomes_the_wordings_stand_in() {
    let texts: Vec<String> = TOPICS.iter().map(|t| wording(t, 8)).collect();
    let tried = run(&items(), &[], &texts.iter().map(String::as_str).collect::<Vec<_>>(), None, &settings(0.02)).unwrap();
    assert_eq!((tried.source, tried.outcomes, tried.outside), (Source::Wordings, 40, (USUAL_OUTSIDE, ShareFrom::Assumed)));
    assert_eq!(tried.threshold, Err(Refused::TooFew { more: 109 }));
    let given = run(&items(), &[], &[], None, &Settings { wrong_rate: 0.02, outside: Some(0.3) }).unwrap();
    assert_eq!((given.verdicts.len(), given.outside), (0, (0.3, ShareFrom::Given)));
}
