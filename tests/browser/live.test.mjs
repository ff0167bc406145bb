// Stories on a demonstration whose customers go on writing, and on the same data when the server goes away under everybody.
import assert from "node:assert/strict";
import { PEOPLE, api, eventually, openChat, panelOf, say, signIn, startDemo, startServer, stories, ticket } from "./support.mjs";

const story = stories(() => startDemo({ args: ["--pace", "1"] }));

story("the day goes on: what customers write appears by itself", async ({ newPage }) => {
  const page = await newPage();
  const window = await signIn(page, PEOPLE.mara);
  await page.getByRole("region", { name: "Where we stand" }).waitFor();
  const newest = async () => (await api(page, `/windows/${window}/now`)).recent[0].sentence;
  const before = await newest();
  await eventually("somebody writes", async () => (await newest()) !== before, 30_000);
  const card = page.locator("section").filter({ has: page.getByRole("heading", { name: "What happened" }) });
  await eventually("Now shows it by itself", async () => (await card.innerText()).includes(await newest()), 20_000);

  const inbox = await page.context().newPage();
  await inbox.goto(`/w/${window}/inbox?view=all_open`);
  const total = async () => (await api(inbox, "/conversations/counts")).all_open;
  const shown = async () => Number((await inbox.getByRole("navigation", { name: "Views" }).getByRole("link", { name: /^All open/ }).innerText()).replaceAll(/\D/g, ""));
  await eventually("the counts of the inbox", async () => (await shown()) === (await total()));
});

story("the server is killed while people write: all reconnect, nothing is lost or doubled", async ({ server, newPage, errors, replaceServer }) => {
  errors.expect(/Failed to load resource|net::ERR_|status of 50[234]|EventSource/);
  // From here on without the demonstration's customers.
  await server.stop({ keep: true });
  let running = await startServer({ data: server.data, port: server.port, owned: true });
  replaceServer(running);

  const number = ticket();
  const customer = await newPage();
  const panel = await openChat(customer);
  await say(panel, `I want to talk to a person about my new plan. ${number}`);
  const agent = await newPage();
  const window = await signIn(agent, PEOPLE.aiko, "inbox");
  const { id } = (await api(agent, `/conversations?q=${number}`)).items[0];
  await agent.goto(`/w/${window}/inbox?c=${id}`);
  const log = agent.getByRole("log", { name: "Messages" });
  await log.getByText(number).waitFor();
  const reply = agent.getByRole("textbox", { name: /^Reply to/ });
  const status = agent.getByRole("status").filter({ hasText: /^\s*(Live|Connecting …|No live updates)\s*$/ }).first();
  await eventually("live", async () => (await status.innerText()).trim() === "Live");

  await running.kill();
  const kept = `Written while you were away. ${number}`;
  const box = panel.getByRole("textbox", { name: "Write a message" });
  await box.fill(kept);
  await box.press("Enter");
  await panel.getByText("Not sent yet – will retry").waitFor();
  const text = `An answer to nobody. ${number}`;
  await reply.fill(text);
  await reply.press("Control+Enter");
  await agent.getByText(/server cannot be reached/).first().waitFor();
  assert.equal(await reply.inputValue(), text);

  running = await startServer({ data: server.data, port: server.port, owned: true });
  replaceServer(running);
  await panel.getByRole("log").locator(".message.customer:not(.waiting)").getByText(kept).waitFor({ timeout: 45_000 });
  await eventually("the console is live again", async () => (await status.innerText()).trim() === "Live", 45_000);
  await log.getByText(kept).waitFor();
  // The customer wrote meanwhile; the agent has it on the screen, so the reply goes out.
  await reply.press("Control+Enter");
  await panel.getByText(text).waitFor();
  await log.getByText(text).waitFor();
  const after = `There you are. ${number}`;
  await say(panel, after);
  await log.getByText(after).waitFor();

  const messages = (await api(agent, `/conversations/${id}/messages`)).items;
  for (const one of [kept, text, after]) {
    assert.equal(messages.filter((m) => m.text === one).length, 1, one);
    assert.equal(await log.getByText(one).count(), 1, `${one} on the agent's screen`);
    assert.equal(await panel.getByText(one).count(), 1, `${one} on the customer's screen`);
  }
  await customer.reload();
  await customer.getByRole("button", { name: /^Questions\?/ }).click();
  await panelOf(customer).getByText(after).waitFor();
});
