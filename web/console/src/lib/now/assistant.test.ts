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
  const check = (answered: number, known: number, wrong: number, atMost: number | null, value: string, note: string) =>
    expect(errorRate({ answered, known, wrong, wrong_at_most: atMost })).toEqual({ value, note });
  check(0, 0, 0, null, '–', 'No outcome is known yet');
  check(20, 0, 0, null, '–', 'No outcome is known yet');
  check(262, 131, 2, 0.047_1, '0.8 %', '2 of 262 answered; of the 131 with a known outcome 1.5 % (at most 4.7 %, 95 % sure)');
  check(9, 3, 0, 0.632, '0 %', '0 of 9 answered; of the 3 with a known outcome 0 % (at most 63 %, 95 % sure)');
});

test('work is counted in hours', () => {
  const check = (seconds: number, said: string) => expect(work(seconds)).toBe(said);
  check(30, 'under 1 min');
  check(600, '10 min');
  check(3600, '1 h');
  check(326_929, '91 h');
});
