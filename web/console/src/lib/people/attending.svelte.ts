// Who is here: told by everybody of themselves.
import { attendance, type Attendance } from '$lib/api';
import { session } from '$lib/state/session.svelte';
import { toasts } from '$lib/state/toasts.svelte';

class Attending {
  data = $state.raw<Attendance | undefined>();

  get mine() {
    return this.data?.items.find((person) => person.id === session.me?.user.id);
  }
  async read(): Promise<void> {
    try {
      this.data = await attendance.read();
    } catch {
      // What was known stays; whoever wants to change it hears why that is not possible.
    }
  }
  async say(away: boolean, until: string | null): Promise<void> {
    await this.change(() => attendance.attend(away, until), away ? 'You are away: nothing is given to you.' : 'You are here.');
  }
  async change(call: () => Promise<Attendance>, said: string): Promise<void> {
    try {
      this.data = await call();
      toasts.say(said);
    } catch (error) {
      toasts.fail(error);
    }
  }
}

export const attending = new Attending();
