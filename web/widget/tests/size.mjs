/** What a customer's page pays, compressed. `node tests/size.mjs` prints it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** Bytes after gzip: of the loader, and of all that one click loads. */
export function sizes() {
  const packed = (name) => gzipSync(readFileSync(dist + name), { level: 9 }).length;
  const parts = readdirSync(`${dist}immutable`).map((name) => `immutable/${name}`);
  return { loader: packed('chat.js'), panel: ['index.html', ...parts].reduce((sum, name) => sum + packed(name), 0) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { loader, panel } = sizes();
  console.log(`loader ${loader} bytes of 1,024; panel ${panel} bytes of 25,000 (gzip)`);
}
