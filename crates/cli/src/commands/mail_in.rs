//! Flags of `hypercare serve` that say how e-mail comes in.

use anyhow::{Result, anyhow};
use clap::Args;
use hypercare_server::Config;
use hypercare_server::mail::{Imap, Inbox, inboxes};
use std::net::SocketAddr;

/// How e-mail comes in.
#[derive(Debug, Args)]
pub struct MailIn {
    /// A further address that customers write to, such as "Sales <sales@example.org>"; the first one is --mail-from. May be given
    /// several times; in the environment separated by commas.
    #[arg(long = "inbox", env = "HYPERCARE_INBOXES", value_delimiter = ',')]
    inboxes: Vec<String>,
    /// A mailbox to read: imaps://user:password@host:993/INBOX?inbox=help@example.org, with read_only=true and from=all if wanted. May be
    /// given several times; in the environment separated by blanks.
    #[arg(long = "imap", env = "HYPERCARE_IMAP", value_delimiter = ' ', hide_env_values = true)]
    imap: Vec<String>,
    /// Where the mail server before this one hands mails over by LMTP, such as 127.0.0.1:2424.
    #[arg(long, env = "HYPERCARE_LMTP")]
    lmtp: Option<SocketAddr>,
    /// The same by SMTP. Nothing is checked and nothing relayed: let a mail server that checks stand before it.
    #[arg(long, env = "HYPERCARE_SMTP_LISTEN")]
    smtp_listen: Option<SocketAddr>,
    /// The name under which that mail server writes what it found of DKIM, SPF and DMARC (its authserv-id); without it nothing is shown.
    #[arg(long, env = "HYPERCARE_MAIL_AUTHSERV")]
    mail_authserv: Option<String>,
    /// Days after it was settled in which an answer brings a conversation back; a later one begins a new one.
    #[arg(long, env = "HYPERCARE_MAIL_REOPEN_DAYS", default_value_t = 30)]
    mail_reopen_days: u32,
    /// Largest mail that is taken, in MB as it comes over the wire; an attachment of 25 MB has 34 there.
    #[arg(long, env = "HYPERCARE_MAIL_LARGEST", default_value_t = 40, value_parser = clap::value_parser!(u16).range(1..=100))]
    mail_largest: u16,
}

impl MailIn {
    /// Puts them into the settings, whose sender is set already.
    ///
    /// # Errors
    /// A sentence that names the flag that is wrong.
    pub fn set(&self, config: &mut Config) -> Result<()> {
        for text in self.inboxes.iter().filter(|text| !text.trim().is_empty()) {
            config.mail_in.inboxes.push(Inbox::new(text.trim()).map_err(|why| anyhow!("--inbox: {why}"))?);
        }
        let known = inboxes(config).map_err(|why| anyhow!("{why}"))?;
        for text in self.imap.iter().filter(|text| !text.trim().is_empty()) {
            config.mail_in.imap.push(Imap::new(text, &known).map_err(|why| anyhow!("--imap: {why}"))?);
        }
        config.mail_in.lmtp = self.lmtp;
        config.mail_in.smtp = self.smtp_listen;
        config.mail_in.authserv.clone_from(&self.mail_authserv);
        config.mail_in.reopen_days = self.mail_reopen_days;
        config.mail_in.largest = usize::from(self.mail_largest) << 20;
        Ok(())
    }
}
