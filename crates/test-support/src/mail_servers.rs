//! A private Dovecot and a private Postfix for tests: real mailboxes and a real mail server, on ports of their own, gone afterwards.
//!
//! Both give up rights that only root has, so they are started by root; elsewhere the tests that need them say that they did not run.

use crate::machine::{find_program, free_port};
use crate::temp::{TempDir, temp_dir};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Who has a mailbox; everybody else is unknown.
const MAILBOXES: [&str; 4] = ["lena", "bo", "sales", "help"];
/// Everybody's password.
pub const PASSWORD: &str = "correct-horse";

/// Running mail servers.
pub struct MailServers {
    /// Where mailboxes are read by IMAP.
    pub imap: u16,
    /// Where mails are sent by SMTP.
    pub smtp: u16,
    postfix: PathBuf,
    folder: TempDir,
    children: Vec<Child>,
}

impl MailServers {
    /// Starts both. Mails to `nordlicht.test` are handed over by LMTP on `lmtp`, everybody else's go to mailboxes.
    ///
    /// # Errors
    /// What this machine lacks, and how to get it.
    pub fn start(lmtp: u16) -> Result<Self, String> {
        available()?;
        let folder = temp_dir();
        let (imap, inner, smtp) = (free_port(), free_port(), free_port());
        // Their users must be able to come through to their files.
        let _ = fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755));
        let dovecot = dovecot(&folder, imap, inner)?;
        let postfix = postfix(&folder, smtp, inner, lmtp)?;
        let children = vec![
            spawn(Command::new("dovecot").args(["-F", "-c"]).arg(&dovecot))?,
            spawn(Command::new("/usr/lib/postfix/sbin/master").arg("-d").arg("-c").arg(&postfix))?,
        ];
        let started = Self { imap, smtp, postfix, folder, children };
        for port in [imap, inner, smtp] {
            started.wait_for(port)?;
        }
        Ok(started)
    }

    /// The mails in a mailbox, as they came.
    pub fn mails_of(&self, user: &str) -> Vec<String> {
        let mailbox = self.folder.join("mail").join(user);
        let mut files: Vec<PathBuf> = ["new", "cur"]
            .iter()
            .filter_map(|part| fs::read_dir(mailbox.join(part)).ok())
            .flat_map(|list| list.filter_map(Result::ok).map(|entry| entry.path()))
            .collect();
        files.sort();
        files.iter().filter_map(|file| fs::read(file).ok()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
    }

    /// Has a mailbox's mails numbered anew, as when it was restored from a backup.
    ///
    /// # Errors
    /// When its folder cannot be read.
    pub fn number_anew(&self, user: &str) -> std::io::Result<()> {
        for entry in fs::read_dir(self.folder.join("mail").join(user))? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with("dovecot") {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// How many mails of a mailbox are marked as seen.
    pub fn seen_by(&self, user: &str) -> usize {
        let files = fs::read_dir(self.folder.join("mail").join(user).join("cur"));
        let seen = |name: String| name.rsplit_once(":2,").is_some_and(|(_, flags)| flags.contains('S'));
        files.map_or(0, |list| list.filter_map(Result::ok).filter(|entry| seen(entry.file_name().to_string_lossy().into_owned())).count())
    }

    /// Has everything that waits tried again now.
    pub fn flush(&self) {
        let _ = Command::new("postqueue").arg("-c").arg(&self.postfix).arg("-f").status();
    }

    /// What both wrote, to show when a test fails.
    pub fn log(&self) -> String {
        ["dovecot.log", "postfix.log"].iter().filter_map(|file| fs::read_to_string(self.folder.join(file)).ok()).collect()
    }

    fn wait_for(&self, port: u16) -> Result<(), String> {
        let patience = Instant::now() + Duration::from_secs(20);
        while Instant::now() < patience {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(30));
        }
        Err(format!("a mail server does not listen on port {port}: {}", self.log()))
    }
}

impl Drop for MailServers {
    fn drop(&mut self) {
        for child in &mut self.children {
            // Masters end their processes when they are told to.
            let _ = Command::new("kill").arg(child.id().to_string()).status();
            let _ = child.wait();
        }
    }
}

/// Whether this machine can run them.
///
/// # Errors
/// What it lacks, and how to get it.
pub fn available() -> Result<(), String> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    let there = find_program("dovecot").is_some() && Path::new("/usr/lib/postfix/sbin/master").exists();
    match (there, root) {
        (true, true) => Ok(()),
        (false, _) => Err("Dovecot and Postfix not found (Debian: apt-get install dovecot-imapd dovecot-lmtpd postfix)".into()),
        (true, false) => Err("Dovecot and Postfix are started by root only".into()),
    }
}

fn spawn(command: &mut Command) -> Result<Child, String> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(|e| format!("{command:?}: {e}"))
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::write(file, text).map_err(|e| format!("{}: {e}", file.display()))
}

