import { afterEach, describe, expect, test } from 'vitest';
import { addDays, dateIn, instantIn, noteServerTime, onClockMoved, serverNow, snoozeChoices } from './time';

afterEach(() => noteServerTime('1970-01-01T00:00:00Z', 0));

test('the server decides what time it is', () => {
  let moved = 0;
  const off = onClockMoved(() => (moved += 1));
  noteServerTime('2026-11-23T13:05:00Z', Date.parse('2026-11-20T00:00:00Z'));
  expect(new Date(serverNow(Date.parse('2026-11-20T00:01:00Z'))).toISOString()).toBe('2026-11-23T13:06:00.000Z');
  noteServerTime('2026-11-23T13:05:00.400Z', Date.parse('2026-11-20T00:00:00Z'));
  expect(moved).toBe(1);
  off();
});

describe('what is not a time changes nothing', () => {
  const check = (header: string | null) =>
    test(String(header), () => {
      noteServerTime(header, 0);
      expect(serverNow(5)).toBe(5);
    });
  check(null);
  check('');
  check('soon');
});

describe('instantIn', () => {
  const check = (date: string, hour: number, zone: string, expected: string) => test(`${date} ${hour} in ${zone}`, () => expect(new Date(instantIn(date, hour, 0, zone)).toISOString()).toBe(expected));
  check('2026-11-23', 0, 'Europe/Berlin', '2026-11-22T23:00:00.000Z');
  check('2026-07-01', 9, 'Europe/Berlin', '2026-07-01T07:00:00.000Z');
  check('2026-11-23', 9, 'Asia/Kolkata', '2026-11-23T03:30:00.000Z');
  check('2026-11-23', 9, 'Pacific/Auckland', '2026-11-22T20:00:00.000Z');
  check('2026-10-25', 0, 'Europe/Berlin', '2026-10-24T22:00:00.000Z');
  check('2026-03-29', 9, 'Europe/Berlin', '2026-03-29T07:00:00.000Z');
});

describe('dates', () => {
  const check = (date: string, days: number, expected: string) => test(`${date} ${days}`, () => expect(addDays(date, days)).toBe(expected));
  check('2026-11-30', 1, '2026-12-01');
  check('2026-03-01', -1, '2026-02-28');
  check('2026-12-28', 7, '2027-01-04');
  test('the date depends on the zone', () => expect([dateIn('2026-11-22T23:30:00Z', 'UTC'), dateIn('2026-11-22T23:30:00Z', 'Europe/Berlin')]).toEqual(['2026-11-22', '2026-11-23']));
});

describe('snooze', () => {
  const check = (now: string, expected: string[]) => test(now, () => expect(snoozeChoices(Date.parse(now), 'Europe/Berlin').map((c) => new Date(c.at).toISOString())).toEqual(expected));
  check('2026-11-23T13:00:00Z', ['2026-11-23T14:00:00.000Z', '2026-11-23T17:00:00.000Z', '2026-11-24T08:00:00.000Z', '2026-11-30T08:00:00.000Z']);
  check('2026-11-28T13:00:00Z', ['2026-11-28T14:00:00.000Z', '2026-11-28T17:00:00.000Z', '2026-11-29T08:00:00.000Z', '2026-11-30T08:00:00.000Z']);
});
