// Two answers are close: the assistant asks once which is meant, and the choice is answered.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkCount, checkNoSideScroll, openChat, panelOf, say, screenshots, signIn } from "../support.mjs";

/** Each is about two answers. What people taught before decides which of them is asked about. */
const BETWEEN = [
  "do i pay VAT on top of the 12 euro per seat?",
  "My business partner leaves the company. How can I take over his folders before his user is removed?",
  "If I add somebody for December only and remove them in January, what do we pay?",
];

/** The panel of the first customer who is asked, and what they had written. */
async function firstAsked(newPage) {
  for (const text of BETWEEN) {
    const page = await newPage();
    const panel = await openChat(page);
    await say(panel, text);
    // Whatever comes of it, somebody says something.
    await panel.getByRole("log").locator(".message:not(.customer)").first().waitFor();
    if ((await panel.getByRole("group", { name: /^Choose one/ }).count()) > 0) return { page, panel, text };
  }
  throw new Error("nobody was asked which answer is meant");
}

export default (story) =>
  story("between two close answers the assistant asks once, and the choice is answered", async ({ newPage }) => {
    const { page, panel, text } = await firstAsked(newPage);
    const choices = panel.getByRole("group", { name: /^Choose one/ }).getByRole("button");
    assert.equal(await choices.count(), 3, "two answers, or neither");
    await screenshots(page, "chat-asked", (shape) => checkNoSideScroll(page, shape));
    const chosen = await choices.first().innerText();
    await choices.first().focus();
    await page.keyboard.press("Enter");
    const said = panelOf(page).getByRole("log").locator(".message.assistant").last();
    await said.getByText("automatic answer").waitFor();
    await checkCount(panel.getByRole("group", { name: /^Choose one/ }), 0, "the question is settled");

    const desk = await newPage();
    const window = await signIn(desk, PEOPLE.mara, "inbox");
    // The same was asked before, through the form.
    const found = (await api(desk, `/conversations?q=${encodeURIComponent(text)}`)).items.find((item) => item.channel === "chat");
    await desk.goto(`/w/${window}/inbox?c=${found.id}`);
    await desk.getByText(`the customer chose “${chosen}”`).first().waitFor();
    await screenshots(desk, "inbox-asked", async (shape) => {
      await checkNoSideScroll(desk, shape);
      await checkAccessible(desk, shape);
    });
  });
