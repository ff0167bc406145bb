/** The page around the frame. Both sides speak only to the origin they expect. */

export interface Host {
  /** In a frame; otherwise the chat is a page of its own. */
  readonly framed: boolean;
  close(): void;
  /** The first call also tells that the panel is there. */
  unread(count: number): void;
  /** Called with whether the frame is shown, whenever that changes. */
  onShown(tell: (shown: boolean) => void): void;
}

/** `origin` is the one the loader gave; pages without one (files, sandboxes) are reached by any. Nothing
 * that is sent is private. */
export function host(origin: string | null): Host {
  const framed = parent !== window;
  const target = origin && origin !== 'null' ? origin : '*';
  const post = (message: object) => {
    if (framed) parent.postMessage({ hypercare: message }, target);
  };
  let told = -1;
  return {
    framed,
    close: () => post({ close: true }),
    unread(count) {
      if (count !== told) post({ unread: count });
      told = count;
    },
    onShown(tell) {
      addEventListener('message', (event: MessageEvent<{ hypercare?: { shown?: unknown } } | null>) => {
        if (event.source !== parent || (target !== '*' && event.origin !== target)) return;
        const shown = event.data?.hypercare?.shown;
        if (typeof shown === 'boolean') tell(shown);
      });
    },
  };
}
