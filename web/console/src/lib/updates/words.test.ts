import { expect, test } from 'vitest';
import type { Update } from '$lib/api';
import { fromField, inOrder, quickTimes, toField } from './words';

test('times are promised from now, and for the next morning in the zone', () => {
  const now = Date.parse('2026-11-17T22:30:20Z');
  const at = (zone: string) => quickTimes(now, zone).map(({ at }) => at);
  expect(at('UTC')).toEqual(['2026-11-17T23:01:00.000Z', '2026-11-17T23:31:00.000Z', '2026-11-18T02:31:00.000Z', '2026-11-18T09:00:00.000Z']);
  // In Berlin it is tomorrow already at half past eleven: still the morning after.
  expect(at('Europe/Berlin')[3]).toBe('2026-11-18T08:00:00.000Z');
  expect(at('Asia/Tokyo')[3]).toBe('2026-11-19T00:00:00.000Z');
});

test('a field says the time of the zone, and gives the instant back', () => {
  const check = (at: string, zone: string, field: string) => {
    expect(toField(at, zone)).toBe(field);
    expect(fromField(field, zone)).toBe(at);
  };
  check('2026-11-17T13:05:00.000Z', 'Europe/Berlin', '2026-11-17T14:05');
  check('2026-07-01T22:30:00.000Z', 'Asia/Tokyo', '2026-07-02T07:30');
  expect([toField(null, 'UTC'), fromField('', 'UTC')]).toEqual(['', null]);
});

test('what is due comes before what is written, and that before what is over', () => {
  const u = (id: string, more: object) => ({ id, opened_at: '2026-11-01T00:00:00Z', ...more }) as unknown as Update;
  const due = (at: string) => ({ promise: { due_at: at } });
  const list = [u('over', {}), u('draft', { draft: { at: '2026-11-17T10:00:00Z' } }), u('later', due('2026-11-17T12:00:00Z')), u('late', due('2026-11-17T09:00:00Z'))];
  expect(inOrder(list).map(({ id }) => id)).toEqual(['late', 'later', 'draft', 'over']);
});
