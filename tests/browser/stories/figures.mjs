// Every figure opens to what is behind it; the exit says why; the report can be read and taken along.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { PEOPLE, api, checkText, listed, signIn } from "../support.mjs";

export default (story) => {
  story("a day of a signal opens to exactly the conversations it counts", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara, "signals");
    const signals = (await api(page, `/windows/${window}/signals`)).items;
    await page.getByRole("heading", { name: signals[0].name }).waitFor();
    let opened = 0;
    for (const signal of signals) {
      const day = signal.days.filter((d) => d.complete && d.listed).at(-1);
      if (!day) continue;
      const card = page.locator(`section#${signal.key}`);
      await card.getByText("Numbers by day").click();
      const row = card.getByRole("row").filter({ has: page.getByRole("link") }).filter({ hasText: String(day.listed) });
      const at = signal.days.toReversed().findIndex((d) => d.date === day.date);
      const link = card.locator("tbody tr").nth(at).getByRole("link");
      assert.ok((await row.count()) > 0);
      assert.equal(await card.locator("tbody tr").nth(at).getByRole("cell").last().innerText(), String(day.listed));
      await link.click();
      await page.getByRole("list", { name: "Filters" }).waitFor();
      assert.equal(await listed(page), day.listed, `${signal.key} on ${day.date}`);
      await page.goBack();
      await page.getByRole("heading", { name: signals[0].name }).waitFor();
      opened += 1;
    }
    assert.ok(opened >= 3, `only ${opened} signals could be opened`);
  });

  story("the figures of Now open to their lists", async ({ newPage }) => {
    const page = await newPage();
    await signIn(page, PEOPLE.mara);
    for (const label of ["Need a person", "Late", "Critical", "Open", "About the change today"]) {
      const tile = page.locator(".tiles a").filter({ has: page.getByText(label, { exact: true }) });
      await tile.waitFor();
      const value = Number((await tile.locator(".value").innerText()).replaceAll(/\D/g, ""));
      await tile.click();
      await page.getByRole("group", { name: "List of conversations" }).waitFor();
      if (value === 0) await page.getByText(/^Nothing (here|fits)$/).waitFor();
      else assert.equal(await listed(page), value, label);
      await page.goBack();
    }
  });

  story("what the assistant settled, got wrong and saved opens to its lists", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara);
    const { assistant } = await api(page, `/windows/${window}/now`);
    assert.ok(assistant.settled > 0 && assistant.known > 0 && assistant.saved, JSON.stringify(assistant));
    const card = page.getByRole("region", { name: "The assistant" });
    for (const [label, count] of [["Settled without a person", assistant.settled], ["Known to be wrong", assistant.wrong], ["Time saved", assistant.settled]]) {
      const figure = card.getByRole("link").filter({ hasText: label });
      await figure.getByText(String(count), { exact: false }).first().waitFor();
      await figure.click();
      await page.getByRole("group", { name: "List of conversations" }).waitFor();
      assert.equal(await listed(page), count, label);
      await page.goBack();
    }
    await card.getByText("How these are counted").click();
    await card.getByText(assistant.basis).waitFor();
    await card.getByRole("link", { name: /^[\d,.]+ of them$/ }).click();
    await page.getByRole("group", { name: "List of conversations" }).waitFor();
    assert.equal(await listed(page), assistant.known);
  });

  story("the exit gives its reasons, and only a person with a reason overrules it", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara, "exit");
    const exit = await api(page, `/windows/${window}/exit`);
    const verdict = page.getByRole("region", { name: "Verdict" });
    await verdict.getByText(exit.sentence).waitFor();
    for (const criterion of exit.criteria) await checkText(page, criterion.what);
    for (const day of exit.days) await checkText(page, day.reasons[0] ?? "Stable");
    await page.getByText(`${exit.criteria.filter((c) => c.met).length} of ${exit.criteria.length} hold`).waitFor();
    await page.getByRole("button", { name: "Sign off …" }).click();
    const dialog = page.getByRole("dialog", { name: "Sign off the exit" });
    for (const gap of exit.missing) await dialog.getByText(gap.what).first().waitFor();
    const close = dialog.getByRole("button", { name: "Close against the criteria" });
    assert.equal(await close.isDisabled(), true, "a reason is needed");
    await dialog.getByRole("textbox").fill("   ");
    assert.equal(await close.isDisabled(), true, "blanks are no reason");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal((await api(page, `/windows/${window}/exit`)).phase, exit.phase);
    const refused = await page.request.post(`/api/v1/windows/${window}/transitions`, { headers: { "x-hypercare": "1" }, data: { to: "closed" } });
    assert.equal(refused.status(), 409);
    assert.equal((await refused.json()).field, "reason");
  });

  story("the report is read in the page and taken along as Markdown", async ({ newPage }) => {
    const page = await newPage();
    await signIn(page, PEOPLE.nora, "report");
    const report = page.frameLocator('iframe[title="Report"]');
    await report.getByRole("heading", { level: 1 }).waitFor();
    assert.ok((await report.locator("svg").count()) > 0, "the report has charts");
    assert.ok((await report.getByRole("table").count()) > 0, "and their numbers");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Markdown" }).click()]);
    assert.match(download.suggestedFilename(), /^report-.*\.md$/);
    const text = await readFile(await download.path(), "utf8");
    assert.match(text, /^# .*New prices and plans/m);
    assert.ok(text.length > 2_000, text);
  });
};
