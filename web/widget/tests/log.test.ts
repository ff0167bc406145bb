import { expect, test } from 'vitest';
import { compareIds, continues, entries, merge, readAfter, unconfirmed, unread } from '../src/panel/log';
import type { Author, Message, Pending } from '../src/panel/types';

/** `c12:x` is message 12 by the customer (a assistant, p person, s system), sent under the client id `x`. */
function message(word: string, text = ''): Message {
  const [, letter, id, client_id] = /^([caps])(\d+)(?::(\w+))?$/.exec(word)!;
  const author = { c: 'customer', a: 'assistant', p: 'person', s: 'system' }[letter!] as Author;
  const at = new Date(1_767_000_000_000 + Number(id) * 60_000).toISOString();
  return { id: id!, author, name: author, text, answer: null, files: [], at, client_id: client_id ?? null, helpful: null };
}
const messages = (words: string) => words.split(' ').filter(Boolean).map((word) => message(word));
const pending = (words: string): Pending[] => words.split(' ').filter(Boolean).map((client_id, i) => ({ client_id, text: client_id, n: i + 1 }));

test('ids are compared as the numbers they are', () => {
  const check = (a: string, b: string, sign: number) => {
    expect(Math.sign(compareIds(a, b))).toBe(sign);
    expect(Math.sign(compareIds(b, a))).toBe(sign === 0 ? 0 : -sign);
  };
  check('1', '1', 0);
  check('2', '10', -1);
  check('9223372036854775806', '9223372036854775807', -1);
  check('999999999999999999', '1000000000000000000', -1);
});

test('messages read twice, late or in another order are shown once and in order', () => {
  const check = (known: string, read: string, expected: string) => expect(merge(messages(known), messages(read)).map((m) => m.id).join(' ')).toBe(expected);
  check('', '', '');
  check('', 'c1 a2', '1 2');
  check('c1 a2', '', '1 2');
  check('c1 a2', 'c1 a2', '1 2');
  check('c1 a3', 'p2', '1 2 3');
  check('c9', 'a10 c8', '8 9 10');
});

test('what was read later wins', () => {
  const read = { ...message('a2'), helpful: true };
  expect(merge(messages('c1 a2'), [read])[1]).toBe(read);
});

test('a pending message is shown last, until the log has it', () => {
  const check = (log: string, out: string, expected: string) => expect(entries(messages(log), pending(out)).map((e) => e.key).join(' ')).toBe(expected);
  check('', 'x', 'x');
  check('c1:x', 'x', 'x');
  check('c1:x a2', 'x y', 'x 2 y');
  check('a1 c2:y', 'x y z', '1 y x z');
  // It keeps its key, and with it its place on the screen, when it is confirmed.
  expect(entries(messages('c1:x'), []).map((e) => e.key)).toEqual(entries([], pending('x')).map((e) => e.key));
});

test('pending messages keep the order of writing', () => {
  const out = [{ client_id: 'b', text: '', n: 2 }, { client_id: 'c', text: '', n: 10 }, { client_id: 'a', text: '', n: 1 }];
  expect(unconfirmed(out, []).map((item) => item.client_id)).toEqual(['a', 'b', 'c']);
});

test('reading goes on a little before the newest message', () => {
  const check = (count: number, expected: string | null) => expect(readAfter(Array.from({ length: count }, (_, i) => message(`a${i + 1}`)))).toBe(expected);
  check(0, null);
  check(1, null);
  check(20, null);
  check(21, '1');
  check(100, '80');
});

test('messages stand together by author and time', () => {
  const check = (log: string, out: string, expected: string) => {
    const all = entries(messages(log), pending(out));
    expect(all.map((entry, i) => (continues(all[i - 1], entry) ? '+' : '|')).join('')).toBe(expected);
  };
  check('c1', '', '|');
  check('c1 c2', '', '|+');
  check('c1 a2 a3 p4', '', '||+|');
  check('c1 c9', '', '||');
  check('c1', 'x y', '|++');
  check('a1', 'x y', '||+');
});

test('unread are those of others after the last seen', () => {
  const check = (log: string, seen: string | null, expected: number) => expect(unread(messages(log), seen)).toBe(expected);
  check('', null, 0);
  check('c1 a2 s3', null, 2);
  check('c1 a2 s3', '2', 1);
  check('c1 a2 s3', '3', 0);
  check('a9 c10 p11', '9', 1);
});
