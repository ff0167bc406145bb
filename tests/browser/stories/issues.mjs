// One reply to everybody: who gets it is seen before, it can be stopped, and nobody gets it twice.
import assert from "node:assert/strict";
import { PEOPLE, api, eventually, signIn } from "../support.mjs";

export default (story) =>
  story("a reply to all linked conversations, stopped and resumed", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara, "issues");
    const issues = (await api(page, `/issues?window=${window}&limit=200`)).items;
    const issue = issues.filter((i) => i.answer?.state === "approved").sort((a, b) => b.conversations - a.conversations)[0];
    await page.getByRole("link", { name: issue.title }).first().click();
    await page.getByRole("heading", { level: 1, name: issue.title }).waitFor();
    const count = page.getByText(`${issue.conversations} conversations ·`);
    await count.waitFor();

    await page.getByRole("button", { name: "Prepare a reply" }).click();
    const dialog = page.getByRole("dialog", { name: "Reply to all" });
    const preview = await api(page, `/issues/${issue.id}/reply-to-all?answer_id=${issue.answer.id}`);
    const reachable = preview.total - preview.unreachable.length;
    await dialog.getByText(`${preview.unresolved} of them not resolved`).waitFor();
    for (const sample of preview.sample) await dialog.getByText(`To ${sample.contact}`).first().waitFor();
    await dialog.getByLabel("A text for this occasion").check();
    const send = dialog.getByRole("button", { name: /^Send to/ });
    assert.equal(await send.isDisabled(), true, "nothing to send yet");
    await dialog.getByRole("textbox", { name: "Text" }).fill("Hello {name}, the clearer invoice comes on 1 December. Nothing to do until then; we write again on that day.");
    await dialog.getByText("the clearer invoice comes on 1 December").nth(1).waitFor();
    assert.equal(await dialog.getByLabel("Preview").getByText("{name}").count(), 0, "the preview names the customer");
    await dialog.getByLabel("Resolve the conversations that get it").uncheck();
    const before = await api(page, `/issues/${issue.id}/broadcasts`);
    await dialog.getByRole("button", { name: `Send to ${reachable} conversation` }).or(dialog.getByRole("button", { name: `Send to ${reachable} conversations` })).first().click();
    await dialog.waitFor({ state: "detached" });

    const line = page.locator(".run").first();
    const bar = line.getByRole("progressbar", { name: "Progress of the reply" });
    await bar.waitFor();
    const run = async () => (await api(page, `/issues/${issue.id}/broadcasts`)).items[0];
    const stop = line.getByRole("button", { name: "Stop" });
    // A short list may be through before anybody can press.
    if (await stop.click({ timeout: 3_000 }).then(() => true, () => false)) {
      await line.getByText("Stopped").or(line.getByText("Done")).first().waitFor();
      const stopped = await run();
      if (stopped.state === "stopped") {
        assert.ok(stopped.sent < stopped.total, `${stopped.sent} of ${stopped.total} were sent before the stop`);
        await line.getByRole("button", { name: "Resume" }).click();
      }
    }
    await line.getByText("Done").waitFor({ timeout: 60_000 });
    const done = await run();
    assert.equal((await api(page, `/issues/${issue.id}/broadcasts`)).items.length, before.items.length + 1);
    assert.equal(done.sent + done.failed, done.total);
    await line.getByText(`${done.sent} of ${done.total} sent`).waitFor();
    assert.equal(await bar.getAttribute("aria-valuenow"), String(done.total));

    // Once in each conversation, and the issue counts no more than before.
    await page.reload();
    await count.waitFor();
    const linked = [];
    for (let cursor = ""; cursor !== null; ) {
      const list = await api(page, `/conversations?issue=${issue.id}&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      linked.push(...list.items);
      cursor = list.next;
    }
    assert.equal(linked.length, issue.conversations);
    let got = 0;
    for (const { id } of linked.slice(0, 25)) {
      const messages = (await api(page, `/conversations/${id}/messages?limit=200`)).items.filter((m) => m.broadcast === done.id);
      assert.ok(messages.length <= 1, `conversation ${id} got it ${messages.length} times`);
      got += messages.length;
    }
    assert.ok(got > 0);

    // In the inbox: the issue opens to the same number.
    await page.getByRole("link", { name: "Open in the inbox" }).click();
    await page.locator("[data-row]").first().waitFor();
    await eventually("all of them can be scrolled to", async () => {
      await page.getByRole("group", { name: "List of conversations" }).evaluate((list) => list.scrollTo(0, list.scrollHeight));
      return page.getByText(`${issue.conversations} conversations`, { exact: true }).isVisible();
    });
  });
