use super::*;

const EARLY: Timestamp = Timestamp(1_000);
const LATE: Timestamp = Timestamp(2_000);

fn read() -> Triage {
    Triage { scope: Scope::In, scenario: Some("price".into()), category: Some("billing".into()), severity: Severity::Normal, ..Triage::default() }
}

fn with(change: impl FnOnce(&mut Correction)) -> Correction {
    let mut c = Correction::default();
    change(&mut c);
    c
}

#[test]
fn what_was_corrected_is_marked_and_the_way_back_takes_the_mark_away() {
    #[track_caller]
    fn check(from: &Triage, there: &Correction, back: &Correction, reason: &str) {
        let corrected = from.corrected(there, "Aiko", EARLY);
        assert!(!corrected.corrections.is_empty() && corrected.corrected_by.as_deref() == Some("Aiko"), "{corrected:?}");
        assert_eq!(corrected.reasons.last().unwrap(), reason);
        assert_eq!(corrected.corrections.last(), Some(EARLY));
        let undone = corrected.corrected(back, "Ben", LATE);
        assert!(undone.corrections.is_empty() && undone.corrected_by.is_none(), "{undone:?}");
        assert!(undone.reasons.last().unwrap().starts_with("Ben took back: "), "{:?}", undone.reasons);
        assert_eq!(Triage { reasons: from.reasons.clone(), ..undone }, *from);
    }
    let t = read();
    check(&t, &with(|c| c.scope = Some(Scope::Out)), &with(|c| c.scope = Some(Scope::In)), "Aiko corrected: scope in → out.");
    check(
        &t,
        &with(|c| c.severity = Some(Severity::High)),
        &with(|c| c.severity = Some(Severity::Normal)),
        "Aiko corrected: severity normal → high.",
    );
    check(&t, &with(|c| c.reassurance = Some(true)), &with(|c| c.reassurance = Some(false)), "Aiko corrected: reassurance no → yes.");
    check(&t, &with(|c| c.scenario = Some("seats".into())), &with(|c| c.scenario = Some("price".into())), "Aiko corrected: scenario price → seats.");
    check(&t, &with(|c| c.scenario = Some(String::new())), &with(|c| c.scenario = Some("price".into())), "Aiko corrected: scenario price → none.");
    let none = Triage { scenario: None, ..read() };
    check(
        &none,
        &with(|c| c.category = Some("access".into())),
        &with(|c| c.category = Some("billing".into())),
        "Aiko corrected: category billing → access.",
    );
    let urgent = Triage { urgent: Some(Urgency::Legal), severity: Severity::High, ..read() };
    check(&urgent, &with(|c| c.severity = Some(Severity::Low)), &with(|c| c.severity = Some(Severity::High)), "Aiko corrected: severity high → low.");
}

#[test]
fn a_second_correction_keeps_what_the_product_had_read() {
    let once = read().corrected(&with(|c| c.severity = Some(Severity::High)), "Aiko", EARLY);
    let twice = once.corrected(&with(|c| c.severity = Some(Severity::Low)), "Ben", LATE);
    assert_eq!(twice.corrections.severity, Some(Mark { was: Severity::Normal, by: "Ben".into(), at: LATE }));
    let both = twice.corrected(&with(|c| c.reassurance = Some(true)), "Cem", LATE);
    let back = both.corrected(&with(|c| c.severity = Some(Severity::Normal)), "Ben", LATE);
    assert!(back.corrections.severity.is_none() && back.corrections.reassurance.is_some());
    assert_eq!(back.corrected_by.as_deref(), Some("Ben"));
}

#[test]
fn a_scenario_that_is_chosen_takes_away_a_corrected_category() {
    let none = Triage { scenario: None, category: None, ..read() };
    let category = none.corrected(&with(|c| c.category = Some("access".into())), "Aiko", EARLY);
    let scenario = category.corrected(&with(|c| c.scenario = Some("seats".into())), "Aiko", LATE);
    assert!(scenario.corrections.category.is_none());
    let back = scenario.corrected(&with(|c| c.scenario = Some(String::new())), "Aiko", LATE);
    assert_eq!((back.category, back.corrections.is_empty()), (None, true));
}

#[test]
fn nothing_given_changes_nothing() {
    assert_eq!(read().corrected(&Correction::default(), "Aiko", EARLY), read());
    assert_eq!(read().corrected(&with(|c| c.scenario = Some("price".into())), "Aiko", EARLY), read());
}
