// The daily review: opened, written on by two people at once, an action, its minutes; and what is open afterwards.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkCount, checkNoSideScroll, screenshots, signIn } from "../support.mjs";

export default (story) =>
  story("two people hold the daily review, agree on an action and close the minutes", async ({ newPage, errors }) => {
    // Of two who write on the same item the second is told.
    errors.expect(/status of 409 .*\/reviews\/\d+\/notes/);
    const mara = await newPage();
    const window = await signIn(mara, PEOPLE.mara, "review");
    // Before it is opened the agenda is the day's: yesterday's actions first.
    const agenda = mara.getByRole("region", { name: "Agenda" });
    await agenda.getByRole("heading", { name: /Actions from before/ }).waitFor();
    assert.match(await agenda.getByRole("heading", { level: 2 }).nth(1).innerText(), /Actions from before/);
    await mara.getByRole("region", { name: "Past reviews" }).getByRole("link").first().waitFor();
    await screenshots(mara, "review-planned", async (where) => {
      await checkNoSideScroll(mara, `the review before it, ${where}`);
    });
    await checkAccessible(mara, "the review before it");

    // What a brief would say now.
    await mara.getByRole("region", { name: "Briefs" }).getByRole("button", { name: "Preview" }).last().click();
    const brief = mara.getByRole("dialog", { name: "Executive brief, as it is now" });
    await brief.getByText("Biggest issues, and what we do").waitFor();
    await checkAccessible(mara, "the preview of a brief");
    await mara.keyboard.press("Escape");

    await mara.keyboard.press("o");
    await mara.getByText("The review is open. You chair it.").waitFor();
    const jonas = await newPage();
    await signIn(jonas, PEOPLE.jonas, "review");
    const exit = (page) => page.locator('[data-key="exit"] textarea');
    const rest = (page) => page.locator('[data-key="else"] textarea');
    await exit(jonas).waitFor();

    // Each writes on an item of their own: both are kept, and come to the other.
    await Promise.all([exit(mara).fill("We look again on Friday."), rest(jonas).fill("The web team is away on Monday.")]);
    await Promise.all([exit(mara).blur(), rest(jonas).blur()]);
    await mara.waitForFunction(() => document.querySelector('[data-key="else"] textarea').value === "The web team is away on Monday.");
    await jonas.waitForFunction(() => document.querySelector('[data-key="exit"] textarea').value === "We look again on Friday.");

    // Both on the same one: the second sees what the first wrote, and says which holds.
    await exit(jonas).fill("We look again on Monday.");
    await exit(mara).fill("We look again on Thursday.");
    await exit(mara).blur();
    await jonas.getByText("Mara Lind wrote here meanwhile").waitFor();
    assert.equal(await exit(jonas).inputValue(), "We look again on Monday.", "what was being written is not lost");
    await jonas.getByRole("button", { name: "Take theirs" }).click();
    assert.equal(await exit(jonas).inputValue(), "We look again on Thursday.");

    // An action by the keyboard, about the item that is gone to.
    await mara.locator("h1").click();
    for (let n = 0; n < 40; n += 1) await mara.keyboard.press("j");
    await mara.keyboard.press("a");
    const dialog = mara.getByRole("dialog", { name: "Add an action" });
    await dialog.getByLabel("What is to be done").fill("Tell the web team before Friday");
    await dialog.getByLabel("Who does it").selectOption({ label: "Jonas Weber" });
    await checkAccessible(mara, "adding an action");
    await dialog.getByRole("button", { name: "Add the action" }).click();
    const agreed = mara.getByRole("region", { name: "Agreed in it" });
    await agreed.getByText("Tell the web team before Friday").waitFor();
    await jonas.getByRole("region", { name: "My open actions" }).getByText("Tell the web team before Friday").waitFor();
    await screenshots(mara, "review-open", async (where) => {
      await checkNoSideScroll(mara, `the review while it goes on, ${where}`);
    });
    await checkAccessible(mara, "the review while it goes on");

    // Jonas is told, and finds it on Now too.
    await jonas.goto(`/w/${window}/now`);
    await jonas.getByRole("region", { name: "Actions" }).getByRole("link", { name: /Today's review goes on/ }).waitFor();
    const mine = await api(jonas, `/windows/${window}/actions?state=open`);
    assert.ok(mine.items.some((a) => a.title === "Tell the web team before Friday"));

    // The chair closes it: nothing is written any more, only added.
    await mara.getByRole("button", { name: "Close the minutes" }).click();
    await mara.getByText("The minutes are closed.").waitFor();
    await checkCount(mara.getByRole("region", { name: "Agenda" }).locator("textarea"), 0);
    await mara.getByLabel("What is corrected or added").fill("It is the design team, not the web team.");
    await mara.getByRole("button", { name: "Add to the minutes" }).click();
    await mara.getByRole("region", { name: "Added later" }).getByText("It is the design team").waitFor();
    const done = agreed.getByRole("button", { name: "Done: Tell the web team before Friday" });
    await done.click();
    await agreed.getByText("done by Mara Lind").waitFor();
    await screenshots(mara, "review-closed", async (where) => {
      await checkNoSideScroll(mara, `closed minutes, ${where}`);
    });
    await checkAccessible(mara, "closed minutes");
    // Yesterday's stays as it was.
    await mara.getByRole("region", { name: "Past reviews" }).getByRole("link").first().click();
    await mara.getByRole("heading", { level: 1, name: /Review of/ }).waitFor();
    await mara.getByRole("region", { name: "Agreed in it" }).getByText("Count yearly plans with a refund question").waitFor();
    await checkAccessible(mara, "a past review");
  });
