// Opens every screen in Chromium, light and dark, wide and narrow: a picture each, no console error,
// no serious accessibility violation, nothing wider than the screen. Run `npm run build` first.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { start } from './mock/server.mjs';
import { SCREENS } from './screen-list.mjs';

const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const dist = new URL('../dist', import.meta.url).pathname;
const out = new URL('../../../target/screens', import.meta.url).pathname;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const only = process.argv.slice(2);

if (!existsSync(browserPath)) throw new Error(`Chromium is not at ${browserPath}. Install it (Debian: apt install chromium), or set CHROMIUM to its path.`);
if (!existsSync(`${dist}/index.html`)) throw new Error('The console is not built. Run `npm run build` first.');
mkdirSync(out, { recursive: true });

const SIZES = [
  { name: '1440', width: 1440, height: 900 },
  { name: '390', width: 390, height: 844 },
];
const mock = await start(dist);
const browser = await chromium.launch({ executablePath: browserPath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const failures = [];

async function shoot(screen, size, scheme) {
  const name = `${screen.name}-${scheme}-${size.name}`;
  Object.assign(mock.state, { signedIn: true, empty: false, customerWrites: false, newMessages: {}, present: [], review: 'planned', ...screen.state });
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: scheme, reducedMotion: 'reduce', hasTouch: size.width < 900 });
  const page = await context.newPage();
  const fail = (what) => failures.push(`${name}: ${what}`);
  page.on('pageerror', (error) => fail(`error on the page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404|409)/.test(message.text())) fail(`console: ${message.text()}`);
  });
  try {
    await page.goto(mock.url + screen.path);
    await page.waitForSelector(screen.wait ?? 'h1', { state: 'attached', timeout: 8000 });
    await page.waitForTimeout(250);
    if (screen.act) await screen.act(page, { size, mock });
    await page.waitForTimeout(200);
    await page.screenshot({ path: `${out}/${name}.png`, fullPage: screen.full ?? false });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 1) fail(`is ${wide} px wider than the screen`);
    await page.evaluate(axe);
    const found = await page.evaluate(async () => (await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map((v) => ({ id: v.id, impact: v.impact, nodes: v.nodes.slice(0, 2).map((n) => `${n.target.join(' ')} (${n.any[0]?.message ?? ''})`) })));
    for (const v of found) if (v.impact === 'serious' || v.impact === 'critical') fail(`${v.impact} ${v.id}: ${v.nodes.join('; ')}`);
  } catch (error) {
    await page.screenshot({ path: `${out}/${name}.png` });
    fail(error.message.split('\n')[0]);
  }
  await context.close();
}

for (const screen of SCREENS.filter((s) => !only.length || only.some((o) => s.name.startsWith(o)))) {
  for (const size of SIZES) {
    if (screen.sizes && !screen.sizes.includes(size.name)) continue;
    for (const scheme of ['light', 'dark']) await shoot(screen, size, scheme);
  }
}
await browser.close();
mock.stop();
for (const failure of failures) process.stderr.write(`${failure}\n`);
process.stdout.write(`${failures.length} failures; pictures in target/screens\n`);
process.exitCode = failures.length ? 1 : 0;
