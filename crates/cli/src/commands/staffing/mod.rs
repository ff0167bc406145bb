//! `hypercare staffing`: how many people are needed, and whether the plan has them.

mod input;
mod live;
mod plan;
mod show;
mod tickets;

use anyhow::{Result, bail};
use clap::Args;
use hypercare_core::plan::Length;
use hypercare_core::staffing::{Load, Surge, Target, USUAL_CV, rate_percentile};
use std::path::PathBuf;

/// How many people a channel needs, with every assumption. Live channels by Erlang C (and A), tickets by their backlog.
#[derive(Debug, Args)]
pub struct Staffing {
    /// Contacts that arrive in each `--per`.
    #[arg(long, value_parser = input::number, allow_hyphen_values = true)]
    arrivals: Option<f64>,
    /// The period of `--arrivals`: 30min, 1h, 1d.
    #[arg(long, value_parser = input::length, allow_hyphen_values = true)]
    per: Option<Length>,
    /// Average handling time of one contact, with what comes after it: 3min.
    #[arg(long, value_parser = input::length, allow_hyphen_values = true)]
    aht: Length,
    /// Live channels: share that is answered in time, such as 80% or 0.8.
    #[arg(long, value_parser = input::share, default_value = "80%", allow_hyphen_values = true)]
    target: f64,
    /// Live channels: the time within which that share is answered.
    #[arg(long, value_parser = input::length, default_value = "20s", allow_hyphen_values = true)]
    within: Length,
    /// Share of paid time that is not at the queue: breaks, meetings, training, illness.
    #[arg(long, value_parser = input::share, default_value = "30%", allow_hyphen_values = true)]
    shrinkage: f64,
    /// Largest share of their time that people are busy.
    #[arg(long, value_parser = input::share, default_value = "85%", allow_hyphen_values = true)]
    occupancy: f64,
    /// Live channels: mean time after which people give up; shows Erlang A beside Erlang C.
    #[arg(long, value_parser = input::length, allow_hyphen_values = true)]
    patience: Option<Length>,
    /// Staff for this percentile of the forecast instead of its mean, such as 85% (with --plan: 85% unless said otherwise).
    #[arg(long, value_parser = input::share, allow_hyphen_values = true)]
    percentile: Option<f64>,
    /// E-mail and tickets: a backlog worked off in working hours, instead of people who wait on the line.
    #[arg(long)]
    backlog: bool,
    /// Tickets: working time within which each is done: 4h.
    #[arg(long, value_parser = input::length, requires = "backlog", allow_hyphen_values = true)]
    target_hours: Option<Length>,
    /// Tickets: working hours, as `always`, as `mon-fri 09:00-17:00`, or a calendar of the plan given with --plan.
    #[arg(long, requires = "backlog")]
    calendar: Option<String>,
    /// Tickets: how many are open at the start.
    #[arg(long, value_parser = input::number, default_value = "0", requires = "backlog", allow_hyphen_values = true)]
    open: f64,
    /// A plan: each hour's need in the first two weeks beside its shifts.
    #[arg(long)]
    plan: Option<PathBuf>,
    /// A normal week as CSV with the columns weekday, hour and contacts; instead of --arrivals.
    #[arg(long, requires = "plan", conflicts_with_all = ["arrivals", "per", "backlog"])]
    volume: Option<PathBuf>,
    /// With --plan: how much more arrives at go-live, in normal volumes on top (an assumption).
    #[arg(long, value_parser = input::number, default_value = "1.5", requires = "plan", allow_hyphen_values = true)]
    surge: f64,
    /// With --plan: time in which that falls to 37 % (an assumption).
    #[arg(long, value_parser = input::length, default_value = "4d", requires = "plan", allow_hyphen_values = true)]
    fades: Length,
    /// With --plan: people at the queue at all hours of the coverage besides the plan's shifts.
    #[arg(long, default_value_t = 0, requires = "plan")]
    people: u32,
    /// Print JSON; docs/staffing.md describes it.
    #[arg(long)]
    json: bool,
}

impl Staffing {
    /// Runs it.
    ///
    /// # Errors
    /// When a number makes no sense, or a file cannot be read.
    pub fn run(self) -> Result<()> {
        let target = self.checked_target()?;
        if let Some(percentile) = self.percentile.filter(|p| !(0.5..1.0).contains(p)) {
            bail!("--percentile: {} is not between 50 % and 100 %; 80 % to 90 % are usual", show::percent(percentile));
        }
        if self.backlog {
            tickets::run(&self)
        } else if let Some(file) = &self.plan {
            plan::run(&self, file, target)
        } else {
            live::run(&self, target)
        }
    }

    fn checked_target(&self) -> Result<Target> {
        let target =
            Target { share: self.target, within_secs: self.within.0.as_secs_f64(), max_occupancy: self.occupancy, shrinkage: self.shrinkage };
        target.checked().map_err(anyhow::Error::msg)
    }

    /// The arrivals and their period; both are needed.
    fn volume(&self) -> Result<(f64, Length)> {
        match (self.arrivals, self.per) {
            (Some(arrivals), Some(per)) => {
                // Only to say what is wrong with them.
                Load::new(arrivals, per.0, self.aht.0).map_err(anyhow::Error::msg)?;
                Ok((arrivals, per))
            }
            (Some(_), None) => bail!("--per is missing: say in which time these arrive, such as --per 30min"),
            (None, Some(_)) => bail!("--arrivals is missing: say how many arrive in that time, such as --arrivals 100"),
            (None, None) if self.plan.is_some() && !self.backlog => {
                bail!("how much arrives is not known: give --volume FILE with a normal week, or --arrivals N --per 1h")
            }
            (None, None) => bail!("how much arrives is not known: give --arrivals N --per 30min, or --plan P.toml --volume FILE"),
        }
    }

    /// What is staffed for instead of the mean, as a factor.
    fn uplift(&self) -> f64 {
        self.percentile.map_or(1.0, |p| rate_percentile(1.0, USUAL_CV, p))
    }

    fn surge(&self) -> Result<Surge> {
        if !(0.0..=100.0).contains(&self.surge) {
            bail!("--surge: {} is not between 0 and 100; 1.5 is two and a half times the normal volume at go-live", self.surge);
        }
        if self.fades.0 <= hypercare_core::Span::ZERO {
            bail!("--fades: the surge must take some time to fade, such as 4d");
        }
        Ok(Surge { size: self.surge, fades: self.fades.0 })
    }
}
