// Every call the console makes, by name.
import { address, get, patch, post, put, remove, removeAtEnd, text, type Query } from './client';
import type * as T from './types';

export * from './types';
export { ApiError, address, newKey, onConnection, sentence } from './client';

type Signal = AbortSignal | undefined;
const at = (id: T.Id) => encodeURIComponent(id);

export const session = {
  read: () => get<T.Me>('/session'),
  signIn: (email: string, password: string) => post<T.Me>('/session', { email, password }),
  signOut: () => remove<void>('/session'),
};

export const people = {
  list: (signal?: Signal) => get<{ items: T.User[] }>('/users', {}, signal),
  create: (body: { email: string; name: string; role: T.Role; password: string }) => post<T.User>('/users', body),
  change: (id: T.Id, body: { name?: string; role?: T.Role; password?: string; disabled?: boolean }) => patch<T.User>(`/users/${at(id)}`, body),
  tokens: (signal?: Signal) => get<{ items: T.Token[] }>('/tokens', {}, signal),
  createToken: (name: string, scopes: T.Permission[]) => post<T.MadeToken>('/tokens', { name, scopes }),
  removeToken: (id: T.Id) => remove<void>(`/tokens/${at(id)}`),
};

/** Who is here, how much each has, and whether conversations are given in turn. */
export const attendance = {
  read: (signal?: Signal) => get<T.Attendance>('/attendance', {}, signal),
  attend: (away: boolean, back_at: string | null) => put<T.Attendance>('/attendance/me', { away, back_at }),
  capacity: (id: T.Id, capacity: number) => patch<T.Attendance>(`/attendance/${at(id)}`, { capacity }),
  turn: (turning: boolean) => put<T.Attendance>('/attendance/turn', { turning }),
};

export const webhooks = {
  list: (signal?: Signal) => get<{ items: T.Webhook[] }>('/webhooks', {}, signal),
  kinds: (signal?: Signal) => get<{ items: T.WebhookKind[] }>('/webhook-kinds', {}, signal),
  create: (body: T.NewWebhook) => post<T.WebhookSecret>('/webhooks', body),
  change: (id: T.Id, body: T.WebhookChange) => patch<T.Webhook>(`/webhooks/${at(id)}`, body),
  remove: (id: T.Id) => remove<void>(`/webhooks/${at(id)}`),
  rotate: (id: T.Id) => post<T.WebhookSecret>(`/webhooks/${at(id)}/rotate`, {}),
  ping: (id: T.Id) => post<unknown>(`/webhooks/${at(id)}/ping`, {}),
  deliveries: (id: T.Id, query: Query, signal?: Signal) => get<T.Page<T.WebhookDelivery>>(`/webhooks/${at(id)}/deliveries`, query, signal),
  replay: (delivery: T.Id) => post<T.WebhookDelivery>(`/webhook-deliveries/${at(delivery)}/replay`, {}),
  replayFailed: (id: T.Id, since: string) => post<{ count: number }>(`/webhooks/${at(id)}/replay`, { since }),
};

export const bridges = {
  list: (signal?: Signal) => get<{ items: T.Bridge[] }>('/bridges', {}, signal),
  create: (body: { key: string; name: string; url: string }) => post<T.BridgeSecret>('/bridges', body),
  change: (id: T.Id, body: { name?: string; url?: string; enabled?: boolean }) => patch<T.Bridge>(`/bridges/${at(id)}`, body),
  rotate: (id: T.Id) => post<T.BridgeSecret>(`/bridges/${at(id)}/rotate`, {}),
};

export const accounts = {
  list: (query: Query, signal?: Signal) => get<T.Page<T.Account>>('/accounts', query, signal),
  read: (id: T.Id, window: T.Id, signal?: Signal) => get<T.AccountDetail>(`/accounts/${at(id)}`, { window }, signal),
  create: (body: T.AccountFacts) => post<T.Account>('/accounts', body),
  change: (id: T.Id, body: T.AccountFacts) => patch<T.Account>(`/accounts/${at(id)}`, body),
  remove: (id: T.Id) => remove<void>(`/accounts/${at(id)}`),
  import: (text: string, dry_run: boolean) => post<T.Imported>('/accounts/import', { text, dry_run }),
  exportAddress: address('/accounts/export'),
  contacts: (id: T.Id, query: Query, signal?: Signal) => get<T.Page<T.AccountContact>>(`/accounts/${at(id)}/contacts`, query, signal),
  join: (id: T.Id, contact: T.Id) => post<void>(`/accounts/${at(id)}/contacts`, { contact }),
  leave: (id: T.Id, contact: T.Id) => post<void>(`/accounts/${at(id)}/contacts/remove`, { contact }),
  affected: (window: T.Id, query: Query, signal?: Signal) => get<T.AffectedAccounts>(`/windows/${at(window)}/affected`, query, signal),
  compared: (window: T.Id, signal?: Signal) => get<T.ComparedAccounts>(`/windows/${at(window)}/affected/compared`, {}, signal),
  calls: (window: T.Id, query: Query, signal?: Signal) => get<T.Page<T.CallView>>(`/windows/${at(window)}/calls`, query, signal),
  made: (window: T.Id, body: { account: T.Id; reached: boolean; note: string; calls: number }) => post<unknown>(`/windows/${at(window)}/calls`, body),
  assignCall: (window: T.Id, account: T.Id, to: T.Id | null) => put<unknown>(`/windows/${at(window)}/calls/assignee`, { account, to }),
};

