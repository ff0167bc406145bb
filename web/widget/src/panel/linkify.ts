/** Finds addresses in plain text, so that they can be made clickable without ever parsing HTML. */

/** A stretch of text; with `href` it is an address. */
export interface Segment {
  text: string;
  href?: string;
}

// Bounded repetitions: no input makes this slow. An address ends at white space, quotes and angle brackets.
const ADDRESS = /\bhttps?:\/\/[^\s<>"“”„«»`]{1,2000}|[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}/gi;

const PAIRS: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** Cuts what belongs to the sentence and not to the address: final marks, and brackets never opened in it. */
function trimmed(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address[end - 1]!;
    const open = PAIRS[last];
    const count = (mark: string) => address.slice(0, end).split(mark).length;
    if (/[.,;:!?'’…*_]/.test(last) || (open !== undefined && count(last) > count(open))) end--;
    else break;
  }
  return address.slice(0, end);
}

/** The address if it is one that may be opened, `null` otherwise. */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '' ? url.href : null;
  } catch {
    return null;
  }
}

/** Splits text into plain stretches and addresses. Joined again, the stretches are the text. */
export function linkify(text: string): Segment[] {
  const found: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = /^https?:/i.test(address) ? safeHref(address) : `mailto:${address}`;
    if (href === null) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}
