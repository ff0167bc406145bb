//! The rota of a window that is live: edits, cover, handovers, calendars. Three people take turns of eight hours in Berlin: Jonas from 08:00,
//! Olga from 16:00, Ivo from midnight. The story begins on Monday 16 November, 09:00 there.

mod calendar;

use crate::desk::{Desk, PLAN, by, items, text};
use crate::support::{Client, Database, TestApp, Wanted, on_both};
use calendar::{entries, lines};
use hypercare_core::role::{Permission, Role};
use hypercare_core::{Channel, Timestamp};
use hypercare_server::engine;
use serde_json::{Value, json};

const DAYS: [&str; 5] = ["16", "17", "18", "19", "20"];

/// The team's plan with other shifts: `jonas 16T08:00 16T16:00`.
fn plan_with(shifts: &[(String, String, String)]) -> String {
    let (head, rest) = PLAN.split_once("[[shifts]]").unwrap();
    let tail = rest.rsplit_once("[[shifts]]").unwrap().1.split_once("[[signals]]").unwrap().1;
    let one = |(who, from, to): &(String, String, String)| {
        format!("[[shifts]]\nowner = \"{who}@example.org\"\nfrom = \"2026-11-{from}\"\nto = \"2026-11-{to}\"\n\n")
    };
    format!("{head}{}[[signals]]{tail}", shifts.iter().map(one).collect::<String>())
}

fn turns() -> Vec<(String, String, String)> {
    DAYS.windows(2)
        .flat_map(|d| {
            [("jonas", "08:00", d[0], "16:00", d[0]), ("olga", "16:00", d[0], "00:00", d[1]), ("ivo", "00:00", d[1], "08:00", d[1])]
                .map(|(who, from, on, to, end)| (who.to_owned(), format!("{on}T{from}"), format!("{end}T{to}")))
        })
        .collect()
}

/// An instant of November, on the clocks of Berlin.
fn t(text: &str) -> Timestamp {
    Timestamp::parse(&format!("2026-11-{text}:00+01:00")).unwrap()
}

struct Team<'a> {
    desk: Desk<'a>,
    olga: Client,
    ivo: Client,
    /// Another owner, in no shift.
    noor: Client,
}

impl<'a> Team<'a> {
    async fn live(test: &'a TestApp) -> Self {
        let desk = Desk::ready(test).await;
        let (ivo, noor) = (test.signed_in("Ivo Kern", Role::Owner).await, test.signed_in("Noor Haddad", Role::Owner).await);
        let team = Self { olga: test.sign_in("Olga Petrova").await, ivo, noor, desk };
        team.desk.lead.post("/plan/apply", &json!({ "text": plan_with(&turns()) })).await.good();
        team.desk.lead.post(&team.desk.at("/transitions"), &json!({ "to": "active", "reason": "For the story." })).await.good();
        team
    }

    /// Plays time to an instant.
    async fn until(&self, when: &str) {
        engine::fast_forward(&self.desk.test.app, t(when)).await.unwrap();
    }

    async fn rota(&self) -> Value {
        self.desk.agent.get(&self.desk.at("/rota")).await.good()
    }

    async fn owner(&self, when: &str) -> Value {
        let at = t(when).to_string();
        self.desk.agent.get(&self.desk.at(&format!("/duty?at={at}"))).await.good()["owner"]["name"].clone()
    }

    async fn handover(&self, who: &Client) -> Value {
        items(&who.get(&self.desk.at("/handovers")).await.good())[0].clone()
    }

    async fn take_over(&self, who: &Client, ticked: &[String]) -> crate::support::Answer {
        let handover = self.handover(who).await["id"].clone();
        who.post(&self.desk.at("/handovers/acknowledge"), &json!({ "handover": handover, "ticked": ticked })).await
    }

    async fn put(&self, change: Value, from: &str, to: &str, over: bool) -> crate::support::Answer {
        let new = json!({ "from": t(from), "to": t(to), "change": change, "reason": "Jonas is ill.", "over": over });
        self.desk.lead.post(&self.desk.at("/rota/overrides"), &new).await
    }

