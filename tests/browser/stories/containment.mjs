// Something rises and no window is open: one is proposed, opened by who may, or decided against. It closes the window, so it is told last.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, eventually, screenshots, signIn } from "../support.mjs";

const banner = (page) => page.getByRole("region", { name: "A window is proposed" });
const open = async (page) => (await api(page, "/windows")).items.filter((w) => w.phase === "active" || w.phase === "stabilising");

export default (story) => {
  story("without a window one is proposed, opened with a reason, and decided against the next time", async ({ newPage }) => {
    const lead = await newPage();
    const agent = await newPage();
    const window = await signIn(lead, PEOPLE.mara);
    await signIn(agent, PEOPLE.aiko);
    await agent.getByRole("region", { name: "Where we stand" }).waitFor();
    assert.equal(await banner(agent).count(), 0, "nothing is proposed while a window is open");
    for (const { id } of await open(lead)) await api(lead, `/windows/${id}/transitions`, { to: "closed", reason: "The story needs a desk without a window." });

    // Everybody sees it at once; a lead may act on it.
    const { proposal } = await api(lead, "/containment");
    assert.ok(proposal?.signs.length > 0, "the launch made something rise that still does");
    await agent.reload();
    await lead.reload();
    for (const page of [lead, agent]) await banner(page).getByText(proposal.why).waitFor();
    await banner(agent).getByText("A lead or an admin can open it.").waitFor();
    assert.equal(await banner(agent).getByRole("button").count(), 0);
    const post = (page, path) => page.request.post(`/api/v1/containment/${path}`, { headers: { "x-hypercare": "1" }, data: { reason: "no" } });
    for (const path of ["start", "decline"]) assert.equal((await post(agent, path)).status(), 403, path);
    const signs = proposal.signs.length + proposal.worsening.length;
    if (signs > 1) {
      await banner(lead).getByText(`All ${signs} signs`).click();
      assert.equal(await banner(lead).getByRole("listitem").count(), signs);
    }
    await screenshots(lead, "demo-containment", async (shape) => {
      await checkNoSideScroll(lead, shape);
      await checkAccessible(lead, shape);
    });

    // A step back before anything is done.
    await banner(lead).getByRole("button", { name: "Open this window" }).click();
    const dialog = lead.getByRole("dialog", { name: "Open a containment window" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual(await open(lead), []);

    await banner(lead).getByRole("button", { name: "Open this window" }).click();
    const go = dialog.getByRole("button", { name: "Open it" });
    assert.equal(await go.isDisabled(), true, "a reason is needed");
    await dialog.getByRole("textbox").fill("Thirty people since this morning.");
    await go.click();
    await lead.waitForURL((url) => /\/w\/\d+\/now$/.test(url.pathname) && !url.pathname.includes(window));
    const [started, ...more] = await open(lead);
    assert.deepEqual([started.name, more], [proposal.name, []]);
    await lead.getByRole("region", { name: "Where we stand" }).getByText("Active").waitFor();
    // What its plan lacks is a list with due times.
    const { items } = await api(lead, `/windows/${started.id}/due`);
    assert.ok(items.length > 2, JSON.stringify(items));
    const due = lead.locator("section").filter({ has: lead.getByRole("heading", { name: /^Due from the plan/ }) });
    await due.getByText(items[0].gap.what).waitFor();
    if (items.length > 5) await due.getByRole("button", { name: `Show all ${items.length}` }).click();
    assert.equal(await due.getByRole("listitem").count(), items.length);
    await screenshots(lead, "demo-contained", (shape) => checkNoSideScroll(lead, shape));
    await banner(agent).waitFor({ state: "detached" });

    // It was closed, and what rose still does: the proposal comes back until somebody decides against it.
    await api(lead, `/windows/${started.id}/transitions`, { to: "closed", reason: "A false alarm." });
    await lead.reload();
    await agent.reload();
    await banner(lead).getByRole("button", { name: "Not needed" }).click();
    const against = lead.getByRole("dialog", { name: "No window is needed" });
    await against.getByRole("textbox").fill("These are the last questions about the change.");
    await against.getByRole("button", { name: "Decide against it" }).click();
    await against.waitFor({ state: "detached" });
    await banner(lead).waitFor({ state: "detached" });
    await banner(agent).waitFor({ state: "detached" });
    await eventually("nothing is proposed", async () => (await api(agent, "/containment")).proposal === null);
  });
};
