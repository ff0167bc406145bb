use super::*;
use crate::letters::Letters;
use crate::trial::tests::{TOPICS, wording};

/// Eight answers, then two examples of what is out of scope.
fn items() -> Vec<Item> {
    let answers =
        TOPICS.iter().map(|topic| Item { phrases: std::iter::once((*topic).to_owned()).chain((0..5).map(|f| wording(topic, f))).collect() });
    let out = ["do you have any jobs", "what will the weather be like"].map(|text| Item { phrases: vec![text.into()] });
    answers.chain(out).collect()
}

/// One for each topic, and one that no answer fits, `rounds` times.
fn outcomes(rounds: usize) -> Vec<Confirmed> {
    let mut list = vec![];
    for n in 0..rounds {
        let day = ["monday", "june", "yesterday", "today"][n / 5 % 4];
        list.extend(
            TOPICS
                .iter()
                .enumerate()
                .map(|(number, topic)| Confirmed { text: format!("{} since {day}", wording(topic, 5 + n % 5)), answer: Some(number) }),
        );
        list.push(Confirmed { text: format!("what will the weather be like in town {n}"), answer: None });
    }
    list
}

fn encoders() -> [Option<Arc<dyn Encoder>>; 2] {
    [None, Some(Arc::new(Letters))]
}

fn fit(confirmed: &[Confirmed], encoder: Option<&Arc<dyn Encoder>>) -> Fit {
    Fit::new(&items(), TOPICS.len(), confirmed, encoder).unwrap()
}

#[test]
fn too_few_say_how_many_more_are_needed() {
    #[track_caller]
    fn check(outcomes: &[Confirmed], wrong_rate: f64, more: usize) {
        for encoder in encoders() {
            assert_eq!(fit(outcomes, encoder.as_ref()).threshold(wrong_rate), Err(Refused::TooFew { more }));
        }
    }
    check(&[], 0.02, 149);
    check(&outcomes(2), 0.02, 149 - 18);
    check(&outcomes(2), 0.05, 59 - 18);
    // Babble is nothing that could be judged.
    check(&[Confirmed { text: "?!".into(), answer: None }], 0.2, 14);
}

#[test]
fn enough_right_ones_give_a_threshold_and_wrong_ones_take_it_back() {
    for encoder in encoders() {
        let right = fit(&outcomes(40), encoder.as_ref());
        let found = right.threshold(0.1).unwrap();
        assert!(found.bound <= 0.1 && found.outcomes == 360 && found.answered > 0.4, "{found:?}");
        assert!(right.error < 0.25, "{}", right.error);
        // The other way round: people say that each answer is the next one's.
        let mut wrong = outcomes(40);
        for one in wrong.iter_mut().filter(|c| c.answer.is_some()) {
            one.answer = None;
        }
        let refused = fit(&wrong, encoder.as_ref()).threshold(0.02).unwrap_err();
        assert!(matches!(refused, Refused::TooOftenWrong { .. }), "{refused:?}");
    }
}

#[test]
fn the_same_outcomes_give_the_same_fit() {
    for encoder in encoders() {
        let (one, other) = (fit(&outcomes(10), encoder.as_ref()), fit(&outcomes(10), encoder.as_ref()));
        assert_eq!(one.threshold(0.1), other.threshold(0.1));
        assert_eq!((&one.judged, one.error, &one.calibrator), (&other.judged, other.error, &other.calibrator));
    }
}

#[test]
fn a_stricter_rate_never_answers_more() {
    for encoder in encoders() {
        let answered: Vec<f64> = fit(&outcomes(40), encoder.as_ref()).trade_off().iter().map(|p| p.threshold.map_or(0.0, |t| t.answered)).collect();
        assert!(answered.windows(2).all(|pair| pair[0] <= pair[1]), "{answered:?}");
    }
}

#[test]
fn an_example_of_what_is_out_is_no_answer() {
    // Every one of these is nearest to an example of what is out of scope: none would have been answered wrongly.
    let out: Vec<Confirmed> = (0..30).map(|n| Confirmed { text: format!("what will the weather be like in town {n}"), answer: None }).collect();
    for encoder in encoders() {
        let found = fit(&[outcomes(20), out.clone()].concat(), encoder.as_ref());
        let sure_and_wrong = found.judged.iter().filter(|j| !j.inside && j.confidence >= 0.5).count();
        assert_eq!(sure_and_wrong, 0);
        assert!((found.outside.0 - 50.0 / 210.0).abs() < 0.01 && found.outside.1 == ShareFrom::Outcomes, "{:?}", found.outside);
    }
}

/// A message with two questions goes to a person: that its best match is the answer to one of them is no mistake of the assistant.
#[test]
fn two_questions_are_no_wrong_answer() {
    for encoder in encoders() {
        let mut all = outcomes(60);
        let before = fit(&all, encoder.as_ref());
        all.extend((0..4).map(|n| {
            let (one, other) = (TOPICS[2 * n], TOPICS[2 * n + 1]);
            Confirmed { text: format!("How big may an {one} be, and how big may any {other} be?"), answer: Some(2 * n + 1) }
        }));
        let after = fit(&all, encoder.as_ref());
        let sure_and_wrong = |fit: &Fit| fit.judged.iter().filter(|j| !j.right && j.confidence > 0.5).count();
        assert_eq!(sure_and_wrong(&after), sure_and_wrong(&before));
        let not_answered = |fit: &Fit| fit.judged.iter().filter(|j| j.inside && j.confidence == 0.0).count();
        assert_eq!((not_answered(&before), not_answered(&after)), (0, 4));
    }
}
