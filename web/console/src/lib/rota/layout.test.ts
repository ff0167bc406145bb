import { describe, expect, it } from 'vitest';
import type { RotaViolation } from '$lib/api';
import { bar, days, eachOnce, field, instant } from './layout';

const BERLIN = 'Europe/Berlin';

describe('the timeline', () => {
  it('has a longer day where clocks go back', () => {
    const { days: found } = days(Date.parse('2026-10-24T12:00:00Z'), BERLIN, 3);
    expect(found.map((d) => (d.to - d.from) / 3_600_000)).toEqual([24, 25, 24]);
    expect(found.map((d) => d.date)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
    expect(found.reduce((sum, d) => sum + d.width, 0)).toBeCloseTo(100);
  });

  it('cuts bars to what is shown', () => {
    const check = (from: number, to: number, expected: unknown) => expect(bar(from, to, { from: 100, to: 200 })).toEqual(expected);
    check(110, 120, { left: 10, width: 10 });
    check(50, 150, { left: 0, width: 50 });
    check(150, 500, { left: 50, width: 50 });
    check(0, 100, undefined);
    check(200, 300, undefined);
  });

  it('reads local times in the zone of the window', () => {
    expect(field('2026-11-16T15:00:00Z', BERLIN)).toBe('2026-11-16T16:00');
    expect(instant('2026-11-16T16:00', BERLIN)).toBe('2026-11-16T15:00:00.000Z');
    expect(instant('2026-07-01T16:00', BERLIN)).toBe('2026-07-01T14:00:00.000Z');
    expect(instant('', BERLIN)).toBeUndefined();
  });
});

it('names each person and rule once, hard limits first', () => {
  const of = (person: string, rule: string, strength: string) => ({ person, rule, strength, what: '', remedy: '', evidence: '', from: '', to: '' }) as RotaViolation;
  const all = [of('a', 'week', 'soft'), of('a', 'rest', 'hard'), of('b', 'rest', 'hard'), of('a', 'rest', 'hard'), of('a', 'rest', 'hard')];
  expect(eachOnce(all).map(({ first, again }) => `${first.person} ${first.rule} ${again}`)).toEqual(['a rest 2', 'b rest 0', 'a week 0']);
});
