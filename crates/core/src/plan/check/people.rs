//! People: e-mail addresses where people are named.

use super::findings::{Findings, quoted};
use crate::plan::Plan;

/// Whoever has the shift, instead of a person.
const SHIFT_OWNER: &str = "shift-owner";
/// The longest address that mail can carry (RFC 5321, section 4.5.3.1.3, without the brackets).
const ADDRESS_LIMIT: usize = 254;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    all("change.owners", &plan.change.owners, false, found);
    for (i, scenario) in plan.scenarios.iter().enumerate() {
        if !scenario.owner.is_empty() {
            one(&format!("scenarios[{i}].owner"), &scenario.owner, false, found);
        }
        let rights = [("may_confirm", &scenario.may_confirm), ("may_approve", &scenario.may_approve), ("may_roll_back", &scenario.may_roll_back)];
        for (name, people) in rights {
            all(&format!("scenarios[{i}].{name}"), people, true, found);
        }
    }
    for (i, path) in plan.escalations.iter().enumerate() {
        let field = format!("escalations[{i}].to");
        if path.to.is_empty() {
            found.error(&field, format!("nobody receives the escalation {}", quoted(&path.key)), Some("name at least one e-mail address".into()));
        }
        all(&field, &path.to, false, found);
    }
    for (i, shift) in plan.shifts.iter().enumerate() {
        one(&format!("shifts[{i}].owner"), &shift.owner, false, found);
    }
}

pub(super) fn all(path: &str, people: &[String], or_shift_owner: bool, found: &mut Findings<'_>) {
    for (i, person) in people.iter().enumerate() {
        one(&format!("{path}[{i}]"), person, or_shift_owner, found);
    }
}

pub(super) fn one(path: &str, person: &str, or_shift_owner: bool, found: &mut Findings<'_>) {
    if is_address(person) || (or_shift_owner && person == SHIFT_OWNER) {
        return;
    }
    let help = if or_shift_owner { "write one such as ada@example.com, or `shift-owner`" } else { "write one such as ada@example.com" };
    found.error(path, format!("{} is not an e-mail address", quoted(person)), Some(help.into()));
}

/// Whether a text has the shape of an address; whether it exists only mail can tell.
pub(crate) fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')' | '@');
    let labels = domain.split('.').count() > 1 && domain.split('.').all(|l| !l.is_empty() && !l.starts_with('-') && !l.ends_with('-'));
    text.len() <= ADDRESS_LIMIT && !local.is_empty() && local.chars().all(plain) && domain.chars().all(plain) && labels
}

#[cfg(test)]
mod tests {
    #[test]
    fn addresses_have_a_shape() {
        fn check(text: &str, expected: bool) {
            assert_eq!(super::is_address(text), expected, "{text}");
        }
        check("ada@example.com", true);
        check("ada+hyper.care@mail.example.co.uk", true);
        check("jürgen@müller.example", true);
        check("ada", false);
        check("ada@example", false);
        check("@example.com", false);
        check("a da@example.com", false);
        check("Ada <ada@example.com>", false);
        check("ada@example..com", false);
        check("a@b@example.com", false);
    }
}
