// A conversation handed along a path of the plan: the form, who is called, seen, accepted, given back.
import assert from "node:assert/strict";
import { PEOPLE, api, checkAccessible, checkNoSideScroll, screenshots, signIn, ticket } from "../support.mjs";

export default (story) =>
  story("a conversation is escalated with what is needed, accepted and given back", async ({ newPage }) => {
    const number = ticket();
    const aiko = await newPage();
    const window = await signIn(aiko, PEOPLE.aiko, "inbox");
    const subject = `Why is my studio's invoice higher? ${number}`;
    const { conversation } = await api(aiko, "/public/form", { name: "Ida Holm", email: `ida.${number}@example.net`, subject, text: `${subject} Nobody told us.` });
    await aiko.goto(`/w/${window}/inbox?c=${conversation}`);
    await aiko.getByRole("log", { name: "Messages" }).getByRole("article").first().waitFor();
    await aiko.keyboard.press("Shift+E");
    const dialog = aiko.getByRole("dialog", { name: "Escalate" });
    await dialog.getByLabel("To", { exact: true }).selectOption("billing");
    const go = dialog.getByRole("button", { name: "Escalate" });
    await dialog.getByLabel("What they need to know").fill("The seats do not add up.");
    assert.equal(await go.isDisabled(), true, "what the path asks has to be answered");
    await dialog.getByLabel("Which invoice or amount is it about?").fill("1042, of October");
    await screenshots(aiko, "escalate", async (where) => {
      await checkNoSideScroll(aiko, `escalating, ${where}`);
    });
    await checkAccessible(aiko, "escalating");
    await go.click();
    const line = aiko.getByRole("note", { name: "Escalation to Billing team" });
    await line.getByText("Waits for Jonas Weber").waitFor();
    assert.equal(await line.getByRole("button").count(), 0, "who escalated does not accept");
    await aiko.getByRole("log", { name: "Messages" }).getByText(/passed your matter on to Billing team/).waitFor();

    // Whom the path names finds it, with what was asked, and says who has it.
    const jonas = await newPage();
    await signIn(jonas, PEOPLE.jonas, "decisions");
    const card = jonas.getByRole("region", { name: "Escalated" }).getByRole("article").filter({ hasText: subject });
    await card.getByText("What they need to know").click();
    await card.getByText("1042, of October").waitFor();
    await card.getByRole("button", { name: "Acknowledge" }).click();
    await card.getByText("Jonas Weber has seen it").waitFor();
    await screenshots(jonas, "escalated", async (where) => {
      await checkNoSideScroll(jonas, `escalated, ${where}`);
    });
    await checkAccessible(jonas, "escalated");
    await card.getByRole("button", { name: "Accept" }).click();
    await line.getByText("Jonas Weber works on it").waitFor();
    await card.getByRole("button", { name: "Give back" }).click();
    const back = jonas.getByRole("dialog", { name: "Give the escalation back" });
    await back.getByLabel("Reason").fill("The seats are right: the removed one is billed until the 30th.");
    await back.getByRole("button", { name: "Give back" }).click();
    await card.waitFor({ state: "detached" });
    await line.getByText(/Jonas Weber gave it back: “The seats are right/).waitFor();
  });
