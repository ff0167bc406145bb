//! When what happens: everything that is known in advance, in order of time. What people do in answer is
//! added while the story plays.

use super::chance::Chance;
use super::content::{Content, Message};
use anyhow::Result;
use hypercare_core::{ConversationId, Timestamp};
use jiff::ToSpan;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Messages of normal life on a weekday, and on a day of the weekend.
const WEEKDAY: usize = 17;
const WEEKEND: usize = 8;
/// Share of customers who write again about the same within a day or so, in normal life.
const USUAL_REPEATS: f64 = 0.07;
/// The same by day of the change: many until the first clear answers and updates, then as usual.
const REPEATS: [f64; 5] = [0.5, 0.4, 0.12, 0.06, 0.03];
/// A little of the change's questions goes on for good after the last written day.
const LAST_WRITTEN_DAY: i32 = 12;

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Act {
    /// A customer writes; the number is the message's place in the script.
    Write(usize),
    /// A person answers a conversation.
    Answer {
        /// Which message it answers.
        message: usize,
    },
    /// A customer says whether the assistant's answer helped.
    Helpful {
        /// Which message was answered.
        message: usize,
        /// Did it.
        helpful: bool,
    },
    /// A customer rates.
    Rate {
        /// Which message began the conversation.
        message: usize,
        /// 1 to 5.
        score: u8,
    },
    /// The plan is applied.
    Plan,
    /// The lead approves the answers.
    Approve,
    /// The change goes live.
    GoLive,
    /// The team looks after the issues.
    Issues {
        /// Day of the window.
        day: i32,
    },
    /// One reply to all conversations of a scenario's issue.
    ReplyToAll {
        /// Which scenario.
        scenario: String,
    },
    /// A question to the owner; the number is its place in the content.
    Ask(usize),
    /// The ruling.
    Rule(usize),
    /// All customers are told something; the number is its place in the content.
    Tell(usize),
    /// Somebody does something in the cutover; the number is its place in the content.
    Cutover(usize),
    /// Some customers are asked how it goes; the number is its place in the content.
    CheckIn(usize),
    /// Those who were asked answer.
    CheckedIn(usize),
    /// An agent sees to what a doubt in a check-in became.
    Doubt(ConversationId),
    /// Whoever comes takes over the decision.
    TakeOver,
    /// The daily review.
    Daily {
        /// Day of the window.
        day: i32,
    },
    /// Everybody says how confident they are.
    Pulse {
        /// Day of the window.
        day: i32,
    },
    /// The lead looks at the exit screen, and leaves when the criteria hold.
    Review {
        /// Day of the window.
        day: i32,
    },
}

/// Everything that happens, soonest first.
pub struct Script {
    /// All messages, in no order.
    pub messages: Vec<Message>,
    queue: BinaryHeap<Reverse<(Timestamp, u64, usize)>>,
    acts: Vec<Act>,
    zone: jiff::tz::TimeZone,
    /// Date of go-live.
    pub go_live: Date,
}

impl Script {
    /// Lays out the messages and the team's routine for `days` days from go-live.
    ///
    /// # Errors
    /// When a date cannot be made.
    pub fn new(content: &Content, zone: jiff::tz::TimeZone, baseline_from: Date, go_live: Date, days: i32, chance: &mut Chance) -> Result<Self> {
        let mut script = Self { messages: vec![], queue: BinaryHeap::new(), acts: vec![], zone, go_live };
        script.everyday(content, baseline_from, days, chance)?;
        script.change(content, days, chance)?;
        script.routine(content, days)?;
        Ok(script)
    }

