// What stories need. A file of stories has one server and one browser; each story has people of its own:
//
//   const story = stories(() => startDemo({ args: ["--still"] }));
//   story("an agent answers", async ({ server, newPage, errors }) => { … });
//
// A story fails on any error in a browser's console that it did not announce with `errors.expect(/…/)`.
import { after, test } from "node:test";
import { Errors, launchBrowser, pictureOf } from "./support/browser.mjs";

export { coloursAtRest, pictureOf, screenshots } from "./support/browser.mjs";
export { checkAccessible, checkCount, checkNoSideScroll, checkStatus, checkText, eventually, listed } from "./support/checks.mjs";
export { api, signIn, signInByForm, PASSWORD, PEOPLE } from "./support/people.mjs";
export { openChat, panelOf, say, ticket } from "./support/customer.mjs";
export { ADMIN, freePort, startDemo, startServer } from "./support/server.mjs";

const LIMIT = 180_000;
/** While writing a story: the address of a server that runs already, instead of starting one. */
const RUNNING = process.env.STORY_SERVER;
/** Longest wait for anything on a page, in milliseconds; the machine may be busy. */
const PATIENCE = 15_000;

/** The stories of one file. `start` is called once, by the first story. */
export function stories(start) {
  let server;
  let browser;
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  return (name, tell) =>
    test(name, { timeout: LIMIT }, async () => {
      server ??= RUNNING ? { url: RUNNING, output: () => "", stop: () => undefined } : await start();
      browser ??= await launchBrowser();
      const errors = new Errors();
      const contexts = [];
      const pages = [];
      /** Another person's browser: no shared cookies. */
      const newPage = async (options = {}) => {
        const context = await browser.newContext({
          viewport: { width: 1440, height: 900 },
          locale: "en-GB",
          timezoneId: "Europe/Berlin",
          baseURL: server.url,
          acceptDownloads: true,
          ...options,
        });
        contexts.push(context);
        context.setDefaultTimeout(PATIENCE);
        context.on("page", (page) => {
          pages.push(page);
          errors.watch(page);
        });
        return context.newPage();
      };
      try {
        await tell({ server, newPage, errors, replaceServer: (next) => (server = next) });
        errors.verify();
      } catch (why) {
        for (const [i, page] of pages.entries()) await pictureOf(page, `failed-${name.slice(0, 40).replaceAll(/\W+/g, "-")}-${i + 1}`).catch(() => undefined);
        console.error(`── the server's last words\n${server.output().slice(-2_000)}`);
        throw why;
      } finally {
        for (const context of contexts) await context.close();
      }
    });
}
