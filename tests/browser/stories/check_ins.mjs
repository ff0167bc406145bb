// Chosen customers are asked how it goes: in the chat by the keyboard, and by a mail whose page needs no script. A doubt becomes a conversation.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, coloursAtRest, eventually, openChat, say, screenshots, signIn, ticket } from "../support.mjs";

const looks = (page, name) => screenshots(page, name, async (shape) => {
  await coloursAtRest(page);
  await checkNoSideScroll(page, shape);
  await checkAccessible(page, shape);
});

/** The mail to an address that holds these words, as it was sent. */
async function mailTo(server, address, words) {
  const folder = join(server.data, "mail");
  for (const name of await readdir(folder).catch(() => [])) {
    const source = (await readFile(join(folder, name), "utf8")).replaceAll("=\r\n", "").replaceAll("=\n", "").replaceAll("=3D", "=");
    if (source.includes(address) && source.includes(words)) return source;
  }
  return undefined;
}

export default (story) => {
  story("a check-in is previewed, approved, asked in the chat and by mail, and a doubt becomes a conversation", async ({ server, newPage, errors }) => {
    const mark = ticket();
    const question = `How is the new price going ${mark}?`;
    const address = `${mark.toLowerCase()}@customers.example`;
    const customer = await newPage();
    const panel = await openChat(customer);
    await say(panel, `Why is my invoice higher than last month? ${mark}`);
    const mailed = await newPage();
    const sent = await mailed.request.post("/help/contact", { form: { name: "Mia Mailed", email: address, text: "Why is my invoice higher than last month?" } });
    assert.ok(sent.ok(), await sent.text());

    // What was played: one that is done, one that goes on, and an effect that can be shown.
    const lead = await newPage();
    const window = await signIn(lead, PEOPLE.mara, "updates");
    await lead.getByRole("article").filter({ hasText: "Why your first new invoice is higher" }).getByText("Contacts before and after").click();
    const effect = lead.getByRole("article").filter({ hasText: "Why your first new invoice is higher" });
    await effect.getByText(/Contacts in \d+ whole days/).first().waitFor();
    await effect.getByText("An association, not a proof.").waitFor();
    await looks(lead, "demo-update-effect");
    const before = effect.getByRole("link", { name: /\d+ before/ }).first();
    const count = Number((await before.textContent()).match(/\d+/)[0]);
    const listed = new URL(await before.getAttribute("href"), lead.url()).searchParams;
    const { items } = await api(lead, `/conversations?window=${window}&limit=200&${listed}`);
    assert.equal(items.length, count, "the figure is the length of its list");
    await lead.getByRole("link", { name: "Check-ins" }).click();
    await lead.getByText("All asked").first().waitFor();
    await looks(lead, "demo-check-ins");
    await lead.getByText("Who was asked, and what they said").last().click();
    await lead.getByRole("button", { name: /^Not sure/ }).click();
    await lead.getByRole("link", { name: "Conversation" }).first().waitFor();
    await looks(lead, "demo-check-in-people");

    // By the keyboard, with a look at who would be asked.
    await lead.keyboard.press("n");
    await lead.getByLabel("Question").fill(question);
    await lead.getByRole("radio", { name: "Addresses from a list" }).check();
    errors.expect(/status of 422 .*\/check-ins\/lists/);
    await lead.getByLabel("Addresses", { exact: true }).fill("nobody\nat all");
    await lead.getByRole("button", { name: "Upload" }).click();
    await lead.getByText("hold no address").waitFor();
    const scenario = (await api(lead, `/windows/${window}`)).scenarios.find((s) => s.key === "price-higher").name;
    await lead.getByRole("radio", { name: "Customers who wrote about" }).check();
    await lead.getByRole("checkbox", { name: scenario }).first().check();
    await lead.getByLabel("Customers an hour").fill("1000");
    await lead.getByText(/would be asked: .* in the chat/).waitFor();
    await looks(lead, "demo-check-in-write");
    await lead.getByRole("button", { name: "Keep the draft" }).click();
    await lead.getByRole("button", { name: "Approve", exact: true }).click();
    await lead.getByRole("button", { name: "Start asking" }).click();
    const sure = lead.getByRole("dialog", { name: "Start asking?" });
    await checkAccessible(lead, "asks once");
    await sure.getByRole("button", { name: "Start asking" }).click();
    await lead.getByRole("article").filter({ hasText: question }).waitFor();

    // In the chat it waits above the messages, and is answered without a mouse.
    const asked = panel.getByRole("region", { name: "A question to you" });
    await eventually("the question in the chat", async () => {
      await customer.reload();
      await openChat(customer);
      return asked.getByText(question).waitFor({ timeout: 3_000 }).then(() => true, () => false);
    }, 60_000);
    await checkAccessible(customer, "asked in the chat");
    await screenshots(customer, "demo-chat-check-in");
    await asked.getByRole("button", { name: "Send" }).click();
    await asked.getByText("Choose one of the three first.").waitFor();
    await asked.getByRole("radio", { name: "Good", exact: true }).focus();
    await customer.keyboard.press("ArrowRight");
    await customer.keyboard.press("ArrowRight");
    await customer.keyboard.press("Tab");
    await customer.keyboard.type(`I was charged twice ${mark}`);
    await customer.keyboard.press("Tab");
    await customer.keyboard.press("Enter");
    await asked.getByText("Thank you. A person answers you here.").waitFor();

    // By mail: a page without a script, on which looking answers nothing.
    const source = await eventually("the mail that asks", () => mailTo(server, address, mark), 60_000);
    const link = source.match(/https?:\/\/\S+\/check-in\/\w+(?=\?face=good)/)[0];
    const plain = await newPage({ javaScriptEnabled: false });
    await plain.goto(`${link}?face=unsure`);
    await plain.getByRole("heading", { name: question }).waitFor();
    assert.ok(await plain.getByRole("radio", { name: "Not sure" }).isChecked());
    await screenshots(plain, "demo-check-in-answer", (shape) => checkNoSideScroll(plain, shape));
    const figures = async () => (await api(lead, `/check-ins?window=${window}`)).items.find((c) => c.content.question === question).figures;
    assert.equal((await figures()).unsure, 0, "looking answers nothing");
    const seen = await newPage();
    await seen.goto(link);
    await checkAccessible(seen, "the page that asks");
    await plain.getByRole("button", { name: "Send" }).click();
    await plain.getByText("a person of ours writes to you").waitFor();
    assert.equal((await figures()).unsure, 1);
    const card = lead.getByRole("article").filter({ hasText: question });
    await card.getByText("2 became conversations").waitFor();
    await card.getByText("Who was asked, and what they said").click();
    await card.getByRole("button", { name: /^Not good/ }).click();
    await card.getByText(`I was charged twice ${mark}`).waitFor();
    await card.getByRole("link", { name: "Conversation" }).click();
    await lead.getByText("It began as an answer to the check-in").waitFor();
  });
};
