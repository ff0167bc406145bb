import { describe, expect, test } from 'vitest';
import type { ClockView } from './api/types';
import { clockLine } from './clocks';

const now = Date.parse('2026-11-23T13:00:00Z');
const base: ClockView = { kind: 'first_response', cycle: 1, policy: 'hypercare', started_at: '2026-11-23T12:50:00Z', target: 900, used: 0, due_at: null, met_at: null, breached_at: null, cancelled_at: null, running: true };

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
