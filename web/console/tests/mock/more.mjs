import { conversations, iso, issueTitles, NOW, objectives, scenarios, users } from './data.mjs';

const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;
const ago = (ms) => iso(NOW - ms);
const owner = (i) => ({ id: users[i].id, name: users[i].name });

export const answerText = (title, expected, do_now, next_update, source = '') => ({ title, expected, do_now, next_update, source, examples: ['why is my invoice higher', 'you charged me more than last time', 'my bill went up, is that a mistake?', 'did the price change', 'the amount is wrong'] });
const texts = {
  1: answerText('Why is my invoice higher?', 'Yes, this is expected: since 17 November your plan is billed per active seat, so the amount differs from last month.', 'Compare the seats on the invoice with your team page. If they match, there is nothing to do. If not, reply with the right number and we correct the invoice.', 'We write again by Friday 27 November with the first full month, line by line.', 'https://help.northwind.example/per-seat'),
  2: answerText('How are seats counted?', 'A seat is a person who signed in within the last 30 days. People who left stop counting at the end of the month.', 'Remove people who left on your team page; the change shows on the next invoice.', 'You get a mail on the first of each month with the seats we counted.', 'https://help.northwind.example/seats'),
  3: answerText('Why did I get two invoices?', 'Yes, this is expected in November only: one invoice for the days before the 17th, one for the days after. You do not pay twice.', 'Nothing. Both together are your November amount.', 'From December there is one invoice again.', 'https://help.northwind.example/november'),
  4: answerText('What happens to my annual plan?', 'Your annual plan keeps its price until it ends.', '', 'We write to you 30 days before it ends.'),
  5: answerText('Where is my VAT number?', 'No, it should be there: the new layout lost it. We are correcting it.', 'Download the invoice again tomorrow.', 'Tuesday 24 November at noon.'),
  6: answerText('Does my old coupon still apply?', 'Coupons ended with the old price.', 'Nothing.', 'No further update.'),
};
const answer = (id, key, state, live, newest, uses, assistant, helpful, not, follow, scenarioKeys, issues, missing = []) => ({ id: String(id), window: '1', key, state, live, title: texts[id].title, text: texts[id], newest_version: newest, missing, uses, uses_assistant: assistant, uses_people: uses - assistant, helpful, not_helpful: not, follow_ups_day: follow, scenarios: scenarioKeys, issues, last_used: uses ? ago(id * 13 * MIN) : null });
export const answers = [
  answer(1, 'price-higher', 'approved', 2, 2, 184, 151, 96, 11, 9, ['price-higher'], ['1']),
  answer(2, 'seat-count', 'approved', 1, 2, 73, 40, 31, 9, 14, ['seat-count'], ['4']),
  answer(3, 'invoice-split', 'approved', 1, 1, 58, 52, 40, 2, 1, ['invoice-split'], ['3']),
  answer(4, 'annual-plan', 'draft', null, 1, 0, 0, 0, 0, 0, ['annual-plan'], [], [{ field: 'do_now', ask: 'What should the customer do now?' }]),
  answer(5, 'vat-line', 'draft', null, 1, 0, 0, 0, 0, 0, [], ['5']),
  answer(6, 'old-coupon', 'retired', null, 1, 12, 8, 3, 4, 3, [], ['6']),
];
export const answerDetail = (a) => ({
  ...a,
  versions: Array.from({ length: a.newest_version }, (_, i) => ({ version: i + 1, text: i + 1 < a.newest_version ? { ...a.text, next_update: 'We write again next week.' } : a.id === '2' && i === 1 ? { ...a.text, do_now: 'Remove people who left on your team page. For November we credit them at once: reply here.' } : a.text, written_by: 'Sofia Almeida', written_at: ago((9 - i * 3) * DAY), approved_by: a.live && i + 1 <= a.live ? 'Priya Nair' : null, approved_at: a.live && i + 1 <= a.live ? ago((8 - i * 3) * DAY) : null })),
});
export const suggestions = [1, 3, 2].map((id, i) => ({ answer: String(id), title: texts[id].title, confidence: [0.91, 0.44, 0.21][i], nearest: 'you charged me more than last time', version: answers[id - 1].live, text: [texts[id].expected, texts[id].do_now, texts[id].next_update].join('\n\n'), source: texts[id].source }));

