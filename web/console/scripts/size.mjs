// What the console weighs, compressed: all that opening it loads before it knows the page, and all there is. The build prints it and
// fails beyond the bounds, which stand a little above what it weighed when they were set: growth is to be decided, not to happen.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const BOUNDS = { first: 56_000, all: 427_000 };

const packed = (name) => gzipSync(readFileSync(dist + name), { level: 9 }).length;
const sum = (names) => names.reduce((total, name) => total + packed(name), 0);
const page = readFileSync(`${dist}index.html`, 'utf8');
const named = [...new Set(page.match(/_app\/immutable\/[\w./-]+\.(?:js|css)/g))];
const files = readdirSync(dist, { recursive: true }).map((name) => name.replaceAll('\\', '/')).filter((name) => /\.(js|css|html)$/.test(name));
const sizes = { first: sum(['index.html', ...named]), all: sum(files) };

console.log(`console: first load ${sizes.first} bytes of ${BOUNDS.first}; all of it ${sizes.all} of ${BOUNDS.all} (gzip)`);
if (named.length < 2 || sizes.first > BOUNDS.first || sizes.all > BOUNDS.all) {
  console.error('The console is larger than its bounds in scripts/size.mjs: look for what does not belong, or raise them with a reason.');
  process.exit(1);
}
