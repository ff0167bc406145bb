// Accounts and the backlog: a table with a mistake, the same put right, whom to call, a call noted; figures that open to their conversations.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, eventually, screenshots, signIn, ticket } from "../support.mjs";

const looks = (page, name) => screenshots(page, name, async (shape) => {
  await checkNoSideScroll(page, shape);
  await checkAccessible(page, shape);
});

const table = (text) => ({ name: "accounts.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

export default (story) => {
  story("a lead imports accounts, and an agent calls the one that waits", async ({ newPage, errors }) => {
    errors.expect(/status of 422 .*\/accounts\/import/);
    const number = ticket();
    const mara = await newPage();
    const window = await signIn(mara, PEOPLE.mara, "accounts");
    await mara.getByRole("heading", { name: "Call first" }).waitFor();
    await looks(mara, "accounts");
    await mara.keyboard.press("m");
    const dialog = mara.getByRole("dialog", { name: "Import accounts" });
    await dialog.getByLabel("CSV file").setInputFiles(table(`key;name;value;currency;domains\nT-${number};Tall Ships;"12.000,50";EUR;t${number}.example\n`));
    await dialog.getByText("Line 2, value:").waitFor();
    await checkAccessible(mara, "an import with a mistake");
    assert.equal(await dialog.getByRole("button", { name: "Take them over" }).isDisabled(), true, "nothing is taken over");
    await dialog.getByLabel("CSV file").setInputFiles(table(`\ufeffkey;name;value;currency;domains\nT-${number};Tall Ships ${number};12000.50;EUR;t${number}.example\n`));
    await dialog.getByText("1 account would be added").waitFor();
    await dialog.getByRole("button", { name: "Take them over" }).click();
    await dialog.waitFor({ state: "detached" });
    await mara.getByLabel("Find an account").fill(`Tall Ships ${number}`);
    await mara.getByRole("link", { name: new RegExp(`Tall Ships ${number}`) }).first().click();
    await mara.getByRole("heading", { name: `Tall Ships ${number}` }).waitFor();
    await looks(mara, "account");

    // Somebody of it writes by the form: the account stands beside the conversation, and on the list.
    const subject = `Why is my studio's invoice higher? ${number}`;
    const { conversation } = await api(mara, "/public/form", { name: "Ida Holm", email: `ida@t${number}.example`, subject, text: `${subject} Nobody told us.` });
    const aiko = await newPage();
    await signIn(aiko, PEOPLE.aiko, "inbox");
    await aiko.goto(`/w/${window}/inbox?c=${conversation}`);
    await aiko.getByRole("link", { name: `Tall Ships ${number}` }).first().waitFor();
    await aiko.goto(`/w/${window}/accounts`);
    const more = aiko.getByRole("button", { name: /^Show all \d/ }).first();
    await aiko.getByRole("heading", { name: "Call first" }).waitFor();
    if (await more.count()) await more.click();
    const line = aiko.getByRole("region", { name: "Call first" }).getByRole("listitem").filter({ hasText: `Tall Ships ${number}` }).first();
    await line.getByText(/open conversation/).first().waitFor();
    // Mara puts Aiko down for it: her bell says so, and leads to the account. The commands find it by its name, as it is typed.
    const { id: own } = (await api(mara, `/accounts?q=${number}`)).items[0];
    const { items: team } = await api(mara, "/users");
    await api(mara, `/windows/${window}/calls/assignee`, { account: own, to: team.find((one) => one.email === PEOPLE.aiko.email).id }, "PUT");
    await eventually("the bell has it", async () => (await api(aiko, "/notices?limit=1")).items[0]?.kind === "call");
    await aiko.getByRole("button", { name: /^Notices, \d+ unread/ }).first().waitFor();
    await aiko.keyboard.press("g");
    await aiko.keyboard.press("b");
    const asked = aiko.getByRole("dialog", { name: "Notices" }).getByRole("link", { name: /Mara Lind asks you to call them/ }).first();
    await aiko.getByRole("dialog", { name: "Notices" }).getByText(`Tall Ships ${number}`).first().waitFor();
    await checkAccessible(aiko, "a call that is asked of her");
    await asked.click();
    await aiko.waitForURL(new RegExp(`/accounts/${own}$`));
    await aiko.goto(`/w/${window}/now`);
    await aiko.getByRole("heading", { level: 1 }).first().waitFor();
    await aiko.keyboard.press("Control+k");
    await aiko.keyboard.type(`tall ships ${number}`);
    await aiko.getByRole("dialog").getByRole("option", { name: new RegExp(`Tall Ships ${number}`) }).first().waitFor();
    await checkAccessible(aiko, "an account among the commands");
    await aiko.keyboard.press("Enter");
    await aiko.waitForURL(new RegExp(`/accounts/${own}$`));
    await aiko.getByRole("heading", { name: `Tall Ships ${number}` }).waitFor();
    await aiko.goto(`/w/${window}/accounts`);
    await line.getByText(/open conversation/).first().waitFor();
    await line.getByRole("button", { name: /^Note a call/ }).click();
    const note = aiko.getByRole("dialog", { name: `Note a call to Tall Ships ${number}` });
    await note.getByLabel("What they said").fill("They read the line about the new plan now.");
    await checkAccessible(aiko, "noting a call");
    await note.getByRole("button", { name: "Note the call" }).click();
    await aiko.getByRole("region", { name: "Called" }).getByText("They read the line about the new plan now.").waitFor();
    await line.waitFor({ state: "detached" });
  });

  story("every figure of the backlog opens to its conversations", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.aiko, "backlog");
    await page.getByRole("heading", { name: "Waiting for" }).waitFor();
    await looks(page, "backlog");
    const backlog = await api(page, `/windows/${window}/backlog`);
    const wait = backlog.waits.find((one) => one.open > 0);
    assert.ok(wait, "the demonstration has a backlog");
    const list = await api(page, `/conversations?window=${window}&wait=${wait.wait}&limit=200`);
    assert.equal(list.items.length, Math.min(200, wait.open));
    await page.getByRole("region", { name: "Age" }).getByRole("link").first().click();
    await page.waitForURL(/inbox\?.*wait=any/);
    await page.getByText("Open", { exact: true }).first().waitFor();
  });
};
