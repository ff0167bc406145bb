// One-line checks; each waits for what it expects and says what was there instead.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WAIT = 10_000;

/** Waits until `probe` returns something true, and returns it. */
export async function eventually(what, probe, within = WAIT) {
  const deadline = Date.now() + within;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > deadline) assert.fail(`waited ${within / 1000} s in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A text becomes visible somewhere on the page. */
export async function checkText(page, text, within = WAIT) {
  const found = await page
    .getByText(text)
    .first()
    .waitFor({ state: "visible", timeout: within })
    .then(() => true, () => false);
  if (!found) assert.fail(`“${text}” did not appear; the page says:\n${(await page.locator("body").innerText()).slice(0, 2_000)}`);
}

/** As many of these as expected stand on the page, soon: what a click changed may take a moment. */
export async function checkCount(locator, count, what = "") {
  let found;
  const same = async () => (found = await locator.count()) === count;
  await eventually(what || "the count", same).catch(() => assert.equal(found, count, `${what || locator} on ${locator.page().url()}`));
}

/** GET answers with a status; returns the body. */
export async function checkStatus(url, status, headers = {}) {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(WAIT) });
  const body = await answer.text();
  assert.equal(answer.status, status, `${url}: ${body.slice(0, 500)}`);
  return body;
}

/** The page has no serious or critical fault against WCAG 2.2 A and AA that a program can find. */
export async function checkAccessible(page, where = "") {
  // Run in the page's own world by the debugger, so that a strict content policy does not stop it.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const result = await globalThis.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], iframes: false });
    return result.violations
      .filter((rule) => rule.impact === "serious" || rule.impact === "critical")
      .map((rule) => `${rule.id}: ${rule.help}\n    ${rule.nodes.slice(0, 5).map((node) => `${node.target.join(" ")} ${node.html.slice(0, 200)}`).join("\n    ")}`);
  });
  assert.deepEqual(violations, [], `${page.url()} (${where}) is not accessible:\n${violations.join("\n")}`);
}

/** Nothing sticks out to the side at this width. */
export async function checkNoSideScroll(page, where = "") {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(content <= window, `${page.url()} (${where}) is ${content} px wide in a window of ${window} px`);
}

/** How many conversations the inbox lists, read at the end of its list. */
export async function listed(page) {
  const list = page.getByRole("group", { name: "List of conversations" });
  let found;
  await eventually("the end of the list", async () => {
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    if (await page.getByText("Nothing fits").isVisible()) return (found = "0");
    const end = page.locator(".end");
    return (await end.isVisible()) && (found = (await end.innerText()).match(/^[\d,.\s]+/)?.[0].replaceAll(/\D/g, ""));
  });
  return Number(found);
}
