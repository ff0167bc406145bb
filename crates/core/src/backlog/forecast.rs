//! When the backlog is gone, if everything goes on as in the last days.

/// What came and what went on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayFlow {
    /// Conversations opened.
    pub arrivals: u64,
    /// Conversations that left the backlog: settled, or part of another one.
    pub closures: u64,
}

/// Days that are looked at: each weekday once.
pub const DAYS: usize = 7;
/// Fewer whole days than this are no pace.
const LEAST: usize = 3;
/// Further ahead nothing is said: in days.
const HORIZON: f64 = 365.0;

/// Two-sided 95 % quantiles of Student's t with 2 to 6 degrees of freedom.
const T: [f64; 5] = [4.302_652_7, 3.182_446_3, 2.776_445_1, 2.570_581_8, 2.446_911_9];

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Forecast {
    /// Nothing is open.
    Clear,
    /// There were not enough whole days: so many so far.
    TooEarly {
        /// Whole days so far.
        days: usize,
    },
    /// As many come as go, or more.
    Never {
        /// Closures less arrivals in a day, on average: zero or less.
        net: f64,
        /// The fewest days in which it may be gone all the same; none where even that is out of reach.
        earliest: Option<f64>,
    },
    /// It will be gone.
    Clears {
        /// Closures less arrivals in a day, on average.
        net: f64,
        /// In so many days.
        days: f64,
        /// At the earliest.
        earliest: f64,
        /// At the latest; none where the days were so different that it may not be gone at all.
        latest: Option<f64>,
    },
}

/// What is open, over the net closures of the last [`DAYS`] whole days, which are the newest last: the fluid backlog `Q(t+1) = max(0, Q(t) + N(t) − c(t))`
/// with both as in these days. The ends come from the 95 % interval of the mean net closures of a day, `mean ± t · s / √n` (Student); it says
/// how sure the pace is, not what may still happen.
pub fn forecast(open: u64, days: &[DayFlow]) -> Forecast {
    if open == 0 {
        return Forecast::Clear;
    }
    let days = &days[days.len().saturating_sub(DAYS)..];
    if days.len() < LEAST {
        return Forecast::TooEarly { days: days.len() };
    }
    let net: Vec<f64> = days.iter().map(|day| day.closures as f64 - day.arrivals as f64).collect();
    let n = net.len() as f64;
    let mean = net.iter().sum::<f64>() / n;
    let variance = net.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let half = T.get(net.len() - LEAST).copied().unwrap_or(T[0]) * (variance / n).sqrt();
    let after = |pace: f64| Some(open as f64 / pace).filter(|days| pace > 0.0 && *days <= HORIZON);
    match after(mean) {
        Some(days) => Forecast::Clears { net: mean, days, earliest: open as f64 / (mean + half), latest: after(mean - half) },
        None => Forecast::Never { net: mean, earliest: after(mean + half) },
    }
}

impl Forecast {
    /// In a sentence.
    pub fn sentence(&self, open: u64) -> String {
        let days = |x: f64| {
            let whole = x.ceil().max(1.0);
            if whole == 1.0 { "1 day".to_owned() } else { format!("{whole} days") }
        };
        match *self {
            Self::Clear => "Nothing is open.".into(),
            Self::TooEarly { days } => {
                format!(
                    "Too early to say: a pace needs {LEAST} whole days, and there {}.",
                    if days == 1 { "was 1".into() } else { format!("were {days}") }
                )
            }
            Self::Never { net, earliest } => {
                let why = if net == 0.0 {
                    "as many come as go".to_owned()
                } else if net < 0.0 {
                    format!("{:.1} more come than go each day", -net)
                } else {
                    format!("only {net:.1} more go than come each day")
                };
                let hope = earliest.map_or_else(String::new, |least| format!(" The days differ, though: it may also be gone in {}.", days(least)));
                format!("It does not clear at today's pace: {why}, and {open} are open.{hope}")
            }
            Self::Clears { net, days: middle, earliest, latest } => {
                let until = match latest {
                    Some(latest) if days(latest) == days(earliest) => String::new(),
                    Some(latest) => format!(", between {} and {}", days(earliest), days(latest)),
                    None => format!(", in {} at the earliest, and perhaps not at all: the days differ too much", days(earliest)),
                };
                format!("At today's pace ({net:.1} more go than come each day) it is gone in about {}{until}.", days(middle))
            }
        }
    }
}
