import type { Strings } from '../strings';

/** What every part of the view needs. */
export interface Context {
  readonly t: Strings;
  /** Language code, for dates. */
  readonly locale: string;
  /** Says something short to everybody, also to screen readers. */
  say(text: string): void;
  /** Says and shows what went wrong, until something succeeds. */
  warn(text: string): void;
  /** Runs what the visitor asked for; says so if it did not get through. Returns whether it did. With `says`, it said something itself. */
  attempt(action: () => Promise<void>, says?: boolean): Promise<boolean>;
}
