import type { UpdateEffect } from '$lib/api';
import { expect, it } from 'vitest';
import { listOf, ratio } from './effect';

it('says a ratio with its interval', () => {
  const check = (found: Partial<NonNullable<UpdateEffect['found']>>, expected: string) => expect(ratio({ ratio: 1, low: 0.5, high: 2, dispersion: 1, verdict: 'unclear', ...found })).toBe(expected);
  check({}, '1.00 times as many (95 %: 0.50 to 2.00)');
  check({ ratio: 0.186, low: 0.056, high: 12.4 }, '0.19 times as many (95 %: 0.06 to 12)');
  // What nothing bounds is no number in JSON.
  check({ high: null as unknown as number }, '1.00 times as many (95 %: 0.50 to any)');
});

it('leads to the conversations that were counted', () => {
  const link = listOf('/w/1/inbox', { dimension: 'category', value: 'billing' } as UpdateEffect, { from: '2026-11-16T09:00:00Z', to: '2026-11-18T09:00:00Z' });
  expect(link).toBe('/w/1/inbox?view=all&signal=contacts&dimension=category&value=billing&since=2026-11-16T09%3A00%3A00Z&until=2026-11-18T09%3A00%3A00Z');
});
