//! Runs a throw-away PostgreSQL until its input closes, and prints its URL: for running tests by hand
//! many times (`export HYPERCARE_TEST_POSTGRES=…`) or for looking at it with psql.

use hypercare_test_support::postgres::{Cluster, Durability};
use std::process::ExitCode;

fn main() -> ExitCode {
    match Cluster::start(Durability::Fast) {
        Ok(cluster) => {
            println!("{}", cluster.url("postgres"));
            eprintln!("Press Enter to stop it and remove its data.");
            let _ = std::io::stdin().read_line(&mut String::new());
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
