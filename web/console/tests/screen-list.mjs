// The screens of the story: where, what must be there, and what is done before the picture.
const w = '/w/1';
const open = (text) => async (page) => {
  await page.getByRole('button', { name: text }).first().click();
  await page.waitForSelector('dialog[open]');
};

export const SCREENS = [
  { name: 'sign-in', path: '/sign-in', state: { signedIn: false }, wait: 'form' },
  {
    name: 'sign-in-wrong', path: '/sign-in', state: { signedIn: false }, wait: 'form', sizes: ['1440'],
    act: async (page) => {
      await page.fill('input[type=email]', 'lena@northwind.example');
      await page.fill('input[type=password]', 'wrong');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[role=alert]');
    },
  },
  { name: 'empty', path: '/', state: { empty: true }, wait: '.empty' },
  { name: 'new', path: '/new', wait: 'textarea', act: async (page) => { await page.getByRole('button', { name: 'Begin with an example' }).click(); await page.waitForTimeout(700); } },
  { name: 'now', path: `${w}/now`, wait: '.verdict', full: true },
  { name: 'wall', path: `${w}/now?wall=1`, wait: '.wall', sizes: ['1440'] },
  { name: 'plan', path: '/w/2/plan', wait: '.gap', full: true },
  { name: 'plan-scenarios', path: `${w}/plan`, wait: '.tabs', full: true, act: (page) => page.getByRole('tab', { name: /Scenarios/ }).click() },
  { name: 'plan-text', path: `${w}/plan`, wait: '.tabs', act: async (page) => { await page.getByRole('tab', { name: 'Plan text' }).click(); await page.getByRole('button', { name: 'Show what changes' }).waitFor(); await page.waitForTimeout(700); } },
  { name: 'plan-go-live', path: '/w/2/plan', wait: '.gap', act: open('Go live') },
  { name: 'inbox', path: `${w}/inbox`, wait: '[data-row]' },
  { name: 'inbox-open', path: `${w}/inbox?c=1001`, wait: '.composer' },
  { name: 'inbox-answered', path: `${w}/inbox?c=1002`, wait: '.composer', sizes: ['1440'], act: async (page) => { await page.waitForSelector('ol button kbd'); await page.keyboard.press('1'); } },
  { name: 'inbox-context', path: `${w}/inbox?c=1001`, wait: '.composer', sizes: ['390'], act: (page) => page.getByRole('button', { name: 'Customer and triage' }).click() },
  {
    name: 'inbox-guard', path: `${w}/inbox?c=1001`, wait: '.composer', state: { customerWrites: true }, sizes: ['1440'],
    act: async (page) => {
      await page.keyboard.press('r');
      await page.keyboard.type('We retried the card; please sign in again.');
      await page.keyboard.press('Control+Enter');
      await page.waitForSelector('.guard');
    },
  },
  { name: 'inbox-triage', path: `${w}/inbox?c=1001`, wait: '.composer', sizes: ['1440'], act: async (page) => { await page.waitForSelector('.acts'); await page.keyboard.press('t'); await page.waitForSelector('dialog[open]'); } },
  { name: 'inbox-filter', path: `${w}/inbox?signal=contacts&since=2026-11-17T23:00:00Z&until=2026-11-18T23:00:00Z`, wait: '[data-row]', sizes: ['1440'] },
  { name: 'palette', path: `${w}/inbox?c=1001`, wait: '.composer', sizes: ['1440'], act: async (page) => { await page.keyboard.press('Control+k'); await page.waitForSelector('dialog[open]'); await page.keyboard.type('invoice'); await page.waitForTimeout(500); } },
  { name: 'inbox-search', path: `${w}/inbox?q=invoice&c=1001`, wait: '[data-row] mark' },
  {
    name: 'inbox-present', path: `${w}/inbox?c=1001`, wait: '.composer',
    state: { present: [{ id: '5', name: 'Jonas Weber', writing: true, until: '2100-01-01T00:00:00Z' }, { id: '6', name: 'Mara Lind', writing: false, until: '2100-01-01T00:00:00Z' }] },
    act: (page) => page.getByText('Jonas Weber is writing.').waitFor(),
  },
  { name: 'help', path: `${w}/inbox?c=1001`, wait: '.composer', sizes: ['1440'], act: async (page) => { await page.keyboard.press('?'); await page.waitForSelector('dialog[open]'); } },
  { name: 'issues', path: `${w}/issues`, wait: '.board', full: true },
  { name: 'issue', path: `${w}/issues/4`, wait: '.run', full: true },
  { name: 'issue-reply', path: `${w}/issues/1`, wait: '.facts', act: async (page) => { await page.getByRole('button', { name: 'Prepare a reply' }).click(); await page.waitForSelector('.sample'); } },
  { name: 'answers', path: `${w}/answers`, wait: 'li a', full: true },
  { name: 'answer', path: `${w}/answers/2`, wait: 'dl', full: true },
  { name: 'answer-edit', path: `${w}/answers/4`, wait: 'dl', act: (page) => page.getByRole('button', { name: 'Edit' }).click() },
  { name: 'answers-try', path: `${w}/answers`, wait: 'li a', sizes: ['1440'], act: async (page) => { await page.getByLabel('What a customer might write').fill('why is my bill higher'); await page.getByRole('button', { name: 'See what would happen' }).click(); await page.waitForSelector('.result'); } },
  { name: 'decisions', path: `${w}/decisions`, wait: 'article', full: true, act: (page) => page.getByRole('button', { name: 'Yes' }).first().click() },
  { name: 'decision-ask', path: `${w}/decisions`, wait: 'article', act: open('Ask for a decision') },
  { name: 'signals', path: `${w}/signals`, wait: '.chart path', full: true },
  { name: 'signals-table', path: `${w}/signals`, wait: '.chart path', sizes: ['1440'], act: (page) => page.locator('summary').first().click() },
  { name: 'exit', path: `${w}/exit`, wait: '.verdict', full: true },
  { name: 'exit-sign', path: `${w}/exit`, wait: '.verdict', act: open(/Sign off/) },
  { name: 'review', path: `${w}/review`, wait: '.agenda', full: true },
  { name: 'review-open', path: `${w}/review`, state: { review: 'open' }, wait: '.editor', full: true },
  { name: 'review-closed', path: `${w}/review/6`, wait: '.agenda', full: true },
  { name: 'review-action', path: `${w}/review`, state: { review: 'open' }, wait: '.editor', act: async (page) => { await page.keyboard.press('j'); await page.keyboard.press('a'); await page.waitForSelector('dialog[open]'); } },
  { name: 'review-brief', path: `${w}/review`, wait: '.agenda', sizes: ['1440'], act: async (page) => { await page.getByRole('button', { name: 'Preview' }).last().click(); await page.waitForSelector('dialog pre'); } },
  { name: 'report', path: `${w}/report`, wait: 'iframe' },
  { name: 'people', path: '/people', wait: 'li select' },
  { name: 'people-token', path: '/people', wait: 'li select', sizes: ['1440'], act: open('Make a token') },
  { name: 'drawer', path: `${w}/now`, wait: '.verdict', sizes: ['390'], act: open('Open the menu') },
  { name: 'windows', path: `${w}/now`, wait: '.verdict', sizes: ['1440'], act: (page) => page.locator('aside .switch').click() },
  { name: 'missing', path: '/w/99/now', wait: '.empty', sizes: ['1440'] },
];
