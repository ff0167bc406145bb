//! Handing over: by acknowledgement, by the backup, by nobody.

use super::*;

#[test]
fn duty_passes_when_the_next_person_says_so() {
    let mut run = Run::live(three_days());
    run.owner("16T08:00", Some("a"));
    assert_eq!(run.rota.next, Some(t("16T15:30")));
    run.takes_over("16T15:40", "b");
    run.owner("16T15:50", Some("a"));
    run.owner("16T16:00", Some("b"));
    assert_eq!(run.names(), ["rota.live", "rota.handover_opened", "rota.handover_acknowledged"]);
    let record = &run.rota.handovers[0];
    assert_eq!((record.outgoing.as_deref(), record.incoming.as_str(), record.backup.as_deref()), (Some("a"), "b", Some("mara")));
    // Again it changes nothing.
    assert_eq!(run.good("16T16:01", Command::Acknowledge { handover: record_id(&run), by: "b".into(), note: serde_json::Value::Null }), []);
}

fn record_id(run: &Run) -> RotaEntryId {
    run.rota.handovers.last().unwrap().id
}

#[test]
fn without_an_acknowledgement_the_outgoing_person_stays_and_the_backup_is_called_once() {
    let mut run = Run::live(three_days());
    run.until("16T16:14");
    assert_eq!(run.names(), ["rota.live", "rota.handover_opened"]);
    run.until("16T16:15");
    assert_eq!(run.said[2], Event::BackupCalled { handover: record_id(&run), backup: Some("mara".into()), stays: Some("a".into()) });
    run.until("16T23:00");
    assert_eq!(run.names().iter().filter(|n| **n == "rota.backup_called").count(), 1);
    let owner = run.rota.owner_at(t("16T18:00")).unwrap();
    assert_eq!((owner.person.as_str(), owner.late_since), ("a", Some(t("16T16:00"))));
    assert_eq!(run.rota.next_after(t("16T18:00")), Some(("b".into(), t("16T16:00"))));
    // The backup takes over, then the person who was asleep.
    run.refused(
        "16T18:00",
        Command::Acknowledge { handover: record_id(&run), by: "c".into(), note: serde_json::Value::Null },
        "mara, who was called",
    );
    run.takes_over("16T18:30", "mara");
    run.owner("16T18:29", Some("a"));
    run.owner("16T18:31", Some("mara"));
    run.takes_over("16T20:00", "b");
    run.owner("16T21:00", Some("b"));
    // What has been stays as it was.
    run.owner("16T18:29", Some("a"));
    run.owner("16T19:00", Some("mara"));
}

#[test]
fn after_a_gap_the_schedule_gives_the_duty_and_the_backup_is_called_all_the_same() {
    let mut run = Run::live(base(&[("a", "16T08:00", "16T16:00"), ("b", "17T08:00", "17T16:00")]));
    run.owner("16T20:00", None);
    run.until("17T08:20");
    run.owner("17T08:20", Some("b"));
    assert_eq!(run.names(), ["rota.live", "rota.handover_opened", "rota.backup_called"]);
    assert_eq!(run.rota.handovers[0].outgoing, None);
}

#[test]
fn a_note_is_written_by_who_goes_and_kept_until_the_shift_is_over() {
    let mut run = Run::live(three_days());
    run.until("16T15:31");
    let write = |run: &Run, by: &str, text: &str| Command::Write {
        handover: record_id(run),
        section: Section::Watch,
        text: text.into(),
        by: by.into(),
        lead: false,
    };
    run.refused("16T15:31", write(&run, "b", "Hm."), "a's to write");
    run.good("16T15:32", write(&run, "a", "  Card payments in Norway. "));
    assert_eq!(run.rota.handovers[0].written[&Section::Watch], "Card payments in Norway.");
    assert_eq!(run.good("16T15:33", write(&run, "a", "Card payments in Norway.")), []);
    run.good("16T15:34", write(&run, "a", ""));
    assert!(run.rota.handovers[0].written.is_empty());
    run.takes_over("16T15:40", "b");
    run.refused("16T15:41", write(&run, "a", "Late."), "done");
}

#[test]
fn a_person_whose_time_goes_on_has_nothing_to_take_over() {
    let mut run = Run::live(three_days());
    run.until("16T16:15");
    run.takes_over("16T17:00", "mara");
    // Mara stands in for c too, who is next, and is the owner already then.
    let replace = OverrideChange::Replace { who: "c".into(), by: "mara".into() };
    run.good("16T18:00", Command::AddOverride { when: period("17T00:00", "17T04:00"), role: DutyRole::DecisionOwner, change: replace, over: false });
    run.until("17T00:30");
    run.owner("17T00:30", Some("mara"));
    assert_eq!(run.names().iter().filter(|n| **n == "rota.backup_called").count(), 1, "{:?}", run.names());
}

#[test]
fn the_clocks_change_and_a_turn_is_an_hour_longer() {
    // On 25 October 2026 clocks go back at 03:00 in Berlin.
    let rotation = RotationSpec {
        start: "2026-10-20T08:00".into(),
        zone: None,
        cadence: crate::rota::Cadence::Daily,
        length: 1,
        people: vec!["a".into(), "b".into()],
    };
    let layer = LayerSpec { rotation: Some(rotation), shifts: vec![], ..three_days().layers[0].clone() };
    let rota = LivingRota::new(WindowId(1), Base { layers: vec![layer], ..three_days() });
    let day = |text: &str| crate::plan::instant(text, "Europe/Berlin").unwrap();
    let owner = rota.owner_at(day("2026-10-24T09:00")).unwrap();
    assert_eq!((owner.person.as_str(), owner.until), ("a", day("2026-10-25T08:00")));
    assert_eq!(owner.until - day("2026-10-24T08:00"), crate::Span::hours(25));
}

/// A window that was closed and opened again: nobody's duty passed in between, and what was before stays as it was.
#[test]
fn a_rota_goes_on_where_its_window_is_opened_again() {
    let mut run = Run::live(three_days());
    run.takes_over("16T15:40", "b");
    run.good("16T20:00", Command::End);
    run.good("17T10:00", Command::GoLive);
    assert_eq!(run.names().last().copied(), Some("rota.resumed"));
    let scheduled = run.rota.schedule().duty(t("17T11:00"), DutyRole::DecisionOwner).first().map(|p| (*p).to_owned());
    let owner = run.rota.owner_at(t("17T11:00")).unwrap();
    assert_eq!((Some(owner.person), owner.late_since), (scheduled, None), "whoever is on duty then has nobody to take over from");
    let held = run.rota.held(t("17T11:00"));
    assert!(held.iter().all(|h| h.when.to <= t("16T20:00") || h.when.from >= t("17T10:00")), "{held:?}");
    run.owner("16T17:00", Some("b"));
    assert!(run.good("17T12:00", Command::GoLive).is_empty(), "the second click of two");
}
