// What goes wrong around the product: reloads, lost networks, ended sessions, a second tab.
import assert from "node:assert/strict";
import { PEOPLE, api, eventually, openChat, say, signIn, signInByForm, ticket } from "../support.mjs";

const LOST = /net::ERR_INTERNET_DISCONNECTED|net::ERR_NETWORK_CHANGED|Failed to load resource: net::/;
const SCREENS = ["now", "inbox", "issues", "answers", "decisions", "updates", "rota", "signals", "exit", "plan", "report"];

export default (story) => {
  story("back and forth through every screen, with a reload in the middle", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara);
    const title = () => page.title();
    const titles = [];
    for (const screen of SCREENS) {
      await page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${screen}`, "i") }).first().click();
      await page.waitForURL(new RegExp(`/w/${window}/${screen}`));
      // The window's name follows once it is read.
      await eventually(`the title of ${screen}`, async () => new RegExp(`^${screen} · (?!Hypercare$)`, "i").test(await title()));
      titles.push(await title());
    }
    await page.reload();
    await eventually("the report again", async () => (await title()) === titles.at(-1));
    for (const [i, screen] of SCREENS.slice(0, -1).toReversed().entries()) {
      await page.goBack();
      await page.waitForURL(new RegExp(`/w/${window}/${screen}`));
      await eventually(`back on ${screen}`, async () => (await title()) === titles.at(-2 - i));
    }
    await page.goForward();
    await page.waitForURL(new RegExp(`/w/${window}/inbox`));
    // A conversation is an address, too.
    await page.locator("[data-row]").first().click();
    await page.waitForURL(/c=\d+/);
    const subject = await page.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading", { level: 2 }).innerText();
    await page.reload();
    await page.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading", { level: 2, name: subject }).waitFor();
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has("c"));
    await page.getByText("Choose a conversation").waitFor();
  });

  story("the network goes and comes back, at the desk and at the customer's", async ({ newPage, errors }) => {
    errors.expect(LOST);
    const number = ticket();
    const customer = await newPage();
    const panel = await openChat(customer);
    await say(panel, `I need a person for our new plan. ${number}`);
    const agent = await newPage();
    const window = await signIn(agent, PEOPLE.ben, "inbox");
    const { id } = (await api(agent, `/conversations?q=${number}`)).items[0];
    await agent.goto(`/w/${window}/inbox?c=${id}`);
    const log = agent.getByRole("log", { name: "Messages" });
    await log.getByText(number).waitFor();
    const status = agent.getByRole("status").filter({ hasText: /Live|Connecting|No live updates/ }).first();
    await eventually("live", async () => (await status.innerText()) === "Live");

    await customer.context().setOffline(true);
    const kept = `This was written in a tunnel. ${number}`;
    const box = panel.getByRole("textbox", { name: "Write a message" });
    await box.fill(kept);
    await box.press("Enter");
    await panel.getByText(/You are offline/).waitFor();
    await panel.getByText("Not sent yet – will retry").waitFor();
    await customer.context().setOffline(false);
    await panel.getByRole("log").locator(".message.customer:not(.waiting)").getByText(kept).waitFor();
    await panel.getByText(/You are offline/).waitFor({ state: "hidden" });
    await log.getByText(kept).waitFor();
    assert.equal(await log.getByText(kept).count(), 1);

    await agent.context().setOffline(true);
    const reply = agent.getByRole("textbox", { name: /^Reply to/ });
    const text = `Here is a person. ${number}`;
    await reply.fill(text);
    await reply.press("Control+Enter");
    await agent.getByText(/server cannot be reached/).first().waitFor();
    assert.equal(await reply.inputValue(), text, "the text stays with the writer");
    await eventually("a notice that nothing is live", async () => /No live updates|Connecting/.test(await status.innerText()));
    // What could not be searched is not said to be nothing.
    await agent.getByRole("button", { name: "Search and commands" }).click();
    const palette = agent.getByRole("dialog", { name: "Search and commands" });
    await palette.getByRole("combobox").fill("invoice");
    await palette.getByRole("option", { name: /Conversations and accounts could not be searched/ }).waitFor();
    await agent.keyboard.press("Escape");
    await palette.waitFor({ state: "detached" });
    await agent.context().setOffline(false);
    await eventually("live again", async () => (await status.innerText()) === "Live", 20_000);
    await reply.press("Control+Enter");
    await panel.getByText(text).waitFor();
    assert.equal(await panel.getByText(text).count(), 1);
    const after = `Good, and thank you. ${number}`;
    await say(panel, after);
    await log.getByText(after).waitFor();
  });

  story("a session ends: sign in again, on the same page", async ({ newPage, errors }) => {
    errors.expect(/status of 401/);
    const page = await newPage();
    const window = await signIn(page, PEOPLE.lena, "inbox?view=waiting");
    await page.locator("[data-row]").first().click();
    await page.waitForURL(/c=\d+/);
    const { pathname, search } = new URL(page.url());
    await page.getByRole("log", { name: "Messages" }).getByRole("article").first().waitFor();
    const draft = `half a thought ${ticket()}`;
    await page.getByRole("textbox", { name: /^Reply to/ }).fill(draft);
    await page.getByText("Draft saved").waitFor();
    await page.context().clearCookies();
    await page.keyboard.press("Escape");
    await page.keyboard.press("a");
    await page.waitForURL(/\/sign-in\?back=/);
    await signInByForm(page, PEOPLE.lena);
    await page.waitForURL((url) => url.pathname === pathname && url.search === search);
    await page.getByRole("log", { name: "Messages" }).getByRole("article").first().waitFor();
    await eventually("the draft", async () => (await page.getByRole("textbox", { name: /^Reply to/ }).inputValue()) === draft);
    await page.getByRole("textbox", { name: /^Reply to/ }).fill("");
    await page.getByText("Draft saved").waitFor({ state: "hidden" });
    // An address from elsewhere does not choose where one lands.
    await page.goto(`/sign-in?back=${encodeURIComponent("//elsewhere.example/")}`);
    await page.waitForURL((url) => url.pathname.startsWith(`/w/${window}`));
  });

  story("two tabs of one person, one of one customer and another", async ({ newPage }) => {
    const number = ticket();
    const customer = await newPage();
    const panel = await openChat(customer);
    await say(panel, `A person please: is the new plan per tab? ${number}`);
    const second = await customer.context().newPage();
    const panelToo = await openChat(second);
    await panelToo.getByText(number).waitFor();
    await say(panelToo, `I mean per browser tab. ${number}`);
    await panel.getByText(`I mean per browser tab. ${number}`).waitFor();

    const one = await newPage();
    const window = await signIn(one, PEOPLE.aiko, "inbox");
    const { id } = (await api(one, `/conversations?q=${number}`)).items[0];
    await one.goto(`/w/${window}/inbox?c=${id}`);
    const two = await one.context().newPage();
    await two.goto(`/w/${window}/inbox?c=${id}`);
    const log = (page) => page.getByRole("log", { name: "Messages" });
    await log(one).getByText("per browser tab").waitFor();
    await log(two).getByText("per browser tab").waitFor();
    // The first tab reads the stream for both; when it goes, the second takes over.
    const text = `Per person, not per tab. ${number}`;
    await one.getByRole("textbox", { name: /^Reply to/ }).fill(text);
    await one.getByRole("textbox", { name: /^Reply to/ }).press("Control+Enter");
    await log(two).getByText(text).waitFor();
    await one.close();
    const late = `Then all is well. ${number}`;
    await say(panel, late);
    await log(two).getByText(late).waitFor();
    assert.equal((await api(two, `/conversations/${id}/messages`)).items.filter((m) => m.author === "customer").length, 3);
  });
};
