// The product's words for the API's words, in one place.
import type { AnswerState, Channel, ClockKind, DecisionKind, Handler, IssueState, ObjectiveState, Phase, Role, Scope, Severity, SignalState, Status, View, WarningKind } from './api/types';

export const PHASE: Record<Phase, string> = { preparing: 'Preparing', active: 'Active', stabilising: 'Stabilising', closed: 'Closed' };
export const SEVERITY: Record<Severity, string> = { critical: 'Critical', high: 'High', normal: 'Normal', low: 'Low' };
export const SEVERITIES: Severity[] = ['critical', 'high', 'normal', 'low'];
export const SCOPE: Record<Scope, string> = { in: 'About the change', out: 'Something else', unsure: 'Not sure' };
export const CHANNEL: Record<Channel, string> = { chat: 'Chat', email: 'E-mail', form: 'Form', api: 'API' };
export const STATUS: Record<Status, string> = { open: 'Open', waiting: 'Waiting for the customer', resolved: 'Resolved' };
export const HANDLER: Record<Handler, string> = { assistant: 'Assistant', waiting: 'Needs a person', person: 'Person' };
export const ASSISTANT: Record<string, string> = { answered: 'Answered by the assistant', settled: 'Settled by the assistant', known: 'Its answer was right or wrong', wrong: 'Its answer was wrong' };
export const CLOCK: Record<ClockKind, string> = {
  acknowledgement: 'Acknowledgement',
  first_response: 'First response',
  next_response: 'Next response',
  update: 'Next update',
  resolution: 'Resolution',
  total_resolution: 'Resolution in all',
};
export const ANSWER_STATE: Record<AnswerState, string> = { draft: 'Draft', approved: 'Approved', retired: 'Retired' };
export const ISSUE_STATE: Record<IssueState, string> = {
  proposed: 'Proposed',
  investigating: 'Investigating',
  identified: 'Identified',
  workaround: 'Workaround',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  dismissed: 'Dismissed',
};
/** What an issue goes through; dismissing is a step of its own. */
export const ISSUE_STATES: IssueState[] = (Object.keys(ISSUE_STATE) as IssueState[]).filter((s) => s !== 'dismissed');
export const OBJECTIVE: Record<ObjectiveState, string> = {
  on_track: 'On track',
  at_risk: 'At risk',
  met_provisional: 'Met so far',
  met: 'Met',
  missed: 'Missed',
  insufficient_data: 'Too little data',
};
export const SIGNAL_STATE: Record<SignalState, string> = { normal: 'Normal', worse: 'Worse', better: 'Better', unknown: 'Not known yet' };
export const ALARM: Record<'amber' | 'red', string> = { amber: 'Early warning', red: 'Worsening' };
export const BURN: Record<'amber' | 'red', string> = { amber: 'Promises at risk', red: 'Promises break too fast' };
export const WARNING: Record<WarningKind, string> = {
  many_people: 'Many people',
  new_value: 'New',
  rise: 'Rising',
  repeating_source: 'One repeating source',
  relabelled: 'A new name',
  whole_desk: 'Everything',
};
export const DECISION: Record<DecisionKind, string> = {
  confirm_expected: 'Is this expected?',
  approve_message: 'Approve a message',
  trigger_workaround: 'Trigger a workaround or rollback',
  other: 'Something else',
};
export const ROLE: Record<Role, string> = { viewer: 'Viewer', agent: 'Agent', owner: 'Shift owner', lead: 'Lead', admin: 'Admin' };
export const ROLE_MEANS: Record<Role, string> = {
  viewer: 'Looks, touches nothing',
  agent: 'Answers customers',
  owner: 'Decides during a shift',
  lead: 'Plans windows, signs exits',
  admin: 'Everything, and people and tokens',
};
export const VIEWS: { key: View; label: string }[] = [
  { key: 'all_open', label: 'All open' },
  { key: 'mine', label: 'Mine' },
  { key: 'needs_person', label: 'Needs a person' },
  { key: 'unassigned', label: 'Unassigned' },
  { key: 'critical', label: 'Critical' },
  { key: 'breached', label: 'Late' },
  { key: 'assistant', label: 'Assistant' },
  { key: 'waiting', label: 'Waiting' },
  { key: 'snoozed', label: 'Snoozed' },
  { key: 'resolved', label: 'Resolved' },
];
export const CHANGE_KIND: Record<string, string> = {
  migration: 'Migration',
  launch: 'Launch',
  policy_price_process: 'Policy, price or process change',
  vendor_infrastructure: 'Vendor or infrastructure switch',
  high_risk_period: 'High-risk period',
};

/** Where a window stands, in a line: "Active, day 7". */
export const standing = (window: { phase: Phase; day: number }): string =>
  window.phase === 'active' || window.phase === 'stabilising' ? `${PHASE[window.phase]} · day ${window.day}` : PHASE[window.phase];

export type Tone = 'calm' | 'attention' | 'late' | 'none' | 'accent';
export const severityTone = (s: Severity): Tone => (s === 'critical' ? 'late' : s === 'high' ? 'attention' : 'none');
export const signalTone = (s: SignalState): Tone => (s === 'worse' ? 'late' : s === 'unknown' ? 'none' : 'calm');
export const objectiveTone = (s: ObjectiveState): Tone =>
  s === 'missed' ? 'late' : s === 'at_risk' ? 'attention' : s === 'insufficient_data' ? 'none' : 'calm';
export const answerTone = (s: AnswerState | null): Tone => (s === 'approved' ? 'calm' : s === 'draft' ? 'attention' : 'none');
export const phaseTone = (p: Phase): Tone => (p === 'active' ? 'accent' : p === 'stabilising' ? 'calm' : p === 'preparing' ? 'attention' : 'none');