    async fn ask(&self, who: &Client, from: &str, to: &str) -> crate::support::Answer {
        who.post(&self.desk.at("/cover"), &json!({ "from": t(from), "to": t(to), "reason": "School play." })).await
    }

    async fn take(&self, who: &Client, request: &Value) -> crate::support::Answer {
        who.post(&self.desk.at("/cover/accept"), &json!({ "request": request })).await
    }
}

/// What somebody was told about a rota, oldest first.
async fn told(who: &Client) -> Vec<String> {
    let list = who.get("/notices").await.good();
    let about = ["cover", "shift", "handover", "backup"];
    let one = |n: &Value| format!("{} {}", text(&n["kind"]), text(&n["detail"])).trim().to_owned();
    items(&list).iter().rev().filter(|n| about.contains(&n["kind"].as_str().unwrap())).map(one).collect()
}

fn letters(test: &TestApp) -> Vec<(String, String)> {
    let calls = test.post.to_colleagues().into_iter().filter(|l| l.subject.ends_with("has not taken over"));
    calls.map(|l| (l.to, l.subject)).collect()
}

fn replace(who: &str, by: &str) -> Value {
    json!({ "type": "replace", "who": format!("{who}@example.org"), "by": format!("{by}@example.org") })
}

#[tokio::test]
async fn a_gap_is_told_before_go_live_and_refused_after_it() {
    on_both(async |test| {
        let desk = Desk::ready(test).await;
        test.person("Ivo Kern", Role::Owner).await;
        let gap = json!({ "type": "remove", "person": "olga@example.org" });
        let mut holes = turns();
        holes[1].2 = "16T22:00".into();
        desk.lead.post("/plan/apply", &json!({ "text": plan_with(&holes) })).await.good();
        let rota = desk.agent.get(&desk.at("/rota")).await.good();
        assert_eq!(rota["faults"][0]["words"], "Nobody decides from Mon 16 Nov 22:00 to Tue 17 Nov 00:00 (2 h).");
        assert_eq!((&rota["faults"][0]["kind"], &rota["live"]), (&json!("gap"), &json!(false)));
        // The readiness says the same, also once somebody is put in on the rota.
        let missing = async || desk.lead.get(&desk.at("/readiness")).await.good()["gaps"].clone();
        assert_eq!(missing().await[0]["what"], rota["faults"][0]["words"]);
        let ivo =
            json!({ "from": t("16T22:00"), "to": t("17T00:00"), "change": { "type": "add", "person": "ivo@example.org" }, "reason": "He is awake." });
        let filled = desk.lead.post(&desk.at("/rota/overrides"), &ivo).await.good();
        assert_eq!(missing().await, json!([]));
        desk.lead.post(&desk.at("/rota/overrides/remove"), &json!({ "entry": filled["id"], "reason": "He is not." })).await.good();
        assert_eq!(missing().await.as_array().unwrap().len(), 1);
        desk.lead.post("/plan/apply", &json!({ "text": plan_with(&turns()) })).await.good();
        assert_eq!(desk.agent.get(&format!("{}?to={}", desk.at("/rota"), t("20T08:00"))).await.good()["faults"], json!([]));

        let new = json!({ "from": t("17T16:00"), "to": t("17T18:00"), "change": gap, "reason": "She is at the dentist's." });
        let edited = desk.lead.post(&desk.at("/rota/overrides"), &new).await.good();
        assert!(text(&edited["warnings"][0]).starts_with("Nobody decides from Tue 17 Nov 16:00"), "{edited}");
        let back = json!({ "entry": edited["id"], "reason": "She comes after all." });
        desk.lead.post(&desk.at("/rota/overrides/remove"), &back).await.good();

        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active", "reason": "Go." })).await.good();
        let problem = desk.lead.post(&desk.at("/rota/overrides"), &new).await.problem(409);
        assert!(text(&problem["detail"]).contains("Nobody decides from Tue 17 Nov 16:00 to Tue 17 Nov 18:00 (2 h)"), "{problem}");
        // Nor by a plan, nor by other layers.
        let problem = desk.lead.post("/plan/apply", &json!({ "text": plan_with(&holes) })).await.problem(409);
        assert!(text(&problem["detail"]).contains("Mon 16 Nov 22:00"), "{problem}");
        desk.lead.post(&desk.at("/rota/layers"), &json!({ "layers": [], "reason": "Tidy." })).await.problem(409);
        // Overlaps neither.
        let two = ["jonas@example.org", "olga@example.org"].map(|who| json!({ "person": who, "from": t("18T10:00"), "to": t("18T12:00") }));
        let twice = json!({ "from": t("18T10:00"), "to": t("18T12:00"), "shifts": two, "reason": "Both." });
        let problem = desk.lead.post(&desk.at("/rota/temporary"), &twice).await.problem(409);
        assert!(text(&problem["detail"]).contains("nobody knows whose word counts"), "{problem}");
    })
    .await;
}

