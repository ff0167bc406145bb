/** What can be done with an open conversation without writing. */
export type Action = 'resolve' | 'reopen' | 'take' | 'assign' | 'link' | 'snooze' | 'triage' | 'decision' | 'escalate' | 'merge' | 'split';
