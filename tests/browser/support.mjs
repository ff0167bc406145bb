// What stories need. A story is a test with a server and a browser:
//
//   story("an agent answers", async ({ server, page, newPage, errors }) => { … });
//
// It fails on any error in the browser's console that it did not announce with `errors.expect(/…/)`.
import { test } from "node:test";
import { Errors, launchBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/server.mjs";

export { screenshots } from "./support/browser.mjs";
export { checkAccessible, checkNoSideScroll, checkStatus, checkText, eventually } from "./support/checks.mjs";
export { freePort, startDemo } from "./support/server.mjs";

const LIMIT = 300_000;

/** Tells one story. `args` go to `hypercare demo`. `newPage()` is another person's browser: no shared cookies. */
export function story(name, tell, { args = [] } = {}) {
  test(name, { timeout: LIMIT }, async () => {
    const server = await startDemo({ args });
    let browser;
    try {
      browser = await launchBrowser();
      const errors = new Errors();
      const newPage = async (options = {}) => {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "Europe/Berlin", ...options });
        const page = await context.newPage();
        errors.watch(page);
        return page;
      };
      await tell({ server, page: await newPage(), newPage, errors });
      errors.verify();
    } catch (why) {
      console.error(`── the server's last words\n${server.output().slice(-4_000)}`);
      throw why;
    } finally {
      await browser?.close();
      await server.stop();
    }
  });
}
