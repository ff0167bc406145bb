// The shapes of the API, as the console uses them. Times are RFC 3339 UTC, spans are seconds, ids are strings.

export type Id = string;
export type Severity = 'low' | 'normal' | 'high' | 'critical';
export type Scope = 'in' | 'out' | 'unsure';
export type Channel = 'chat' | 'email' | 'form' | 'api';
export type Status = 'open' | 'waiting' | 'resolved';
export type Handler = 'assistant' | 'waiting' | 'person';
export type Author = 'customer' | 'assistant' | 'person' | 'system';
export type Phase = 'preparing' | 'active' | 'stabilising' | 'closed';
export type Role = 'viewer' | 'agent' | 'owner' | 'lead' | 'admin';
export type Permission =
  | 'read'
  | 'inbound:write'
  | 'conversations:write'
  | 'issues:write'
  | 'answers:draft'
  | 'answers:approve'
  | 'decisions:decide'
  | 'windows:write'
  | 'admin';
export type ClockKind = 'acknowledgement' | 'first_response' | 'resolution';
export type AnswerState = 'draft' | 'approved' | 'retired';
export type IssueState = 'proposed' | 'investigating' | 'identified' | 'workaround' | 'monitoring' | 'resolved';
export type ObjectiveState = 'on_track' | 'at_risk' | 'met_provisional' | 'met' | 'missed' | 'insufficient_data';
export type SignalState = 'normal' | 'worse' | 'better' | 'unknown';
export type DecisionKind = 'confirm_expected' | 'approve_message' | 'trigger_workaround' | 'other';

export interface Page<T> {
  items: T[];
  next: string | null;
}
export interface Person {
  id: Id;
  name: string;
}
export interface User {
  id: Id;
  email: string;
  name: string;
  role: Role;
  disabled?: boolean;
}
export interface Me {
  user: User;
  permissions: Permission[];
}
export interface Token {
  id: Id;
  name: string;
  scopes: Permission[];
  /** Given once, at creation. */
  token?: string;
}

export interface WindowSummary {
  id: Id;
  key: string;
  name: string;
  phase: Phase;
  change_kind: string;
  go_live_at: string;
  day: number;
  planned_days: number | null;
  created_at: string;
}
export interface Gap {
  key: string;
  what: string;
  fix: string;
}
export interface Transition {
  from: Phase;
  to: Phase;
  by: string;
  at: string;
  reason: string;
  accepted_gaps: (Gap | string)[];
}
export interface PlanScenario {
  key: string;
  name: string;
  before: string;
  now: string;
  doubt: string;
  examples: string[];
  category: string;
  severity: Severity;
  answer: string | null;
  answer_id: Id | null;
  answer_state: AnswerState | null;
  playbook: string;
  owner: string;
  escalation: string | null;
  may_confirm: string[];
  may_approve: string[];
  may_roll_back: string[];
}
export interface Objective {
  key: string;
  name: string;
  signal?: string;
  state: ObjectiveState;
  sentence: string;
}
export interface SlaPolicy {
  calendar: string;
  acknowledge: number | null;
  first_response: Partial<Record<Severity, number>>;
  resolution: Partial<Record<Severity, number>>;
}
export interface Window extends WindowSummary {
  summary: string;
  zone: string;
  owners: string[];
  rollback: string;
  scope_in: string[];
  scope_out: string[];
  coverage: { hours: string; reason: string } | null;
  intake: { primary: Channel; pointer: string } | null;
  plan_version: number;
  transitions: Transition[];
  length_warning: string | null;
  scenarios: PlanScenario[];
  objectives: Objective[];
  escalations: { key: string; name: string; to: string[] }[];
  shifts: { owner: string; owner_name: string; from: string; to: string }[];
  sla: { hypercare: SlaPolicy | null; normal: SlaPolicy | null };
  assistant: { answers: boolean; confidence: number; resolve_after: number };
}

export interface PlanProblem {
  severity: 'error' | 'warning';
  line: number;
  column: number;
  path: string;
  message: string;
  help: string | null;
}
export interface PlanCheck {
  ok: boolean;
  problems: PlanProblem[];
}
export interface PlanChange {
  kind: 'added' | 'removed' | 'changed';
  path: string;
  before: string | null;
  after: string | null;
}
export interface PlanApplied {
  window_id: Id | null;
  created: boolean;
  changes: PlanChange[];
  applied: boolean;
}
export interface Readiness {
  ready: boolean;
  gaps: Gap[];
  warnings: string[];
}

