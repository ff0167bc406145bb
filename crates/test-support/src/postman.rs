//! A mail server that hands mails over by LMTP, as the one before ours does.

use std::io::{BufRead, BufReader, Error, ErrorKind, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A mail as text: headers, an empty line, the body.
pub fn letter_text(headers: &[&str], body: &str) -> String {
    format!("{}\r\n\r\n{}\r\n", headers.join("\r\n"), body.replace('\n', "\r\n"))
}

/// Hands a mail over for each of the receivers. Returns what was said to those who were refused, then to each of the others after the
/// mail.
///
/// # Errors
/// When nobody listens or the connection ends before all was said.
pub fn hand_over(server: SocketAddr, from: &str, to: &[&str], mail: &[u8]) -> Result<Vec<String>> {
    let mut to_server = connect(server)?;
    to_server.set_read_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(to_server.try_clone()?).lines();
    let mut hear = || lines.next().unwrap_or_else(|| Err(Error::from(ErrorKind::UnexpectedEof)));
    let mut said = vec![];
    hear()?;
    to_server.write_all(b"LHLO mx.test\r\n")?;
    while hear()?.as_bytes().get(3) == Some(&b'-') {}
    to_server.write_all(format!("MAIL FROM:<{from}>\r\n").as_bytes())?;
    hear()?;
    let mut taken = 0;
    for one in to {
        to_server.write_all(format!("RCPT TO:<{one}>\r\n").as_bytes())?;
        let answer = hear()?;
        if answer.starts_with('2') {
            taken += 1;
        } else {
            said.push(answer);
        }
    }
    if taken == 0 {
        return Ok(said);
    }
    to_server.write_all(b"DATA\r\n")?;
    hear()?;
    to_server.write_all(&stuffed(mail))?;
    for _ in 0..taken {
        said.push(hear()?);
    }
    to_server.write_all(b"QUIT\r\n")?;
    Ok(said)
}

/// With a dot before each line that begins with one, and the dot that ends it all.
fn stuffed(mail: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(mail.len() + 100);
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            wire.push(b'.');
        }
        wire.extend_from_slice(line);
    }
    if !wire.ends_with(b"\r\n") {
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b".\r\n");
    wire
}

fn connect(server: SocketAddr) -> Result<TcpStream> {
    let mut last = Error::from(ErrorKind::NotConnected);
    for _ in 0..100 {
        match TcpStream::connect(server) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(last)
}
