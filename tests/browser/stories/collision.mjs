// Two agents and a customer in one conversation: nobody answers past anybody, and no draft is lost.
import assert from "node:assert/strict";
import { PEOPLE, api, checkText, openChat, say, signIn, ticket } from "../support.mjs";

const find = async (page, words) => (await api(page, `/conversations?q=${encodeURIComponent(words)}`)).items[0].id;
const box = (page) => page.getByRole("textbox", { name: /^Reply to/ });
const log = (page) => page.getByRole("log", { name: "Messages" });

export default (story) =>
  story("two agents and a customer write at the same time", async ({ newPage, errors }) => {
    const number = ticket();
    const panel = await openChat(await newPage());
    await say(panel, `Does the new guest limit count interns of a partner school? ${number}`);
    const aiko = await newPage();
    const window = await signIn(aiko, PEOPLE.aiko, "inbox");
    const id = await find(aiko, number);
    const ben = await newPage();
    await signIn(ben, PEOPLE.ben, `inbox?c=${id}`);
    await aiko.goto(`/w/${window}/inbox?c=${id}`);
    await log(aiko).getByText(number).waitFor();
    await log(ben).getByText(number).waitFor();

    // Each sees the other, and who writes.
    const others = (page) => page.getByRole("status", { name: "Who else is here" });
    await others(aiko).getByText("Ben Okafor is reading.").waitFor();
    await others(ben).getByText("Aiko Tanaka is reading.").waitFor();
    await box(ben).fill("I think");
    await others(aiko).getByText("Ben Okafor is writing.").waitFor();
    await box(ben).fill("");

    // The network of the agent stops bringing news, so the new message is not on the screen when the reply is sent.
    const first = `Interns count as guests from 1 December. ${number}`;
    await box(aiko).fill(first);
    await aiko.getByText("Draft saved").waitFor();
    let cut = true;
    await aiko.route(/\/messages\?/, (route) => (cut ? route.abort() : route.continue()));
    // It is back with the answer to the reply, not a moment earlier: a late look at the messages would show the new one.
    await aiko.route(/\/replies/, async (route) => {
      const response = await route.fetch();
      cut = false;
      await route.fulfill({ response });
    });
    errors.expect(/Failed to load resource: net::ERR_FAILED/);
    errors.expect(/status of 409 .*\/replies/);
    const since = `Wait: they are here for two weeks only. ${number}`;
    await say(panel, since);
    await log(ben).getByText(since).waitFor();
    await box(aiko).press("Control+Enter");
    await aiko.getByRole("alert").getByText("has written since").waitFor();
    await aiko.unrouteAll({ behavior: "wait" });
    await log(aiko).getByText(since).waitFor();
    assert.equal(await box(aiko).inputValue(), first, "the text is kept");
    assert.equal(await panel.getByText(first).count(), 0, "nothing went out");
    await box(aiko).press("Control+Enter");
    await log(aiko).getByText(first).waitFor();
    await panel.getByText(first).waitFor();
    await log(ben).getByText(first).waitFor();
    assert.equal(await log(aiko).getByText(first).count(), 1);

    // A draft stays: over a reload, on another device, and while the other agent answers.
    const draft = `One more thing about interns: ${number}`;
    await box(ben).fill(draft);
    await ben.getByText("Draft saved").waitFor();
    await ben.reload();
    await log(ben).getByText(number).first().waitFor();
    await checkValue(box(ben), draft);
    const second = `Two weeks are free of charge. ${number}`;
    await box(aiko).fill(second);
    await box(aiko).press("Control+Enter");
    await log(ben).getByText(second).waitFor();
    await checkValue(box(ben), draft);
    const elsewhere = await newPage();
    await signIn(elsewhere, PEOPLE.ben, `inbox?c=${id}`);
    await checkValue(box(elsewhere), draft);
    await box(ben).press("Control+Enter");
    await panel.getByText(draft).waitFor();
    await checkText(aiko, draft);
    await checkValue(box(ben), "");
  });

/** The field holds the text, now or in a moment. */
async function checkValue(field, expected) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await field.inputValue();
    if (found === expected) return;
    if (Date.now() > deadline) assert.equal(found, expected);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
