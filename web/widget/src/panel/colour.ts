/** The customer's accent colour, made readable on both grounds. */

type Rgb = [number, number, number];

function parse(hex: string): Rgb | null {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(hex);
  const digits = short ? short.slice(1).map((d) => d + d).join('') : /^#([\da-f]{6})$/i.exec(hex)?.[1];
  return digits ? [0, 2, 4].map((i) => parseInt(digits.slice(i, i + 2), 16)) as Rgb : null;
}

/** Relative luminance, WCAG 2.2. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrastOf(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Contrast ratio of two colours, 1 to 21, WCAG 2.2; `null` if one is not `#rgb` or `#rrggbb`. */
export function contrast(a: string, b: string): number | null {
  const [x, y] = [parse(a), parse(b)];
  return x && y && contrastOf(x, y);
}

/** The accent moved towards black or white until text in it reaches 4.5 : 1 on `ground`; `null` if either
 * is not a colour. */
export function readableOn(accent: string, ground: string): string | null {
  const [colour, under] = [parse(accent), parse(ground)];
  if (!colour || !under) return null;
  const end = luminance(under) > 0.18 ? 0 : 255;
  for (let step = 0; step <= 20; step++) {
    const mixed = colour.map((c) => Math.round(c + ((end - c) * step) / 20)) as Rgb;
    if (contrastOf(mixed, under) >= 4.5) return `#${mixed.map((c) => c.toString(16).padStart(2, '0')).join('')}`;
  }
  return end ? '#ffffff' : '#000000';
}

/** Any colour that the browser knows, as `#rrggbb`; empty where it is none. */
export function asHex(colour: string): string {
  if (parse(colour)) return colour;
  const brush = CSS.supports('color', colour) && document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!brush) return '';
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [r, g, b] = brush.getImageData(0, 0, 1, 1).data;
  return `#${[r!, g!, b!].map((c) => c.toString(16).padStart(2, '0')).join('')}`;
}
