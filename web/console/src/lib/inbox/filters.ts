// Filters of the inbox as they stand in the address, and as a person reads them.
import type { BacklogWait, Channel, Scope, Severity } from '$lib/api';
import { WAIT } from '$lib/backlog/words';
import { dayName } from '$lib/format';
import { dateIn } from '$lib/time';
import { ASSISTANT, CHANNEL, SCOPE, SEVERITY } from '$lib/words';
import { dimensionName } from './fields';

export const FILTERS = ['here', 'window', 'assignee', 'severity', 'scope', 'channel', 'issue', 'scenario', 'signal', 'assistant', 'wait', 'without', 'account', 'reach', 'dimension', 'value', 'since', 'until'] as const;

interface Names {
  zone: string;
  scenario: (key: string) => string;
}

/** The filters that are set, each with its words. */
export function filterLabels(params: URLSearchParams, names: Names): { name: string; label: string }[] {
  const found: { name: string; label: string }[] = [];
  for (const name of FILTERS) {
    const value = params.get(name);
    if (value) found.push({ name, label: label(name, value, names) });
  }
  return found;
}

function label(name: (typeof FILTERS)[number], value: string, names: Names): string {
  switch (name) {
    case 'here':
      return 'Only this window';
    case 'window':
      return 'Only another window';
    case 'assignee':
      return 'Given to one person';
    case 'severity':
      return SEVERITY[value as Severity] ?? value;
    case 'scope':
      return SCOPE[value as Scope] ?? value;
    case 'channel':
      return CHANNEL[value as Channel] ?? value;
    case 'scenario':
      return names.scenario(value);
    case 'issue':
      return 'Of one issue';
    case 'wait':
      return value === 'any' ? 'Open' : `Waiting for: ${WAIT[value as BacklogWait] ?? value}`;
    case 'without':
      return value === 'issue' ? 'Without an issue' : 'Nobody has it';
    case 'account':
      return 'Of one account';
    case 'reach':
      return 'About the change';
    case 'signal':
      if (value === 'left') return 'Left the backlog';
      return `Behind the signal ${value.replaceAll('_', ' ')}`;
    case 'assistant':
      return ASSISTANT[value] ?? value;
    case 'dimension':
      return `With this ${dimensionName(value)}`;
    case 'value':
      return names.scenario(value);
    case 'since':
      return `From ${dayOf(value, names.zone)}`;
    case 'until':
      return `Before ${dayOf(value, names.zone)}`;
  }
}

const dayOf = (value: string, zone: string) => dayName(/^\d{4}-\d\d-\d\d$/.test(value) ? value : dateIn(value, zone));

/** What a filter takes with it when it goes: a value means nothing without its dimension. */
export const together = (name: string): string[] => (name === 'dimension' || name === 'value' ? ['dimension', 'value'] : [name]);
