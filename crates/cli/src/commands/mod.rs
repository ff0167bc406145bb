//! One file for each command.

pub mod client;
pub mod demo;
pub mod openapi;
pub mod plan;
pub mod replay;
pub mod report;
pub mod serve;
