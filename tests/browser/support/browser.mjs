// The system's Chromium, pages that report every error, and screenshots.
import { accessSync, constants } from "node:fs";
import { mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const SCREENSHOTS = fileURLToPath(new URL("../../../target/screens/", import.meta.url));
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
/** The narrowest telephone and the usual desk. */
const WIDTHS = [1440, 390];
const SCHEMES = ["light", "dark"];

function findChromium() {
  const candidates = process.env.CHROMIUM
    ? [process.env.CHROMIUM]
    : (process.env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error("Chromium not found: install Debian's `chromium`, or set CHROMIUM to its path.");
  return found;
}

/** A browser with an empty profile of its own, which never calls home. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Told by Chromium for every answer of 400 and above, expected or not: the sign-in asks first who one is. */
const NOT_SIGNED_IN = /status of 401 .*\/api\/v1\/session\b/;

/** What went wrong on the pages of a story, in words; it fails if anything is left in it. */
export class Errors {
  #found = [];
  #expected = [NOT_SIGNED_IN];

  watch(page) {
    page.on("console", (message) => {
      if (message.type() === "error") this.#found.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.#found.push(`page: ${error.stack || error.message || error.name}`));
    page.on("response", (response) => {
      if (response.status() >= 500) this.#found.push(`${response.status()} from ${response.url()}`);
    });
  }

  /** Errors that match are part of the story, such as a lost network. */
  expect(pattern) {
    this.#expected.push(pattern);
  }

  /** Throws if there was an error nobody expected. */
  verify() {
    const left = this.#found.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
    if (left.length > 0) throw new Error(`the browser reported ${left.length} error(s):\n${left.join("\n")}`);
  }
}

/** `target/screens/<name>-<width>-<scheme>.png` in every width and colour scheme, `look`ed at in each; the page is put back as it was. */
export async function screenshots(page, name, look = async () => {}) {
  const size = page.viewportSize();
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await look(`${width} px, ${colorScheme}`);
      await pictureOf(page, `${name}-${width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (size) await page.setViewportSize(size);
}

/** One picture, of what can be seen now. */
export async function pictureOf(page, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  if (!page.isClosed()) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: "disabled" });
}

/** Colours that are still on their way from dark to light have a contrast that nobody sees. */
export async function coloursAtRest(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    // An inherited colour moves one level of the page after the other: quiet is when two frames bring nothing new.
    for (let quiet = 0; quiet < 2; quiet += 1) {
      await frame();
      const moving = document.getAnimations();
      await Promise.all(moving.map((one) => one.finished.catch(() => undefined)));
      if (moving.length > 0) quiet = -1;
    }
  });
}
