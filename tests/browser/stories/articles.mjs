// The help centre from both sides: written with a preview, published, found without a script and with one, rated, in two languages.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkCount, checkNoSideScroll, coloursAtRest, eventually, screenshots, signIn, ticket } from "../support.mjs";

const looks = (page, name) => screenshots(page, name, async (shape) => {
  await coloursAtRest(page);
  await checkNoSideScroll(page, shape);
  await checkAccessible(page, shape);
});

export default (story) => {
  story("an article is written, published by an owner, read, revised and restored", async ({ newPage }) => {
    const title = `How do I print a contact sheet ${ticket()}?`;
    const agent = await newPage();
    const window = await signIn(agent, PEOPLE.aiko, "knowledge");
    await agent.getByRole("link", { name: /Why is my bill higher than before\?.*de · Published/ }).waitFor();
    await looks(agent, "knowledge");

    // By the keyboard; nothing is lost by leaving.
    await agent.keyboard.press("n");
    await agent.waitForURL(/knowledge\/new$/);
    await agent.getByLabel("Category").selectOption({ label: "Uploading and sync" });
    await agent.getByLabel("Title").fill(title);
    const body = agent.getByLabel("Text, in Markdown");
    await body.fill("Open the folder and press **Print**.\n\n<script>alert(1)</script>\n\n![x](https://tracker.example/x.png)");
    const preview = agent.locator("article.preview");
    await preview.locator("strong", { hasText: "Print" }).waitFor();
    await agent.getByText("Pictures from elsewhere are left out.").waitFor();
    assert.equal(await preview.locator("script, img").count(), 0);
    await body.fill("Open the folder and press **Print**.\n\n## On paper\n\nUse the largest paper that you have.");
    await preview.getByRole("heading", { name: "On paper" }).waitFor();
    await agent.keyboard.press("Control+s");
    await agent.waitForURL(/knowledge\/\d+$/);
    await agent.getByText("A draft: readers do not see it. Owners and leads publish.").waitFor();
    assert.equal(await agent.getByRole("button", { name: "Publish" }).count(), 0, "agents write, owners publish");
    const id = agent.url().split("/").at(-1);

    const owner = await newPage();
    await signIn(owner, PEOPLE.jonas, `knowledge/${id}`);
    await owner.getByRole("heading", { name: title, level: 1 }).first().waitFor();
    await owner.keyboard.press("Control+Enter");
    await owner.getByText("Readers see this revision.").waitFor();
    await looks(owner, "knowledge-article");

    const { texts } = await api(owner, `/articles/${id}`);
    const reader = await newPage();
    const path = new URL(texts[0].url).pathname;
    await reader.goto(path);
    await reader.getByRole("heading", { name: title, level: 1 }).waitFor();

    // A change is a draft beside it, and an older text comes back as a new revision.
    await agent.reload();
    await agent.getByLabel("Text, in Markdown").fill("Press **Print** twice.");
    await agent.getByLabel("What did you change?").fill("Shorter");
    await agent.getByRole("button", { name: "Keep as a new revision" }).click();
    await agent.getByText("Readers see revision 1.").waitFor();
    await reader.reload();
    await reader.getByText("Use the largest paper").waitFor();
    await agent.getByRole("button", { name: "Revision 2", exact: true }).click();
    const change = agent.getByRole("dialog", { name: "Revision 2" });
    await change.locator("ins").getByText("Press **Print** twice.").waitFor();
    await checkAccessible(agent, "what changed");
    await change.getByRole("button", { name: "Close" }).last().click();
    await agent.getByRole("button", { name: "Revision 1", exact: true }).click();
    await agent.getByRole("button", { name: "Make it the newest again" }).click();
    await agent.getByText("Revision 1 again").waitFor();

    // Another address: the old one leads on. Retired, it says so.
    await owner.reload();
    await owner.getByLabel("Address").fill(`print-${ticket().toLowerCase()}`);
    await owner.getByRole("button", { name: "Change the address" }).click();
    await owner.getByText("The old one leads to it.").waitFor();
    await reader.goto(path);
    await reader.waitForURL(/\/articles\/print-/);
    await owner.getByRole("button", { name: "Retire" }).click();
    await owner.getByText("Retired: readers are told that it is gone.").waitFor();
    const gone = await reader.context().request.get(reader.url());
    assert.equal(gone.status(), 410);
    assert.ok(window);
  });

  story("customers read and search the help centre in their language, with and without a script", async ({ newPage }) => {
    const reader = await newPage();
    await reader.goto("/help/en");
    await reader.getByRole("heading", { name: "Help", level: 1 }).waitFor();
    await looks(reader, "help-home");
    // The first thing that the keyboard reaches leads past what all pages share.
    await reader.keyboard.press("Tab");
    assert.equal(await reader.evaluate(() => document.activeElement?.textContent), "Skip to the content");
    await reader.keyboard.press("Enter");
    assert.equal(await reader.evaluate(() => document.activeElement?.id), "content");
    await reader.getByRole("link", { name: "Plans and prices" }).click();
    await reader.getByRole("heading", { name: "Plans and prices", level: 1 }).waitFor();
    await looks(reader, "help-collection");
    await reader.getByRole("link", { name: "Why is my bill higher than before?" }).click();
    await reader.getByRole("heading", { name: "Why is my bill higher than before?", level: 1 }).waitFor();
    await looks(reader, "help-article");

    // As one types, with mistakes; the arrow keys lead into what was found.
    const box = reader.getByRole("searchbox", { name: "Your question" });
    await box.fill("why is my bil highr");
    const first = reader.locator("#found a").first();
    await first.getByText("Why is my bill higher than before?").waitFor();
    await checkAccessible(reader, "while typing");
    await screenshots(reader, "help-typing");
    await box.press("ArrowDown");
    assert.equal(await first.evaluate((link) => link === document.activeElement), true);
    await reader.keyboard.press("Escape");
    await checkCount(reader.locator("#found a"), 0);

    // In German, and what German lacks in English.
    await reader.getByRole("link", { name: "Deutsch" }).click();
    await reader.getByRole("heading", { name: "Warum ist meine Rechnung höher als bisher?" }).waitFor();
    await reader.goto("/help/de/articles/annual");
    await reader.getByText("noch nicht auf Deutsch").waitFor();
    assert.equal(await reader.locator("main article").getAttribute("lang"), "en");
    await looks(reader, "help-fallback");

    // All of it works without a script.
    const plain = await (await reader.context().browser().newContext({ javaScriptEnabled: false })).newPage();
    await plain.goto(new URL("/help/en/articles/seats", reader.url()).href);
    await plain.getByRole("button", { name: "No", exact: true }).click();
    await plain.getByLabel("What was missing?").fill("Where the button is");
    await plain.getByRole("button", { name: "Send" }).click();
    await plain.getByText("Thank you for telling us.").waitFor();
    await plain.getByRole("searchbox", { name: "Your question" }).fill("how many guests can we have");
    await plain.getByRole("button", { name: "Search" }).click();
    await plain.getByRole("link", { name: "How many guests can I have, and why can some not upload?" }).first().click();
    await plain.getByRole("link", { name: /does not answer my question/ }).click();
    await plain.getByLabel("Your e-mail address").fill("guest@studio.example");
    await plain.getByLabel("How can we help?").fill("My second camera person cannot upload.");
    await plain.getByRole("button", { name: "Send" }).click();
    await plain.getByText("Your message has arrived.").waitFor();
    await plain.context().close();

    const lead = await newPage();
    await signIn(lead, PEOPLE.mara, "knowledge/searched");
    await lead.getByRole("link", { name: /How many guests can I have/ }).waitFor();
    await looks(lead, "knowledge-gaps");
    await eventually("the word of the reader", async () => {
      const { items } = await api(lead, "/articles?q=How%20do%20seats%20work");
      return (await api(lead, `/articles/${items[0].id}/ratings`)).items.some((one) => one.comment === "Where the button is");
    });
  });

  story("articles, categories and collections are put in order by hand, in two tabs too", async ({ newPage, errors }) => {
    errors.expect(/status of 409 .*\/order/);
    const lead = await newPage();
    await signIn(lead, PEOPLE.mara, "knowledge/shelves");
    const name = `Order ${ticket()}`;
    const named = (name) => ({ names: { en: { name } } });
    const shelf = await api(lead, "/collections", named(name));
    const { categories } = await api(lead, `/collections/${shelf.id}/categories`, named(`First ${name}`));
    await api(lead, `/collections/${shelf.id}/categories`, named(`Second ${name}`));
    for (const title of ["Alpha", "Beta", "Gamma"]) {
      const { id } = await api(lead, "/articles", { category: categories[0].id, lang: "en", text: { title: `${title} ${name}`, body: "Words." } });
      await api(lead, `/articles/${id}/texts/en/publish`, { revision: 1 });
    }
    const cardOf = (page) => page.locator("section").filter({ has: page.getByRole("heading", { name: new RegExp(`^${name}`) }) });
    const titles = async (page) => (await cardOf(page).locator("ol a").allInnerTexts()).map((text) => text.split(" ")[0]).join();
    const stands = (page, order) => eventually(`${order} on the screen`, async () => (await titles(page)) === order);
    const card = cardOf(lead);
    await card.getByRole("button", { name: `Articles of First ${name}` }).click();
    await stands(lead, "Alpha,Beta,Gamma");
    await looks(lead, "knowledge-order");

    // By keyboard, one press after the other: the focus stays, and what happened is said.
    const gamma = lead.getByRole("link", { name: `Gamma ${name}` });
    await gamma.focus();
    for (let press = 0; press < 3; press += 1) await lead.keyboard.press("Alt+ArrowUp");
    await stands(lead, "Gamma,Alpha,Beta");
    assert.equal(await gamma.evaluate((element) => element === document.activeElement), true, "the focus stays with it");
    await lead.getByText(`Gamma ${name} is now 1 of 3.`).waitFor({ state: "attached" });
    const reader = await newPage();
    const read = (order) =>
      eventually(`${order} for readers`, async () => {
        await reader.goto(`/help/en/${shelf.slug}`);
        return (await reader.locator("main ul.list a").allInnerTexts()).map((text) => text.split(" ")[0]).join() === order;
      });
    await read("Gamma,Alpha,Beta");

    // With the buttons; the one that can do no more gives the focus to its neighbour.
    const up = (page, title) => page.getByRole("button", { name: `Move ${title} ${name} up` });
    await up(lead, "Beta").click();
    await up(lead, "Beta").click();
    await stands(lead, "Beta,Gamma,Alpha");
    assert.equal(await lead.evaluate(() => document.activeElement?.getAttribute("aria-label")), `Move Beta ${name} down`);
    await read("Beta,Gamma,Alpha");

    // Another tab whose request comes after somebody else's: it is told, and shows what stands there.
    const other = await newPage();
    await signIn(other, PEOPLE.jonas, "knowledge/shelves");
    await cardOf(other).getByRole("button", { name: `Articles of First ${name}` }).click();
    await stands(other, "Beta,Gamma,Alpha");
    await other.route(
      "**/order",
      async (route) => {
        await up(lead, "Alpha").click();
        await read("Beta,Alpha,Gamma");
        await route.continue();
      },
      { times: 1 },
    );
    await other.getByRole("button", { name: `Move Beta ${name} down` }).click();
    await other.getByText(/has changed since you read it/).waitFor();
    await stands(other, "Beta,Alpha,Gamma");

    // Categories and collections, the same way.
    await up(lead, "Second").click();
    const collections = async () => (await api(lead, "/collections")).items;
    const place = async () => (await collections()).findIndex((one) => one.id === shelf.id);
    await eventually("the category stands first", async () => (await collections())[await place()].categories[0].names.en.name === `Second ${name}`);
    const before = await place();
    await card.getByRole("button", { name: `Move ${name} up` }).focus();
    await lead.keyboard.press("Alt+ArrowUp");
    await eventually("the collection stands one higher", async () => (await place()) === before - 1);
    await checkAccessible(lead, "after moving");
    // Readers of other stories find the help centre without it.
    for (const article of (await api(lead, `/articles?collection=${shelf.id}`)).items) await api(lead, `/articles/${article.id}/texts/en/retire`, {});
  });

  story("collections and the looks of the help centre are changed", async ({ newPage }) => {
    const lead = await newPage();
    await signIn(lead, PEOPLE.mara, "knowledge/shelves");
    await lead.getByRole("button", { name: "Make a collection" }).click();
    const dialog = lead.getByRole("dialog", { name: "New collection" });
    const name = `Shelf ${ticket()}`;
    await dialog.getByLabel("Name").first().fill(name);
    await checkAccessible(lead, "a new collection");
    await dialog.getByRole("button", { name: "Keep" }).click();
    await lead.getByRole("heading", { name: new RegExp(name) }).waitFor();
    await looks(lead, "knowledge-collections");
    const card = lead.locator("section").filter({ has: lead.getByRole("heading", { name: new RegExp(name) }) });
    await card.getByRole("button", { name: "Remove" }).click();
    await lead.getByRole("heading", { name: new RegExp(name) }).waitFor({ state: "detached" });
    await signIn(lead, PEOPLE.mara, "knowledge/look");
    await lead.getByLabel("Its own address").waitFor();
    await looks(lead, "knowledge-look");
  });
};
