//! One file for each command.

pub mod accounts;
pub mod admin;
pub mod answers;
pub mod articles;
pub mod audit;
pub mod backtest;
pub mod client;
pub mod demo;
pub mod folder;
pub mod history;
pub mod import;
pub mod language;
pub mod mail;
mod mail_in;
pub mod openapi;
pub mod place;
pub mod plan;
pub mod repeats;
pub mod replay;
pub mod report;
pub mod serve;
pub mod simulate;
pub mod sla;
pub mod staffing;
pub mod text;
