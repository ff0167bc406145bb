//! `kill -9` while mails come in: what was acknowledged to the mail server is there, once.

use crate::support::{Counts, Server, on_both, until};
use hypercare_test_support::free_port;
use hypercare_test_support::postman::{hand_over, letter_text};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Four mail servers hand over until they are told to stop. One that is not answered sends the same mail again, as mail servers do.
fn hand_over_all(
    at: SocketAddr,
    next: &Arc<AtomicUsize>,
    taken: &Arc<Mutex<Vec<usize>>>,
    stop: &Arc<AtomicBool>,
) -> Vec<std::thread::JoinHandle<()>> {
    let one = |_| {
        let (next, taken, stop) = (Arc::clone(next), Arc::clone(taken), Arc::clone(stop));
        std::thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                // About as many as are taken in at the same time, unoptimised.
                std::thread::sleep(std::time::Duration::from_millis(150));
                let number = next.fetch_add(1, Ordering::Relaxed);
                let headers =
                    [format!("From: c{number}@example.net"), format!("Message-ID: <m{number}@example.net>"), format!("Subject: Mail {number}")];
                let mail = letter_text(&headers.each_ref().map(String::as_str), "Where is my new card?");
                loop {
                    let said = hand_over(at, "c@example.net", &["support@localhost"], mail.as_bytes());
                    if said.is_ok_and(|said| said.first().is_some_and(|line| line.starts_with("250"))) {
                        taken.lock().unwrap().push(number);
                        break;
                    }
                }
            }
        })
    };
    (0..4).map(one).collect()
}

on_both!(every_acknowledged_mail_survives_kill_after_kill, |at| {
    let lmtp = SocketAddr::from(([127, 0, 0, 1], free_port()));
    let flags = ["--lmtp", &lmtp.to_string()];
    let (next, taken, stop) = (Arc::default(), Arc::<Mutex<Vec<usize>>>::default(), Arc::default());
    let mut server = Server::start_with(&at, &flags).await;
    let servers = hand_over_all(lmtp, &next, &taken, &stop);
    for life in 0..2 {
        let before = taken.lock().unwrap().len();
        until("mails are acknowledged", async || taken.lock().unwrap().len() >= before + 20 + life * 7).await;
        server.kill().await;
        server = Server::start_with(&at, &flags).await;
    }
    stop.store(true, Ordering::Relaxed);
    for one in servers {
        tokio::task::spawn_blocking(move || one.join().unwrap()).await.unwrap();
    }
    let counts = Counts::of(&at.location()).await;
    until("every mail is taken in", async || counts.mails("new").await == 0).await;
    let taken = taken.lock().unwrap().clone();
    assert_eq!((counts.mails("taken").await, counts.mails("held").await), (taken.len(), 0));
    for number in taken {
        assert_eq!(counts.of_mail(&format!("m{number}@example.net")).await, 1, "mail {number} was acknowledged");
    }
    counts.no_gap_in_events().await;
    counts.close().await;
    drop(server);
});
