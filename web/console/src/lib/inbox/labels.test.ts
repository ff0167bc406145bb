import { describe, expect, test } from 'vitest';
import { labelChoices } from './labels';

describe('labels of several', () => {
  const check = (tags: string[][], typed: string, expected: string[]) => test(`${JSON.stringify(tags)} “${typed}”`, () => expect(labelChoices(tags, typed).map((c) => c.id)).toEqual(expected));
  check([[], []], '', []);
  check([[], []], ' VIP ', ['+vip']);
  check([['vip'], []], '', ['+vip', '-vip']);
  check([['vip'], ['vip', 'price']], '', ['+price', '-price', '-vip']);
  check([['vip'], ['vip']], 'vip', ['-vip']);
  check([['vip'], ['vip']], 'vi', ['+vi', '-vip']);
  check([[]], 'a,b', []);
  check([[]], 'x'.repeat(41), []);
});
