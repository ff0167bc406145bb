// What changed between two texts, line by line: the longest common part stays, all else was taken out or put in.

export interface Line {
  sign: ' ' | '-' | '+';
  text: string;
}

/** More lines than this are not compared one by one: both texts are shown whole. */
const MOST = 2_000;

export function diff(before: string, after: string): Line[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  if (a.length * b.length > MOST * MOST) return [...a.map((text): Line => ({ sign: '-', text })), ...b.map((text): Line => ({ sign: '+', text }))];
  // Lengths of the longest common subsequences of what is left (Wagner and Fischer).
  const width = b.length + 1;
  const left = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      left[i * width + j] = a[i] === b[j] ? left[(i + 1) * width + j + 1]! + 1 : Math.max(left[(i + 1) * width + j]!, left[i * width + j + 1]!);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) lines.push({ sign: ' ', text: a[i++]! }), j++;
    else if (j >= b.length || (i < a.length && left[(i + 1) * width + j]! >= left[i * width + j + 1]!)) lines.push({ sign: '-', text: a[i++]! });
    else lines.push({ sign: '+', text: b[j++]! });
  }
  return lines;
}

/** The same with long stretches that did not change folded to their edges. */
export function folded(lines: Line[], around = 2): (Line | { skipped: number })[] {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1).some((line) => line.sign !== ' '));
  const out: (Line | { skipped: number })[] = [];
  lines.forEach((line, at) => {
    const last = out.at(-1);
    if (near[at]) out.push(line);
    else if (last && 'skipped' in last) last.skipped += 1;
    else out.push({ skipped: 1 });
  });
  return out;
}
