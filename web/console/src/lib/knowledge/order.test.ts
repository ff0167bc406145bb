import { describe, expect, test, vi } from 'vitest';
import { inOrder, moved, Ordering } from './order.svelte';

describe('a list with one at another place', () => {
  const check = (from: number, to: number, expected: string) => test(`${from} to ${to}`, () => expect(moved([...'abcd'], from, to).join('')).toBe(expected));
  check(0, 1, 'bacd');
  check(3, 0, 'dabc');
  check(1, 3, 'acdb');
  check(2, 2, 'abcd');
  check(9, 0, 'abcd');
});

describe('what was not put by hand stands behind, the oldest first', () => {
  const check = (ids: string[], order: string[], expected: string[]) => test(`${ids.join()} as ${order.join()}`, () => expect(inOrder(ids.map((id) => ({ id })), order).map((one) => one.id)).toEqual(expected));
  check(['9', '10', '8'], [], ['8', '9', '10']);
  check(['9', '10', '8'], ['10', '8'], ['10', '8', '9']);
  check(['1', '2'], ['7', '2'], ['2', '1']);
});

/** A server with three things, which answers when it is told to. */
function server(keeps: (order: string[], read: string[]) => void = () => undefined) {
  let now = ['a', 'b', 'c'];
  const [waiting, problems]: [(() => void)[], unknown[]] = [[], []];
  const keep = vi.fn(async (order: string[], read: string[]) => {
    await new Promise<void>((answer) => waiting.push(answer));
    keeps(order, read);
    now = order;
  });
  const list = new Ordering({ known: () => now, keep, refresh: () => Promise.resolve(), fail: (problem) => problems.push(problem) });
  const answer = async () => {
    waiting.shift()?.();
    await new Promise((done) => setTimeout(done, 0));
  };
  return { list, keep, answer, problems, now: () => now };
}

test('moves are shown at once and kept one after the other, the last order with the next request', async () => {
  const { list, keep, answer, now } = server();
  list.move('c', -1, 'C');
  expect(list.shown).toEqual(['a', 'c', 'b']);
  list.move('c', -1, 'C');
  list.move('c', -1, 'C'); // It is the first already.
  list.move('a', 1, 'A');
  expect(list.shown).toEqual(['c', 'b', 'a']);
  expect(list.said).toBe('A is now 3 of 3.');
  await answer();
  await answer();
  expect(keep.mock.calls).toEqual([
    [['a', 'c', 'b'], ['a', 'b', 'c']],
    [['c', 'b', 'a'], ['a', 'c', 'b']],
  ]);
  expect(now()).toEqual(['c', 'b', 'a']);
  expect(list.shown).toEqual(['c', 'b', 'a']);
});

test('what is moved while the new order is read is kept too', async () => {
  let now = ['a', 'b', 'c'];
  const reads: (() => void)[] = [];
  const keep = vi.fn(async (order: string[]) => void (now = order));
  const list = new Ordering({ known: () => now, keep, refresh: () => new Promise<void>((done) => reads.push(done)), fail: () => undefined });
  list.move('c', -1, 'C');
  await vi.waitFor(() => expect(reads).toHaveLength(1));
  list.move('c', -1, 'C');
  expect(list.shown).toEqual(['c', 'a', 'b']);
  reads[0]?.();
  await vi.waitFor(() => expect(reads).toHaveLength(2));
  reads[1]?.();
  await vi.waitFor(() => expect(keep).toHaveBeenCalledTimes(2));
  expect(keep.mock.lastCall).toEqual([['c', 'a', 'b'], ['a', 'c', 'b']]);
  expect(now).toEqual(['c', 'a', 'b']);
});

test('what is refused is said, and stands as it is known', async () => {
  const { list, answer, problems } = server(() => {
    throw new Error('Somebody was faster');
  });
  list.move('c', -1, 'C');
  await answer();
  expect(problems).toHaveLength(1);
  expect(list.shown).toEqual(['a', 'b', 'c']);
  expect(list.said).toBe('');
});
