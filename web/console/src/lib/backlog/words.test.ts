import { expect, test } from 'vitest';
import { ageWords, dayIn, openIn } from './words';

test('ages are said in the greatest unit that fits', () => {
  expect([ageWords(0, 4), ageWords(4, 24), ageWords(24, 72), ageWords(72, 168), ageWords(168, null)]).toEqual(['Under 4 hours', '4 to 24 hours', '1 to 3 days', '3 to 7 days', 'Over 7 days']);
});

test('a figure leads to exactly its conversations', () => {
  expect(openIn({ wait: 'us', without: 'assignee' })).toBe('inbox?here=1&wait=us&without=assignee');
  expect(openIn({ until: '2026-11-17T00:00:00Z', since: null })).toBe('inbox?here=1&wait=any&until=2026-11-17T00%3A00%3A00Z');
  const day = { day: '2026-11-17', since: 'a', until: 'b', arrivals: 1, left: 2, open: 3 };
  expect([dayIn(day, false), dayIn(day, true)]).toEqual(['inbox?here=1&since=a&until=b', 'inbox?here=1&since=a&until=b&signal=left']);
});