export const contacts = {
  export: (id: T.Id) => get<unknown>(`/contacts/${at(id)}/export`),
  erase: (id: T.Id, reason: string) => post<T.Erased>(`/contacts/${at(id)}/erase`, { reason }),
};

export const windows = {
  list: (signal?: Signal) => get<{ items: T.WindowSummary[] }>('/windows', {}, signal),
  read: (id: T.Id, signal?: Signal) => get<T.Window>(`/windows/${at(id)}`, {}, signal),
  now: (id: T.Id, signal?: Signal) => get<T.NowView>(`/windows/${at(id)}/now`, {}, signal),
  runbook: (id: T.Id, signal?: Signal) => get<T.Runbook | null>(`/windows/${at(id)}/runbook`, {}, signal),
  readiness: (id: T.Id, signal?: Signal) => get<T.Readiness>(`/windows/${at(id)}/readiness`, {}, signal),
  transition: (id: T.Id, to: T.Phase, reason?: string) => post<T.Window>(`/windows/${at(id)}/transitions`, reason ? { to, reason } : { to }),
  signals: (id: T.Id, signal?: Signal) => get<{ items: T.Signal[] }>(`/windows/${at(id)}/signals`, {}, signal),
  intake: (id: T.Id, signal?: Signal) => get<T.IntakeFigures>(`/windows/${at(id)}/intake`, {}, signal),
  markers: (id: T.Id, signal?: Signal) => get<{ items: T.Marker[] } | T.Marker[]>(`/windows/${at(id)}/markers`, {}, signal),
  backlog: (id: T.Id, signal?: Signal) => get<T.Backlog>(`/windows/${at(id)}/backlog`, {}, signal),
  exit: (id: T.Id, signal?: Signal) => get<T.ExitView>(`/windows/${at(id)}/exit`, {}, signal),
  stages: (id: T.Id, signal?: Signal) => get<T.StagesView>(`/windows/${at(id)}/stages`, {}, signal),
  normaliseStage: (id: T.Id, stage: string, reason?: string, override = false) =>
    post<T.StagesView>(`/windows/${at(id)}/stages/normalise`, reason ? { stage, reason, override } : { stage, override }),
  revertStage: (id: T.Id, stage: string, reason: string) => post<T.StagesView>(`/windows/${at(id)}/stages/revert`, { stage, reason }),
  pulse: (id: T.Id, score: number, comment?: string) => post<unknown>(`/windows/${at(id)}/pulse`, comment ? { score, comment } : { score }),
  report: (id: T.Id, format: 'html' | 'md', signal?: Signal) => text(`/windows/${at(id)}/report`, { format }, signal),
  nextPlan: (id: T.Id, next: { key: string; name: string; go_live: string }) => text(`/windows/${at(id)}/report/next-plan`, next),
};

export const warnings = {
  open: (window: T.Id, signal?: Signal) => get<T.Page<T.WarningView>>(`/windows/${at(window)}/warnings`, { state: 'open', limit: 200 }, signal),
  dismiss: (id: T.Id, reason: string) => post<T.WarningView>(`/warnings/${at(id)}/dismiss`, { reason }),
  restore: (id: T.Id) => post<T.WarningView>(`/warnings/${at(id)}/restore`, {}),
  due: (window: T.Id, signal?: Signal) => get<T.DueList>(`/windows/${at(window)}/due`, {}, signal),
  containment: (signal?: Signal) => get<T.Containment>('/containment', {}, signal),
  contain: (reason: string) => post<T.ContainmentStarted>('/containment/start', { reason }),
  decline: (reason: string) => post<T.Containment>('/containment/decline', { reason }),
};

export const plan = {
  read: (window: T.Id, signal?: Signal) => text(`/windows/${at(window)}/plan`, {}, signal),
  check: (body: string) => post<T.PlanCheck>('/plan/check', { text: body }),
  apply: (body: string, options: { dry_run?: boolean; approve_answers?: boolean } = {}) => post<T.PlanApplied>('/plan/apply', { text: body, ...options }),
};

