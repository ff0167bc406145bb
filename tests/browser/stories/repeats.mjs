// What people ask again and again: proposed, confirmed, split, dismissed, merged, asked about, and each taken back.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, eventually, openChat, say, screenshots, signIn } from "../support.mjs";

/** Two questions about the change that no scenario and no answer has, and each in three wordings. */
const TAX = [
  "Does the new price for our account change the reverse charge note for our Danish branch?",
  "Will the reverse charge note for our Danish branch change with the new price?",
  "Our Danish branch needs the reverse charge note: does it change with the new price?",
];
const BADGE = [
  "Does the partner badge on our website still count towards the new price next summer?",
  "Will the partner badge on our website count towards the new price next summer?",
  "We show your partner badge on our website: does it count towards the new price next summer?",
];

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
    const tax = await asked(TAX);
    assert.equal(tax.customers, 3);
    assert.ok(tax.wordings.length >= 1 && tax.wordings.every((w) => TAX.includes(w)), `verbatim: ${tax.wordings}`);
    const badge = await asked(BADGE);

    await page.goto(`/w/${window}/issues`);
    const section = page.getByRole("region", { name: /^Proposed/ });
    const row = (issue) => section.locator(`[data-proposal="${issue.id}"]`);
    const read = (issue) => api(page, `/issues/${issue.id}`);
    const toast = (text) => page.locator(".toast").filter({ hasText: text });
    const undo = async (text) => {
      await toast(text).getByRole("button", { name: "Undo" }).click();
      await toast("Taken back.").last().waitFor();
    };
    await row(tax).getByText("3 people").waitFor();
    await row(tax).getByText("3 conversations").waitFor();
    await row(tax).locator("q").first().waitFor();
    await row(tax).getByRole("button", { name: /more wording/ }).click();
    await eventually("every wording is shown", async () => (await row(tax).locator("q").count()) === tax.wordings.length);
    await row(tax).getByRole("button", { name: "Show one" }).click();
    await screenshots(page, "repeats-proposed", async (shape) => {
      await row(tax).scrollIntoViewIfNeeded();
      await checkNoSideScroll(page, shape);
      await checkAccessible(page, shape);
    });

    // Confirmed with a better name, by keyboard; and back.
    await page.locator("body").click({ position: { x: 5, y: 5 } });
    await eventually("the proposal is chosen with j", async () => {
      await page.keyboard.press("j");
      return (await row(tax).getAttribute("aria-current")) === "true";
    });
    await page.keyboard.press("e");
    await page.keyboard.type("Reverse charge for branches");
    await page.keyboard.press("Enter");
    await toast("“Reverse charge for branches” is confirmed, and yours.").waitFor();
    const confirmed = await read(tax);
    assert.deepEqual([confirmed.state, confirmed.title, confirmed.owner.name], ["investigating", "Reverse charge for branches", "Mara Lind"]);
    await row(tax).waitFor({ state: "detached" });
    await page.getByRole("region", { name: "Issues by state" }).getByText("Reverse charge for branches").waitFor();
    await undo("is confirmed, and yours.");
    await row(tax).waitFor();
    assert.deepEqual([(await read(tax)).state, (await read(tax)).title], ["proposed", tax.title]);

    // Dismissed with a reason; the same words do not come back; and back.
    await row(badge).getByRole("button", { name: "Dismiss" }).click();
    const dialog = page.getByRole("dialog");
    assert.equal(await dialog.getByRole("button", { name: "Dismiss" }).isDisabled(), true, "a reason is needed");
    await dialog.getByLabel("Reason").fill("It is on the partner page.");
    await dialog.getByRole("button", { name: "Dismiss" }).click();
    await toast("is dismissed").waitFor();
    await row(badge).waitFor({ state: "detached" });
    await say(await openChat(await newPage()), BADGE[0]);
    assert.ok(!(await proposed()).some((i) => i.title === badge.title), "the same words were proposed again");
    await page.goto(`/w/${window}/issues/${badge.id}`);
    await page.getByText("This issue was dismissed").waitFor();
    const history = page.getByRole("region", { name: "History" });
    await history.getByText("Mara Lind dismissed the issue: It is on the partner page.").waitFor();
    await history.getByRole("button", { name: /^Undo: Mara Lind dismissed/ }).click();
    await toast("Taken back.").waitFor();
    await eventually("it is proposed again", async () => (await read(badge)).state === "proposed");
    await history.getByText("Mara Lind took back that the issue was dismissed").waitFor();

    // Merged, and split where the product sees the two.
    await page.getByRole("button", { name: "Merge into …" }).click();
    await page.keyboard.type(tax.title.slice(0, 30));
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/issues/${tax.id}`));
    await eventually("its conversations came along", async () => (await read(tax)).conversations === 6);
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
    await eventually("three are left", async () => (await read(tax)).conversations === 3);
    const other = (await proposed()).find((i) => i.title === "Split off in a story");
    assert.equal(other.conversations, 3);
    await undo("“Split off in a story” is an issue of its own now.");
    await eventually("all six are back", async () => (await read(tax)).conversations === 6);
    await eventually("the merge is taken back", async () => {
      const undone = page.getByRole("region", { name: "History" }).getByRole("button", { name: /^Undo: Mara Lind merged/ });
      if ((await undone.count()) > 0) await undone.first().click();
      return (await read(tax)).conversations === 3 && (await read(badge)).conversations === 3;
    });

    // One conversation taken out; and back.
    await page.reload();
    await page.getByRole("button", { name: /^Take “/ }).first().click();
    await toast("was taken out.").waitFor();
    assert.equal((await read(tax)).conversations, 2);
    await undo("was taken out.");
    await eventually("it is back", async () => (await read(tax)).conversations === 3);

    // What may be the same is asked in the conversation, and answered with one key.
    const odd = "Is the charge note of the new price for a branch in Denmark or Sweden different?";
    await say(await openChat(await newPage()), odd);
    const found = (await api(page, `/conversations?q=${encodeURIComponent("Denmark or Sweden")}`)).items[0];
    let detail = await api(page, `/conversations/${found.id}`);
    if (detail.possible_issue?.id === tax.id) {
      await page.goto(`/w/${window}/inbox?c=${found.id}`);
      await page.getByText("Possible repeat of").first().waitFor();
      await screenshots(page, "repeats-possible", async (shape) => {
        await checkNoSideScroll(page, shape);
        await checkAccessible(page, shape);
      });
      await page.keyboard.press("y");
      await toast("Linked to").waitFor();
      detail = await api(page, `/conversations/${found.id}`);
      assert.equal(detail.issue.id, tax.id);
    } else assert.fail(`not asked about: ${JSON.stringify([detail.issue, detail.possible_issue])}`);
  });
