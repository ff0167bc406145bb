// A daily review as the API shows it: before it is opened, while it goes on, and closed.
import { NOW, iso, users } from './data.mjs';

const HEADINGS = { actions: 'Actions from before', new_issues: 'New issues', growing_issues: 'Growing issues', decisions: 'Decisions that wait', promises: 'Broken promises', signals: 'Signals off their baseline', escalations: 'Escalations', updates: 'Updates due', people: 'People', exit: 'Exit', else: 'Anything else' };
const item = (part, id, title, detail, about = { kind: 'nothing' }, urgent = false, note = null) => ({ key: `${part}:${id}`, part, heading: HEADINGS[part], title, detail, about, urgent, note });
const note = (text, by = 'Lena Brandt') => ({ text, revision: 1, by, at: iso(NOW - 240_000) });
const action = (id, title, who, due, more = {}) => ({ id, window: '1', review: '7', item: null, title, owner: { id: users[who].id, name: users[who].name }, due, state: 'open', overdue: false, carried: 0, by: 'Lena Brandt', at: iso(NOW - 86_400_000), since: iso(NOW - 86_400_000), said_by: 'Lena Brandt', because: null, revision: 1, ...more });

const actions = [
  action('11', 'Link the three answers from the account page', 1, '2026-11-22', { overdue: true, carried: 2 }),
  action('12', 'Get finance’s word on refunds for yearly plans', 0, '2026-11-23'),
  action('13', 'Check that no invoice counts deactivated seats', 2, '2026-11-24', { state: 'done', said_by: users[2].name }),
];
const items = (noted) => [
  item('actions', 1, actions[0].title, `${actions[0].owner.name}: overdue since 2026-11-22; carried over 2 times`, { kind: 'action', id: '11' }, true, noted && note('The web team puts them there on Monday.')),
  item('actions', 2, actions[1].title, `${actions[1].owner.name}: open, due 2026-11-23`, { kind: 'action', id: '12' }),
  item('growing_issues', 3, 'Invoice shows one line without saying which part is new', '14 in the last day, 6.0 expected (+8.0); 12 customers, 9 not settled; Jonas Weber has it, workaround; customers get an approved answer.', { kind: 'issue', id: '1' }, false, noted && note('Billing shows the change as a line of its own from tonight’s run on.\nUntil then the answer says it in its first sentence.')),
  item('decisions', 4, 'May we refund yearly plans that were renewed in the week before?', 'Asked by Aiko Tanaka, waits 3 h 20 min, longer than it may.', { kind: 'decision', id: '1' }, true),
  item('promises', 5, 'billing', '4 broken of 50 since the last review (8 %).', { kind: 'promises', id: 'billing' }),
  item('signals', 6, 'Repeat contacts', 'Yesterday 18 % of customers wrote again, 7 % are normal.', { kind: 'signal', id: 'repeat_share' }),
  item('updates', 7, 'Invoices show the old price', 'Due Mon 23 Nov 16:00.', { kind: 'update', id: '1' }),
  item('exit', 8, '3 more stable days are needed.', '2 of 5 stable days.', { kind: 'exit' }),
  item('else', 9, 'Anything else', ''),
];
const people = users.slice(0, 4).map((u, i) => ({ email: u.email, name: u.name, present: i < 3 }));

const review = (state) => ({
  id: state === 'planned' ? null : '7', window: '1', day: '2026-11-23', state, planned_at: iso(NOW + 1_500_000), latest_at: iso(NOW + 5_100_000), zone: 'Europe/Berlin', revision: 4,
  opened_at: state === 'planned' ? null : iso(NOW - 900_000), chair: state === 'planned' ? null : 'Lena Brandt', you_chair: state === 'open', people: state === 'planned' ? people.map((p) => ({ ...p, present: false })) : people,
  items: items(state !== 'planned'), actions: state === 'planned' ? [] : [action('14', 'Write the update for Monday: what is settled, what is left', 3, '2026-11-25')], agreed: [], missed_at: null,
  closed_at: state === 'closed' ? iso(NOW - 60_000) : null, closed_by: state === 'closed' ? 'Lena Brandt' : null, additions: state === 'closed' ? [{ text: 'It is the design team, not the web team.', by: 'Jonas Weber', at: iso(NOW) }] : [],
  briefs: [{ kind: 'morning', at: iso(NOW - 18_000_000), to: people.map((p) => p.email), passed_over: false }], you_may_write: state !== 'closed', you_may_close: state === 'open',
});

const TEXT = 'Executive brief: Per-seat pricing, day 7\n\nMostly all right, with something to look at: 1 issue grows.\n\nWhat changed\n1 new issue, 1 settled; 86 of 90 promises about time were kept; 1 action done, 2 open.\n\nBiggest issues, and what we do\n- Invoice shows one line: 14 in the last day, 9 not settled. Jonas Weber has it.\n';
const lines = [
  { id: '6', day: '2026-11-20', state: 'closed', opened_at: iso(NOW - 3 * 86_400_000), chair: 'Lena Brandt', missed: false, present: 4, notes: 3, agreed: 2 },
  { id: '5', day: '2026-11-19', state: 'planned', opened_at: null, chair: null, missed: true, present: 0, notes: 0, agreed: 0 },
];

/** What `GET /windows/{id}/…` has of reviews. */
export const ofWindow = (state) => ({
  review: () => ({ review: review(state.review ?? 'planned'), next_at: iso(NOW + 86_400_000), morning_at: iso(NOW + 68_400_000), executive_at: iso(NOW + 10_800_000), unclosed: null, planned: true }),
  reviews: () => ({ items: lines, next: null }),
  actions: () => ({ items: actions.slice(0, 2), next: null }),
  brief: () => ({ kind: 'executive', subject: 'Executive brief', standing: 'attention', text: TEXT, html: '', to: ['sponsor@example.com'], next_at: iso(NOW + 10_800_000) }),
});
export const one = () => review('closed');
