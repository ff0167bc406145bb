//! Small readers of one property each. Every finding quotes the words that it rests on.

pub(crate) mod echo;
pub(crate) mod held;
pub(crate) mod language;
pub(crate) mod person;
pub(crate) mod phrase;
pub(crate) mod reassurance;
pub(crate) mod upset;
pub(crate) mod urgent;
