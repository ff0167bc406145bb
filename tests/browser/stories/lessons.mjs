// The report: read by its contents list, taken along in four forms, and the next plan begun from it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, eventually, signIn } from "../support.mjs";

export default (story) => {
  story("the report is taken along in four forms", async ({ newPage }) => {
    const page = await newPage();
    await signIn(page, PEOPLE.nora, "report");
    const report = page.frameLocator('iframe[title="Report"]');
    await report.getByRole("heading", { name: "What people carried" }).waitFor();
    const files = page.getByRole("navigation", { name: "Download the report" });
    for (const [name, ending, begins] of [["PDF", "pdf", "%PDF-1.7"], ["HTML", "html", "<!doctype html>"], ["Markdown", "md", "# "], ["JSON", "json", "{"]]) {
      const [download] = await Promise.all([page.waitForEvent("download"), files.getByRole("link", { name, exact: true }).click()]);
      assert.match(download.suggestedFilename(), new RegExp(`^report-.*\\.${ending}$`));
      const bytes = await readFile(await download.path());
      assert.ok(bytes.subarray(0, 20).toString("latin1").startsWith(begins), name);
      assert.ok(bytes.length > 2_000, `${name}: ${bytes.length} bytes`);
    }
    // An agent reads it; the next plan is a lead's.
    assert.equal(await page.getByRole("button", { name: "Start the next plan from this" }).count(), 0);
  });

  story("the report alone can be read by everybody", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.nora, "report");
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.setContent(await (await page.request.get(`/api/v1/windows/${window}/report`)).text());
        await page.getByRole("heading", { level: 1 }).waitFor();
        await checkAccessible(page, `report, ${width}, ${colorScheme}`);
        await checkNoSideScroll(page, `report, ${width}`);
      }
    }
    const names = await page.getByRole("navigation", { name: "Contents" }).getByRole("link").allInnerTexts();
    assert.deepEqual(names, await page.getByRole("heading", { level: 2 }).allInnerTexts());
  });

  story("the contents list moves the page, and the next plan begins in the editor", async ({ newPage, errors }) => {
    errors.expect(/status of 422 .*\/report\/next-plan/);
    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara, "report");
    const report = page.frameLocator('iframe[title="Report"]');
    await report.getByRole("link", { name: "Next time" }).click();
    await eventually("the section is seen", async () => {
      const box = await report.getByRole("heading", { name: "Next time" }).boundingBox();
      return box !== null && box.y >= 0 && box.y < 900;
    });
    assert.equal(page.url().endsWith("/report"), true, page.url());

    await page.getByRole("button", { name: "Start the next plan from this" }).click();
    const dialog = page.getByRole("dialog", { name: "Start the next plan" });
    const open = dialog.getByRole("button", { name: "Open in the editor" });
    assert.equal(await open.isDisabled(), true, "a name and a day are needed");
    await dialog.getByLabel("Name").fill("Spring prices");
    await dialog.getByLabel("Key").fill("Not A Key");
    await dialog.getByLabel("Go-live").fill("2027-04-06T09:00");
    await checkAccessible(page, "the next plan");
    await open.click();
    await dialog.getByRole("alert").getByText("Not A Key").waitFor();
    await dialog.getByLabel("Key").fill("spring-prices");
    await open.click();
    await page.waitForURL("**/new");
    const text = page.getByRole("textbox").first();
    await eventually("the plan is in the editor", async () => (await text.inputValue()).startsWith("# From the lessons of the window"));
    const plan = await text.inputValue();
    assert.match(plan, /key = "spring-prices"/);
    const checked = await api(page, "/plan/check", { text: plan });
    assert.deepEqual(checked.problems.filter((p) => p.severity === "error"), []);
    // Nothing was applied.
    assert.ok((await api(page, "/windows")).items.every((w) => w.key !== "spring-prices"));
    assert.ok(window);
  });
};
