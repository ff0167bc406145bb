"""Working hours by brute force: open or closed at every minute, from the wall clock of `zoneinfo` alone."""

import bisect
import functools
import itertools
from datetime import date, datetime
from zoneinfo import ZoneInfo

MINUTE = 60_000_000
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# Later than everything that is laid out.
NEVER = 1 << 62


class Beyond(Exception):
    """The answer depends on time that is not laid out."""


@functools.cache
def wall_clock(zone, begin, minutes):
    """What the wall clock shows at every minute, and for each local minute the first and the last time it is shown."""
    tz, walls, first, last = ZoneInfo(zone), [], {}, {}
    for i in range(minutes):
        local = datetime.fromtimestamp((begin + i * MINUTE) // 1_000_000, tz)
        shown = local.toordinal() * 1440 + local.hour * 60 + local.minute
        walls.append(shown)
        first.setdefault(shown, i)
        last[shown] = i
    return walls, first, last


class Calendar:
    """Open or closed, minute by minute."""

    def __init__(self, section, begin, minutes):
        self.begin, self.minutes = begin, minutes
        self.is_open = bytearray(minutes)
        if section is None:
            self.is_open = bytearray(b"\1" * minutes)
        else:
            self.lay_out(section)
        # Open minutes before each minute.
        self.sums = [0, *itertools.accumulate(self.is_open)]

    def lay_out(self, section):
        walls, first, last = wall_clock(section["zone"], self.begin, self.minutes)
        for day in range(walls[0] // 1440, walls[-1] // 1440 + 1):
            for text in hours_of(section, date.fromordinal(day)):
                start, end = (int(t[:2]) * 60 + int(t[3:]) for t in text.split("-"))
                start, end = day * 1440 + start, day * 1440 + (end if end > start else end + 1440)
                if start < walls[0]:
                    continue
                # The first minute that shows the start, the last that shows the end; skipped ones mean the end of the gap.
                opens = first[start] if start in first else after(walls, start)
                closes = last[end] if end in last else after(walls, end)
                if closes > opens:
                    self.is_open[opens:closes] = b"\1" * (closes - opens)

    def measure(self, a, b):
        """Open time from a to b."""
        return self.until(b) - self.until(a) if b > a else 0

    def until(self, t):
        minute, rest = divmod(t - self.begin, MINUTE)
        if not 0 <= minute < self.minutes:
            raise Beyond
        return self.sums[minute] * MINUTE + (rest if self.is_open[minute] else 0)

    def reach(self, t, work):
        """The first instant at which `work` has passed since t."""
        if work <= 0:
            return t
        wanted = self.until(t) + work
        minute = bisect.bisect_left(self.sums, -(-wanted // MINUTE)) - 1
        if minute >= self.minutes:
            return NEVER
        return self.begin + minute * MINUTE + wanted - self.sums[minute] * MINUTE

    def exceed(self, t, work):
        """The last instant at which no more than `work` has passed since t."""
        wanted = self.until(t) + work
        minute = bisect.bisect_right(self.sums, wanted // MINUTE) - 1
        if minute >= self.minutes:
            return NEVER
        return max(t, self.begin + minute * MINUTE + wanted - self.sums[minute] * MINUTE)


def after(walls, local):
    return next((i for i, shown in enumerate(walls) if shown > local), len(walls))


def hours_of(section, day):
    text = day.isoformat()
    if text in section["holidays"]:
        usual = []
    elif text in section["exceptions"]:
        usual = section["exceptions"][text]
    else:
        hours = section["hours"]
        for change in section["changes"]:
            if change["from"] <= text and (change["until"] is None or text < change["until"]):
                hours = change["hours"]
        usual = hours.get(DAYS[day.weekday()], [])
    return usual + section["extra"].get(text, [])
