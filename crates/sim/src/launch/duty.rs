//! What people on duty do: begin and end shifts, take breaks, work on what waits.

use super::contact::Standing;
use super::events::Event;
use super::measures::Measure;
use super::play::Play;

impl Play<'_> {
    /// Gives waiting contacts to free people until one of both runs out.
    pub(crate) fn hand_out(&mut self) {
        while self.team.has_free() {
            let Some(number) = self.waiting.take(|c| self.contacts[c as usize].standing == Standing::Waiting) else { return };
            let work = self.work(number);
            let contact = &mut self.contacts[number as usize];
            (contact.standing, contact.work_from) = (Standing::InWork, Some(self.now));
            // A live customer is greeted at once; everybody else hears when the work is done.
            if contact.live {
                self.responds(number);
            }
            if let Some((person, until)) = self.team.work_on(number, work, self.now) {
                self.agenda.plan(until, Event::Done(person));
            }
        }
    }

    pub(crate) fn shift_begins(&mut self, shift: u32) {
        let shift = &self.set.roster[shift as usize];
        for (person, breaks) in self.team.begin(shift) {
            self.agenda.plan(shift.to, Event::ShiftEnds(person));
            for at in breaks {
                self.agenda.plan(at, Event::BreakDue(person));
            }
        }
        self.hand_out();
    }

    pub(crate) fn shift_ends(&mut self, person: u32) {
        self.team.shift_ends(person, self.now);
    }

    pub(crate) fn break_due(&mut self, person: u32) {
        if let Some(back) = self.team.break_due(person, self.now) {
            self.agenda.plan(back, Event::Back(person));
        }
    }

    pub(crate) fn back(&mut self, person: u32) {
        self.next(person);
    }

    pub(crate) fn done(&mut self, person: u32) {
        if let Some(contact) = self.team.done(person, self.now) {
            self.served(contact);
        }
        self.next(person);
    }

    fn next(&mut self, person: u32) {
        let too_many = self.waiting.len() as f64 > self.set.world.assumptions.team.overtime_queue * self.team.present() as f64;
        let stays = too_many && !self.works(Measure::ShiftGuard);
        if let Some(back) = self.team.go_on(person, self.now, stays) {
            self.agenda.plan(back, Event::Back(person));
        }
        self.hand_out();
    }
}
