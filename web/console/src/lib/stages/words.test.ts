import { describe, expect, it } from 'vitest';
import type { Stage, StageStep } from '$lib/api';
import { alike, canOverride, guardsInWords, stepWords } from './words';

const guard = (verdict: string) => ({ verdict }) as Stage['guards'][number];
const step = (more: Partial<StageStep>) => ({ kind: 'normalised', attempt: 1, automatic: false, ...more }) as StageStep;
const lacking = (...over: boolean[]) => ({ missing: over.map((can_override) => ({ can_override })) }) as Stage;

describe('stages in words', () => {
  it.each([
    [['calm', 'calm'], '2 guards, all calm'],
    [['calm'], '1 guard, calm'],
    [['calm', 'unknown', 'unknown'], '3 guards, 2 with nothing to judge by'],
    [['alarm', 'unknown', 'calm'], '1 of 3 guards speaks against it'],
    [['alarm', 'worsening'], '2 of 2 guards speak against it'],
  ])('%j', (verdicts, expected) => expect(guardsInWords(verdicts.map(guard))).toBe(expected));

  it('says what a step was', () => {
    expect(stepWords(step({}))).toBe('Returned to normal promises');
    expect(stepWords(step({ attempt: 2, automatic: true }))).toBe('Returned to normal promises, try 2, by itself');
    expect(stepWords(step({ kind: 'reverted', automatic: true }))).toBe('Taken back, by itself');
  });

  it('says one reason of several guards once', () => {
    const says = (name: string, category: string, sentence: string) => ({ name, category, sentence, verdict: 'unknown' }) as Stage['guards'][number];
    expect(alike([says('Contacts', 'a', 'Too few.'), says('Reopened', 'a', 'None.'), says('Escalations', 'a', 'Too few.')]).map((g) => `${g.names.join(', ')}: ${g.sentence}`)).toEqual(['Contacts, Escalations: Too few.', 'Reopened: None.']);
    expect(alike([says('Contacts', 'a', 'Too few.'), says('Contacts', 'b', 'Too few.')]).map((g) => g.names)).toEqual([['Contacts (a)', 'Contacts (b)']]);
  });

  it('lets nobody past the order', () => {
    expect(canOverride(lacking())).toBe(false);
    expect(canOverride(lacking(true, true))).toBe(true);
    expect(canOverride(lacking(true, false))).toBe(false);
  });
});
