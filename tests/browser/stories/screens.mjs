// Every screen, light and dark, at a desk and on a telephone: accessible, not wider than the screen, and a picture to look at.
import { PEOPLE, api, checkAccessible, checkNoSideScroll, coloursAtRest, openChat, say, screenshots, signIn } from "../support.mjs";

/** Looks at one screen in all its shapes. */
async function look(page, name) {
  // Alive as it is, a page is never without requests: what counts is that no placeholder is left.
  await page.locator(".skeleton, [aria-busy=true]").first().waitFor({ state: "hidden" });
  await screenshots(page, `demo-${name}`, async (shape) => {
    await coloursAtRest(page);
    await checkNoSideScroll(page, shape);
    await checkAccessible(page, shape);
  });
}
const key = (...keys) => async (page) => {
  for (const one of keys) await page.keyboard.press(one);
  await page.getByRole("dialog").waitFor();
};
const press = (name) => async (page) => {
  await page.getByRole("button", { name }).first().click();
  await page.getByRole("dialog").waitFor();
};

export default (story) => {
  story("sign-in, in every shape", async ({ newPage }) => {
    const page = await newPage();
    await page.goto("/");
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await look(page, "sign-in");
  });

  story("every screen of the console, in every shape", async ({ newPage }) => {
    const page = await newPage();
    const window = await signIn(page, PEOPLE.mara);
    const { id: conversation } = (await api(page, "/conversations?view=all_open")).items[0];
    const issue = (await api(page, `/issues?window=${window}`)).items.sort((a, b) => b.conversations - a.conversations)[0];
    const answer = (await api(page, `/answers?window=${window}`)).items[0];
    const screens = [
      ["now", "now", "Where we stand"],
      ["wall", "now?wall=1"],
      ["inbox", "inbox"],
      ["conversation", `inbox?c=${conversation}`],
      ["triage", `inbox?c=${conversation}`, undefined, key("t")],
      ["palette", `inbox?c=${conversation}`, undefined, key("Control+k")],
      ["help", `inbox?c=${conversation}`, undefined, key("?")],
      ["issues", "issues"],
      ["issue", `issues/${issue.id}`],
      ["reply-to-all", `issues/${issue.id}`, undefined, press("Prepare a reply")],
      ["answers", "answers"],
      ["sure", "answers/sure", "Where the outcomes come from"],
      ["answer", `answers/${answer.id}`],
      ["answer-new", "answers/new"],
      ["decisions", "decisions"],
      ["decision-ask", "decisions", undefined, press("Ask for a decision")],
      ["updates", "updates", "Where updates go"],
      ["review", "review"],
      ["rota", "rota"],
      ["handover", "rota/handover"],
      ["signals", "signals"],
      ["exit", "exit"],
      ["exit-sign", "exit", undefined, press("Sign off …")],
      ["cutover", "cutover", "Runs and rehearsals"],
      ["plan", "plan"],
      ["report", "report"],
    ];
    for (const [name, path, region, act] of screens) {
      await page.goto(`/w/${window}/${path}`);
      if (region) await page.getByRole("region", { name: region }).waitFor();
      else await page.getByRole("heading").first().waitFor({ state: "attached" });
      if (path.includes("?c=")) await page.getByRole("log", { name: "Messages" }).getByRole("article").first().waitFor();
      await act?.(page);
      await look(page, name);
    }
    await page.goto(`/w/${window}/plan`);
    for (const [name, tab] of [["plan-scenarios", /^Scenarios/], ["plan-text", "Plan text"]]) {
      await page.getByRole("tab", { name: tab }).click();
      await page.getByRole("tabpanel", { name: tab }).waitFor();
      await look(page, name);
    }
    await page.goto("/new");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(page, "new");
  });

  story("people, the customer's page, the chat and the form, in every shape", async ({ newPage }) => {
    const admin = await newPage();
    await signIn(admin, { email: "admin@nordlicht.example" });
    await admin.goto("/people");
    await admin.getByRole("heading", { level: 1 }).waitFor();
    await look(admin, "people");
    await admin.goto("/mail");
    await admin.getByText("No mail is held").waitFor();
    await admin.getByText("No mail comes in yet").waitFor();
    await look(admin, "mail");

    const customer = await newPage();
    await customer.goto("/host.html");
    await customer.getByRole("button", { name: /^Questions\?/ }).waitFor();
    await look(customer, "customer-page");
    const panel = await openChat(customer);
    await say(panel, "Why is my bill higher than last month?");
    await panel.getByText("automatic answer from approved text").waitFor();
    await look(customer, "chat-on-page");
    await customer.goto("/chat/");
    await customer.getByText("automatic answer from approved text").waitFor();
    await look(customer, "chat");
    await customer.goto("/help/contact");
    await customer.getByRole("heading").first().waitFor();
    await look(customer, "form");
  });
};
