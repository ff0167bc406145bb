//! Who may approve: whom the plan names for temporary messaging in each scenario that the entry is about; the decision owner on duty where it
//! names nobody. Leads may always.

use crate::plan::Plan;

/// The plan's word for whoever is decision owner at the moment.
const SHIFT_OWNER: &str = "shift-owner";

/// Who may approve one entry at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approvers {
    /// E-mail addresses in lower case, in the plan's order.
    pub emails: Vec<String>,
    /// The plan names nobody for the moment, so any decision owner may.
    pub any_owner: bool,
}

impl Approvers {
    /// Reads the plan; `on_duty` is the address of who decides at this moment. With several scenarios only who is named for each of them; where that is nobody, only leads.
    pub fn of(plan: &Plan, topics: &[String], on_duty: Option<&str>) -> Self {
        let on_duty = || on_duty.map(str::to_lowercase);
        let resolve = |words: &[String]| {
            let mut emails: Vec<String> = vec![];
            for word in words.iter().map(|w| w.trim()) {
                let email = if word == SHIFT_OWNER { on_duty() } else { Some(word.to_lowercase()) };
                emails.extend(email.filter(|e| !emails.contains(e)));
            }
            emails
        };
        let by_default = [SHIFT_OWNER.to_owned()];
        let named =
            topics.iter().filter_map(|key| plan.scenario(key)).map(|s| if s.may_approve.is_empty() { &by_default[..] } else { &s.may_approve });
        let mut groups: Vec<Vec<String>> = named.map(resolve).filter(|emails| !emails.is_empty()).collect();
        if groups.is_empty() {
            groups = vec![resolve(&by_default)];
        }
        let any_owner = groups.iter().all(Vec::is_empty);
        let (first, others) = groups.split_first().map_or((&[][..], &[][..]), |(first, others)| (first.as_slice(), others));
        let emails = first.iter().filter(|email| others.iter().all(|group| group.contains(email))).cloned().collect();
        Self { emails, any_owner }
    }
}
