//! How the people of Nordlicht want to be reached: some sleep, one wants to hear of mentions at once.

use super::cast::Cast;
use anyhow::{Context, Result};
use hypercare_core::notice::route::{Choice, Group, Least, OWN_MAIL, Quiet, QuietTime, Rules, When};
use hypercare_core::plan::Weekday;
use hypercare_core::{Severity, Stamp};
use hypercare_server::{App, reach};

const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn zoned() -> Rules {
    Rules { zone: "Europe/Berlin".into(), ..Rules::default() }
}

fn nights(from: &str, to: &str, breaks: Severity) -> Rules {
    let times = vec![QuietTime { days: WEEK.to_vec(), from: from.into(), to: to.into() }];
    Rules { quiet: Some(Quiet { times, breaks: Some(breaks) }), ..zoned() }
}

/// Chooses for those who chose something.
///
/// # Errors
/// When a choice is refused or the store fails.
pub(super) async fn choose(app: &App, cast: &Cast) -> Result<()> {
    let at_once = Choice { group: Group::Mentions, way: OWN_MAIL, when: When::AtOnce };
    let rarely = Choice { group: Group::Follow, way: OWN_MAIL, when: When::Daily };
    let choices = [
        ("mara.lind", nights("22:30", "06:30", Severity::High)),
        ("priya.nair", nights("23:00", "07:00", Severity::Critical)),
        ("ben.okafor", Rules { choices: vec![at_once], ..zoned() }),
        ("lena.schmidt", Rules { choices: vec![rarely], least: vec![Least { group: Group::Promises, severity: Severity::High }], ..zoned() }),
    ];
    for (name, rules) in choices {
        let email = format!("{name}@nordlicht.example");
        let member = cast.by_email(&email).with_context(|| format!("nobody is {email}"))?;
        reach::choose(app, Stamp::new(member.actor(), app.now()), member.id, 0, rules)
            .await
            .with_context(|| format!("the rules of {email} are refused"))?;
    }
    Ok(())
}
