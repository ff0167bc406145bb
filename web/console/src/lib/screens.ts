import type { IconName } from './ui/icons';

export interface Screen {
  path: string;
  label: string;
  icon: IconName;
  key: string;
}

export interface ScreenGroup {
  /** None for what a shift looks at all the time. */
  heading?: string;
  screens: Screen[];
}

/** The screens of one window, grouped as the work goes: the shift, before it, who does it, whom it is for, and the way out. `key` follows g. */
export const GROUPS: ScreenGroup[] = [
  {
    screens: [
      { path: 'now', label: 'Now', icon: 'pulse', key: 'n' },
      { path: 'inbox', label: 'Inbox', icon: 'inbox', key: 'i' },
      { path: 'issues', label: 'Issues', icon: 'layers', key: 's' },
      { path: 'backlog', label: 'Backlog', icon: 'hourglass', key: 'l' },
      { path: 'decisions', label: 'Decisions', icon: 'scale', key: 'd' },
    ],
  },
  {
    heading: 'Before go-live',
    screens: [
      { path: 'plan', label: 'Plan', icon: 'checklist', key: 'p' },
      { path: 'cutover', label: 'Cutover', icon: 'flag', key: 't' },
    ],
  },
  {
    heading: 'Team',
    screens: [
      { path: 'rota', label: 'Rota', icon: 'calendar', key: 'o' },
      { path: 'review', label: 'Review', icon: 'clipboard', key: 'v' },
    ],
  },
  {
    heading: 'Customers',
    screens: [
      { path: 'answers', label: 'Answers', icon: 'quote', key: 'a' },
      { path: 'knowledge', label: 'Knowledge', icon: 'book', key: 'k' },
      { path: 'updates', label: 'Updates', icon: 'megaphone', key: 'u' },
      { path: 'accounts', label: 'Accounts', icon: 'building', key: 'm' },
    ],
  },
  {
    heading: 'Back to normal',
    screens: [
      { path: 'signals', label: 'Signals', icon: 'chart', key: 'c' },
      { path: 'exit', label: 'Exit', icon: 'door', key: 'e' },
      { path: 'report', label: 'Report', icon: 'page', key: 'r' },
    ],
  },
];

/** The same in one list, in the order of the navigation. */
export const SCREENS: Screen[] = GROUPS.flatMap((group) => group.screens);