export interface SignalStrip {
  key: string;
  name: string;
  unit: string;
  value: number | null;
  expected: number | null;
  ratio: number | null;
  state: SignalState;
  required: boolean;
  spark: (number | null)[];
}
export interface Breaching {
  conversation: Id;
  subject: string;
  customer: string;
  kind: ClockKind;
  due_at: string;
  severity: Severity;
  breached: boolean;
}
export interface EventLine {
  seq: number;
  at: string;
  actor: string;
  sentence: string;
  link?: string | null;
}
export interface NowView {
  phase: Phase;
  day: number;
  go_live_at: string;
  owner: { name: string; email: string; until: string } | null;
  next_owner: { name: string; from: string } | null;
  exit: { sentence: string; streak: number; needed: number; ready: boolean; reset_by: { date: string; reason: string } | null };
  breaching: Breaching[];
  counts: {
    open: number;
    unassigned: number;
    waiting_person: number;
    critical: number;
    breached: number;
    decisions_waiting: number;
    in_scope_today: number;
    answered_by_assistant_today: number;
    handed_over_today: number;
  };
  issues: {
    id: Id;
    title: string;
    state: IssueState;
    severity: Severity;
    conversations: number;
    customers: number;
    today: number;
    yesterday: number;
    owner: Person | string | null;
  }[];
  signals: SignalStrip[];
  objectives: Objective[];
  decisions: Decision[];
  recent: EventLine[];
}

export interface ConversationItem {
  id: Id;
  channel: Channel;
  subject: string;
  preview: string;
  contact: { id: Id; name: string; email: string | null };
  window: Id | null;
  status: Status;
  handler: Handler;
  assignee: Person | null;
  scope: Scope;
  scenario: string | null;
  severity: Severity;
  reassurance: boolean;
  issue: { id: Id; title: string } | null;
  tags: string[];
  opened_at: string;
  last_message_at: string;
  waiting_since: string | null;
  next_due: { kind: ClockKind; due_at: string; breached: boolean } | null;
  breached: boolean;
  messages: number;
  rating: number | null;
}
export interface Suggestion {
  answer: Id;
  title: string;
  confidence: number;
  nearest: string;
  version?: number;
  text: string;
  source: string;
}
export interface Triage {
  scope: Scope;
  scenario: string | null;
  category: string | null;
  severity: Severity;
  reassurance: boolean;
  upset: boolean;
  wants_person: boolean;
  several_questions: boolean;
  issue: Id | null;
  suggestions: Suggestion[];
  reasons: string[];
  corrected_by: string | null;
}
export interface Correction {
  scope?: Scope;
  scenario?: string;
  severity?: Severity;
  reassurance?: boolean;
}
export interface ClockView {
  kind: ClockKind;
  cycle: number;
  policy: string;
  started_at: string;
  target: number;
  used: number;
  due_at: string | null;
  met_at: string | null;
  breached_at: string | null;
  cancelled_at: string | null;
  running: boolean;
}
export interface Conversation extends Omit<ConversationItem, 'contact'> {
  handover: string | null;
  triage: Triage;
  clocks: ClockView[];
  contact: {
    id: Id;
    name: string;
    email: string | null;
    conversations: { id: Id; subject: string; status: Status; opened_at: string }[];
  };
  escalated_to: string | null;
  snoozed_until: string | null;
  resolve_at: string | null;
  reopened: number;
  last_customer_message: Id | null;
  delivery: { pending: number; failed: number };
}
export interface Message {
  id: Id;
  author: Author;
  name: string;
  user: Id | null;
  note: boolean;
  text: string;
  answer: { answer: Id; version: number; title: string; source: string; confidence: number | null } | null;
  broadcast: Id | null;
  at: string;
  delivery: 'pending' | 'sent' | 'failed' | null;
}
export type View =
  | 'all_open'
  | 'mine'
  | 'unassigned'
  | 'needs_person'
  | 'assistant'
  | 'waiting'
  | 'resolved'
  | 'breached'
  | 'critical'
  | 'snoozed';
