// A change goes live by its runbook, from the empty screen to the window that is open.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { ADMIN, api, checkAccessible, checkNoSideScroll, checkText, eventually, screenshots, signIn, startServer, stories } from "./support.mjs";

const story = stories(() => startServer());
const PLAN = new URL("../../crates/server/tests/it/plan.toml", import.meta.url);
const RUNBOOK = `
[runbook]
go_live_by = "${ADMIN.email}"
may_roll_back = ["${ADMIN.email}"]

[[runbook.steps]]
key = "freeze"
title = "Freeze changes"
owner = "${ADMIN.email}"
takes = "10 min"
validation = "Nothing can be deployed."

[[runbook.steps]]
key = "go-switch"
title = "Switch to the new prices?"
kind = "gate"
owner = "${ADMIN.email}"
takes = "5 min"
after = ["freeze"]
validation = "Counts agree."

[[runbook.steps]]
key = "point"
title = "The first invoices go out"
kind = "point_of_no_return"
owner = "${ADMIN.email}"
after = ["go-switch"]

[[runbook.steps]]
key = "look"
title = "Look at five invoices"
kind = "smoke_check"
owner = "${ADMIN.email}"
takes = "10 min"
after = ["point"]
validation = "All five show the new price."

[[runbook.figures]]
key = "failed-payments"
name = "Payments that fail"
unit = "%"

[[runbook.triggers]]
key = "payments"
name = "Payments fail"
signal = "failed-payments"
when = "above"
threshold = 2.0
`;
let window;

const step = (page, title) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: title }) });

story("a plan without a runbook is told how to get one", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, ADMIN);
  const plan = (await readFile(PLAN, "utf8")).replaceAll(/(mara|jonas|olga)@example\.org/g, ADMIN.email);
  const applied = await api(page, "/plan/apply", { text: plan, approve_answers: true });
  window = applied.window_id;
  await page.goto(`/w/${window}/cutover`);
  await checkText(page, "The plan has no runbook");
  await page.getByLabel("An example of a runbook").waitFor();
  await checkNoSideScroll(page);
  await checkAccessible(page, "no runbook");
  // The example is one that the check accepts.
  const example = (await page.getByLabel("An example of a runbook").textContent()).replaceAll(/[\w.]+@example\.com/g, ADMIN.email);
  const { problems } = await api(page, "/plan/check", { text: `${plan}\n${example}` });
  assert.deepEqual(problems.filter((p) => p.path.startsWith("runbook")), []);
  await api(page, "/plan/apply", { text: plan + RUNBOOK, approve_answers: true });
  await page.reload();
  await checkText(page, "It has not been rehearsed yet");
});

story("it is rehearsed, and the window stays as it is", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, ADMIN, "cutover");
  await screenshots(page, "cutover-planned", async (where) => {
    await checkNoSideScroll(page, `planned, ${where}`);
  });
  await checkAccessible(page, "the runbook");
  await page.getByRole("button", { name: "Rehearse" }).click();
  const freeze = step(page, "Freeze changes");
  await freeze.getByRole("button", { name: "Begin" }).click();
  await freeze.getByText("Running").waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop" });
  assert.equal(await dialog.getByRole("button", { name: "Stop it" }).isDisabled(), true, "a reason is needed");
  await dialog.getByLabel("Reason").fill("We know enough.");
  await dialog.getByRole("button", { name: "Stop it" }).click();
  await page.getByText("We know enough.").waitFor();
  assert.equal((await api(page, `/windows/${window}`)).phase, "preparing");
});

story("step by step, past the point of no return, to a window that is open", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, ADMIN, "cutover?c=plan");
  await page.getByRole("button", { name: "Begin the cutover" }).click();
  const live = page.getByRole("button", { name: "Go live" });
  await live.waitFor();
  assert.equal(await live.isDisabled(), true, "not before everything is done");
  // The keyboard leads to what can be done, and does it.
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  const freeze = step(page, "Freeze changes");
  await freeze.getByText("Running").waitFor();
  await freeze.getByRole("button", { name: "Done" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Calendar is empty.");
  await page.keyboard.press("Enter");
  await freeze.getByText("Calendar is empty.").waitFor();

  // A figure comes in, and another page sees it without being touched.
  const run = (await api(page, `/cutovers?window=${window}`)).items[0];
  const triggers = page.getByRole("region", { name: "Rollback triggers" });
  await api(page, `/cutovers/${run.id}/figures`, { figure: "failed-payments", value: 1.5 });
  await triggers.getByText("1.5 %").waitFor();
  await api(page, `/cutovers/${run.id}/figures`, { figure: "failed-payments", value: 3.25 });
  await page.getByRole("status").filter({ hasText: "Payments fail." }).waitFor();
  await triggers.getByText("Fired", { exact: true }).waitFor();
  await screenshots(page, "cutover-running", async (where) => {
    await checkNoSideScroll(page, `running, ${where}`);
  });
  await checkAccessible(page, "a cutover");
  const first = await newPage();
  await signIn(first, ADMIN, "now");
  await first.getByText("The cutover goes on").waitFor();

  const gate = step(page, "Switch to the new prices?");
  await gate.getByRole("button", { name: "Go", exact: true }).click();
  const ruling = page.getByRole("dialog");
  await ruling.getByLabel("Reason").fill("Payments are fine again; counts agree.");
  await ruling.getByRole("button", { name: "Go", exact: true }).click();
  await gate.getByText("Payments are fine again; counts agree.").waitFor();
  await step(page, "The first invoices go out").getByRole("button", { name: "Pass the point of no return" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Pass it: no way back" }).click();
  await page.getByText(/from here only forward/).waitFor();
  assert.equal(await page.getByRole("button", { name: "Roll back" }).count(), 0, "there is no way back");
  await step(page, "Look at five invoices").getByRole("button", { name: "Passed" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Passed" }).click();
  await eventually("all is done", async () => live.isEnabled());
  await live.click();
  const dialog = page.getByRole("dialog", { name: "Go live" });
  await dialog.getByRole("textbox").fill("The shifts of the second week follow.");
  await dialog.getByRole("button", { name: "Go live" }).click();
  await checkText(page, "Live. Hypercare has begun.");
  await page.getByText("Finished", { exact: true }).first().waitFor();
  await screenshots(page, "cutover-finished", async (where) => {
    await checkNoSideScroll(page, `finished, ${where}`);
  });
  await checkAccessible(page, "the record");
  const { phase, transitions } = await api(page, `/windows/${window}`);
  assert.equal(phase, "active");
  assert.match(transitions[0].reason, /^The cutover runbook is finished: 4 of 4 steps done\. The shifts/);
});
