import { ApiError, onConnection, session as api, type Me, type Permission } from '$lib/api';
import { forgetAll } from './resource.svelte';

class Session {
  me = $state.raw<Me | null | undefined>();
  reachable = $state(true);
  problem = $state.raw<ApiError | undefined>();

  constructor() {
    onConnection((state) => {
      if (state === 'signed-out') this.me = null;
      else this.reachable = state === 'reached';
    });
  }

  async read(): Promise<void> {
    try {
      this.me = await api.read();
      this.problem = undefined;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.me = null;
      else if (error instanceof ApiError) this.problem = error;
      else throw error;
    }
  }
  async signIn(email: string, password: string): Promise<void> {
    const me = await api.signIn(email, password);
    forgetAll();
    this.me = me;
  }
  async signOut(): Promise<void> {
    await api.signOut();
    forgetAll();
    this.me = null;
  }
  may(permission: Permission): boolean {
    return this.me?.permissions.includes(permission) ?? false;
  }
}

export const session = new Session();