export type Counts = Record<Exclude<View, 'resolved'>, number>;

export interface Issue {
  id: Id;
  window: Id;
  title: string;
  state: IssueState;
  severity: Severity;
  scenario: string | null;
  owner: Person | null;
  root_cause: string;
  answer: { id: Id; title: string; state: AnswerState } | null;
  conversations: number;
  customers: number;
  today: number;
  yesterday: number;
  per_day: number[];
  first_seen: string | null;
  last_seen: string | null;
  merged_into: Id | null;
  opened_at: string;
}
export interface BroadcastPreview {
  total: number;
  unresolved: number;
  by_channel: Partial<Record<Channel, number>>;
  unreachable: { conversation: Id; contact: string; reason: string }[];
  sample: { conversation: Id; channel: Channel; contact: string; text: string }[];
}
export interface Broadcast {
  id: Id;
  issue: Id;
  text: string;
  answer: Id | { id: Id; title: string } | null;
  resolve: boolean;
  state: 'running' | 'stopped' | 'done';
  total: number;
  sent: number;
  failed: number;
  started_by: string;
  started_at: string;
}

export interface AnswerText {
  title: string;
  expected: string;
  do_now: string;
  next_update: string;
  source: string;
  examples: string[];
}
export interface Answer {
  id: Id;
  window: Id;
  key: string;
  state: AnswerState;
  live: number | null;
  title: string;
  text: AnswerText;
  newest_version: number;
  missing: { field: string; ask: string }[];
  uses: number;
  uses_assistant: number;
  uses_people: number;
  helpful: number;
  not_helpful: number;
  follow_ups_day: number;
  scenarios: string[];
  issues: Id[];
  last_used: string | null;
}
export interface AnswerVersion {
  version: number;
  text: AnswerText;
  written_by: string;
  written_at: string;
  approved_by: string | null;
  approved_at: string | null;
}
export interface AnswerDetail extends Answer {
  versions: AnswerVersion[];
}
export interface AnswerTry {
  scope: Scope;
  scenario: string | null;
  suggestions: Suggestion[];
  would: 'answer' | 'hand_over';
  why: string;
}
export interface AnswerUseLine {
  conversation: Id;
  subject: string;
  at: string;
  version: number;
  by: 'assistant' | 'person' | 'broadcast';
  helpful: boolean | null;
}

export interface Decision {
  id: Id;
  window: Id;
  kind: DecisionKind;
  question: string;
  scenario: string | null;
  issue: Id | null;
  conversation: Id | null;
  asked_by: string;
  asked_at: string;
  may_decide: string[];
  you_may: boolean;
  ruling: 'yes' | 'no' | null;
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
  waited: number;
}

export interface SignalDay {
  date: string;
  value: number | null;
  expected: number | null;
  ratio: number | null;
  z: number | null;
  state: SignalState;
  complete: boolean;
  n: number;
  why: string;
}
export interface Signal {
  key: string;
  name: string;
  unit: string;
  definition: string;
  better: 'lower' | 'higher';
  required: boolean;
  target: number | null;
  baseline: { from: string; to: string; days: number; level: number | null; note: string };
  days: SignalDay[];
  today: SignalDay;
}
export interface ExitDay {
  date: string;
  stable: 'stable' | 'fluctuation' | 'unknown';
  reasons: string[];
}
export interface ExitView {
  ready: boolean;
  sentence: string;
  streak: number;
  needed: number;
  reset_by: { date: string; reason: string } | null;
  days: ExitDay[];
  criteria: { key: string; what: string; met: boolean; evidence: string }[];
  objectives: Objective[];
  missing: Gap[];
  phase: Phase;
}
export interface Marker {
  at: string;
  kind: 'go_live' | 'phase' | 'broadcast' | 'answer';
  label: string;
}
export interface LiveEvent {
  seq: number;
  at: string;
  kind: string;
  subject_kind: 'conversation' | 'issue' | 'answer' | 'decision' | 'broadcast' | 'window' | 'signal';
  subject_id: Id;
  window: Id | null;
  actor: string;
  sentence: string;
}
