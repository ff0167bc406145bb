//! The private PostgreSQL: that it is there, is one's own, and goes away.

use hypercare_test_support::postgres::{Cluster, Durability, programs};
use hypercare_test_support::{PgDatabase, fresh_postgres_database};
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::pin::pin;
use std::process::{Command, Stdio};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// The function is async for its callers' sake and never waits.
fn fresh() -> PgDatabase {
    match pin!(fresh_postgres_database()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(database) => database,
        Poll::Pending => panic!("the database should be there at once"),
    }
}

fn ask(url: &str, query: &str) -> Result<String, String> {
    let psql = programs().expect("PostgreSQL is installed").join("psql");
    let output = Command::new(psql).args(["--no-psqlrc", "--tuples-only", "--no-align", "--command", query, url]).output().expect("psql starts");
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

#[test]
fn each_test_has_a_database_of_its_own_that_is_dropped() {
    let (one, two) = (fresh(), fresh());
    ask(&one.url, "CREATE TABLE only_here (n int)").unwrap();
    assert!(ask(&two.url, "SELECT n FROM only_here").unwrap_err().contains("does not exist"));
    let url = one.url.clone();
    drop(one);
    assert!(ask(&url, "SELECT 1").unwrap_err().contains("does not exist"));
    assert_eq!(ask(&two.url, "SELECT 1").unwrap(), "1");
}

#[test]
fn durability_is_what_was_asked_for() {
    #[track_caller]
    fn check(durability: Durability, fsync: &str) {
        let cluster = Cluster::start(durability).unwrap();
        assert_eq!(ask(&cluster.url("postgres"), "SHOW fsync").unwrap(), fsync);
        assert_eq!(ask(&cluster.url("postgres"), "SHOW synchronous_commit").unwrap(), fsync);
    }
    check(Durability::Fast, "off");
    check(Durability::Full, "on");
}

#[test]
fn a_dropped_cluster_leaves_nothing_behind() {
    let cluster = Cluster::start(Durability::Fast).unwrap();
    let url = cluster.url("postgres");
    let folder = url.split_once("host=").unwrap().1.to_owned();
    assert!(Path::new(&folder).exists());
    drop(cluster);
    assert!(!Path::new(&folder).exists());
    assert!(ask(&url, "SELECT 1").is_err());
}

#[test]
fn a_killed_test_leaves_nothing_behind() {
    let mut other =
        Command::new(env!("CARGO_BIN_EXE_test-postgres")).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(other.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let url = url.trim();
    assert_eq!(ask(url, "SELECT 1").unwrap(), "1");
    other.kill().unwrap();
    other.wait().unwrap();
    let folder = url.split_once("host=").unwrap().1;
    let deadline = Instant::now() + Duration::from_secs(30);
    while Path::new(folder).exists() {
        assert!(Instant::now() < deadline, "{folder} is still there");
        std::thread::sleep(Duration::from_millis(20));
    }
}
