/**
 * The chat as a customer lives through it, in a real browser against the stand-in server.
 * `node tests/story.mjs [word]` plays the stories whose name contains the word;
 * `SCREENS=<folder>` also keeps pictures.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { emptyData, startMock } from './mock-server.mjs';
import { sizes } from './size.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const SCREENS = process.env.SCREENS;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

if (!existsSync(CHROMIUM)) {
  console.error(`These stories need Chromium at ${CHROMIUM}: install Debian’s package “chromium”, or set CHROMIUM to where it is.`);
  process.exit(1);
}
if (SCREENS) mkdirSync(SCREENS, { recursive: true });

const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
const wanted = process.argv[2] ?? '';
let failed = 0;
let played = 0;

/** One story: its own server and its own browser profile. Errors on the page's console fail it, too. */
async function story(name, options, play) {
  if (!name.includes(wanted)) return;
  played++;
  const mock = await startMock();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
  context.setDefaultTimeout(8_000);
  const complaints = [];
  const watch = (page) => {
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => /Content.Security|refused to|postMessage/i.test(message.text()) && complaints.push(message.text()));
  };
  context.on('page', watch);
  const world = { mock, context, page: await context.newPage() };
  const begun = performance.now();
  try {
    await play(world);
    assert.deepEqual(complaints, [], 'the page complained');
    console.log(`ok   ${name} (${Math.round(performance.now() - begun)} ms)`);
  } catch (error) {
    failed++;
    console.error(`FAIL ${name}\n${error.stack}`);
    if (SCREENS) await world.page.screenshot({ path: `${SCREENS}/failed.png` }).catch(() => {});
  } finally {
    await context.close();
    await world.mock.stop().catch(() => {});
  }
}

const panel = (page) => page.frameLocator('hypercare-chat iframe');
const box = (at) => at.getByRole('textbox', { name: 'Write a message' });
const log = (at) => at.getByRole('log');
const bubbles = (at) => at.locator('.bubble').allInnerTexts();

async function openHost(page, mock) {
  await page.goto(`${mock.url}/demo/shop`);
  await page.getByRole('button', { name: 'Questions?' }).click();
  await box(panel(page)).waitFor();
  return panel(page);
}
async function openAlone(page, mock) {
  await page.goto(`${mock.url}/chat/`);
  await box(page).waitFor();
  return page;
}
async function write(at, text) {
  await box(at).fill(text);
  await box(at).press('Enter');
}
const shows = (at, text) => log(at).getByText(text).first().waitFor();
const hidden = (at, text) => at.getByText(text).first().waitFor({ state: 'hidden' });
/** Waits until `get` gives `expected`. */
async function becomes(get, expected, what) {
  let seen;
  for (const until = Date.now() + 8_000; Date.now() < until; await new Promise((go) => setTimeout(go, 50))) {
    seen = await get();
    if (JSON.stringify(seen) === JSON.stringify(expected)) return;
  }
  assert.deepEqual(seen, expected, what);
}
async function screen(page, name) {
  if (SCREENS) {
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${SCREENS}/${name}.png` });
  }
}
/** No violation of WCAG 2.2 A or AA, nor of the checker's best practices, in any frame. */
async function accessible(page, what) {
  for (const frame of page.frames()) {
    await frame.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
    const violations = await frame.evaluate(`(() => { ${axe}; return axe.run({ iframes: false, rules: { 'region': { enabled: false } } }); })()`).then((found) => found.violations);
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`), [], `${what} (${frame.url()})`);
  }
}
/** The colour of its text as it is painted, whatever its notation. */
const inkOf = (element) =>
  element.evaluate((e) => {
    const brush = document.createElement('canvas').getContext('2d');
    brush.fillStyle = getComputedStyle(e).color;
    brush.fillRect(0, 0, 1, 1);
    return brush.getImageData(0, 0, 1, 1).data.slice(0, 3).join(',');
  });
const received = (mock) => mock.visitors().flatMap((visitor) => visitor.messages.filter((m) => m.author === 'customer').map((m) => m.text));

