// What a person decides about an issue: carried out, said, and taken back from the same toast.
import { issues, type Issue } from '$lib/api';
import { toasts } from '$lib/state/toasts.svelte';

/** Takes back a step of an issue. */
export async function takeBack(id: string, step: number, undone: (issue: Issue) => void): Promise<void> {
  try {
    const issue = await issues.undo(id, step);
    toasts.say('Taken back.');
    undone(issue);
  } catch (error) {
    toasts.fail(error);
  }
}

/** Carries out a decision. `changed` hears of the issue after it, and again after it was taken back. Returns whether it worked. */
export async function decide(call: () => Promise<Issue>, said: string, changed: (issue: Issue) => void): Promise<boolean> {
  try {
    const issue = await call();
    const step = issue.last_step;
    toasts.say(said, step == null ? undefined : { label: 'Undo', run: () => void takeBack(issue.id, step, changed) });
    changed(issue);
    return true;
  } catch (error) {
    toasts.fail(error);
    return false;
  }
}
