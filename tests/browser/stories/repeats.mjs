// What people ask again and again: proposed, confirmed, split, dismissed, merged, asked about, and each taken back.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, eventually, openChat, say, screenshots, signIn } from "../support.mjs";

/** Two questions about the change that no scenario and no answer has, and each in three wordings. */
const FONT = [
  "Which font is used in the studio plus brochure?",
  "What font does the studio plus brochure use?",
  "The studio plus brochure, which font is that?",
];
const MASCOT = [
  "Where can I vote on the name of the new plan mascot?",
  "Where do I vote on the name of the new plan mascot?",
  "Where can I vote on the name of the new plan mascot?",
];
/** A third one, that two people ask. */
const HARBOUR = "Did the early bird newsletter photo show the Oslo harbour?";

export default (story) =>
  story("what people ask again and again is decided in one step each", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara, "issues");
    const proposed = async () => (await api(page, `/issues?window=${window}&state=proposed`)).items;
    const before = new Set((await proposed()).map((i) => i.id));
    /** Each text from a visitor of their own; the issue that is proposed of them. */
    const asked = async (texts) => {
      for (const text of texts) await say(await openChat(await newPage()), text);
      let found;
      await eventually(`an issue is proposed of “${texts[0]}”`, async () => {
        found = (await proposed()).find((i) => !before.has(i.id));
        return found;
      });
      before.add(found.id);
      return found;
    };
    const font = await asked(FONT);
    assert.equal(font.customers, 3);
    assert.ok(font.wordings.length >= 1 && font.wordings.every((w) => FONT.includes(w)), `verbatim: ${font.wordings}`);
    const mascot = await asked(MASCOT);

    await page.goto(`/w/${window}/issues`);
    const section = page.getByRole("region", { name: /^Proposed/ });
    const row = (issue) => section.locator(`[data-proposal="${issue.id}"]`);
    const read = (issue) => api(page, `/issues/${issue.id}`);
    const toast = (text) => page.locator(".toast").filter({ hasText: text });
    const undo = async (text) => {
      await toast(text).getByRole("button", { name: "Undo" }).click();
      await toast("Taken back.").last().waitFor();
    };
    await row(font).getByText("3 people").waitFor();
    await row(font).getByText("3 conversations").waitFor();
    await row(font).locator("q").first().waitFor();
    await row(font).getByRole("button", { name: /more wording/ }).click();
    await eventually("every wording is shown", async () => (await row(font).locator("q").count()) === font.wordings.length);
    await row(font).getByRole("button", { name: "Show one" }).click();
    await screenshots(page, "repeats-proposed", async (shape) => {
      await row(font).scrollIntoViewIfNeeded();
      await checkNoSideScroll(page, shape);
      await checkAccessible(page, shape);
    });

    // Confirmed with a better name, by keyboard; and back.
    await page.locator("body").click({ position: { x: 5, y: 5 } });
    // Wherever it stands among those of other stories: down, and up again.
    let presses = 0;
    await eventually("the proposal is chosen with j and k", async () => {
      if ((await row(font).getAttribute("aria-current")) === "true") return true;
      await page.keyboard.press((presses += 1) % 20 < 10 ? "j" : "k");
      return false;
    });
    await page.keyboard.press("e");
    await page.keyboard.type("Fonts in brochures");
    await page.keyboard.press("Enter");
    await toast("“Fonts in brochures” is confirmed, and yours.").waitFor();
    const confirmed = await read(font);
    assert.deepEqual([confirmed.state, confirmed.title, confirmed.owner.name], ["investigating", "Fonts in brochures", "Mara Lind"]);
    await row(font).waitFor({ state: "detached" });
    await page.getByRole("region", { name: "Issues by state" }).getByText("Fonts in brochures").waitFor();
    await undo("is confirmed, and yours.");
    await row(font).waitFor();
    assert.deepEqual([(await read(font)).state, (await read(font)).title], ["proposed", font.title]);

    // Dismissed with a reason; the same words do not come back; and back.
    await row(mascot).getByRole("button", { name: "Dismiss" }).click();
    const dialog = page.getByRole("dialog");
    assert.equal(await dialog.getByRole("button", { name: "Dismiss" }).isDisabled(), true, "a reason is needed");
    await dialog.getByLabel("Reason").fill("It is on the mascot's page.");
    await dialog.getByRole("button", { name: "Dismiss" }).click();
    await toast("is dismissed").waitFor();
    await row(mascot).waitFor({ state: "detached" });
    await say(await openChat(await newPage()), MASCOT[0]);
    assert.ok(!(await proposed()).some((i) => i.title === mascot.title), "the same words were proposed again");
    await page.goto(`/w/${window}/issues/${mascot.id}`);
    await page.getByText("This issue was dismissed").waitFor();
    const history = page.getByRole("region", { name: "History" });
    await history.getByText("Mara Lind dismissed the issue: It is on the mascot's page.").waitFor();
    await history.getByRole("button", { name: /^Undo: Mara Lind dismissed/ }).click();
    await toast("Taken back.").waitFor();
    await eventually("it is proposed again", async () => (await read(mascot)).state === "proposed");
    await history.getByText("Mara Lind took back that the issue was dismissed").waitFor();

    // Merged, and split where the product sees the two.
    await page.getByRole("button", { name: "Merge into …" }).click();
    await page.keyboard.type(font.title.slice(0, 30));
    await dialog.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/issues/${font.id}`));
    await eventually("its conversations came along", async () => (await read(font)).conversations === 6);
    await page.getByRole("button", { name: "Split", exact: true }).click();
    await dialog.getByText("These are the two groups").waitFor();
    await eventually("both groups have three", async () => (await dialog.getByText("All 3", { exact: true }).count()) === 2);
    await screenshots(page, "repeats-split", async (shape) => {
      await checkNoSideScroll(page, shape);
      await checkAccessible(page, shape);
    });
    await dialog.getByLabel("Name of the new issue").fill("Split off in a story");
    await dialog.getByRole("button", { name: "Split off 3" }).click();
    await dialog.waitFor({ state: "detached" });
    await eventually("three are left", async () => (await read(font)).conversations === 3);
    const other = (await proposed()).find((i) => i.title === "Split off in a story");
    assert.equal(other.conversations, 3);
    await undo("“Split off in a story” is an issue of its own now.");
    await eventually("all six are back", async () => (await read(font)).conversations === 6);
    await history.getByRole("button", { name: /^Undo: Mara Lind merged/ }).first().click();
    await eventually("the merge is taken back", async () => (await read(font)).conversations === 3 && (await read(mascot)).conversations === 3);

    // One conversation taken out; and back.
    await page.reload();
    await page.getByRole("button", { name: /^Take “/ }).first().click();
    await toast("was taken out.").waitFor();
    assert.equal((await read(font)).conversations, 2);
    await undo("was taken out.");
    await eventually("it is back", async () => (await read(font)).conversations === 3);

    // Of two who wait somebody makes an issue of the one: whether the other is the same is asked, and answered with one key.
    for (let n = 0; n < 2; n += 1) await say(await openChat(await newPage()), HARBOUR);
    const [found, first] = (await api(page, `/conversations?q=${encodeURIComponent(HARBOUR)}`)).items.map((c) => c.id);
    const { triage, issue } = await api(page, `/conversations/${found}`);
    assert.deepEqual([triage.scope, triage.scenario ?? null, issue ?? null], ["in", null, null], "it is about the change, and waits for an issue");
    const harbour = await api(page, "/issues", { window, title: "The harbour in the newsletter", conversations: [first] });
    await eventually("the other one is asked about", async () => (await api(page, `/conversations/${found}`)).possible_issue?.id === harbour.id);
    await page.goto(`/w/${window}/issues/${harbour.id}`);
    await page.getByRole("region", { name: /^Possibly the same/ }).getByRole("button", { name: /^Yes/ }).waitFor();
    await page.goto(`/w/${window}/inbox?c=${found}`);
    await page.getByText("Possible repeat of").first().waitFor();
    await screenshots(page, "repeats-possible", async (shape) => {
      await checkNoSideScroll(page, shape);
      await checkAccessible(page, shape);
    });
    await page.keyboard.press("y");
    await toast("Linked to").waitFor();
    assert.equal((await api(page, `/conversations/${found}`)).issue.id, harbour.id);
  });