const OLD_BILL = 'Why is the price on my bill higher?';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
await story('files are chosen, pasted and dropped, and go with the message', {}, async ({ mock, page }) => {
  const at = await openHost(page, mock);
  const files = at.getByLabel('Attach a file', { exact: true });
  await at.locator('input[type=file]').setInputFiles([{ name: 'bill.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(40_000) }, { name: 'wrong one.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }]);
  assert.ok(await files.first().isVisible());
  await at.getByRole('button', { name: 'Remove wrong one.txt' }).click();
  await at.locator('.uploads').getByText('40 kB').waitFor();
  // A picture from the clipboard goes with it.
  await box(at).evaluate((area, bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], 'screen.png', { type: 'image/png' }));
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, [...PNG]);
  await at.locator('.uploads').getByText('screen.png').waitFor();
  await box(at).fill('Here is my bill');
  await screen(page, 'files-before');
  await box(at).press('Enter');
  const said = at.locator('.message.customer').first();
  await said.getByRole('link', { name: /bill\.pdf/ }).waitFor();
  await said.getByRole('img', { name: 'screen.png' }).waitFor();
  assert.equal(await at.locator('.uploads li').count(), 0);
  // Without words the names stand for them, and are shown once.
  await at.locator('input[type=file]').setInputFiles([{ name: 'other.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(9) }]);
  await box(at).press('Enter');
  const second = at.locator('.message.customer').nth(1);
  await second.getByRole('link', { name: /other\.pdf/ }).waitFor();
  assert.equal(await second.locator('.bubble').count(), 0);
  await accessible(page, 'with files');
  await screen(page, 'files');
});

await story('a file that does not get through is tried again, and the message waits for it', {}, async ({ mock, page }) => {
  const at = await openHost(page, mock);
  let broken = true;
  mock.behave.refuse = (method, name) => (broken && method === 'POST' && name.startsWith('files') ? 'break' : undefined);
  await at.locator('input[type=file]').setInputFiles([{ name: 'bill.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(9) }]);
  await at.locator('.uploads').getByText('It did not reach us.').waitFor();
  await box(at).fill('Here');
  await box(at).press('Enter');
  assert.equal(await at.locator('.message').count(), 0);
  broken = false;
  await at.getByRole('button', { name: 'Try again' }).click();
  await at.locator('.uploads').getByText('1 kB').waitFor();
  await box(at).press('Enter');
  await at.locator('.message.customer').getByRole('link', { name: /bill\.pdf/ }).waitFor();
});

await story('asks, gets the approved answer with its source, finds it helpful', {}, async ({ page, mock }) => {
  const requests = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  await page.goto(`${mock.url}/demo/shop`);
  await page.getByRole('button', { name: 'Questions?' }).waitFor();
  assert.deepEqual(requests.filter((path) => path.startsWith('/chat/') && path !== '/chat/host.css'), [], 'nothing of the panel is loaded before the click');
  const chat = await openHost(page, mock);
  assert.deepEqual(mock.calls, [], 'nothing is asked of the server before the first message');
  await screen(page, 'host-1440-welcome');
  await write(chat, OLD_BILL);
  await shows(chat, 'Yes, this is expected');
  await shows(chat, 'automatic answer from approved text');
  const source = chat.getByRole('link', { name: /New plans: what changes/ });
  assert.equal(await source.getAttribute('href'), 'https://help.nordlicht.example/plans');
  assert.match(await source.getAttribute('rel'), /noopener/);
  assert.equal(await chat.getByRole('link', { name: /plans\/keep/ }).getAttribute('target'), '_blank');
  await chat.getByText('Leave your e-mail so that we can answer if you go').waitFor();
  await screen(page, 'host-1440-answer');
  await chat.getByRole('button', { name: 'Yes', exact: true }).click();
  await shows(chat, 'You found this helpful.');
  assert.equal(mock.visitors()[0].messages.find((m) => m.author === 'assistant').helpful, true);
});

await story('leaves name and address, or not', {}, async ({ page, mock }) => {
  const chat = await openHost(page, mock);
  await write(chat, 'Something else entirely');
  await shows(chat, 'A person will answer you here');
  await shows(chat, 'Automatic note');
  await chat.getByRole('textbox', { name: 'E-mail' }).fill('ida');
  await chat.getByRole('button', { name: 'Save' }).click();
  await chat.locator('#email-problem', { hasText: 'Write an address such as' }).waitFor();
  await chat.getByRole('textbox', { name: 'E-mail' }).fill('ida@studio.invalid');
  await chat.getByRole('button', { name: 'Save' }).click();
  await chat.locator('#email-problem', { hasText: 'domain does not exist' }).waitFor();
  await chat.getByRole('textbox', { name: 'Name' }).fill('Ida');
  await chat.getByRole('textbox', { name: 'E-mail' }).fill('ida@studio.example');
  await chat.getByRole('button', { name: 'Save' }).click();
  await hidden(chat, 'Leave your e-mail');
  assert.equal(mock.visitors()[0].email, 'ida@studio.example');
  assert.equal(await box(chat).evaluate((e) => e === document.activeElement), true, 'the focus goes on to the text box');
  mock.person(mock.visitors()[0], 'Jonas Weber', 'Hello Ida, I have a look: https://nordlicht.example/status. <b>One moment</b>');
  await shows(chat, 'Jonas Weber');
  await shows(chat, '<b>One moment</b>');
  await chat.getByText('You are talking to a person').waitFor();
});

await story('skips the introduction for good', {}, async ({ page, mock }) => {
  const chat = await openAlone(page, mock);
  await write(chat, OLD_BILL);
  await chat.getByRole('button', { name: 'Not now' }).click();
  await hidden(chat, 'Leave your e-mail');
  await page.reload();
  await shows(page, 'Yes, this is expected');
  assert.equal(await page.getByText('Leave your e-mail').count(), 0);
});

await story('writes while offline; it arrives once afterwards', {}, async ({ page, mock, context }) => {
  const chat = await openHost(page, mock);
  await write(chat, 'First, online');
  await shows(chat, 'Sent');
  await context.setOffline(true);
  await chat.getByText('You are offline').waitFor();
  await write(chat, 'Second, offline');
  await write(chat, 'Third, offline');
  await shows(chat, 'Not sent yet – will retry');
  await screen(page, 'host-1440-offline');
  await context.setOffline(false);
  await becomes(() => received(mock), ['First, online', 'Second, offline', 'Third, offline']);
  await hidden(chat, 'You are offline');
  await hidden(chat, 'Not sent yet');
  const shown = await bubbles(chat);
  assert.equal(shown.filter((text) => text === 'Second, offline').length, 1);
});

await story('the answer to a send is lost; nothing is doubled', {}, async ({ page, mock }) => {
  let lose = 2;
  mock.behave.loseAnswer = (method, name) => method === 'POST' && name === 'messages' && lose-- > 0;
  const chat = await openAlone(page, mock);
  await write(chat, 'Did you get this?');
  await shows(chat, 'Sent');
  await shows(chat, 'A person will answer you here');
  await becomes(() => received(mock), ['Did you get this?']);
  assert.equal((await bubbles(chat)).filter((text) => text.startsWith('Did you get')).length, 1);
});

await story('a busy or failing server is asked again, no earlier than it said', {}, async ({ page, mock }) => {
  const answers = [{ status: 503 }, { status: 429, headers: { 'Retry-After': '2' } }, 'break', { status: 404, body: 'proxy' }];
  const times = [];
  mock.behave.refuse = (method, name) => {
    if (name !== 'messages') return null;
    times.push(Date.now());
    return answers.shift();
  };
  const chat = await openAlone(page, mock);
  await write(chat, 'Keep trying');
  await shows(chat, 'Not sent yet – will retry');
  await becomes(() => times.length, 2);
  // Not even a new message is a reason to ask before the server wants it.
  await write(chat, 'Impatient');
  await log(chat).getByText('Sent', { exact: true }).waitFor({ timeout: 25_000 });
  assert.deepEqual(received(mock), ['Keep trying', 'Impatient']);
  assert.ok(times[2] - times[1] >= 1_950, `waited ${times[2] - times[1]} ms`);
});

await story('a refused message says why and can be changed; the next one passes', {}, async ({ page, mock }) => {
  const chat = await openAlone(page, mock);
  await write(chat, 'REFUSE me');
  await write(chat, 'But take me');
  await shows(chat, 'Not sent: This message cannot be taken as it is.');
  await becomes(() => received(mock), ['But take me']);
  await chat.getByRole('button', { name: 'Change it' }).click();
  assert.equal(await box(chat).inputValue(), 'REFUSE me');
  await write(chat, 'Better now');
  await becomes(() => received(mock), ['But take me', 'Better now']);
});

await story('reload keeps everything, the unfinished text too', {}, async ({ page, mock, context }) => {
  const chat = await openAlone(page, mock);
  await write(chat, OLD_BILL);
  await shows(chat, 'Yes, this is expected');
  mock.behave.refuse = () => ({ status: 503 });
  await write(chat, 'Written during an outage');
  await shows(chat, 'Not sent yet – will retry');
  await box(chat).fill('unfinished');
  await page.reload();
  await shows(page, 'Written during an outage');
  assert.equal(await box(page).inputValue(), 'unfinished');
  mock.behave.refuse = null;
  await becomes(() => received(mock), [OLD_BILL, 'Written during an outage']);
  await becomes(async () => (await bubbles(page)).filter((text) => !text.startsWith('Yes')), [OLD_BILL, 'Written during an outage']);
  assert.equal(mock.visitors().length, 1);
  // A new page in the same browser is the same visitor.
  const other = await context.newPage();
  await other.goto(`${mock.url}/chat/`);
  await shows(other, 'Yes, this is expected');
});

await story('the server restarts; what was said meanwhile appears', {}, async (world) => {
  const { page } = world;
  let { mock } = world;
  const chat = await openHost(page, mock);
  await write(chat, OLD_BILL);
  await shows(chat, 'Yes, this is expected');
  const { port, data } = mock;
  await mock.stop();
  await write(chat, 'Are you there?');
  await shows(chat, 'Not sent yet – will retry');
  mock = world.mock = await startMock({ port, data });
  mock.person(mock.visitors()[0], 'Jonas Weber', 'We are back.');
  await log(chat).getByText('We are back.').waitFor({ timeout: 20_000 });
  await becomes(() => received(mock), [OLD_BILL, 'Are you there?']);
  await hidden(chat, 'We cannot be reached');
  // And it goes on live, by the stream.
  mock.calls.length = 0;
  await becomes(() => mock.calls.includes('GET stream') || mock.calls.length === 0, true);
  mock.person(mock.visitors()[0], 'Jonas Weber', 'Still here.');
  await shows(chat, 'Still here.');
});

await story('the server has forgotten the visitor; the text is not lost', {}, async (world) => {
  const { page } = world;
  const chat = await openAlone(page, world.mock);
  await write(chat, OLD_BILL);
  await shows(chat, 'Yes, this is expected');
  const { port } = world.mock;
  await world.mock.stop();
  await write(chat, 'Written to the old one');
  world.mock = await startMock({ port, data: emptyData() });
  await becomes(() => received(world.mock), ['Written to the old one']);
  await chat.getByText('Your earlier chat is no longer there').waitFor();
  assert.equal(world.mock.visitors().length, 1);
});

await story('without a stream the chat asks instead', {}, async ({ page, mock }) => {
  mock.behave.refuse = (_, name) => (name === 'stream' ? { status: 502 } : null);
  const chat = await openAlone(page, mock);
  await write(chat, 'Hello');
  await shows(chat, 'A person will answer you here');
  mock.person(mock.visitors()[0], 'Jonas Weber', 'By asking.');
  await log(chat).getByText('By asking.').waitFor({ timeout: 13_000 });
});

await story('two tabs show the same, once', {}, async ({ page, mock, context }) => {
  const second = await context.newPage();
  const [one, two] = [await openAlone(page, mock), await openAlone(second, mock)];
  // At the same moment, with no session yet.
  await Promise.all([write(one, 'From one'), write(two, 'From two')]);
  await becomes(() => received(mock).toSorted(), ['From one', 'From two']);
  assert.equal(mock.visitors().length, 1, 'one visitor');
  for (const tab of [one, two]) await becomes(async () => (await bubbles(tab)).filter((text) => text.startsWith('From')).toSorted(), ['From one', 'From two']);
  await becomes(async () => JSON.stringify(await bubbles(one)) === JSON.stringify(await bubbles(two)), true, 'same order in both');
  mock.person(mock.visitors()[0], 'Jonas Weber', 'To both.');
  for (const tab of [one, two]) await shows(tab, 'To both.');
  // A tab that closes before it could send leaves its message to the other.
  mock.behave.refuse = (_, name) => (name === 'messages' ? { status: 503 } : null);
  await write(two, 'Left behind');
  await shows(one, 'Left behind');
  await second.close();
  mock.behave.refuse = null;
  await becomes(() => received(mock).filter((text) => text === 'Left behind').length, 1);
});

await story('ends the chat, rates it in words, begins a new one', {}, async ({ page, mock }) => {
  const chat = await openHost(page, mock);
  await write(chat, OLD_BILL);
  await shows(chat, 'Yes, this is expected');
  await chat.getByRole('button', { name: 'Not now' }).click();
  await chat.getByRole('button', { name: 'End chat' }).click();
  await chat.getByRole('heading', { name: 'How was this chat?' }).waitFor();
  await chat.locator('input[type=radio]:focus').first().waitFor({ state: 'attached' });
  await chat.getByRole('button', { name: 'Send rating' }).click();
  await chat.locator('#rate-problem').waitFor();
  await chat.getByRole('radio', { name: 'Good', exact: true }).check();
  await chat.getByLabel('What should we know?').fill('Clear and quick.');
  await screen(page, 'host-1440-rating');
  await accessible(page, 'rating');
  await chat.getByRole('button', { name: 'Send rating' }).click();
  await chat.locator('.ended').getByText('Thank you for your rating.').waitFor();
  assert.deepEqual([mock.visitors()[0].rating, mock.visitors()[0].comment], [4, 'Clear and quick.']);
  await chat.getByRole('button', { name: 'Start a new chat' }).click();
  await chat.getByText('Ask us anything').waitFor();
  await write(chat, 'A new matter');
  await shows(chat, 'A new matter');
  assert.equal((await bubbles(chat)).some((text) => text.includes('bill')), false);
});

await story('with the keyboard alone', { reducedMotion: 'reduce' }, async ({ page, mock }) => {
  await page.goto(`${mock.url}/demo/shop`);
  const button = page.getByRole('button', { name: 'Questions?' });
  await button.waitFor();
  for (let i = 0; i < 20 && !(await button.evaluate((e) => e.getRootNode().activeElement === e)); i++) await page.keyboard.press('Tab');
  const size = await button.boundingBox();
  assert.ok(size.height >= 44 && size.width >= 44, JSON.stringify(size));
  await screen(page, 'host-1440-focus');
  await page.keyboard.press('Enter');
  const chat = panel(page);
  await becomes(() => box(chat).evaluate((e) => e === document.activeElement && document.hasFocus()), true, 'the text box has the focus');
  assert.equal(await button.getAttribute('aria-expanded'), 'true');
  await page.keyboard.type('The price?');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('Second line');
  await page.keyboard.press('Enter');
  await becomes(() => received(mock), ['The price?\nSecond line']);
  await shows(chat, 'Yes, this is expected');
  await chat.getByRole('button', { name: 'Yes', exact: true }).focus();
  await page.keyboard.press('Enter');
  await shows(chat, 'You found this helpful.');
  assert.equal(await chat.locator('.state:focus').innerText(), 'You found this helpful.');
  // Every control can be reached, and is seen when it is.
  const reached = [];
  await chat.getByRole('button', { name: 'Close chat' }).focus();
  while (reached.length < 20 && reached.at(-1) !== 'Send') {
    await page.keyboard.press('Tab');
    reached.push(await chat.locator(':focus').evaluate((e) => `${e.ariaLabel || e.innerText || e.id}${getComputedStyle(e).outlineStyle === 'none' ? ' UNSEEN' : ''}`));
  }
  for (const name of ['Not now', 'Save', 'Talk to a person', 'End chat', 'write', 'Send']) assert.ok(reached.includes(name), `${name} in ${reached}`);
  assert.equal(reached.some((name) => name.includes('UNSEEN')), false, `${reached}`);
  await page.keyboard.press('Escape');
  await page.locator('hypercare-chat iframe').waitFor({ state: 'hidden' });
  await becomes(() => button.evaluate((e) => e.getRootNode().activeElement === e), true, 'the focus is back on the button');
  // While closed, what comes is counted on the button; opening it clears the count.
  mock.person(mock.visitors()[0], 'Jonas Weber', 'One more thing.');
  await page.getByRole('button', { name: 'Questions? 1' }).waitFor();
  await screen(page, 'host-1440-unread');
  await page.keyboard.press('Enter');
  await shows(chat, 'One more thing.');
  await page.getByRole('button', { name: 'Questions?', exact: true }).waitFor();
  await chat.getByRole('button', { name: 'Close chat' }).click();
  await page.locator('hypercare-chat iframe').waitFor({ state: 'hidden' });
  // And Escape works from the page as well.
  await button.press('Enter');
  await page.locator('hypercare-chat iframe').waitFor();
  await button.focus();
  await page.keyboard.press('Escape');
  await page.locator('hypercare-chat iframe').waitFor({ state: 'hidden' });
});

await story('an input method composes; its Enter sends nothing', {}, async ({ page, mock }) => {
  const chat = await openAlone(page, mock);
  await box(chat).fill('ni');
  await box(chat).evaluate((e) => {
    e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
    e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }));
  });
  assert.equal(await box(chat).inputValue(), 'ni');
  await box(chat).press('Enter');
  await becomes(() => received(mock), ['ni']);
});

await story('a text that is too long is counted and kept', {}, async ({ page, mock }) => {
  const chat = await openAlone(page, mock);
  await box(chat).fill('x'.repeat(3_599));
  assert.equal(await chat.locator('#count').isVisible(), false);
  await box(chat).fill('x'.repeat(3_990));
  await chat.getByText('10 characters left').waitFor();
  await box(chat).fill('x'.repeat(4_002));
  await chat.locator('#count', { hasText: '2 characters too many' }).waitFor();
  await box(chat).press('Enter');
  assert.equal((await box(chat).inputValue()).length, 4_002);
  assert.deepEqual(received(mock), []);
  await box(chat).fill(`${'x'.repeat(3_999)}👋`);
  await box(chat).press('Enter');
  await becomes(() => received(mock).map((text) => [...text].length), [4_000]);
});

await story('asks for a person', {}, async ({ page, mock }) => {
  const chat = await openAlone(page, mock);
  await chat.getByRole('button', { name: 'Talk to a person' }).click();
  await becomes(() => received(mock), ['I would like to talk to a person, please.']);
  await chat.getByText('usually within 15 minutes').waitFor();
  await chat.getByRole('button', { name: 'Talk to a person' }).waitFor({ state: 'hidden' });
});

await story('included twice, there is one button', {}, async ({ page, mock }) => {
  await page.goto(`${mock.url}/demo/shop`);
  await page.addScriptTag({ url: '/chat.js' });
  await page.addScriptTag({ url: '/chat.js?again' });
  assert.equal(await page.locator('hypercare-chat').count(), 1);
});

await story('without storage the chat works and says what that means', {}, async ({ page, mock, context }) => {
  await context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });
  });
  const chat = await openAlone(page, mock);
  await write(chat, OLD_BILL);
  await shows(chat, 'Yes, this is expected');
  await chat.getByText('Your browser keeps nothing').waitFor();
});

