import { expect, test } from 'vitest';
import { hand, nextKey, take } from './handed';

test('a plan is handed over once', () => {
  hand('[window]');
  expect(take()).toBe('[window]');
  expect(take()).toBe('');
});

test.each([
  ['autumn', 'autumn-2'],
  ['autumn-2', 'autumn-3'],
  ['prices-2026', 'prices-2027'],
  ['a-9', 'a-10'],
])('after %s comes %s', (key, next) => expect(nextKey(key)).toBe(next));
