//! Who decides at an instant, and who is next. Whatever asks that asks here: the window's rota answers, with what was acknowledged.

use hypercare_core::Timestamp;
use hypercare_core::rota::LivingRota;
use hypercare_core::window::Window;
use hypercare_store::queries::people;
use hypercare_store::{Query, StoreError};
use std::collections::HashMap;

/// The decision owner at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// E-mail address, in lower case.
    pub email: String,
    /// Until somebody else, or nobody, follows, at the latest.
    pub until: Timestamp,
    /// When their own time ended, where they stay because the next person has not taken over.
    pub late_since: Option<Timestamp>,
}

/// Who follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// E-mail address, in lower case.
    pub email: String,
    /// From when.
    pub from: Timestamp,
}

/// Who decides in a window at an instant, and who follows. A person's shifts that touch count as one.
///
/// # Errors
/// When the database fails.
pub async fn at(q: &mut impl Query, w: &Window, at: Timestamp) -> Result<(Option<OnDuty>, Option<Next>), StoreError> {
    Ok(of(&crate::rota::of(q, w).await?, at))
}

/// The address of who decides in a window at an instant.
///
/// # Errors
/// When the database fails.
pub async fn email_at(q: &mut impl Query, w: &Window, now: Timestamp) -> Result<Option<String>, StoreError> {
    Ok(at(q, w, now).await?.0.map(|duty| duty.email))
}

/// The same of a rota that was read.
pub fn of(rota: &LivingRota, at: Timestamp) -> (Option<OnDuty>, Option<Next>) {
    let now = rota.owner_at(at).map(|o| OnDuty { email: o.person, until: o.until, late_since: o.late_since });
    (now, rota.next_after(at).map(|(email, from)| Next { email, from }))
}

/// Names of the people who sign in, by e-mail address in lower case.
///
/// # Errors
/// When the database fails.
pub async fn names(q: &mut impl Query) -> Result<HashMap<String, String>, StoreError> {
    Ok(people::list(q).await?.into_iter().map(|p| (p.email.to_lowercase(), p.name)).collect())
}

/// The name behind an address, or the address.
pub fn name_of(names: &HashMap<String, String>, email: &str) -> String {
    names.get(&email.to_lowercase()).cloned().unwrap_or_else(|| email.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::WindowId;
    use hypercare_core::plan::{Plan, PlannedShift};
    use hypercare_core::rota::living::Base;

    #[track_caller]
    fn check(shifts: &[(&str, &str, &str)], at_hour: u8, now: Option<(&str, &str)>, next: Option<(&str, &str)>) {
        let mut plan = Plan::default();
        plan.window.zone = "UTC".into();
        plan.shifts = shifts
            .iter()
            .map(|(owner, from, to)| PlannedShift { owner: (*owner).into(), from: format!("2026-11-17T{from}"), to: format!("2026-11-17T{to}") })
            .collect();
        let hour = |h: &str| Timestamp::parse(&format!("2026-11-17T{h}:00Z")).unwrap();
        let rota = LivingRota::new(WindowId(1), Base::of_plan(&plan, 1, Timestamp(0)));
        let (on_duty, follows) = of(&rota, hour(&format!("{at_hour:02}:00")));
        assert_eq!(on_duty, now.map(|(email, until)| OnDuty { email: email.into(), until: hour(until), late_since: None }));
        assert_eq!(follows, next.map(|(email, from)| Next { email: email.into(), from: hour(from) }));
    }

    #[test]
    fn one_person_holds_each_moment() {
        let day: &[_] = &[("A", "08:00", "12:00"), ("b", "12:00", "16:00"), ("b", "16:00", "18:00")];
        check(day, 7, None, Some(("a", "08:00")));
        check(day, 8, Some(("a", "12:00")), Some(("b", "12:00")));
        check(day, 12, Some(("b", "18:00")), None);
        check(day, 18, None, None);
        // A gap ends the shift before the next person comes.
        check(&[("a", "08:00", "10:00"), ("b", "12:00", "14:00")], 9, Some(("a", "10:00")), Some(("b", "12:00")));
        // The one who began last holds an overlap, and hands back.
        check(&[("a", "08:00", "16:00"), ("b", "10:00", "12:00")], 9, Some(("a", "10:00")), Some(("b", "10:00")));
        check(&[("a", "08:00", "16:00"), ("b", "10:00", "12:00")], 11, Some(("b", "12:00")), Some(("a", "12:00")));
        // Times that cannot be read or end before they begin hold nothing.
        check(&[("a", "12:00", "08:00"), ("a", "noon", "14:00")], 9, None, None);
    }
}
