// Money, days and reasons of accounts in words. Amounts stay texts: nothing is rounded on the way to the screen.
import type { AffectedAccount, Money } from '$lib/api';
import { longDate } from '$lib/format';
import type { Tone } from '$lib/words';

/** "12 000 EUR", "12 000.50 EUR": whole amounts without zeros behind the point. */
export function money(value: Money | null | undefined): string {
  return value ? amount(value.amount, value.currency) : '';
}

export function amount(digits: string, currency: string): string {
  const [whole = '0', rest = ''] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return `${grouped}${/[1-9]/.test(rest) ? `.${rest}` : ''} ${currency}`;
}

export const STANDING: Record<string, string> = { in_doubt: 'In doubt', settled: 'Settled', lost: 'Cancelled' };
export const standingTone = (account: AffectedAccount): Tone => (account.standing === 'lost' ? 'late' : account.standing === 'in_doubt' ? 'attention' : 'calm');

/** "renews 31 Jan 2027", or when it cancelled. */
export function contract(account: { renewal?: string | null | undefined; cancelled?: string | null | undefined }): string {
  if (account.cancelled) return `cancelled ${longDate(account.cancelled)}`;
  return account.renewal ? `renews ${longDate(account.renewal)}` : '';
}

export const HOW: Record<string, string> = { hand: 'Said by a colleague', domain: 'By their address', erased: 'Erased' };

/** A share of a group, or that it is too small. */
export const share = (group: { part: number; whole: number; share?: number | null }): string =>
  group.share === null || group.share === undefined ? 'too few' : `${Math.round(group.share * 100)} %`;

/** "−70 points", with a sign and without "−0". */
export function points(difference: number): string {
  const whole = Math.round(difference * 100);
  return `${whole < 0 ? '−' : whole > 0 ? '+' : ''}${Math.abs(whole)} points`;
}

/** The address of the conversations that make an account an affected one. */
export const affectedConversations = (account: string, window: string): string => `inbox?account=${account}&reach=${window}`;
