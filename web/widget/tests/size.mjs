/** What a customer's page pays, compressed. `node tests/size.mjs` prints it; the build does, too. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const LANGUAGE = /^immutable\/[a-z]{2}-/;

/** Bytes after gzip: of the loader, and of all that one click loads for who speaks the longest language. */
export function sizes() {
  const packed = (name) => gzipSync(readFileSync(dist + name), { level: 9 }).length;
  const parts = readdirSync(`${dist}immutable`).map((name) => `immutable/${name}`);
  const languages = parts.filter((name) => LANGUAGE.test(name));
  const always = ['frame.js', 'index.html', ...parts.filter((name) => !LANGUAGE.test(name))];
  const panel = always.reduce((sum, name) => sum + packed(name), 0) + Math.max(...languages.map(packed));
  return { loader: packed('chat.js'), panel, languages: languages.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { loader, panel } = sizes();
  console.log(`loader ${loader} bytes of 1,024; panel ${panel} bytes of 25,000 (gzip)`);
}
