import { describe, expect, it } from 'vitest';
import type { Escalation } from '$lib/api';
import { mayAct, stands } from './escalation';

const levels = [
  { email: 'bo@x.example', name: 'Bo' },
  { email: 'cy@x.example', name: 'Cy' },
];
const escalation = (over: Partial<Escalation>) => ({ state: 'waiting', levels, level: 0, round: 0, by: null, exhausted: false, ...over }) as Escalation;

describe('where an escalation stands', () => {
  const check = (over: Partial<Escalation>, expected: string) => it(expected, () => expect(stands(escalation(over))).toBe(expected));
  check({}, 'Waits for Bo');
  check({ level: 1 }, 'Nobody reacted in time: Cy is called now');
  check({ round: 1 }, 'Nobody has reacted yet: Bo is called again');
  check({ exhausted: true, level: 1, round: 2 }, 'Nobody reacted, on any level');
  check({ state: 'acknowledged', by: 'Bo' }, 'Bo has seen it');
  check({ state: 'accepted', by: 'Bo' }, 'Bo works on it');
  check({ state: 'returned', by: 'Bo' }, 'Bo gave it back');
});

describe('who may say something', () => {
  const check = (over: Partial<Escalation>, email: string, lead: boolean, expected: boolean) => expect(mayAct(escalation(over), email, lead)).toBe(expected);
  it('is whom the path names, and a lead', () => {
    check({}, 'Bo@x.example', false, true);
    check({}, 'cy@x.example', false, true);
    check({}, 'ann@x.example', false, false);
    check({}, 'ann@x.example', true, true);
    check({ state: 'returned' }, 'bo@x.example', true, false);
  });
});
