// A slow network and a lost one: keys and text that come before a conversation is read are not lost, and nothing is sent unseen.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkCount, checkNoSideScroll, eventually, openChat, say, screenshots, signIn, ticket } from "../support.mjs";

export default (story) =>
  story("keys and text come before the conversation is read", async ({ newPage, errors }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.aiko, "inbox");
    const number = ticket();
    const written = async (text) => {
      await say(await openChat(await newPage()), `${text} ${number}`);
      return eventually(`“${text}” is here`, async () => (await api(page, `/conversations?q=${encodeURIComponent(number)}`)).items.find((c) => c.subject.startsWith(text)));
    };
    const one = await written("May a person tell me who keeps the old invoices of a closed archive?");
    const log = page.getByRole("log", { name: "Messages" });
    const box = page.getByRole("textbox", { name: /^Reply to/ });
    const send = page.getByRole("button", { name: "Send and wait" });
    const dialog = page.getByRole("dialog");
    const focused = (of) => of.evaluate((element) => element === document.activeElement);
    const at = (id) => page.goto(`/w/${window}/inbox?q=${number}${id ? `&c=${id}` : ""}`);
    const reading = /\/api\/v1\/conversations\/\d+(\/messages\?.*)?$/;
    /** Holds back what is read of conversations until it is let go. */
    const hold = async () => {
      let letGo;
      const held = new Promise((go) => (letGo = go));
      await page.route(reading, async (route) => (await held, route.continue()));
      return async () => (letGo(), page.unrouteAll({ behavior: "wait" }));
    };

    /** Sends what is written; it arrives, and its answer does not come back. */
    const sendUnheard = async () => {
      await page.route(/\/replies/, async (route) => (await route.fetch(), route.abort()));
      const lost = page.waitForEvent("requestfailed", (request) => request.url().includes("/replies"));
      await page.keyboard.press("Control+Enter");
      await lost;
    };

    // j and Enter at once: in the messages, which are still to come. Then a reply, written before and sent after.
    await at();
    await page.locator(`[data-row="${one.id}"]`).waitFor();
    let letGo = await hold();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await eventually("the messages have the focus", async () => (await log.count()) === 1 && focused(log));
    await screenshots(page, "inbox-being-read", async (shape) => {
      await checkNoSideScroll(page, shape);
      await checkAccessible(page, shape);
    });
    await page.keyboard.press("r");
    const reply = `Ours do, for ten years. ${number}`;
    await page.keyboard.type(reply);
    assert.equal(await box.inputValue(), reply, "what is typed after r is the reply");
    await page.getByText("It can be sent once the messages are read.").waitFor();
    assert.equal(await send.isDisabled(), true);
    await page.keyboard.press("Control+Enter");
    await letGo();
    await log.getByText(number).first().waitFor();
    assert.equal((await api(page, `/conversations/${one.id}`)).status, "open", "nothing was sent unseen");
    assert.equal(await box.inputValue(), reply, "the text is kept");
    await eventually("it can be sent", () => send.isEnabled());
    // Its answer gets lost: sent again it is the same message.
    errors.expect(/Failed to load resource: net::ERR_FAILED/);
    await sendUnheard();
    assert.equal(await box.inputValue(), reply, "the text is kept");
    await page.unrouteAll({ behavior: "wait" });
    await page.keyboard.press("Control+Enter");
    await eventually("it is sent", async () => (await box.inputValue()) === "");
    const sent = async () => (await api(page, `/conversations/${one.id}/messages`)).items.filter((m) => m.text === reply).length;
    assert.equal(await sent(), 1);

    // The page is left before the answer comes: what was sent is no draft.
    const more = `And for the archive itself as well. ${number}`;
    await box.fill(more);
    await page.getByText("Draft saved").waitFor();
    await page.route(/\/draft$/, (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
    await sendUnheard();
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [`hc-reply:${(await api(page, "/session")).user.id}:${one.id}`, more]);
    await page.unrouteAll({ behavior: "wait" });
    await at(one.id);
    await log.getByText(more).waitFor();
    await eventually("no draft is left", async () => (await box.inputValue()) === "");

    // A key for a dialog waits for the conversation; the last one counts.
    letGo = await hold();
    await at(one.id);
    await log.waitFor();
    await page.keyboard.press("s");
    await page.keyboard.press("t");
    assert.equal(await dialog.count(), 0);
    await letGo();
    await dialog.getByRole("option", { name: "High" }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    // It does not come over somebody who has begun to write.
    letGo = await hold();
    await at(one.id);
    await log.waitFor();
    await page.keyboard.press("t");
    await box.click();
    await page.keyboard.type("One more thing");
    await letGo();
    await log.getByText(reply).waitFor();
    await page.keyboard.type(", please");
    assert.deepEqual([await dialog.count(), await box.inputValue()], [0, "One more thing, please"]);

    // Without a network it says so and, once it is back, reads by itself.
    await page.route(reading, (route) => route.abort());
    await at(one.id);
    await page.getByText("Offline. What you see is the last known state").waitFor();
    assert.equal(await log.getByText(reply).count(), 0);
    await page.unrouteAll({ behavior: "wait" });
    await log.getByText(reply).waitFor();

    // One that is not there says so, offers nothing to write, and on a narrow screen leads back.
    errors.expect(/status of 404/);
    await page.setViewportSize({ width: 390, height: 844 });
    await at("1");
    await page.getByRole("region", { name: "Conversation" }).getByRole("alert").waitFor();
    await checkCount(box, 0);
    await page.getByRole("link", { name: "Back to the list" }).click();
    await page.locator(`[data-row="${one.id}"]`).waitFor();
  });