await story('on another site with a strict policy, and deaf to strangers', {}, async ({ page, mock, context }) => {
  const policy = `default-src 'none'; script-src ${mock.url}; frame-src ${mock.url}; style-src 'none'; require-trusted-types-for 'script'`;
  const body = `<!doctype html><html lang="en"><head><title>Shop</title><script src="${mock.url}/chat.js" data-position="start" data-accent="#ffd166" async></script></head><body><main><h1>Shop</h1></main></body></html>`;
  // A server of its own under another name: for the browser, another site.
  const shop = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy }).end(body));
  await new Promise((resolve) => shop.listen(0, '127.0.0.1', resolve));
  context.on('close', () => shop.close());
  await page.goto(`http://localhost:${shop.address().port}/`);
  const button = page.getByRole('button', { name: 'Questions?' });
  const place = await button.boundingBox();
  assert.ok(place.x === 20 && place.height >= 44, JSON.stringify(place));
  assert.equal(await inkOf(button), '0,0,0', 'black on a light accent');
  await button.click();
  const chat = panel(page);
  await write(chat, OLD_BILL);
  await shows(chat, 'Yes, this is expected');
  await page.evaluate(() => window.postMessage({ hypercare: { close: true } }, '*'));
  const frame = page.frames().find((f) => f.url().includes('/chat/'));
  await frame.evaluate(() => window.postMessage({ hypercare: { shown: false } }, '*'));
  mock.person(mock.visitors()[0], 'Jonas Weber', 'Seen at once.');
  await shows(chat, 'Seen at once.');
  assert.equal(await button.innerText(), 'Questions?', 'nothing is unread: the panel still knows that it is shown');
  await box(chat).press('Escape');
  await page.locator('hypercare-chat iframe').waitFor({ state: 'hidden' });
  await becomes(() => button.evaluate((e) => e.getRootNode().activeElement === e), true, 'the focus is back on the button');
});

