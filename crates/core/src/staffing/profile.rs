//! The volume of a normal week, hour by hour.

use super::table;
use jiff::civil::DateTime;

/// Hours of a week.
pub const HOURS_OF_WEEK: usize = 168;

/// What arrives in each hour of a normal week, Monday 00:00 first, on the local clock.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekProfile([f64; HOURS_OF_WEEK]);

impl WeekProfile {
    /// The same every hour.
    pub fn flat(per_hour: f64) -> Self {
        Self([per_hour; HOURS_OF_WEEK])
    }

    /// The mean of what arrived in each hour of the week. `weeks` is how often each hour of the week was observed; hours that never
    /// were have none.
    pub fn mean_of(arrivals: impl IntoIterator<Item = DateTime>, weeks: &[u32; HOURS_OF_WEEK]) -> Self {
        let mut sums = [0.0; HOURS_OF_WEEK];
        arrivals.into_iter().for_each(|at| sums[hour_of_week(at)] += 1.0);
        for (sum, weeks) in sums.iter_mut().zip(weeks) {
            *sum /= f64::from((*weeks).max(1));
        }
        Self(sums)
    }

    /// From volumes by hour of the week, Monday 00:00 first.
    pub fn new(hours: [f64; HOURS_OF_WEEK]) -> Self {
        Self(hours)
    }

    /// From a table with the columns `weekday` (mon … sun), `hour` (0 to 23) and `contacts`, in any order of rows; hours that are not
    /// there have none.
    ///
    /// # Errors
    /// Line and column, what is wrong and what would be right.
    pub fn from_csv(text: &str) -> Result<Self, String> {
        table::read(text).map(Self)
    }

    /// What arrives in the hour of a local time.
    pub fn at(&self, local: DateTime) -> f64 {
        self.0[hour_of_week(local)]
    }

    /// What arrives in the week.
    pub fn total(&self) -> f64 {
        self.0.iter().sum()
    }
}

/// 0 for Monday 00:00 to 167 for Sunday 23:00.
pub fn hour_of_week(local: DateTime) -> usize {
    let day = usize::from(local.weekday().to_monday_zero_offset().unsigned_abs());
    day * 24 + usize::from(local.hour().unsigned_abs())
}
