// How sure: the lead looks at another rate, tries messages, labels them by key, and an agent judges an answer with one key.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkCount, checkNoSideScroll, checkText, eventually, screenshots, signIn, ticket } from "../support.mjs";

export default (story) => {
  story("messages are tried, labelled by key and count as outcomes", async ({ newPage }) => {
    const mark = ticket();
    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara, "answers");
    await page.getByRole("navigation", { name: "Answers" }).getByRole("link", { name: "How sure" }).click();
    const sure = () => api(page, `/windows/${window}/sure`);
    // What was confirmed last is still being judged, with a pause after each time.
    const settled = async (what, fits) => await eventually(what, async () => ((now) => !now.pending && fits(now) && now)(await sure()), 90_000);
    const before = await settled("all is judged", () => true);
    assert.equal(before.state, "answers", before.why);
    await checkText(page, before.why);

    // Another rate is looked at, and nothing is changed.
    await page.getByLabel("Of the assistant’s answers, so many may be wrong").selectOption("0.005");
    await checkText(page, "a look only, nothing is changed");
    await checkText(page, /more needed|answers from/i);
    assert.equal((await sure()).wrong_rate, before.wrong_rate);
    await page.getByRole("button", { name: "Back to 2 %" }).click();
    await page.getByText("a look only, nothing is changed").waitFor({ state: "detached" });

    // A file with mistakes is refused by line.
    const area = page.getByLabel(/^Messages: one a line/);
    await area.fill('{"text":"Why?"}\n{"text":"What?","answer":"price-hihger"}\n{"id":3}');
    await page.getByRole("button", { name: "See what would happen" }).click();
    await page.getByRole("alert").getByText("Line 3 has no “text”.").waitFor();
    await area.fill('{"text":"What?","answer":"price-hihger"}');
    await page.getByRole("button", { name: "See what would happen" }).click();
    await page.getByRole("alert").getByText("Line 1: there is no answer “price-hihger”").waitFor();

    // Three messages; each is labelled with one key.
    const [covered, other, none] = [`Why do I pay more this month than the month before? ${mark}`, `Who renamed my plan, and why? ${mark}`, `Do you sell frames for prints? ${mark}`];
    await area.fill([covered, other, none].join("\n"));
    await page.getByRole("button", { name: "See what would happen" }).click();
    await checkText(page, /of 3 would be answered/);
    await screenshots(page, "sure-try", async (shape) => {
      await checkNoSideScroll(page, shape);
      await checkAccessible(page, shape);
    });
    await page.locator("h1").click();
    await page.keyboard.press("y");
    await page.keyboard.press("o");
    const dialog = page.getByRole("dialog");
    await page.keyboard.type("another name");
    await dialog.getByRole("option", { name: "Why does my plan have another name?" }).waitFor();
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await page.keyboard.press("0");
    await checkText(page, /3 labelled/);
    await page.keyboard.press("u");
    await checkText(page, /2 labelled/);
    await page.keyboard.press("0");
    await page.getByRole("button", { name: "Keep 3 labels" }).click();
    await checkText(page, "3 labels count as confirmed outcomes.");
    await settled("they are judged", (now) => now.judged === before.judged + 3);

    // One of them was a mistake: its count opens the list, and it is taken out with a reason.
    const card = page.getByRole("region", { name: "Where the outcomes come from" });
    await card.getByRole("button", { name: /^Labelled/ }).click();
    const line = card.getByRole("listitem").filter({ hasText: none }).last();
    await line.getByText("No answer is right").waitFor();
    await line.getByRole("button", { name: "Take out …" }).click();
    await dialog.getByLabel("Reason").fill("We do sell frames now.");
    await dialog.getByRole("button", { name: "Take out" }).click();
    await dialog.waitFor({ state: "detached" });
    await settled("one less", (now) => now.judged === before.judged + 2);
    await page.reload();
    await card.getByRole("button", { name: /^Labelled/ }).click();
    await card.getByText(covered).waitFor();
    await checkCount(card.getByText(none), 0);
  });

  story("one key judges the assistant's answer, one more takes it back", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.lena, "inbox");
    const { items } = await api(page, "/conversations?view=all&limit=200");
    const id = (await Promise.all(items.map((one) => api(page, `/conversations/${one.id}`)))).find((one) => one.judged && !one.judged.verdict)?.id;
    assert.ok(id, "a conversation that the assistant answered and nobody judged");
    await page.goto(`/w/${window}/inbox?view=all&c=${id}`);
    const group = page.getByRole("group", { name: "Was this the right answer?" });
    await group.waitFor();
    const read = async () => (await api(page, `/conversations/${id}`)).judged;
    await page.keyboard.press("b");
    await group.getByText("The wrong answer, a person said").waitFor();
    await eventually("wrong is kept", async () => (await read()).verdict === "wrong");
    await page.keyboard.press("v");
    await group.getByText("The right answer, a person said").waitFor();
    await eventually("right is kept", async () => (await read()).verdict === "right" && (await read()).by_hand);
    await screenshots(page, "sure-judged", async (shape) => checkAccessible(page, shape));
    await group.getByRole("button", { name: "Right" }).click();
    await eventually("taken back", async () => (await read()).verdict === null);
    await page.reload();
    await group.waitFor();
    await checkCount(group.getByText(/a person said/), 0);
  });
};