fn dovecot(folder: &Path, imap: u16, lmtp: u16) -> Result<PathBuf, String> {
    let at = folder.display();
    let users: String = MAILBOXES.iter().map(|user| format!("{user}:{{PLAIN}}{PASSWORD}::::::\n")).collect();
    write(&folder.join("users"), &users)?;
    fs::create_dir_all(folder.join("mail")).map_err(|e| e.to_string())?;
    let owned = Command::new("chown").arg("mail:mail").arg(folder.join("mail")).status();
    owned.map_err(|e| e.to_string())?;
    let config = format!(
        "protocols = imap lmtp\nlisten = 127.0.0.1\nbase_dir = {at}/run\nstate_dir = {at}/state\nlog_path = {at}/dovecot.log\nssl = no\n\
         disable_plaintext_auth = no\nmail_location = maildir:{at}/mail/%n\nmail_uid = mail\nmail_gid = mail\nfirst_valid_uid = 1\n\
         auth_username_format = %Ln\nrecipient_delimiter = +\n\
         service imap-login {{\n  inet_listener imap {{\n    port = {imap}\n  }}\n  inet_listener imaps {{\n    port = 0\n  }}\n}}\n\
         service lmtp {{\n  inet_listener lmtp {{\n    port = {lmtp}\n  }}\n}}\n\
         passdb {{\n  driver = passwd-file\n  args = {at}/users\n}}\n\
         userdb {{\n  driver = passwd-file\n  args = {at}/users\n  default_fields = uid=mail gid=mail home={at}/mail/%n\n}}\n"
    );
    let file = folder.join("dovecot.conf");
    write(&file, &config)?;
    Ok(file)
}

fn postfix(folder: &Path, smtp: u16, mailboxes: u16, lmtp: u16) -> Result<PathBuf, String> {
    let (at, etc) = (folder.display(), folder.join("postfix"));
    let main = format!(
        "compatibility_level = 3.6\nqueue_directory = {at}/queue\ndata_directory = {at}/postfix-data\ndaemon_directory = /usr/lib/postfix/sbin\n\
         command_directory = /usr/sbin\nmeta_directory = /etc/postfix\nmail_owner = postfix\nsetgid_group = postdrop\nmyhostname = mx.test\n\
         mydestination =\nmynetworks = 127.0.0.0/8\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nlocal_recipient_maps =\nalias_maps =\n\
         maillog_file = {at}/postfix.log\nmaillog_file_prefixes = {at}\nmessage_size_limit = 60000000\nmailbox_size_limit = 0\n\
         virtual_mailbox_domains = nordlicht.test customers.test\ntransport_maps = inline:{{ nordlicht.test=lmtp:inet:127.0.0.1:{lmtp} }}\n\
         virtual_transport = lmtp:inet:127.0.0.1:{mailboxes}\nsmtputf8_enable = yes\nqueue_run_delay = 2s\nminimal_backoff_time = 1s\nmaximal_backoff_time = 2s\n\
         lmtp_destination_concurrency_limit = 4\n"
    );
    write(&etc.join("main.cf"), &main)?;
    let mut master = format!("127.0.0.1:{smtp} inet n - n - - smtpd\npostlog unix-dgram n - n - 1 postlogd\n");
    // Name, private, wake-up, most processes, program: as in the settings that Postfix comes with.
    for service in [
        "pickup n 2 1 pickup",
        "cleanup n - 0 cleanup",
        "qmgr n 2 1 qmgr",
        "rewrite - - - trivial-rewrite",
        "bounce - - 0 bounce",
        "defer - - 0 bounce",
        "trace - - 0 bounce",
        "flush n 1000? 0 flush",
        "proxymap - - - proxymap",
        "smtp - - - smtp",
        "showq n - - showq",
        "error - - - error",
        "retry - - - error",
        "lmtp - - - lmtp",
        "anvil - - 1 anvil",
        "scache - - 1 scache",
    ] {
        let fields: Vec<&str> = service.split(' ').collect();
        if let [name, private, wake, most, program] = fields.as_slice() {
            master.push_str(&format!("{name} unix {private} - n {wake} {most} {program}\n"));
        }
    }
    write(&etc.join("master.cf"), &master)?;
    fs::create_dir_all(folder.join("queue")).map_err(|e| e.to_string())?;
    fs::create_dir_all(folder.join("postfix-data")).map_err(|e| e.to_string())?;
    let owned = Command::new("chown").arg("postfix").arg(folder.join("postfix-data")).status();
    owned.map_err(|e| e.to_string())?;
    // Makes the folders of the queue.
    let checked = Command::new("postfix").arg("-c").arg(&etc).arg("check").output().map_err(|e| e.to_string())?;
    if checked.status.success() { Ok(etc) } else { Err(format!("Postfix refuses its settings: {}", String::from_utf8_lossy(&checked.stderr))) }
}
