//! `hypercare simulate`: plays the launch of a plan with and without each measure; `simulate fit`: assumptions from history.

mod fit;
mod page;
mod text;

use super::{folder, plan};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand, ValueEnum};
use hypercare_core::plan::Plan;
use hypercare_sim::launch::assumptions::{self, Assumptions};
use hypercare_sim::launch::{self, Measure, Measures, Options};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Play the launch of a plan, with and without each measure, before it happens.
///
/// Customers, people and their luck are simulated one by one, the same in every comparison; days are judged by the rules
/// of a live window. What is assumed is printed with the figures.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Simulate {
    #[command(subcommand)]
    command: Option<Command>,
    /// The plan to play.
    #[arg(long, required = true, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// The same seed gives the same figures, on any machine.
    #[arg(long, default_value_t = 1, value_parser = seed, allow_hyphen_values = true)]
    seed: u64,
    /// How many launches; from 30 on intervals are to be believed.
    #[arg(long, default_value_t = 30, value_name = "N", value_parser = whole, allow_hyphen_values = true)]
    replications: usize,
    /// Days of the window that are played. Default: twice what the plan has as its length, 28 to 56.
    #[arg(long, value_name = "N", value_parser = whole, allow_hyphen_values = true)]
    days: Option<usize>,
    /// Assumptions that differ from the defaults.
    #[arg(long, value_name = "FILE")]
    assumptions: Option<PathBuf>,
    /// Leave these measures out of the comparison.
    #[arg(long, value_enum, value_name = "MEASURE", num_args = 1.., conflicts_with = "only")]
    without: Vec<Named>,
    /// Compare only these measures.
    #[arg(long, value_enum, value_name = "MEASURE", num_args = 1..)]
    only: Vec<Named>,
    /// Also write index.html with charts and result.json to this directory; made if it is not there.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
    /// Threads. Default: as many as the machine has. The figures do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find assumptions in the history of a desk, and print them as a file for --assumptions.
    Fit(fit::Fit),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Named {
    /// Shifts follow the forecast of the rise.
    Staffing,
    /// Customers who wait hear unasked how it stands.
    Updates,
    /// Answers to what is asked again and again are published.
    Answers,
    /// The assistant says approved answers at once.
    Assistant,
    /// Shifts end on time.
    ShiftGuard,
    /// Promises return to normal category by category.
    Stages,
    /// A stage also goes back where its promises break too fast; beside stages.
    BurnAlerts,
    /// Open conversations get the window's promises back after a step back; beside stages.
    Tightening,
}

impl From<Named> for Measure {
    fn from(named: Named) -> Self {
        match named {
            Named::Staffing => Self::Staffing,
            Named::Updates => Self::Updates,
            Named::Answers => Self::Answers,
            Named::Assistant => Self::Assistant,
            Named::ShiftGuard => Self::ShiftGuard,
            Named::Stages => Self::Stages,
            Named::BurnAlerts => Self::BurnAlerts,
            Named::Tightening => Self::Tightening,
        }
    }
}

impl Simulate {
    /// Runs it.
    ///
    /// # Errors
    /// What is wrong with the command line, the plan or the assumptions, and what would be right.
    pub fn run(self) -> Result<()> {
        if let Some(Command::Fit(fit)) = self.command {
            return fit.run();
        }
        let Some(file) = &self.plan else { bail!("say which plan: --plan FILE") };
        if let Some(out) = &self.out {
            folder::check(out)?;
        }
        let plan = read_plan(file)?;
        let assumptions = self.assumptions.as_deref().map_or_else(|| Ok(Assumptions::default()), read_assumptions)?;
        let options = Options {
            seed: self.seed,
            replications: self.replications,
            days: self.days.unwrap_or_else(|| usual_days(&plan)),
            measures: self.measures(),
            threads: self.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from),
        };
        let begun = Instant::now();
        let result = launch::compare(&plan, &assumptions, &options).map_err(|why| anyhow!("{why}"))?;
        if let Some(out) = &self.out {
            folder::write(out, &[("result.json", &serde_json::to_string(&result)?), ("index.html", &page::render(&result))])?;
        }
        if self.json {
            println!("{}", serde_json::to_string(&result)?);
        } else {
            print!("{}", text::render(&result));
            if let Some(out) = &self.out {
                println!("Page: {}", out.join("index.html").display());
            }
            eprintln!("Played in {:.1} s.", begun.elapsed().as_secs_f64());
        }
        Ok(())
    }

    fn measures(&self) -> Measures {
        if self.only.is_empty() {
            let without: Measures = self.without.iter().map(|m| Measure::from(*m)).collect();
            Measures::all().iter().filter(|m| !without.has(*m)).collect()
        } else {
            self.only.iter().map(|m| Measure::from(*m)).collect()
        }
    }
}

fn seed(text: &str) -> Result<u64, String> {
    text.trim().parse().map_err(|_| format!("a seed is a whole number from 0 to {}, such as 7", u64::MAX))
}

fn whole(text: &str) -> Result<usize, String> {
    text.trim().parse().map_err(|_| "a whole number is needed, such as 30".to_owned())
}

fn read_plan(file: &Path) -> Result<Plan> {
    let text = plan::read_valid(file)?;
    match hypercare_core::plan::check(&text).plan {
        Some(plan) => Ok(plan),
        None => bail!("{} is no plan", file.display()),
    }
}

fn read_assumptions(file: &Path) -> Result<Assumptions> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    assumptions::read(&text).map_err(|faults| anyhow!("{}:\n{}", file.display(), faults.join("\n")))
}

/// Twice the planned length, so that launches that take longer are seen too.
fn usual_days(plan: &Plan) -> usize {
    let planned = plan.window.planned.map_or(28, |l| l.0.0 / hypercare_core::Span::days(1).0);
    usize::try_from(planned * 2).unwrap_or(56).clamp(28, 56)
}
