// A plan on its way from the report to the editor. It is handed over once and kept nowhere: leaving the page forgets it.

let waiting = '';

export function hand(plan: string): void {
  waiting = plan;
}

/** The plan that was handed over, once. */
export function take(): string {
  const plan = waiting;
  waiting = '';
  return plan;
}

/** A key for the next window: that of this one with the next number. */
export function nextKey(key: string): string {
  const numbered = /^(.*?)-(\d+)$/.exec(key);
  const [stem, number] = numbered ? [numbered[1] ?? key, Number(numbered[2]) + 1] : [key, 2];
  return `${stem}-${number}`;
}
