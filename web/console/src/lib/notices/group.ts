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
  merged: 'A conversation of mine is merged or parted',
  cover: 'Cover is asked of me, or mine came to something',
  shift: 'A lead changes my shifts',
  handover: 'A handover of mine begins, is late or is done',
  backup: 'I am called as backup',
};

/** By conversation, in the order of their newest notice. Several messages of one customer are one row. */
export function grouped(notices: readonly Notice[]): NoticeGroup[] {
  const groups = new Map<string, NoticeGroup>();
  for (const notice of notices) {
    const rota = ROTA.includes(notice.kind);
    const key = notice.conversation?.id ?? (rota ? 'rota' : `decision ${notice.decision ?? notice.id}`);
    const group = groups.get(key) ?? { key, title: notice.conversation?.subject || (rota ? 'The rota' : 'A decision'), customer: notice.conversation?.customer ?? '', rows: [], unread: false };
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

/** Kinds that are about a rota. */
const ROTA: NoticeKind[] = ['cover', 'shift', 'handover', 'backup'];
const COVER: Record<string, string> = { asked: 'asks for cover', accepted: 'took the shift you asked cover for', withdrawn: 'withdrew a request for cover' };
const HANDOVER: Record<string, string> = {
  take_over: 'Your shift begins: read the handover and take over',
  write: 'Your shift ends: write the handover',
  late: 'You have not taken over: your backup is called',
  stay: 'You go on deciding: nobody has taken over',
  nobody: 'A handover is late, and no backup can be called',
};

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
    case 'merged':
      return `${who} ${MERGED[detail] ?? 'merged or parted it'}`;
    case 'cover':
      return detail === 'expired' ? 'Nobody took a shift that cover was asked for' : `${who} ${COVER[detail] ?? 'changed a request for cover'}`;
    case 'shift':
      return `${who} changed your shifts`;
    case 'handover':
      return HANDOVER[detail] ?? `${who} took over from you`;
    case 'backup':
      return 'You are called as backup: take over';
  }
}

/** Where a notice leads: to the message, to the conversation, or to the decisions. */
export function leadsTo(notice: Notice, here: string | undefined): string | undefined {
  const window = notice.window ?? here;
  if (!window) return undefined;
  if (notice.conversation) return `/w/${window}/inbox?c=${notice.conversation.id}${notice.message ? `&m=${notice.message}` : ''}`;
  if (ROTA.includes(notice.kind)) return `/w/${window}/rota${notice.kind === 'handover' || notice.kind === 'backup' ? '/handover' : ''}`;
  return `/w/${window}/decisions`;
}