#[tokio::test]
async fn a_handover_is_written_read_back_and_acknowledged() {
    on_both(async |test| {
        let team = Team::live(test).await;
        let desk = &team.desk;
        assert_eq!(team.owner("16T09:00").await, "Jonas Weber");
        let blocked = desk.writes(Channel::Email, "Ana Souza", "I cannot log in and cannot pay, everything is blocked!").await;
        desk.agent.post("/decisions", &json!({ "window": desk.window, "kind": "other", "question": "Do we extend the trial?" })).await.good();
        team.until("16T15:29").await;
        assert_eq!(items(&desk.owner.get(&desk.at("/handovers")).await.good()).len(), 0);
        team.until("16T15:30").await;
        let h = team.handover(&desk.owner).await;
        assert_eq!((&h["outgoing"]["name"], &h["incoming"]["name"], &h["open"]), (&json!("Jonas Weber"), &json!("Olga Petrova"), &json!(true)));
        assert_eq!((told(&desk.owner).await, told(&team.olga).await), (vec!["handover write".into()], vec!["handover take_over".into()]));
        let part = |h: &Value, name: &str| by(&h["note"], "section", name);
        assert!(text(&part(&h, "situation")["summary"]).starts_with("Day 1, active: 1 conversation open"), "{h}");
        let waiting = part(&h, "decisions")["lines"][0].clone();
        assert_eq!((&waiting["title"], &waiting["critical"]), (&json!("Do we extend the trial?"), &json!(true)));
        assert!(text(&waiting["detail"]).contains("waits 6 h 30 min"), "{waiting}");
        let open = part(&h, "open")["lines"][0].clone();
        assert_eq!((&open["conversation"], &open["critical"]), (&json!(blocked), &json!(true)));
        assert!(!part(&h, "changed")["lines"].as_array().unwrap().is_empty());

        // Whoever goes writes; it is there for whoever comes, also when asked again.
        let write = json!({ "handover": h["id"], "section": "watch", "text": "Norway: call the bank at 17:00." });
        team.ivo.put(&desk.at("/handovers/note"), &write).await.problem(403);
        desk.owner.put(&desk.at("/handovers/note"), &write).await.good();
        assert_eq!(part(&team.handover(&team.olga).await, "watch")["written"], "Norway: call the bank at 17:00.");

        // Not before the critical lines are read back, and not by anybody else.
        team.ivo.post(&desk.at("/handovers/acknowledge"), &json!({ "handover": h["id"] })).await.problem(403);
        let problem = team.take_over(&team.olga, &[]).await.problem_at(422, "ticked");
        assert!(text(&problem["detail"]).contains(&format!("conversation:{blocked}")), "{problem}");
        let keys = [text(&waiting["key"]), text(&open["key"])];
        let done = team.take_over(&team.olga, &keys).await.good();
        assert_eq!((&done["taken_by"]["name"], &done["open"]), (&json!("Olga Petrova"), &json!(false)));
        let kept = by(&done["kept"], "section", "watch");
        assert_eq!(kept["written"], "Norway: call the bank at 17:00.");
        assert!(!done["kept"].to_string().contains("Ana Souza"), "{done}");
        assert_eq!(told(&desk.owner).await, ["handover write", "handover taken"]);

        // Jonas has it until four, Olga from then on; rulings follow.
        let now = desk.agent.get(&desk.at("/now")).await.good();
        assert_eq!((&now["owner"]["name"], &now["owner"]["until"]), (&json!("Jonas Weber"), &json!(t("16T16:00"))));
        team.until("16T16:00").await;
        let now = desk.agent.get(&desk.at("/now")).await.good();
        assert_eq!((&now["owner"]["name"], &now["next_owner"]["name"]), (&json!("Olga Petrova"), &json!("Ivo Kern")));
        let decision = items(&desk.agent.get("/decisions?waiting=true").await.good())[0].clone();
        assert_eq!(decision["may_decide"], json!(["Olga Petrova"]));
        team.until("16T17:00").await;
        assert!(letters(test).iter().all(|(_, subject)| !subject.contains("backup")), "{:?}", letters(test));
        assert_eq!(team.owner("16T15:59").await, "Jonas Weber");
    })
    .await;
}

