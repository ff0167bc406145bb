#!/usr/bin/env python3
"""An independent answer to what every clock must show, by brute force.

Reads one JSON case on each line of standard input and writes one JSON answer for each. A case has calendars,
versions of policies and histories. Time is laid out minute by minute (see `working_hours`); elapsed time is always
summed up anew from the stretches in which a clock ran. Nothing here is shared with the product, which computes the
same in closed form. All numbers are microseconds.
"""

import json
import sys

from working_hours import NEVER, Beyond, Calendar

WARNINGS = (50, 80)
SEVERITIES = ["low", "normal", "high", "critical"]
KINDS = ["acknowledgement", "first_response", "next_response", "update", "resolution", "total_resolution"]

# ---------------------------------------------------------------- promises


def select(table, severity):
    """The target of a severity, of the next milder one that has one, or else of the next worse one."""
    at = SEVERITIES.index(severity)
    for name in SEVERITIES[at::-1] + SEVERITIES[at:]:
        if name in table:
            return table[name]
    return None


class Policy:
    def __init__(self, name, version, since, given, calendar):
        self.name, self.version, self.since, self.given, self.calendar = name, version, since, given, calendar

    def table(self, kind, category):
        table = dict(self.given["targets"].get(kind, {}))
        table.update(self.given["categories"].get(category, {}).get(kind, {}))
        return table


