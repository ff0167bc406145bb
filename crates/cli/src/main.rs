//! The `hypercare` command: the server and everything an operator does, one file for each command.

mod commands;

use clap::{Parser, Subcommand};
use commands::{
    accounts, admin, answers, articles, audit, backtest, client, demo, import, mail, openapi, plan, repeats, replay, report, serve, simulate, sla,
    staffing, text,
};
use std::process::ExitCode;

/// A desk's memory rises with every rush of messages; this allocator gives it back to the system afterwards, and glibc's does not
/// (decision 0056).
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Runs the intensified support period after a big change goes live.
#[derive(Debug, Parser)]
#[command(name = "hypercare", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Demo(demo::Demo),
    Plan(plan::Plan),
    Repeats(repeats::Repeats),
    Replay(replay::Replay),
    Import(import::Import),
    Backtest(backtest::Backtest),
    Simulate(simulate::Simulate),
    Report(report::Report),
    Staffing(staffing::Staffing),
    Sla(sla::Sla),
    Accounts(accounts::Accounts),
    Answers(answers::Answers),
    Articles(articles::Articles),
    Text(text::TextCommand),
    Mail(mail::MailCommand),
    Openapi(openapi::Openapi),
    Admin(admin::Admin),
    Audit(audit::Audit),
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    client::prepare_tls();
    let done = match cli.command {
        Command::Serve(command) => command.run().await,
        Command::Demo(command) => {
            serve::log_as(serve::LogFormat::Text, "warn");
            Box::pin(command.run()).await
        }
        Command::Plan(command) => command.run().await,
        Command::Repeats(command) => command.run(),
        Command::Replay(command) => command.run().await,
        Command::Import(command) => command.run().await,
        Command::Backtest(command) => command.run(),
        Command::Simulate(command) => command.run(),
        Command::Report(command) => command.run().await,
        Command::Staffing(command) => command.run(),
        Command::Sla(command) => command.run().await,
        Command::Accounts(command) => command.run().await,
        Command::Answers(command) => command.run(),
        Command::Articles(command) => command.run().await,
        Command::Text(command) => return command.run(),
        Command::Mail(command) => command.run(),
        Command::Openapi(command) => command.run(),
        Command::Admin(command) => command.run().await,
        Command::Audit(command) => command.run().await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
