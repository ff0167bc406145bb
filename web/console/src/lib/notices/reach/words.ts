// How colleagues are reached, in words.
import type { NoticeFate, NoticeGroup, NoticeLogLine, NoticePreview, NoticeReason, NoticeWay, NoticeWayKind, NoticeWhen, QuietHours } from '$lib/api';
import type { IconName } from '$lib/ui/icons';
import { DAYS } from '$lib/weekdays';
import type { Tone } from '$lib/words';

export const GROUP: Record<NoticeGroup, { name: string; hint: string }> = {
  act: { name: 'Calls me to act', hint: 'An escalation reaches you, a question waits for your ruling, you are the backup' },
  promises: { name: 'Promises', hint: 'A promise of yours is about to break, or broke' },
  handover: { name: 'Shifts and handover', hint: 'Your shift begins or ends, cover is asked, a lead changes your shifts' },
  updates: { name: 'Updates due', hint: 'An update waits for your approval, is due soon or overdue' },
  mentions: { name: 'Mentions', hint: 'A note names you' },
  decisions: { name: 'Decisions', hint: 'What you asked was decided, or what was allowed runs out' },
  escalations: { name: 'My escalations', hint: 'What you escalated was seen, accepted or given back' },
  follow: { name: 'My conversations', hint: 'You are given one, a customer of yours writes, one is merged' },
};
export const WAY: Record<NoticeWayKind, { name: string; icon: IconName }> = {
  email: { name: 'E-mail', icon: 'email' },
  slack: { name: 'Slack', icon: 'chat' },
  webhook: { name: 'Program', icon: 'api' },
};
/** What can be chosen, as the value of a select. */
export const WHEN: [string, string][] = [
  ['at_once', 'At once'],
  ['after:5', 'After 5 min unread'],
  ['after:15', 'After 15 min unread'],
  ['after:30', 'After 30 min unread'],
  ['after:60', 'After 1 h unread'],
  ['hourly', 'Every hour'],
  ['daily', 'Once a day'],
  ['never', 'Never'],
];
export const whenValue = (when: NoticeWhen): string => (typeof when === 'string' ? when : `after:${when.after}`);
export const whenOf = (value: string): NoticeWhen => (value.startsWith('after:') ? { after: Number(value.slice(6)) } : (value as NoticeWhen));
export const whenWords = (when: NoticeWhen): string => WHEN.find(([value]) => value === whenValue(when))?.[1] ?? (typeof when === 'object' ? `After ${when.after} min unread` : when);
/** The choices for one cell: its own stands among them even where it is none of the usual ones. */
export const choices = (when: NoticeWhen): [string, string][] => (WHEN.some(([value]) => value === whenValue(when)) ? WHEN : [...WHEN, [whenValue(when), whenWords(when)]]);

export const REASON: Record<NoticeReason, string> = {
  at_once: 'at once',
  if_unread: 'if you have not read it by then',
  hourly: 'with the hour’s notices',
  daily: 'with the day’s notices',
  quiet: 'held until quiet hours end',
  breaks_quiet: 'severe enough to break quiet hours',
  on_duty: 'on duty, so quiet hours do not hold',
  gathered: 'together with what comes right after a message',
  throttled: 'later: many messages in the last hour',
  never: 'the rule says never',
  less_severe: 'less severe than the rule asks for',
  way_shut: 'the way is switched off or not confirmed',
  same: 'the same was told before',
  own_letter: 'a letter of its own says it',
};
export const FATE: Record<NoticeFate, { name: string; tone: Tone; icon: IconName }> = {
  waiting: { name: 'Waits', tone: 'none', icon: 'clock' },
  sent: { name: 'Sent', tone: 'calm', icon: 'check' },
  read: { name: 'Read before', tone: 'none', icon: 'check' },
  settled: { name: 'Settled before', tone: 'none', icon: 'check' },
  same: { name: 'Told before', tone: 'none', icon: 'minus' },
  muted: { name: 'Not told', tone: 'none', icon: 'minus' },
};
/** A line's state: what was sent and did not arrive says so. */
export function fate(line: NoticeLogLine): { name: string; tone: Tone; icon: IconName } {
  if (line.state === 'sent' && line.letter === 'failed') return { name: 'Did not arrive', tone: 'late', icon: 'alert' };
  if (line.state === 'sent' && line.letter === 'pending') return { name: 'On its way', tone: 'attention', icon: 'clock' };
  return FATE[line.state];
}

const BY: Record<NoticeWayKind, (name: string) => string> = { email: (name) => (name === 'E-mail' ? 'by e-mail' : `by e-mail (${name})`), slack: (name) => `on Slack (${name})`, webhook: (name) => `through ${name}` };
/** What would become of something that happens now, on all ways: “by e-mail at once, on Slack (Team) not: the rule says never”. */
export function preview(now: NoticePreview[], ways: NoticeWay[], group: NoticeGroup, severity: 'normal' | 'critical', time: (at: string) => string, begun: string): string {
  const parts = now
    .filter((one) => one.group === group && one.severity === severity)
    .map((one) => {
      const way = ways.find((known) => known.id === one.way);
      const by = way ? BY[way.kind](way.name) : 'elsewhere';
      if (!one.at) return `${by} not: ${REASON[one.reason]}`;
      return one.at <= begun ? `${by} at once` : one.reason === 'quiet' ? `${by} at ${time(one.at)}, when quiet hours end` : `${by} at ${time(one.at)}, ${REASON[one.reason]}`;
    });
  return parts.join('; ') || 'on no way';
}

/** The first proposal: nights, unless something is critical. */
export const nights = (): QuietHours => ({ times: [{ days: DAYS.map(([day]) => day), from: '22:00', to: '07:00' }], breaks: 'critical' });
export const quietWords = (quiet: QuietHours): string =>
  quiet.times.map((time) => `${time.days.length === 7 ? 'every day' : time.days.map((day) => DAYS.find(([known]) => known === day)?.[1]).join(', ')} ${time.from} to ${time.to}`).join('; ');