export const conversations = {
  list: (query: Query, signal?: Signal) => get<T.ListedConversations>('/conversations', query, signal),
  counts: (signal?: Signal) => get<T.Counts>('/conversations/counts', {}, signal),
  read: (id: T.Id, signal?: Signal) => get<T.Conversation>(`/conversations/${at(id)}`, {}, signal),
  messages: (id: T.Id, query: Query = {}, signal?: Signal) => get<T.Page<T.Message>>(`/conversations/${at(id)}/messages`, query, signal),
  events: (id: T.Id, signal?: Signal) => get<{ items: T.EventLine[] }>(`/conversations/${at(id)}/events`, {}, signal),
  reply: (id: T.Id, body: { text: string; answer_id?: T.Id; seen?: T.Id; then: 'waiting' | 'resolved'; files?: T.Id[] }, key: string) =>
    post<T.Conversation>(`/conversations/${at(id)}/replies`, body, key),
  note: (id: T.Id, body: { text: string; files?: T.Id[] }, key: string) => post<T.Conversation>(`/conversations/${at(id)}/notes`, body, key),
  /** With `from`, who has it as we see it: somebody who was faster keeps it. */
  assign: (id: T.Id, to: T.Id | null, from?: T.Id | null) => post<T.Conversation>(`/conversations/${at(id)}/assign`, from === undefined ? { to } : { to, from }),
  status: (id: T.Id, to: T.Status) => post<T.Conversation>(`/conversations/${at(id)}/status`, { to }),
  snooze: (id: T.Id, until: string | null) => post<T.Conversation>(`/conversations/${at(id)}/snooze`, { until }),
  tags: (id: T.Id, tags: string[]) => post<T.Conversation>(`/conversations/${at(id)}/tags`, { tags }),
  fields: (id: T.Id, fields: Record<string, string | null>) => patch<T.Conversation>(`/conversations/${at(id)}/fields`, { fields }),
  link: (id: T.Id, issue: T.Id | null) => post<T.Conversation>(`/conversations/${at(id)}/link`, { issue }),
  merge: (id: T.Id, into: T.Id, across: boolean) => post<T.Conversation>(`/conversations/${at(id)}/merge`, across ? { into, across_contacts: true } : { into }),
  split: (id: T.Id, messages: T.Id[]) => post<T.Conversation>(`/conversations/${at(id)}/split`, { messages }),
  notSame: (id: T.Id, other: T.Id) => post<T.Conversation>(`/conversations/${at(id)}/not-same`, { other }),
  unmerge: (id: T.Id) => post<T.Conversation>(`/conversations/${at(id)}/unmerge`, {}),
  escalate: (id: T.Id, body: { to: string; reason: string; context: T.EscalationAnswer[]; tell_customer: boolean }) => post<T.Conversation>(`/conversations/${at(id)}/escalate`, body),
  triage: (id: T.Id, correction: T.Correction) => post<T.Conversation>(`/conversations/${at(id)}/triage`, correction),
  judge: (id: T.Id, message: T.Id, verdict: T.OutcomeVerdict | null) => post<T.Conversation>(`/conversations/${at(id)}/judge`, { message, verdict }),
  draft: (id: T.Id, signal?: Signal) => get<{ text: string } | undefined>(`/conversations/${at(id)}/draft`, {}, signal),
  seen: (id: T.Id, signal?: Signal) => get<T.Seen>(`/conversations/${at(id)}/seen`, {}, signal),
  saw: (id: T.Id, message: T.Id) => post<unknown>(`/conversations/${at(id)}/seen`, { message }),
  typing: (id: T.Id) => post<unknown>(`/conversations/${at(id)}/typing`, {}),
  enter: (id: T.Id, writing: boolean) => put<T.PresenceChange>(`/conversations/${at(id)}/presence`, { writing }),
  leave: (id: T.Id) => removeAtEnd(`/conversations/${at(id)}/presence`),
  /** One action on at most 200; what becomes of each is in the answer. */
  bulk: (ids: readonly T.Id[], action: T.BulkAction) => post<T.BulkResult>('/conversations/bulk', { conversations: ids, action }),
  undoBulk: (action: T.Id) => post<T.BulkResult>(`/conversations/bulk/${at(action)}/undo`, {}),
  saveDraft: (id: T.Id, body: string) => put<unknown>(`/conversations/${at(id)}/draft`, { text: body }),
};

export const views = {
  list: (signal?: Signal) => get<T.SavedViews>('/views', {}, signal),
  counts: (signal?: Signal) => get<{ items: T.SavedViewCount[] }>('/views/counts', {}, signal),
  read: (id: T.Id, signal?: Signal) => get<T.SavedView>(`/views/${at(id)}`, {}, signal),
  save: (body: { name: string; shared: boolean; filters: T.ConversationFilters }) => post<T.SavedView>('/views', body),
  change: (id: T.Id, body: { name?: string; shared?: boolean; filters?: T.ConversationFilters }) => patch<T.SavedView>(`/views/${at(id)}`, body),
  remove: (id: T.Id) => remove<void>(`/views/${at(id)}`),
  order: (ids: T.Id[] | null) => put<void>('/views/order', { views: ids }),
};

