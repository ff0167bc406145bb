// A customer on the company's page, with the chat.

/** The chat on a page, wherever it is shown. */
export const panelOf = (page) => (page.url().includes("/chat/") ? page : page.frameLocator("hypercare-chat iframe"));

/** Opens the company's page and its chat. Returns the panel. */
export async function openChat(page, { path = "/host.html" } = {}) {
  await page.goto(path);
  await page.getByRole("button", { name: /^Questions\?/ }).click();
  const panel = panelOf(page);
  await panel.getByRole("textbox", { name: "Write a message" }).waitFor();
  return panel;
}

/** Writes in the chat, by keyboard, and waits until the server has it. */
export async function say(panel, text) {
  const box = panel.getByRole("textbox", { name: "Write a message" });
  await box.fill(text);
  await box.press("Enter");
  await panel.getByRole("log").locator(".message.customer:not(.waiting)").getByText(text, { exact: true }).waitFor();
}

/** A number that no other story names, so that what a story wrote is found again. */
export const ticket = () => `K${String(Date.now() % 100_000_000).padStart(8, "0")}${(count += 1)}`;
let count = 0;
