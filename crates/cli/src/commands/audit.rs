//! `hypercare audit`: whether the event log is what it was.

use super::place::Place;
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use hypercare_store::queries::chain::{self, Head, Verdict};
use serde_json::json;

/// Check the event log: that nothing in it was changed, left out or put in later. Works beside a running server.
#[derive(Debug, Args)]
pub struct Audit {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Look at every event. Ends with 1 where something does not fit.
    Verify {
        /// An end of the log that was noted earlier, as `head` printed it; repeat it for several.
        #[arg(long = "head", value_name = "NUMBER:LINK", value_parser = noted)]
        heads: Vec<(i64, String)>,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the end of the log, to be noted elsewhere: whoever can write to the database could make the whole log anew, and only such a
    /// note would show it.
    Head,
}

fn noted(text: &str) -> Result<(i64, String), String> {
    let wrong = || format!("`{text}` is not a number and 64 hexadecimal digits, such as 1042:9f86d0…, as `hypercare audit head` prints it");
    let (seq, link) = text.trim().split_once(':').ok_or_else(wrong)?;
    let seq = seq.parse::<i64>().ok().filter(|seq| *seq > 0).ok_or_else(wrong)?;
    let link = link.to_ascii_lowercase();
    if link.len() != 64 || !link.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(wrong());
    }
    Ok((seq, link))
}

impl Audit {
    /// Runs it.
    ///
    /// # Errors
    /// When the data cannot be opened, or the log is not what it was.
    pub async fn run(self) -> Result<()> {
        let app = self.place.open().await?;
        let done = match self.what {
            What::Head => head(&chain::head(&mut app.reader()).await?),
            What::Verify { heads, json } => chain::verify(&mut app.reader(), &heads).await.map_err(Into::into).and_then(|v| told(&v, json)),
        };
        app.store.close().await;
        done
    }
}

fn head(head: &Head) -> Result<()> {
    match &head.link {
        Some(link) => println!("{}:{link}", head.seq),
        None => bail!("nothing has happened yet that could be noted"),
    }
    Ok(())
}

fn told(verdict: &Verdict, as_json: bool) -> Result<()> {
    let Verdict { head, events, erased, faults } = verdict;
    if as_json {
        let link = head.link.as_ref().map(|link| format!("{}:{link}", head.seq));
        let told = json!({
            "intact": faults.is_empty(), "events": events, "erased": erased, "before_links": head.chained_after, "head": link, "faults": faults,
        });
        println!("{}", serde_json::to_string_pretty(&told)?);
    } else {
        for fault in faults {
            println!("event {}: {}", fault.seq, fault.what);
        }
        if faults.is_empty() {
            println!("{events} events are what they were.");
        }
        if *erased > 0 {
            println!("{erased} of them lost words to erasures of customers, as the log says.");
        }
        if head.chained_after > 0 {
            println!("{} earlier events are from before the log was linked: nothing can be said of them.", head.chained_after);
        }
        if let Some(link) = head.link.as_ref().filter(|_| faults.is_empty()) {
            println!("The end to note: {}:{link}", head.seq);
        }
    }
    if faults.is_empty() { Ok(()) } else { bail!("the log is not what it was") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_read_back() {
        #[track_caller]
        fn check(text: &str, good: bool) {
            assert_eq!(noted(text).is_ok(), good, "{text}");
        }
        let link = "9F".repeat(32);
        check(&format!("1042:{link}"), true);
        check(&format!(" 1042:{link} "), true);
        check(&format!("0:{link}"), false);
        check(&format!("x:{link}"), false);
        check(&link, false);
        check("1042:9f86", false);
        check(&format!("1042:{}", "x".repeat(64)), false);
    }
}
