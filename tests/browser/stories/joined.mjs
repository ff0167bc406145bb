// One customer who wrote twice, two agents: merged, read as one, written to as one, and parted again.
import { PEOPLE, api, checkAccessible, checkCount, checkNoSideScroll, eventually, screenshots, signIn, ticket } from "../support.mjs";

const log = (page) => page.getByRole("log", { name: "Messages" });

export default (story) =>
  story("two conversations of one customer are made one, and two again", async ({ newPage }) => {
    const number = ticket();
    const aiko = await newPage();
    const window = await signIn(aiko, PEOPLE.aiko, "inbox");
    const writes = async (text) => (await api(aiko, "/public/form", { name: "Ida Holm", email: `ida.${number}@example.net`, subject: text, text: `${text} ${number}` })).conversation;
    const first = await writes("Guests of a partner school");
    const second = await writes("Interns of a partner school");
    const ben = await newPage();
    await signIn(ben, PEOPLE.ben, `inbox?c=${first}`);
    await log(ben).getByText(`Guests of a partner school ${number}`).waitFor();

    // By key, from the second into the first.
    await aiko.goto(`/w/${window}/inbox?c=${second}`);
    await log(aiko).getByText(`Interns of a partner school ${number}`).waitFor();
    await aiko.keyboard.press("u");
    const picker = aiko.getByRole("dialog", { name: "Merge into another conversation" });
    await picker.getByText("Guests of a partner school").first().waitFor();
    await aiko.keyboard.press("Enter");
    await eventually("the one that stays is open", () => aiko.url().includes(`c=${first}`));
    await log(aiko).getByText(`Interns of a partner school ${number}`).waitFor();
    await log(aiko).getByText(`Guests of a partner school ${number}`).waitFor();
    const line = log(aiko).getByRole("note").filter({ hasText: "Merged from" });
    await line.waitFor();
    await screenshots(aiko, "merged", async (where) => {
      await checkNoSideScroll(aiko, `merged, ${where}`);
    });
    await checkAccessible(aiko, "merged");

    // The other agent, who had the first one open, reads both without doing anything.
    await log(ben).getByText(`Interns of a partner school ${number}`).waitFor();
    const text = `Both count as guests. ${number}`;
    const box = ben.getByRole("textbox", { name: /^Reply to/ });
    await box.fill(text);
    await box.press("Control+Enter");
    await log(aiko).getByText(text).waitFor();

    // What went is no place to write in, and says where people go on.
    await aiko.goto(`/w/${window}/inbox?c=${second}`);
    const place = aiko.getByRole("note", { name: "Merged" });
    await place.getByRole("link", { name: "Guests of a partner school" }).waitFor();
    await checkCount(aiko.getByRole("textbox", { name: /^Reply to/ }), 0);
    await checkCount(log(aiko).getByText(text), 0);
    await screenshots(aiko, "merged-away", async (where) => {
      await checkNoSideScroll(aiko, `merged away, ${where}`);
    });
    await checkAccessible(aiko, "merged away");
    await aiko.keyboard.press("u");
    await aiko.getByRole("textbox", { name: /^Reply to/ }).waitFor();
    await eventually("the other one shows its own again", async () => (await log(ben).getByText(`Interns of a partner school ${number}`).count()) === 0);
    await checkCount(log(ben).getByText(text), 1, "what was said since stays where it was said");
  });