const perDay = { 1: [0, 0, 0, 0, 0, 2, 1, 31, 44, 38, 30, 22, 12, 17], 2: [1, 0, 1, 1, 0, 0, 2, 6, 8, 9, 7, 4, 6, 9], 3: [0, 0, 0, 0, 0, 0, 0, 9, 18, 14, 8, 4, 2, 3], 4: [0, 0, 0, 0, 0, 0, 0, 12, 14, 19, 12, 9, 5, 8], 5: [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 5, 6, 4, 6], 6: [0, 0, 0, 0, 0, 1, 0, 4, 3, 2, 1, 0, 0, 0] };
const issue = (id, state, severity, scenario, who, cause, a) => {
  const days = perDay[id];
  const n = days.reduce((x, y) => x + y, 0);
  return { id: String(id), window: '1', title: issueTitles[id], state, severity, scenario, owner: who === null ? null : owner(who), root_cause: cause, answer: a ? { id: String(a), title: texts[a].title, state: answers[a - 1].state } : null, conversations: n, customers: Math.round(n * 0.86), today: days[13], yesterday: days[12], per_day: days, first_seen: ago(6 * DAY), last_seen: ago(id * 7 * MIN), merged_into: null, opened_at: ago(6 * DAY) };
};
export const issues = [
  issue(1, 'monitoring', 'high', 'price-higher', 4, 'Expected: the price follows seats.', 1),
  issue(2, 'investigating', 'critical', 'payment-failed', 2, '', null),
  issue(3, 'workaround', 'normal', 'invoice-split', 3, 'The billing run was split on the 17th.', 3),
  issue(4, 'identified', 'high', 'seat-count', 4, 'Seats are counted over 30 days; people who left in October still count in November.', 2),
  issue(5, 'proposed', 'high', null, null, '', 5),
  issue(6, 'resolved', 'normal', null, 3, 'Coupons ended as planned.', 6),
];
export const broadcasts = [
  { id: '1', issue: '3', text: texts[3].expected, answer: '3', resolve: true, state: 'stopped', total: 51, sent: 32, failed: 1, started_by: 'Omar Haddad', started_at: ago(50 * MIN) },
  { id: '2', issue: '4', text: 'Hello {name}, people who left are credited on your next invoice. There is nothing to do. You get the list on 1 December.', answer: null, resolve: false, state: 'running', total: 74, sent: 41, failed: 0, started_by: 'Sofia Almeida', started_at: ago(2 * MIN) },
];
const decision = (id, kind, question, scenario, extra) => ({ id: String(id), window: '1', kind, question, scenario, issue: null, conversation: null, asked_by: 'Jonas Weber', asked_at: ago(id * 38 * MIN), may_decide: ['shift-owner'], you_may: true, ruling: null, decided_by: null, decided_at: null, reason: null, waited: id * 38 * 60, ...extra });
export const decisions = [
  decision(1, 'confirm_expected', 'Is it expected that people on parental leave count as active seats?', 'seat-count', { conversation: '1003', issue: '4' }),
  decision(2, 'trigger_workaround', 'May we retry declined cards by hand until the bank answers?', 'payment-failed', { you_may: false, may_decide: ['priya@northwind.example', 'omar@northwind.example'], issue: '2' }),
  decision(3, 'confirm_expected', 'Do part invoices also show for customers in the trial?', 'invoice-split', { ruling: 'yes', decided_by: 'Omar Haddad', decided_at: ago(80 * MIN), reason: 'Yes: the run covers every paying team, trials that ended before the 17th included.', waited: 2040 }),
  decision(4, 'approve_message', 'May we promise the corrected VAT line for Tuesday noon?', null, { ruling: 'no', decided_by: 'Priya Nair', decided_at: ago(20 * HOUR), reason: 'Not before the deploy is booked. Say “this week”.', waited: 5400, asked_at: ago(21.5 * HOUR) }),
];

