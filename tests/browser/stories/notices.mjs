// A colleague is mentioned by keyboard: their bell says so, and opens at the note.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkCount, checkNoSideScroll, eventually, screenshots, signIn, ticket } from "../support.mjs";

const log = (page) => page.getByRole("log", { name: "Messages" });

export default (story) =>
  story("who is mentioned in a note hears of it, and gets to the note", async ({ newPage }) => {
    const number = ticket();
    const aiko = await newPage();
    const window = await signIn(aiko, PEOPLE.aiko, "inbox");
    const { conversation } = await api(aiko, "/public/form", { name: "Ida Holm", email: `ida.${number}@example.net`, subject: "Guests", text: `Guests of a partner school ${number}` });
    const ben = await newPage();
    await signIn(ben, PEOPLE.ben);
    const bell = ben.getByRole("button", { name: /^Notices/ }).first();
    await bell.waitFor();
    const unread = async () => (await api(ben, "/notices?limit=1")).unread;
    const before = await unread();

    await aiko.goto(`/w/${window}/inbox?c=${conversation}`);
    await log(aiko).getByText(number).waitFor();
    await aiko.keyboard.press("n");
    const note = aiko.getByRole("textbox", { name: "Private note" });
    await note.waitFor();
    await aiko.keyboard.type("Please look, @ok");
    const people = aiko.getByRole("listbox", { name: "People to mention" });
    await people.getByRole("option", { name: /Ben Okafor/, selected: true }).waitFor();
    await checkAccessible(aiko, "whom to mention");
    await aiko.keyboard.press("Enter");
    assert.equal(await note.inputValue(), "Please look, @Ben Okafor ");
    await checkCount(people, 0);
    await aiko.keyboard.type(`about ${number}n`);
    await aiko.keyboard.press("Control+Enter");
    const mention = log(aiko).getByText("@Ben Okafor", { exact: true });
    await mention.waitFor();
    // What is written after it must not hide it.
    await api(aiko, `/conversations/${conversation}/notes`, { text: `${"Another line.\n".repeat(60)}The end. ${number}` });

    // The colleague hears of it without doing anything, and gets there by keyboard.
    await eventually("the bell says so", async () => (await bell.getAttribute("aria-label")) === `Notices, ${before + 1} unread`);
    await ben.keyboard.press("g");
    await ben.keyboard.press("b");
    const panel = ben.getByRole("dialog", { name: "Notices" });
    const row = panel.getByRole("link", { name: /Aiko Tanaka mentioned you/ }).first();
    await row.getByText(`Please look, @Ben Okafor about ${number}n`).waitFor();
    await screenshots(ben, "notices", async (where) => {
      await checkNoSideScroll(ben, `notices, ${where}`);
    });
    await checkAccessible(ben, "notices");
    await ben.keyboard.press("Tab");
    await row.focus();
    await ben.keyboard.press("Enter");
    const found = log(ben).getByText("@Ben Okafor", { exact: true });
    await found.waitFor();
    await eventually("the note is in sight", () => found.evaluate((e) => { const { top, bottom } = e.getBoundingClientRect(); return top > 0 && bottom < innerHeight; }));
    await eventually("it is read", async () => (await unread()) === before);
    await eventually("the bell is calm", async () => (await bell.getAttribute("aria-label")) === (before ? `Notices, ${before} unread` : "Notices"));
    await checkAccessible(ben, "at the note");
  });
