// What only the owner may rule on; and who only looks is not offered what they may not do.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkCount, checkNoSideScroll, checkText, screenshots, signIn, ticket } from "../support.mjs";

const SCREENS = ["now", "inbox", "issues", "answers", "decisions", "updates", "rota", "signals", "exit", "plan", "cutover", "report"];
/** Buttons that change something, by their words. */
const ACTS = /^(Resolve|Take it|Link|Snooze|Triage|Ask|Escalate|Send|Reply|New issue|Write an answer|Write the first answer|Approve|Retire|Edit|Prepare a reply|Merge into|Ask for a decision|Write an update|Write the first update|Next update|Correct|Publish|Go live|Sign off|Begin stabilising|Yes|No|Apply|Rehearse|Begin the cutover|Roll back|Open again|Stop|Resume)\b/;

export default (story) => {
  story("a decision is asked for, seen live, and ruled with a reason", async ({ newPage }) => {
    const question = `Are studios with ${ticket()} free guests expected to lose access tonight?`;
    const owner = await newPage();
    const agent = await newPage();
    const window = await signIn(agent, PEOPLE.aiko, "decisions");
    const { owner: onDuty } = await api(agent, `/windows/${window}/now`);
    await signIn(owner, Object.values(PEOPLE).find((p) => p.name === onDuty.name), "decisions");
    await owner.getByRole("heading", { name: "Waiting" }).waitFor();

    await agent.keyboard.press("d");
    const dialog = agent.getByRole("dialog", { name: "Ask for a decision" });
    await dialog.getByText(/May be decided by/).waitFor();
    await dialog.getByRole("textbox", { name: "Question" }).fill(question);
    await dialog.getByRole("button", { name: "Ask", exact: true }).click();
    const asked = agent.getByRole("article").filter({ hasText: question });
    await asked.getByText(/May be decided by/).waitFor();
    assert.equal(await asked.getByRole("button").count(), 0, "who asked does not rule");

    const card = owner.getByRole("article").filter({ hasText: question });
    await card.getByRole("button", { name: "No" }).click();
    const rule = card.getByRole("button", { name: "Rule no" });
    assert.equal(await rule.isDisabled(), true, "a reason is needed");
    await card.getByLabel("Reason").fill("The limit is enforced from 1 December.");
    await rule.click();
    await asked.getByText("The limit is enforced from 1 December.").waitFor();
    await asked.getByText(onDuty.name).waitFor();
    await checkText(agent, "Decided");
  });

  story("a workaround is allowed for a while, prolonged and ended", async ({ newPage }) => {
    const question = `May we switch the price check off for group ${ticket()}?`;
    const lead = await newPage();
    const window = await signIn(lead, PEOPLE.mara, "decisions");
    await api(lead, "/decisions", { window, kind: "trigger_workaround", question });
    const card = lead.getByRole("article").filter({ hasText: question });
    await card.getByText(/waits under 1 min, due in/).waitFor();
    await card.getByRole("button", { name: "Yes" }).click();
    assert.equal(await card.getByLabel("Holds for").inputValue(), "72", "three days by itself");
    await card.getByLabel("Holds for").selectOption("4");
    await card.getByLabel("Reason").fill("Until the fix is out.");
    await card.getByRole("button", { name: "Rule yes" }).click();
    const group = lead.getByRole("region", { name: "Allowed for a while" });
    const held = group.getByRole("article").filter({ hasText: question });
    await held.getByText(/^Holds until/).waitFor();
    await screenshots(lead, "decisions-holding", async (where) => {
      await checkNoSideScroll(lead, `decisions, ${where}`);
    });
    await checkAccessible(lead, "decisions");
    await held.getByRole("button", { name: "Prolong" }).click();
    const form = held.getByRole("form", { name: "Let it hold longer" });
    await form.getByLabel(/^How much longer/).selectOption("24");
    await form.getByLabel("Reason").fill("The fix is late.");
    await form.getByRole("button", { name: "Prolong" }).click();
    await held.getByText(/Prolonged: “The fix is late.”/).waitFor();
    await held.getByRole("button", { name: "End it" }).click();
    await held.getByLabel("Reason").fill("The fix is out.");
    await held.getByRole("form", { name: "End it" }).getByRole("button", { name: "End it" }).click();
    await lead.getByRole("article").filter({ hasText: question }).getByText(/Mara Lind ended it.*“The fix is out.”/).waitFor();
    await checkCount(group.getByRole("article").filter({ hasText: question }), 0);
  });

  story("who only looks is offered nothing to do", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.nora);
    const { id } = (await api(page, "/conversations?view=all_open")).items[0];
    const issue = (await api(page, `/issues?window=${window}`)).items[0];
    const answer = (await api(page, `/answers?window=${window}`)).items[0];
    for (const path of [...SCREENS, `inbox?c=${id}`, `issues/${issue.id}`, `answers/${answer.id}`]) {
      await page.goto(`/w/${window}/${path}`);
      await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
      if (path.startsWith("inbox?")) await page.getByRole("log", { name: "Messages" }).getByRole("article").first().waitFor();
      await page.locator(".skeleton, [aria-busy=true]").first().waitFor({ state: "hidden" });
      const offered = await page.locator("main button:enabled").evaluateAll((all) => all.map((b) => (b.textContent || b.ariaLabel).trim()));
      assert.deepEqual(offered.filter((name) => ACTS.test(name)), [], `on ${path}`);
      assert.equal(await page.locator("main").getByRole("textbox", { name: /^(Reply to|Private note)/ }).count(), 0, `on ${path}`);
    }
    // Keys do no more than buttons.
    await page.goto(`/w/${window}/inbox?c=${id}`);
    await page.getByRole("log", { name: "Messages" }).getByRole("article").first().waitFor();
    const before = await api(page, `/conversations/${id}`);
    for (const key of ["e", "a", "t", "i", "s", "m", "d", "Shift+E"]) await page.keyboard.press(key);
    assert.equal(await page.getByRole("dialog").count(), 0);
    const after = await api(page, `/conversations/${id}`);
    assert.deepEqual([after.status, after.assignee], [before.status, before.assignee]);
    for (const [screen, key] of [["decisions", "d"], ["issues", "+"], [`issues/${issue.id}`, "d"], ["answers", "+"], [`answers/${answer.id}`, "e"]]) {
      await page.goto(`/w/${window}/${screen}`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await page.locator(".skeleton, [aria-busy=true]").first().waitFor({ state: "hidden" });
      await page.keyboard.press(key);
      assert.equal(await page.getByRole("dialog").count(), 0, `${key} on ${screen}`);
      assert.match(page.url(), new RegExp(`${screen}$`));
    }
    const refused = await page.request.post(`/api/v1/conversations/${id}/notes`, { headers: { "x-hypercare": "1" }, data: { text: "no" } });
    assert.equal(refused.status(), 403);
  });
};
