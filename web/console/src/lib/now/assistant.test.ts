import { expect, test } from 'vitest';
import { errorRate, share, work } from './assistant';

test('shares are short and small ones keep a decimal', () => {
  const check = (part: number, said: string) => expect(share(part)).toBe(said);
  check(0, '0 %');
  check(2 / 131, '1.5 %');
  check(0.02, '2 %');
  check(0.099_9, '10 %');
  check(0.424, '42 %');
  check(1, '100 %');
});

test('an error rate comes with its count and how sure it is', () => {
  const check = (known: number, wrong: number, atMost: number | null, value: string, note: string) => expect(errorRate({ known, wrong, wrong_at_most: atMost })).toEqual({ value, note });
  check(0, 0, null, '–', 'No outcome is known yet');
  check(131, 2, 0.047_1, '1.5 %', '2 of 131 with a known outcome; at most 4.7 % with 95 % confidence');
  check(3, 0, 0.632, '0 %', '0 of 3 with a known outcome; at most 63 % with 95 % confidence');
});

test('work is counted in hours', () => {
  const check = (seconds: number, said: string) => expect(work(seconds)).toBe(said);
  check(30, 'under 1 min');
  check(600, '10 min');
  check(3600, '1 h');
  check(326_929, '91 h');
});