/** What concerns whoever is signed in. */
export const notices = {
  list: (query: Query, signal?: Signal) => get<T.Notices>('/notices', query, signal),
  read: (body: { conversation: T.Id } | { all: true; until?: T.Id }) => post<{ unread: number }>('/notices/read', body),
  settings: (signal?: Signal) => get<T.NoticeSettings>('/notices/settings', {}, signal),
  choose: (settings: T.NoticeSettings) => put<T.NoticeSettings>('/notices/settings', settings),
  reached: (signal?: Signal) => get<T.HowReached>('/notices/reach', {}, signal),
  changeReached: (revision: number, rules: T.NoticeRules) => put<T.HowReached>('/notices/reach', { revision, rules }),
  addWay: (body: { kind: T.NoticeWayKind; name: string; address: string }) => post<T.NoticeWayAdded>('/notices/ways', body),
  changeWay: (id: T.Id, body: { name?: string; enabled?: boolean }) => patch<T.HowReached>(`/notices/ways/${at(id)}`, body),
  removeWay: (id: T.Id) => remove<T.HowReached>(`/notices/ways/${at(id)}`),
  tryWay: (id: T.Id) => post<T.HowReached>(`/notices/ways/${at(id)}/test`, {}),
  askWay: (id: T.Id) => post<T.HowReached>(`/notices/ways/${at(id)}/ask`, {}),
  confirmWay: (id: T.Id, proof: string) => post<T.HowReached>(`/notices/ways/${at(id)}/confirm`, { proof }),
  team: (signal?: Signal) => get<{ items: T.ColleagueReached[] }>('/notices/team', {}, signal),
  reachedOf: (person: T.Id, signal?: Signal) => get<T.HowReached>(`/users/${at(person)}/reach`, {}, signal),
  /** Of somebody, or without them one's own. */
  log: (person: T.Id | undefined, query: Query, signal?: Signal) => get<T.Page<T.NoticeLogLine>>(person ? `/users/${at(person)}/reach/log` : '/notices/log', query, signal),
};

export const mail = {
  status: (signal?: Signal) => get<T.MailStatus>('/mail', {}, signal),
  list: (query: Query, signal?: Signal) => get<T.Page<T.MailView>>('/mails', query, signal),
  take: (id: T.Id, asMessage: boolean) => post<T.MailView>(`/mails/${at(id)}/take`, { as_message: asMessage }),
  discard: (id: T.Id) => post<T.MailView>(`/mails/${at(id)}/discard`, {}),
  of: (message: T.Id, signal?: Signal) => get<T.MailDetail>(`/messages/${at(message)}/mail`, {}, signal),
  page: (message: T.Id, images: boolean) => address(`/messages/${at(message)}/mail/page`, images ? { images } : {}),
  source: (id: T.Id) => address(`/mails/${at(id)}/source`),
  resend: (message: T.Id) => post<void>(`/messages/${at(message)}/resend`, {}),
  file: (id: T.Id) => address(`/files/${at(id)}`),
  removeFile: (id: T.Id) => remove<void>(`/files/${at(id)}`),
};

export const issues = {
  list: (query: Query, signal?: Signal) => get<T.Page<T.Issue>>('/issues', query, signal),
  read: (id: T.Id, signal?: Signal) => get<T.Issue>(`/issues/${at(id)}`, {}, signal),
  create: (body: { window: T.Id; title: string; severity?: T.Severity; scenario?: string; conversations?: T.Id[] }) => post<T.Issue>('/issues', body),
  change: (id: T.Id, body: { title?: string; state?: T.IssueState; severity?: T.Severity; owner?: T.Id | null; root_cause?: string; answer?: T.Id | null }) =>
    patch<T.Issue>(`/issues/${at(id)}`, body),
  merge: (id: T.Id, into: T.Id) => post<T.Issue>(`/issues/${at(id)}/merge`, { into }),
  confirm: (id: T.Id, body: { title?: string; owner?: T.Id } = {}) => post<T.Issue>(`/issues/${at(id)}/confirm`, body),
  dismiss: (id: T.Id, reason: string) => post<T.Issue>(`/issues/${at(id)}/dismiss`, { reason }),
  accept: (id: T.Id, conversation: T.Id) => post<T.Issue>(`/issues/${at(id)}/accept`, { conversation }),
  refuse: (id: T.Id, conversation: T.Id) => post<T.Issue>(`/issues/${at(id)}/refuse`, { conversation }),
  takeOut: (id: T.Id, conversation: T.Id) => post<T.Issue>(`/issues/${at(id)}/take-out`, { conversation }),
  undo: (id: T.Id, step: number) => post<T.Issue>(`/issues/${at(id)}/undo`, { step }),
  possible: (id: T.Id, signal?: Signal) => get<{ items: T.ConversationItem[] }>(`/issues/${at(id)}/possible`, {}, signal),
  parts: (id: T.Id, signal?: Signal) => get<T.IssueParts>(`/issues/${at(id)}/parts`, {}, signal),
  split: (id: T.Id, body: { title: string; conversations: T.Id[] }) => post<T.SplitIssues>(`/issues/${at(id)}/split`, body),
  events: (id: T.Id, query: Query, signal?: Signal) => get<T.Page<T.IssueHappened>>(`/issues/${at(id)}/events`, query, signal),
  preview: (id: T.Id, query: { answer_id?: T.Id; text?: string }, signal?: Signal) => get<T.BroadcastPreview>(`/issues/${at(id)}/reply-to-all`, query, signal),
  replyToAll: (id: T.Id, body: { text?: string; answer_id?: T.Id; resolve: boolean }, key: string) => post<T.Broadcast>(`/issues/${at(id)}/reply-to-all`, body, key),
  broadcasts: (id: T.Id, signal?: Signal) => get<{ items: T.Broadcast[] }>(`/issues/${at(id)}/broadcasts`, {}, signal),
  stop: (broadcast: T.Id) => post<T.Broadcast>(`/broadcasts/${at(broadcast)}/stop`),
  resume: (broadcast: T.Id) => post<T.Broadcast>(`/broadcasts/${at(broadcast)}/resume`),
};

