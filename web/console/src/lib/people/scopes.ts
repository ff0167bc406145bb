import type { Permission } from '$lib/api';

/** What each right allows, in words. */
export const SCOPES: Record<Permission, string> = {
  read: 'Read everything',
  'inbound:write': 'Bring messages in from a channel',
  'conversations:write': 'Reply, note, assign, link, correct triage',
  'issues:write': 'Create and change issues, reply to all',
  'answers:draft': 'Draft answers, ask for decisions',
  'answers:approve': 'Approve and retire answers',
  'decisions:decide': 'Decide what was asked of the owner',
  'windows:write': 'Apply plans, change phases, sign exits',
  admin: 'Manage people and tokens',
};
