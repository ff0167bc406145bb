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

export function clockLine(clock: ClockView, now: number, zone: string): ClockLine {
  const line = { what: CLOCK[clock.kind], target: `${span(clock.target)} promised, ${clock.policy} policy` };
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