    /// A time of a date.
    ///
    /// # Errors
    /// When the date is outside the range of times.
    pub fn at(&self, date: Date, hour: i8, minute: i8) -> Result<Timestamp> {
        Ok(Timestamp::from_jiff(self.zone.to_timestamp(date.at(hour, minute, 0, 0))?))
    }
    /// A time of a day of the window, counted from 1.
    ///
    /// # Errors
    /// When the date is outside the range of times.
    pub fn on(&self, day: i32, hour: i8, minute: i8) -> Result<Timestamp> {
        self.at(self.go_live.checked_add((day - 1).days())?, hour, minute)
    }
    /// Adds something.
    pub fn push(&mut self, at: Timestamp, act: Act) {
        let number = self.acts.len();
        self.acts.push(act);
        self.queue.push(Reverse((at, number as u64, number)));
    }
    /// The next thing, if it happens by `until`.
    pub fn next(&mut self, until: Timestamp) -> Option<(Timestamp, Act)> {
        let Reverse((at, _, _)) = self.queue.peek()?;
        if *at > until {
            return None;
        }
        let Reverse((at, _, number)) = self.queue.pop()?;
        Some((at, self.acts[number].clone()))
    }
    /// How much is left.
    pub fn len(&self) -> usize {
        self.queue.len()
    }

    fn write(&mut self, at: Timestamp, message: Message) -> usize {
        let number = self.messages.len();
        self.messages.push(message);
        self.push(at, Act::Write(number));
        number
    }

    fn everyday(&mut self, content: &Content, from: Date, days: i32, chance: &mut Chance) -> Result<()> {
        let until = self.go_live.checked_add(days.days())?;
        let mut date = from;
        let mut turn = 0;
        while date < until {
            let usual = if date.weekday().to_monday_zero_offset() < 5 { WEEKDAY } else { WEEKEND };
            let count = usual + chance.below(5) - chance.below(5).min(usual);
            for _ in 0..count {
                let pattern = &content.everyday[turn % content.everyday.len()];
                let round = turn / content.everyday.len();
                let message = Message { contact: pattern.contact.clone(), email: format!("{round}{}", pattern.email), ..pattern.clone() };
                let at = self.daytime(date, chance)?;
                if chance.often(USUAL_REPEATS) {
                    let other = &content.everyday[(turn * 7) % content.everyday.len()];
                    self.again(at, &message, other, chance);
                }
                self.write(at, message);
                turn += 1;
            }
            date = date.tomorrow()?;
        }
        Ok(())
    }

    fn change(&mut self, content: &Content, days: i32, chance: &mut Chance) -> Result<()> {
        let mut when: Vec<(String, Timestamp)> = Vec::new();
        for message in &content.messages {
            let at = match message.follows.as_ref().and_then(|id| when.iter().find(|(known, _)| known == id)) {
                Some((_, first)) => Timestamp(first.0 + (chance.around(95.0, 0.8) * 60e6) as i64),
                None => {
                    let date = self.go_live.checked_add((message.day - 1).days())?;
                    let at = self.daytime(date, chance)?;
                    // Nobody asks about the change before it is there.
                    if message.day == 1 { at.max(self.on(1, 9, 4)?) } else { at }
                }
            };
            when.push((message.id.clone(), at));
            // Who is not sure asks again, most of all in the first days.
            if message.kind == "covered" && chance.often(repeats_on(message.day)) {
                let same: Vec<&Message> =
                    content.messages.iter().filter(|m| m.kind == "covered" && m.scenario == message.scenario && m.id != message.id).collect();
                if let Some(other) = chance.one(&same) {
                    self.again(at, message, other, chance);
                }
            }
            self.write(at, message.clone());
        }
        for day in LAST_WRITTEN_DAY + 1..=days {
            let pattern = &content.messages[(usize::try_from(day)? * 37) % content.messages.len()];
            if pattern.kind == "covered" && pattern.follows.is_none() {
                let message = Message { email: format!("late{day}{}", pattern.email), ..pattern.clone() };
                let at = self.daytime(self.go_live.checked_add((day - 1).days())?, chance)?;
                self.write(at, message);
            }
        }
        Ok(())
    }

    /// The same customer begins another conversation some hours later.
    fn again(&mut self, first: Timestamp, who: &Message, words: &Message, chance: &mut Chance) {
        let later = Timestamp(first.0 + (chance.around(5.0, 0.5) * 3600e6) as i64);
        self.write(later, Message { text: words.text.clone(), follows: None, id: format!("{}-again", who.id), ..who.clone() });
    }

