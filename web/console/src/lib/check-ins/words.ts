// The words of check-ins.
import type { CheckIn, CheckInContent, CheckInPerson, CheckInPreview } from '$lib/api';
import type { Tone } from '$lib/words';
import type { IconName } from '$lib/ui/icons';

export const STATE: Record<CheckIn['state'], { word: string; tone: Tone; icon: IconName }> = {
  draft: { word: 'Draft', tone: 'none', icon: 'note' },
  running: { word: 'Asking', tone: 'accent', icon: 'send' },
  stopped: { word: 'Stopped', tone: 'attention', icon: 'clock' },
  done: { word: 'All asked', tone: 'calm', icon: 'check' },
  discarded: { word: 'Discarded', tone: 'none', icon: 'close' },
};

/** How a draft stands with those who may approve it. */
export function standing(it: CheckIn): string {
  if (it.state !== 'draft') return STATE[it.state].word;
  return it.approved_by ? `Approved by ${it.approved_by}` : it.asked_approval ? 'Waits for approval' : 'Draft';
}

export const FACE = {
  good: { sign: '🙂', word: 'Good' },
  unsure: { sign: '😐', word: 'Not sure' },
  bad: { sign: '🙁', word: 'Not good' },
} as const;

export const PASSED: Record<NonNullable<CheckInPerson['passed']>, string> = {
  opted_out: 'want no check-ins',
  asked_lately: 'were asked something lately',
  already: 'are in it already, under another name or address',
  comes_back: 'get no mail: it comes back',
  no_news: 'want no news by e-mail',
  no_way: 'have neither a chat nor a known address, of the ways you chose',
};

export const WAY = { chat: 'in the chat', email: 'by e-mail' } as const;

/** The lists behind the figures, in the order of the tabs. */
export const LISTS = [
  { which: 'answered', label: 'Answered' },
  { which: 'bad', label: 'Not good' },
  { which: 'unsure', label: 'Not sure' },
  { which: 'good', label: 'Good' },
  { which: 'conversation', label: 'Conversations' },
  { which: 'asked', label: 'Asked' },
  { which: 'skipped', label: 'Passed over' },
  { which: 'failed', label: 'Not reached' },
] as const;
export type Which = (typeof LISTS)[number]['which'];

/** The figure of a list. */
export function figure(it: CheckIn, which: Which): number {
  return which === 'conversation' ? it.figures.conversations : it.figures[which];
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** "60 % good (95 %: 39 to 78 %), 15 of 40 answered". */
export function result(it: CheckIn): string {
  const f = it.figures;
  const answered = `${f.answered} of ${f.asked} answered`;
  if (f.good_share === null || f.good_share === undefined) return answered;
  return `${percent(f.good_share)} good (95 %: ${Math.round((f.good_low ?? 0) * 100)} to ${percent(f.good_high ?? 1)}), ${answered}`;
}

export const emptyContent = (): CheckInContent => ({
  question: '',
  intro: '',
  topics: [],
  audience: { kind: 'about', topics: [] },
  ways: ['chat', 'email'],
  per_hour: 60,
  rest_days: 30,
});

/** Whether there is enough to look who would be asked. */
export function isWhole(content: CheckInContent): boolean {
  const chosen = content.audience.kind !== 'about' || content.audience.topics.length > 0;
  const list = content.audience.kind !== 'list' || content.audience.list !== '';
  return content.question.trim() !== '' && chosen && list && (content.ways?.length ?? 0) > 0 && content.per_hour >= 1 && content.rest_days >= 1;
}

/** How long it takes to ask so many. */
export function duration(people: number, perHour: number): string {
  const minutes = Math.ceil((people / Math.max(1, perHour)) * 60);
  if (minutes < 60) return `about ${Math.max(1, minutes)} min`;
  if (minutes < 48 * 60) return `about ${Math.ceil(minutes / 60)} h`;
  return `about ${Math.ceil(minutes / 1440)} days`;
}

/** Who would be asked, in a sentence. */
export function preview(p: CheckInPreview, perHour: number): string {
  const asked = p.chat + p.email;
  const least = p.more ? 'At least ' : '';
  if (asked === 0) return `${least}${p.people} ${p.people === 1 ? 'customer fits' : 'customers fit'}, and none of them would be asked.`;
  const ways = [p.chat ? `${p.chat} in the chat` : '', p.email ? `${p.email} by e-mail` : ''].filter(Boolean).join(', ');
  return `${least}${asked} of ${p.people} would be asked: ${ways}. At this pace it takes ${duration(asked, perHour)}.`;
}