const series = (key, name, unit, definition, better, required, target, level, shape, noise) => {
  const days = [];
  const first = Date.parse('2026-10-13T12:00:00Z');
  for (let i = 0; i < 42; i += 1) {
    const t = first + i * DAY;
    const date = iso(t).slice(0, 10);
    const weekday = new Date(t).getUTCDay();
    const factor = weekday === 0 || weekday === 6 ? 0.55 : 1;
    const expected = i < 7 ? null : level * factor;
    const since = i - 35;
    const wobble = 1 + noise * Math.sin(i * 2.7 + key.length);
    const value = i === 12 && key === 'csat' ? null : level * factor * wobble * (since >= 0 ? shape[since] : 1);
    const ratio = expected ? value / expected : null;
    const worse = ratio !== null && since >= 0 && (better === 'lower' ? ratio > 1.2 : ratio < 0.8);
    days.push({ date, value, expected, ratio, z: null, state: ratio === null || value === null ? 'unknown' : worse ? 'worse' : 'normal', complete: i < 41, basis: 'baseline', n: 4, listed: Math.round(60 * factor * (since >= 0 ? shape[since] : 1)), why: worse ? `${Math.round((ratio - 1) * 100)} % above what Mondays before the change let us expect.` : 'Within 20 % of what Mondays before the change let us expect.' });
  }
  return { key, name, unit, definition, better, required, planned: true, target, baseline: { from: '2026-09-22', to: '2026-11-16', days: 56, level, note: 'Compared weekday by weekday.' }, days, today: days[41] };
};
export const signals = [
  series('contacts', 'Contacts', 'count', 'Conversations begun by customers.', 'lower', true, null, 64, [1.9, 2.8, 2.4, 1.8, 1.4, 1.15, 1.1], 0.12),
  series('first_response', 'First response', 'seconds', 'Median time to the first reply by a person.', 'lower', true, null, 2460, [2.1, 1.7, 1.05, 0.9, 1.1, 1, 0.92], 0.15),
  series('resolution', 'Resolution', 'seconds', 'Median time from the first message to settled.', 'lower', true, null, 32000, [1.2, 1.6, 1.5, 1.1, 1.0, 1.1, 1.05], 0.1),
  series('repeat_share', 'Repeat questions', 'share', 'Share of conversations that repeat a known issue.', 'lower', true, null, 0.17, [2.2, 2.6, 2.2, 1.9, 1.5, 1.3, 1.34], 0.08),
  series('reassurance_share', 'Reassurance', 'share', 'Share of conversations that ask “is this expected?”.', 'lower', false, null, 0.12, [2.5, 2.4, 1.9, 1.3, 1.1, 1.1, 1], 0.1),
  series('csat', 'Satisfaction', 'percent', 'Share of ratings that are 4 or 5.', 'higher', true, 85, 91, [0.86, 0.84, 0.92, 0.97, 1, 0.99, 1.01], 0.03),
  series('assistant_share', 'Answered by the assistant', 'share', 'Share of conversations that no person had to touch.', 'higher', false, null, 0.38, [1.2, 1.3, 1.3, 1.25, 1.2, 1.1, 1.2], 0.06),
  series('critical_open', 'Critical open', 'count', 'Critical conversations open at the end of the day.', 'lower', true, 5, 2, [2, 3, 2.5, 2, 1.5, 1.5, 2], 0.2),
];
export const strip = signals.map((s) => ({ key: s.key, name: s.name, unit: s.unit, value: s.today.value, expected: s.today.expected, ratio: s.today.ratio, state: s.today.state, required: s.required, spark: s.days.slice(-14).map((d) => d.value) }));
export const exit = {
  ready: false, sentence: 'Not yet: two more stable days are needed, and repeat questions are above normal today.', streak: 3, needed: 5, reset_by: { date: '2026-11-19', reason: 'resolution was 1.5 × what was expected.' }, phase: 'active', objectives,
  days: [['2026-11-17', 'fluctuation', ['Contacts 1.9 ×, first response 2.1 ×.']], ['2026-11-18', 'fluctuation', ['Contacts 2.8 ×, repeat questions 2.6 ×, satisfaction 84 %.']], ['2026-11-19', 'fluctuation', ['Resolution 1.5 × what was expected.']], ['2026-11-20', 'stable', ['All required signals within 20 %.']], ['2026-11-21', 'stable', ['All required signals within 20 %.']], ['2026-11-22', 'stable', ['All required signals within 20 %.']]].map(([date, stable, reasons]) => ({ date, stable, reasons })),
  criteria: [
    { key: 'stable_days', what: 'Five stable days in a row', met: false, evidence: '3 of 5: Fri 20, Sat 21 and Sun 22 November.' },
    { key: 'objectives', what: 'No objective missed', met: true, evidence: '1 met, 1 on track, 1 at risk.' },
    { key: 'critical', what: 'No critical conversation without an owner', met: false, evidence: '2 of 4 critical conversations have nobody.' },
    { key: 'decisions', what: 'No decision waits', met: false, evidence: '2 wait, the longest for 1 h 16 min.' },
    { key: 'issues', what: 'Every issue has an owner', met: false, evidence: '“VAT number missing on the new invoice” has none.' },
    { key: 'answers', what: 'No conversation waits past its promise', met: false, evidence: '2 are late.' },
  ],
  missing: [{ key: 'stable_days', what: 'Two more stable days.', fix: 'Earliest on Tue 24 November, if today and tomorrow are stable.' }, { key: 'decisions', what: 'Two decisions wait.', fix: 'Rule on them, or withdraw the question.' }, { key: 'issues', what: 'One issue has no owner.', fix: 'Name one person who brings it to an end.' }],
};
const ev = (seq, minutes, actor, sentence, link) => ({ seq, at: ago(minutes * MIN), actor, sentence, link });
export const recent = [ev(912, 2, 'Sofia Almeida', 'began a reply to all 74 conversations of “Seats of people who left are billed”.', 'issue/4'), ev(905, 7, 'Assistant', 'answered Marta Kowalska with “Why is my invoice higher?”.', 'conversation/1002'), ev(901, 12, 'Hypercare', 'first response to Tom Ekwueme ran out.', 'conversation/1001'), ev(896, 31, 'Omar Haddad', 'stopped the reply to all of “Two invoices in November”.', 'issue/3'), ev(880, 38, 'Jonas Weber', 'asked for a decision.', 'decision/1'), ev(871, 63, 'Priya Nair', 'moved “Seats of people who left are billed” to identified.', 'issue/4')];
const open = conversations.filter((c) => c.status === 'open');
export const now = {
  phase: 'active', day: 7, go_live_at: '2026-11-17T08:00:00Z', owner: { name: 'Omar Haddad', email: 'omar@northwind.example', until: iso(NOW + 3 * HOUR) }, next_owner: { name: 'Priya Nair', from: iso(NOW + 3 * HOUR) },
  exit: { sentence: exit.sentence, streak: 3, needed: 5, ready: false, reset_by: exit.reset_by },
  breaching: open.filter((c) => c.next_due).slice(0, 8).map((c) => ({ conversation: c.id, subject: c.subject, customer: c.contact.name, kind: c.next_due.kind, due_at: c.next_due.due_at, severity: c.severity, breached: c.next_due.breached })),
  counts: { open: 64, unassigned: 34, waiting_person: 29, critical: 4, breached: 2, decisions_waiting: 2, in_scope_today: 71, answered_by_assistant_today: 43, handed_over_today: 28 },
  issues: [...issues].sort((a, b) => b.today - a.today).slice(0, 6), signals: strip, objectives, decisions: decisions.filter((d) => !d.ruling), recent,
};
export const readiness = { ready: false, gaps: [{ key: 'answers.annual-plan.approved', what: 'The answer “What happens to my annual plan?” is not approved.', fix: 'Complete it and have someone with the right approve it.' }, { key: 'scenarios.payment-failed.answer', what: 'The scenario “My payment was declined” has no answer.', fix: 'Write one, or say in the playbook why a person always answers.' }, { key: 'shifts', what: 'Nobody decides on Sat 5 December, 20:00 to 08:00.', fix: 'Add a shift for these hours.' }], warnings: ['Five wordings are few for “What happens to my annual plan?”: the assistant recognises more with eight or more.'] };
export { scenarios };