export const answers = {
  list: (window: T.Id, signal?: Signal) => get<T.Page<T.Answer>>('/answers', { window, limit: 200 }, signal),
  read: (id: T.Id, signal?: Signal) => get<T.AnswerDetail>(`/answers/${at(id)}`, {}, signal),
  create: (window: T.Id, body: T.AnswerText, beside: T.BesideDraft = {}) => post<T.AnswerDetail>('/answers', { window, text: body, ...beside }),
  write: (id: T.Id, body: T.AnswerText, beside: T.BesideDraft = {}) => put<T.AnswerDetail>(`/answers/${at(id)}`, { text: body, ...beside }),
  approve: (id: T.Id, version: number, seen = false) => post<T.AnswerDetail>(`/answers/${at(id)}/approve`, { version, seen }),
  retire: (id: T.Id, reason: string) => post<T.AnswerDetail>(`/answers/${at(id)}/retire`, { reason }),
  tryOut: (window: T.Id, body: string) => post<T.AnswerTry>('/answers/try', { window, text: body }),
  uses: (id: T.Id, query: { only?: T.UsesOnly; version?: number; cursor?: string } = {}, signal?: Signal) =>
    get<T.Page<T.AnswerUseLine>>(`/answers/${at(id)}/uses`, query, signal),
};

/** After the peak: what is kept, what is handed over, and the days after the end. */
export const normal = {
  knowledge: (window: T.Id, signal?: Signal) => get<T.KnowledgeToKeep>(`/windows/${at(window)}/knowledge`, {}, signal),
  entrust: (answer: T.Id, body: { owner: T.Id; due_at?: string }) => post<T.AnswerKeeping>(`/answers/${at(answer)}/entrust`, body),
  keep: (answer: T.Id, body: T.KeepBody) => post<T.AnswerKeeping>(`/answers/${at(answer)}/keep`, body),
  macros: (signal?: Signal) => get<T.Page<T.Macro>>('/macros', { limit: 200 }, signal),
  read: (window: T.Id, signal?: Signal) => get<T.NormalView>(`/windows/${at(window)}/normal`, {}, signal),
  name: (window: T.Id, body: { item: string; email: string; name: string }) => post<T.NormalView>(`/windows/${at(window)}/normal/receiver`, body),
  give: (window: T.Id, body: { item: string; note: string; link: string }) => post<T.NormalView>(`/windows/${at(window)}/normal/give`, body),
  accept: (window: T.Id, body: { item: string; round: number; reason: string }) => post<T.NormalView>(`/windows/${at(window)}/normal/accept`, body),
  giveBack: (window: T.Id, body: { item: string; round: number; reason: string }) => post<T.NormalView>(`/windows/${at(window)}/normal/return`, body),
  fix: (window: T.Id, body: { decision: T.Id; email: string; name: string; fix: string }) => post<T.NormalView>(`/windows/${at(window)}/normal/fix`, body),
  watch: (window: T.Id, signal?: Signal) => get<T.WatchView>(`/windows/${at(window)}/watch`, {}, signal),
  dismiss: (window: T.Id, reason: string) => post<T.WatchView>(`/windows/${at(window)}/watch/dismiss`, { reason }),
  reopen: (window: T.Id, to: 'active' | 'stabilising', reason: string) => post<T.Window>(`/windows/${at(window)}/reopen`, { to, reason }),
};

export const unanswered = {
  list: (window: T.Id, cursor?: string, signal?: Signal) => get<T.Page<T.Unanswered>>('/unanswered', { window, cursor, limit: 100 }, signal),
  read: (id: T.Id, signal?: Signal) => get<T.UnansweredDetail>(`/unanswered/${at(id)}`, {}, signal),
  dismiss: (id: T.Id, reason: string) => post<T.UnansweredDetail>(`/unanswered/${at(id)}/dismiss`, { reason }),
  restore: (id: T.Id) => post<T.UnansweredDetail>(`/unanswered/${at(id)}/restore`, {}),
  add: (id: T.Id, answer: T.Id) => post<T.AnswerDetail>(`/unanswered/${at(id)}/add`, { answer }),
  gaps: (window: T.Id, signal?: Signal) => get<T.Page<T.SearchGap>>('/gaps', { window, limit: 100 }, signal),
  answerGaps: (window: T.Id, signal?: Signal) => get<T.Page<T.AnswerGap>>('/gaps/answers', { window, limit: 50 }, signal),
};

