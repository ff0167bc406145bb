import { describe, expect, test } from 'vitest';
import { ago, bytes, count, due, figure, fullTime, initials, number, percent, ratio, short, span, trend, urgency, when } from './format';

const zone = 'Europe/Berlin';
const now = Date.parse('2026-11-23T13:05:00Z');

describe('when', () => {
  const check = (instant: string, expected: string, where = zone) => test(`${instant} in ${where}`, () => expect(when(instant, where, now)).toBe(expected));
  check('2026-11-23T13:05:00Z', 'Mon 14:05');
  check('2026-11-22T23:30:00Z', 'Mon 00:30');
  check('2026-11-18T08:00:00Z', 'Wed 09:00');
  check('2026-11-17T08:00:00Z', '17 Nov 09:00');
  check('2026-11-29T08:00:00Z', 'Sun 09:00');
  check('2026-11-30T08:00:00Z', '30 Nov 09:00');
  check('2025-01-02T08:00:00Z', '2 Jan 2025');
  check('2026-11-23T13:05:00Z', 'Mon 08:05', 'America/New_York');
});

test('the title says day, date and zone', () => expect(fullTime('2026-11-23T13:05:00Z', 'America/New_York')).toBe('Mon 23 Nov 2026, 08:05 (America/New York)'));

describe('span', () => {
  const check = (seconds: number, expected: string) => test(String(seconds), () => expect(span(seconds)).toBe(expected));
  check(0, 'under 1 min');
  check(59, 'under 1 min');
  check(60, '1 min');
  check(720, '12 min');
  check(3600, '1 h');
  check(7500, '2 h 5 min');
  check(86_400, '1 d');
  check(273_600, '3 d 4 h');
  check(-7500, '2 h 5 min');
});

describe('due and ago', () => {
  const check = (offset: number, expectedDue: string, expectedAgo: string) =>
    test(`${offset} s`, () => {
      expect(due(now + offset * 1000, now)).toBe(expectedDue);
      expect(ago(now + offset * 1000, now)).toBe(expectedAgo);
    });
  check(720, 'in 12 min', 'just now');
  check(-7500, '2 h 5 min late', '2 h 5 min ago');
});

describe('urgency', () => {
  const check = (minutes: number, breached: boolean, expected: string) => test(`${minutes} min, breached ${breached}`, () => expect(urgency(now + minutes * 60_000, now, breached)).toBe(expected));
  check(31, false, 'calm');
  check(29, false, 'attention');
  check(-1, false, 'late');
  check(31, true, 'late');
});

describe('figure', () => {
  const check = (value: number | null, unit: string, expected: string, compact = expected) =>
    test(`${value} ${unit}`, () => {
      expect(figure(value, unit)).toBe(expected);
      expect(short(value, unit)).toBe(compact);
    });
  check(null, 'seconds', '–');
  check(5400, 'seconds', '1 h 30 min', '1.5 h');
  check(1440, 'seconds', '24 min');
  check(90, 'minutes', '1 h 30 min', '1.5 h');
  check(345_600, 'seconds', '4 d');
  check(0.423, 'share', '42 %');
  check(85, 'percent', '85 %');
  check(3.26, 'count', '3.3');
  check(12.6, 'count', '13');
});

describe('number', () => {
  const check = (value: number, expected: string) => test(String(value), () => expect(number(value)).toBe(expected));
  check(0, '0');
  check(999, '999');
  check(1000, '1\u202f000');
  check(1_234_567, '1\u202f234\u202f567');
  check(-1500, '−1\u202f500');
  check(2.04, '2');
});

describe('small words', () => {
  const check = (got: string, expected: string) => test(expected, () => expect(got).toBe(expected));
  check(percent(0.005), '1 %');
  check(ratio(1.44), '× 1.4');
  check(ratio(12.4), '× 12');
  check(count(1, 'customer'), '1 customer');
  check(count(0, 'customer'), '0 customers');
  check(trend(8, 5), '+3 on yesterday');
  check(trend(5, 8), '−3 on yesterday');
  check(trend(5, 5), 'as yesterday');
  check(initials('Lena Maria Brandt'), 'LB');
  check(initials('Omar'), 'OM');
  check(initials('  '), '?');
  check(bytes(340), '340 B');
  check(bytes(339_600), '340 kB');
  check(bytes(2_460_000), '2.5 MB');
  check(bytes(26_000_000), '26 MB');
});
