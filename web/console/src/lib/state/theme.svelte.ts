export type Theme = 'system' | 'light' | 'dark';
const KEY = 'hc-theme';
const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

class ThemeChoice {
  choice = $state<Theme>('system');

  read() {
    const stored = localStorage.getItem(KEY);
    this.choice = stored === 'light' || stored === 'dark' ? stored : 'system';
  }
  next() {
    this.choice = NEXT[this.choice];
    if (this.choice === 'system') {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem(KEY);
    } else {
      document.documentElement.dataset.theme = this.choice;
      localStorage.setItem(KEY, this.choice);
    }
  }
}

export const theme = new ThemeChoice();
