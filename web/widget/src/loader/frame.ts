/** The frame with the panel, and what it and the button tell each other. Loaded on the first click. */

/** Shows the panel, or hides it. */
export function toggle(root: ShadowRoot, button: HTMLButtonElement, set: DOMStringMap, lang: string, title: string): void {
  (press ??= build(root, button, set, lang, title))();
}

/** One frame to a page, also where the button was pressed twice before this came. */
let press: (() => void) | undefined;

function build(root: ShadowRoot, button: HTMLButtonElement, { fields = '', token = '' }: DOMStringMap, lang: string, title: string): () => void {
  const url = new URL('.', import.meta.url);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `b{padding:2px 9px;border-radius:9px;background:var(--i);color:var(--a)}` +
      `iframe{bottom:80px;width:400px;height:min(640px,100% - 100px);border-radius:20px;background:Canvas}[hidden],b:empty{display:none}` +
      // On a small screen the frame covers all; the button stays above it until the panel has a way out.
      `@media(max-width:479px){iframe{inset:0;width:100%;height:100%;border-radius:0}.up:not([hidden])+button{display:none}}`,
  );
  root.adoptedStyleSheets.push(sheet);

  const badge = document.createElement('b');
  button.append(' ', badge);
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = title;
  // As the page's own variables and attributes made them: any notation of a colour arrives resolved.
  const { backgroundColor, fontFamily, borderRadius } = getComputedStyle(button);
  const asked = new URLSearchParams({ host: origin, label: title, accent: backgroundColor, font: fontFamily, radius: borderRadius, fields: fields.slice(0, 2_000), lang });
  // What follows the # stays in the browser: it is neither sent nor logged.
  frame.src = `${url}?${asked}#${token}`;
  button.before(frame);

  const show = (hidden: boolean) => {
    frame.hidden = hidden;
    button.ariaExpanded = `${!hidden}`;
    // To any origin: a frame that is still loading has none, and this is no secret.
    frame.contentWindow!.postMessage({ hypercare: { shown: !hidden } }, '*');
    (hidden ? button : frame).focus();
  };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !frame.hidden && !event.defaultPrevented) show(true);
  });
  addEventListener('message', (event) => {
    const said = event.data?.hypercare;
    if (!said || event.source !== frame.contentWindow || event.origin !== url.origin) return;
    frame.className = 'up';
    if (said.close) show(true);
    else badge.textContent = said.unread || '';
  });
  return () => show(!frame.hidden);
}
