// What can be said of an escalation, and who may say it.
import type { Escalation } from '$lib/api';

/** Whom the path names, and leads. */
export const mayAct = (escalation: Escalation, email: string | undefined, lead: boolean): boolean =>
  isOpen(escalation) && (lead || escalation.levels.some((level) => level.email.toLowerCase() === email?.toLowerCase()));

export const isOpen = (escalation: Escalation): boolean => escalation.state === 'waiting' || escalation.state === 'acknowledged' || escalation.state === 'accepted';

/** Where it stands, in a sentence. */
export function stands(escalation: Escalation): string {
  const { state, levels, level, round, by } = escalation;
  const who = by ?? 'Somebody';
  switch (state) {
    case 'waiting': {
      if (escalation.exhausted) return 'Nobody reacted, on any level';
      const reached = levels[level]?.name ?? 'nobody';
      if (round > 0) return `Nobody has reacted yet: ${reached} is called again`;
      return level > 0 ? `Nobody reacted in time: ${reached} is called now` : `Waits for ${reached}`;
    }
    case 'acknowledged':
      return `${who} has seen it`;
    case 'accepted':
      return `${who} works on it`;
    case 'returned':
      return `${who} gave it back`;
    case 'ended':
      return 'Over';
  }
}
