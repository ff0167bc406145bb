//! Two weeks with three shifts a day, and what goes wrong in such weeks: each time the right person is told, once, at the right minute, and
//! nobody else. Jonas decides from 08:00, Olga from 16:00, Ivo from midnight, in Berlin; the change goes live on Monday 16 November.

mod end;
mod pulse;
mod rough;

use crate::desk::{Desk, PLAN, items, text};
use crate::support::{Client, TestApp, Wanted, on_both_with};
use hypercare_core::role::Role;
use hypercare_core::{Channel, Span, Timestamp};
use hypercare_server::engine;
use serde_json::{Value, json};

/// Not about the change.
const OTHER: &str = "How do I turn on two-step sign-in?";
const TURNS: [(&str, &str, u8, u8); 3] = [("jonas", "Jonas Weber", 8, 16), ("olga", "Olga Petrova", 16, 24), ("ivo", "Ivo Kern", 0, 8)];

/// An instant on the clocks of Berlin: `16T09:00` in November, `12-02T09:00` in December.
fn t(text: &str) -> Timestamp {
    let date = if text.contains('-') { format!("2026-{text}") } else { format!("2026-11-{text}") };
    Timestamp::parse(&format!("{date}:00+01:00")).unwrap()
}

/// The date so many days after 16 November, `11-16`.
fn date(day: u8) -> String {
    let of_november = 16 + day;
    if of_november <= 30 { format!("11-{of_november:02}") } else { format!("12-{:02}", of_november - 30) }
}

/// The team's plan with three shifts a day for three weeks, and a path of two levels.
fn plan() -> String {
    let (head, rest) = PLAN.split_once("[[shifts]]").unwrap();
    let tail = rest.rsplit_once("[[shifts]]").unwrap().1.split_once("[[signals]]").unwrap().1;
    let shift = |day: u8, (who, _, from, to): (&str, &str, u8, u8)| {
        let (until, hour) = if to == 24 { (day + 1, 0) } else { (day, to) };
        let (on, until) = (date(day), date(until));
        format!("[[shifts]]\nowner = \"{who}@example.org\"\nfrom = \"2026-{on}T{from:02}:00\"\nto = \"2026-{until}T{hour:02}:00\"\n\n")
    };
    let mut shifts = String::new();
    for day in 0..21 {
        // Midnight's shift belongs to the next date.
        let [jonas, olga, ivo] = TURNS;
        for (day, turn) in [(day, jonas), (day, olga), (day + 1, ivo)] {
            shifts += &shift(day, turn);
        }
    }
    let plan = format!("{head}{shifts}[[signals]]{tail}");
    let path = plan.replace(
        "to = [\"mara@example.org\"]\nacknowledge = \"30 min\"\n",
        "to = [\"jonas@example.org\", \"mara@example.org\"]\nacknowledge = \"30 min\"\n",
    );
    assert_ne!(path, plan);
    path
}

/// Everybody who could be told something, in the order in which it is listed.
const PEOPLE: [&str; 6] = ["Mara", "Ada", "Jonas", "Olga", "Ivo", "Aiko"];

struct Weeks<'a> {
    desk: Desk<'a>,
    olga: Client,
    ivo: Client,
    /// Ada, who administers. She may plan windows too, so she hears what leads hear.
    ada: Client,
}

impl<'a> Weeks<'a> {
    /// A week of ordinary days, then the plan; Monday 16 November, 09:00.
    async fn begin(test: &'a TestApp) -> Self {
        let desk = Desk::ready(test).await;
        let ivo = test.signed_in("Ivo Kern", Role::Owner).await;
        let ada = test.signed_in("Ada Min", Role::Admin).await;
        let mut weeks = Self { olga: test.sign_in("Olga Petrova").await, ivo, ada, desk };
        for day in 9..16 {
            weeks.ordinary_day(&format!("{day:02}")).await;
        }
        weeks.until("16T09:00").await;
        weeks.sign_in().await;
        weeks.desk.lead.post("/plan/apply", &json!({ "text": plan() })).await.good();
        weeks
    }

    /// A session lasts two weeks.
    async fn sign_in(&mut self) {
        let test = self.desk.test;
        (self.desk.lead, self.desk.owner) = (test.sign_in("Mara Lind").await, test.sign_in("Jonas Weber").await);
        (self.desk.agent, self.olga) = (test.sign_in("Aiko Tanaka").await, test.sign_in("Olga Petrova").await);
        (self.ivo, self.ada) = (test.sign_in("Ivo Kern").await, test.sign_in("Ada Min").await);
    }

    /// In the order of [`PEOPLE`].
    fn everybody(&self) -> [&Client; 6] {
        [&self.desk.lead, &self.ada, &self.desk.owner, &self.olga, &self.ivo, &self.desk.agent]
    }

    fn test(&self) -> &TestApp {
        self.desk.test
    }

    async fn until(&self, when: &str) {
        assert!(t(when) >= self.test().now(), "{when} is over");
        engine::fast_forward(&self.desk.test.app, t(when)).await.unwrap();
    }