class Clock:
    def __init__(self, kind, cycle, policy, subject, started):
        self.kind, self.cycle, self.started = kind, cycle, started
        self.carried, self.stretches = 0, []
        self.calendar_version = policy.version
        self.warned, self.manual, self.met, self.cancelled, self.breached, self.late_on_change = [], None, None, None, None, False
        self.deadline = None
        self.bind(policy, subject)

    def bind(self, policy, subject):
        self.policy, self.version, (self.about, self.category, self.severity) = policy.name, policy.version, subject
        self.table = policy.table(self.kind, self.category)
        self.target = select(self.table, self.severity)

    finished = property(lambda self: self.met is not None or self.cancelled is not None)
    running = property(lambda self: bool(self.stretches) and self.stretches[-1][1] is None)

    def elapsed(self, t):
        return self.carried + sum(calendar.measure(a, t if b is None else b) for a, b, calendar in self.stretches)

    def run(self, t, calendar):
        self.stretches.append([t, None, calendar])

    def stop(self, t):
        if self.running:
            self.stretches[-1][1] = t

    def due(self):
        if not self.running or self.finished:
            return None
        since, _, calendar = self.stretches[-1]
        if self.manual:
            return self.manual[0]
        left = self.target - self.elapsed(since)
        return calendar.reach(since, left) if left >= 0 else (since if self.breached is None else self.breached)

    def lateness(self):
        """The last instant at which it is not late yet."""
        since, _, calendar = self.stretches[-1]
        if self.manual:
            return max(self.manual[0], since)
        return calendar.exceed(since, self.target - self.elapsed(since))

    def share(self, percent):
        since, _, calendar = self.stretches[-1]
        if self.manual:
            due, said = self.manual
            return max(since, said + (due - said) * percent // 100)
        return calendar.reach(since, self.target * percent // 100 - self.elapsed(since))

    def pass_time(self, t):
        """The facts that time alone brought until t."""
        if not self.running or self.finished or self.breached is not None:
            return
        late = self.lateness()
        for percent in WARNINGS:
            if all(p != percent for p, _ in self.warned) and self.share(percent) <= min(t, late):
                self.warned.append([percent, self.share(percent)])
        if late < t:
            self.breached = late

    def judge(self, t):
        """After a change at t: late at once, or not late after all."""
        used = self.elapsed(t)
        late = self.manual is None and used > self.target
        if late and self.breached is None:
            self.breached, self.late_on_change = t, True
        elif not late and self.late_on_change and self.breached == t:
            self.breached, self.late_on_change = None, False
        self.warned = [[p, at] for p, at in self.warned if at != t or used >= self.target * p // 100]


# ---------------------------------------------------------------- conversations


class Conversation:
    def __init__(self, calendars, versions):
        self.calendars, self.plans = calendars, versions
        self.policies, self.now_at_plan, self.normalised, self.clocks = [], -1, [], []
        self.opened = None

    def next_plan(self, t):
        self.now_at_plan += 1
        for name in ("hypercare", "normal"):
            given = self.plans[self.now_at_plan][name]
            self.policies.append(Policy(name, self.now_at_plan + 1, t, given, self.calendars[given["calendar"]]))

    def known(self, name):
        return [p for p in self.policies if p.name == name]

    def in_force(self, about, category):
        return self.known("hypercare" if about and category not in self.normalised else "normal")[-1]

    def calendar(self, clock):
        known = [p for p in self.known(clock.policy) if p.version <= clock.calendar_version]
        return (known or self.known(clock.policy))[-1].calendar

    subject = property(lambda self: (self.about, self.category, self.severity))

    def latest(self, kind):
        return max((c for c in self.clocks if c.kind == kind), key=lambda c: c.cycle, default=None)

    def current(self, kind):
        clock = self.latest(kind)
        if clock is None:
            return None
        if kind in ("next_response", "update"):
            return None if clock.finished else clock
        if kind in ("resolution", "total_resolution"):
            return clock if clock.cycle == self.reopened + 1 else None
        return clock if clock.cycle == self.reopened + 1 or clock.cancelled is None else None

    def wanted(self, kind, clock, now):
        """(what, when), by the state of the conversation."""
        since = now if self.waiting_since is None else self.waiting_since
        by_status = {"open": ("run", since), "waiting": ("pause", None)}
        if kind == "acknowledgement":
            return ("met", self.acknowledged) if self.acknowledged is not None else ("cancel", None) if self.status == "resolved" else ("run", since)
        if kind == "first_response":
            if self.first_response is not None:
                return ("met", self.first_response)
            if self.status == "resolved":
                return ("cancel", None)
            return ("leave", None) if self.handler == "assistant" else by_status[self.status]
        if kind == "next_response":
            if self.first_response is None:
                return ("leave", None)
            if self.waiting_since is not None:
                return ("run", since) if self.status == "open" else ("pause", None)
            return ("met", self.answered) if self.answered is not None else ("cancel", None)
        if kind == "update":
            if self.replied is None:
                return ("leave", None)
            if clock and self.replied > clock.started:
                return ("met", self.replied)
            if self.status == "resolved":
                return ("cancel", None)
            return ("run", max(self.replied, self.open_since)) if self.status == "open" else ("pause", None)
        if self.status == "resolved":
            return ("met", self.resolved)
        return ("run", self.opened) if kind == "total_resolution" else by_status[self.status]

    def follow(self, now):
        for kind in KINDS:
            clock = self.current(kind)
            if clock and clock.finished:
                continue
            if clock:
                what, when = self.wanted(kind, clock, now)
                self.move(clock, what, when, now)
                if kind == "update" and what == "met":
                    clock = None
            if not clock:
                what, when = self.wanted(kind, None, now)
                if what == "run":
                    self.begin(kind, when, now)

    def begin(self, kind, since, now):
        policy, before = self.in_force(self.about, self.category), self.latest(kind)
        if select(policy.table(kind, self.category), self.severity) is None:
            return
        started = since
        if before is None:
            promised = None
            for version in reversed(self.known(policy.name)):
                if promised is not None and not version.table(kind, self.category):
                    break
                promised = version.since
            started = max(since, min(promised, now))
        again = before.cycle + 1 if before else 1
        clock = Clock(kind, again if kind in ("next_response", "update") else self.reopened + 1, policy, self.subject, started)
        self.clocks.append(clock)
        begin = started
        if before and kind == "resolution":
            clock.carried = before.elapsed(before.met)
            clock.judge(started)
        if before and kind == "total_resolution":
            begin = self.open_since
            clock.carried = policy.calendar.measure(started, begin)
            clock.judge(begin)
        clock.run(begin, policy.calendar)
        clock.pass_time(now)

    def catch_up(self, clock, t):
        for policy in self.known(clock.policy):
            if policy.version <= clock.calendar_version or policy.since > t or not clock.running:
                continue
            calendar = self.calendar(clock)
            if calendar is policy.calendar:
                continue
            at = max(policy.since, clock.stretches[-1][0])
            clock.pass_time(at)
            clock.stop(at)
            clock.calendar_version = policy.version
            clock.run(at, policy.calendar)
        clock.pass_time(t)

    def change(self, clock, t, change):
        """Changes what is promised at t: time used stays used."""
        running = clock.running
        clock.stop(t)
        change()
        clock.judge(t)
        return running

    def move(self, clock, what, when, now):
        if what == "met":
            self.catch_up(clock, max(when, clock.started))
            clock.deadline = clock.due()
            clock.stop(max(when, clock.started))
            clock.met = max(when, clock.started)
            return
        self.catch_up(clock, now)
        if what == "cancel":
            clock.deadline = clock.due()
            clock.stop(now)
            clock.cancelled = now
            return
        self.promise(clock, now)
        if what == "run" and not clock.running:
            newest = self.known(clock.policy)[-1]
            clock.calendar_version = newest.version
            clock.run(now, newest.calendar)
        elif what == "pause":
            clock.stop(now)

    def promise(self, clock, now):
        policy = self.in_force(self.about, self.category)
        other = (clock.about, clock.category) != (self.about, self.category)
        promised = select(policy.table(clock.kind, self.category), self.severity)
        if other and promised is not None:
            if self.change(clock, now, lambda: clock.bind(policy, self.subject)):
                clock.calendar_version = policy.version
                clock.run(now, policy.calendar)
            return
        if clock.severity != self.severity and clock.kind != "acknowledgement":
            def reweigh():
                clock.severity, clock.target = self.severity, select(clock.table, self.severity)
            calendar = self.calendar(clock)
            if self.change(clock, now, reweigh):
                clock.run(now, calendar)
        if other or (clock.policy, clock.version) == (policy.name, policy.version) or clock.breached is not None or clock.manual:
            return
        promised = select(policy.table(clock.kind, clock.category), clock.severity)
        if promised is None or (clock.policy == "hypercare" and policy.name == "normal"):
            return
        used = clock.elapsed(now)
        old, new = self.calendar(clock).reach(now, clock.target - used), policy.calendar.reach(now, promised)
        if old == new == NEVER:
            raise Beyond
        if old <= new:
            return

        def tighten():
            clock.bind(policy, (clock.about, clock.category, clock.severity))
            clock.target = used + promised

        if self.change(clock, now, tighten):
            clock.calendar_version = policy.version
            clock.run(now, policy.calendar)

    # ------------------------------------------------------------ what happens

    def happen(self, event):
        t, kind = event["at"], event["type"]
        getattr(self, "on_" + kind)(t, event)
        if self.opened is not None:
            self.follow(t)

    def on_opened(self, t, event):
        self.next_plan(t)
        self.opened = self.open_since = self.waiting_since = t
        self.status, self.handler, self.reopened = "open", "assistant", 0
        self.acknowledged = self.first_response = self.answered = self.replied = self.resolved = None
        # The product stores the message, reads it and calls a person, one after the other in one instant.
        self.about, self.category, self.severity = False, None, "normal"
        self.follow(t)
        self.about, self.category, self.severity = event["about_change"], event["category"], event["severity"]
        self.follow(t)
        self.handler = "person needed"

    def set_status(self, t, to):
        if to == self.status:
            return
        if self.status == "resolved":
            self.reopened += 1
        if to == "open" or self.status == "resolved":
            self.open_since = t
        if to == "resolved":
            self.resolved, self.waiting_since = t, None
        self.status = to

    def on_customer_message(self, t, _):
        if self.waiting_since is None:
            self.waiting_since, self.answered = t, None
        self.set_status(t, "open")

    def on_reply(self, t, event):
        if self.waiting_since is not None:
            self.waiting_since, self.answered = None, t
        self.replied, self.handler = t, "person"
        if self.acknowledged is None:
            self.acknowledged = t
        if self.first_response is None:
            self.first_response = t
        self.set_status(t, event["then"])

    def on_auto_reply(self, t, _):
        if self.acknowledged is None:
            self.acknowledged = t

    def on_note(self, t, event):
        pass

    on_tick = on_note

    def on_status(self, t, event):
        self.set_status(t, event["to"])

    def on_severity(self, t, event):
        self.severity = event["to"]

    def on_category(self, t, event):
        self.category = event["to"]

    def on_scope(self, t, event):
        self.about = event["about_change"]

    def on_normalise(self, t, event):
        self.normalised = event["categories"]

    def on_plan(self, t, event):
        self.next_plan(t)

    def on_due(self, t, event):
        clock = self.current(event["kind"])
        if clock is None or clock.finished or (clock.manual or [None])[0] == event["due_at"]:
            return
        self.catch_up(clock, t)
        calendar = self.calendar(clock)

        def set_due():
            clock.manual = None if event["due_at"] is None else (event["due_at"], t)

        if self.change(clock, t, set_due):
            clock.run(t, calendar)

    def shown(self, now):
        def one(c):
            end = c.met if c.met is not None else c.cancelled if c.cancelled is not None else now
            names = ("kind", "cycle", "policy", "severity", "started", "target", "met", "cancelled", "breached", "late_on_change", "warned", "deadline")
            return {**{name: getattr(c, name) for name in names}, "elapsed": c.elapsed(end), "due": c.due(), "running": c.running}

        return sorted(map(one, self.clocks), key=lambda c: (KINDS.index(c["kind"]), c["cycle"]))


def answer(case):
    begin, minutes = case["begin"], case["minutes"]
    calendars = {name: Calendar(section, begin, minutes) for name, section in case["calendars"].items()}
    answers = []
    for history in case["histories"]:
        conversation = Conversation(calendars, case["plans"])
        try:
            for event in history:
                conversation.happen(event)
            answers.append(conversation.shown(history[-1]["at"]))
        except Beyond:
            answers.append(None)
    return answers


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
