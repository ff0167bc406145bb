// The words and addresses of reviews.
import type { AgendaPart, ReviewItem } from '$lib/api';
import { dayName } from '$lib/format';
import { addDays } from '$lib/time';

export interface AgendaGroup {
  part: AgendaPart;
  heading: string;
  items: ReviewItem[];
}

/** The agenda by parts, in its order. */
export function byPart(items: readonly ReviewItem[]): AgendaGroup[] {
  const groups: AgendaGroup[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.part === item.part) last.items.push(item);
    else groups.push({ part: item.part, heading: item.heading, items: [item] });
  }
  return groups;
}

/** The screen of the window where an item's figures come from, and what it is called there. */
export function behind(item: ReviewItem): { path: string; label: string } | undefined {
  const about = item.about;
  switch (about.kind) {
    case 'issue':
      return { path: `issues/${about.id}`, label: 'Open the issue' };
    case 'decision':
      return { path: `decisions#d${about.id}`, label: 'Open the decision' };
    case 'promises':
      return { path: about.id ? `inbox?view=breached&dimension=category&value=${encodeURIComponent(about.id)}` : 'inbox?view=breached', label: 'Conversations with a broken promise' };
    case 'signal':
      return { path: `signals#${about.id}`, label: 'Open the signal' };
    case 'escalation':
      return { path: 'decisions', label: 'Open the escalations' };
    case 'update':
      return { path: `updates#u${about.id}`, label: 'Open the update' };
    case 'rota':
      return { path: 'rota', label: 'Open the rota' };
    case 'exit':
      return { path: 'exit', label: 'Open the exit' };
    case 'action':
      return { path: `review#a${about.id}`, label: 'Show it among the actions' };
    case 'nothing':
      return undefined;
  }
}

/** A due day in words: today, tomorrow, or the date. */
export function dueDay(due: string, today: string): string {
  if (due === today) return 'today';
  if (due === addDays(today, 1)) return 'tomorrow';
  if (due === addDays(today, -1)) return 'yesterday';
  return dayName(due);
}

/** Figures with their days as people say them. */
export const figures = (detail: string): string => detail.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => dayName(day));

/** What is proposed for a new action: two working days from today. */
export function proposedDue(today: string): string {
  let day = today;
  for (let left = 2; left > 0; ) {
    day = addDays(day, 1);
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return day;
}
