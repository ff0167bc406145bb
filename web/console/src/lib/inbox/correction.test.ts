import { expect, test } from 'vitest';
import type { Triage } from '$lib/api';
import { categoriesOf, correctionSaid, ofScenario, wayBack, type Corrected } from './correction';

const read: Triage = { scope: 'unsure', scenario: null, category: null, severity: 'normal', reassurance: false, urgent: null, held: null, upset: false, wants_person: false, several_questions: false, issue: null, suggestions: [], reasons: [], corrected_by: null };

test('a correction is taken back by what was there', () => {
  const check = (correction: Corrected, back: Corrected) => expect(wayBack(correction, read)).toEqual(back);
  check({ scope: 'in' }, { scope: 'unsure' });
  check({ scope: 'in', scenario: 'price' }, { scope: 'unsure', scenario: '' });
  check({ severity: 'high' }, { severity: 'normal' });
  check({ reassurance: true }, { reassurance: false });
  check({ category: 'billing' }, { category: '' });
});

test('a chosen scenario is about the change', () => {
  expect(ofScenario('price', read)).toEqual({ scope: 'in', scenario: 'price' });
  expect(ofScenario('price', { ...read, scope: 'in' })).toEqual({ scenario: 'price' });
  expect(ofScenario('', read)).toEqual({ scenario: '' });
});

test('what is learned is said, and what stands above it', () => {
  const check = (correction: Corrected, before: Partial<Triage>, said: RegExp) => expect(correctionSaid(correction, { ...read, ...before })).toMatch(said);
  check({ severity: 'high' }, {}, /^Learned: the next such message is read so\.$/);
  check({ scope: 'unsure' }, {}, /^Corrected\.$/);
  check({ severity: 'low' }, { severity: 'critical', reasons: ['Critical: says “locked out”: access is blocked (rule in the plan).'] }, /is critical again: a rule of the plan says so/);
  check({ reassurance: true }, { reasons: ['Critical: says “locked out”: access is blocked (rule in the plan).'] }, /^Learned/);
  check({ severity: 'low' }, { severity: 'high', urgent: 'legal' }, /is high again: it reads as urgent/);
});

test('categories are those of the scenarios, once', () => {
  expect(categoriesOf([{ category: 'billing' }, { category: '' }, { category: 'access' }, { category: 'billing' }])).toEqual(['access', 'billing']);
});
