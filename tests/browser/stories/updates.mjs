// What all customers are told: written with checks, approved by whoever may, published once, read on a customer's page, corrected.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, coloursAtRest, eventually, openChat, say, screenshots, signIn, ticket } from "../support.mjs";

const looks = (page, name) => screenshots(page, name, async (shape) => {
  await coloursAtRest(page);
  await checkNoSideScroll(page, shape);
  await checkAccessible(page, shape);
});

export default (story) => {
  story("an update is written, approved, published, seen on a customer's page, dismissed, and its correction seen again", async ({ newPage }) => {
    const title = `Invoices show the old price ${ticket()}`;
    const agent = await newPage();
    const window = await signIn(agent, PEOPLE.aiko, "updates");
    const { owner: onDuty } = await api(agent, `/windows/${window}/now`);
    const owner = await newPage();
    await signIn(owner, Object.values(PEOPLE).find((p) => p.name === onDuty.name), "updates");
    const customer = await newPage();
    const panel = await openChat(customer);
    await say(panel, `Where do I find my invoices? ${ticket()}`);

    // By the keyboard, with checks as it is written.
    await agent.getByRole("heading", { name: "Open" }).waitFor();
    await looks(agent, "demo-updates");
    await agent.keyboard.press("n");
    await agent.getByLabel("Title").fill(title);
    await agent.getByLabel("What is happening, and to whom?").fill("Since this morning invoices show the old price. It is the vendor's fault. Customers with yearly plans are affected.");
    await agent.getByRole("button", { name: /^“vendor.s fault”/ }).click();
    const selected = await agent.getByLabel("What is happening, and to whom?").evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd));
    assert.equal(selected, "vendor's fault", "a mark shows its place");
    await agent.getByLabel("What is happening, and to whom?").fill("Since this morning invoices show the old price. Customers with yearly plans are affected.");
    await agent.getByLabel("What does it mean for them, and what can they do now?").fill("You pay the new price. You need not do anything.");
    await agent.getByLabel("What are we doing, and what comes next?").fill("We send new invoices today.");
    const ask = agent.getByRole("button", { name: "Ask for approval" });
    await agent.getByText("Say when the next update comes.").waitFor();
    assert.equal(await ask.isDisabled(), true, "without a next time nothing is asked");
    await agent.getByRole("button", { name: "1 h", exact: true }).click();
    await agent.getByText(new RegExp(`May be approved by .*${onDuty.name}`)).waitFor();
    await agent.getByRole("tab", { name: "Slack" }).click();
    await agent.getByRole("tabpanel").getByText(`*${title}*`).waitFor();
    await agent.getByRole("tab", { name: "Slack" }).press("ArrowRight");
    await agent.getByRole("tabpanel").getByText("All of it").waitFor();
    await looks(agent, "demo-updates-write");
    await ask.click();
    await agent.getByText("Approval was asked for.").waitFor();

    // Who may approve is told, and leads to the draft.
    await owner.getByRole("button", { name: /^Notices|unread/ }).first().click();
    await owner.getByText("Aiko Tanaka asks for your approval").first().click();
    await owner.getByRole("button", { name: "Approve", exact: true }).click();
    await owner.getByText(`Approved by ${onDuty.name}.`).waitFor();
    await owner.getByRole("button", { name: "Publish", exact: true }).click();
    const sure = owner.getByRole("dialog", { name: "Publish to everybody?" });
    await checkAccessible(owner, "asks once");
    await sure.getByRole("button", { name: "Publish", exact: true }).click();
    const card = owner.getByRole("article").filter({ hasText: title });
    await card.getByText("Next update promised for").waitFor();
    await looks(owner, "demo-updates-list");

    // The chat that is open hears of it at once; the page shows the banner without the chat.
    await panel.locator("summary").filter({ hasText: title }).click();
    await panel.getByText("We send new invoices today.").waitFor();
    await checkAccessible(customer, "pinned in the chat");
    await screenshots(customer, "demo-chat-update");
    const banner = customer.locator("hypercare-notice").getByRole("status");
    const reads = (text) => eventually(`“${text}” in the banner`, async () => {
      await customer.goto("/host.html");
      // What there is to tell may be kept for half a minute.
      return banner.getByText(text).waitFor({ timeout: 3_000 }).then(() => true, () => false);
    }, 60_000);
    await reads(title);
    await banner.getByText("Investigating:").waitFor();
    assert.equal(await customer.locator("hypercare-chat iframe").count(), 0, "the chat is not loaded for it");
    await looks(customer, "demo-banner");
    await banner.getByRole("button", { name: "Close" }).click();
    await banner.waitFor({ state: "detached" });
    await customer.reload();
    await customer.getByRole("button", { name: /^Questions\?/ }).waitFor();
    await eventually("the page has settled", () => customer.evaluate(() => performance.getEntriesByType("resource").some((r) => r.name.endsWith("/banner.js"))));
    assert.equal(await customer.locator("hypercare-notice").count(), 0, "this version was closed here");

    const page = await newPage();
    await page.goto(await card.getByRole("link", { name: "Status page" }).getAttribute("href"));
    await page.getByRole("heading", { name: new RegExp(title) }).first().waitFor();
    await looks(page, "demo-status");
    const levels = await page.locator("h1, h2, h3, h4, h5, h6").evaluateAll((all) => all.map((heading) => Number(heading.tagName.slice(1))));
    assert.ok(levels[0] === 1 && levels.every((level, at) => at === 0 || level <= levels[at - 1] + 1), `no level is left out: ${levels}`);

    // A correction is another version: it shows again, there too.
    await card.getByRole("button", { name: "Correct" }).click();
    await owner.getByLabel("What is happening, and to whom?").fill("Since this morning invoices show the old price. Customers with monthly plans are affected.");
    await owner.getByRole("button", { name: "Approve", exact: true }).click();
    await owner.getByRole("button", { name: "Publish", exact: true }).click();
    await sure.getByRole("button", { name: "Publish", exact: true }).click();
    await owner.getByRole("article").filter({ hasText: title }).getByText("Update 2 by").waitFor();
    await reads("monthly plans");
    await eventually("the correction on the status page", async () => {
      await page.reload();
      return (await page.getByText("Corrected by").count()) === 1;
    });
    await page.getByLabel("Your e-mail address").fill("ana@customers.example");
    await page.getByRole("button", { name: "Send me updates" }).click();
    await page.getByText("Look into your inbox").waitFor();
    await checkAccessible(page, "after the form");

    // It ends, so that the stories after it see a desk without it.
    const { items } = await api(owner, `/updates?window=${window}`);
    const matter = items.find((u) => u.title === title);
    const over = { ...matter.entries[0].content, state: "resolved", next_at: null, banner_until: new Date(Date.now() + 15_000).toISOString() };
    const { draft } = await api(owner, `/updates/${matter.id}/draft`, { content: over, corrects: null, revision: null }, "PUT");
    await api(owner, `/updates/${matter.id}/approve`, { revision: draft.revision });
    await api(owner, `/updates/${matter.id}/publish`, { revision: draft.revision });
    await owner.getByRole("heading", { name: "Resolved" }).waitFor();
  });
};
