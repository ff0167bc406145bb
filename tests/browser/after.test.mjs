// The days after a window: it was played to its end, it is watched, and it is opened again in one step.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, coloursAtRest, screenshots, signIn, startDemo, stories } from "./support.mjs";

const story = stories(() => startDemo({ args: ["--still", "--to-end"] }));

story("a closed window is watched, and opened again with a reason", async ({ newPage }) => {
  const agent = await newPage();
  const window = await signIn(agent, PEOPLE.aiko, "exit");
  const after = agent.getByRole("region", { name: /^After the exit/ });
  await after.waitFor();
  assert.equal(await after.getByRole("button", { name: /^Open/ }).count(), 0, "an agent does not open it");
  const lead = await newPage();
  await signIn(lead, PEOPLE.mara, "exit");
  await lead.getByText("The window is closed.").first().waitFor();
  const watch = await api(lead, `/windows/${window}/watch`);
  assert.equal(watch.days, 14);
  await screenshots(lead, "demo-after-exit", async (shape) => {
    await coloursAtRest(lead);
    await checkNoSideScroll(lead, shape);
    await checkAccessible(lead, shape);
  });
  assert.ok(watch.may_reopen);
  await lead.getByRole("button", { name: "Open the window again …" }).click();
  const dialog = lead.getByRole("dialog");
  assert.equal(await dialog.getByRole("button", { name: "Open again", exact: true }).isDisabled(), true, "a reason is needed");
  await checkAccessible(lead, "opening again");
  await dialog.getByRole("button", { name: "Cancel" }).click();

  // The first look says for how long it is watched.
  await lead.goto(`/w/${window}/now`);
  const line = lead.getByRole("region", { name: "Relapse" });
  await line.getByText(/^Watching for a relapse until /).waitFor();
  const looks = (name) => screenshots(lead, name, async (shape) => {
    await coloursAtRest(lead);
    await checkNoSideScroll(lead, shape);
    await checkAccessible(lead, shape);
  });
  await looks("demo-now-watched");
  assert.equal(await line.getByRole("button").count(), 0, "nothing was seen yet");

  // Once one was seen it says what, with the step to open the window. Days do not pass in this demonstration, so the reading is set before the page.
  const sign = { key: "contacts", name: "Contacts", since: watch.exit_day, why: "Twice as many as on such days before the change, on two days of three." };
  const proposed = { day: watch.exit_day, at: new Date().toISOString(), signs: [sign], state: "open", by: null, reason: null };
  const seen = (page) => page.route("**/watch", (route) => route.fulfill({ json: { ...watch, proposed, relapses: [proposed] } }));
  await seen(agent);
  await agent.goto(`/w/${window}/now`);
  const hers = agent.getByRole("region", { name: "Relapse" });
  await hers.getByText("A lead decides.").waitFor();
  assert.equal(await hers.getByRole("button").count(), 0, "an agent does not open it");
  await agent.goto(`/w/${window}/exit`);
  await after.waitFor();
  await seen(lead);
  await lead.reload();
  await line.getByText("It got worse again after the exit.").waitFor();
  await line.getByText(sign.why).waitFor();
  await looks("demo-now-relapse");
  await line.getByRole("button", { name: "Open the window again …" }).click();
  await lead.getByRole("dialog").getByLabel("Reason").fill("The January invoices went wrong.");
  await lead.getByRole("dialog").getByRole("button", { name: "Open again", exact: true }).click();
  await lead.getByText("The window is open again.").waitFor();
  await line.waitFor({ state: "detached" });
  await lead.goto(`/w/${window}/exit`);
  await lead.getByRole("button", { name: "Begin stabilising" }).waitFor();
  // Who looked at the closed window sees that it is open.
  await after.waitFor({ state: "detached" });
});