for (const scheme of ['light', 'dark'])
  for (const [width, height] of [[390, 844], [320, 568]])
    await story(`fits ${width} px, ${scheme}, and is accessible`, { colorScheme: scheme, viewport: { width, height }, hasTouch: true }, async ({ page, mock }) => {
      await page.goto(`${mock.url}/demo/shop`);
      await page.getByRole('button', { name: 'Questions?' }).waitFor();
      await screen(page, `host-${width}-${scheme}`);
      const chat = await openHost(page, mock);
      await screen(page, `panel-${width}-${scheme}-welcome`);
      await accessible(page, 'welcome');
      await write(chat, OLD_BILL);
      await shows(chat, 'Yes, this is expected');
      await chat.getByText('Leave your e-mail').waitFor();
      await accessible(page, 'answer and introduction');
      await screen(page, `panel-${width}-${scheme}-answer`);
      await chat.getByRole('button', { name: 'Not now' }).click();
      await write(chat, 'And can a person look at my gallery links? They give https://nordlicht.example/404-not-found-and-a-very-long-address-that-must-not-widen-the-page');
      await shows(chat, 'Automatic note');
      mock.person(mock.visitors()[0], 'Jonas Weber', 'Hello, this is Jonas. I see two galleries that need a new link; I am making them now.');
      await shows(chat, 'Jonas Weber');
      await accessible(page, 'conversation');
      await screen(page, `panel-${width}-${scheme}-conversation`);
      const frame = page.frames().find((f) => f.url().includes('/chat/'));
      assert.equal(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector('.scroller').scrollWidth <= document.querySelector('.scroller').clientWidth), true, 'nothing is wider than the screen');
      assert.equal(await frame.evaluate(() => innerWidth), width, 'full screen');
      await chat.getByRole('button', { name: 'End chat' }).click();
      await chat.getByRole('heading', { name: 'How was this chat?' }).waitFor();
      await screen(page, `panel-${width}-${scheme}-rating`);
      await accessible(page, 'rating');
      await chat.getByRole('button', { name: 'Close chat' }).click();
      await page.getByRole('button', { name: 'Questions?' }).waitFor();
    });

