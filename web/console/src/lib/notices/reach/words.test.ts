import { describe, expect, it } from 'vitest';
import type { NoticeLogLine, NoticePreview, NoticeWay } from '$lib/api';
import { choices, fate, nights, preview, quietWords, whenOf, whenValue, whenWords } from './words';

const way = (id: string, kind: NoticeWay['kind'], name: string): NoticeWay => ({ id, kind, name, address: '', open: true, confirmed: true, why: null, last: null });

describe('how colleagues are reached, in words', () => {
  it('keeps a choice through a select, also one that is none of the usual ones', () => {
    for (const when of ['at_once', 'hourly', 'daily', 'never', { after: 15 }, { after: 7 }] as const) expect(whenOf(whenValue(when))).toEqual(when);
    expect(whenWords({ after: 7 })).toBe('After 7 min unread');
    expect(choices({ after: 7 }).map(([value]) => value)).toContain('after:7');
    expect(choices('never')).toHaveLength(8);
  });
  it('says what would happen on each way', () => {
    const now: NoticePreview[] = [
      { group: 'act', severity: 'normal', way: '0', at: '2026-11-17T06:00:00Z', reason: 'quiet' },
      { group: 'act', severity: 'normal', way: '9', at: null, reason: 'never' },
      { group: 'act', severity: 'critical', way: '0', at: '2026-11-16T22:00:00Z', reason: 'breaks_quiet' },
    ];
    const ways = [way('0', 'email', 'E-mail'), way('9', 'slack', 'Team')];
    const said = (severity: 'normal' | 'critical') => preview(now, ways, 'act', severity, () => '07:00', '2026-11-16T22:00:00Z');
    expect(said('normal')).toBe('by e-mail at 07:00, when quiet hours end; on Slack (Team) not: the rule says never');
    expect(said('critical')).toBe('by e-mail at once');
    expect(preview([], ways, 'act', 'normal', () => '', '')).toBe('on no way');
  });
  it('says of a message that did not arrive that it did not', () => {
    const line = { state: 'sent', letter: 'failed' } as NoticeLogLine;
    expect([fate(line).name, fate({ ...line, letter: 'delivered' }).name, fate({ ...line, state: 'muted' }).name]).toEqual(['Did not arrive', 'Sent', 'Not told']);
  });
  it('names quiet times', () => {
    expect(quietWords(nights())).toBe('every day 22:00 to 07:00');
    expect(quietWords({ times: [{ days: ['sat', 'sun'], from: '00:00', to: '24:00' }], breaks: null })).toBe('Sat, Sun 00:00 to 24:00');
  });
});