export const drafting = {
  forGroup: (group: T.Id, signal?: Signal) => post<T.SuggestedWording>('/drafting/answer', { unanswered: group }, undefined, signal),
  rephrase: (answer: T.Id, signal?: Signal) => post<T.SuggestedWording>('/drafting/rephrase', { answer }, undefined, signal),
};

export const texts = {
  check: (body: T.TextToCheck, signal?: Signal) => post<T.TextChecked>('/text/check', body, undefined, signal),
};

export const sure = {
  read: (window: T.Id, wrong_rate?: number, signal?: Signal) => get<T.Sure>(`/windows/${at(window)}/sure`, wrong_rate === undefined ? {} : { wrong_rate }, signal),
  accept: (window: T.Id, body: { wrong_rate: number; reason: string; unfix?: boolean }) => post<T.Sure>(`/windows/${at(window)}/sure`, body),
  outcomes: (window: T.Id, query: { source?: T.OutcomeSource; cursor?: string }, signal?: Signal) => get<T.Page<T.ConfirmedOutcome>>(`/windows/${at(window)}/outcomes`, query, signal),
  remove: (id: T.Id, reason: string) => post<void>(`/outcomes/${at(id)}/remove`, { reason }),
  label: (window: T.Id, labels: { text: string; answer: string | null }[]) => post<T.Sure>(`/windows/${at(window)}/labels`, { labels }),
  tryMany: (window: T.Id, messages: string[]) => post<{ results: T.TriedMessage[] }>(`/windows/${at(window)}/try`, { messages }),
};

export const escalations = {
  list: (window: T.Id, open: boolean, signal?: Signal) => get<T.Page<T.Escalation>>('/escalations', { window, open, limit: 100 }, signal),
  acknowledge: (id: T.Id) => post<T.Escalation>(`/escalations/${at(id)}/acknowledge`, {}),
  accept: (id: T.Id) => post<T.Escalation>(`/escalations/${at(id)}/accept`, {}),
  giveBack: (id: T.Id, reason: string) => post<T.Escalation>(`/escalations/${at(id)}/return`, { reason }),
};

/** How the change goes live. */
export const cutovers = {
  list: (window: T.Id, signal?: Signal) => get<T.Page<T.CutoverSummary>>('/cutovers', { window, limit: 50 }, signal),
  read: (id: T.Id, signal?: Signal) => get<T.Cutover>(`/cutovers/${at(id)}`, {}, signal),
  begin: (window: T.Id, rehearsal: boolean) => post<T.Cutover>('/cutovers', { window, rehearsal }),
  step: (id: T.Id, body: { step: string; act: T.StepAct; revision: number; reason?: string; evidence?: string; confirm?: boolean; cutover_revision?: number }) => post<T.Cutover>(`/cutovers/${at(id)}/steps`, body),
  rollBack: (id: T.Id, reason: string, over: boolean) => post<T.Cutover>(`/cutovers/${at(id)}/roll-back`, { reason, over }),
  stop: (id: T.Id, reason: string) => post<T.Cutover>(`/cutovers/${at(id)}/stop`, { reason }),
  finish: (id: T.Id, revision: number, reason: string) => post<T.Cutover>(`/cutovers/${at(id)}/finish`, { revision, reason }),
};

/** What all customers are told. */
export const checkIns = {
  list: (query: Query, signal?: Signal) => get<T.Page<T.CheckIn>>('/check-ins', query, signal),
  begin: (body: { window: T.Id; content: T.CheckInContent }) => post<T.CheckIn>('/check-ins', body),
  write: (id: T.Id, body: { content: T.CheckInContent; revision: number }) => put<T.CheckIn>(`/check-ins/${at(id)}`, body),
  discard: (id: T.Id) => remove<T.CheckIn>(`/check-ins/${at(id)}`),
  preview: (body: { window: T.Id; content: T.CheckInContent }, signal?: Signal) => post<T.CheckInPreview>('/check-ins/preview', body, undefined, signal),
  upload: (window: T.Id, text: string) => post<{ id: T.Id; count: number }>('/check-ins/lists', { window, text }),
  people: (id: T.Id, query: Query, signal?: Signal) => get<T.Page<T.CheckInPerson>>(`/check-ins/${at(id)}/asked`, query, signal),
  ask: (id: T.Id) => post<T.CheckIn>(`/check-ins/${at(id)}/ask`, {}),
  approve: (id: T.Id, revision: number) => post<T.CheckIn>(`/check-ins/${at(id)}/approve`, { revision }),
  start: (id: T.Id, revision: number) => post<T.CheckIn>(`/check-ins/${at(id)}/start`, { revision }),
  stop: (id: T.Id) => post<T.CheckIn>(`/check-ins/${at(id)}/stop`, {}),
  resume: (id: T.Id) => post<T.CheckIn>(`/check-ins/${at(id)}/resume`, {}),
};

