// What belongs to the frame around the screens: windows to choose from, the overlay that is open, the badges.
import { windows, type ApiError, type Counts, type WindowSummary } from '$lib/api';
import { ApiError as Failure } from '$lib/api';

class ShellState {
  open = $state<'palette' | 'help' | 'drawer' | 'windows' | 'notices' | null>(null);
  windows = $state.raw<WindowSummary[] | undefined>();
  problem = $state.raw<ApiError | undefined>();
  counts = $state.raw<Counts | undefined>();
  decisions = $state(0);
  heldMails = $state(0);

  async readWindows(): Promise<void> {
    try {
      this.windows = (await windows.list()).items;
      this.problem = undefined;
    } catch (error) {
      if (error instanceof Failure) this.problem = error;
    }
  }
}

export const shell = new ShellState();
