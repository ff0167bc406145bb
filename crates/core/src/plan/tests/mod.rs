mod decisions;
mod fields;
mod generate;
mod glossary;
mod meaning;
mod properties;
mod review;
mod runbook;
mod shape;
mod stages;
mod whole;

use super::{check, render};

/// What a plan needs so that a fragment alone decides what is reported.
const REST: [(&str, &str); 5] = [
    ("[window]", "[window]\nkey = \"spring\"\nname = \"Spring prices\"\nzone = \"Europe/Berlin\"\n"),
    ("[change]", "[change]\nkind = \"policy_price_process\"\nsummary = \"New prices.\"\ngo_live = \"2026-11-17T09:00\"\n"),
    (
        "[[objectives]]",
        "[[objectives]]\nkey = \"back\"\nname = \"Back to normal\"\nsignal = \"contacts\"\nrule = \"return_by\"\nwithin = \"72 h\"\n\n[[objectives]]\nkey = \"fall\"\nname = \"Fewer\"\nsignal = \"contacts\"\nrule = \"drop_after\"\ndays = 2\n",
    ),
    ("[[signals]]", "[[signals]]\nkey = \"contacts\"\n"),
    (
        "[[answers]]",
        "[[answers]]\nkey = \"price-higher\"\ntitle = \"Why?\"\nexpected = \"Yes.\"\ndo_now = \"Compare.\"\nnext_update = \"Tomorrow.\"\n",
    ),
];

/// The fragment, completed with the sections that it does not have itself.
fn completed(fragment: &str) -> String {
    let mut text = format!("{fragment}\n");
    for (heading, section) in REST {
        if !fragment.lines().any(|line| line.trim() == heading) {
            text.push('\n');
            text.push_str(section);
        }
    }
    text
}

/// Checks a fragment and compares what is printed, without the last line that counts.
#[track_caller]
fn expect(fragment: &str, expected: &str) {
    let text = completed(fragment);
    let report = check(&text);
    let printed = render(&text, "plan.toml", &report);
    let problems = printed.rsplit_once("plan.toml: ").map_or("", |(problems, _)| problems);
    assert_eq!(problems.trim_end(), expected.trim(), "\nfor\n{fragment}\nprinted\n{printed}");
    assert_eq!(report.plan.is_none(), report.errors() > 0);
}
