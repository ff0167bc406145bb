//! Stories about the whole server, each on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a story that cannot go on fails")]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod assistant;
mod assistant_figures;
mod auth;
mod bridges;
mod bulk;
mod chat;
mod chat_identity;
mod chat_sides;
mod clocks;
mod conversations;
mod decisions;
mod desk;
mod drafting;
mod erasure;
mod escalations;
mod fields;
mod figures;
mod gaps;
mod health;
mod idempotency;
mod imports;
mod inbound;
mod issues;
mod joined;
mod learned;
mod letters;
mod mail;
mod mail_servers;
mod notices;
mod openapi;
mod outbox;
mod pages;
mod people;
mod permissions;
mod primary_intake;
mod problems;
mod rate_limits;
mod reach;
mod red_team;
mod repeats;
mod reply_to_all;
mod rota;
mod search;
mod signals;
mod split;
mod stages;
mod streams;
mod sure;
mod texts;
mod turn;
mod unanswered;
mod updates;
mod viewers;
mod views;
mod warnings;
mod webhooks;
mod window_story;
mod windows;
