import type { Gap } from '$lib/api';

const PARTS: { part: string; label: string }[] = [
  { part: 'change', label: 'Change, owners and rollback' },
  { part: 'scope', label: 'Scope, in and out' },
  { part: 'objectives', label: 'Two or three measurable objectives' },
  { part: 'scenarios', label: 'Scenarios in the customer’s words, each with owner and escalation' },
  { part: 'answers', label: 'Approved answers for the scenarios' },
  { part: 'signals', label: 'Signals to watch' },
  { part: 'coverage', label: 'Coverage, with its reason' },
  { part: 'sla', label: 'Promises about time' },
  { part: 'shifts', label: 'A decision owner at every moment' },
  { part: 'escalations', label: 'Escalation paths' },
];
const ALIAS: Record<string, string> = { owners: 'change', rollback: 'change', window: 'change', rota: 'shifts', owner: 'shifts', intake: 'coverage', assistant: 'answers', exit: 'signals' };

export interface Row {
  part: string;
  label: string;
  gaps: Gap[];
}

/** Every part of the gate in its order, each with its gaps; parts that this list does not know come last. */
export function checklist(gaps: readonly Gap[]): Row[] {
  const rows: Row[] = PARTS.map((p) => ({ ...p, gaps: [] }));
  const other: Row = { part: 'other', label: 'Also needed', gaps: [] };
  for (const gap of gaps) {
    const first = gap.key.split(/[.[]/)[0] ?? '';
    const part = ALIAS[first] ?? first;
    (rows.find((r) => r.part === part || r.part === `${part}s`) ?? other).gaps.push(gap);
  }
  return other.gaps.length ? [...rows, other] : rows;
}