#[tokio::test]
async fn an_owner_who_sleeps_takes_nothing_over_and_the_backup_is_called_once() {
    on_both(async |test| {
        let team = Team::live(test).await;
        let desk = &team.desk;
        let other = test.another_node().await;
        team.until("16T16:14").await;
        assert_eq!(told(&desk.lead).await, Vec::<String>::new());
        // Both nodes come to it.
        test.app.clock.set(t("16T16:15"));
        let (one, two) = tokio::join!(engine::tick(&test.app), engine::tick(&other));
        one.unwrap();
        two.unwrap();
        team.until("16T16:15").await;
        engine::tick(&other).await.unwrap();
        assert_eq!(told(&desk.lead).await, ["backup called"]);
        assert_eq!(told(&team.olga).await, ["handover take_over", "handover late"]);
        assert_eq!(told(&desk.owner).await, ["handover write", "handover stay"]);
        let called: Vec<_> = letters(test).into_iter().filter(|(to, _)| to == "mara@example.org").collect();
        assert_eq!(called, [("mara@example.org".to_owned(), "You are called as backup: Olga Petrova has not taken over".to_owned())]);

        // Jonas stays, and it is said since when.
        let now = desk.agent.get(&desk.at("/now")).await.good();
        assert_eq!((&now["owner"]["name"], &now["owner"]["late_since"]), (&json!("Jonas Weber"), &json!(t("16T16:00"))));
        assert_eq!(now["next_owner"]["name"], "Olga Petrova");
        team.until("16T17:00").await;
        team.take_over(&desk.lead, &[]).await.good();
        team.until("16T18:00").await;
        assert_eq!(team.owner("16T17:01").await, "Mara Lind");
        // Of what lies ahead, the schedule says who is meant to.
        assert_eq!(team.owner("16T18:01").await, "Olga Petrova");
        // Awake at last.
        team.take_over(&team.olga, &[]).await.good();
        team.until("16T19:00").await;
        for (at, who) in [("16T15:59", "Jonas Weber"), ("16T16:59", "Jonas Weber"), ("16T17:30", "Mara Lind"), ("16T18:30", "Olga Petrova")] {
            assert_eq!(team.owner(at).await, who, "{at}");
        }
        assert_eq!(told(&desk.lead).await, ["backup called", "handover taken"]);
        let problem = team.take_over(&team.ivo, &[]).await.problem(409);
        assert!(text(&problem["detail"]).contains("olga@example.org has taken over already"), "{problem}");
    })
    .await;
}

