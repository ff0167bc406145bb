import { expect, test } from 'vitest';
import type { CalendarSection } from '$lib/api';
import { hoursOf, hoursSaid, nextShift, sectionOf } from './layers';

const section = (hours: Record<string, string[]>, more: Partial<CalendarSection> = {}): CalendarSection => ({ zone: null, changes: [], exceptions: {}, extra: {}, holidays: [], hours, ...more });

function check(of: CalendarSection, shown: string | undefined) {
  const hours = hoursOf(of);
  expect(hours && `${hours.days.join(' ')} ${hours.from} ${hours.to}`).toBe(shown);
  // What the form shows it also keeps as it was.
  if (hours) expect(sectionOf(hours, of.zone).hours).toEqual(of.hours);
}

test('hours that a form can show, and those that stay as they are', () => {
  check(section({ mon: ['08:00-18:00'], fri: ['08:00-18:00'] }), 'mon fri 08:00 18:00');
  check(section({ sat: ['20:00-24:00'] }), 'sat 20:00 00:00');
  check(section({ sat: ['22:00-06:00'] }), 'sat 22:00 06:00');
  check(section({ mon: ['08:00-12:00', '13:00-18:00'] }), undefined);
  check(section({ mon: ['08:00-18:00'], fri: ['08:00-14:00'] }), undefined);
  check(section({ mon: ['08:00-18:00'] }, { holidays: ['2026-12-25'] }), undefined);
  check(section({ mon: ['08:00-18:00'] }, { exceptions: { '2026-12-24': [] } }), undefined);
  check(section({}), undefined);
  expect(hoursSaid(section({ mon: ['08:00-12:00', '13:00-18:00'], tue: ['09:00-12:00'] }))).toBe('mon 08:00-12:00, 13:00-18:00 · tue 09:00-12:00');
});

test('the next shift begins where the last one ends, and is as long', () => {
  const begin = Date.parse('2026-11-16T08:00:00Z');
  const first = nextShift([], begin);
  expect([first.from, first.to]).toEqual(['2026-11-16T08:00:00.000Z', '2026-11-16T16:00:00.000Z']);
  const next = nextShift([{ person: 'a@example.org', role: 'backup', from: '2026-11-16T20:00:00Z', to: '2026-11-17T08:00:00Z' }], begin);
  expect([next.role, next.from, next.to]).toEqual(['backup', '2026-11-17T08:00:00.000Z', '2026-11-17T20:00:00.000Z']);
});
