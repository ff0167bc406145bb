//! Queries, one file for each capability. Each function takes anything that can run statements.

pub mod access;
pub mod answers;
pub mod assistant;
pub mod confirmed;
pub mod contacts;
pub mod conversations;
pub mod decisions;
pub mod events;
pub mod help;
pub mod issues;
pub mod messages;
pub mod outbox;
pub mod people;
pub mod presence;
pub mod repeats;
pub mod search;
pub mod signals;
pub mod timers;
pub mod unanswered;
pub mod warnings;
pub mod windows;
