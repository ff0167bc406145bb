// The real server, started for stories on a free port with a fresh data directory.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const BINARY = process.env.HYPERCARE_BINARY ?? join(ROOT, "target/debug/hypercare");
/** Five weeks of history are played before the demonstration is ready. */
const READY_WITHIN = 180_000;
const STOP_WITHIN = 20_000;
const LOG_LIMIT = 200_000;

/** The first admin of a server that `serve` began on an empty directory. */
export const ADMIN = { email: "admin@stories.example", password: "a password for stories" };

/** A TCP port on 127.0.0.1 that was free a moment ago. */
export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** `hypercare demo`: the invented company on day six. Its data directory is emptied first. */
export const startDemo = (options = {}) => start("demo", options);

/** `hypercare serve`: an empty installation with one admin, or whatever `data` holds already. */
export const startServer = ({ args = [], ...options } = {}) =>
  start("serve", { ...options, args: ["--admin-email", ADMIN.email, "--admin-password", ADMIN.password, ...args] });

/**
 * Starts the server and waits until it is ready.
 * Returns `{ url, data, port, output(), stop(), kill() }`. `stop({ keep: true })` and `kill()` leave the data,
 * so that a second call with the same `data` and `port` goes on; with `owned` it clears them away at its end.
 */
async function start(command, { args = [], data, port, owned = data === undefined } = {}) {
  data ??= await mkdtemp(join(tmpdir(), "hypercare-story-"));
  port ??= await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(BINARY, [command, "--listen", `127.0.0.1:${port}`, "--data", data, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  let log = "";
  const keep = (chunk) => (log = (log + chunk).slice(-LOG_LIMIT));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  let failure;
  child.on("error", (why) => (failure = why));
  // A run that is aborted must not leave a server behind.
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);

  const ended = () => failure !== undefined || child.exitCode !== null || child.signalCode !== null;
  const end = async (signal) => {
    if (!ended()) {
      const exit = once(child, "exit");
      child.kill(signal);
      const limit = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN);
      await exit;
      clearTimeout(limit);
    }
    process.off("exit", killNow);
  };
  const remove = () => rm(data, { recursive: true, force: true });
  const giveUp = async (why) => {
    await end("SIGKILL");
    if (owned) await remove();
    throw new Error(`${why}; it said:\n${log}`);
  };
  const server = {
    url,
    data,
    port,
    output: () => log,
    /** Ends it in order, as an operator would; fails if it did not end by itself. */
    async stop({ keep = !owned } = {}) {
      const was = ended();
      await end("SIGTERM");
      if (!keep) await remove();
      if (!was && child.signalCode === "SIGKILL") throw new Error(`the server did not stop within ${STOP_WITHIN / 1000} s of SIGTERM:\n${log}`);
    },
    /** Ends it like a power cut; the data stays. */
    async kill() {
      await end("SIGKILL");
    },
  };

  const deadline = Date.now() + READY_WITHIN;
  for (;;) {
    if (ended()) await giveUp(`the server ended before it was ready (${failure?.message ?? `status ${child.exitCode}`})`);
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return server;
    if (Date.now() > deadline) await giveUp(`the server was not ready after ${READY_WITHIN / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
