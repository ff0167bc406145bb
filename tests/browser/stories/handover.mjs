// Towards the end: what was said becomes something that stays, and normal operations take over, item by item.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, coloursAtRest, eventually, screenshots, signIn } from "../support.mjs";

const looks = (page, name) => screenshots(page, name, async (shape) => {
  await coloursAtRest(page);
  await checkNoSideScroll(page, shape);
  await checkAccessible(page, shape);
});

export default (story) => {
  story("answers become something that stays, and an item is handed over, accepted and given back", async ({ newPage }) => {
    const lead = await newPage();
    const window = await signIn(lead, PEOPLE.mara, "exit");
    const keep = lead.getByRole("region", { name: /^Knowledge to keep/ });
    await keep.getByText(/answers? waits?[; ]/).waitFor();
    await keep.getByRole("button", { name: /^Show all \d/ }).click();
    const before = await api(lead, `/windows/${window}/knowledge`);
    assert.ok(before.waiting > 1, "the demo has some left");
    const first = before.items.find((one) => one.waits);
    await looks(lead, "demo-exit-handover");

    // Somebody is named, by the keyboard, and then it becomes a macro.
    await keep.getByRole("button", { name: `Name who sees to “${first.title}”` }).first().focus();
    await lead.keyboard.press("Enter");
    const entrust = lead.getByRole("dialog");
    await entrust.getByLabel("Colleague").selectOption({ label: "Ben Okafor" });
    await checkAccessible(lead, "who sees to it");
    await entrust.getByRole("button", { name: "Name", exact: true }).click();
    await lead.getByText(`Ben Okafor sees to “${first.title}”.`).waitFor();
    const row = keep.getByRole("listitem").filter({ hasText: first.title });
    await row.getByRole("button", { name: "Decide …" }).click();
    const decide = lead.getByRole("dialog");
    await decide.getByRole("radio", { name: /^Rule/ }).check();
    await decide.getByLabel("What the rule says").waitFor();
    await decide.getByRole("radio", { name: /^Macro/ }).check();
    await checkAccessible(lead, "what it becomes");
    await decide.getByRole("button", { name: "Keep it" }).click();
    await lead.getByText(`“${first.title}” became a macro.`).waitFor();
    await eventually("it waits no more", async () => (await api(lead, `/windows/${window}/knowledge`)).waiting === before.waiting - 1);

    // Who was named just now stays in sight with the day, also where the list shows only its beginning.
    await lead.reload();
    const nobody = before.items.filter((one) => one.waits).at(-1);
    await keep.getByRole("button", { name: /^Show all \d/ }).click();
    await keep.getByRole("button", { name: `Name who sees to “${nobody.title}”` }).first().click();
    await entrust.getByLabel("Colleague").selectOption({ label: "Ben Okafor" });
    await entrust.getByLabel("By the end of").fill(new Date(Date.parse(nobody.due_at ?? new Date().toISOString()) + 40 * 86_400_000).toISOString().slice(0, 10));
    await entrust.getByRole("button", { name: "Name", exact: true }).click();
    await keep.getByRole("button", { name: /^Show the first/ }).click();
    const last = keep.getByRole("listitem").filter({ hasText: nobody.title });
    await last.getByText("Ben Okafor sees to it").waitFor();
    await last.getByText(/^By /).waitFor();

    // It becomes an article: a draft in the help centre, which counts once it is published.
    await last.getByRole("button", { name: "Decide …" }).click();
    await decide.getByRole("radio", { name: /^An article that is there/ }).check();
    await decide.getByLabel("Find it").fill("invoice");
    await decide.getByRole("group", { name: "Articles" }).getByRole("radio").first().waitFor();
    await looks(lead, "demo-exit-article-there");
    await decide.getByRole("radio", { name: /^A new draft in the help centre/ }).check();
    await decide.getByLabel("Where it stands").selectOption({ index: 1 });
    await checkAccessible(lead, "an article");
    await looks(lead, "demo-exit-article");
    await decide.getByRole("button", { name: "Keep it" }).click();
    await lead.getByText(/It counts once it is published\.$/).first().waitFor();
    await last.getByText("Article, not published").waitFor();
    await looks(lead, "demo-exit-draft");
    await last.getByRole("link", { name: "Its article" }).click();
    await lead.getByRole("button", { name: /^Publish/ }).first().click();
    await eventually("it waits no more once it is published", async () => {
      const now = await api(lead, `/windows/${window}/knowledge`);
      return now.items.find((one) => one.answer === nobody.answer).waits === false;
    });
    await lead.goBack();
    await keep.getByText(/answers? waits?[; ]|All are seen to/).first().waitFor();

    // It is beside every conversation, for whoever writes.
    const agent = await newPage();
    await signIn(agent, PEOPLE.aiko, "inbox");
    await agent.getByRole("option").or(agent.getByRole("row")).or(agent.locator("a[href*='?c=']")).first().click();
    const macros = agent.getByRole("region", { name: "Macros" });
    await macros.locator("summary").click();
    await macros.getByRole("button").filter({ hasText: first.title }).first().waitFor();

    // A team without an account: a colleague records what they said, with the evidence.
    const handover = lead.getByRole("region", { name: /^Handover to normal/ });
    await handover.getByRole("button", { name: /^Record acceptance …: Alarms/ }).click();
    const record = lead.getByRole("dialog");
    const confirm = record.getByRole("button", { name: "Record that it was accepted" });
    assert.equal(await confirm.isDisabled(), true, "without the evidence nothing is recorded");
    await record.getByLabel("Reason").fill("Said by the head of operations in today's call.");
    await confirm.click();
    await handover.getByText("Said by the head of operations in today's call.").waitFor();

    // Nobody is named for the last one; then it is handed over, and it comes back from its receiver.
    await handover.getByRole("button", { name: /^Name a receiver …: Access/ }).click();
    const name = lead.getByRole("dialog");
    await name.getByLabel("E-mail of a person or a team").fill(PEOPLE.jonas.email);
    await name.getByLabel("Name", { exact: true }).fill("Jonas Weber");
    await name.getByRole("button", { name: "Name", exact: true }).click();
    await handover.getByRole("button", { name: /^Hand over …: Access/ }).click();
    const give = lead.getByRole("dialog");
    await give.getByLabel("What the receiver needs to know").fill("The list of accounts is in the ticket.");
    await checkAccessible(lead, "handing over");
    await give.getByRole("button", { name: "Hand over", exact: true }).click();
    await lead.getByText("Handed over to Jonas Weber.").waitFor();
    const receiver = await newPage();
    await signIn(receiver, PEOPLE.jonas, "exit");
    const his = receiver.getByRole("region", { name: /^Handover to normal/ });
    await his.getByRole("button", { name: /^Give back …: Access/ }).click();
    await receiver.getByRole("dialog").getByLabel("Reason").fill("Two accounts are missing.");
    await receiver.getByRole("dialog").getByRole("button", { name: "Give back" }).click();
    await his.getByText("Two accounts are missing.").waitFor();
    // The lead sees it without asking.
    await handover.getByText("Two accounts are missing.").waitFor();
  });
};
