/** One tab at a time. */

const PATIENCE_MS = 20_000;

/** Runs `work` while no other tab runs under the same name, where the browser can tell. After a while it runs
 * anyway: a lock saves needless calls, correctness never rests on it. */
export async function oneTabAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = (navigator as Partial<Navigator>).locks;
  if (!locks) return work();
  let begun = false;
  const once = () => ((begun = true), work());
  try {
    return (await locks.request(`hc:${name}`, { signal: AbortSignal.timeout(PATIENCE_MS) }, once)) as T;
  } catch (error) {
    if (begun) throw error;
    return work();
  }
}
