import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { backoff, parse, parsePresence, parseSign, throttle } from './live';

describe('parse', () => {
  const check = (text: string, seq: number | undefined) => test(text || 'nothing', () => expect(parse(text)?.seq).toBe(seq));
  check('{"seq":7,"subject_kind":"issue","subject_id":"3"}', 7);
  check('{"seq":"7","subject_kind":"issue"}', undefined);
  check('{"seq":7}', undefined);
  check('not json', undefined);
  check('', undefined);
});

describe('parseSign', () => {
  const check = (kind: 'typing' | 'seen', text: string, expected: unknown) => test(`${kind} ${text}`, () => expect(parseSign(kind, text)).toEqual(expected));
  check('typing', '{"conversation":"7"}', { kind: 'typing', conversation: '7' });
  check('seen', '{"conversation":"7","message":"8"}', { kind: 'seen', conversation: '7', message: '8' });
  check('seen', '{"conversation":"7"}', undefined);
  check('typing', '{}', undefined);
  check('typing', 'not json', undefined);
});

describe('who is in a conversation', () => {
  const check = (text: string, people: number | undefined) => test(text || 'nothing', () => expect(parsePresence(text)?.people.length).toBe(people));
  check('{"conversation":"3","people":[]}', 0);
  check('{"conversation":3,"people":[]}', undefined);
  check('{"conversation":"3"}', undefined);
  check('', undefined);
});

describe('backoff', () => {
  const check = (failures: number, expected: number) => test(`after ${failures}`, () => expect(backoff(failures)).toBe(expected));
  check(0, 1000);
  check(1, 1000);
  check(3, 4000);
  check(30, 30_000);
});

describe('throttle', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const check = (name: string, calls: number[], until: number, expected: number) =>
    test(name, () => {
      let runs = 0;
      const slow = throttle(() => (runs += 1), 100);
      let at = 0;
      for (const call of calls) {
        vi.advanceTimersByTime(call - at);
        at = call;
        slow.call();
      }
      vi.advanceTimersByTime(until - at);
      expect(runs).toBe(expected);
    });
  check('the first runs at once', [0], 0, 1);
  check('a burst runs twice: at its beginning and at its end', [0, 1, 2, 3, 4], 1000, 2);
  check('apart, each runs', [0, 150, 300], 1000, 3);
  check('a steady stream runs once a pause', [0, 50, 100, 150, 200, 250], 1000, 4);

  test('what is cancelled does not run', () => {
    let runs = 0;
    const slow = throttle(() => (runs += 1), 100);
    slow.call();
    slow.call();
    slow.cancel();
    vi.advanceTimersByTime(1000);
    expect(runs).toBe(1);
  });
});
