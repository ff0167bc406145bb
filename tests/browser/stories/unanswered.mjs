// From what nothing answered to an answer: three customers ask, one gets a reply, a draft is made of it, and the next customer is answered.
import { PEOPLE, api, checkAccessible, checkNoSideScroll, checkText, eventually, openChat, say, screenshots, signIn, ticket } from "../support.mjs";
import assert from "node:assert/strict";

const REPLY = "Hi! Yes, this is expected: the export moved with the new plan. Please open Settings and choose Export. We write again on Friday.";

export default (story) =>
  story("what nothing answered becomes an answer, and the next customer gets it", async ({ newPage }) => {
    const topic = `kaleidoscope ${ticket()}`;
    const wordings = [
      `Where did the ${topic} export go in Studio-Plus since the new plans?`,
      `the ${topic} export is gone since the new plans in Studio-Plus, where is it?`,
      `Since the new plans I cannot find the ${topic} export in Studio-Plus`,
    ];
    const page = await newPage();
    // Three customers in the chat, without its panel, which the last one opens.
    for (const text of wordings) {
      const customer = (path, data, headers = {}) => page.request.post(`/api/v1/public/chat/${path}`, { data, headers });
      const { visitor } = await (await customer("session", {})).json();
      assert.equal((await customer("messages", { text, client_id: text.slice(0, 60) }, { "x-visitor": visitor })).status(), 201);
    }
    const window = await signIn(page, PEOPLE.mara, "answers");
    const found = async () => (await api(page, `/unanswered?window=${window}&limit=200`)).items.filter((g) => g.wordings.some((w) => w.includes(topic)));
    await eventually("they are one group", async () => (await found())[0]?.messages === 3);
    const [group] = await found();
    await api(page, `/conversations/${group.id}/replies`, { text: REPLY, then: "waiting" });

    await page.getByRole("link", { name: "Unanswered" }).click();
    const row = page.locator(`[data-group="${group.id}"]`);
    await row.getByText("3 messages of 3 customers").waitFor();
    await row.getByText("What was asked and replied").click();
    await row.getByText(REPLY).waitFor();
    await screenshots(page, "unanswered", async (shape) => {
      await checkNoSideScroll(page, shape);
      await checkAccessible(page, shape);
    });

    // Dismissed with a reason, and taken back from the message.
    await row.getByRole("button", { name: "Dismiss" }).click();
    const dialog = page.getByRole("dialog", { name: "These need no answer" });
    assert.equal(await dialog.getByRole("button", { name: "Dismiss" }).isDisabled(), true, "a reason is needed");
    await dialog.getByLabel("Reason").fill("A joke.");
    await dialog.getByRole("button", { name: "Dismiss" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await eventually("it is listed again", async () => (await found())[0]?.state === "open");

    await row.getByRole("link", { name: "Draft an answer" }).click();
    await page.getByText("Written for 3 messages of 3 customers").waitFor();
    assert.equal(await page.getByLabel("Is it expected?").inputValue(), "Yes, this is expected: the export moved with the new plan.");
    assert.equal(await page.getByLabel("What to do now?").inputValue(), "Please open Settings and choose Export.");
    assert.equal(await page.getByLabel("When does the next update come?").inputValue(), "We write again on Friday.");
    await page.getByText("reply, word for word. Check it.").first().waitFor();
    const examples = await page.getByLabel("Other wordings of the question").inputValue();
    for (const text of wordings) assert.ok(examples.includes(text), text);
    await screenshots(page, "unanswered-draft", async (shape) => {
      await checkNoSideScroll(page, shape);
      await checkAccessible(page, shape);
    });
    await page.getByLabel("Question", { exact: true }).fill(`Where is the ${topic} export?`);
    await page.getByRole("button", { name: "Save as a draft" }).click();
    await page.waitForURL(/answers\/\d+$/);
    assert.equal((await found())[0]?.state, "drafted");
    await page.getByRole("button", { name: "Approve version 1" }).click();
    await checkText(page, "Version 1 is live on every channel.");
    assert.deepEqual(await found(), [], "the group is served");

    const panel = await openChat(await newPage());
    await say(panel, `Where did the ${topic} export go in Studio-Plus since the new plans, please?`);
    await panel.getByText("Please open Settings and choose Export.").waitFor();
    // The figure opens to exactly that conversation.
    await page.reload();
    await page.getByRole("button", { name: "1", exact: true }).first().click();
    await page.locator("#uses a").first().waitFor();
    assert.equal(await page.locator("#uses a").count(), 1);
  });
