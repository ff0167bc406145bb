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
  update_asked: 'An update waits for my approval',
  update_due_soon: 'The next update that customers were promised is due soon',
  update_overdue: 'It did not come in time',
};

/** By conversation, in the order of their newest notice. Several messages of one customer are one row. */
export function grouped(notices: readonly Notice[]): NoticeGroup[] {
  const groups = new Map<string, NoticeGroup>();
  for (const notice of notices) {
    const key = notice.conversation?.id ?? (notice.update ? `update ${notice.update}` : `decision ${notice.decision ?? notice.id}`);
    const group = groups.get(key) ?? { key, title: notice.conversation?.subject || (notice.update ? 'An update' : 'A decision'), customer: notice.conversation?.customer ?? '', rows: [], unread: false };
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
    case 'update_asked':
      return `${who} asks for your approval`;
    case 'update_due_soon':
      return 'The next update is due soon';
    case 'update_overdue':
      return 'The next update is overdue';
    case 'merged':
      return `${who} ${MERGED[detail] ?? 'merged or parted it'}`;
  }
}

/** Where a notice leads: to the message, to the conversation, or to the decisions. */
export function leadsTo(notice: Notice, here: string | undefined): string | undefined {
  const window = notice.window ?? here;
  if (!window) return undefined;
  if (notice.conversation) return `/w/${window}/inbox?c=${notice.conversation.id}${notice.message ? `&m=${notice.message}` : ''}`;
  return notice.update ? `/w/${window}/updates?u=${notice.update}` : `/w/${window}/decisions`;
}
