//! The server: one folder for each capability, each with its routes, its service and its API types.

// The macros that describe routes write the paths of types out in full.
#![allow(unused_qualifications)]

pub mod accounts;
pub mod answers;
pub mod app;
pub mod articles;
pub mod backlog;
pub mod bridges;
pub mod chat;
pub mod check_ins;
pub mod clock;
pub mod config;
pub mod conversations;
pub mod cutovers;
pub mod decisions;
pub mod drafting;
pub mod engine;
pub mod erasure;
pub mod escalations;
pub mod events;
pub mod fields;
pub mod files;
pub mod gaps;
pub mod http;
pub mod imports;
pub mod intake;
pub mod issues;
pub mod knowledge;
pub mod letters;
pub mod mail;
pub mod normal;
pub mod notices;
pub mod outbox;
pub mod outward;
pub mod people;
pub mod presence;
pub mod reach;
pub mod reports;
pub mod reviews;
pub mod rota;
pub mod search;
pub mod signals;
pub mod signs;
pub mod stages;
pub mod sure;
pub mod system;
pub mod texts;
pub mod turn;
pub mod unanswered;
pub mod updates;
pub mod viewers;
pub mod views;
pub mod warnings;
pub mod webhooks;
pub mod windows;

pub use app::App;
pub use clock::Clock;
pub use config::Config;
