import { describe, expect, test } from 'vitest';
import { band, linear, path, sparkPath, stepAt, ticks, timeTicks } from './chart';

describe('linear', () => {
  const check = (domain: [number, number], range: [number, number], value: number, expected: number) => test(`${value} of ${domain} on ${range}`, () => expect(linear(domain, range)(value)).toBe(expected));
  check([0, 10], [0, 100], 5, 50);
  check([0, 10], [100, 0], 10, 0);
  check([3, 3], [0, 100], 3, 50);
  check([-5, 5], [0, 10], 0, 5);
});

describe('ticks', () => {
  const check = (max: number, expected: number[]) => test(String(max), () => expect(ticks(max)).toEqual(expected));
  check(0, [0, 1]);
  check(1, [0, 0.25, 0.5, 0.75, 1]);
  check(100, [0, 25, 50, 75, 100]);
  check(172, [0, 50, 100, 150, 200]);
  check(0.47, [0, 0.2, 0.4, 0.6]);
  check(Number.NaN, [0, 1]);
  for (const max of [0.003, 7, 13, 99, 1234, 98_765]) test(`cover ${max} in at most five`, () => {
    const found = ticks(max);
    expect(found.at(-1)).toBeGreaterThanOrEqual(max);
    expect(found.length).toBeLessThanOrEqual(5);
  });
});

describe('time ticks', () => {
  const check = (max: number, expected: number[]) => test(String(max), () => expect(timeTicks(max)).toEqual(expected));
  check(100, [0, 30, 60, 90, 120]);
  check(5160, [0, 1800, 3600, 5400]);
  check(50_000, [0, 14_400, 28_800, 43_200, 57_600]);
  check(0, [0]);
});

describe('paths', () => {
  const check = (got: string, expected: string) => test(expected || 'nothing', () => expect(got).toBe(expected));
  check(path([{ x: 0, y: 1 }, { x: 2, y: 3 }]), 'M0 1L2 3');
  check(path([{ x: 0, y: 1 }, null, { x: 4, y: 5 }, { x: 6, y: 7 }]), 'M0 1M4 5L6 7');
  check(path([]), '');
  check(band([{ x: 0, low: 9, high: 1 }, { x: 2, low: 8, high: 2 }]), 'M0 1L2 2L2 8L0 9Z');
  check(band([{ x: 0, low: 9, high: 1 }, null, { x: 2, low: 8, high: 2 }]), 'M0 1L0 9ZM2 2L2 8Z');
  check(sparkPath([null, null], 10, 10).line, '');
});

test('the last point of a spark is the last known value', () => expect(sparkPath([0, 4, null], 12, 12).last).toEqual({ x: 6, y: 2 }));

describe('stepAt', () => {
  const check = (x: number, expected: number) => test(String(x), () => expect(stepAt(x, 100, 10)).toBe(expected));
  check(-5, 0);
  check(0, 0);
  check(55, 5);
  check(100, 9);
  check(400, 9);
});
