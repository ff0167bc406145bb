import { expect, test } from 'vitest';
import type { UnsupportedPassage } from '$lib/api';
import { course, nearness, pieces, remaining } from './words';

const passage = (text: string, start: number, kind: UnsupportedPassage['kind'] = 'number'): UnsupportedPassage => ({ part: 'expected', kind, text, start, end: start + text.length, why: `“${text}” …` });

test('marks cut a text into pieces and lose nothing', () => {
  const check = (text: string, marks: UnsupportedPassage[], expected: string[]) => {
    const found = pieces(text, marks);
    expect(found.map((p) => (p.why ? `[${p.text}]` : p.text))).toEqual(expected);
    expect(found.map((p) => p.text).join('')).toBe(text);
  };
  check('It costs 25 % more.', [passage('25', 9)], ['It costs ', '[25]', ' % more.']);
  check('25', [passage('25', 0)], ['[25]']);
  check('a 25 % b', [passage('25 %', 2), passage('5', 3), passage('% b', 5)], ['a ', '[25 %]', '[ b]']);
  check('no mark', [], ['no mark']);
  check('moved on', [passage('25', 0)], ['moved on']);
  check('', [], []);
});

test('what a person took out is not marked any more', () => {
  const check = (text: string, marks: UnsupportedPassage[], expected: [string, number][]) => expect(remaining(text, marks).map((p) => [p.text, p.start])).toEqual(expected);
  check('It costs 25 more.', [passage('25', 30)], [['25', 9]]);
  check('It costs more.', [passage('25', 9)], []);
  check('25 and 25', [passage('25', 0), passage('25', 7)], [['25', 0], ['25', 0]]);
  check('long text', [passage('long text', 0, 'length')], [['long text', 0]]);
  check('shorter', [passage('long text', 0, 'length')], []);
});

test('sentences', () => {
  expect(course(0, 0)).toBe('none in the last two days');
  expect(course(3, 0)).toBe('3 in the last 24 hours, none the day before');
  expect(course(1, 4)).toBe('1 in the last 24 hours, 4 the day before');
  expect(nearness({ answer: '1', title: 'T', confidence: 0.41, used: 0 })).toBe('fits with 41 %');
  expect(nearness({ answer: '1', title: 'T', confidence: null, used: 3 })).toBe('people replied with it 3 times');
  expect(nearness({ answer: '1', title: 'T', confidence: 0.5, used: 1 })).toBe('fits with 50 %, people replied with it once');
});