export const updates = {
  effect: (id: T.Id, signal?: Signal) => get<T.UpdateEffects>(`/updates/${at(id)}/effect`, {}, signal),
  list: (query: Query, signal?: Signal) => get<T.Page<T.Update>>('/updates', query, signal),
  begin: (body: { window: T.Id; content: T.UpdateContent }) => post<T.Update>('/updates', body),
  write: (id: T.Id, body: { content: T.UpdateContent; revision: number | null; corrects: T.Id | null }) => put<T.Update>(`/updates/${at(id)}/draft`, body),
  discard: (id: T.Id) => remove<T.Update>(`/updates/${at(id)}/draft`),
  check: (body: { window: T.Id; update: T.Id | null; corrects: T.Id | null; content: T.UpdateContent }, signal?: Signal) => post<T.UpdateChecked>('/updates/check', body, undefined, signal),
  ask: (id: T.Id) => post<T.Update>(`/updates/${at(id)}/ask`, {}),
  approve: (id: T.Id, revision: number) => post<T.Update>(`/updates/${at(id)}/approve`, { revision }),
  publish: (id: T.Id, revision: number) => post<T.Update>(`/updates/${at(id)}/publish`, { revision }),
  settings: (window: T.Id, signal?: Signal) => get<T.UpdateSettings>(`/windows/${at(window)}/updates`, {}, signal),
  changeSettings: (window: T.Id, slack_url: string | null) => put<T.UpdateSettings>(`/windows/${at(window)}/updates`, { slack_url }),
};

/** The daily review, what is agreed in it, and the briefs. */
export const reviews = {
  today: (window: T.Id, signal?: Signal) => get<T.TodaysReview>(`/windows/${at(window)}/review`, {}, signal),
  open: (window: T.Id) => post<T.TodaysReview>(`/windows/${at(window)}/review/open`, {}),
  list: (window: T.Id, query: Query, signal?: Signal) => get<T.Page<T.ReviewLine>>(`/windows/${at(window)}/reviews`, query, signal),
  read: (id: T.Id, signal?: Signal) => get<T.Review>(`/reviews/${at(id)}`, {}, signal),
  note: (id: T.Id, body: { item: string; text: string; revision: number }) => put<T.Review>(`/reviews/${at(id)}/notes`, body),
  attend: (id: T.Id, email: string, present: boolean) => put<T.Review>(`/reviews/${at(id)}/attendance`, { email, present }),
  chair: (id: T.Id) => post<T.Review>(`/reviews/${at(id)}/chair`, {}),
  close: (id: T.Id, revision: number) => post<T.Review>(`/reviews/${at(id)}/close`, { revision }),
  add: (id: T.Id, body: string) => post<T.Review>(`/reviews/${at(id)}/additions`, { text: body }),
  brief: (window: T.Id, kind: T.BriefKind, signal?: Signal) => get<T.BriefPreview>(`/windows/${at(window)}/brief`, { kind }, signal),
  actions: (window: T.Id, query: Query, signal?: Signal) => get<T.Page<T.ReviewAction>>(`/windows/${at(window)}/actions`, query, signal),
  agree: (window: T.Id, body: { title: string; owner: T.Id; due: string; review?: T.Id; item?: string }, key: string) => post<T.ReviewAction>(`/windows/${at(window)}/actions`, body, key),
  changeAction: (id: T.Id, body: { revision: number; title: string; owner: T.Id; due: string }) => put<T.ReviewAction>(`/actions/${at(id)}`, body),
  settle: (id: T.Id, to: 'open' | 'done' | 'dropped', reason?: string) => post<T.ReviewAction>(`/actions/${at(id)}/state`, reason ? { to, reason } : { to }),
};

