import { expect, test } from 'vitest';
import { diff, folded } from './diff';
import { called, helped, sameText, textState } from './words';

const said = (before: string, after: string) => diff(before, after).map((line) => line.sign + line.text);

test('what stayed, went and came is told line by line', () => {
  expect(said('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
  expect(said('a\nb', 'a\nb')).toEqual([' a', ' b']);
  expect(said('', 'a')).toEqual(['-', '+a']);
  expect(said('a\nb\nc', 'c\na\nb')).toEqual(['+c', ' a', ' b', '-c']);
});

test('texts that are too long are shown whole', () => {
  const long = Array.from({ length: 2_100 }, (_, n) => String(n)).join('\n');
  expect(diff(long, `${long}\nx`)).toHaveLength(4_201);
});

test('what did not change is folded', () => {
  const lines = diff('1\n2\n3\n4\n5\n6\n7\n8', '1\n2\n3\n4\n5\n6\n7\nx');
  expect(folded(lines)).toEqual([{ skipped: 5 }, { sign: ' ', text: '6' }, { sign: ' ', text: '7' }, { sign: '-', text: '8' }, { sign: '+', text: 'x' }]);
});

test('states, names and figures have their words', () => {
  expect(textState({ state: 'published', ahead: true })).toEqual({ word: 'Published, newer draft', tone: 'attention' });
  expect(textState({ state: 'draft', ahead: false }).word).toBe('Draft');
  expect(called({ de: { name: 'Tarife', description: '' } }, ['en', 'fr'])).toBe('Tarife');
  expect([helped({ yes: 0, no: 0 }), helped({ yes: 2, no: 1 })]).toEqual(['–', '2 of 3']);
  const text = { title: 'A', summary: '', body: 'b', keywords: ['c'] };
  expect([sameText(text, { ...text }), sameText({ ...text, body: 'x' }, text)]).toEqual([true, false]);
});