for (const scheme of ['light', 'dark'])
  await story(`a question with choices, by keyboard, ${scheme}`, { colorScheme: scheme, viewport: { width: 390, height: 720 } }, async ({ page, mock }) => {
    const chat = await openAlone(page, mock);
    await write(chat, 'It is unclear to me');
    const group = chat.getByRole('group', { name: 'Choose one, or write in your own words:' });
    await group.waitFor();
    assert.deepEqual(await group.getByRole('button').allInnerTexts(), ['Why is my bill higher than before?', 'Why do I see two charges this month?', 'Neither of these']);
    await shows(chat, 'automatic question');
    await screen(page, `choices-390-${scheme}`);
    await accessible(page, `choices, ${scheme}`);
    for (const button of await group.getByRole('button').all()) assert.ok((await button.boundingBox()).height >= 44, 'large enough for a thumb');
    await group.getByRole('button').nth(1).focus();
    await page.keyboard.press('Enter');
    await shows(chat, 'Yes, this is expected');
    assert.equal(received(mock).at(-1), 'Why do I see two charges this month?');
    assert.equal(await group.count(), 0, 'a question is answered once');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'write');
  });
await story('neither of the choices brings a person', {}, async ({ page, mock }) => {
  const chat = await openAlone(page, mock);
  await write(chat, 'It is unclear to me');
  await chat.getByRole('button', { name: 'Neither of these' }).click();
  await shows(chat, 'A person will answer you here');
});

