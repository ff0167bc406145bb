import type { BulkAction } from '$lib/api';
import { describe, expect, test } from 'vitest';
import { between, chunks, doneWord, summary } from './select';
import { Selection } from './selection.svelte';

const order = ['a', 'b', 'c', 'd', 'e'];

describe('between', () => {
  const check = (from: string, to: string, expected: string) => test(`${from}–${to}`, () => expect(between(order, from, to).join('')).toBe(expected));
  check('b', 'd', 'bcd');
  check('d', 'b', 'bcd');
  check('c', 'c', 'c');
  check('x', 'b', 'b');
  check('b', 'x', '');
});

test('a request takes so many', () => {
  expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(chunks([], 2)).toEqual([]);
});

describe('what is said', () => {
  const check = (action: BulkAction, name: string, expected: string) => test(expected, () => expect(doneWord(action, name)).toBe(expected));
  check({ kind: 'status', to: 'resolved' }, '', 'resolved');
  check({ kind: 'assign', to: '5' }, 'Ben', 'assigned to Ben');
  check({ kind: 'assign', to: null }, '', 'assigned to nobody');
  check({ kind: 'tags', add: ['vip'] }, '', 'labelled “vip”');
  check({ kind: 'tags', remove: ['vip'] }, '', 'without “vip”');
  const sum = (done: number, unchanged: number, refused: number, expected: string) => test(expected, () => expect(summary({ done, unchanged, refused }, 'resolved')).toBe(expected));
  sum(12, 0, 0, '12 resolved');
  sum(0, 1, 0, '1 was so already');
  sum(10, 2, 1, '10 resolved, 2 were so already, 1 not changed');
  sum(0, 0, 0, '0 resolved');
});

describe('a selection', () => {
  const chosen = (s: Selection) => order.filter((id) => s.has(id)).join('');
  test('one by one, and by steps from the last one', () => {
    const s = new Selection();
    s.toggle('b');
    expect(chosen(s)).toBe('b');
    expect(s.step(order, 1, 'a')).toBe('c');
    s.step(order, 1, 'a');
    expect(chosen(s)).toBe('bcd');
    s.step(order, -1, 'a');
    expect(chosen(s)).toBe('bc');
    s.toggle('b');
    expect(chosen(s)).toBe('c');
  });
  test('steps begin at the row that is pointed at', () => {
    const s = new Selection();
    expect(s.step(order, 1, 'c')).toBe('d');
    expect(chosen(s)).toBe('cd');
    expect(s.step(order, 9, 'c')).toBe('e');
    expect(chosen(s)).toBe('cde');
  });
  test('what was chosen before a range stays', () => {
    const s = new Selection();
    s.toggle('a');
    s.toggle('c');
    s.extendTo(order, 'e');
    expect(chosen(s)).toBe('acde');
    s.extendTo(order, 'd');
    expect(chosen(s)).toBe('acd');
  });
  test('what left the list is not chosen any more', () => {
    const s = new Selection();
    s.all(order);
    s.keep(['a', 'c', 'x']);
    expect(chosen(s)).toBe('ac');
    s.clear();
    expect(s.size).toBe(0);
    expect(s.step([], 1, undefined)).toBeUndefined();
  });
});
