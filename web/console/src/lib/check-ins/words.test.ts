import type { CheckIn, CheckInContent, CheckInPreview } from '$lib/api';
import { describe, expect, it } from 'vitest';
import { duration, emptyContent, isWhole, preview, result, standing } from './words';

const figures = { asked: 40, answered: 15, good: 9, unsure: 4, bad: 2, skipped: 3, failed: 1, conversations: 6, good_share: 0.6, good_low: 0.357, good_high: 0.802 };
const some = (more: Partial<CheckIn>): CheckIn => ({ state: 'draft', approved_by: null, asked_approval: false, figures, ...more }) as CheckIn;

describe('check-ins in words', () => {
  it('gives a share with its interval, and none without answers', () => {
    expect(result(some({}))).toBe('60 % good (95 %: 36 to 80 %), 15 of 40 answered');
    expect(result(some({ figures: { ...figures, answered: 0, good_share: null } }))).toBe('0 of 40 answered');
  });
  it('says how a draft stands', () => {
    const check = (more: Partial<CheckIn>, expected: string) => expect(standing(some(more))).toBe(expected);
    check({}, 'Draft');
    check({ asked_approval: true }, 'Waits for approval');
    check({ approved_by: 'Jonas' }, 'Approved by Jonas');
    check({ state: 'running', approved_by: 'Jonas' }, 'Asking');
  });
  it('looks who would be asked only when there is enough to look for', () => {
    const check = (more: Partial<CheckInContent>, expected: boolean) => expect(isWhole({ ...emptyContent(), question: 'All well?', audience: { kind: 'assistant' }, ...more })).toBe(expected);
    check({}, true);
    check({ question: ' ' }, false);
    check({ audience: { kind: 'about', topics: [] } }, false);
    check({ audience: { kind: 'list', list: '' } }, false);
    check({ ways: [] }, false);
  });
  it('says who would be asked, and for how long', () => {
    const check = (more: Partial<CheckInPreview>, expected: string) => expect(preview({ people: 4, more: false, chat: 1, email: 2, passed: [], first: [], ...more }, 60)).toBe(expected);
    check({}, '3 of 4 would be asked: 1 in the chat, 2 by e-mail. At this pace it takes about 3 min.');
    check({ chat: 0, email: 0 }, '4 customers fit, and none of them would be asked.');
    check({ people: 2000, more: true, chat: 0, email: 1800 }, 'At least 1800 of 2000 would be asked: 1800 by e-mail. At this pace it takes about 30 h.');
    expect(duration(5000, 60)).toBe('about 4 days');
  });
});
