import { describe, expect, test } from 'vitest';
import type { Notice, NoticeKind } from '$lib/api';
import { grouped, leadsTo, said } from './group';

let id = 900;
function notice(kind: NoticeKind, conversation: string | null, more: Partial<Notice> = {}): Notice {
  id -= 1;
  const place = conversation === null ? null : { id: conversation, subject: `Matter ${conversation}`, customer: 'Ana' };
  return { id: String(id), kind, at: '2026-11-16T09:00:00Z', read: false, actor: 'Ben', conversation: place, window: null, message: null, decision: null, update: null, account: null, detail: '', text: null, ...more };
}

describe('what is the same is said once, by conversation', () => {
  const check = (name: string, notices: Notice[], expected: string[]) =>
    test(name, () => expect(grouped(notices).map((group) => `${group.title}${group.unread ? ' *' : ''}: ${group.rows.map(said).join('; ')}`)).toEqual(expected));
  check('nothing', [], []);
  check(
    'three messages and a mention, newest first',
    [notice('message', '1'), notice('mention', '2'), notice('message', '1'), notice('assigned', '1'), notice('message', '1')],
    ['Matter 1 *: 3 new messages; Ben gave it to you', 'Matter 2 *: Ben mentioned you'],
  );
  check('what was read is not counted to what is new', [notice('message', '1'), notice('message', '1', { read: true }), notice('message', '1', { read: true })], ['Matter 1 *: Ben wrote; 2 messages']);
  check('mentions are each their own', [notice('mention', '1'), notice('mention', '1', { actor: 'Mara' })], ['Matter 1 *: Ben mentioned you; Mara mentioned you']);
  check('decisions without a conversation stand alone', [notice('decided', null, { decision: '5', detail: 'no', read: true }), notice('decided', null, { decision: '6', detail: 'yes' })], ['A decision: Ben decided: no', 'A decision *: Ben decided: yes']);
});

describe('as a sentence', () => {
  const check = (kind: NoticeKind, more: Partial<Notice>, expected: string) => test(expected, () => expect(said({ notice: notice(kind, '1', more), count: 1, unread: true })).toBe(expected));
  check('assigned', { detail: 'in_turn', actor: 'Engine' }, 'Given to you in turn');
  check('breach_soon', { detail: 'first_response' }, 'First response: due soon');
  check('breached', { detail: 'resolution' }, 'Resolution: late');
  check('breached', { detail: 'of another version' }, 'A promise: late');
  check('asked', {}, 'Ben asks for your ruling');
  check('waits', { detail: 'overdue' }, 'Nobody decided in time');
  check('waits', { detail: 'warned' }, 'It has waited for most of its time');
  check('runs_out', { detail: 'soon' }, 'What you may allow runs out soon');
  check('runs_out', { detail: 'renewed' }, 'Ben lets it hold longer');
  check('runs_out', { detail: 'ended' }, 'Ben ended it');
  check('escalated', {}, 'Ben escalated it to you');
  check('escalated', { detail: 'nobody' }, 'Nobody reacts to an escalation, on any level');
  check('handled', { detail: 'returned' }, 'Ben gave your escalation back');
  check('merged', { detail: 'took_in' }, 'Ben merged another conversation into it');
  check('cutover_step', { detail: 'ready' }, 'Your step can begin');
  check('cutover_step', { detail: 'late' }, 'Your step takes longer than planned');
  check('cutover_trigger', { detail: 'fired' }, 'Time to roll back? A trigger fired');
  check('cutover_over', { detail: 'rolled_back' }, 'Ben rolled the cutover back');
  check('cover', { detail: 'asked' }, 'Ben asks for cover');
  check('cover', { detail: 'expired' }, 'Nobody took a shift that cover was asked for');
  check('handover', { detail: 'stay' }, 'You go on deciding: nobody has taken over');
  check('handover', { detail: 'taken' }, 'Ben took over from you');
  check('shift', {}, 'Ben changed your shifts');
  check('backup', { detail: 'called' }, 'You are called as backup: take over');
  check('action', { detail: 'given' }, 'Ben gave you an action');
  check('action', { detail: 'overdue' }, 'An action of yours was due and is not done');
  check('review_missed', {}, 'The daily review did not begin in time');
  check('entrusted', { actor: 'Mara' }, 'Mara asks you to see what becomes of an answer');
  check('entrusted', { detail: 'due' }, 'What becomes of an answer of yours is due');
  check('handed_over', { actor: 'Olga', detail: 'returned' }, 'Olga gave back what you handed over');
  check('relapse', { detail: 'proposed' }, 'It got worse after the window: open it again?');
  check('call', { actor: 'Mara' }, 'Mara asks you to call them');
  check('message', { actor: '' }, 'Somebody wrote');
});

describe('where it leads', () => {
  const check = (of: Notice, here: string | undefined, expected: string | undefined) => test(String(expected), () => expect(leadsTo(of, here)).toBe(expected));
  check(notice('mention', '1', { message: '7' }), '3', '/w/3/inbox?c=1&m=7');
  check(notice('assigned', '1', { window: '4' }), '3', '/w/4/inbox?c=1');
  check(notice('decided', null, { decision: '5', window: '4' }), undefined, '/w/4/decisions');
  check(notice('call', null, { account: { id: '8', name: 'Atelier Nord' }, window: '4' }), undefined, '/w/4/accounts/8');
  check(notice('call', null, { window: '4' }), undefined, '/w/4/accounts');
  check(notice('assigned', '1'), undefined, undefined);
});
