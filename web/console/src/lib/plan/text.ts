// Places in the text of a plan.

/** The offset of a line and column, both counted from 1; past the end is the end. */
export function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let n = 1; n < line; n += 1) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  const end = text.indexOf('\n', at);
  return Math.min(at + Math.max(0, column - 1), end < 0 ? text.length : end);
}

/** The line where a gap such as `answers.price-higher.approved` or `scope.out` is mended; the first line if it has none. */
export function lineOf(text: string, key: string): number {
  const lines = text.split('\n');
  const [section = '', name = ''] = key.split(/[.[\]]+/);
  const keyed = name ? lines.findIndex((l) => l.replace(/\s/g, '') === `key="${name}"`) : -1;
  if (keyed >= 0) return keyed + 1;
  const header = lines.findIndex((l) => new RegExp(`^\\s*\\[+\\s*${section.replace(/[^\w-]/g, '')}s?\\b`).test(l));
  return header >= 0 ? header + 1 : 1;
}
