// What rises: the most important first, with its arithmetic and its conversations; put aside with a reason, and put back.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, checkText, eventually, listed, signIn } from "../support.mjs";

const FIRST = 3;
const PEOPLE_BEHIND = ["whole_desk", "new_value", "many_people"];

const card = (page) => page.locator("section").filter({ has: page.getByRole("heading", { name: /^Rising now/ }) });
const open = async (page, window) => (await api(page, `/windows/${window}/warnings?state=open&limit=200`)).items;
/** The first line is as important as any: of many people, or nobody is. */
function mostImportant(warnings) {
  const people = warnings.filter((w) => PEOPLE_BEHIND.includes(w.kind));
  return (people.length > 0 ? people : warnings).toSorted((a, b) => b.people - a.people)[0];
}

export default (story) => {
  story("what rises is ranked, and opens to its arithmetic and its conversations", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.aiko);
    const warnings = await open(page, window);
    assert.ok(warnings.length > FIRST, `the launch makes more than ${FIRST} things rise: ${warnings.length}`);
    const lines = card(page).locator("details");
    await eventually("the first few", async () => (await lines.count()) === FIRST);
    await card(page).getByRole("button", { name: `Show all ${warnings.length}` }).click();
    await eventually("all of them", async () => (await lines.count()) === warnings.length);
    await card(page).getByRole("button", { name: `Show the first ${FIRST}` }).click();
    await eventually("the first few again", async () => (await lines.count()) === FIRST);

    const expected = mostImportant(warnings);
    const first = lines.first();
    await first.getByText(expected.why, { exact: true }).waitFor();
    assert.equal(await first.getByRole("link").isVisible(), false, "closed at first");
    await first.locator("summary").click();
    const figures = first.locator("dl");
    for (const [name, { count }] of [["When first seen", expected.at_first], ["Latest day", expected.latest]]) {
      const line = figures.locator("div").filter({ has: page.getByText(name, { exact: true }) });
      assert.equal(await line.locator("b").innerText(), String(count), name);
      await line.getByText(/usually (none|[\d.]+: )/).waitFor();
    }
    await figures.getByText(/^(less than )?1 in [\w\s,]+ days$/).waitFor();
    await checkAccessible(page, "opened");
    await page.setViewportSize({ width: 390, height: 844 });
    await checkNoSideScroll(page, "opened, 390 px");
    await page.setViewportSize({ width: 1440, height: 900 });

    const { conversations, people } = (await open(page, window)).find((w) => w.id === expected.id);
    await first.getByRole("link", { name: `${conversations} conversations of ${people} people` }).click();
    await page.getByRole("list", { name: "Filters" }).waitFor();
    assert.equal(await listed(page), conversations, "the figure is the list");
  });

  story("a warning is put aside with a reason, and the step is undone", async ({ newPage }) => {
    const page = await newPage();
    const other = await newPage();
    const window = await signIn(page, PEOPLE.aiko);
    await signIn(other, PEOPLE.nora);
    const expected = mostImportant(await open(page, window));
    const line = (of) => card(of).locator("details").filter({ hasText: expected.why });
    await line(other).locator("summary").click();
    await line(other).getByRole("link").waitFor();
    assert.equal(await line(other).getByRole("button").count(), 0, "who only looks puts nothing aside");

    await line(page).locator("summary").click();
    await line(page).getByRole("button", { name: "Put aside" }).click();
    const dialog = page.getByRole("dialog", { name: "Put this warning aside" });
    assert.equal(await dialog.getByRole("button", { name: "Put aside" }).isDisabled(), true, "a reason is needed");
    await dialog.getByRole("textbox", { name: "Reason" }).fill("We wrote to these customers this morning.");
    await dialog.getByRole("button", { name: "Put aside" }).click();
    await dialog.waitFor({ state: "detached" });
    await line(page).waitFor({ state: "detached" });
    await line(other).waitFor({ state: "detached" });
    const [aside] = (await api(page, "/warnings?state=dismissed&limit=200")).items.filter((w) => w.id === expected.id);
    assert.deepEqual([aside.dismissed.by, aside.dismissed.reason], [PEOPLE.aiko.name, "We wrote to these customers this morning."]);

    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await line(page).waitFor();
    await line(other).waitFor();
    assert.ok((await open(page, window)).some((w) => w.id === expected.id && w.dismissed === null));
    const refused = await other.request.post(`/api/v1/warnings/${expected.id}/dismiss`, { headers: { "x-hypercare": "1" }, data: { reason: "no" } });
    assert.equal(refused.status(), 403, "the server refuses it, too");
    await checkText(page, `${PEOPLE.aiko.name} put the warning about`);
  });
};
