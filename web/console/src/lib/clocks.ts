// A promise as a line that can be read aloud.
import type { ClockView } from './api/types';
import { due, span, urgency, when } from './format';
import { CLOCK } from './words';

export interface ClockLine {
  what: string;
  state: string;
  target: string;
  tone: 'late' | 'attention' | 'calm' | 'met' | 'over';
  at: string | null;
}

/** The clocks to show: of each kind the newest, and of what comes again and again only while it is owed or when it was late. */
export function shownClocks(clocks: ClockView[]): ClockView[] {
  const newest = clocks.filter((c) => clocks.every((other) => other.kind !== c.kind || other.cycle <= c.cycle));
  const again = (c: ClockView) => c.kind === 'next_response' || c.kind === 'update';
  return newest.filter((c) => !again(c) || c.breached_at !== null || (!c.met_at && !c.cancelled_at));
}

export function clockLine(clock: ClockView, now: number, zone: string): ClockLine {
  const byHand = clock.manual_due_at ? ', due time set by hand' : '';
  const changed = clock.late_on_change ? ', late because of a change' : '';
  const used = Math.max(0, ...clock.warned.map((w) => w.percent));
  const warned = used && clock.running && !clock.breached_at ? `, ${used} % used` : '';
  const line = { what: CLOCK[clock.kind], target: `${span(clock.target)} promised, ${clock.policy} policy${byHand}${changed}${warned}` };
  if (clock.cancelled_at) return { ...line, state: 'no longer owed', tone: 'over', at: clock.cancelled_at };
  if (clock.met_at) {
    const late = clock.breached_at !== null;
    return { ...line, state: `${late ? 'done late' : 'kept'}, ${when(clock.met_at, zone, now)}`, tone: late ? 'late' : 'met', at: clock.met_at };
  }
  if (!clock.running) {
    const left = clock.target - clock.used;
    return { ...line, state: left >= 0 ? `paused, ${span(left)} left` : `paused, ${span(left)} late`, tone: left >= 0 ? 'over' : 'late', at: null };
  }
  if (clock.due_at) return { ...line, state: `due ${due(clock.due_at, now)}`.replace(/^due (.*) late$/, '$1 late'), tone: urgency(clock.due_at, now, clock.breached_at !== null), at: clock.due_at };
  return { ...line, state: 'runs; no due time, as its calendar does not open again', tone: 'calm', at: null };
}
