// Notices on the desktop, for whoever asked for them in this browser: only while no tab of ours is before their eyes, and once however
// many tabs there are.
const WANTED = 'hc-desktop';
const LAST = 'hc-desktop-last';
const LOOKING = 'hc-looking';

export type Desktop = 'on' | 'off' | 'denied' | 'unsupported';

export function desktop(): Desktop {
  if (typeof Notification === 'undefined' || !navigator.locks) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && localStorage.getItem(WANTED) === '1' ? 'on' : 'off';
}

/** Asks for it: to be called by a button only. */
export async function turn(on: boolean): Promise<Desktop> {
  if (desktop() === 'unsupported') return 'unsupported';
  const granted = !on || (await Notification.requestPermission()) === 'granted';
  if (on && granted) localStorage.setItem(WANTED, '1');
  else localStorage.removeItem(WANTED);
  return desktop();
}

/** Tells the other tabs while this one is looked at. Returns how to stop. */
export function looking(): () => void {
  let letGo: (() => void) | undefined;
  const follow = () => {
    letGo?.();
    letGo = undefined;
    if (document.hidden || !navigator.locks) return;
    const held = new Promise<void>((done) => (letGo = done));
    void navigator.locks.request(LOOKING, { mode: 'shared' }, () => held);
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    letGo?.();
  };
}

/** Shows the newest of what came, unless a tab is looked at or another tab showed it. */
export async function show(newest: { id: string; title: string; body: string }, open: () => void): Promise<void> {
  if (desktop() !== 'on' || !document.hidden) return;
  await navigator.locks.request(LAST, async () => {
    const { held } = await navigator.locks.query();
    const last = localStorage.getItem(LAST) ?? '0';
    if (held?.some((lock) => lock.name === LOOKING) || BigInt(newest.id) <= BigInt(last)) return;
    localStorage.setItem(LAST, newest.id);
    const shown = new Notification(newest.title, { body: newest.body, tag: `hc-${newest.id}` });
    shown.onclick = () => {
      window.focus();
      shown.close();
      open();
    };
  });
}
