// The whole way of one question: the lead looks, a customer asks, the assistant and a person answer, the customer rates.
import assert from "node:assert/strict";
import { PEOPLE, api, checkText, eventually, openChat, say, signInByForm, ticket } from "../support.mjs";

const COVERED = "Why is my bill higher than last month?";
const UNCOVERED = `Can the new Studio-Plus plan be billed in Norwegian kroner to our office in Tromsø? Customer ${ticket()}`;
const UNHEARD_OF = "Is the new price for Solo also payable with a gift card from the Bergen shop?";
const REPLY = "Not yet, but your office can pay in euros from Tromsø. I have asked billing about kroner.";
const THANKS = "Thank you Aiko, euros will do.";

export default (story) =>
  story("a price change on day six: asked, answered, rated", async ({ newPage }) => {
    const lead = await newPage();
    await lead.goto("/");
    await signInByForm(lead, PEOPLE.mara);
    const stand = lead.getByRole("region", { name: "Where we stand" });
    await stand.getByText("Day 6", { exact: true }).waitFor();
    const now = await api(lead, `/windows/${lead.url().match(/\/w\/(\d+)\//)[1]}/now`);
    assert.equal(now.day, 6);
    await stand.getByText(now.exit.sentence).waitFor();
    await stand.getByText(`${now.exit.streak} of ${now.exit.needed} stable days`, { exact: true }).waitFor();
    await stand.getByText(now.owner.name).first().waitFor();
    for (const signal of now.signals) await checkText(lead, signal.name);

    const aiko = await newPage();
    await aiko.goto("/");
    await signInByForm(aiko, PEOPLE.aiko);
    await aiko.getByRole("region", { name: "Where we stand" }).waitFor();
    await aiko.keyboard.press("g");
    await aiko.keyboard.press("i");
    await aiko.locator("[data-row]").first().waitFor();
    await checkText(aiko, "Live");

    const customer = await newPage({ colorScheme: "light" });
    const panel = await openChat(customer);
    await say(panel, COVERED);
    const answer = panel.getByRole("log").locator(".assistant").filter({ hasText: "Source:" });
    await answer.waitFor();
    await answer.getByText("automatic answer from approved text").waitFor();
    const answers = (await api(lead, `/answers?window=${lead.url().match(/\/w\/(\d+)\//)[1]}`)).items;
    const approved = answers.find((a) => a.key === "price-higher");
    const said = await answer.innerText();
    for (const part of ["expected", "do_now", "next_update"]) assert.ok(said.includes(approved.text[part]), `the answer leaves out ${part}: ${said}`);
    assert.equal(await answer.getByRole("link", { name: approved.title }).getAttribute("href"), approved.text.source);

    await say(panel, UNCOVERED);
    await panel.getByText(/^A person answers within/).waitFor();

    // Somebody who begins with what no answer covers is heard at once.
    const other = await openChat(await newPage());
    await say(other, UNHEARD_OF);
    const heard = other.getByRole("log").locator(".system").filter({ hasText: "Automatic note" });
    await heard.getByText("a colleague will read it").waitFor();
    await other.getByText(/^A person answers within/).waitFor();

    // Nothing is reloaded: the row is there because the inbox is told.
    const row = aiko.locator("[data-row]").filter({ hasText: UNCOVERED });
    await eventually("the conversation in the agent's inbox", async () => {
      const more = aiko.getByRole("button", { name: /^\d+ new$/ });
      if (await more.isVisible()) await more.press("Enter");
      return row.count();
    });
    const id = await row.first().getAttribute("data-row");
    // By keyboard: down the list to it, then to its messages.
    await eventually(
      "j reaches the conversation",
      async () => {
        if (new URL(aiko.url()).searchParams.get("c") === id) return true;
        await aiko.keyboard.press("j");
        return false;
      },
      20_000,
    );
    // Away from it and back: up, unless it is the first.
    const first = (await aiko.locator("[data-row]").first().getAttribute("data-row")) === id;
    await aiko.keyboard.press(first ? "j" : "k");
    await aiko.keyboard.press(first ? "k" : "j");
    await aiko.waitForURL((url) => url.searchParams.get("c") === id);
    await aiko.keyboard.press("Enter");
    const log = aiko.getByRole("log", { name: "Messages" });
    await log.getByText(UNCOVERED).waitFor();
    assert.equal(await log.evaluate((element) => element === document.activeElement), true, "Enter goes to the messages");
    await checkText(aiko, "A person is needed:");
    await aiko.keyboard.press("r");
    await aiko.keyboard.type(REPLY);
    await aiko.keyboard.press("Control+Enter");
    await log.getByText(REPLY).waitFor();

    const reply = panel.getByRole("log").locator(".person").filter({ hasText: REPLY });
    await reply.waitFor();
    await reply.getByText("Aiko Tanaka").waitFor();
    await say(panel, THANKS);
    await log.getByText(THANKS).waitFor();

    await aiko.keyboard.press("Escape");
    await aiko.getByRole("button", { name: "Resolve", exact: true }).press("Enter");
    await panel.getByText("This chat has ended", { exact: true }).waitFor();
    await panel.getByRole("radio", { name: "Very good" }).check({ force: true });
    await panel.getByLabel("What should we know?").fill("Quick and kind.");
    await panel.getByRole("button", { name: "Send rating" }).click();

    await aiko.goto(`${new URL(aiko.url()).pathname}?c=${id}`);
    await checkText(aiko, /rated.* 5 of 5/i);
    assert.equal((await api(aiko, `/conversations/${id}`)).rating, 5);
  });
