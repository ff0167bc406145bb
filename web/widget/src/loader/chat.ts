/**
 * The one script tag on a customer's page. Adds a button, and asks whether there is something to tell; all else is loaded on the first click.
 *
 * `<script src="https://host/chat.js" data-lang="de" data-label="Fragen?" data-accent="#2458a6" data-position="end" data-fields='{"place":"Norway"}' data-token="…" async></script>`
 *
 * All looks go through one constructed style sheet in a shadow root: of the page's styles only the variables that it
 * may set reach the button, and a strict Content-Security-Policy has nothing to refuse. Light and dark come from the
 * browser's own `Canvas` colour. Nothing moves, so there is no motion to reduce. Everyone pays for each byte of this
 * file: a test holds it under one kilobyte, compressed.
 */
import type * as Frame from './frame';

const d = document;
const script = d.currentScript as HTMLScriptElement | null;
const name = 'hypercare-chat';

// A page that includes the script twice gets one button.
if (script && !d.querySelector(name)) {
  const { lang = d.documentElement.lang || navigator.language, accent = '#2458a6', position = 'end', label } = script.dataset;
  // As in the languages of the panel; a test compares them.
  const titles = 'Questions?,deFragen?,frDes questions ?,es¿Preguntas?,itDomande?,ptPerguntas?,nlVragen?,plPytania?,jaご質問はこちら,arهل لديك أسئلة؟'.split(',');
  const title = label || titles.find((word) => word.startsWith(lang.slice(0, 2).toLowerCase() || '-'))?.slice(2) || titles[0]!;
  const url = new URL('chat/frame.js', script.src);

  const host = d.createElement(name);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  // Black or white on the accent, whichever reads better: 0.18 is the middle of the relative luminance, `y`.
  sheet.replaceSync(
    `:host{all:initial}button,iframe{position:fixed;inset-inline-${position}:20px;bottom:20px;z-index:9999999;color-scheme:light dark;border:0;box-shadow:0 2px 9px #0006}` +
      `button{--a:var(--hypercare-accent,${accent});--i:color(from var(--a)xyz calc((.18 - y)*1e9)calc((.18 - y)*1e9)calc((.18 - y)*1e9));padding:16px 20px;border-radius:var(--hypercare-radius,20px);background:var(--a);color:var(--i);font:600 16px/1 var(--hypercare-font,system-ui);cursor:pointer}` +
      `:focus-visible{outline:3px solid CanvasText;box-shadow:0 0 0 6px Canvas}`,
  );
  root.adoptedStyleSheets = [sheet];

  // Empty where there is nothing to tell; else it loads the banner. Like the frame it needs no more of a policy than the loader itself.
  import(/* @vite-ignore */ `${new URL('notice.js', script.src)}`).catch(() => {});

  const button = d.createElement('button');
  button.append(title);
  button.ariaExpanded = 'false';
  root.append(button);
  // Beside the body, which may not be there yet, and which some sites replace as a whole.
  d.documentElement.append(host);

  // An address that failed once fails for good as a module: the next click needs another.
  let tries = 0;
  button.onclick = () => import(/* @vite-ignore */ `${url}?${tries}`).then(({ toggle }: typeof Frame) => toggle(root, button, script.dataset, lang, title), () => tries++);
}
