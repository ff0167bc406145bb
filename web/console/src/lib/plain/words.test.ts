import { expect, test } from 'vitest';
import type { TextChecked, TextMark } from '$lib/api';
import { pieces, placed, summary } from './words';

const mark = (text: string, start: number, end: number, kind: TextMark['kind'] = 'heavy_word'): TextMark => ({ kind, text, start, end, why: 'Why.', suggestion: 'Do.' });

test('bytes of the server become places of the text', () => {
  const check = (text: string, marks: TextMark[], expected: [number, number][]) => expect(placed(text, marks).map((m) => [m.start, m.end])).toEqual(expected);
  check('utilise', [mark('utilise', 0, 7)], [[0, 7]]);
  check('Größe: utilise', [mark('utilise', 9, 16)], [[7, 14]]);
  check('😀 日本 utilise', [mark('utilise', 12, 19)], [[6, 13]]);
  check('It waits.', [mark('', 9, 9, 'missing_do_now')], [[9, 9]]);
  check('another text', [mark('utilise', 0, 7)], []);
  check('short', [mark('utilise', 20, 27)], []);
});

test('a text in pieces loses nothing', () => {
  const check = (text: string, marks: TextMark[], expected: string[]) => {
    const found = pieces(text, marks);
    expect(found.map((p) => (p.why ? `[${p.text}]` : p.text))).toEqual(expected);
    expect(found.map((p) => p.text).join('')).toBe(text);
  };
  check('we utilise it', [mark('utilise', 3, 10)], ['we ', '[utilise]', ' it']);
  check('a b c', [mark('b c', 2, 5, 'long_sentence'), mark('b', 2, 3)], ['a ', '[b]', ' c']);
  check('a b c', [mark('a b c', 0, 5, 'long_average'), mark('', 5, 5, 'missing_do_now')], ['a b c']);
  check('', [], []);
});

test('the line says what is steady only', () => {
  const found = (reliable: boolean): TextChecked => ({ ok: true, language: 'en', marks: [], more: false, counts: { sentences: 1, words: 1, characters: 1, syllables: 1, long_words: 0, unfamiliar: 0, vocabulary: { unfamiliar: 0, rarity: 0, syllables: 0 } }, ease: { value: 70, word: 'easy', reliable, limits: '' }, formulas: null, limits: '' });
  expect(summary(found(true), [])).toBe('No suggestions. Easy to read.');
  expect(summary(found(false), [mark('a', 0, 1)])).toBe('1 suggestion.');
});
