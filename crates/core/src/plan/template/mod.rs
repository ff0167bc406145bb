//! Plans to start from, one for each kind of change, with the doubts that such a change usually causes.

mod containment;

pub use containment::{Sign, containment};

use super::ChangeKind;

const HEAD: &str = include_str!("head.toml");
const RUNBOOK: &str = include_str!("runbook/head.toml");
const TAIL: &str = include_str!("tail.toml");

/// A commented plan to start from.
///
/// `go_live` is a time in `zone` or one with an offset, as in the plan itself. The four values are
/// written as they are: [`super::check()`] says if one of them cannot be used. Addresses end in
/// `example.com` and are there to be replaced.
pub fn template(kind: ChangeKind, key: &str, name: &str, go_live: &str, zone: &str) -> String {
    let (body, runbook) = match kind {
        ChangeKind::Migration => (include_str!("migration.toml"), include_str!("runbook/migration.toml")),
        ChangeKind::Launch => (include_str!("launch.toml"), include_str!("runbook/launch.toml")),
        ChangeKind::PolicyPriceProcess => (include_str!("policy_price_process.toml"), include_str!("runbook/policy_price_process.toml")),
        ChangeKind::VendorInfrastructure => (include_str!("vendor_infrastructure.toml"), include_str!("runbook/vendor_infrastructure.toml")),
        ChangeKind::HighRiskPeriod => (include_str!("high_risk_period.toml"), include_str!("runbook/high_risk_period.toml")),
    };
    let mut out = String::with_capacity(HEAD.len() + body.len() + RUNBOOK.len() + runbook.len() + TAIL.len());
    for part in [HEAD, body, RUNBOOK, runbook, TAIL] {
        // In one pass, so that a value which looks like a placeholder stays what it is.
        let mut pieces = part.split("{{");
        out.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (field, rest) = piece.split_once("}}").unwrap_or(("", piece));
            let value = match field {
                "key" => key,
                "name" => name,
                "go_live" => go_live,
                _ => zone,
            };
            out.push_str(&toml_edit::Value::from(value).to_string());
            out.push_str(rest);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn every_kind_starts_without_a_problem() {
        for kind in ChangeKind::ALL {
            let text = template(kind, "spring", "Spring \"26\" {{key}}", "2026-11-17T09:00", "Europe/Berlin");
            let report = plan::check(&text);
            assert_eq!(report.problems, vec![], "{}", plan::render(&text, kind.word(), &report));
            let made = report.plan.unwrap();
            assert_eq!((made.change.kind, made.window.name.as_str()), (kind, "Spring \"26\" {{key}}"));
            assert_eq!(plan::check(&plan::export(&made)).plan, Some(made));
        }
    }

    #[test]
    fn a_wrong_value_is_reported_where_it_stands() {
        let text = template(ChangeKind::Launch, "Not A Key", "", "soon", "Mars/Olympus");
        let paths: Vec<_> = plan::check(&text).problems.into_iter().map(|p| p.path).collect();
        assert_eq!(paths, ["window.key", "window.name", "window.zone", "change.go_live"]);
    }
}
