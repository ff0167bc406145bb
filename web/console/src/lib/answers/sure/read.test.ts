import { describe, expect, it } from 'vitest';
import { LONGEST, MOST_ROWS, read, type Line } from './read';

const check = (source: string, expected: Line[]) => expect(read(source)).toEqual({ rows: expected, problems: [] });
const wrong = (source: string, ...says: string[]) => {
  const found = read(source);
  expect(found.rows).toEqual([]);
  expect(found.problems.length).toBe(says.length);
  says.forEach((part, i) => expect(found.problems[i]).toContain(part));
};

describe('files of messages', () => {
  it('plain lines', () => {
    check('Why?\n\n  What now? \r\n', [{ line: 1, text: 'Why?' }, { line: 3, text: 'What now?' }]);
    check('One, two; three', [{ line: 1, text: 'One, two; three' }]);
  });
  it('one object a line', () => {
    check('{"id":1,"text":"Why?"}\n{"text":"What?","answer":"price"}\n{"text":"Hm","answer":null}', [
      { line: 1, text: 'Why?' },
      { line: 2, text: 'What?', answer: 'price' },
      { line: 3, text: 'Hm', answer: null },
    ]);
  });
  it('tables', () => {
    check('text,answer\nWhy?,price\n"So, ""this""\nis it",\nHm,none\n,\n', [
      { line: 2, text: 'Why?', answer: 'price' },
      { line: 3, text: 'So, "this"\nis it' },
      { line: 5, text: 'Hm', answer: null },
    ]);
    check('id;Text\n1;Why, then?', [{ line: 2, text: 'Why, then?' }]);
    check('text\nWhy?', [{ line: 2, text: 'Why?' }]);
    check('\uFEFFid\ttext\n1\tWhy?', [{ line: 2, text: 'Why?' }]);
  });
  it('what is wrong is named by its line, and nothing is taken', () => {
    wrong('', 'no message');
    wrong('{"text":"Why?"}\n{"text":\n{"id":2}\n{"text":"x","answer":7}', 'Line 2 is not JSON', 'Line 3 has no “text”', 'Line 4: “answer”');
    wrong('text,answer\n,price', 'Line 2 has nothing');
    wrong('x'.repeat(LONGEST + 1), 'Line 1: the message has 2,001 characters');
    wrong(Array.from({ length: MOST_ROWS + 1 }, (_, i) => `m ${i}`).join('\n'), '2,001 messages');
    wrong('{\n'.repeat(9), 'Line 1', 'Line 2', 'Line 3', 'Line 4', 'Line 5', 'And 4 more');
  });
});