/** The help centre: articles, the shelves they stand on, and how it looks. */
export const articles = {
  list: (query: Query, signal?: Signal) => get<T.Page<T.ArticleLine>>('/articles', query, signal),
  one: (id: T.Id, signal?: Signal) => get<T.Article>(`/articles/${at(id)}`, {}, signal),
  begin: (body: T.NewArticle) => post<T.Article>('/articles', body),
  write: (id: T.Id, lang: string, body: T.ArticleToWrite) => put<T.Article>(`/articles/${at(id)}/texts/${at(lang)}`, body),
  change: (id: T.Id, body: T.ArticleChange) => patch<T.Article>(`/articles/${at(id)}`, body),
  rename: (id: T.Id, lang: string, slug: string) => put<T.Article>(`/articles/${at(id)}/texts/${at(lang)}/address`, { slug }),
  publish: (id: T.Id, lang: string, revision: number) => post<T.Article>(`/articles/${at(id)}/texts/${at(lang)}/publish`, { revision }),
  retire: (id: T.Id, lang: string) => post<T.Article>(`/articles/${at(id)}/texts/${at(lang)}/retire`, {}),
  restore: (id: T.Id, lang: string, number: number, revision: number) => post<T.Article>(`/articles/${at(id)}/texts/${at(lang)}/restore`, { number, revision }),
  revisions: (id: T.Id, lang: string, signal?: Signal) => get<T.Page<T.ArticleRevision>>(`/articles/${at(id)}/texts/${at(lang)}/revisions`, { limit: 50 }, signal),
  ratings: (id: T.Id, signal?: Signal) => get<T.ArticleRatings>(`/articles/${at(id)}/ratings`, { limit: 50 }, signal),
  preview: (body: { body: string; lang: string }, signal?: Signal) => post<T.ArticlePreview>('/articles/preview', body, undefined, signal),
  shelves: (signal?: Signal) => get<{ items: T.Collection[] }>('/collections', {}, signal),
  makeCollection: (body: T.NewShelf) => post<T.Collection>('/collections', body),
  changeCollection: (id: T.Id, body: T.ShelfChange) => patch<T.Collection>(`/collections/${at(id)}`, body),
  removeCollection: (id: T.Id) => remove<void>(`/collections/${at(id)}`),
  orderCollections: (body: T.CollectionOrder) => put<{ items: T.Collection[] }>('/collections/order', body),
  orderCategories: (id: T.Id, body: T.CategoryOrder) => put<T.Collection>(`/collections/${at(id)}/order`, body),
  orderArticles: (id: T.Id, category: T.Id, body: T.ArticleOrder) => put<T.Collection>(`/collections/${at(id)}/categories/${at(category)}/order`, body),
  addCategory: (id: T.Id, body: T.NewShelf) => post<T.Collection>(`/collections/${at(id)}/categories`, body),
  changeCategory: (id: T.Id, category: T.Id, body: T.ShelfChange) => patch<T.Collection>(`/collections/${at(id)}/categories/${at(category)}`, body),
  removeCategory: (id: T.Id, category: T.Id) => remove<void>(`/collections/${at(id)}/categories/${at(category)}`),
  settings: (signal?: Signal) => get<T.HelpSettings>('/help-centre', {}, signal),
  changeSettings: (body: T.CentreSettings) => put<T.HelpSettings>('/help-centre', body),
  gaps: (signal?: Signal) => get<T.Page<T.ArticleGap>>('/gaps/articles', {}, signal),
};

/** Who is on duty when, cover, and handovers. */
export const rota = {
  read: (window: T.Id, from: string, to: string, signal?: Signal) => get<T.Rota>(`/windows/${at(window)}/rota`, { from, to }, signal),
  staffing: (window: T.Id, signal?: Signal) => get<T.RotaStaffing>(`/windows/${at(window)}/rota/staffing`, {}, signal),
  layers: (window: T.Id, body: T.RotaNewLayers) => post<T.RotaEdited>(`/windows/${at(window)}/rota/layers`, body),
  previewLayers: (window: T.Id, body: T.RotaLayersPreview, signal?: Signal) => post<T.Rota>(`/windows/${at(window)}/rota/layers/preview`, body, undefined, signal),
  override: (window: T.Id, body: T.RotaNewOverride) => post<T.RotaEdited>(`/windows/${at(window)}/rota/overrides`, body),
  takeBack: (window: T.Id, what: 'overrides' | 'temporary', body: T.RotaTakenBack) => post<T.RotaEdited>(`/windows/${at(window)}/rota/${what}/remove`, body),
  temporary: (window: T.Id, body: T.RotaNewTemporary) => post<T.RotaEdited>(`/windows/${at(window)}/rota/temporary`, body),
  ask: (window: T.Id, body: T.NewCover) => post<T.CoverRequest>(`/windows/${at(window)}/cover`, body),
  accept: (window: T.Id, request: T.Id) => post<T.RotaEdited>(`/windows/${at(window)}/cover/accept`, { request }),
  withdraw: (window: T.Id, request: T.Id) => post<T.RotaEdited>(`/windows/${at(window)}/cover/withdraw`, { request }),
  handovers: (window: T.Id, signal?: Signal) => get<T.Page<T.Handover>>(`/windows/${at(window)}/handovers`, {}, signal),
  write: (window: T.Id, body: { handover: T.Id; section: T.HandoverSection; text: string }) => put<T.Handover>(`/windows/${at(window)}/handovers/note`, body),
  takeOver: (window: T.Id, handover: T.Id, ticked: string[]) => post<T.Handover>(`/windows/${at(window)}/handovers/acknowledge`, { handover, ticked }),
};

/** The secret addresses of one's calendars. */
export const calendar = {
  read: (signal?: Signal) => get<T.CalendarAddress>('/calendar-address', {}, signal),
  renew: () => post<T.CalendarAddress>('/calendar-address', {}),
  close: () => remove<T.CalendarAddress>('/calendar-address'),
};

export const decisions = {
  list: (query: Query, signal?: Signal) => get<T.Page<T.Decision>>('/decisions', query, signal),
  ask: (body: { window: T.Id; kind: T.DecisionKind; question: string; scenario?: string; issue?: T.Id; conversation?: T.Id }) => post<T.Decision>('/decisions', body),
  decide: (id: T.Id, ruling: 'yes' | 'no', reason: string, until?: string) => post<T.Decision>(`/decisions/${at(id)}/decide`, { ruling, reason, ...(until ? { until } : {}) }),
  renew: (id: T.Id, until: string, reason: string) => post<T.Decision>(`/decisions/${at(id)}/renew`, { until, reason }),
  end: (id: T.Id, reason: string) => post<T.Decision>(`/decisions/${at(id)}/end`, { reason }),
};