await story('host page at 1440 px, dark', { colorScheme: 'dark' }, async ({ page, mock }) => {
  const chat = await openHost(page, mock);
  await write(chat, OLD_BILL);
  await shows(chat, 'Yes, this is expected');
  await chat.getByRole('button', { name: 'Not now' }).click();
  mock.person(mock.visitors()[0], 'Jonas Weber', 'Hello, Jonas here. Shall I keep the old price for you?');
  await shows(chat, 'Jonas Weber');
  await screen(page, 'host-1440-dark');
  await accessible(page, 'host page and panel, dark');
});

await story('a long answer is shown from its beginning; who reads above is not moved', { viewport: { width: 390, height: 600 } }, async ({ page, mock }) => {
  const chat = await openAlone(page, mock);
  await write(chat, 'Hello');
  await shows(chat, 'Automatic note');
  const visitor = mock.visitors()[0];
  mock.person(visitor, 'Jonas Weber', `Beginning\n${'Many words in a line.\n'.repeat(60)}`);
  await shows(chat, 'Beginning');
  await becomes(() => chat.getByText('Jonas Weber').evaluate((e) => e.getBoundingClientRect().top > 40 && e.getBoundingClientRect().top < 200), true, 'the beginning is in view');
  await chat.locator('.scroller').evaluate((e) => ((e.scrollTop = 0), e.dispatchEvent(new Event('scroll'))));
  mock.person(visitor, 'Jonas Weber', 'And this.');
  await chat.getByRole('button', { name: '1 new message' }).waitFor();
  assert.equal(await chat.locator('.scroller').evaluate((e) => e.scrollTop), 0);
  await chat.getByRole('button', { name: '1 new message' }).click();
  await chat.getByText('And this.').waitFor();
  await chat.getByRole('button', { name: '1 new message' }).waitFor({ state: 'hidden' });
});

