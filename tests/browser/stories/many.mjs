// Many conversations at once, taken back, and kept as a view: by keyboard alone. And five thousand rows, of which few are in the page.
import assert from "node:assert/strict";
import { PEOPLE, api, eventually, openChat, say, signIn, ticket } from "../support.mjs";

export default (story) => {
  story("many at once, undone, and a view that is saved, by keyboard alone", async ({ newPage }) => {
    const number = ticket();
    for (const said of ["I want a person to look at my archive.", "Please let me talk to somebody about guests.", "A human please, about my seats."]) {
      await say(await openChat(await newPage()), `${said} ${number}`);
    }
    const page = await newPage();
    const window = await signIn(page, PEOPLE.lena, "inbox?view=waiting");
    const press = (key) => page.keyboard.press(key);
    const dialog = page.getByRole("dialog");
    const bar = page.getByRole("toolbar", { name: "What to do with the selected" });
    const toast = (text) => page.locator(".toast").filter({ hasText: text });
    const found = async () => (await api(page, `/conversations?q=${number}`)).items;
    const all = async (what, is) => eventually(what, async () => (await found()).length === 3 && (await found()).every(is));
    // The first search of a server reads what was there before.
    await eventually("all are found", async () => (await found()).length === 3, 30_000);
    await page.goto(`/w/${window}/inbox?view=all_open&q=${number}`);
    await eventually("three rows", async () => (await page.locator("[data-row]").count()) === 3);

    // One, then the next ones with Shift; Escape clears and closes nothing else.
    await press("x");
    await bar.getByText("1 selected").waitFor();
    await press("Shift+ArrowDown");
    await bar.getByText("2 selected").waitFor();
    await press("Escape");
    await bar.waitFor({ state: "detached" });
    await press("Control+a");
    await bar.getByText("3 selected").waitFor();

    // A label for all, by typing it.
    await press("l");
    await dialog.getByRole("combobox").waitFor();
    await page.keyboard.type(`pilot ${number}`);
    await dialog.getByRole("option", { name: /^Add “pilot/ }).waitFor();
    await press("Enter");
    await toast("3 labelled").waitFor();
    await all("all are labelled", (c) => c.tags.length === 1);

    // Resolved, and back with one key: the label stays.
    await press("e");
    await toast("3 resolved").waitFor();
    await all("all are resolved", (c) => c.status === "resolved");
    await press("z");
    await toast("3 as before").waitFor();
    await all("all are open again", (c) => c.status === "open" && c.tags.length === 1);

    // What is shown becomes a view, with its count and an address of its own.
    await press("Escape");
    await press("f");
    await dialog.getByLabel("Name").waitFor();
    await page.keyboard.type(`Pilot ${number}`);
    await press("Enter");
    await page.waitForURL(/saved=\d+/);
    const link = page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: new RegExp(`Pilot ${number}`) });
    await eventually("it is counted", async () => /\b3$/.test((await link.innerText()).trim()));
    const address = page.url();

    // The palette finds it from another view, and the address leads to it.
    await page.goto(address.replace(/saved=\d+/, "view=waiting"));
    await page.getByRole("navigation", { name: "Views" }).waitFor();
    await press("Control+k");
    await page.keyboard.type(`pilot ${number}`);
    await dialog.getByRole("option", { name: new RegExp(`Inbox: Pilot ${number}`) }).waitFor();
    await press("Enter");
    await page.waitForURL(/saved=\d+/);
    await eventually("its three rows", async () => (await page.locator("[data-row]").count()) === 3);

    // Settled by somebody: the view and its count follow by themselves.
    for (const { id } of await found()) await api(page, `/conversations/${id}/status`, { to: "resolved" });
    await eventually("the count follows", async () => /\b0$/.test((await link.innerText()).trim()));

    await page.getByRole("button", { name: "Edit" }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await dialog.getByRole("button", { name: "Delete it for good" }).click();
    await link.waitFor({ state: "detached" });
  });

  story("of five thousand rows some are in the page, and keys reach the last", async ({ newPage }) => {
    const page = await newPage();
    const total = 5_000;
    await page.route(/\/api\/v1\/conversations\?(?!.*cursor)/, async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      const [one] = body.items;
      if (!one) return route.fulfill({ response });
      const items = Array.from({ length: total }, (_, n) => ({ ...one, id: String(9_000_000 + n), subject: `Row ${n + 1}` }));
      await route.fulfill({ response, json: { items, next: null } });
    });
    // The made-up rows have no conversation behind them.
    await page.route(/\/api\/v1\/conversations\/90\d{5}/, (route) => route.fulfill({ status: 404, contentType: "application/problem+json", body: JSON.stringify({ status: 404, detail: "There is no such conversation." }) }));
    await signIn(page, PEOPLE.lena, "inbox?view=all_open");
    const rows = page.locator("[data-row]");
    const place = (n) => page.locator(`li[aria-posinset="${n}"]`);
    await place(1).waitFor();
    assert.ok((await rows.count()) < 60, `${await rows.count()} rows are in the page`);
    assert.equal(await place(1).getAttribute("aria-setsize"), String(total));

    const list = page.getByRole("group", { name: "List of conversations" });
    await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await place(total).waitFor();
    assert.ok((await rows.count()) < 60);
    assert.equal(await place(1).count(), 0);

    // The keyboard selection survives what is not in the page.
    await list.evaluate((element) => (element.scrollTop = 0));
    await place(1).waitFor();
    await page.keyboard.press("Control+a");
    const bar = page.getByRole("toolbar", { name: "What to do with the selected" });
    await bar.getByText(`${total} selected`).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("x");
    for (let n = 0; n < 30; n += 1) await page.keyboard.press("Shift+ArrowDown");
    await bar.getByText("31 selected").waitFor();
    await place(31).waitFor();
    await list.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
    await place(2_500).waitFor();
    await bar.getByText("31 selected").waitFor();
    assert.ok((await rows.count()) < 60);
  });
};
