// An agent's hour in the inbox without a mouse.
import assert from "node:assert/strict";
import { PEOPLE, checkCount, api, checkText, eventually, openChat, say, signIn, ticket } from "../support.mjs";

export default (story) =>
  story("the inbox by keyboard alone", async ({ newPage }) => {
    const number = ticket();
    const panel = await openChat(await newPage());
    await say(panel, `I would like to talk to a person about the seat of our archive under the new plan. ${number}`);
    const page = await newPage();
    const window = await signIn(page, PEOPLE.lena, "inbox?view=needs_person");
    const id = (await api(page, `/conversations?q=${number}`)).items[0].id;
    const read = () => api(page, `/conversations/${id}`);
    const dialog = page.getByRole("dialog");
    const option = (name) => dialog.getByRole("option", { name }).first();
    const press = (key) => page.keyboard.press(key);
    await page.locator("[data-row]").first().waitFor();

    // Help: every key that works here, and only while it is wanted.
    await press("?");
    await dialog.getByText("Correct the triage").or(dialog.getByText("Next conversation")).first().waitFor();
    await press("Escape");
    await dialog.waitFor({ state: "detached" });

    // Views by the palette.
    await press("Control+k");
    await page.keyboard.type("inbox: unassigned");
    await option(/Inbox: Unassigned/).waitFor();
    await press("Enter");
    await page.waitForURL(/view=unassigned/);
    await page.getByRole("navigation", { name: "Views" }).locator('[aria-current="page"]').getByText("Unassigned").waitFor();

    // Search finds the conversation, also with a typing mistake, and marks what it found; Enter opens it.
    const typed = `archvie ${number}`;
    await press("/");
    await page.keyboard.type(typed);
    await page.waitForURL((url) => url.searchParams.get("q") === typed);
    await page.locator(`[data-row="${id}"]`).waitFor();
    await page.locator(`[data-row="${id}"] mark`).getByText("archive", { exact: true }).first().waitFor();
    await eventually("the search is done", async () => (await page.locator("[data-row]").count()) === 1);
    await press("Escape");
    await press("j");
    await page.waitForURL((url) => url.searchParams.get("c") === id);
    await page.getByRole("log", { name: "Messages" }).getByText(number).waitFor();

    // Triage: severity, then scenario, each one key or some letters.
    await press("t");
    await option("Critical").waitFor();
    await press("h");
    await dialog.waitFor({ state: "detached" });
    await eventually("severity high", async () => (await read()).severity === "high");
    const { scenarios } = await api(page, `/windows/${window}`);
    const scenario = scenarios.at(-1);
    await press("t");
    // A first letter may be a key of its own; a blank is none.
    await page.keyboard.type(` ${scenario.name}`);
    await option(scenario.name).waitFor();
    await press("Enter");
    await dialog.waitFor({ state: "detached" });
    await eventually("the scenario is corrected", async () => (await read()).scenario === scenario.key);
    assert.match((await read()).triage.corrected_by, /Lena/);

    // Issue: link to one that is known.
    await press("i");
    await option(/charged more than before/).waitFor();
    await page.keyboard.type("charged more");
    await press("Enter");
    await dialog.waitFor({ state: "detached" });
    await eventually("the link", async () => /charged more/.test((await read()).issue?.title ?? ""));

    // A private note, which the customer never sees.
    await press("n");
    await page.keyboard.type(`Checked the seat list: 3 active. ${number}`);
    await press("Control+Enter");
    await page.getByRole("article", { name: "Private note by Lena Schmidt" }).waitFor();
    await checkCount(panel.getByText("Checked the seat list"), 0);
    await press("Escape");

    // Mine, then somebody else's.
    await press("a");
    await eventually("it is mine", async () => (await read()).assignee?.name === "Lena Schmidt");
    await press("m");
    await option(/Ben Okafor/).waitFor();
    await page.keyboard.type("ben");
    await press("Enter");
    await eventually("it is Ben's", async () => (await read()).assignee?.name === "Ben Okafor");

    // Out of sight until tomorrow, and back.
    await press("s");
    await dialog.getByRole("option").first().waitFor();
    await press("1");
    await eventually("it is snoozed", async () => (await read()).snoozed_until !== null);
    await press("s");
    await option("Bring it back now").waitFor();
    await press("0");
    await eventually("it is back", async () => (await read()).snoozed_until === null);

    // An approved answer by its number, changed by nobody, sent and resolved.
    if ((await read()).triage.suggestions.length > 0) {
      await press("1");
      await checkText(page, "Sent as an approved answer");
    } else {
      await press("r");
      await page.keyboard.type("Yes, one seat each.");
    }
    await press("Control+Shift+Enter");
    await eventually("it is resolved", async () => (await read()).status === "resolved");
    await panel.getByText("This chat has ended", { exact: true }).waitFor();

    await press("Escape");
    await press("Control+k");
    await page.keyboard.type("decisions");
    await press("Enter");
    await page.waitForURL(/\/decisions/);
  });
