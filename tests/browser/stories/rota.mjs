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

  story("a lead lets people take turns, sees what becomes of it, and puts somebody in for a while", async ({ newPage }) => {
    const lead = await newPage();
    const window = await signIn(lead, PEOPLE.mara, "rota");
    await lead.getByRole("heading", { name: "Next two weeks" }).waitFor();
    const before = await api(lead, `/windows/${window}/rota`);
    await lead.keyboard.press("e");
    await lead.getByRole("button", { name: "Add a rotation" }).click();
    const layer = lead.getByRole("region", { name: "Rotation", exact: true });
    await layer.getByLabel("Name").fill("Answers at night");
    const turns = lead.getByRole("region", { name: "Answers at night", exact: true });
    await turns.getByLabel("What for").selectOption({ label: "Answers" });
    await turns.getByLabel("Who begins").selectOption({ label: "Ben Okafor" });
    await turns.getByLabel("And then").selectOption({ label: "Mara Lind" });
    await turns.getByRole("button", { name: "Mara Lind earlier" }).click();
    assert.deepEqual(await turns.getByRole("listitem").allInnerTexts().then((all) => all.map((t) => t.replace(/\s+/g, " ").trim())), ["1 Mara Lind", "2 Ben Okafor"]);
    await turns.getByRole("checkbox", { name: "Only at certain hours" }).check();
    await turns.getByLabel("From").fill("20:00");
    await turns.getByLabel("To", { exact: true }).fill("00:00");
    // What becomes of it shows before it holds.
    const becomes = lead.getByRole("region", { name: "What becomes of it" });
    await becomes.getByText(/^Mara Lind answers, /).first().waitFor({ state: "attached" });
    assert.equal((await api(lead, `/windows/${window}/rota`)).layers.length, before.layers.length, "nothing is kept");
    await screenshots(lead, "rota-layers", async (where) => {
      await checkNoSideScroll(lead, `layers of the rota, ${where}`);
    });
    await checkAccessible(lead, "layers of the rota");
    await lead.getByLabel("Why", { exact: true }).fill("People write until midnight.");
    await lead.getByRole("button", { name: "Save the layers" }).click();
    await lead.getByRole("heading", { name: "Next two weeks" }).waitFor();
    await lead.getByRole("button", { name: /^Ben Okafor answers, / }).first().waitFor();
    const kept = (await api(lead, `/windows/${window}/rota`)).layers.at(-1);
    assert.deepEqual(kept.only.hours.mon, ["20:00-24:00"]);
    assert.deepEqual(kept.rotation.people, [PEOPLE.mara.email, PEOPLE.ben.email]);

    // Somebody besides, for a while, and taken back.
    await lead.keyboard.press("p");
    const dialog = lead.getByRole("dialog", { name: "Put somebody in" });
    await dialog.getByLabel("Who", { exact: true }).selectOption({ label: "Mara Lind" });
    await dialog.getByLabel("What for").selectOption({ label: "Learns" });
    await dialog.getByLabel("Why", { exact: true }).fill("Sits beside.");
    await checkAccessible(lead, "putting somebody in");
    await dialog.getByRole("button", { name: "Put them in" }).click();
    await dialog.waitFor({ state: "hidden" });
    const changes = lead.getByRole("region", { name: /Changes for a while/ });
    const line = changes.getByRole("listitem").filter({ hasText: "Mara Lind learns" });
    await line.getByRole("button", { name: /^Take back/ }).click();
    await lead.getByRole("dialog", { name: "Take it back" }).getByLabel("Why", { exact: true }).fill("Not needed.");
    await lead.keyboard.press("Enter");
    await line.waitFor({ state: "hidden" });

    // A stretch with shifts of its own, and what is missing is said at its field.
    await changes.getByRole("button", { name: "Temporary schedule" }).click();
    const temporary = lead.getByRole("dialog", { name: "Temporary schedule" });
    await temporary.getByRole("button", { name: "Add a shift" }).click();
    await screenshots(lead, "rota-temporary", async () => {});
    await checkAccessible(lead, "a temporary schedule");
    // In the place of a shift some days ahead, exactly: whoever had it has not.
    const ahead = before.shifts.find((s) => s.role === "decision_owner" && Date.parse(s.from) > Date.parse(before.now) + 5 * 86_400_000);
    const local = (at) => new Date(at).toLocaleString("sv-SE", { timeZone: before.zone }).slice(0, 16).replace(" ", "T");
    await temporary.getByLabel("From", { exact: true }).fill(local(ahead.from));
    await temporary.getByLabel("To", { exact: true }).fill(local(ahead.to));
    await temporary.getByLabel("Who has shift 1").selectOption({ label: "Mara Lind" });
    await temporary.getByLabel("From, shift 1").fill(local(ahead.from));
    await temporary.getByLabel("To, shift 1").fill(local(ahead.to));
    await temporary.getByLabel("Why", { exact: true }).fill("A holiday.");
    await temporary.getByRole("button", { name: "Plan it" }).click();
    await temporary.waitFor({ state: "hidden" });
    const decides = async (from) => (await api(lead, `/windows/${window}/duty?at=${from}`)).owner.name;
    assert.equal(await decides(ahead.from), "Mara Lind");
    const stands = changes.getByRole("listitem").filter({ hasText: "Temporary schedule: Mara Lind" });
    await stands.getByRole("button", { name: /^Take back/ }).click();
    await lead.getByRole("dialog", { name: "Take it back" }).getByLabel("Why", { exact: true }).fill("No holiday after all.");
    await lead.keyboard.press("Enter");
    await stands.waitFor({ state: "hidden" });
    assert.equal(await decides(ahead.from), before.people.find((p) => p.email === ahead.person).name);

    // And the layers as they were.
    await lead.getByRole("link", { name: "Edit layers" }).click();
    await lead.getByRole("button", { name: "Remove Answers at night" }).click();
    await lead.getByLabel("Why", { exact: true }).fill("It has calmed down.");
    await lead.getByRole("button", { name: "Save the layers" }).click();
    await lead.getByRole("heading", { name: "Next two weeks" }).waitFor();
    await eventually("the layers are as before", async () => (await api(lead, `/windows/${window}/rota`)).layers.length === before.layers.length);
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