export const conversationDetail = (c) => ({
  ...c, handover: c.handler === 'waiting' ? 'the message shows a blocker: a payment was declined and people cannot sign in.' : null,
  triage: { scope: c.scope, scenario: c.scenario, category: 'billing', severity: c.severity, reassurance: c.reassurance, upset: c.severity === 'critical', wants_person: c.severity === 'critical', several_questions: false, issue: c.issue?.id ?? null, suggestions: c.scope === 'out' ? [] : suggestions, reasons: ['“declined” and “cannot log in” match the rule “access is blocked”: critical.', 'Nearest to “my card was declined after the new price” of the scenario “My payment was declined” (0.83).', 'Asks to be called: wants a person.'], corrected_by: null },
  fields: [
    { key: 'place', name: 'Place', choices: ['Norway', 'Sweden', 'Denmark'], value: 'Sweden', planned: true },
    { key: 'order_no', name: 'Order', choices: [], value: null, planned: true },
  ],
  clocks: [
    { kind: 'acknowledgement', cycle: 1, policy: 'hypercare', started_at: c.opened_at, target: 600, used: 20, due_at: null, met_at: iso(Date.parse(c.opened_at) + 20_000), breached_at: null, cancelled_at: null, running: false },
    { kind: 'first_response', cycle: 1, policy: 'hypercare', started_at: c.opened_at, target: 900, used: 0, due_at: c.next_due?.due_at ?? null, met_at: c.next_due ? null : c.last_message_at, breached_at: c.breached ? c.next_due.due_at : null, cancelled_at: null, running: Boolean(c.next_due) },
    { kind: 'resolution', cycle: 1, policy: 'hypercare', started_at: c.opened_at, target: 14400, used: 0, due_at: iso(NOW + 3.4 * HOUR), met_at: null, breached_at: null, cancelled_at: null, running: c.status === 'open' },
  ],
  contact: { ...c.contact, conversations: conversations.filter((x) => x.contact.id === c.contact.id).slice(0, 4).map(({ id, subject, status, opened_at }) => ({ id, subject, status, opened_at })) },
  escalated_to: null, snoozed_until: null, resolve_at: null, reopened: c.id === '1001' ? 1 : 0, last_customer_message: `${c.id}1`, delivery: { pending: 0, failed: 0 },
});
export const messagesOf = (c) => {
  const at = Date.parse(c.opened_at);
  const base = { user: null, note: false, answer: null, broadcast: null, delivery: null };
  return [
    { ...base, id: `${c.id}1`, author: 'customer', name: c.contact.name, text: c.preview, at: iso(at) },
    { ...base, id: `${c.id}2`, author: 'system', name: 'Hypercare', text: 'Thank you. Your question about the new price has arrived. Payments that were declined on Monday are being looked at; a person answers within 15 minutes.', at: iso(at + 20_000), delivery: 'sent' },
    ...(c.handler === 'assistant' || c.id === '1002' ? [{ ...base, id: `${c.id}3`, author: 'assistant', name: 'Assistant', text: suggestions[0].text, at: iso(at + 40_000), answer: { answer: '1', version: 2, title: suggestions[0].title, source: suggestions[0].source, confidence: 0.91 }, delivery: 'sent' }] : []),
    { ...base, id: `${c.id}4`, author: 'person', name: 'Jonas Weber', user: '4', note: true, text: 'Bank says the card needs a new confirmation. Asked Omar whether we may retry by hand.', at: iso(at + 9 * MIN) },
    { ...base, id: `${c.id}5`, author: 'customer', name: c.contact.name, text: 'Hello? We still cannot log in.', at: c.last_message_at },
  ];
};
