// One conversation about two matters, a file for colleagues only, and what a note's file never does.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkCount, checkNoSideScroll, eventually, screenshots, signIn, ticket } from "../support.mjs";

const log = (page) => page.getByRole("log", { name: "Messages" });

export default (story) =>
  story("another matter is split off by key, taken back, and a note carries a file that no customer sees", async ({ newPage }) => {
    const number = ticket();
    const aiko = await newPage();
    const window = await signIn(aiko, PEOPLE.aiko, "inbox");
    const write = (text, conversation) => api(aiko, "/public/form", { name: "Ida Holm", email: `ida.${number}@example.net`, subject: text, text: `${text} ${number}`, ...(conversation ? { conversation } : {}) });
    const { conversation } = await write("Where do my guests sign in?");
    const { conversation: other } = await write("And the invoice has the old address");
    // One customer, one thread: what was said of the other matter came into it.
    await api(aiko, `/conversations/${other}/merge`, { into: conversation });
    await aiko.goto(`/w/${window}/inbox?c=${conversation}`);
    await log(aiko).getByText(`And the invoice has the old address ${number}`).waitFor();

    // By key: the newest message of the customer is chosen already.
    await aiko.keyboard.press("Shift+S");
    const dialog = aiko.getByRole("dialog", { name: "Split off another matter" });
    const boxes = dialog.getByRole("checkbox");
    await boxes.first().waitFor();
    assert.deepEqual([await boxes.count(), await boxes.first().isChecked(), await boxes.nth(1).isChecked()], [2, true, false]);
    await screenshots(aiko, "split-dialog", async (where) => {
      await checkNoSideScroll(aiko, `splitting, ${where}`);
    });
    await checkAccessible(aiko, "splitting");
    await dialog.getByRole("button", { name: "Split off 1 message" }).click();
    await eventually("the new conversation is open", () => !aiko.url().includes(`c=${conversation}`) && aiko.url().includes("c="));
    const line = aiko.getByRole("note", { name: "Split off" });
    await line.getByRole("link", { name: /Where do my guests sign in/ }).waitFor();
    await screenshots(aiko, "split-off", async (where) => {
      await checkNoSideScroll(aiko, `split off, ${where}`);
    });
    await checkAccessible(aiko, "split off");
    // Where it was said it still stands, and leads to the other one.
    await line.getByRole("link").click();
    await log(aiko).getByText("Split off into").waitFor();
    await screenshots(aiko, "split-from", async (where) => {
      await checkNoSideScroll(aiko, `split from, ${where}`);
    });

    // A file with a note is the team's.
    await aiko.keyboard.press("n");
    const note = aiko.getByRole("textbox", { name: "Private note" });
    await note.fill(`The old address is in this scan. ${number}`);
    await aiko.locator("input[type=file]").setInputFiles({ name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 scan") });
    await aiko.getByText("scan.pdf").waitFor();
    // What is attached to the note is not attached to the reply.
    await aiko.getByRole("button", { name: /^Reply/ }).first().click();
    await checkCount(aiko.locator("form.composer").getByText("scan.pdf"), 0);
    await aiko.getByRole("button", { name: /^Note/ }).first().click();
    const save = aiko.getByRole("button", { name: "Save the note" });
    await eventually("the file is there", () => save.isEnabled());
    await save.click();
    const kept = log(aiko).getByRole("article").filter({ hasText: `The old address is in this scan. ${number}` });
    await kept.getByText("scan.pdf").waitFor();
    await screenshots(aiko, "note-with-file");

    // Taken back: one conversation again, with each word once.
    await log(aiko).getByText("Split off into").getByRole("link").click();
    await aiko.getByRole("note", { name: "Split off" }).waitFor();
    await aiko.keyboard.press("u");
    const picker = aiko.getByRole("dialog", { name: "Merge into another conversation" });
    await picker.getByText("Where do my guests sign in").first().waitFor();
    await aiko.keyboard.press("Enter");
    await eventually("the one that stays is open", () => aiko.url().includes(`c=${conversation}`));
    await log(aiko).getByText(`Where do my guests sign in? ${number}`).waitFor();
    await eventually("each word once", async () => (await log(aiko).getByRole("article").filter({ hasText: `And the invoice has the old address ${number}` }).count()) === 1);
    await checkCount(log(aiko).getByText("Split off into"), 0);
  });