    /// Six customers of one day, each answered and settled in twenty minutes.
    async fn ordinary_day(&self, day: &str) {
        self.until(&format!("{day}T09:20")).await;
        for n in 0..6 {
            let id = self.desk.writes(Channel::Chat, &format!("Customer {n} of {day}"), OTHER).await;
            self.test().forward(Span::mins(20)).await;
            self.settles(&id.to_string()).await;
        }
    }

    async fn settles(&self, conversation: &str) {
        let reply = json!({ "text": "Under Account, Security.", "then": "resolved" });
        self.desk.agent.post(&format!("/conversations/{conversation}/replies"), &reply).await.good();
    }

    async fn settles_all(&self) {
        for open in items(&self.desk.agent.get("/conversations?view=all_open&limit=200").await.good()) {
            self.settles(&text(&open["id"])).await;
        }
    }

    /// Whoever comes takes over what is offered, five minutes before their time.
    async fn takes_over(&self, who: &Client) {
        let handover = items(&who.get(&self.desk.at("/handovers")).await.good())[0].clone();
        let lines = handover["note"].as_array().unwrap().iter().flat_map(|section| section["lines"].as_array().unwrap());
        let ticked: Vec<&Value> = lines.filter(|line| line["critical"] == true).map(|line| &line["key"]).collect();
        who.post(&self.desk.at("/handovers/acknowledge"), &json!({ "handover": handover["id"], "ticked": ticked })).await.good();
    }

    /// An ordinary day of the window from 00:00 to the next, in which each takes over in time.
    async fn calm_day(&mut self, day: u8) {
        let (on, began) = (date(day), self.test().now());
        self.sign_in().await;
        self.until(&format!("{on}T07:55")).await;
        self.takes_over(&self.desk.owner).await;
        self.ordinary_day(&on).await;
        self.until(&format!("{on}T15:55")).await;
        self.takes_over(&self.olga).await;
        self.until(&format!("{on}T23:55")).await;
        self.takes_over(&self.ivo).await;
        self.until(&format!("{}T00:00", date(day + 1))).await;
        assert_eq!(self.told_since(began).await, shifts_of(&on), "on a calm day nobody hears of anything but their shifts");
    }

    /// All that everybody was told from this instant on, in order: `11-16 16:15 Mara: backup called`.
    async fn told_since(&self, began: Timestamp) -> Vec<String> {
        let mut all = vec![];
        for (place, (name, client)) in PEOPLE.into_iter().zip(self.everybody()).enumerate() {
            for notice in every_notice(client).await {
                let at = Timestamp::parse(&text(&notice["at"])).unwrap();
                let said = format!("{} {name}: {} {}", on_their_clocks(at), text(&notice["kind"]), text(&notice["detail"]));
                all.push((at, place, said.trim_end().to_owned()));
            }
        }
        all.sort();
        all.into_iter().filter(|(at, ..)| *at >= began).map(|(.., said)| said).collect()
    }
}

/// The same instant as people in Berlin say it, with seconds where it is not a whole minute.
fn on_their_clocks(at: Timestamp) -> String {
    let local = (at + Span::hours(1)).to_jiff();
    let format = if at.0 % Span::mins(1).0 == 0 { "%m-%d %H:%M" } else { "%m-%d %H:%M:%S%.f" };
    local.strftime(format).to_string()
}

/// All pages of somebody's notices.
async fn every_notice(who: &Client) -> Vec<Value> {
    let (mut all, mut at) = (vec![], "/notices?limit=200".to_owned());
    loop {
        let page = who.get(&at).await.good();
        all.extend_from_slice(items(&page));
        match page["next"].as_str() {
            Some(next) => at = format!("/notices?limit=200&cursor={next}"),
            None => return all,
        }
    }
}

/// What is told on a day on which everybody takes over in time.
fn shifts_of(on: &str) -> Vec<String> {
    let mut told = vec![];
    for (offered, done, from, to) in [("07:30", "07:55", "Ivo", "Jonas"), ("15:30", "15:55", "Jonas", "Olga"), ("23:30", "23:55", "Olga", "Ivo")] {
        let mut both = [format!("{on} {offered} {from}: handover write"), format!("{on} {offered} {to}: handover take_over")];
        both.sort_by_key(|said| PEOPLE.iter().position(|name| said.contains(&format!(" {name}:"))));
        told.extend(both);
        told.push(format!("{on} {done} {from}: handover taken"));
    }
    told
}

#[tokio::test]
async fn two_weeks_with_three_shifts() {
    let wanted = Wanted { start: t("09T00:00"), ..Wanted::default() };
    on_both_with(wanted, async |test| {
        let mut weeks = Weeks::begin(test).await;
        rough::a_gap_is_refused(&weeks).await;
        rough::rush(&weeks, 12).await;
        rough::a_handover_is_not_acknowledged(&weeks).await;
        rough::an_escalation_climbs_and_bounces(&weeks).await;
        rough::an_update_is_overdue_and_then_corrected(&weeks).await;
        pulse::a_check_in_becomes_a_conversation(&mut weeks).await;
        for day in 3..14 {
            weeks.calm_day(day).await;
        }
        end::exit_waits_for_an_answer(&mut weeks).await;
        end::a_relapse_on_day_17_is_told_and_the_window_opened_again(&mut weeks).await;
    })
    .await;
}
