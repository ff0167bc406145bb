import { describe, expect, test } from 'vitest';
import { append, compareIds, merge, threadOf, visible } from './merge';

const rows = (text: string) => [...text].map((id) => ({ id }));
const ids = (items: { id: string }[]) => items.map((i) => i.id).join('');

describe('merge', () => {
  const check = (name: string, shown: string, fresh: string, options: { hold: boolean; keep?: string; complete?: boolean }, expected: { items: string; waiting: number; gone: string }) =>
    test(name, () => {
      const merged = merge(rows(shown), rows(fresh), options);
      expect({ items: ids(merged.items), waiting: merged.waiting, gone: [...merged.gone].join('') }).toEqual(expected);
    });
  check('the first reading', '', 'abc', { hold: true }, { items: 'abc', waiting: 0, gone: '' });
  check('free: the fresh order stands', 'abc', 'xcab', { hold: false }, { items: 'xcab', waiting: 0, gone: '' });
  check('held: new rows wait, nothing moves', 'abc', 'xcab', { hold: true }, { items: 'abc', waiting: 1, gone: '' });
  check('held: a row that left stays and is marked', 'abc', 'ac', { hold: true }, { items: 'abc', waiting: 0, gone: 'b' });
  check('free: a row that left goes', 'abc', 'ac', { hold: false }, { items: 'ac', waiting: 0, gone: '' });
  check('free: the selected row that left keeps its place', 'abc', 'ac', { hold: false, keep: 'b' }, { items: 'abc', waiting: 0, gone: 'b' });
  check('free: the selected row moves with the order while it belongs', 'abc', 'bca', { hold: false, keep: 'b' }, { items: 'bca', waiting: 0, gone: '' });
  check('held: a row pushed off the end of the page is not gone', 'abcd', 'xabc', { hold: true }, { items: 'abcd', waiting: 1, gone: '' });
  check('held: with no further page it is', 'abcd', 'xabc', { hold: true, complete: true }, { items: 'abcd', waiting: 1, gone: 'd' });
  check('everything left', 'ab', '', { hold: false, keep: 'b' }, { items: 'b', waiting: 0, gone: 'b' });
});

test('held rows show their new contents', () => {
  const merged = merge([{ id: 'a', n: 1 }], [{ id: 'z', n: 9 }, { id: 'a', n: 2 }], { hold: true });
  expect(merged.items).toEqual([{ id: 'a', n: 2 }]);
});

describe('append', () => {
  const check = (shown: string, page: string, expected: string) => test(`${shown} + ${page}`, () => expect(ids(append(rows(shown), rows(page)))).toBe(expected));
  check('abc', 'def', 'abcdef');
  check('abc', 'cde', 'abcde');
  check('', 'ab', 'ab');
});

test('a thread has each message once, the newer reading, by id', () => {
  const thread = threadOf([{ id: '9', text: 'old' }, { id: '10', text: 'ten' }], [{ id: '11', text: 'eleven' }, { id: '9', text: 'new' }]);
  expect(thread.map((m) => m.text)).toEqual(['new', 'ten', 'eleven']);
});

describe('compareIds', () => {
  const check = (a: string, b: string, expected: number) => test(`${a} ${b}`, () => expect(Math.sign(compareIds(a, b))).toBe(expected));
  check('9', '10', -1);
  check('10', '10', 0);
  check('9007199254740993', '9007199254740992', 1);
});

describe('visible', () => {
  const check = (top: number, height: number, total: number, expected: { from: number; to: number }) => test(`${top} ${height} ${total}`, () => expect(visible(top, height, 76, total, 2)).toEqual(expected));
  check(0, 760, 1000, { from: 0, to: 12 });
  check(7600, 760, 1000, { from: 98, to: 112 });
  check(0, 760, 3, { from: 0, to: 3 });
  check(99_999, 760, 0, { from: 0, to: 0 });
});
