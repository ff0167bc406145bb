//! `kill -9` in the middle of a replay: what was acknowledged is there, once.

use crate::support::{Counts, Done, Installation, Messages, Server, bank_or_demo, on_both, until};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

const MESSAGES: usize = 2_000;

/// Kills the server whenever it has acknowledged so many more, starts it again, and lets the replay finish by itself.
async fn check_replay_survives(at: &Installation, kills: usize) {
    let messages = bank_or_demo(at, MESSAGES);
    let Messages { plan, file, .. } = &messages;
    let args = ["replay", "--plan", plan, "--messages", file, "--connections", "16", "--patience", "60", "--json"];
    let mut server = Server::start(at).await;
    let mut replay = at.remotely(&args).spawn().unwrap();
    let each = (MESSAGES / (kills + 2)) as u64;
    for life in 0..kills {
        until("messages are acknowledged", async || server.inbound(201).await >= each).await;
        assert!(replay.try_wait().unwrap().is_none(), "life {life}: the replay ended before the kill");
        server.kill().await;
        assert!(replay.try_wait().unwrap().is_none(), "life {life}: the replay gave up");
        server = Server::start(at).await;
    }
    let output = replay.wait_with_output().await.unwrap();
    let done = Done { code: output.status.code(), out: String::from_utf8(output.stdout).unwrap(), err: String::from_utf8(output.stderr).unwrap() };
    done.good();
    let after = server.inbound(201).await;
    assert!(after > 0 && after <= MESSAGES as u64 - each * kills as u64, "{after} were acknowledged after the last kill");

    let counts = Counts::of(&at.location()).await;
    counts.every_message_once(&messages).await;
    counts.no_gap_in_events().await;
    assert_eq!(done.json(), counts.summary(MESSAGES).await);
    counts.close().await;
}

on_both!(a_replay_outlives_a_kill, |at| {
    check_replay_survives(&at, 1).await;
});

on_both!(a_replay_outlives_three_kills, |at| {
    check_replay_survives(&at, 3).await;
});

/// What a caller was told about each message, at the moment it was told.
type Acknowledged = Arc<Mutex<Vec<(usize, Value)>>>;

/// Sixteen callers send until the server is gone; each notes what was acknowledged and does not try again.
async fn send_until_it_dies(server: &Server, token: &str, from: usize, acknowledged: &Acknowledged) -> Vec<tokio::task::JoinHandle<()>> {
    let next = Arc::new(AtomicUsize::new(from));
    let caller = |_| {
        let (next, acknowledged, token) = (Arc::clone(&next), Arc::clone(acknowledged), token.to_owned());
        let request = server.post("inbound", &json!({})).bearer_auth(token);
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let answer = request.try_clone().unwrap().json(&body(number)).send().await;
                let Ok(answer) = answer else { return };
                let status = answer.status().as_u16();
                let Ok(reply) = answer.json::<Value>().await else { return };
                assert_eq!(status, 201, "{reply}");
                acknowledged.lock().unwrap().push((number, reply));
            }
        })
    };
    (0..16).map(caller).collect()
}

fn text(number: usize) -> String {
    format!("Message {number}: where is my new card?")
}
fn body(number: usize) -> Value {
    json!({ "channel": "api", "contact": { "key": format!("k{number}") }, "external_id": format!("m{number}"), "text": text(number) })
}

on_both!(every_acknowledged_message_survives_kill_after_kill, |at| {
    let acknowledged = Acknowledged::default();
    let mut server = Server::start(&at).await;
    for life in 0..5 {
        let before = acknowledged.lock().unwrap().len();
        let callers = send_until_it_dies(&server, &at.token, life * 100_000, &acknowledged).await;
        until("messages are acknowledged", async || acknowledged.lock().unwrap().len() >= before + 40 + life * 37).await;
        server.kill().await;
        for caller in callers {
            caller.await.unwrap();
        }
        server = Server::start(&at).await;
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    let counts = Counts::of(&at.location()).await;
    for (number, reply) in &acknowledged {
        let id = reply["message"].as_str().unwrap();
        assert_eq!(counts.text(id).await, Some(text(*number)), "message {number} was acknowledged and is not there");
        assert_eq!(reply["duplicate"], false);
    }
    counts.no_gap_in_events().await;
    // Whoever asks again is told of the same message.
    for (number, reply) in acknowledged.iter().step_by(25) {
        let again: Value = server.post("inbound", &body(*number)).bearer_auth(&at.token).send().await.unwrap().json().await.unwrap();
        assert_eq!((&again["message"], &again["duplicate"]), (&reply["message"], &json!(true)), "message {number}");
    }
    counts.close().await;
});
