//! What a mail says: its structure, the new words in it, and what it is (a reply, a bounce, a machine's answer).
//!
//! Everything here is a pure function of the mail's bytes: no network, no clock, no configuration. [`read`] is meant to end soon and
//! without a panic whatever the mail holds, and is searched for mails with which it does not (`cargo xtask fuzz`); what is wrong
//! with a mail is said in [`Mail::defects`], and as much as can be read is read.

mod authentication;
mod automatic;
mod body;
mod bounce;
mod head;
pub mod html;
mod ids;
mod model;
mod read;
pub mod thread;
pub mod visible;

pub use authentication::{Authentication, authentication};
pub use automatic::OUR_MARK;
pub use bounce::{Action, Bounce, Recipient};
pub use head::{Head, head};
pub use model::{Address, Attachment, Mail, TooLarge};
pub use read::{Limits, attachment_content, file_name, read, sniffed};

#[cfg(test)]
mod tests;
