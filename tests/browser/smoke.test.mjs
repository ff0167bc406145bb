// The product starts, is healthy, and asks who you are.
import assert from "node:assert/strict";
import { checkAccessible, checkNoSideScroll, checkStatus, screenshots, story } from "./support.mjs";

story("a fresh server is healthy and shows the sign-in page", async ({ server, page }) => {
  await checkStatus(`${server.url}/healthz`, 200);
  await checkStatus(`${server.url}/readyz`, 200);
  await page.goto(server.url);
  await page.locator("input[type=password]").waitFor({ state: "visible" });
  assert.match(await page.title(), /Hypercare/);
  await checkAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await checkNoSideScroll(page);
  await screenshots(page, "sign-in");
});
