// A webhook from its first moment to its last: added, its secret shown once, tested, looked into, switched off, removed.
import assert from "node:assert/strict";
import { api, checkAccessible, checkCount, checkNoSideScroll, screenshots, signIn } from "../support.mjs";

export default (story) => {
  story("a webhook is added with a secret shown once, tested, and switched off", async ({ newPage, errors }) => {
    errors.expect(/422/);
    const page = await newPage();
    await signIn(page, { email: "admin@nordlicht.example" });
    await page.goto("/webhooks");
    await page.getByText("No webhook", { exact: true }).waitFor();
    await page.getByText("No bridge", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Add a webhook" }).click();
    const dialog = page.getByRole("dialog");
    const address = dialog.getByLabel("Address");
    assert.ok(await address.evaluate((e) => e === document.activeElement), "the first field has the focus");
    await address.fill("http://169.254.169.254/latest");
    await address.press("Enter");
    await dialog.getByText(/where clouds keep credentials/).waitFor();
    // A name that nobody has: nothing leaves this machine.
    await address.fill("https://hooks.invalid/hypercare");
    await dialog.getByLabel("What it is for").fill("Pager of the night shift");
    await dialog.getByLabel("everything").uncheck();
    await dialog.getByLabel("all about issue").check();
    await screenshots(page, "demo-webhook-new", async (shape) => checkAccessible(page, shape));
    await dialog.getByRole("button", { name: "Add" }).click();
    const secret = await page.getByText(/^whsec_/).innerText();
    await page.getByRole("button", { name: "I have it" }).click();

    const row = page.getByRole("listitem").filter({ hasText: "Pager of the night shift" });
    await row.getByText("Told of issue.*").waitFor();
    await checkCount(page.getByText(secret), 0, "it is shown once");
    await row.getByRole("button", { name: "Deliveries" }).click();
    await dialog.getByText("Nothing was sent yet").waitFor();
    await dialog.getByRole("button", { name: "Send a test" }).click();
    const delivery = dialog.getByRole("button", { name: /ping/ });
    await delivery.click();
    await dialog.getByText(/It was not reached/).waitFor();
    await screenshots(page, "demo-webhook-log", async (shape) => checkAccessible(page, shape));
    await page.keyboard.press("Escape");

    await row.getByRole("button", { name: "Switch off" }).click();
    await row.getByText(/switched it off/).waitFor();
    await screenshots(page, "demo-webhooks", async (shape) => {
      await checkNoSideScroll(page, shape);
      await checkAccessible(page, shape);
    });
    await row.getByRole("button", { name: "Remove" }).click();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await page.getByText("No webhook", { exact: true }).waitFor();
    assert.equal((await api(page, "/webhooks")).items.length, 0);
  });
};
