// How somebody is reached when they do not look: their ways, rules and quiet hours, and notices on their desktop.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, coloursAtRest, eventually, screenshots, signIn, ticket } from "../support.mjs";

const looks = (page, name) => screenshots(page, name, async (shape) => {
  await coloursAtRest(page);
  await checkNoSideScroll(page, shape);
  await checkAccessible(page, shape);
});

/** A browser whose desktop is a list, and which looks away when it is told to. */
async function withDesktop(page) {
  await page.addInitScript(() => {
    window.desktopShown = [];
    window.Notification = class {
      static permission = "granted";
      static requestPermission = async () => "granted";
      constructor(title, { body, tag }) {
        window.desktopShown.push({ title, body, tag, click: () => this.onclick?.() });
      }
      close() {}
    };
    let hidden = false;
    Object.defineProperty(document, "hidden", { get: () => hidden });
    window.lookAway = (away) => {
      hidden = away;
      document.dispatchEvent(new Event("visibilitychange"));
    };
  });
}
const shown = (page) => page.evaluate(() => window.desktopShown.map(({ title, body }) => ({ title, body })));

export default (story) => {
  story("somebody chooses by which ways they are reached, and when not; a lead sees it", async ({ newPage, errors }) => {
    errors.expect(/422/);
    const page = await newPage();
    await signIn(page, PEOPLE.aiko);
    await page.getByRole("button", { name: /^Notices/ }).first().waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("b");
    await page.getByRole("dialog").getByRole("link", { name: "How you are reached" }).click();
    await page.getByRole("heading", { name: "Now would reach you" }).waitFor();
    await page.getByText(/by e-mail (at once|at \d)/).first().waitFor();
    await looks(page, "demo-notifications");

    await page.getByRole("button", { name: "Add a way" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("http://169.254.169.254/latest");
    await dialog.getByRole("button", { name: "Add" }).click();
    await dialog.getByText(/where clouds keep credentials/).waitFor();
    // A name that nobody has: nothing leaves this machine.
    await dialog.getByLabel("Address").fill("https://hooks.invalid/services/secret-abcd");
    await dialog.getByLabel("What you call it").fill("Team channel");
    await looks(page, "demo-notifications-way");
    await dialog.getByRole("button", { name: "Add" }).click();
    const way = page.getByRole("listitem").filter({ hasText: "Team channel" });
    await way.getByText("hooks.invalid …abcd").waitFor();
    assert.equal(await page.getByText("secret-abcd").count(), 0, "the address is a secret");
    await way.getByRole("button", { name: /^Test/ }).click();
    await page.getByText(/The test is on its way|did not arrive/).first().waitFor();

    // Saved as it is chosen, and there after a reload.
    const cell = page.getByLabel("Mentions: Team channel");
    await cell.selectOption({ label: "At once" });
    await page.getByText("Saved.").first().waitFor();
    await page.reload();
    await eventually("the choice is kept", async () => (await cell.inputValue()) === "at_once");

    await page.getByLabel(/Leave me alone at these times/).check();
    await page.getByLabel("Time zone").fill("Mars/Olympus");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/is not a time zone/).first().waitFor();
    await page.getByLabel("Time zone").fill("Europe/Berlin");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await eventually("quiet hours are kept", async () => (await api(page, "/notices/reach")).rules.quiet?.times[0]?.from === "22:00");
    await looks(page, "demo-notifications-quiet");

    const lead = await newPage();
    await signIn(lead, PEOPLE.mara);
    await lead.goto("/people");
    await lead.getByRole("heading", { name: "Who would be reached now" }).waitFor();
    await looks(lead, "demo-people-reached");
    await lead.getByRole("link", { name: "Aiko Tanaka" }).click();
    await lead.getByRole("heading", { name: "How Aiko Tanaka is reached" }).waitFor();
    await lead.getByText("every day 22:00 to 07:00, Europe/Berlin").waitFor();
    assert.equal(await lead.getByRole("button", { name: "Add a way" }).count(), 0, "a lead reads");
    await looks(lead, "demo-notifications-of-person");

    await way.getByRole("button", { name: /^Remove/ }).click();
    await eventually("it is gone", async () => (await way.count()) === 0);
    const { revision, rules } = await api(page, "/notices/reach");
    assert.equal(rules.choices.length, 0, "its choices went with it");
    await api(page, "/notices/reach", { revision, rules: { ...rules, quiet: null } }, "PUT");
  });

  story("a notice is shown on the desktop once, while nobody looks, and without words", async ({ newPage }) => {
    const number = ticket();
    const aiko = await newPage();
    await signIn(aiko, PEOPLE.aiko, "inbox");
    const { conversation } = await api(aiko, "/public/form", { name: "Ida Holm", email: `ida.${number}@example.net`, subject: "Guests", text: `Guests of a school ${number}` });
    const ben = await newPage();
    await withDesktop(ben);
    await signIn(ben, PEOPLE.ben, "inbox");
    const { id } = (await api(ben, "/session")).user;
    const mention = (text) => api(aiko, `/conversations/${conversation}/notes`, { text: `@{${id}} ${text}` });
    await ben.goto("/notifications");
    await ben.getByRole("button", { name: "Show notices on this desktop" }).click();
    await ben.getByRole("button", { name: "Stop showing them" }).waitFor();
    const second = await ben.context().newPage();
    await withDesktop(second);
    await second.goto("/notifications");
    await second.getByRole("button", { name: "Stop showing them" }).waitFor();
    const unread = async (page) => Number((await page.getByRole("button", { name: /^Notices/ }).first().getAttribute("aria-label")).match(/\d+/)?.[0] ?? 0);

    // One tab is looked at: it is in the bell, and that is enough.
    await ben.evaluate(() => window.lookAway(true));
    const before = await unread(ben);
    await mention(`in sight ${number}`);
    for (const page of [ben, second]) await eventually("the bell says so", async () => (await unread(page)) === before + 1);
    assert.deepEqual([...(await shown(ben)), ...(await shown(second))], []);

    // Nobody looks: one of the two says it, without a word of the note.
    await second.evaluate(() => window.lookAway(true));
    await mention(`out of sight ${number}`);
    await eventually("the desktop says so", async () => (await shown(ben)).length + (await shown(second)).length === 1);
    for (const page of [ben, second]) await eventually("both have heard of it", async () => (await unread(page)) === before + 2);
    assert.deepEqual([...(await shown(ben)), ...(await shown(second))], [{ title: "Aiko Tanaka mentioned you", body: "" }]);

    // It leads to the note.
    const teller = (await shown(ben)).length ? ben : second;
    await teller.evaluate(() => (window.lookAway(false), window.desktopShown[0].click()));
    await teller.waitForURL(new RegExp(`inbox\\?c=${conversation}`));
    await teller.getByRole("log", { name: "Messages" }).getByText(`out of sight ${number}`).waitFor();
  });
};