await story('a very long chat is read to its end', {}, async ({ page, mock }) => {
  const chat = await openAlone(page, mock);
  await write(chat, 'Hello');
  await shows(chat, 'Automatic note');
  mock.behave.refuse = () => ({ status: 503 });
  for (let i = 1; i <= 600; i++) mock.person(mock.visitors()[0], 'Jonas Weber', `Line ${i}`);
  mock.behave.refuse = null;
  await page.reload();
  await shows(chat, 'Line 600');
  assert.equal((await bubbles(chat)).length, 602);
});

await story('in Arabic, from right to left, dates and all', { locale: 'en-GB', viewport: { width: 390, height: 720 } }, async ({ page, mock }) => {
  await page.goto(`${mock.url}/chat/?lang=ar`);
  const write = page.getByRole('textbox', { name: 'اكتب رسالة' });
  await write.fill(OLD_BILL);
  await write.press('Enter');
  await page.getByText('إجابة تلقائية من نص معتمد').waitFor();
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['ar', 'rtl']);
  const [own, answer] = [await page.locator('.customer .bubble').boundingBox(), await page.locator('.assistant .bubble').boundingBox()];
  assert.ok(own.x < answer.x, 'the visitor’s words stand on the left');
  assert.equal(await page.locator('.assistant .bubble').evaluate((e) => getComputedStyle(e).direction), 'ltr', 'an English answer reads as English');
  await accessible(page, 'in Arabic');
  await screen(page, 'alone-ar');
});

await story('in the language of the attribute, else of the page, else of the browser', { locale: 'pl-PL' }, async ({ page, mock, context }) => {
  const loaded = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  const open = async (attribute, html, name) => {
    await page.route('**/tag', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><html ${html}><title>t</title><script src="${mock.url}/chat.js" ${attribute}></script></html>` }));
    await page.goto(`${mock.url}/tag`);
    await page.getByRole('button', { name }).click();
    await page.unroute('**/tag');
  };
  await open('data-lang="ja"', 'lang="de"', 'ご質問はこちら');
  await panel(page).getByRole('textbox', { name: 'メッセージを書く' }).waitFor();
  await open('', 'lang="de-AT"', 'Fragen?');
  await panel(page).getByRole('textbox', { name: 'Nachricht schreiben' }).waitFor();
  loaded.length = 0;
  await open('', '', 'Pytania?');
  await panel(page).getByRole('textbox', { name: 'Napisz wiadomość' }).waitFor();
  assert.deepEqual(loaded.filter((path) => /immutable\/[a-z]{2}-/.test(path)).map((path) => path.slice(16, 18)), ['pl'], 'one language is loaded');
  // Where its file does not come, there are words all the same.
  const other = await context.newPage();
  await other.route('**/immutable/fr-*', (route) => route.abort());
  await other.goto(`${mock.url}/chat/?lang=fr`);
  await box(other).waitFor();
});

await story('dressed by the page’s own variables, readable all the same', {}, async ({ page, mock }) => {
  const style = ':root{--hypercare-accent:oklch(0.9 0.15 100);--hypercare-font:Georgia;--hypercare-radius:3px}';
  await page.route('**/tag', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><title>t</title><style>${style}</style><script src="${mock.url}/chat.js" data-accent="#123456"></script></html>` }));
  await page.goto(`${mock.url}/tag`);
  const button = page.getByRole('button', { name: 'Questions?' });
  assert.equal(await inkOf(button), '0,0,0');
  await button.click();
  await write(panel(page), OLD_BILL);
  const bubble = panel(page).locator('.customer .bubble');
  await bubble.waitFor();
  const looks = await bubble.evaluate((e) => [getComputedStyle(e).color, getComputedStyle(e).fontFamily.split(',')[0]]);
  assert.deepEqual(looks, ['rgb(0, 0, 0)', 'Georgia']);
  await shows(panel(page), 'Yes, this is expected');
  for (const frame of page.frames().filter((f) => f.url().includes('/chat/'))) await accessible({ frames: () => [frame] }, 'dressed');
  await screen(page, 'dressed');
});

await story('sees that a person types and has seen, and says the same', {}, async ({ page, mock }) => {
  const chat = await openHost(page, mock);
  await write(chat, 'Something else entirely');
  await shows(chat, 'A person will answer you here');
  const [visitor] = mock.visitors();
  await chat.getByText('Sent', { exact: true }).waitFor();
  mock.seen(visitor);
  await chat.getByText('Seen', { exact: true }).waitFor();
  assert.equal(await chat.locator('.typing').getAttribute('aria-live'), 'polite');
  mock.typing(visitor, 'Lena Schmidt');
  await chat.getByText('Lena Schmidt is typing…').waitFor();
  await accessible(page, 'while a person types');
  await screen(page, 'host-1440-typing');
  // Their words end it; else the seconds do.
  mock.person(visitor, 'Lena Schmidt', 'Hello, I have a look.');
  await shows(chat, 'Hello, I have a look.');
  await hidden(chat, 'is typing…');
  await becomes(() => visitor.seenByCustomer, visitor.messages.at(-1).id, 'what was on the screen was read');
  mock.typing(visitor, 'Lena Schmidt');
  await chat.getByText('is typing…').waitFor();
  await hidden(chat, 'is typing…');
  const told = () => mock.calls.filter((call) => call === 'POST typing').length;
  const before = told();
  await box(chat).pressSequentially('Thank you very much');
  await becomes(() => told() - before, 1, 'told once, not for each letter');
  assert.equal(JSON.stringify(mock.calls).includes('Thank'), false);
});

