// E-mail as an agent lives through it: it comes in by a mail server's hand, is answered with a file, and the answers come back to it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { ADMIN, api, checkAccessible, eventually, freePort, pictureOf, signIn, startServer, stories } from "./support.mjs";

const lmtp = await freePort();
const story = stories(() => startServer({ args: ["--lmtp", `127.0.0.1:${lmtp}`] }));
const plan = await readFile(new URL("../../demo/plan.toml", import.meta.url), "utf8");

/** Hands a mail over as a mail server does; the server has it when this returns. */
async function handOver(to, headers, body) {
  const socket = connect(lmtp, "127.0.0.1");
  socket.setEncoding("utf8");
  let heard = "";
  const answer = async () => {
    while (!/^\d{3} [^\n]*\n/m.test(heard)) heard += (await once(socket, "data"))[0];
    const said = heard;
    heard = "";
    return said;
  };
  const say = async (line, expected) => {
    socket.write(`${line}\r\n`);
    const said = await answer();
    assert.match(said, expected, line);
  };
  await answer();
  await say("LHLO mail.example", /250/);
  await say("MAIL FROM:<lena@example.net>", /250/);
  await say(`RCPT TO:<${to}>`, /250/);
  await say("DATA", /354/);
  await say([...headers, "", body].join("\r\n").replaceAll("\r\n.", "\r\n..") + "\r\n.", /^250/m);
  socket.end("QUIT\r\n");
}

/** The newest mail that went out; without a mail server it is written as a file. */
async function sent(data, holds) {
  const folder = join(data, "mail");
  for (const name of (await readdir(folder).catch(() => [])).filter((one) => one.endsWith(".eml"))) {
    const text = await readFile(join(folder, name), "utf8");
    if (text.includes(holds)) return text;
  }
  return undefined;
}

const HTML = `<p>My invoice is <b>twice</b> as high.</p><script>document.title = "hostile"</script><img src="http://tracker.example/seen.png" width="1" height="1">`;

story("a mail comes in, is answered with a file, and its answers come back to it", async ({ newPage, server }) => {
  const page = await newPage();
  await signIn(page, ADMIN);
  const { window_id: window } = await api(page, "/plan/apply", { text: plan, approve_answers: true });
  await page.goto(`/w/${window}/inbox?view=all`);
  await page.getByRole("navigation", { name: "Views" }).waitFor();
  await handOver("support@localhost", ["From: Lena Kok <lena@example.net>", "To: support@localhost", "Subject: Invoice 1042", "Message-ID: <1@example.net>", "MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8"], HTML);
  // It appears by itself.
  const row = page.getByRole("link", { name: /Invoice 1042/ }).or(page.getByRole("option", { name: /Invoice 1042/ })).first();
  await row.waitFor();
  await row.click();
  const log = page.getByRole("log", { name: "Messages" });
  await log.getByText("My invoice is twice as high.").waitFor();
  await log.getByRole("button", { name: "The whole mail" }).click();
  await log.getByRole("region", { name: "The whole mail" }).getByText("Lena Kok <lena@example.net>").waitFor();
  await log.getByRole("button", { name: "Show as it was sent" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/A picture from elsewhere is left out/).waitFor();
  await page.frameLocator('iframe[title="The mail as it was sent"]').getByText("twice").waitFor();
  assert.notEqual(await page.title(), "hostile");
  await checkAccessible(page, "a mail as it was sent");
  await pictureOf(page, "mail-as-sent");
  await page.keyboard.press("Escape");

  await page.getByLabel("Files", { exact: true }).setInputFiles([{ name: "invoice.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 and so on") }]);
  const reply = page.getByRole("textbox", { name: /^Reply to/ });
  await reply.fill("It has two months on it. Here it is again.");
  await eventually("the file is uploaded", () => page.getByRole("button", { name: "Send and wait" }).isEnabled());
  await reply.press("Control+Enter");
  await log.getByText("It has two months on it. Here it is again.").waitFor();
  await eventually("it went out", async () => (await sent(server.data, "It has two months on it")) !== undefined);
  const out = await sent(server.data, "It has two months on it");
  assert.match(out, /^In-Reply-To: <1@example\.net>/m);
  assert.match(out, /filename="?invoice\.pdf/);
  const address = /^Reply-To: .*?<?(support\+c-[a-z0-9]+@localhost)>?/m.exec(out)?.[1];
  assert.ok(address, out.slice(0, 1_000));

  // By the secret address, whatever the subject says; what is quoted is folded, not lost.
  const quoted = "Thank you, that explains it.\r\n\r\nOn Mon, 2 Nov 2026 at 10:00, Support <support@localhost> wrote:\r\n> It has two months on it. Here it is again.";
  await handOver(address, ["From: Lena Kok <lena@example.net>", `To: ${address}`, "Subject: something else", "Message-ID: <2@example.net>", "Content-Type: text/plain; charset=utf-8"], quoted);
  const answer = log.getByRole("article", { name: "Lena Kok" }).last();
  await answer.getByText("Thank you, that explains it.").waitFor();
  assert.ok(!(await answer.innerText()).includes("Here it is again."));
  await answer.getByRole("button", { name: "The whole mail" }).click();
  await answer.getByText("Here it is again.").waitFor();
  // A machine is shown as one and wakes nobody.
  await handOver(address, ["From: Lena Kok <lena@example.net>", `To: ${address}`, "Subject: Out of office", "Message-ID: <3@example.net>", "Auto-Submitted: auto-replied"], "I am away until Monday.");
  await log.getByText("Automatic message").waitFor();
  assert.equal((await api(page, "/conversations?view=all")).items.length, 1, "all of it is one conversation");
  await checkAccessible(page, "a thread of mails");
  await pictureOf(page, "mail-thread");
});
