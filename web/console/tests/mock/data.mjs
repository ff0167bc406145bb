// An invented company on the seventh day of a price change, the same at every run.
export const NOW = Date.parse('2026-11-23T13:05:00Z');
const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;
export const iso = (t) => new Date(t).toISOString();
const ago = (ms) => iso(NOW - ms);
const ahead = (ms) => iso(NOW + ms);

/** A small generator with a seed: the screens must look the same tomorrow. */
function random(seed) {
  let s = seed;
  return () => {
    s = (s * 1664525 + 1013904223) % 4294967296;
    return s / 4294967296;
  };
}
const rnd = random(7);
const pick = (list) => list[Math.floor(rnd() * list.length)];

export const users = [
  { id: '1', email: 'lena@northwind.example', name: 'Lena Brandt', role: 'admin', disabled: false },
  { id: '2', email: 'omar@northwind.example', name: 'Omar Haddad', role: 'owner', disabled: false },
  { id: '3', email: 'priya@northwind.example', name: 'Priya Nair', role: 'lead', disabled: false },
  { id: '4', email: 'jonas@northwind.example', name: 'Jonas Weber', role: 'agent', disabled: false },
  { id: '5', email: 'sofia@northwind.example', name: 'Sofia Almeida', role: 'agent', disabled: false },
  { id: '6', email: 'audit@northwind.example', name: 'Ruth Okafor', role: 'viewer', disabled: true },
];
export const tokens = [
  { id: '1', name: 'Contact form on the website', scopes: ['inbound:write'], created_at: '2026-11-10T09:00:00Z', revoked_at: null },
  { id: '2', name: 'Weekly report to the warehouse', scopes: ['read'], created_at: '2026-11-10T09:00:00Z', revoked_at: null },
];
export const me = {
  user: users[0],
  permissions: ['read', 'inbound:write', 'conversations:write', 'issues:write', 'answers:draft', 'answers:approve', 'decisions:decide', 'windows:write', 'admin'],
};

const answers_ids = { 'price-higher': 1, 'seat-count': 2, 'invoice-split': 3, 'annual-plan': 4, 'vat-line': 5, 'old-coupon': 6 };
const scenario = (key, name, before, now, doubt, category, severity, answer, state, extra = {}) => ({
  key, name, before, now, doubt, category, severity, answer, answer_id: answer ? String(answers_ids[answer]) : null, answer_state: state,
  examples: ['why is this different now', 'is this a mistake?', 'did something change', 'this was not like this before', 'please explain the new amount'],
  playbook: 'Reassure with the answer. Escalate when the seats on the invoice are counted wrongly.', owner: 'priya@northwind.example', escalation: 'billing',
  may_confirm: ['shift-owner'], may_approve: ['priya@northwind.example'], may_roll_back: ['priya@northwind.example', 'omar@northwind.example'], ...extra,
});
export const scenarios = [
  scenario('price-higher', 'I am charged more than before', 'One fixed amount a month.', 'The amount follows the number of seats.', 'The invoice is higher and nobody asked me.', 'billing', 'high', 'price-higher', 'approved'),
  scenario('seat-count', 'The number of seats is wrong', 'Seats did not matter for the price.', 'Every active seat counts.', 'I see people who left months ago.', 'billing', 'high', 'seat-count', 'approved'),
  scenario('invoice-split', 'I got two invoices this month', 'One invoice on the first.', 'A part invoice up to 17 November, then a new one.', 'Am I paying twice?', 'billing', 'normal', 'invoice-split', 'approved'),
  scenario('annual-plan', 'What happens to my annual plan?', 'Paid for a year.', 'It stays until it ends, then per seat.', 'Do I lose what I paid?', 'plan', 'normal', 'annual-plan', 'draft'),
  scenario('payment-failed', 'My payment was declined', 'The card on file was charged.', 'Some banks ask for a new confirmation.', 'Will my team be locked out?', 'access', 'critical', null, null),
];

export const windows = [
  { id: '1', key: 'per-seat', name: 'Per-seat pricing', phase: 'active', change_kind: 'policy_price_process', go_live_at: '2026-11-17T08:00:00Z', day: 7, planned_days: 14, created_at: '2026-10-28T09:00:00Z' },
  { id: '2', key: 'sso-move', name: 'Single sign-on move', phase: 'preparing', change_kind: 'migration', go_live_at: '2026-12-01T07:00:00Z', day: 0, planned_days: 21, created_at: '2026-11-18T09:00:00Z' },
];
const shift = (owner, from, to) => ({ owner: owner.email, owner_name: owner.name, from, to });
export const windowDetail = (w) => ({
  ...w,
  summary: w.id === '1' ? 'Team plans are billed per active seat instead of a fixed amount a month.' : 'All customers move to the new sign-on service.',
  zone: 'Europe/Berlin', owners: ['priya@northwind.example'], rollback: 'The old price rules stay switchable until 1 December.',
  fields: [
    { key: 'place', name: 'Place', choices: ['Norway', 'Sweden', 'Denmark'], watch: true },
    { key: 'order_no', name: 'Order', choices: null, watch: false },
  ],
  scope_in: ['amounts on invoices', 'seat counts', 'part invoices in November'], scope_out: ['password resets', 'bugs in the editor'],
  coverage: { hours: 'always', reason: 'Invoices go out at night in three time zones.' }, intake: { primary: 'chat', pointer: 'The chat answers fastest.' }, plan_version: 4,
  transitions: w.phase === 'preparing' ? [] : [{ from: 'preparing', to: 'active', by: 'Priya Nair', at: '2026-11-17T08:02:00Z', reason: 'Annual-plan answer follows today; few customers are affected.', accepted_gaps: ['The answer “What happens to my annual plan?” is not approved.'] }],
  length_warning: null, scenarios,
  objectives: objectives, escalations: [{ key: 'billing', name: 'Billing engineering', to: ['billing@northwind.example', 'priya@northwind.example'] }, { key: 'payments', name: 'Payments on call', to: ['payments@northwind.example'] }],
  shifts: [shift(users[1], ago(5 * HOUR), ahead(3 * HOUR)), shift(users[2], ahead(3 * HOUR), ahead(15 * HOUR)), shift(users[1], ahead(15 * HOUR), ahead(27 * HOUR))],
  sla: { hypercare: { calendar: 'always', acknowledge: 600, first_response: { critical: 900, high: 3600, normal: 14400, low: 28800 }, resolution: { critical: 14400, high: 86400, normal: 259200 } }, normal: { calendar: 'office', acknowledge: null, first_response: { critical: 7200, high: 14400, normal: 86400 }, resolution: {} } },
  assistant: { answers: true, wrong_rate: 0.02, fixed_confidence: null, resolve_after: 86400 },
});
export const objectives = [
  { key: 'first', name: 'First response back to normal within 72 h', signal: 'first_response', state: 'met', sentence: 'Back at 41 min on Thu 19 Nov, before the limit on Fri 20 Nov.' },
  { key: 'repeat', name: 'Repeat billing questions decline after day 2', signal: 'repeat_share', state: 'on_track', sentence: '34 % on days 1–2, 21 % since then.' },
  { key: 'critical', name: 'Never more than five critical conversations open', signal: 'critical_open', state: 'at_risk', sentence: '4 open now; the limit is 5.' },
];