await story('goes back to an earlier chat, by keyboard', { viewport: { width: 390, height: 720 } }, async ({ page, mock }) => {
  mock.behave.page = 1;
  const chat = await openHost(page, mock);
  await write(chat, 'The first matter');
  await shows(chat, 'A person will answer you here');
  await chat.getByRole('button', { name: 'End chat' }).click();
  await chat.getByRole('button', { name: 'Start a new chat' }).click();
  await write(chat, 'The second matter');
  await shows(chat, 'The second matter');
  const [visitor] = mock.visitors();
  visitor.earlier[0].messages.push({ ...visitor.messages[0], id: `${BigInt(visitor.messages.at(-1).id) + 50n}`, author: 'person', name: 'Jonas Weber', text: 'Done for you.', client_id: null });
  mock.person(visitor, 'Jonas Weber', 'I have a look.');
  const way = chat.getByRole('button', { name: /^Your chats, \d unread message/ });
  await way.waitFor();
  await way.focus();
  await page.keyboard.press('Enter');
  await becomes(() => chat.locator(':focus').innerText(), 'Your chats', 'the focus is on the list');
  const rows = chat.locator('.chat');
  await becomes(() => rows.count(), 1, 'one page');
  await chat.getByRole('button', { name: 'Show more' }).focus();
  await page.keyboard.press('Enter');
  await becomes(() => rows.count(), 2, 'both pages');
  await becomes(async () => /Done for you/.test(await chat.locator(':focus').innerText()), true, 'the focus is on the first that is new');
  await accessible(page, 'the list of chats');
  await screen(page, 'list-390');
  await page.keyboard.press('Escape');
  await box(chat).waitFor();
  assert.equal(await page.locator('hypercare-chat iframe').isVisible(), true, 'Escape leads back to the chat, not out of it');
  await shows(chat, 'The second matter');
  await way.click();
  await chat.getByRole('button', { name: 'Show more' }).click();
  await rows.filter({ hasText: 'Done for you.' }).click();
  await shows(chat, 'Done for you.');
  await hidden(chat, 'The second matter');
  await becomes(() => visitor.conversation === visitor.messages[0].conversation || visitor.messages[0].text, 'The first matter', 'it goes on there');
  await chat.getByText('E-mail me this chat').waitFor({ state: 'hidden' });
});

await story('is who the site says, on this device and not after', {}, async ({ page, mock, context }) => {
  const open = async (token) => {
    await page.route('**/tag', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><title>t</title><script src="${mock.url}/chat.js" data-token="${token}"></script></html>` }));
    await page.goto(`${mock.url}/tag`);
    await page.getByRole('button', { name: 'Questions?' }).click();
    await page.unroute('**/tag');
    await box(panel(page)).waitFor();
    return panel(page);
  };
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  let chat = await open('good:ida');
  await write(chat, 'Something of Ida');
  await shows(chat, 'A person will answer you here');
  assert.equal(await chat.getByText('Leave your e-mail').count(), 0, 'her address is known');
  await chat.getByRole('button', { name: 'E-mail me this chat' }).click();
  await chat.getByText('A copy of this chat is on its way to ida@studio.example.').waitFor();
  await accessible({ frames: () => page.frames().filter((f) => f.url().includes('/chat/')) }, 'signed in');
  assert.equal(asked.some((url) => url.includes('good:ida') && !url.includes('#')), false, 'the token is in no address that is asked for');
  chat = await open('good:ida');
  await shows(chat, 'Something of Ida');
  // Signed out: the next one at this screen sees nothing of it.
  chat = await open('');
  await chat.getByText('Ask us anything').waitFor();
  chat = await open('bad');
  await chat.getByText('We could not confirm who you are.').waitFor();
  await write(chat, 'Kept words');
  await chat.getByText('Not sent yet').waitFor();
  assert.equal(received(mock).includes('Kept words'), false);
  // Another device.
  const phone = await context.browser().newContext();
  const there = await phone.newPage();
  await there.goto(`${mock.url}/chat/#good:ida`);
  await shows(there, 'Something of Ida');
  await phone.close();
});

await story('nobody is there: says so and asks for an address', { viewport: { width: 390, height: 720 } }, async ({ page, mock }) => {
  const chat = await openAlone(page, mock);
  await write(chat, 'Something else entirely');
  await shows(chat, 'A person will answer you here');
  mock.visitors()[0].away = true;
  mock.person(mock.visitors()[0], 'x', 'y');
  mock.visitors()[0].handler = 'waiting';
  await page.reload();
  await page.getByText('Nobody is here right now. Leave your e-mail').waitFor();
  await page.getByText('Nobody of the team is here right now').waitFor();
  await accessible(page, 'away');
});

await story('weighs little', {}, async () => {
  const { loader, panel } = sizes();
  assert.ok(loader <= 1_024 && panel <= 25_000, `${loader} and ${panel} bytes`);
});

await browser.close();
console.log(`${played - failed} of ${played} stories went well`);
process.exitCode = failed > 0 || played === 0 ? 1 : 0;
