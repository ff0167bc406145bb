// The people of the demonstration, and how they sign in.
import assert from "node:assert/strict";

export const PASSWORD = "nordlicht-demo";
export const PEOPLE = {
  mara: { email: "mara.lind@nordlicht.example", name: "Mara Lind" },
  jonas: { email: "jonas.weber@nordlicht.example", name: "Jonas Weber" },
  priya: { email: "priya.nair@nordlicht.example", name: "Priya Nair" },
  tomas: { email: "tomas.silva@nordlicht.example", name: "Tomás Silva" },
  aiko: { email: "aiko.tanaka@nordlicht.example", name: "Aiko Tanaka" },
  ben: { email: "ben.okafor@nordlicht.example", name: "Ben Okafor" },
  lena: { email: "lena.schmidt@nordlicht.example", name: "Lena Schmidt" },
  ingrid: { email: "ingrid.dahl@nordlicht.example", name: "Ingrid Dahl" },
  omar: { email: "omar.haddad@nordlicht.example", name: "Omar Haddad" },
  nora: { email: "cfo@nordlicht.example", name: "Nora Falk (finance)" },
};

/** Signs in as a person does. */
export async function signInByForm(page, { email, password = PASSWORD }) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Password", { exact: true }).waitFor({ state: "detached" });
}

/** Signs in without the form, for stories about something else, and goes to `path` of the window. Returns the window's id. */
export async function signIn(page, { email, password = PASSWORD }, path = "now") {
  const answer = await page.request.post("/api/v1/session", { headers: { "x-hypercare": "1" }, data: { email, password } });
  assert.equal(answer.status(), 200, await answer.text());
  const { items } = await api(page, "/windows");
  const id = items[0]?.id;
  await page.goto(id ? `/w/${id}/${path}` : "/");
  return id;
}

/** What the server says to the person of this page; with a body, what it does for them. */
export async function api(page, path, body, method = body === undefined ? "GET" : "POST") {
  const answer = await page.request.fetch(`/api/v1${path}`, { method, headers: { "x-hypercare": "1" }, ...(body === undefined ? {} : { data: body }) });
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? undefined : answer.json();
}
