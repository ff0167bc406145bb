// Words of a cutover, and where its steps stand on the time line.
import type { Cutover, CutoverState, CutoverStep, CutoverStepStatus, CutoverTrigger, StepKind } from '$lib/api';
import { span } from '$lib/format';
import type { IconName } from '$lib/ui/icons';
import type { Tone } from '$lib/words';

export const STATE: Record<CutoverState, string> = { running: 'Running', finished: 'Finished', rolled_back: 'Rolled back', stopped: 'Stopped' };
export const KIND: Record<StepKind, string> = { task: 'Task', gate: 'Gate', smoke_check: 'Smoke check', point_of_no_return: 'Point of no return' };

/** A step's standing in a word: a gate that is done is a go, a check that is done has passed. */
export function standing(step: Pick<CutoverStep, 'status' | 'kind' | 'late' | 'can_begin'>): { word: string; tone: Tone; icon: IconName } {
  const gate = step.kind === 'gate';
  const check = step.kind === 'smoke_check';
  const of: Record<CutoverStepStatus, { word: string; tone: Tone; icon: IconName }> = {
    waiting: step.can_begin ? { word: gate ? 'To be ruled' : 'Can begin', tone: 'accent', icon: 'play' } : { word: 'Waits', tone: 'none', icon: 'dot' },
    running: step.late ? { word: 'Takes longer', tone: 'late', icon: 'late' } : { word: 'Running', tone: 'accent', icon: 'clock' },
    done: { word: gate ? 'Go' : check ? 'Passed' : step.kind === 'point_of_no_return' ? 'Passed' : 'Done', tone: 'calm', icon: 'check' },
    failed: { word: 'Failed', tone: 'late', icon: 'alert' },
    skipped: { word: 'Skipped', tone: 'attention', icon: 'next' },
    no_go: { word: 'No-go', tone: 'late', icon: 'stop' },
  };
  return of[step.status];
}

/** "12 min behind the plan"; under a minute is as planned. */
export function behind(seconds: number, over = false): string {
  if (Math.abs(seconds) < 60) return over ? 'as long as planned' : 'as planned';
  return `${span(seconds)} ${seconds > 0 ? (over ? 'longer than planned' : 'behind the plan') : over ? 'shorter than planned' : 'ahead of the plan'}`;
}

export function behindTone(seconds: number): Tone {
  return seconds >= 15 * 60 ? 'late' : seconds >= 60 ? 'attention' : 'calm';
}

/** "above 2 % for 5 min" */
export function rule(trigger: Pick<CutoverTrigger, 'when' | 'threshold_said' | 'lasting'>): string {
  return `${trigger.when} ${trigger.threshold_said}${trigger.lasting >= 1 ? ` for ${span(trigger.lasting)}` : ''}`;
}

/** Where a stretch lies between two instants, in percent; something that took no time is a mark that can be seen. */
export function place(from: string, to: string, begin: string, end: string): { left: number; width: number } {
  const [a, b, first, last] = [from, to, begin, end].map((t) => Date.parse(t)) as [number, number, number, number];
  const whole = Math.max(last - first, 1);
  const left = Math.min(Math.max((a - first) / whole, 0), 1) * 100;
  return { left: Math.min(left, 99), width: Math.max(Math.min(((b - a) / whole) * 100, 100 - left), 1) };
}

/** From the beginning to the later of the planned and the expected end. */
export function reach(run: Pick<Cutover, 'begun_at' | 'planned_finish' | 'finish'>): [string, string] {
  return [run.begun_at, Date.parse(run.finish) > Date.parse(run.planned_finish) ? run.finish : run.planned_finish];
}

/** The step that a key leads to: one of mine that can begin or runs, the one after the focused first. */
export function nextMine(steps: readonly CutoverStep[], focused: string | undefined): string | undefined {
  const mine = steps.filter((s) => s.you_may && (s.can_begin || s.status === 'running')).map((s) => s.key);
  return mine[(mine.indexOf(focused ?? '') + 1) % Math.max(mine.length, 1)];
}

/** What to put into the plan to have a runbook. */
export const EXAMPLE = `[runbook]
go_live_by = "lead@example.com"
may_roll_back = ["lead@example.com", "shift-owner"]

[[runbook.steps]]
key = "freeze"
title = "Freeze changes"
owner = "engineering@example.com"
takes = "10 min"
validation = "Nobody can deploy."

[[runbook.steps]]
key = "go-switch"
title = "Switch all customers over?"
kind = "gate"
owner = "lead@example.com"
takes = "10 min"
after = ["freeze"]
validation = "The decision owner is on duty, the answers are approved."

[[runbook.steps]]
key = "switch"
title = "Switch"
owner = "engineering@example.com"
takes = "20 min"
after = ["go-switch"]

[[runbook.steps]]
key = "look"
title = "Look as a customer"
kind = "smoke_check"
owner = "product@example.com"
takes = "10 min"
after = ["switch"]
validation = "Signing in and the main page work."

[[runbook.triggers]]
key = "critical"
name = "Critical matters are open"
signal = "critical_open"
when = "above"
threshold = 0.0
lasting = "10 min"
`;
