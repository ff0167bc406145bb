/**
 * The one script tag on a customer's page. Adds a button; the chat itself is loaded on the first click.
 *
 * `<script src="https://host/chat.js" data-label="Questions?" data-accent="#2458a6" data-position="end" data-fields='{"place":"Norway"}' async></script>`
 *
 * All looks go through one constructed style sheet in a shadow root: no style of the page reaches the button,
 * and a strict Content-Security-Policy has nothing to refuse. Light and dark come from the browser's own
 * `Canvas` colour. Nothing moves, so there is no motion to reduce. Everyone pays for each byte of this file:
 * a test holds it under one kilobyte, compressed.
 */
export {};

const d = document;
const script = d.currentScript as HTMLScriptElement | null;
const name = 'hypercare-chat';

// A page that includes the script twice gets one button.
if (script && !d.querySelector(name)) {
  const { label = 'Questions?', accent = '#2458a6', position = 'end', fields = '' } = script.dataset;
  // Black or white on it, whichever reads better: about the relative luminance, of which 0.18 is the middle.
  const light = (i: number) => parseInt(accent.slice(i, i + 2), 16) ** 2;
  const ink = 0.2 * light(1) + 0.7 * light(3) + 0.1 * light(5) > 12e3 ? '#000' : '#fff';
  const url = new URL('chat/', script.src);

  const host = d.createElement(name);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:host{all:initial}button,iframe{position:fixed;inset-inline-${position}:20px;bottom:20px;z-index:9999999;color-scheme:light dark;border:0;background:Canvas;box-shadow:0 2px 9px #0006}` +
      `button{padding:16px 20px;border-radius:20px;background:${accent};color:${ink};font:600 16px/1 system-ui;cursor:pointer}` +
      `:focus-visible{outline:3px solid CanvasText;box-shadow:0 0 0 6px Canvas}` +
      `b{padding:2px 9px;border-radius:9px;background:${ink};color:${accent}}` +
      `iframe{bottom:80px;width:400px;height:min(640px,100% - 100px);border-radius:20px}[hidden],b:empty{display:none}` +
      // On a small screen the frame covers all; the button stays above it until the panel has a way out.
      `@media(max-width:479px){iframe{inset:0;width:100%;height:100%;border-radius:0}.up:not([hidden])+button{display:none}}`,
  );
  root.adoptedStyleSheets = [sheet];

  const button = d.createElement('button');
  const badge = d.createElement('b');
  const frame = d.createElement('iframe');
  button.append(label, ' ', badge);
  root.append(button);
  // Beside the body, which may not be there yet, and which some sites replace as a whole.
  d.documentElement.append(host);

  const show = (hidden: boolean) => {
    frame.hidden = hidden;
    button.ariaExpanded = `${!hidden}`;
    // To any origin: a frame that is still loading has none, and this is no secret.
    frame.contentWindow!.postMessage({ hypercare: { shown: !hidden } }, '*');
    (hidden ? button : frame).focus();
  };
  frame.hidden = true;
  frame.title = label;
  // A frame that is not on the page loads nothing.
  frame.src = `${url}?${new URLSearchParams({ host: origin, label, accent, fields: fields.slice(0, 2e3), lang: d.documentElement.lang })}`;
  button.ariaExpanded = 'false';
  button.onclick = () => {
    if (!frame.isConnected) button.before(frame);
    show(!frame.hidden);
  };
  d.addEventListener('keydown', (event) => {
    if (event.key == 'Escape' && !frame.hidden && !event.defaultPrevented) show(true);
  });
  addEventListener('message', (event) => {
    const said = event.data?.hypercare;
    if (!said || event.origin != url.origin) return;
    frame.className = 'up';
    if (said.close) show(true);
    else badge.textContent = said.unread || '';
  });
}
