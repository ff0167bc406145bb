import { expect, test } from 'vitest';
import type { CutoverStep } from '$lib/api';
import { behind, behindTone, nextMine, place, reach, rule, standing } from './words';

test('a step stands in words of its kind', () => {
  const check = (status: CutoverStep['status'], kind: CutoverStep['kind'], more: Partial<CutoverStep>, word: string) => expect(standing({ status, kind, late: false, can_begin: false, ...more }).word).toBe(word);
  check('waiting', 'task', {}, 'Waits');
  check('waiting', 'task', { can_begin: true }, 'Can begin');
  check('waiting', 'gate', { can_begin: true }, 'To be ruled');
  check('running', 'task', {}, 'Running');
  check('running', 'task', { late: true }, 'Takes longer');
  check('done', 'gate', {}, 'Go');
  check('done', 'smoke_check', {}, 'Passed');
  check('done', 'task', {}, 'Done');
  check('no_go', 'gate', {}, 'No-go');
});

test('how far behind it is', () => {
  const check = (seconds: number, over: boolean, words: string, tone: string) => expect([behind(seconds, over), behindTone(seconds)]).toEqual([words, tone]);
  check(0, false, 'as planned', 'calm');
  check(59, false, 'as planned', 'calm');
  check(720, false, '12 min behind the plan', 'attention');
  check(3600, false, '1 h behind the plan', 'late');
  check(-300, false, '5 min ahead of the plan', 'calm');
  check(720, true, '12 min longer than planned', 'attention');
  check(-300, true, '5 min shorter than planned', 'calm');
});

test('a trigger as a sentence', () => {
  expect(rule({ when: 'above', threshold_said: '2 %', lasting: 300 })).toBe('above 2 % for 5 min');
  expect(rule({ when: 'below', threshold_said: '3.5', lasting: 0 })).toBe('below 3.5');
});

test('stretches lie on the line', () => {
  const at = (minute: number) => new Date(minute * 60_000).toISOString();
  expect(place(at(0), at(50), at(0), at(100))).toEqual({ left: 0, width: 50 });
  expect(place(at(50), at(200), at(0), at(100))).toEqual({ left: 50, width: 50 });
  expect(place(at(100), at(100), at(0), at(100))).toEqual({ left: 99, width: 1 });
  expect(place(at(0), at(0), at(0), at(0)).width).toBe(1);
  expect(reach({ begun_at: at(0), planned_finish: at(60), finish: at(72) })).toEqual([at(0), at(72)]);
  expect(reach({ begun_at: at(0), planned_finish: at(60), finish: at(50) })).toEqual([at(0), at(60)]);
});

test('a key leads from one of my steps to the next', () => {
  const step = (key: string, more: Partial<CutoverStep>) => ({ key, you_may: true, can_begin: false, status: 'waiting', ...more }) as CutoverStep;
  const steps = [step('a', { can_begin: true }), step('b', {}), step('c', { status: 'running' }), step('d', { can_begin: true, you_may: false })];
  expect(nextMine(steps, undefined)).toBe('a');
  expect(nextMine(steps, 'a')).toBe('c');
  expect(nextMine(steps, 'c')).toBe('a');
  expect(nextMine([step('b', {})], undefined)).toBeUndefined();
});
