//! Two weeks with three shifts a day, and what goes wrong in such weeks: each time the right person is told, once, at the right minute.
//! Jonas decides from 08:00, Olga from 16:00, Ivo from midnight, in Berlin; the change goes live on Monday 16 November at 10:00 there.

use crate::desk::{COVERED, Desk, PLAN, items, text};
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

struct Weeks<'a> {
    desk: Desk<'a>,
    olga: Client,
    ivo: Client,
}

impl<'a> Weeks<'a> {
    /// A week of ordinary days, then the plan; Monday 16 November, 09:00.
    async fn begin(test: &'a TestApp) -> Self {
        let desk = Desk::ready(test).await;
        let ivo = test.signed_in("Ivo Kern", Role::Owner).await;
        let mut weeks = Self { olga: test.sign_in("Olga Petrova").await, ivo, desk };
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
        (self.desk.agent, self.olga, self.ivo) =
            (test.sign_in("Aiko Tanaka").await, test.sign_in("Olga Petrova").await, test.sign_in("Ivo Kern").await);
    }

    fn test(&self) -> &TestApp {
        self.desk.test
    }

    async fn until(&self, when: &str) {
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

    /// Whoever comes takes over what is offered, five minutes before their time.
    async fn takes_over(&self, who: &Client) {
        let handover = items(&who.get(&self.desk.at("/handovers")).await.good())[0].clone();
        let lines = handover["note"].as_array().unwrap().iter().flat_map(|section| section["lines"].as_array().unwrap());
        let ticked: Vec<&Value> = lines.filter(|line| line["critical"] == true).map(|line| &line["key"]).collect();
        who.post(&self.desk.at("/handovers/acknowledge"), &json!({ "handover": handover["id"], "ticked": ticked })).await.good();
    }

    /// An ordinary day of the window from 00:00 to the next, in which each takes over in time.
    async fn calm_day(&mut self, day: u8) {
        let on = date(day);
        self.sign_in().await;
        self.until(&format!("{on}T07:55")).await;
        self.takes_over(&self.desk.owner).await;
        self.ordinary_day(&on).await;
        self.until(&format!("{on}T15:55")).await;
        self.takes_over(&self.olga).await;
        self.until(&format!("{on}T23:55")).await;
        self.takes_over(&self.ivo).await;
        self.until(&format!("{}T00:00", date(day + 1))).await;
    }

    /// Exactly one notice of this kind and detail came to this person, at this minute.
    async fn told_once(&self, who: &Client, kind: &str, detail: &str, when: &str) {
        let at: Vec<Value> = self.told(who, kind, detail).await;
        assert_eq!(at, [json!(t(when).to_string())], "{kind} {detail}");
    }

    async fn told(&self, who: &Client, kind: &str, detail: &str) -> Vec<Value> {
        let list = who.get("/notices?limit=100").await.good();
        items(&list).iter().filter(|n| n["kind"] == kind && n["detail"] == detail).map(|n| n["at"].clone()).collect()
    }
}

/// Before go-live a hole is shown; after it nobody can make one.
async fn a_gap_is_refused(weeks: &Weeks<'_>) {
    let desk = &weeks.desk;
    desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active", "reason": "Go." })).await.good();
    let gap =
        json!({ "from": t("17T16:00"), "to": t("17T18:00"), "change": { "type": "remove", "person": "olga@example.org" }, "reason": "The dentist." });
    let problem = desk.lead.post(&desk.at("/rota/overrides"), &gap).await.problem(409);
    assert!(text(&problem["detail"]).contains("Nobody decides from Tue 17 Nov 16:00 to Tue 17 Nov 18:00 (2 h)"), "{problem}");
    let rota = desk.agent.get(&desk.at("/rota")).await.good();
    assert_eq!((&rota["overrides"], &rota["faults"]), (&json!([]), &json!([])), "nothing is half done");
}

/// So many write about the new price, and as many about something else; who wrote before writes again.
async fn rush(weeks: &Weeks<'_>, customers: usize) {
    for n in 0..customers {
        weeks.desk.writes(Channel::Chat, &format!("Asks {n}"), COVERED).await;
        weeks.desk.writes(Channel::Chat, &format!("Asks something else {n}"), OTHER).await;
    }
}

/// Olga does not take over on Monday: Jonas stays, the backup is called at a quarter past, once.
async fn a_handover_is_not_acknowledged(weeks: &Weeks<'_>) {
    weeks.until("16T17:00").await;
    rush(weeks, 8).await;
    weeks.until("16T18:00").await;
    let (desk, olga) = (&weeks.desk, &weeks.olga);
    for open in items(&desk.agent.get("/conversations?view=all_open&limit=200").await.good()) {
        weeks.settles(&text(&open["id"])).await;
    }
    weeks.told_once(&desk.owner, "handover", "write", "16T15:30").await;
    weeks.told_once(olga, "handover", "take_over", "16T15:30").await;
    weeks.told_once(olga, "handover", "late", "16T16:15").await;
    weeks.told_once(&desk.owner, "handover", "stay", "16T16:15").await;
    weeks.told_once(&desk.lead, "backup", "called", "16T16:15").await;
    assert_eq!(weeks.told(&weeks.ivo, "backup", "called").await, Vec::<Value>::new());
    assert_eq!(desk.agent.get(&desk.at("/now")).await.good()["owner"]["name"], "Jonas Weber");
    weeks.takes_over(olga).await;
    weeks.until("16T18:05").await;
    assert_eq!(desk.agent.get(&desk.at("/now")).await.good()["owner"]["name"], "Olga Petrova");
    weeks.until("16T23:55").await;
    weeks.takes_over(&weeks.ivo).await;
}

/// On Tuesday at two in the night Jonas, the first level, sleeps; the second is called by the clock. Then it goes to and fro.
async fn an_escalation_climbs_and_bounces(weeks: &Weeks<'_>) {
    let desk = &weeks.desk;
    weeks.until("17T02:00").await;
    let id = desk.writes(Channel::Form, "Ana Souza", "Why is my invoice higher? Nobody told me.").await.to_string();
    let escalate = json!({ "to": "billing", "reason": "Their contract is special." });
    let at = format!("/conversations/{id}/escalate");
    let seen = desk.agent.post(&at, &escalate).await.good();
    let e = text(&seen["escalation"]["id"]);
    weeks.told_once(&desk.owner, "escalated", "", "17T02:00").await;
    weeks.until("17T02:29").await;
    assert_eq!(weeks.told(&desk.lead, "escalated", "next").await, Vec::<Value>::new());
    weeks.until("17T02:45").await;
    weeks.told_once(&desk.lead, "escalated", "next", "17T02:30").await;
    desk.lead.post(&format!("/escalations/{e}/accept"), &json!({})).await.good();
    let why = json!({ "reason": "The price list says it: no error of billing." });
    desk.lead.post(&format!("/escalations/{e}/return"), &why).await.good();
    weeks.told_once(&desk.agent, "handled", "returned", "17T02:45").await;
    weeks.until("17T02:50").await;
    let again = desk.agent.post(&at, &escalate).await.good();
    assert_eq!(again["escalation"]["bouncing"], true);
    weeks.told_once(&desk.lead, "escalated", "bouncing", "17T02:50").await;
    weeks.until("17T06:00").await;
    weeks.settles(&id).await;
    weeks.until("17T06:01").await;
    assert_eq!(desk.lead.get(&format!("/escalations?window={}&open=true", desk.window)).await.good()["items"], json!([]));
}

fn content(happening: &str, state: &str, next: Option<&str>) -> Value {
    json!({
        "title": "Invoices show the old price", "happening": happening, "meaning": "You pay the new price and need not do anything.",
        "doing": "We send you a new invoice today.", "impact": "major", "state": state, "topics": ["price-higher"], "zone": "Europe/Berlin",
        "next_at": next.map(t),
    })
}

async fn publishes(weeks: &Weeks<'_>, drafted: &Value) -> Value {
    let (at, revision) = (format!("/updates/{}", text(&drafted["id"])), json!({ "revision": drafted["draft"]["revision"] }));
    weeks.desk.owner.post(&format!("{at}/approve"), &revision).await.good();
    weeks.desk.agent.post(&format!("{at}/publish"), &revision).await.good()
}

/// On Tuesday an update promises the next one for noon and nobody writes it; then what was said is corrected.
async fn an_update_is_overdue_and_then_corrected(weeks: &Weeks<'_>) {
    let desk = &weeks.desk;
    weeks.until("17T07:55").await;
    weeks.takes_over(&desk.owner).await;
    weeks.until("17T10:00").await;
    let first = content("Invoices of today show the old price. Customers in Norway are affected.", "identified", Some("17T12:00"));
    let drafted = desk.agent.post("/updates", &json!({ "window": desk.window, "content": first })).await.good();
    let told = publishes(weeks, &drafted).await;
    weeks.until("17T12:30").await;
    for who in [&desk.owner, &desk.lead] {
        weeks.told_once(who, "update_due_soon", "", "17T11:36").await;
        weeks.told_once(who, "update_overdue", "", "17T12:00").await;
    }
    assert_eq!(weeks.told(&weeks.olga, "update_overdue", "").await, Vec::<Value>::new(), "she is not on duty");
    let right = content("Invoices of today show the old price. Customers in Sweden are affected.", "resolved", None);
    let wrong = &told["entries"][0]["id"];
    let at = format!("/updates/{}/draft", text(&told["id"]));
    let corrected = publishes(weeks, &desk.agent.put(&at, &json!({ "content": right, "corrects": wrong })).await.good()).await;
    assert_eq!(corrected["entries"].as_array().unwrap().len(), 2);
    assert_eq!((&corrected["entries"][1]["content"], &corrected["entries"][1]["corrected"]), (&told["entries"][0]["content"], &json!(true)));
    let page = weeks.test().stranger().page(reqwest::Method::GET, "/status/new-prices").await.text;
    assert!(page.contains("Customers in Sweden") && page.contains("Customers in Norway") && page.contains("corrects update 1"), "{page}");
    weeks.until("17T15:55").await;
    weeks.takes_over(&weeks.olga).await;
    weeks.until("17T23:55").await;
    weeks.takes_over(&weeks.ivo).await;
    weeks.until("18T00:00").await;
}

#[tokio::test]
async fn two_weeks_with_three_shifts() {
    let wanted = Wanted { start: t("09T00:00"), ..Wanted::default() };
    on_both_with(wanted, async |test| {
        let mut weeks = Weeks::begin(test).await;
        a_gap_is_refused(&weeks).await;
        rush(&weeks, 12).await;
        a_handover_is_not_acknowledged(&weeks).await;
        an_escalation_climbs_and_bounces(&weeks).await;
        an_update_is_overdue_and_then_corrected(&weeks).await;
        for day in 2..14 {
            weeks.calm_day(day).await;
        }
        // Only what was said for a while is left: it becomes something that stays.
        let exit = weeks.desk.agent.get(&weeks.desk.at("/exit")).await.good();
        let missing = exit["missing"].as_array().unwrap();
        assert!(exit["ready"] == false && missing.iter().all(|gap| text(&gap["key"]).starts_with("exit.answer.")), "{missing:#?}");
        crate::desk::keep_all(&weeks.desk.agent, &weeks.desk.window).await;
        let exit = weeks.desk.agent.get(&weeks.desk.at("/exit")).await.good();
        assert_eq!((&exit["ready"], &exit["missing"]), (&json!(true), &json!([])), "{}", exit["sentence"]);
    })
    .await;
}
