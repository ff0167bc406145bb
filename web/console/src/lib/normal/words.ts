import type { AnswerKeeping, ArticleState, HandoverItem, HandoverItemState, Kept, OpenKind, RelapseState } from '$lib/api';
import { count } from '$lib/format';
import type { Tone } from '$lib/words';
import type { IconName } from '$lib/ui/icons';

/** What an answer can become, with what is asked for it. */
export const KEPT: Record<Kept, { word: string; means: string }> = {
  article: { word: 'Article', means: 'A page that customers read. It counts once it is published.' },
  macro: { word: 'Macro', means: 'Agents go on using it as it is.' },
  rule: { word: 'Rule', means: 'Something that is done by itself or always from now on. Say what, or where it is written.' },
};

const STATE: Record<ArticleState, string> = { draft: 'not published', published: 'published', retired: 'retired' };

/** Whether readers see an article, in a word or two. */
export const articleState = (article: { state: ArticleState; audience: 'public' | 'internal' }): string => `${STATE[article.state]}${article.audience === 'internal' ? ', for the team' : ''}`;

/** Where an item stands, never by colour alone. */
export const ITEM: Record<HandoverItemState, { word: string; tone: Tone; icon: IconName }> = {
  open: { word: 'Open', tone: 'none', icon: 'dot' },
  given: { word: 'Handed over', tone: 'accent', icon: 'clock' },
  accepted: { word: 'Accepted', tone: 'calm', icon: 'check' },
  returned: { word: 'Returned', tone: 'attention', icon: 'retry' },
};

export const OPEN: Record<OpenKind, { one: string; many: string; path: string }> = {
  conversations: { one: 'open conversation', many: 'open conversations', path: 'inbox?view=all_open&here=1' },
  issues: { one: 'unresolved issue', many: 'unresolved issues', path: 'issues' },
  decisions: { one: 'waiting decision', many: 'waiting decisions', path: 'decisions' },
  escalations: { one: 'open escalation', many: 'open escalations', path: 'inbox?view=all_open&here=1' },
};

export const RELAPSE: Record<RelapseState, string> = { open: 'Waits for a person', dismissed: 'Decided against', calmed: 'Back to normal by itself' };

/** Who answers for an item, in a sentence: nobody guesses why a button is missing. */
export function whoAnswers(item: HandoverItem): string {
  const who = item.receiver?.name;
  if (!who) return 'Nobody is named who takes it over.';
  if (item.state === 'accepted') return `${who} has it.`;
  return item.has_account ? `${who} signs in and answers.` : `${who} has no account here: a colleague records what they said, but not who handed it over.`;
}

/** The state of what is kept, in a few words. */
export function keptLine(items: AnswerKeeping[], waiting: number): string {
  const became = items.filter((i) => !i.waits && i.became && i.state === 'approved');
  const retired = items.filter((i) => i.state === 'retired').length;
  const of = (kind: Kept) => became.filter((i) => i.became?.kind === kind).length;
  const parts = [count(of('article'), 'article'), count(of('macro'), 'macro'), count(of('rule'), 'rule'), `${retired} retired`].filter((p) => !p.startsWith('0 '));
  const done = parts.length ? parts.join(', ') : 'nothing yet';
  const drafts = items.filter((i) => i.waits && i.became?.article && i.became.version === i.version).length;
  const unpublished = drafts ? ` (${drafts} with an article that is not published)` : '';
  return waiting ? `${count(waiting, 'answer waits', 'answers wait')}${unpublished}; so far: ${done}.` : `All are seen to: ${done}.`;
}

/** "in 5 days" and the like for the days of the watch that are left. */
export function daysLeft(left: number): string {
  if (left <= 0) return 'The watch is over.';
  return left === 1 ? 'Today is the last day of the watch.' : `${left} days of the watch are left, today included.`;
}
