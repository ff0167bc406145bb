// One keystroke corrects how a message was read; the next such message is read so, until it is taken back.
import assert from "node:assert/strict";
import { PEOPLE, api, checkText, eventually, openChat, say, signIn } from "../support.mjs";

const ASKED = "Our kiosk at the harbour keeps asking visitors for the blue voucher";
const ALIKE = "the kiosk at the harbour is asking our visitors for a blue voucher again";
const AGAIN = "our harbour kiosk asks the visitors for the blue voucher";

export default (story) =>
  story("a correction is learned, and taken back", async ({ newPage }) => {
    const page = await newPage();
    await signIn(page, PEOPLE.lena, "inbox");
    /** A new customer writes; returns the conversation. */
    const written = async (text) => {
      await say(await openChat(await newPage()), text);
      return eventually(`“${text}” is here`, async () => (await api(page, `/conversations?q=${encodeURIComponent(text)}`)).items.find((c) => c.subject === text));
    };
    const read = (id) => api(page, `/conversations/${id}`);
    const toast = (text) => page.locator(".toast, [role=status], [role=alert]").getByText(text).first();
    const first = await written(ASKED);
    assert.notEqual(first.severity, "high");
    const open = async (id) => {
      await page.goto(page.url().replace(/\/inbox.*/, `/inbox?c=${id}`));
      await page.getByRole("log", { name: "Messages" }).waitFor();
    };

    // A mode key and one letter.
    await open(first.id);
    await page.keyboard.press("t");
    await page.getByRole("dialog").getByRole("option", { name: "High" }).waitFor();
    await page.keyboard.press("h");
    await toast("Learned: the next such message is read so.").waitFor();
    await eventually("severity high", async () => (await read(first.id)).severity === "high");

    // The next such message is read so, and says because of whom.
    const second = await written(ALIKE);
    assert.equal(second.severity, "high");
    await open(second.id);
    await checkText(page, /^High: like “Our kiosk at the harbour keeps asking visitors for the blue voucher”, a message that Lena Schmidt corrected on \w+ \d+ \w+\.$/);

    // Taken back, in one step, it is forgotten.
    await open(first.id);
    await page.keyboard.press("t");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("l");
    await toast("Learned: the next such message is read so.").waitFor();
    await eventually("severity low", async () => (await read(first.id)).severity === "low");
    await page.getByRole("button", { name: "Undo" }).last().click();
    await toast("Taken back, and forgotten.").waitFor();
    await eventually("severity high again", async () => (await read(first.id)).severity === "high");
    await page.keyboard.press("t");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("n");
    await eventually("what had been read", async () => (await read(first.id)).triage.corrected_by === null);
    const third = await written(AGAIN);
    assert.notEqual(third.severity, "high");

    // Whether reassurance is sought, likewise.
    await page.keyboard.press("t");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("r");
    await eventually("reassurance", async () => (await read(first.id)).reassurance === true);
    const fourth = await written(`${AGAIN}, please`);
    assert.equal(fourth.reassurance, true);
  });
