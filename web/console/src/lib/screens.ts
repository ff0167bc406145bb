import type { IconName } from './ui/icons';

export interface Screen {
  path: string;
  label: string;
  icon: IconName;
  key: string;
}

/** The screens of one window, in the order of the navigation; `key` follows g. */
export const SCREENS: Screen[] = [
  { path: 'now', label: 'Now', icon: 'pulse', key: 'n' },
  { path: 'inbox', label: 'Inbox', icon: 'inbox', key: 'i' },
  { path: 'issues', label: 'Issues', icon: 'layers', key: 's' },
  { path: 'backlog', label: 'Backlog', icon: 'hourglass', key: 'l' },
  { path: 'answers', label: 'Answers', icon: 'quote', key: 'a' },
  { path: 'knowledge', label: 'Knowledge', icon: 'note', key: 'k' },
  { path: 'decisions', label: 'Decisions', icon: 'scale', key: 'd' },
  { path: 'updates', label: 'Updates', icon: 'screen', key: 'u' },
  { path: 'review', label: 'Review', icon: 'note', key: 'v' },
  { path: 'rota', label: 'Rota', icon: 'people', key: 'o' },
  { path: 'accounts', label: 'Accounts', icon: 'building', key: 'm' },
  { path: 'signals', label: 'Signals', icon: 'chart', key: 'c' },
  { path: 'exit', label: 'Exit', icon: 'door', key: 'e' },
  { path: 'plan', label: 'Plan', icon: 'checklist', key: 'p' },
  { path: 'cutover', label: 'Cutover', icon: 'flag', key: 't' },
  { path: 'report', label: 'Report', icon: 'page', key: 'r' },
];
