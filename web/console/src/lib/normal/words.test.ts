import { describe, expect, it } from 'vitest';
import type { AnswerKeeping, HandoverItem } from '$lib/api';
import { articleState, daysLeft, keptLine, whoAnswers } from './words';

const answer = (over: Partial<AnswerKeeping>): AnswerKeeping => ({ answer: '1', key: 'a', title: 'A', state: 'approved', version: 1, uses: 0, waits: false, owner: null, owner_name: null, due_at: null, late: false, became: null, ...over });
const became = (kind: 'article' | 'macro' | 'rule') => answer({ became: { kind, version: 1, title: 'A', article: null, link: '', text: '', by: 'Mara', at: '2026-11-17T09:00:00Z' } });
const item = (over: Partial<HandoverItem>): HandoverItem => ({ key: 'i', what: 'I', receiver: { email: 'ops@example.com', name: 'Operations' }, has_account: false, state: 'open', round: 0, given: null, answered: null, you_may_give: true, you_may_accept: false, you_may_return: false, ...over });

describe('what is kept', () => {
  it('waits while its article is a draft', () => {
    const article = { id: '7', title: 'A', state: 'draft' as const, audience: 'public' as const, languages: ['en'] };
    const draft = answer({ waits: true, became: { kind: 'article', version: 1, title: 'A', article, link: '', text: '', by: 'Mara', at: '2026-11-17T09:00:00Z' } });
    expect(keptLine([draft, answer({ waits: true })], 2)).toBe('2 answers wait (1 with an article that is not published); so far: nothing yet.');
    expect(articleState(article)).toBe('not published');
    expect(articleState({ state: 'published', audience: 'internal' })).toBe('published, for the team');
  });
  it('is counted by what it became', () => {
    expect(keptLine([answer({ waits: true })], 1)).toBe('1 answer waits; so far: nothing yet.');
    expect(keptLine([became('article'), became('macro'), became('macro'), answer({ state: 'retired' })], 0)).toBe('All are seen to: 1 article, 2 macros, 1 retired.');
  });
});

describe('who answers for an item', () => {
  it('is said, so that nobody looks for a button', () => {
    expect(whoAnswers(item({ receiver: null }))).toBe('Nobody is named who takes it over.');
    expect(whoAnswers(item({ has_account: true }))).toBe('Operations signs in and answers.');
    expect(whoAnswers(item({}))).toContain('a colleague records');
    expect(whoAnswers(item({ state: 'accepted' }))).toBe('Operations has it.');
  });
});

describe('the days of the watch', () => {
  it('are counted down', () => {
    expect([0, 1, 5].map(daysLeft)).toEqual(['The watch is over.', 'Today is the last day of the watch.', '5 days of the watch are left, today included.']);
  });
});
