//! Fitting to a past whose truth is known, because it was drawn from it.

use super::*;
use crate::launch::arrivals::arrivals;
use crate::launch::fit::{Contact, FittedCategory, fit};
use crate::launch::random::{Purpose, Root};
use crate::launch::world::World;
use hypercare_core::plan::Length;
use hypercare_core::{Span, Timestamp};

/// Contacts of the demo's plan with these rises, without measures and without anybody coming back.
fn past(rises: &[(&str, f64, i64)], day_cv: f64) -> (Vec<Contact>, World) {
    let mut a = Assumptions { contacts_per_day: 300.0, day_cv, ..Assumptions::default() };
    for name in ["access", "account", "billing", "cancellation", "payment", "storage", "other"] {
        let (rise, decay) = rises.iter().find(|r| r.0 == name).map_or((0.0, 48), |r| (r.1, r.2));
        let c = a.categories.entry(name.into()).or_default();
        (c.rise, c.decay, c.rises_after) = (Some(rise), Some(Length(Span::hours(decay))), Some(Length(Span::ZERO)));
    }
    let world = World::new(&demo(), &a, 30).unwrap();
    let root = Root::new(9, 0);
    let contact = |(i, c): (usize, &crate::launch::arrivals::Customer)| Contact {
        at: c.at,
        category: world.categories[usize::from(c.category)].name.clone(),
        worked: Some(Span(root.stream(Purpose::Service, i as u64, 0).lognormal_by_mean(12.0 * 6e7, 1.2) as i64)),
    };
    (arrivals(&world, root).iter().enumerate().map(contact).collect(), world)
}

#[test]
fn the_truth_is_found() {
    let (contacts, world) = past(&[("billing", 2.0, 72), ("access", 3.0, 36)], 0.0);
    let fitted = fit(&contacts, world.go_live, &world.zone).unwrap();
    let of = |name: &str| -> FittedCategory { fitted.categories.iter().find(|c| c.name == name).unwrap().clone() };
    let (billing, access, account) = (of("billing"), of("access"), of("account"));
    assert!((billing.per_day / 90.0 - 1.0).abs() < 0.06, "{billing:?}");
    assert!(billing.rise_between.0 <= 2.0 && billing.rise_between.1 >= 2.0 && (billing.rise - 2.0).abs() < 0.4, "{billing:?}");
    assert!(billing.decay_days.is_some_and(|d| (d / 3.0 - 1.0).abs() < 0.3), "{billing:?}");
    assert!(access.rise_between.0 <= 3.0 && access.rise_between.1 >= 3.0, "{access:?}");
    assert!(account.rise_between.0 <= 0.05, "nothing rose: {account:?}");
    assert!(fitted.assumptions.day_cv < 0.06, "{}", fitted.assumptions.day_cv);
    assert!((fitted.assumptions.service.cv - 1.2).abs() < 0.1, "{}", fitted.assumptions.service.cv);
    // Monday at ten has about fifteen times what Monday at three has.
    let ratio = fitted.assumptions.profile[10] / fitted.assumptions.profile[3];
    assert!((10.0..22.0).contains(&ratio), "{ratio}");
}

#[test]
fn days_that_differ_are_seen_and_what_was_fitted_can_be_played() {
    let (contacts, world) = past(&[("billing", 2.0, 72)], 0.2);
    let fitted = fit(&contacts, world.go_live, &world.zone).unwrap();
    assert!((0.12..0.3).contains(&fitted.assumptions.day_cv), "{}", fitted.assumptions.day_cv);
    let text = toml::to_string(&fitted.assumptions).unwrap();
    let read = crate::launch::assumptions::read(&text).unwrap();
    assert_eq!(read, fitted.assumptions);
    assert!(World::new(&demo(), &read, 30).is_ok());
}

#[test]
fn too_little_history_says_what_is_needed() {
    fn check(contacts: &[Contact], go_live: Timestamp, says: &str) {
        let error = fit(contacts, go_live, &hypercare_core::calendar::zone("UTC").unwrap()).unwrap_err();
        assert!(error.contains(says), "{error}");
    }
    let (contacts, world) = past(&[], 0.1);
    check(&[], world.go_live, "there is no contact");
    check(&contacts, world.starts() + Span::days(10), "9 whole days before");
    check(&contacts, world.ends() - Span::days(3), "14 before and 7 after are needed");
}
