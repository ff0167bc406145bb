import { expect, test } from 'vitest';
import { threadRows } from './rows';

const at = (minute: number) => `2026-11-16T09:${String(minute).padStart(2, '0')}:00Z`;

function check(messages: number[], parts: number[], hasOlder: boolean, expected: string): void {
  const said = messages.map((minute) => ({ id: `m${minute}`, at: at(minute) }));
  const came = parts.map((minute) => ({ id: `p${minute}`, merged_at: at(minute) }));
  const rows = threadRows(said, came, hasOlder).map((row) => row.message?.id ?? row.part?.id);
  expect(rows.join(' ')).toBe(expected);
}

test('parts stand where they came in', () => {
  check([], [], false, '');
  check([1, 5], [3], false, 'm1 p3 m5');
  check([1, 5], [9, 3], false, 'm1 p3 m5 p9');
  check([5], [3], false, 'p3 m5');
  check([5], [3, 7], true, 'm5 p7');
  check([], [3], false, 'p3');
});
