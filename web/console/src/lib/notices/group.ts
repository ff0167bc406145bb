// Notices as the panel shows them: by conversation, what came last first, and what is the same said once.
import type { Notice, NoticeKind } from '$lib/api';
import { CLOCK } from '$lib/words';

export interface NoticeRow {
  /** The newest of them. */
  notice: Notice;
  count: number;
  unread: boolean;
}
export interface NoticeGroup {
  key: string;
  title: string;
  customer: string;
  rows: NoticeRow[];
  unread: boolean;
}

export const KINDS: Record<NoticeKind, string> = {
  mention: 'A note mentions me',
  assigned: 'I am given a conversation',
  message: 'A customer writes in a conversation of mine that I do not look at',
  breach_soon: 'A promise of mine is about to break',
  breached: 'A promise of mine broke',
  decided: 'What I asked was decided',
  asked: 'A question waits for my ruling',
  waits: 'A question waits for too long',
  runs_out: 'What was allowed for a while runs out, or holds longer or no longer',
  escalated: 'An escalation reaches me, or nobody reacts to one',
  handled: 'What I escalated was seen, accepted or given back',
  merged: 'A conversation of mine is merged or parted',
  update_asked: 'An update waits for my approval',
  check_in_asked: 'A check-in waits for my approval',
  update_due_soon: 'The next update that customers were promised is due soon',
  update_overdue: 'It did not come in time',
  cutover_step: 'A step of mine in a cutover can begin, or takes too long',
  cutover_trigger: 'A figure or a gate says that a cutover should go back',
  cutover_over: 'A cutover that I have a part in has ended',
  cover: 'Cover is asked of me, or mine came to something',
  shift: 'A lead changes my shifts',
  handover: 'A handover of mine begins, is late or is done',
  backup: 'I am called as backup',
  action: 'An action of a review is mine, is due or was due',
  review_missed: 'A daily review did not begin in time',
  entrusted: 'An answer is mine to see to at the end',
  handed_over: 'Something is handed to me, or mine is accepted or given back',
  relapse: 'It gets worse again after a window',
  call: 'I am asked to call an account',
  way_off: 'A way to reach me was switched off',
};

/** By conversation, in the order of their newest notice. Several messages of one customer are one row. */
export function grouped(notices: readonly Notice[]): NoticeGroup[] {
  const groups = new Map<string, NoticeGroup>();
  for (const notice of notices) {
    const rota = ROTA.includes(notice.kind);
    const [what, title] = notice.kind === 'way_off' ? ['reach', 'Notifications'] : rota ? ['rota', 'The rota'] : REVIEW.includes(notice.kind) ? ['review', 'Reviews and actions'] : CUTOVER.includes(notice.kind) ? ['cutover', 'The cutover'] : EXIT.includes(notice.kind) ? ['exit', 'After the peak'] : notice.kind === 'check_in_asked' ? ['check-ins', 'Check-ins'] : notice.kind === 'call' ? [`account ${notice.account?.id ?? ''}`, notice.account?.name ?? 'An account'] : notice.update ? [`update ${notice.update}`, 'An update'] : [`decision ${notice.decision ?? notice.id}`, 'A decision'];
    const key = notice.conversation?.id ?? what;
    const group = groups.get(key) ?? { key, title: notice.conversation?.subject || title, customer: notice.conversation?.customer ?? '', rows: [], unread: false };
    groups.set(key, group);
    group.unread ||= !notice.read;
    // What was read is not counted to what is new.
    const same = notice.kind === 'message' ? group.rows.find((row) => row.notice.kind === 'message' && row.unread === !notice.read) : undefined;
    if (same) same.count += 1;
    else group.rows.push({ notice, count: 1, unread: !notice.read });
  }
  return [...groups.values()];
}

const MERGED: Record<string, string> = {
  merged: 'made it part of another conversation',
  took_in: 'merged another conversation into it',
  parted: 'made it a conversation of its own again',
  let_go: 'took a merged conversation out of it',
};

const ESCALATED: Record<string, string> = {
  next: 'An escalation reaches you: nobody reacted before',
  nobody: 'Nobody reacts to an escalation, on any level',
  bouncing: 'An escalation goes to and fro',
};
const HANDLED: Record<string, string> = {
  acknowledged: 'has seen what you escalated',
  accepted: 'works on what you escalated',
  returned: 'gave your escalation back',
};
const RUNS_OUT: Record<string, string> = {
  soon: 'What you may allow runs out soon',
  expired: 'What was allowed ran out',
};
/** Kinds that are about a cutover. */
const CUTOVER: NoticeKind[] = ['cutover_step', 'cutover_trigger', 'cutover_over'];
const TRIGGERED: Record<string, string> = { fired: 'Time to roll back? A trigger fired', past: 'A trigger fired, past the point of no return: fix forward', no_go: 'No-go at a gate' };
const ENDED: Record<string, string> = { finished: 'finished the cutover', rolled_back: 'rolled the cutover back', stopped: 'stopped the cutover' };
/** Kinds that are about a rota. */
const ROTA: NoticeKind[] = ['cover', 'shift', 'handover', 'backup'];
/** Kinds that are about reviews. */
const REVIEW: NoticeKind[] = ['action', 'review_missed'];
const ACTION: Record<string, string> = { due: 'An action of yours is due today', overdue: 'An action of yours was due and is not done' };
const COVER: Record<string, string> = { asked: 'asks for cover', accepted: 'took the shift you asked cover for', withdrawn: 'withdrew a request for cover' };
const HANDOVER: Record<string, string> = {
  take_over: 'Your shift begins: read the handover and take over',
  write: 'Your shift ends: write the handover',
  late: 'You have not taken over: your backup is called',
  stay: 'You go on deciding: nobody has taken over',
  nobody: 'A handover is late, and no backup can be called',
};

