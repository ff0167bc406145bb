// The chat from both sides: who types, what was read, and nothing of notes.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, eventually, openChat, panelOf, pictureOf, say, signIn, ticket } from "../support.mjs";

export default (story) => {
  story("customer and agent see that the other types and has read", async ({ newPage }) => {
    const number = ticket();
    const customer = await newPage();
    const panel = await openChat(customer);
    await say(panel, `I want to talk to a person about my new plan. ${number}`);
    const agent = await newPage();
    const window = await signIn(agent, PEOPLE.lena, "inbox");
    const { id } = (await api(agent, `/conversations?q=${number}`)).items[0];
    assert.equal(await panel.getByText("Seen", { exact: true }).count(), 0, "nobody has looked");
    await agent.goto(`/w/${window}/inbox?c=${id}`);
    const log = agent.getByRole("log", { name: "Messages" });
    await log.getByText(number).waitFor();
    await panel.getByText("Seen", { exact: true }).waitFor();

    await panel.getByRole("textbox", { name: "Write a message" }).pressSequentially("And one");
    await agent.getByText(/ is typing …$/).waitFor();
    await checkAccessible(agent, "the customer types");
    // A note is nobody's business but the team's.
    const told = [];
    agent.on("request", (request) => request.url().endsWith("/typing") && told.push(request.url()));
    await agent.keyboard.press("n");
    await agent.getByRole("textbox", { name: "Private note" }).pressSequentially("Between us");
    assert.deepEqual(told, []);
    await agent.getByRole("textbox", { name: "Private note" }).fill("");
    await agent.getByRole("button", { name: /^Reply/ }).click();
    const reply = agent.getByRole("textbox", { name: /^Reply to/ });
    await reply.pressSequentially(`Here I am. ${number}`);
    await panel.getByText(`${PEOPLE.lena.name} is typing…`).waitFor();
    assert.equal(told.length, 1, "told once, not for each letter");
    await checkAccessible(customer, "an agent types");
    await reply.press("Control+Enter");
    await panel.getByText(`Here I am. ${number}`).waitFor();
    await panel.getByText("is typing…").waitFor({ state: "detached" });
    await agent.getByText(/^Seen by /).waitFor();

    // Another matter, and back.
    await panel.getByRole("textbox", { name: "Write a message" }).fill("");
    await panel.getByRole("button", { name: "End chat" }).click();
    await panel.getByRole("button", { name: "Start a new chat" }).click();
    await say(panel, `Where do I find my invoices? ${number}`);
    await panel.getByRole("button", { name: /^Your chats/ }).click();
    await panel.getByRole("button", { name: /Ended/ }).click();
    await panel.getByRole("log").getByText(`Here I am. ${number}`).waitFor();
    await customer.reload();
    await customer.getByRole("button", { name: /^Questions\?/ }).click();
    await eventually("the chat that was gone back to", () => panelOf(customer).getByRole("log").getByText(`Here I am. ${number}`).isVisible());
  });

  story("a picture and a document go both ways in the chat", async ({ newPage }) => {
    const number = ticket();
    const customer = await newPage();
    const panel = await openChat(customer);
    await panel.locator("input[type=file]").setInputFiles([{ name: `screen ${number}.png`, mimeType: "image/png", buffer: PNG }]);
    await panel.locator(".uploads").getByText(/kB/).waitFor();
    await panel.getByRole("textbox", { name: "Write a message" }).press("Enter");
    await panel.getByRole("log").getByRole("img", { name: `screen ${number}.png` }).waitFor();
    const agent = await newPage();
    const window = await signIn(agent, PEOPLE.lena, "inbox");
    const { id } = (await api(agent, `/conversations?q=${number}`)).items[0];
    await agent.goto(`/w/${window}/inbox?c=${id}`);
    const file = agent.getByRole("list", { name: "Attachments" }).getByRole("link", { name: new RegExp(number) });
    await file.waitFor();
    await eventually("the picture in the console", () => file.locator("img").evaluate((img) => img.complete && img.naturalWidth > 0));
    await agent.getByLabel("Files", { exact: true }).setInputFiles([{ name: "form.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 and so on") }]);
    const reply = agent.getByRole("textbox", { name: /^Reply to/ });
    await reply.fill(`Please fill this in. ${number}`);
    await eventually("the file is uploaded", () => agent.getByRole("button", { name: "Send and wait" }).isEnabled());
    await reply.press("Control+Enter");
    const given = panel.getByRole("log").getByRole("link", { name: /form\.pdf/ });
    await given.waitFor();
    const [download] = await Promise.all([customer.waitForEvent("download"), given.click()]);
    assert.equal(download.suggestedFilename(), "form.pdf");
    await checkAccessible(customer, "files in the chat");
    await checkAccessible(agent, "files in the console");
    await pictureOf(customer, "chat-files");
    await pictureOf(agent, "conversation-files");
  });
};

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAKAAAABkCAIAAACO1KzYAAABAUlEQVR4nO3RAQkAIBDAwA9jKBOa0xQijIMLMNisfQib7wU8ZXCcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEGxxkcZ3CcwXEXmOfRG07pVIgAAAAASUVORK5CYII=", "base64");
