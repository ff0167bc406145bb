//! Mails handed over by LMTP.

use std::net::SocketAddr;

pub use hypercare_test_support::postman::letter_text;

/// Hands a mail over; see [`hypercare_test_support::postman::hand_over`].
pub async fn hand_over(server: SocketAddr, from: &str, to: &[&str], mail: &[u8]) -> Vec<String> {
    let (from, mail): (String, Vec<u8>) = (from.into(), mail.into());
    let to: Vec<String> = to.iter().map(|one| (*one).to_owned()).collect();
    let work = move || {
        let to: Vec<&str> = to.iter().map(String::as_str).collect();
        hypercare_test_support::postman::hand_over(server, &from, &to, &mail).unwrap()
    };
    tokio::task::spawn_blocking(work).await.unwrap()
}
