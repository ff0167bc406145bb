import { describe, expect, it } from 'vitest';
import { pooled } from './days';

const days = { ratio: 1.05, low: 0.98, high: 1.12, allowed: 1.2, within: true, proven: true, days: 5 };

describe('days taken together', () => {
  it('are proven, consistent with normal, or too far off', () => {
    expect(pooled(days)).toEqual({ word: 'Proven', figures: '1.05 × over 5 days, between 0.98 and 1.12' });
    expect(pooled({ ...days, high: 1.3, proven: false }).word).toBe('Consistent with normal');
    expect(pooled({ ...days, ratio: 1.4, within: false, proven: false }).word).toBe('Not back yet');
  });
  it('are no more exact than they can be', () => {
    expect(pooled({ ...days, ratio: 67.2, low: 0.17, high: 26482.96 }).figures).toBe('67 × over 5 days, between 0.17 and more than 100');
  });
  it('say nothing about an interval that there is none of', () => {
    expect(pooled({ ...days, low: null, high: null, proven: false }).figures).toBe('1.05 × over 5 days');
  });
});
