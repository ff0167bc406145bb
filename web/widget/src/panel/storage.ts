/** The browser's storage if it may be used, memory otherwise (private windows, blocked third-party storage). */

export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
  /** Whether what is written survives a reload. */
  readonly lasting: boolean;
}

/** Wraps a storage that may be missing, forbidden, or full at any moment. What it refuses is kept in memory. */
export function store(open: () => Storage): Store {
  const memory = new Map<string, string>();
  let area: Storage | null = null;
  try {
    area = open();
    area.setItem('hc:probe', '1');
    area.removeItem('hc:probe');
  } catch {
    area = null;
  }
  const attempt = <T>(action: (area: Storage) => T, otherwise: T): T => {
    if (!area) return otherwise;
    try {
      return action(area);
    } catch {
      return otherwise;
    }
  };
  return {
    lasting: area !== null,
    get: (key) => memory.get(key) ?? attempt((area) => area.getItem(key), null),
    set(key, value) {
      const kept = attempt((area) => (area.setItem(key, value), true), false);
      if (kept) memory.delete(key);
      else memory.set(key, value);
    },
    remove(key) {
      memory.delete(key);
      attempt((area) => area.removeItem(key), undefined);
    },
    keys: () => [...new Set([...memory.keys(), ...attempt((area) => Object.keys(area), [])])],
  };
}
