// Stories of an empty installation: what a screen says before there is anything, and the way from a plan to a window that is live.
import assert from "node:assert/strict";
import { ADMIN, api, checkAccessible, checkNoSideScroll, checkText, eventually, signIn, signInByForm, startServer, stories } from "./support.mjs";

const story = stories(() => startServer());
let window;

const problems = (page) => page.getByRole("listitem").filter({ hasText: /line \d+, column \d+/ });

story("the first admin signs in and is shown the first step", async ({ newPage, server }) => {
  assert.match(server.output(), /The first admin is admin@stories\.example/);
  const page = await newPage();
  await page.goto("/");
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await signInByForm(page, ADMIN);
  await checkText(page, "No window yet");
  await checkAccessible(page);
  await page.getByRole("link", { name: "Paste or write a plan" }).click();
  await page.waitForURL(/\/new$/);
  await checkText(page, "Paste or write a plan; it is checked as you type.");
});

story("a plan with errors is pointed at, mended, looked at and applied", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, ADMIN);
  await page.goto("/new");
  const text = page.getByRole("textbox", { name: "Text of the plan" });
  await page.getByRole("button", { name: "Begin with an example" }).click();
  await checkText(page, /No problems|no errors/);
  const good = await text.inputValue();

  // Two faults, each on a line that is known.
  const bad = good.replace('kind = "policy_price_process"', 'kind = "price"').replace('within = "72 h"', 'within = "three days"');
  const lineOf = (part) => bad.slice(0, bad.indexOf(part)).split("\n").length;
  await text.fill(bad);
  await checkText(page, "2 errors");
  for (const part of ['kind = "price"', 'within = "three days"']) await problems(page).filter({ hasText: `line ${lineOf(part)}, column` }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Show what changes" }).isDisabled(), true);
  await problems(page).filter({ hasText: `line ${lineOf('kind = "price"')},` }).getByRole("button").click();
  const caret = await text.evaluate((area) => area.value.slice(0, area.selectionStart).split("\n").length);
  assert.equal(caret, lineOf('kind = "price"'), "a problem leads to its place");
  await text.fill("[window\nkey = 1");
  await problems(page).first().waitFor();

  // Without shifts and approved answers the plan is good, and not ready.
  const shifts = good.indexOf("[[shifts]]");
  await text.fill(good.slice(0, shifts) + good.slice(good.indexOf("[[signals]]")));
  await eventually("the check", async () => page.getByRole("button", { name: "Show what changes" }).isEnabled());
  assert.equal(await page.getByRole("button", { name: "Apply" }).isDisabled(), true, "first look, then apply");
  await page.getByRole("button", { name: "Show what changes" }).click();
  await page.getByRole("heading", { name: "What changes" }).waitFor();
  assert.equal((await api(page, "/windows")).items.length, 0, "looking applies nothing");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.waitForURL(/\/w\/\d+\/plan$/);
  window = page.url().match(/\/w\/(\d+)\//)[1];
  await checkText(page, "Not ready to go live");
});

story("every screen says what will appear on it", async ({ newPage, errors }) => {
  errors.expect(/status of 404 .*\/windows\/1\b/);
  assert.ok(window, "the story before made a window");
  const page = await newPage({ viewport: { width: 390, height: 844 } });
  await signIn(page, ADMIN);
  const empty = {
    now: [/^Go-live\b/, "No promise is running out", "No issue yet", "Nothing waits for the owner"],
    inbox: ["Nothing here"],
    issues: ["No issue yet"],
    answers: ["Why is my invoice higher?"],
    decisions: ["Nothing waits"],
    signals: [/from 0 days|No level from before|nothing to compare/],
    exit: ["No complete day yet", "Still preparing"],
    plan: ["Not ready to go live"],
    cutover: ["The plan has no runbook"],
  };
  for (const [screen, texts] of Object.entries(empty)) {
    await page.goto(`/w/${window}/${screen}`);
    for (const text of texts) await checkText(page, text);
    await checkNoSideScroll(page);
    await checkAccessible(page, screen);
  }
  await page.goto(`/w/${window}/report`);
  await page.frameLocator('iframe[title="Report"]').getByRole("heading", { level: 1 }).waitFor();
  await checkNoSideScroll(page);
  await page.goto("/people");
  await checkText(page, ADMIN.email);
  await checkText(page, /No token/i);
  await page.goto("/w/1/now");
  await checkText(page, /no (such )?window|not (here|found)|does not exist/i);
});

story("going live is held up by gaps, listed, and overruled with a reason", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, ADMIN, "plan");
  const { gaps } = await api(page, `/windows/${window}/readiness`);
  assert.ok(gaps.some((gap) => gap.key.startsWith("shifts")), JSON.stringify(gaps));
  for (const gap of gaps) await checkText(page, gap.what);
  await page.getByRole("button", { name: "Go live" }).click();
  const dialog = page.getByRole("dialog", { name: "Go live" });
  for (const gap of gaps) await dialog.getByText(gap.what).waitFor();
  const go = dialog.getByRole("button", { name: "Go live without it" });
  assert.equal(await go.isDisabled(), true, "a reason is needed");
  const refused = await page.request.post(`/api/v1/windows/${window}/transitions`, { headers: { "x-hypercare": "1" }, data: { to: "active" } });
  assert.equal(refused.status(), 409, "the server holds it up, not only the page");
  await dialog.getByRole("textbox").fill("The rota starts tomorrow; I decide until then.");
  await go.click();
  await dialog.waitFor({ state: "detached" });
  await checkText(page, "Live. Hypercare has begun.");
  await page.goto(`/w/${window}/exit`);
  await page.getByText("“The rota starts tomorrow; I decide until then.”").waitFor();
  await page.getByText(`Went on without ${gaps.length === 1 ? "one thing" : `${gaps.length} things`}`).click();
  await page.getByRole("listitem").filter({ hasText: gaps[0].what }).last().waitFor();
  await page.goto(`/w/${window}/now`);
  await page.getByRole("region", { name: "Where we stand" }).getByText("Active").waitFor();
  await checkText(page, "Nobody decides now");
});
