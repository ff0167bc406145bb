import { expect, it } from 'vitest';
import { topicName, topicsOf } from './topics';

const scenarios = [
  { key: 'price', name: 'I pay more', category: 'billing' },
  { key: 'credit', name: 'My credit is missing', category: 'billing' },
];
const issues = [
  { id: '7', title: 'Old prices', state: 'open' },
  { id: '8', title: 'Over', state: 'resolved' },
];

it('offers scenarios, categories and open issues, and keeps what was chosen', () => {
  const words = (chosen: string[]) => topicsOf(scenarios, issues, chosen).map((t) => t.word);
  expect(words([])).toEqual(['price', 'credit', 'category:billing', 'issue:7']);
  expect(words(['issue:8', 'gone'])).toEqual(['price', 'credit', 'category:billing', 'issue:7', 'issue:8', 'gone']);
  expect(topicName('issue:7', topicsOf(scenarios, issues, []))).toBe('Old prices');
  expect(topicName('gone', [])).toBe('gone');
});
