// Scales and paths for the small charts. Pure: figures in, coordinates out.

export interface Scale {
  (value: number): number;
  domain: [number, number];
}

/** A straight-line scale; a domain without extent maps to the middle. */
export function linear(domain: [number, number], range: [number, number]): Scale {
  const [d0, d1] = domain;
  const [r0, r1] = range;
  const scale = (value: number) => (d1 === d0 ? (r0 + r1) / 2 : r0 + ((value - d0) / (d1 - d0)) * (r1 - r0));
  return Object.assign(scale, { domain });
}

/** Round steps (1, 2, 2.5, 5 × 10ⁿ) that cover 0 … max, at most `most` + 1 of them. */
export function ticks(max: number, most = 4): number[] {
  if (!(max > 0) || !Number.isFinite(max)) return [0, 1];
  const rough = max / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough - 1e-12) ?? rough;
  const found: number[] = [];
  for (let i = 0; i <= most; i += 1) {
    found.push(Number((i * step).toPrecision(12)));
    if (i * step >= max - 1e-12) break;
  }
  return found;
}

/** Steps for times in seconds: whole minutes, quarter hours, hours. */
export function timeTicks(max: number, most = 4): number[] {
  const steps = [30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 345_600, 604_800];
  const step = steps.find((s) => max / s <= most) ?? Math.ceil(max / most / 604_800) * 604_800;
  const found = [0];
  while ((found.at(-1) ?? 0) < max) found.push((found.at(-1) ?? 0) + step);
  return found;
}

type Point = { x: number; y: number } | null;

/** An SVG path that breaks where a value is missing. */
export function path(points: Point[]): string {
  let drawing = false;
  let out = '';
  for (const point of points) {
    if (point === null) {
      drawing = false;
      continue;
    }
    out += `${drawing ? 'L' : 'M'}${near(point.x)} ${near(point.y)}`;
    drawing = true;
  }
  return out;
}

/** The area between two lines, one closed shape for each unbroken run. */
export function band(points: ({ x: number; low: number; high: number } | null)[]): string {
  let out = '';
  let run: { x: number; low: number; high: number }[] = [];
  for (const point of [...points, null]) {
    if (point) {
      run.push(point);
    } else if (run.length > 0) {
      const there = run.map((p, i) => `${i ? 'L' : 'M'}${near(p.x)} ${near(p.high)}`).join('');
      const back = [...run].reverse().map((p) => `L${near(p.x)} ${near(p.low)}`).join('');
      out += `${there}${back}Z`;
      run = [];
    }
  }
  return out;
}

const near = (n: number) => Math.round(n * 10) / 10;

/** The line of a spark chart and its last point. */
export function sparkPath(values: (number | null)[], width: number, height: number): { line: string; last: Point } {
  const known = values.filter((v): v is number => v !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(...known, low);
  const y = linear([low, high], [height - 2, 2]);
  const x = linear([0, Math.max(1, values.length - 1)], [2, width - 2]);
  const points: Point[] = values.map((v, i) => (v === null ? null : { x: x(i), y: y(v) }));
  return { line: path(points), last: points.filter(Boolean).at(-1) ?? null };
}

/** Which of `n` equal steps over `width` a position falls into. */
export function stepAt(position: number, width: number, n: number): number {
  return Math.min(n - 1, Math.max(0, Math.floor((position / Math.max(1, width)) * n)));
}
