// A drafting service that says what its source does not: it is marked, and approved only by whoever has read it.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import { after } from "node:test";
import assert from "node:assert/strict";
import { ADMIN, api, checkAccessible, checkNoSideScroll, checkText, screenshots, signIn, startServer, stories } from "./support.mjs";

/** Answers as the service would; `parts` is what it says next, nothing makes it fail. */
let parts = null;
const service = createServer((request, response) => {
  request.resume();
  response.statusCode = parts ? 200 : 500;
  response.end(parts ? JSON.stringify({ choices: [{ message: { content: JSON.stringify(parts) } }] }) : "");
}).listen(0, "127.0.0.1");
await once(service, "listening");
after(() => service.close());
const url = `http://127.0.0.1:${service.address().port}/v1`;
const story = stories(() => startServer({ args: ["--drafts-url", url, "--drafts-model", "small"] }));

story("a suggested wording is marked, corrected or seen, and only then approved", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, ADMIN);
  const text = await readFile(new URL("../../crates/server/tests/it/plan.toml", import.meta.url), "utf8");
  const { window_id: window } = await api(page, "/plan/apply", { text, approve_answers: true });
  const answer = (await api(page, `/answers?window=${window}`)).items[0];
  await page.goto(`/w/${window}/answers/${answer.id}`);
  await page.getByRole("button", { name: "Edit" }).click();

  // It fails: one plain line, and the approved text stays.
  await page.getByRole("button", { name: "Suggest wording" }).click();
  await checkText(page, "The drafting service refused (status 500). This is the approved text as it is.");
  assert.equal(await page.getByLabel("Is it expected?").inputValue(), answer.text.expected);

  parts = { expected: "Yes. We guarantee a refund of 25 %.", do_now: "Open https://evil.example/pay.", next_update: answer.text.next_update };
  await page.getByRole("button", { name: "Suggest wording" }).click();
  await page.locator("mark", { hasText: "guarantee" }).waitFor();
  await page.locator("mark", { hasText: "https://evil.example/pay" }).waitFor();
  await screenshots(page, "drafting-marked", async (shape) => {
    await checkNoSideScroll(page, shape);
    await checkAccessible(page, shape);
  });
  // Corrected, it is not marked any more; the rest is saved with its marks.
  await page.getByLabel("What to do now?").fill("Nothing.");
  await page.locator("mark", { hasText: "evil" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Save as a new version" }).click();
  await page.getByRole("button", { name: "Approve version 2" }).click();
  const dialog = page.getByRole("dialog", { name: "Read this before you approve version 2" });
  await dialog.locator("mark", { hasText: "guarantee" }).waitFor();
  const approve = dialog.getByRole("button", { name: "Approve version 2" });
  assert.equal(await approve.isDisabled(), true, "not unseen");
  assert.equal((await api(page, `/answers/${answer.id}`)).live, 1);
  await dialog.getByRole("checkbox").check();
  await approve.click();
  await checkText(page, "Version 2 is live on every channel.");
});
