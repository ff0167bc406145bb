// Correcting the first look: what is sent, how it is taken back, and what is said about it.
import type { Scope, Severity, Triage } from '$lib/api';
import { SEVERITY } from '$lib/words';

export interface Corrected {
  scope?: Scope;
  scenario?: string;
  severity?: Severity;
  reassurance?: boolean;
  category?: string;
}

/** Who chooses a scenario says that it is about the change. */
export function ofScenario(key: string, triage: Triage | undefined): Corrected {
  return key && triage && triage.scope !== 'in' ? { scope: 'in', scenario: key } : { scenario: key };
}

/** The categories that a plan's scenarios have. */
export const categoriesOf = (scenarios: { category?: string | null }[]): string[] => [...new Set(scenarios.map((s) => s.category ?? '').filter(Boolean))].sort();

/** The correction that sets back what this one changes. */
export function wayBack(correction: Corrected, before: Triage): Corrected {
  const back: Corrected = {};
  if (correction.scope !== undefined) back.scope = before.scope;
  if (correction.scenario !== undefined) back.scenario = before.scenario ?? '';
  if (correction.severity !== undefined) back.severity = before.severity;
  if (correction.reassurance !== undefined) back.reassurance = before.reassurance;
  if (correction.category !== undefined) back.category = before.category ?? '';
  return back;
}

/** What is learned, in a sentence; where a rule of the plan stands above it, that. */
export function correctionSaid(correction: Corrected, before: Triage | undefined): string {
  if (correction.scope === 'unsure') return 'Corrected.';
  if (correction.category === '') return 'Corrected.';
  const rule = correction.severity !== undefined && before?.reasons.some((reason) => reason.endsWith('(rule in the plan).'));
  if (rule || (correction.severity !== undefined && before?.urgent)) return `Corrected here. The next such message is ${SEVERITY[before?.severity ?? 'normal'].toLowerCase()} again: ${rule ? 'a rule of the plan says so' : 'it reads as urgent'}.`;
  return 'Learned: the next such message is read so.';
}
