//! Measurements, each with a command of one line. They are never part of the tests: time depends on the machine.

use crate::{model, shell};
use anyhow::{Result, bail};

/// Name and package of each.
const BENCHES: [(&str, &str); 7] = [
    ("chat", "hypercare"),
    ("encoder", "hypercare-encoder"),
    ("inbox", "hypercare-server"),
    ("pages", "hypercare-server"),
    ("repeats", "hypercare-language"),
    ("rules", "hypercare-server"),
    ("search", "hypercare-search"),
];

/// Runs one, optimised; what comes after its name goes to it.
pub fn bench(name: &str, rest: &[String]) -> Result<()> {
    let Some((_, package)) = BENCHES.iter().find(|(known, _)| *known == name) else {
        let known: Vec<&str> = BENCHES.iter().map(|(known, _)| *known).collect();
        bail!("`{name}` is not a measurement; there is: {}.", known.join(", "));
    };
    if name == "encoder" {
        model::fetch()?;
    }
    let mut command = shell::cargo();
    command.args(["bench", "--quiet", "--package", package, "--bench", name, "--"]).args(rest);
    shell::run(&mut command)
}
