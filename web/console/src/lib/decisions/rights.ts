import type { DecisionKind, Window } from '$lib/api';

/** A right of the plan in words: `shift-owner` is whoever is on shift. */
export const rightHolder = (who: string): string => (who === 'shift-owner' ? 'the shift owner' : who);

/** "a, b or c" */
export function either(names: string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** "May be decided by the shift owner or a@b.example." */
export const decidedBy = (names: string[]): string => `May be decided by ${either((names.length ? names : ['shift-owner']).map(rightHolder))}.`;

/** Who may rule on a question of this kind, in a sentence. */
export function mayDecide(window: Window | undefined, kind: DecisionKind, scenarioKey: string | null): string {
  const scenario = window?.scenarios.find((s) => s.key === scenarioKey);
  const rights = !scenario ? [] : kind === 'confirm_expected' ? scenario.may_confirm : kind === 'approve_message' ? scenario.may_approve : kind === 'trigger_workaround' ? scenario.may_roll_back : [];
  const names = rights.length ? rights : ['shift-owner'];
  return decidedBy(names);
}