export const issueTitles = { 1: 'Invoice higher than last month', 2: 'Card declined after the price change', 3: 'Two invoices in November', 4: 'Seats of people who left are billed', 5: 'VAT number missing on the new invoice', 6: 'Old coupon no longer applied' };
const people = ['Marta Kowalska', 'Tom Ekwueme', 'Aiko Tanaka', 'Bastian Roth', 'Chiara Conti', 'Dele Adeyemi', 'Elif Yıldız', 'Frank de Vries', 'Grace Liu', 'Hugo Martin', 'Ines Pereira', 'Jakub Novák', 'Kim Nguyen', 'Lars Holm', 'Mina Park', 'Nils Berg'];
const texts = [
  ['Invoice is 40 % higher?', 'hi, my invoice went from 49 to 78 euros and i did not change anything. is this a mistake or the new price??', 'price-higher', 'high', '1'],
  ['Payment declined, team locked out', 'Our payment was declined this morning and now 12 people cannot log in. We have a deadline at 5pm. Please call me!', 'payment-failed', 'critical', '2'],
  ['two invoices in november', 'got one on the 1st and another one yesterday, am I paying twice', 'invoice-split', 'normal', '3'],
  ['Seats of people who left', 'You bill us for 14 seats but 5 of these colleagues left in summer. Who decides what an active seat is?', 'seat-count', 'high', '4'],
  ['Annual plan', 'We paid for a year in March. Do we keep the old price until then?', 'annual-plan', 'normal', null],
  ['Is this email real?', 'I received a mail about per seat pricing. Is that from you or phishing?', null, 'normal', null],
  ['VAT number missing on new invoice', 'The new invoice layout does not show our VAT number, my accountant refuses it.', null, 'high', '5'],
  ['Export is slow', 'exporting a board takes minutes since last week, nothing to do with price I guess', null, 'low', null],
];
const due = [-95, -22, 4, 11, 26, 48, 95, 140, 230, 310, 420, 600];
export const conversations = Array.from({ length: 260 }, (_, i) => {
  const [subject, text, scenarioKey, severity, issue] = texts[i < 8 ? [1, 0, 3, 6, 2, 4, 5, 7][i] : Math.floor(rnd() * texts.length)];
  const status = i < 64 ? 'open' : i < 110 ? 'waiting' : 'resolved';
  const handler = status === 'open' ? (i % 5 === 4 ? 'assistant' : i % 3 === 0 ? 'person' : 'waiting') : pick(['assistant', 'person']);
  const name = people[(i * 7 + 3) % people.length];
  const at = NOW - (i < 20 ? (i + 1) * 9 * MIN : (i - 10) * 55 * MIN);
  const minutes = i < due.length ? due[i] : 600 + i * 17;
  const open = status === 'open' && handler !== 'assistant';
  return {
    id: String(1001 + i), channel: ['chat', 'email', 'chat', 'form', 'email', 'api'][i % 6], subject, preview: text,
    contact: { id: String(200 + (i % 60)), name, email: i % 6 === 0 ? null : `${name.split(' ')[0].toLowerCase()}@customer.example` },
    window: '1', status, handler, assignee: open && i % 3 === 0 ? { id: users[3 + (i % 2)].id, name: users[3 + (i % 2)].name } : null,
    scope: scenarioKey ? 'in' : subject.startsWith('Export') ? 'out' : 'unsure', scenario: scenarioKey, severity, reassurance: /mistake|twice|phishing/.test(text),
    issue: issue ? { id: issue, title: issueTitles[issue] } : null, tags: i % 9 === 0 ? ['vip'] : [], opened_at: iso(at - 20 * MIN), last_message_at: iso(at), waiting_since: open ? iso(at) : null,
    next_due: open ? { kind: i % 4 === 3 ? 'resolution' : 'first_response', due_at: iso(NOW + minutes * MIN), breached: minutes < 0 } : null, breached: open && minutes < 0, messages: 2 + (i % 5), rating: status === 'resolved' && i % 3 === 0 ? 4 + (i % 2) : null,
  };
});
