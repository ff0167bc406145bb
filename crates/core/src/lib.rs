//! Every decision Hypercare makes, as pure functions of history and `now`.
//!
//! Nothing in this crate reads the time, the network, the disk or a random source. Callers pass in
//! what happened and what time it is, and get back events, verdicts and the reasons for them. That is
//! what lets the same rules run live, be replayed over old data and be simulated.

pub mod account;
pub mod action;
pub mod actor;
pub mod aggregate;
pub mod answer;
pub mod article;
pub mod assignment;
pub mod backlog;
pub mod broadcast;
pub mod calendar;
pub mod channel;
pub mod check_in;
pub mod clock;
pub mod conversation;
pub mod cutover;
pub mod decision;
pub mod escalation;
pub mod exit;
pub mod fatigue;
pub mod fields;
pub mod handling;
pub mod id;
pub mod issue;
pub mod lessons;
pub mod normal;
pub mod notice;
pub mod objectives;
pub mod plan;
pub mod rates;
pub mod rating;
pub mod relapse;
pub mod review;
pub mod role;
pub mod rota;
pub mod severity;
pub mod signals;
pub mod staffing;
pub mod stages;
pub mod time;
pub mod timer;
pub mod topic;
pub mod triage;
pub mod unanswered;
pub mod update;
pub mod watch;
pub mod window;

pub use actor::{Actor, ActorKind, Stamp};
pub use aggregate::{Aggregate, Refusal};
pub use channel::Channel;
pub use id::*;
pub use severity::Severity;
pub use time::{Span, Timestamp};
