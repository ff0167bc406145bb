import { describe, expect, it } from 'vitest';
import type { Decision } from '$lib/api';
import { byEnd, holds, isTemporary, untilIn } from './holding';

const decision = (id: string, over: Partial<Decision>) => ({ id, kind: 'trigger_workaround', ruling: 'yes', holds_until: '2026-11-20T00:00:00Z', ended_at: null, ...over }) as Decision;

describe('what holds for a while', () => {
  const check = (over: Partial<Decision>, expected: boolean) => expect(holds(decision('1', over))).toBe(expected);
  it('has an end that is not reached', () => {
    check({}, true);
    check({ ruling: 'no' }, false);
    check({ ruling: null }, false);
    check({ holds_until: null }, false);
    check({ ended_at: '2026-11-19T00:00:00Z' }, false);
  });
  it('stands in the order of its ends', () => {
    const list = [decision('1', { holds_until: '2026-11-22T00:00:00Z' }), decision('2', {}), decision('3', { ruling: 'no' })];
    expect(byEnd(list).map((d) => d.id)).toEqual(['2', '1']);
  });
  it('is a message or a workaround', () => {
    expect(['confirm_expected', 'approve_message', 'trigger_workaround', 'other'].map((kind) => isTemporary(kind as Decision['kind']))).toEqual([false, true, true, false]);
  });
  it('ends so many hours from now', () => expect(untilIn(4, Date.parse('2026-11-16T08:00:00Z'))).toBe('2026-11-16T12:00:00.000Z'));
});
