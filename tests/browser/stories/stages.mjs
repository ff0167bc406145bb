// The way back to normal promises: a person takes a step forth over what is missing, and back again.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, eventually, signIn } from "../support.mjs";

const STATES = { hypercare: "Hypercare promises", normal: "Normal promises", reverted: "Back on hypercare promises" };

const card = (page) => page.locator("section").filter({ has: page.getByRole("heading", { name: "Stages" }) });
const row = (page, name) => card(page).locator("ol > li").filter({ has: page.getByText(name, { exact: true }) }).first();

export default (story) => {
  story("a stage returns by a person's step, says what its guards say, and is taken back", async ({ newPage }) => {
    const page = await newPage();
    const agent = await newPage();
    const window = await signIn(page, PEOPLE.mara, "exit");
    const before = (await api(page, `/windows/${window}`)).phase;
    const stages = async () => api(page, `/windows/${window}/stages`);
    if (before === "active") {
      // While the window is active there is nothing that a person could go past.
      await row(page, (await stages()).next).getByText(/The window is active/).waitFor();
      assert.equal(await card(page).getByRole("button", { name: /^Normalise/ }).count(), 0);
      await page.getByRole("button", { name: "Begin stabilising" }).click();
      const dialog = page.getByRole("dialog", { name: "Begin stabilising" });
      await dialog.getByRole("button", { name: "Begin stabilising" }).click();
      await dialog.waitFor({ state: "detached" });
    }
    const { next, stages: all } = await stages();
    const stage = all.find((s) => s.name === next);
    assert.ok(stage.missing.length > 0 && stage.missing.every((m) => m.can_override), JSON.stringify(stage.missing));
    assert.ok(stage.guards.length > 0);

    // Every guard says why in words.
    const own = row(page, next);
    await own.getByText(STATES[stage.state], { exact: true }).waitFor();
    await own.locator("summary").click();
    for (const guard of stage.guards) await own.getByText(guard.sentence, { exact: true }).first().waitFor();
    for (const missing of stage.missing) await own.getByText(missing.what, { exact: true }).waitFor();
    await checkAccessible(page, "guards");
    await page.setViewportSize({ width: 390, height: 844 });
    await checkNoSideScroll(page, "guards, 390 px");
    await page.setViewportSize({ width: 1440, height: 900 });

    await signIn(agent, PEOPLE.aiko, "exit");
    await row(agent, next).waitFor();
    assert.equal(await card(agent).getByRole("button").count(), 0, "steps are for leads");
    const refused = await agent.request.post(`/api/v1/windows/${window}/stages/normalise`, { headers: { "x-hypercare": "1" }, data: { stage: next, reason: "no", override: true } });
    assert.equal(refused.status(), 403, "the server refuses it, too");

    await own.getByRole("button", { name: "Normalise" }).click();
    const forth = page.getByRole("dialog", { name: `Normalise “${next}”` });
    for (const missing of stage.missing) await forth.getByText(missing.what).waitFor();
    const go = forth.getByRole("button", { name: "Normalise all the same" });
    assert.equal(await go.isDisabled(), true, "going past what is missing takes a reason");
    await forth.getByRole("textbox").fill("Nobody asked about this since Monday.");
    await go.click();
    await forth.waitFor({ state: "detached" });
    await own.getByText(STATES.normal, { exact: true }).waitFor();
    await row(agent, next).getByText(STATES.normal, { exact: true }).waitFor();
    await own.getByText(new RegExp(`by ${PEOPLE.mara.name}`)).waitFor();
    assert.notEqual((await stages()).next, next, "the turn goes on");

    await own.getByRole("button", { name: "Revert" }).click();
    const back = page.getByRole("dialog", { name: `Revert “${next}”` });
    assert.equal(await back.getByRole("button", { name: "Revert" }).isDisabled(), true, "a step back takes a reason");
    await back.getByRole("textbox").fill("It was too early after all.");
    await back.getByRole("button", { name: "Revert" }).click();
    await back.waitFor({ state: "detached" });
    await own.getByText(STATES.reverted, { exact: true }).waitFor();
    await own.getByText("It was too early after all.").waitFor();
    await eventually("it is its turn again", async () => (await stages()).next === next);

    // Both steps are kept, with who and why.
    await card(page).getByText(/^\d+ steps so far$/).click();
    const steps = card(page).locator("details ol > li");
    await steps.filter({ hasText: "Taken back" }).filter({ hasText: PEOPLE.mara.name }).first().waitFor();
    await steps.filter({ hasText: "Nobody asked about this since Monday." }).filter({ hasText: `Although: ${stage.missing[0].what}` }).first().waitFor();
    await api(page, `/windows/${window}/transitions`, { to: before, reason: "The story is told." });
  });
};
