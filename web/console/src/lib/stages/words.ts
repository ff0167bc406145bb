// The product's words for the stages of the way back to normal promises.
import type { Stage, StageState, StageStep } from '$lib/api';
import { count } from '$lib/format';
import type { IconName } from '$lib/ui/icons';
import type { Tone } from '$lib/words';

export const STAGE: Record<StageState, string> = { hypercare: 'Hypercare promises', normal: 'Normal promises', reverted: 'Back on hypercare promises' };
export const stageTone = (state: StageState): Tone => (state === 'normal' ? 'calm' : state === 'reverted' ? 'attention' : 'none');
export const stageIcon = (state: StageState): IconName => (state === 'normal' ? 'check' : state === 'reverted' ? 'retry' : 'dot');

/** What a step was, in a few words: "Returned, second time, by itself". */
export function stepWords(step: StageStep): string {
  const what = step.kind === 'normalised' ? `Returned to normal promises${step.attempt > 1 ? `, try ${step.attempt}` : ''}` : 'Taken back';
  return step.automatic ? `${what}, by itself` : what;
}

/** Whether a person may go past everything that is missing, and there is something to go past. */
export const canOverride = (stage: Stage): boolean => stage.missing.length > 0 && stage.missing.every((m) => m.can_override);

/** Guards that say the same, together: one reason is read once. */
export function alike(guards: Stage['guards']): { verdict: Stage['guards'][number]['verdict']; sentence: string; names: string[] }[] {
  const several = new Set(guards.map((g) => g.category)).size > 1;
  const groups: ReturnType<typeof alike> = [];
  for (const { verdict, sentence, name, category } of guards) {
    const called = several ? `${name} (${category})` : name;
    const known = groups.find((g) => g.verdict === verdict && g.sentence === sentence);
    if (known) known.names.push(called);
    else groups.push({ verdict, sentence, names: [called] });
  }
  return groups;
}

/** The guards in one line: "4 guards, all calm" or "1 of 4 guards speaks against it". */
export function guardsInWords(guards: Stage['guards']): string {
  const against = guards.filter((g) => g.verdict === 'alarm' || g.verdict === 'worsening').length;
  const unknown = guards.filter((g) => g.verdict === 'unknown').length;
  if (against) return `${against} of ${count(guards.length, 'guard')} ${against === 1 ? 'speaks' : 'speak'} against it`;
  if (unknown) return `${count(guards.length, 'guard')}, ${unknown} with nothing to judge by`;
  return `${count(guards.length, 'guard')}, ${guards.length === 1 ? 'calm' : 'all calm'}`;
}
