//! The days of a history in the desk's zone.

use hypercare_core::Timestamp;
use hypercare_core::signals::Day;
use jiff::ToSpan;
use jiff::tz::TimeZone;

/// Days that one backtest replays at most: ten years.
pub const DAYS_LIMIT: usize = 3660;

/// Consecutive days with their beginnings.
#[derive(Clone, Debug)]
pub struct Frame {
    days: Vec<Day>,
    /// One more than there are days: the end of the last.
    starts: Vec<Timestamp>,
}

impl Frame {
    /// The days from the one of `first` to the one of `last`, at most [`DAYS_LIMIT`].
    pub fn new(zone: &TimeZone, first: Timestamp, last: Timestamp) -> Self {
        let day_of = |at: Timestamp| zone.to_datetime(at.to_jiff()).date();
        let (from, to) = (day_of(first), day_of(last));
        let days: Vec<Day> = std::iter::successors(Some(from), |d| d.tomorrow().ok()).take_while(|d| *d <= to).take(DAYS_LIMIT).collect();
        let after = days.last().and_then(|d| d.tomorrow().ok());
        let start = |day: Day| zone.to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible().map_or(Timestamp(i64::MAX), Timestamp::from_jiff);
        let starts = days.iter().copied().chain(after).map(start).collect();
        Self { days, starts }
    }
    /// All of them.
    pub fn days(&self) -> &[Day] {
        &self.days
    }
    /// The place of the day that an instant is on; none outside.
    pub fn place(&self, at: Timestamp) -> Option<usize> {
        let after = self.starts.partition_point(|s| *s <= at);
        after.checked_sub(1).filter(|i| *i < self.days.len())
    }
    /// When the day at this place begins.
    pub fn start(&self, place: usize) -> Timestamp {
        self.starts.get(place).copied().unwrap_or(Timestamp(i64::MAX))
    }
    /// When it ends: the beginning of the next.
    pub fn end(&self, place: usize) -> Timestamp {
        self.start(place + 1)
    }
    /// The place of a day.
    pub fn find(&self, day: Day) -> Option<usize> {
        let first = *self.days.first()?;
        let place = usize::try_from(first.until(day).ok()?.get_days()).ok()?;
        (self.days.get(place) == Some(&day)).then_some(place)
    }
    /// Monday of the day's week.
    pub fn monday(day: Day) -> Day {
        day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_own_length() {
        let zone = hypercare_core::calendar::zone("Europe/Berlin").unwrap();
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let frame = Frame::new(&zone, at("2026-03-27T23:30:00+01:00"), at("2026-03-29T23:59:59+02:00"));
        assert_eq!(frame.days().len(), 3);
        assert_eq!((frame.end(2) - frame.start(2)).as_secs_f64(), 23.0 * 3600.0);
        assert_eq!(frame.place(at("2026-03-28T00:00:00+01:00")), Some(1));
        assert_eq!(frame.place(at("2026-03-27T00:00:00+01:00")), Some(0));
        assert_eq!(frame.place(at("2026-03-26T23:59:59+01:00")), None);
        assert_eq!(frame.place(at("2026-03-30T00:00:00+02:00")), None);
        assert_eq!(frame.find(frame.days()[2]), Some(2));
        assert_eq!(frame.find(Frame::monday(frame.days()[0])), None);
        assert_eq!(Frame::monday(frame.days()[2]).to_string(), "2026-03-23");
    }
}
