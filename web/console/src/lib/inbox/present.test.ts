import { describe, expect, test } from 'vitest';
import { presentWords } from './present';

describe('who else is here', () => {
  const check = (people: string[], expected: string) =>
    test(expected || 'nobody', () => expect(presentWords(people.map((p) => ({ name: p.replace('!', ''), writing: p.endsWith('!') })))).toBe(expected));
  check([], '');
  check(['Jonas'], 'Jonas is reading.');
  check(['Jonas!'], 'Jonas is writing.');
  check(['Mara', 'Jonas!'], 'Jonas is writing. Mara is reading.');
  check(['Mara', 'Jonas', 'Aiko', 'Ben'], 'Mara, Jonas and 2 more are reading.');
  check(['Mara!', 'Jonas!'], 'Mara and Jonas are writing.');
});