    /// Mostly office hours, some evening, little night.
    fn daytime(&self, date: Date, chance: &mut Chance) -> Result<Timestamp> {
        let share = chance.unit();
        let (from, hours) = match share {
            s if s < 0.62 => (9.0, 8.0),
            s if s < 0.78 => (17.0, 3.5),
            s if s < 0.93 => (6.5, 2.5),
            _ => (20.5, 3.4),
        };
        let minutes = (from + chance.unit() * hours) * 60.0;
        let start = self.at(date, 0, 0)?;
        Ok(Timestamp(start.0 + (minutes * 60e6) as i64))
    }

    fn routine(&mut self, content: &Content, days: i32) -> Result<()> {
        self.push(self.on(-27, 6, 0)?, Act::Plan);
        self.push(self.on(-1, 15, 30)?, Act::Approve);
        self.push(self.on(1, 9, 0)?, Act::GoLive);
        for day in 1..=days {
            for hour in [10, 13, 17] {
                self.push(self.on(day, hour, 20)?, Act::Issues { day });
            }
            self.push(self.on(day, 17, 45)?, Act::Pulse { day });
            // Shifts change at 06:00, 14:00 and 22:00; nobody hands over to the first, who is there at go-live.
            for hour in [5, 13, 21].into_iter().filter(|hour| day > 1 || *hour > 9) {
                self.push(self.on(day, hour, 50)?, Act::TakeOver);
            }
            // Today's is left to whoever looks at the demonstration.
            if day > 1 && day < days {
                self.push(self.on(day, 9, 32)?, Act::Daily { day });
            }
            self.push(self.on(day, 9, 40)?, Act::Review { day });
        }
        for finding in &content.findings {
            if let Some((day, hour)) = finding.reply_to_all.filter(|(day, _)| *day <= days) {
                self.push(self.on(day, i8::try_from(hour)?, 5)?, Act::ReplyToAll { scenario: finding.scenario.clone() });
            }
        }
        for (number, said) in content.updates.iter().enumerate().filter(|(_, said)| said.day <= days) {
            self.push(self.on(said.day, said.hour, said.minute)?, Act::Tell(number));
        }
        for (number, step) in content.cutover.iter().enumerate().filter(|(_, step)| step.day <= days) {
            self.push(self.on(step.day, step.at.hour(), step.at.minute())?, Act::Cutover(number));
        }
        for (number, asked) in content.check_ins.iter().enumerate().filter(|(_, asked)| asked.day <= days) {
            self.push(self.on(asked.day, asked.hour, asked.minute)?, Act::CheckIn(number));
            for (day, hour, minute) in asked.answers.iter().filter(|(day, ..)| *day <= days) {
                self.push(self.on(*day, *hour, *minute)?, Act::CheckedIn(number));
            }
        }
        for (number, question) in content.questions.iter().enumerate().filter(|(_, q)| q.day <= days) {
            self.push(self.on(question.day, i8::try_from(question.hour)?, 12)?, Act::Ask(number));
        }
        Ok(())
    }
}

fn repeats_on(day: i32) -> f64 {
    let place = usize::try_from(day - 1).unwrap_or(0).min(REPEATS.len() - 1);
    REPEATS[place]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_in_order_and_the_same_every_time() {
        let play = || {
            let zone = hypercare_core::calendar::zone("Europe/Berlin").unwrap();
            let go_live = jiff::civil::date(2026, 11, 17);
            let content = Content::read(go_live).unwrap();
            let mut script = Script::new(&content, zone, go_live.checked_sub(28.days()).unwrap(), go_live, 6, &mut Chance::new(7)).unwrap();
            let mut acts = Vec::new();
            while let Some((at, act)) = script.next(Timestamp(i64::MAX)) {
                acts.push((at, format!("{act:?}")));
            }
            acts
        };
        let acts = play();
        assert!(acts.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        assert!(acts.len() > 800, "{}", acts.len());
        assert_eq!(acts, play());
    }
}
