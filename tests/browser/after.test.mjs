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
  await lead.getByText("The window is closed.").waitFor();
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
  const open = dialog.getByRole("button", { name: "Open again", exact: true });
  assert.equal(await open.isDisabled(), true, "a reason is needed");
  await dialog.getByLabel("Reason").fill("The January invoices went wrong.");
  await checkAccessible(lead, "opening again");
  await open.click();
  await lead.getByText("The window is open again.").waitFor();
  await lead.getByRole("button", { name: "Begin stabilising" }).waitFor();
  // Who looked at the closed window sees that it is open.
  await after.waitFor({ state: "detached" });
});
