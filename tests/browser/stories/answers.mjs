// An answer from the first word to its end: nothing goes out before its three parts are written and somebody approved them.
import { PEOPLE, api, checkText, eventually, openChat, say, signIn, ticket } from "../support.mjs";
import assert from "node:assert/strict";

export default (story) =>
  story("an answer is drafted, refused, completed, tried, used and retired", async ({ newPage }) => {
    const topic = `hologram portfolio export ${ticket()}`;
    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara, "answers");
    await page.getByRole("link", { name: "Write an answer" }).click();
    await page.getByLabel("Question", { exact: true }).fill(`Does the new plan include the ${topic}?`);
    await page.getByText("Before it can be approved, say whether it is expected, and what to do now, and when the next update comes.").waitFor();
    await page.getByRole("button", { name: "Save as a draft" }).click();
    await page.waitForURL(/answers\/\d+$/);
    const id = page.url().split("/").at(-1);

    const approve = page.getByRole("button", { name: "Approve version 1" });
    await approve.waitFor();
    await page.getByRole("note").getByText("Missing before approval").waitFor();
    const missing = (await api(page, `/answers/${id}`)).missing;
    assert.deepEqual(missing.map((m) => m.field).sort(), ["do_now", "expected", "next_update"]);
    for (const { ask } of missing) await page.getByRole("note").getByText(ask).waitFor();
    assert.equal(await approve.isDisabled(), true);
    const refused = await page.request.post(`/api/v1/answers/${id}/approve`, { headers: { "x-hypercare": "1" }, data: { version: 1 } });
    assert.ok([409, 422].includes(refused.status()), `${refused.status()}`);
    assert.match((await refused.json()).field ?? "", /expected/, "the refusal names the first field that is missing");

    await page.getByRole("button", { name: "Edit" }).click();
    // While it is written, what is hard to read is marked; a mark leads to its passage and goes when that is mended.
    const marks = page.getByRole("region", { name: "Plain language" });
    await page.getByLabel("Is it expected?").fill(`Yes. – You can utilise the ${topic} now.`);
    const heavy = marks.getByRole("button", { name: "utilise" });
    await heavy.click();
    assert.equal(await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)), "utilise");
    await marks.getByText("Plainer: use.").waitFor();
    await page.getByLabel("Is it expected?").fill(`Yes, the ${topic} is part of Studio-Plus.`);
    await heavy.waitFor({ state: "detached" });
    await page.getByLabel("What to do now?").fill("Open Settings → Plan and switch it on.");
    await page.getByLabel("When does the next update come?").fill("We write again on 1 December.");
    await page.getByLabel("Page that says more").fill("https://help.nordlicht.example/plans/hologram");
    await page.getByLabel("Other wordings of the question").fill(`${topic}\nwhere is the ${topic}\ncan I use the ${topic} now\nis the ${topic} in my new plan\nhow do I get the ${topic}`);
    await page.getByRole("button", { name: "Save as a new version" }).click();
    await page.getByRole("button", { name: "Approve version 2" }).click();
    await checkText(page, "Version 2 is live on every channel.");

    await page.getByLabel("What a customer might write").fill(`is the ${topic} in my new plan?`);
    await page.getByRole("button", { name: "See what would happen" }).click();
    await page.locator(".result").getByRole("link", { name: `1. Does the new plan include the ${topic}?` }).waitFor();

    // Where it was sent: an agent uses it, unchanged, in a conversation of its own.
    const panel = await openChat(await newPage());
    await say(panel, `is the ${topic} in my new plan?`);
    await eventually("the use is listed", async () => {
      const found = (await api(page, `/conversations?q=${encodeURIComponent(topic)}`)).items[0];
      return found && (found.handler === "waiting" || (await api(page, `/answers/${id}`)).uses > 0);
    });

    await page.getByRole("button", { name: "Retire" }).click();
    const dialog = page.getByRole("dialog", { name: "Retire this answer" });
    const retire = dialog.getByRole("button", { name: "Retire" });
    assert.equal(await retire.isDisabled(), true, "a reason is needed");
    await dialog.getByLabel("Reason").fill("The export moves to another product.");
    await retire.click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Retired", { exact: true }).first().waitFor();
    assert.equal((await api(page, `/answers/${id}`)).state, "retired");
    const tried = await api(page, "/answers/try", { window, text: `is the ${topic} in my new plan?` });
    assert.ok(!tried.suggestions.some((s) => s.answer === id), "what is retired is not suggested");
  });
