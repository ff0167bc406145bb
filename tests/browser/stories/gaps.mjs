// What was searched and not found, and what was read before somebody wrote, stand beside the unanswered, one step from an answer.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, eventually, screenshots, signIn, ticket } from "../support.mjs";

export default (story) =>
  story("a search without a result becomes a draft, and who wrote after reading is named", async ({ newPage }) => {
    // In letters: a number is taken out of what is kept of a search.
    const word = `ostrich${[...ticket()].map((sign) => String.fromCharCode(97 + (sign.charCodeAt(0) % 26))).join("")}`;
    const lost = `Does the new price include the ${word} archive?`;
    const reader = await newPage();
    await reader.goto("/help");
    const box = reader.getByRole("searchbox", { name: "Your question" });
    await box.fill(lost);
    await box.press("Enter");
    await reader.waitForURL(/[?&]q=/);
    await screenshots(reader, "help-not-found", async (shape) => {
      await checkNoSideScroll(reader, shape);
      await checkAccessible(reader, shape);
    });
    await reader.goto(`/help?q=${encodeURIComponent("Why is my bill higher than before?")}`);
    await screenshots(reader, "help-found", async (shape) => {
      await checkNoSideScroll(reader, shape);
      await checkAccessible(reader, shape);
    });
    await reader.getByRole("link", { name: /write/i }).first().click();
    await reader.getByLabel("Your e-mail address").fill("reader@studio.example");
    await reader.getByLabel("How can we help?").fill("I read it and still do not know why my bill is higher.");
    await reader.getByRole("button", { name: "Send" }).click();
    await reader.getByRole("status").getByText("Your message has arrived.").waitFor();

    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara, "answers/unanswered");
    const found = async () => (await api(page, `/gaps?window=${window}&limit=200`)).items.find((gap) => gap.title.includes(word));
    await eventually("the search is a gap", async () => (await found())?.searches === 1);
    await page.reload();
    const row = page.getByRole("listitem").filter({ hasText: word });
    await row.getByText("1 search").waitFor();
    await page.getByText(/of \d+ readers? wrote/).first().waitFor();
    await page.getByText("Who wrote").first().click();
    await page.getByRole("link", { name: /still do not know why my bill/ }).first().waitFor();
    await screenshots(page, "gaps", async (shape) => {
      await checkNoSideScroll(page, shape);
      await checkAccessible(page, shape);
    });
    await row.getByRole("link", { name: "Draft" }).click();
    await page.waitForURL(/answers\/new\?search=/);
    assert.ok((await page.getByLabel("Question", { exact: true }).inputValue()).includes(word));
  });
