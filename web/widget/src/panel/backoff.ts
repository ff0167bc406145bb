/** How long to wait before the next try. */

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
/** A server may ask for patience, but not for a customer's whole day. */
const LONGEST_ASKED_MS = 5 * 60_000;

/** Milliseconds to wait after `failures` failed tries (1 or more): doubling from 1 s to 30 s, less up to a half
 * by `random` (0 to 1) so that many pages do not come back at once; never shorter than the server asked. */
export function backoff(failures: number, random: number, askedMs: number | null = null): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(full * (1 - random / 2), Math.min(askedMs ?? 0, LONGEST_ASKED_MS));
}

/** Milliseconds from a `Retry-After` header: seconds, or a date seen from the server's own `Date`. */
export function retryAfter(header: string | null, serverDate: string | null): number | null {
  if (header === null) return null;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const span = Date.parse(header) - Date.parse(serverDate ?? '');
  return Number.isFinite(span) && span > 0 ? span : null;
}
