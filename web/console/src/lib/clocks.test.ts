import { describe, expect, test } from 'vitest';
import type { ClockView } from './api/types';
import { clockLine, shownClocks } from './clocks';

const now = Date.parse('2026-11-23T13:00:00Z');
const base: ClockView = { kind: 'first_response', cycle: 1, policy: 'hypercare', started_at: '2026-11-23T12:50:00Z', target: 900, used: 0, due_at: null, met_at: null, breached_at: null, late_on_change: false, warned: [], manual_due_at: null, policy_version: 1, cancelled_at: null, running: true };

const check = (change: Partial<ClockView>, state: string, tone: string) =>
  test(state, () => {
    const line = clockLine({ ...base, ...change }, now, 'UTC');
    expect([line.what, line.state, line.tone]).toEqual(['First response', state, tone]);
  });

describe('a promise in words', () => {
  check({ due_at: '2026-11-23T13:05:00Z' }, 'due in 5 min', 'attention');
  check({ due_at: '2026-11-23T15:00:00Z' }, 'due in 2 h', 'calm');
  check({ due_at: '2026-11-23T12:30:00Z', breached_at: '2026-11-23T12:30:00Z' }, '30 min late', 'late');
  check({ met_at: '2026-11-23T12:55:00Z' }, 'kept, Mon 12:55', 'met');
  check({ met_at: '2026-11-23T12:55:00Z', breached_at: '2026-11-23T12:52:00Z' }, 'done late, Mon 12:55', 'late');
  check({ cancelled_at: '2026-11-23T12:55:00Z' }, 'no longer owed', 'over');
  check({ running: false, used: 300 }, 'paused, 10 min left', 'over');
  check({ running: false, used: 1500 }, 'paused, 10 min late', 'late');
});

describe('what stands beside a promise', () => {
  const beside = (change: Partial<ClockView>, target: string) =>
    test(target, () => expect(clockLine({ ...base, ...change }, now, 'UTC').target).toBe(target));
  beside({}, '15 min promised, hypercare policy');
  beside({ warned: [{ percent: 50, at: '2026-11-23T12:57:30Z' }, { percent: 80, at: '2026-11-23T13:02:00Z' }] }, '15 min promised, hypercare policy, 80 % used');
  beside({ breached_at: '2026-11-23T12:55:00Z', late_on_change: true }, '15 min promised, hypercare policy, late because of a change');
  beside({ manual_due_at: '2026-11-23T15:00:00Z' }, '15 min promised, hypercare policy, due time set by hand');
});

test('of each kind the newest clock is shown, and of instances only what is owed or was late', () => {
  const done = { met_at: '2026-11-23T12:55:00Z' };
  const clocks: ClockView[] = [
    { ...base, ...done },
    { ...base, kind: 'resolution', ...done },
    { ...base, kind: 'resolution', cycle: 2 },
    { ...base, kind: 'next_response', cycle: 7, ...done },
    { ...base, kind: 'update', cycle: 3 },
  ];
  expect(shownClocks(clocks).map((c) => `${c.kind} ${c.cycle}`)).toEqual(['first_response 1', 'resolution 2', 'update 3']);
});