#[tokio::test]
async fn a_restart_in_between_calls_nobody_twice_and_nobody_less() {
    for database in [Database::Sqlite, Database::Postgres] {
        println!("on {database:?}");
        let test = TestApp::start(database, Wanted::default()).await;
        let (window, clock) = {
            let team = Team::live(&test).await;
            team.until("16T16:10").await;
            (team.desk.window.clone(), test.app.clock.clone())
        };
        // It is down while the time comes, and begins again twice after it.
        let node = test.another_node().await;
        clock.set(t("16T16:40"));
        engine::fast_forward(&node, t("16T16:40")).await.unwrap();
        let again = test.another_node().await;
        engine::fast_forward(&again, t("16T17:00")).await.unwrap();
        let lead = test.sign_in("Mara Lind").await;
        assert_eq!(told(&lead).await, ["backup called"]);
        assert_eq!(letters(&test).iter().filter(|(_, s)| s.contains("backup")).count(), 1);
        let events = lead.get(&format!("/events?window={window}&limit=200")).await.good();
        let called = items(&events).iter().filter(|e| e["kind"] == "rota.backup_called").count();
        assert_eq!(called, 1);
        test.stop().await;
    }
}

#[tokio::test]
async fn cover_is_asked_taken_once_and_becomes_the_rota() {
    on_both(async |test| {
        let team = Team::live(test).await;
        let desk = &team.desk;
        let problem = team.ask(&desk.owner, "16T20:00", "16T22:00").await.problem_at(422, "from");
        assert!(text(&problem["detail"]).contains("is not on duty"), "{problem}");
        let asked = team.ask(&team.olga, "18T16:00", "18T19:00").await.good();
        assert_eq!((&asked["state"], &asked["you_may_withdraw"], &asked["you_may_take"]), (&json!("open"), &json!(true), &json!(false)));
        assert_eq!((told(&desk.owner).await, told(&team.noor).await), (vec!["cover asked".into()], vec![]));

        // Ivo comes from the night: too much for him. Noor is fresh.
        let problem = team.take(&team.ivo, &asked["id"]).await.problem_at(409, "over");
        assert!(text(&problem["detail"]).contains("Directive 2003/88/EC") || text(&problem["detail"]).contains("HSE"), "{problem}");
        let over = json!({ "request": asked["id"], "over": true, "reason": "I can." });
        team.ivo.post(&desk.at("/cover/accept"), &over).await.problem_at(403, "over");
        let at = desk.at("/cover/accept");
        let take = json!({ "request": asked["id"] });
        let mara = test.sign_in("Mara Lind").await;
        let (one, two) = tokio::join!(team.noor.post(&at, &take), mara.post(&at, &take));
        let statuses = [one.status.as_u16(), two.status.as_u16()];
        assert!(statuses.contains(&200) && statuses.contains(&409), "{} {}", one.text, two.text);
        let (winner, lost) = if one.status == 200 { ("Noor Haddad", two) } else { ("Mara Lind", one) };
        assert!(text(&lost.problem(409)["detail"]).contains("has taken it already"));
        assert_eq!(told(&team.olga).await, ["cover accepted"]);
        let rota = team.rota().await;
        let entry = &rota["cover"][0];
        assert_eq!((&entry["state"], &entry["taken_by"]["name"]), (&json!("accepted"), &json!(winner)));
        assert_eq!(rota["overrides"][0]["reason"], "School play.");
        assert_eq!((team.owner("18T17:00").await, team.owner("18T19:30").await), (json!(winner), json!("Olga Petrova")));
        // The two tabs of one person are one acceptance.
        let again = team.ask(&team.olga, "19T16:00", "19T17:00").await.good();
        let take = json!({ "request": again["id"] });
        let (one, two) = tokio::join!(team.noor.post(&at, &take), team.noor.post(&at, &take));
        one.good();
        two.good();
        assert_eq!(told(&team.olga).await, ["cover accepted", "cover accepted"]);
        assert_eq!(team.rota().await["overrides"].as_array().unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_swap_goes_both_ways_and_a_request_runs_out() {
    on_both(async |test| {
        let team = Team::live(test).await;
        let desk = &team.desk;
        let swap = json!({ "from": t("19T08:00"), "to": t("19T11:00"), "who": "olga@example.org",
            "in_return": { "from": t("19T21:00"), "to": t("20T00:00") } });
        let asked = desk.owner.post(&desk.at("/cover"), &swap).await.good();
        team.take(&team.noor, &asked["id"]).await.problem(403);
        // Olga goes home at midnight: eight hours are too few, said with the rule.
        let problem = team.take(&team.olga, &asked["id"]).await.problem_at(409, "over");
        assert!(text(&problem["detail"]).contains("Olga Petrova rests 8 h between duties"), "{problem}");
        desk.owner.post(&desk.at("/cover/withdraw"), &json!({ "request": asked["id"] })).await.good();
        assert_eq!(told(&team.olga).await, ["cover asked", "cover withdrawn"]);
        team.take(&team.olga, &asked["id"]).await.problem(409);

        // Nobody takes it: at its start it is over, and those concerned are told once.
        team.ask(&team.olga, "16T16:00", "16T18:00").await.good();
        team.until("16T16:00").await;
        team.until("16T16:05").await;
        assert_eq!(told(&desk.lead).await, ["cover expired"]);
        assert!(told(&team.olga).await.contains(&"cover expired".to_owned()));
        assert_eq!(team.rota().await["cover"][0]["state"], "expired");
    })
    .await;
}

#[tokio::test]
async fn a_lead_goes_over_a_rule_with_a_reason_that_is_kept() {
    on_both(async |test| {
        let team = Team::live(test).await;
        let desk = &team.desk;
        let problem = team.put(replace("jonas", "olga"), "17T08:00", "17T16:00", false).await.problem_at(409, "over");
        assert!(text(&problem["detail"]).contains("Olga Petrova rests 8 h between duties"), "{problem}");
        team.put(replace("jonas", "nobody"), "17T08:00", "17T16:00", false).await.problem_at(422, "change.by");
        team.put(replace("ivo", "noor"), "17T08:00", "17T16:00", false).await.problem_at(422, "change.who");
        let edited = team.put(replace("jonas", "olga"), "17T08:00", "17T16:00", true).await.good();
        assert!(!edited["accepted"].as_array().unwrap().is_empty(), "{edited}");
        let rota = team.rota().await;
        assert_eq!(rota["overrides"][0]["accepted"], edited["accepted"]);
        let worn = by(&rota["violations"], "rule", "daily_rest");
        assert_eq!((&worn["person"], &worn["strength"]), (&json!("olga@example.org"), &json!("hard")));
        assert_eq!((told(&desk.owner).await, told(&team.olga).await), (vec!["shift".into()], vec!["shift".into()]));
        let events = desk.agent.get(&format!("/events?window={}&limit=200", desk.window)).await.good();
        let said = items(&events).iter().find(|e| e["kind"] == "rota.override_added").unwrap().clone();
        assert!(text(&said["sentence"]).contains("going over") && text(&said["sentence"]).ends_with("Jonas is ill."), "{said}");

        // The past stays: what began is cut, what is over is refused.
        team.until("16T12:00").await;
        team.put(replace("jonas", "noor"), "16T09:00", "16T11:00", true).await.problem(422);
        team.put(replace("jonas", "noor"), "16T09:00", "16T15:00", true).await.problem(422);
        team.put(replace("jonas", "noor"), "16T12:00", "16T15:00", true).await.good();
        assert_eq!(team.owner("16T11:59").await, "Jonas Weber");
        // It passes when Noor says so.
        team.until("16T12:05").await;
        assert_eq!(team.owner("16T12:05").await, "Jonas Weber");
        team.take_over(&team.noor, &[]).await.good();
        assert_eq!(team.owner("16T12:06").await, "Noor Haddad");
    })
    .await;
}

#[tokio::test]
async fn who_may_do_what_with_a_rota() {
    on_both(async |test| {
        let team = Team::live(test).await;
        let desk = &team.desk;
        let new = json!({ "from": t("17T16:00"), "to": t("17T18:00"), "change": replace("olga", "noor"), "reason": "x" });
        for who in [&desk.owner, &desk.agent] {
            who.post(&desk.at("/rota/overrides"), &new).await.problem(403);
            who.post(&desk.at("/rota/layers"), &json!({ "layers": [], "reason": "x" })).await.problem(403);
        }
        let viewer = test.signed_in("Vera Look", Role::Viewer).await;
        viewer.get(&desk.at("/rota")).await.good();
        viewer.post(&desk.at("/cover"), &json!({})).await.problem(403);
        // One person cannot ask for another, nor withdraw theirs; a lead can.
        let asked = team.ask(&team.olga, "18T16:00", "18T19:00").await.good();
        desk.owner.post(&desk.at("/cover/withdraw"), &json!({ "request": asked["id"] })).await.problem(403);
        desk.lead.post(&desk.at("/cover/withdraw"), &json!({ "request": asked["id"] })).await.good();
        let program = test.program("Bot", &[Permission::Read, Permission::ConversationsWrite]).await;
        program.post(&desk.at("/cover"), &json!({ "from": t("18T16:00"), "to": t("18T19:00") })).await.problem(409);
        // A reason is asked for, and things that do not exist are named.
        desk.lead
            .post(&desk.at("/rota/overrides"), &json!({ "from": t("17T16:00"), "to": t("17T18:00"), "change": replace("olga", "noor") }))
            .await
            .problem_at(422, "reason");
        desk.lead.post(&desk.at("/rota/overrides/remove"), &json!({ "entry": "999", "reason": "x" })).await.problem(404);
        team.take(&team.noor, &json!("999")).await.problem(404);
        desk.lead.get("/windows/7/rota").await.problem(404);
        desk.lead.get(&desk.at("/rota?from=2026-11-16T00:00:00Z&to=2027-11-16T00:00:00Z")).await.problem_at(422, "to");
        // A closed window's rota is a record.
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "Over." })).await.good();
        desk.lead.post(&desk.at("/rota/overrides"), &new).await.problem(409);
        assert_eq!(team.rota().await["live"], false);
    })
    .await;
}

#[tokio::test]
async fn layers_are_looked_at_before_they_hold_and_nobodys_are_overwritten() {
    on_both(async |test| {
        let team = Team::live(test).await;
        let desk = &team.desk;
        let before = team.rota().await;
        let answers = |people: &[&str]| {
            let mut layers = before["layers"].as_array().unwrap().clone();
            let turns = json!({ "start": "2026-11-17T08:00", "cadence": "hourly", "length": 12, "people": people });
            layers.push(json!({ "name": "Answers", "role": "responder", "rotation": turns }));
            Value::from(layers)
        };
        let look = async |layers: &Value| desk.lead.post(&desk.at("/rota/layers/preview"), &json!({ "layers": layers, "to": t("19T08:00") })).await;
        let attend = async || {
            let review = desk.agent.get(&desk.at("/review")).await.good();
            review["review"]["people"].as_array().unwrap().iter().map(|p| text(&p["email"])).collect::<Vec<_>>()
        };
        assert!(!attend().await.contains(&"aiko@example.org".to_owned()));
        let responders = |rota: &Value| rota["shifts"].as_array().unwrap().iter().filter(|s| s["role"] == "responder").count();
        let two = answers(&["aiko@example.org", "olga@example.org"]);
        let seen = look(&two).await.good();
        assert_eq!((responders(&seen), responders(&team.rota().await)), (4, 0), "two days of turns of twelve hours, and nothing is kept");
        // A gap is seen before it is refused; what cannot be is named.
        let none = look(&json!([])).await.good();
        assert!(text(&none["faults"][0]["words"]).starts_with("Nobody decides from"), "{none}");
        look(&answers(&[])).await.problem_at(422, "layers[1].rotation");
        desk.agent.post(&desk.at("/rota/layers/preview"), &json!({ "layers": two })).await.problem(403);

        let set = async |layers: &Value, revision: &Value| {
            let body = json!({ "layers": layers, "reason": "More people write than we thought.", "over": true, "revision": revision });
            desk.lead.post(&desk.at("/rota/layers"), &body).await
        };
        // Cover in between changes the rota, not its layers.
        team.ask(&team.olga, "18T16:00", "18T19:00").await.good();
        set(&two, &before["layers_revision"]).await.good();
        let after = team.rota().await;
        assert_eq!((&after["layers"][1]["name"], responders(&after) > 0), (&json!("Answers"), true));
        // Whoever has shifts attends the review, and whose they are is asked of the rota.
        assert!(attend().await.contains(&"aiko@example.org".to_owned()));
        // Whoever read what held before does not overwrite it, and the plan's shifts count as well.
        let problem = set(&before["layers"], &before["layers_revision"]).await.problem_at(409, "revision");
        assert!(text(&problem["detail"]).contains("changed since you opened them"), "{problem}");
        set(&before["layers"], &after["layers_revision"]).await.good();
        assert_eq!(responders(&team.rota().await), 0);
        set(&two, &Value::Null).await.good();
    })
    .await;
}

#[tokio::test]
async fn layers_take_turns_across_the_night_in_which_clocks_change() {
    let wanted = Wanted { start: Timestamp::parse("2026-10-23T08:00:00Z").unwrap(), ..Wanted::default() };
    crate::support::on_both_with(wanted, async |test| {
        let desk = Desk::ready(test).await;
        // Daily turns at 08:00 in Berlin; clocks go back on Sunday the 25th, and that turn has 25 hours.
        let rotation = json!({ "start": "2026-10-20T08:00", "cadence": "daily", "length": 1, "people": ["jonas@example.org", "olga@example.org"] });
        let layers = json!([{ "name": "Turns", "role": "decision_owner", "rotation": rotation }]);
        desk.lead
            .post(&desk.at("/rota/layers"), &json!({ "layers": layers, "reason": "Until the plan's shifts begin." , "over": true }))
            .await
            .good();
        let span = format!("{}?from=2026-10-24T06:00:00Z&to=2026-10-26T07:00:00Z", desk.at("/rota"));
        let rota = desk.agent.get(&span).await.good();
        let shifts: Vec<_> = rota["shifts"].as_array().unwrap().iter().map(|s| (text(&s["person"]), text(&s["from"]), text(&s["to"]))).collect();
        assert_eq!(shifts[0], ("jonas@example.org".into(), "2026-10-24T06:00:00Z".into(), "2026-10-25T07:00:00Z".into()));
        assert_eq!(shifts[1].1, "2026-10-25T07:00:00Z");
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active", "reason": "Go." })).await.good();
        let owner = async |at: &str| desk.agent.get(&desk.at(&format!("/duty?at={at}"))).await.good()["owner"]["email"].clone();
        engine::fast_forward(&test.app, Timestamp::parse("2026-10-24T05:40:00Z").unwrap()).await.unwrap();
        let (jonas, olga) = (test.sign_in("Jonas Weber").await, test.sign_in("Olga Petrova").await);
        let acknowledge = async |who: &Client| {
            let h = items(&who.get(&desk.at("/handovers")).await.good())[0]["id"].clone();
            who.post(&desk.at("/handovers/acknowledge"), &json!({ "handover": h })).await.good();
        };
        acknowledge(&jonas).await;
        let path = text(&jonas.post("/calendar-address", &json!({})).await.good()["path"]);
        let long = entries(&test.stranger().get(&path).await.text);
        assert!(lines(&long).contains(&"24T06 25T07 0 CONFIRMED".to_owned()), "{:?}", lines(&long));
        // The next handover begins half an hour before 08:00 by the clock on the wall, an hour later than on the day before.
        engine::fast_forward(&test.app, Timestamp::parse("2026-10-25T06:29:00Z").unwrap()).await.unwrap();
        assert_eq!(items(&olga.get(&desk.at("/handovers")).await.good()).len(), 1);
        engine::fast_forward(&test.app, Timestamp::parse("2026-10-25T06:30:00Z").unwrap()).await.unwrap();
        acknowledge(&olga).await;
        assert_eq!(
            (owner("2026-10-25T06:59:00Z").await, owner("2026-10-25T07:00:00Z").await),
            (json!("jonas@example.org"), json!("olga@example.org"))
        );
    })
    .await;
}
