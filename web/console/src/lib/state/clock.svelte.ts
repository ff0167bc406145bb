import { onClockMoved, serverNow } from '$lib/time';

/** The present, once every five seconds while the page is visible: enough for "in 12 min". */
class Clock {
  now = $state(serverNow());

  start(): () => void {
    const tick = () => {
      if (!document.hidden) this.now = serverNow();
    };
    const timer = setInterval(tick, 5000);
    const off = onClockMoved(tick);
    document.addEventListener('visibilitychange', tick);
    tick();
    return () => {
      clearInterval(timer);
      off();
      document.removeEventListener('visibilitychange', tick);
    };
  }
}

export const clock = new Clock();
