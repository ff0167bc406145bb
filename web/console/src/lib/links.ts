// From the API's references to the console's addresses.

/** The screen for a link such as `conversation/12` or `/issues/3`; an address of the console stays as it is. */
export function consoleLink(link: string | null | undefined, window: string): string | undefined {
  if (!link) return undefined;
  if (link.startsWith('/w/')) return link;
  const [, kind = '', id = ''] = /^\/?([a-z]+)\/(\d+)$/.exec(link) ?? [];
  switch (kind.replace(/s$/, '')) {
    case 'conversation':
      return `/w/${window}/inbox?c=${id}`;
    case 'issue':
      return `/w/${window}/issues/${id}`;
    case 'answer':
      return `/w/${window}/answers/${id}`;
    case 'decision':
      return `/w/${window}/decisions#d${id}`;
    case 'review':
      return `/w/${window}/review/${id}`;
    case 'action':
      return `/w/${window}/review#a${id}`;
    case 'account':
      return `/w/${window}/accounts/${id}`;
    case 'window':
      return `/w/${id}/now`;
    default:
      return undefined;
  }
}
