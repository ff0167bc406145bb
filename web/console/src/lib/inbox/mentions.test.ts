import { describe, expect, test } from 'vitest';
import { asked, encode, fitting, pieces, plain, put } from './mentions';

const people = [
  { id: '1', name: 'Mara Lind' },
  { id: '2', name: 'Mara Lindberg' },
  { id: '3', name: 'Tomás Silva' },
  { id: '4', name: 'Jo-Ann O’Hara' },
];

describe('who is being named', () => {
  const check = (text: string, words: string | null) => test(text || 'nothing', () => expect(asked(text, text.length)?.words ?? null).toBe(words));
  check('', null);
  check('@', '');
  check('Ask @ma', 'ma');
  check('(@tom', 'tom');
  check('@Mara L', 'Mara L');
  check('@Mara Lind can', null);
  check('ana@example', null);
  check('line\n@jo-a', 'jo-a');
  check('@{1}', null);
});

describe('whose name fits', () => {
  const check = (words: string, ids: string) =>
    test(words || 'all', () =>
      expect(
        fitting(people, words)
          .map((p) => p.id)
          .join(''),
      ).toBe(ids),
    );
  check('', '1234');
  check('MARA', '12');
  check('lindb', '2');
  check('ann', '4');
  check('mara l', '12');
  check('x', '');
});

test('a name replaces what was typed, and writing goes on after it', () => {
  expect(put('Ask @ma now', 4, 7, 'Mara Lind')).toEqual({ text: 'Ask @Mara Lind now', caret: 15 });
  expect(put('@', 0, 1, 'Mara Lind')).toEqual({ text: '@Mara Lind ', caret: 11 });
});

describe('what is kept', () => {
  const check = (text: string, kept: string, chosen: [string, string][] = [], of = people) => test(text, () => expect(encode(text, of, new Map(chosen))).toBe(kept));
  check('Ask @Mara Lind, @Mara Lindberg and @Tomás Silva.', 'Ask @{1}, @{2} and @{3}.');
  check('@Mara Lindner is a customer, @Mara too', '@Mara Lindner is a customer, @Mara too');
  check('@{1} stays', '@{1} stays');
  const twins = [...people, { id: '9', name: 'Mara Lind' }];
  check('@Mara Lind?', '@Mara Lind?', [], twins);
  check('@Mara Lind!', '@{9}!', [['Mara Lind', '9']], twins);
});

test('a note is shown with names: former people and unknown ones are plain text', () => {
  const mentions = [
    { id: '1', name: 'Mara Berg', former: false },
    { id: '3', name: 'Tomás Silva', former: true },
  ];
  const shown = pieces('@{1}, @{3} or @{77}', mentions);
  expect(shown).toEqual([{ text: '@Mara Berg', who: { id: '1', name: 'Mara Berg' } }, { text: ', @Tomás Silva or @{77}' }]);
  expect(plain('@{1} @{8}', people)).toBe('@Mara Lind @{8}');
});
