// Cover is asked for and taken, a lead puts somebody in, and the decision is handed over between two people.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, eventually, screenshots, signIn } from "../support.mjs";

const named = (name) => Object.values(PEOPLE).find((p) => p.name === name);

export default (story) => {
  story("cover of a shift is asked for by keyboard and taken by a colleague", async ({ newPage }) => {
    const lead = await newPage();
    const window = await signIn(lead, PEOPLE.mara, "rota");
    await lead.getByRole("heading", { name: "Next two weeks" }).waitFor();
    const rota = await api(lead, `/windows/${window}/rota`);
    assert.equal(rota.faults.length, 0, "the demo's rota has no gap");
    await screenshots(lead, "rota", async (where) => {
      await checkNoSideScroll(lead, `rota, ${where}`);
    });
    await checkAccessible(lead, "rota");

    // Somebody whose next shift is theirs to give.
    const soon = Date.parse(rota.now) + 3_600_000;
    const shift = rota.shifts.find((s) => Date.parse(s.from) > soon && named(rota.people.find((p) => p.email === s.person)?.name));
    const asks = named(rota.people.find((p) => p.email === shift.person).name);
    const asker = await newPage();
    await signIn(asker, asks, "rota");
    await asker.getByRole("button", { name: "Ask for cover" }).waitFor();
    await asker.keyboard.press("c");
    const dialog = asker.getByRole("dialog", { name: new RegExp(asks.name) });
    await dialog.getByLabel("Why (if you like)").fill("A school play.");
    await checkAccessible(asker, "asking for cover");
    await asker.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await asker.getByRole("button", { name: "Withdraw" }).waitFor();

    const request = lead.getByRole("listitem").filter({ hasText: "A school play." });
    await request.getByRole("button", { name: "Take it" }).click();
    await asker.getByText("taken by Mara Lind").waitFor();
    const cover = (await api(lead, `/windows/${window}/rota`)).cover[0];
    assert.equal(cover.state, "accepted");
    await eventually("the asker is told", async () => (await api(asker, "/notices")).items.some((n) => n.kind === "cover" && n.detail === "accepted"));
  });

  story("the decision is handed over when the note is read back", async ({ newPage, errors }) => {
    // Whether the rules of rest object depends on the time of day.
    errors.expect(/status of (409|422) .*\/rota\/overrides/);
    const lead = await newPage();
    const window = await signIn(lead, PEOPLE.mara, "rota");
    await lead.getByRole("heading", { name: "Decides now" }).waitFor();
    const { owner, next, people } = await api(lead, `/windows/${window}/rota`);
    const goes = named(owner.name);
    const comes = Object.values(PEOPLE).find((p) => p.role !== "viewer" && p.name !== owner.name && p.name !== next?.name && people.some((x) => x.name === p.name && x.name !== "Mara Lind"));
    // The lead puts somebody in from the next minute on, over the rules of rest where these object.
    await lead.getByRole("button", { name: new RegExp(`^${owner.name} decides`) }).first().click();
    const dialog = lead.getByRole("dialog");
    await dialog.getByLabel("Who is there instead").selectOption({ label: comes.name });
    await dialog.getByLabel("Why", { exact: true }).fill("Home with a fever.");
    await dialog.getByRole("button", { name: "Put them in" }).click();
    const over = dialog.getByRole("checkbox", { name: /Go over this rule/ });
    await Promise.race([dialog.waitFor({ state: "hidden" }), over.waitFor()]);
    if (await over.isVisible()) {
      await over.check();
      await dialog.getByRole("button", { name: "Put them in" }).click();
      await dialog.waitFor({ state: "hidden" });
    }

    // Whoever goes writes in the note; it survives a reload.
    const outgoing = await newPage();
    await signIn(outgoing, goes, "rota/handover");
    const words = outgoing.getByRole("textbox", { name: /Keep an eye on/ });
    await words.fill("Guest limits: the bank calls at five.");
    await outgoing.keyboard.press("Tab");
    await eventually("it is saved", async () => {
      const { items } = await api(outgoing, `/windows/${window}/handovers`);
      return items[0].note.some((p) => p.written === "Guest limits: the bank calls at five.");
    });
    await outgoing.reload();
    await eventually("it is there again", async () => (await words.inputValue()) === "Guest limits: the bank calls at five.");

    const incoming = await newPage();
    await signIn(incoming, comes, "rota/handover");
    await incoming.getByText("Guest limits: the bank calls at five.").waitFor();
    await screenshots(incoming, "handover", async (where) => {
      await checkNoSideScroll(incoming, `handover, ${where}`);
    });
    await checkAccessible(incoming, "handover");
    const takeOver = incoming.getByRole("button", { name: "Take over" });
    for (const box of await incoming.getByRole("checkbox").all()) await box.check();
    await takeOver.click();
    await eventually("it is acknowledged", async () => (await api(incoming, `/windows/${window}/handovers`)).items[0].taken_by?.name === comes.name);
    // The shift begins with the next minute: until then the one before decides, from then on whoever has taken over.
    const [taken] = (await api(incoming, `/windows/${window}/handovers`)).items;
    const duty = await api(incoming, `/windows/${window}/duty`);
    assert.equal(duty.owner.name, Date.parse(duty.at) < Date.parse(taken.from) ? goes.name : comes.name);
    await outgoing.goto(`/w/${window}/now`);
    await outgoing.getByText(comes.name).first().waitFor();
  });
};