const RELAPSE: Record<string, string> = {
  proposed: 'It got worse after the window: open it again?',
  calmed: 'What got worse after the window is back to normal',
  ended: 'The watch after the window is over',
};
/** Kinds that are about the end of a window. */
const EXIT: NoticeKind[] = ['entrusted', 'handed_over', 'relapse'];

/** A row as a sentence. */
export function said({ notice, count, unread }: NoticeRow): string {
  const { kind, actor, detail } = notice;
  const who = actor || 'Somebody';
  const promise = CLOCK[detail as keyof typeof CLOCK] ?? 'A promise';
  switch (kind) {
    case 'mention':
      return `${who} mentioned you`;
    case 'assigned':
      return detail === 'in_turn' ? 'Given to you in turn' : `${who} gave it to you`;
    case 'message':
      return count > 1 ? `${count} ${unread ? 'new ' : ''}messages` : `${who} wrote`;
    case 'breach_soon':
      return `${promise}: due soon`;
    case 'breached':
      return `${promise}: late`;
    case 'decided':
      return `${who} decided: ${detail === 'yes' ? 'yes' : 'no'}`;
    case 'asked':
      return `${who} asks for your ruling`;
    case 'waits':
      return detail === 'overdue' ? 'Nobody decided in time' : 'It has waited for most of its time';
    case 'runs_out':
      return RUNS_OUT[detail] ?? `${who} ${detail === 'renewed' ? 'lets it hold longer' : 'ended it'}`;
    case 'escalated':
      return ESCALATED[detail] ?? `${who} escalated it to you`;
    case 'handled':
      return `${who} ${HANDLED[detail] ?? 'said something about your escalation'}`;
    case 'update_asked':
    case 'check_in_asked':
      return `${who} asks for your approval`;
    case 'update_due_soon':
      return 'The next update is due soon';
    case 'update_overdue':
      return 'The next update is overdue';
    case 'merged':
      return `${who} ${MERGED[detail] ?? 'merged or parted it'}`;
    case 'cutover_step':
      return detail === 'late' ? 'Your step takes longer than planned' : 'Your step can begin';
    case 'cutover_trigger':
      return TRIGGERED[detail] ?? 'A cutover should go back';
    case 'cutover_over':
      return `${who} ${ENDED[detail] ?? 'ended the cutover'}`;
    case 'cover':
      return detail === 'expired' ? 'Nobody took a shift that cover was asked for' : `${who} ${COVER[detail] ?? 'changed a request for cover'}`;
    case 'action':
      return ACTION[detail] ?? (detail === 'reopened' ? `${who} opened an action of yours again` : `${who} gave you an action`);
    case 'review_missed':
      return 'The daily review did not begin in time';
    case 'shift':
      return `${who} changed your shifts`;
    case 'handover':
      return HANDOVER[detail] ?? `${who} took over from you`;
    case 'backup':
      return 'You are called as backup: take over';
    case 'entrusted':
      return detail === 'due' ? 'What becomes of an answer of yours is due' : `${who} asks you to see what becomes of an answer`;
    case 'handed_over':
      return detail === 'accepted' ? `${who} accepted what you handed over` : detail === 'returned' ? `${who} gave back what you handed over` : `${who} hands something over to you`;
    case 'relapse':
      return RELAPSE[detail] ?? 'The days after a window';
    case 'call':
      return `${who} asks you to call them`;
    case 'way_off':
      return 'A way to reach you was switched off';
  }
}

/** Where a notice leads: to the message, to the conversation, or to the decisions. */
export function leadsTo(notice: Notice, here: string | undefined): string | undefined {
  if (notice.kind === 'way_off') return '/notifications';
  const window = notice.window ?? here;
  if (!window) return undefined;
  if (notice.conversation) return `/w/${window}/inbox?c=${notice.conversation.id}${notice.message ? `&m=${notice.message}` : ''}`;
  if (CUTOVER.includes(notice.kind)) return `/w/${window}/cutover`;
  if (ROTA.includes(notice.kind)) return `/w/${window}/rota${notice.kind === 'handover' || notice.kind === 'backup' ? '/handover' : ''}`;
  if (REVIEW.includes(notice.kind)) return `/w/${window}/review`;
  if (notice.kind === 'call') return notice.account ? `/w/${window}/accounts/${notice.account.id}` : `/w/${window}/accounts`;
  if (notice.kind === 'check_in_asked') return `/w/${window}/updates/check-ins`;
  if (EXIT.includes(notice.kind)) return `/w/${window}/exit`;
  return notice.update ? `/w/${window}/updates?u=${notice.update}` : `/w/${window}/decisions`;
}
