/**
 * The banner on a customer's page: loaded only while there is something to say, by the script of the server that says it.
 *
 * Like the button it lives in a shadow root with one constructed style sheet. It stands above the page's own content and pushes it down, so it
 * covers nothing. Whoever closes it does not see this version again; the next one they do.
 */

/** What the server hands over. */
export interface Notice {
  version: string;
  title: string;
  banner: string;
  state: string;
  impact: string;
  until: string;
  url: string;
}

const NAME = 'hypercare-notice';
const KEY = 'hypercare-notice';

/** Investigating, identified, monitoring, resolved; all of it; close. As in the panel; a test compares them. */
export const WORDS: Record<string, string> = {
  en: 'Investigating,Identified,Monitoring,Resolved,All of it,Close',
  de: 'Wird untersucht,Ursache bekannt,Unter Beobachtung,Behoben,Alles dazu,Schließen',
  fr: 'En cours d’examen,Cause identifiée,Sous surveillance,Résolu,Tout lire,Fermer',
  es: 'En investigación,Causa identificada,En observación,Resuelto,Leer todo,Cerrar',
  it: 'In esame,Causa individuata,Sotto osservazione,Risolto,Leggi tutto,Chiudi',
  pt: 'Em investigação,Causa identificada,Em observação,Resolvido,Ler tudo,Fechar',
  nl: 'Wordt onderzocht,Oorzaak bekend,Wordt gevolgd,Opgelost,Alles lezen,Sluiten',
  pl: 'Badamy sprawę,Przyczyna znana,Obserwujemy,Rozwiązane,Czytaj całość,Zamknij',
  ja: '調査中,原因判明,経過観察中,解決済み,すべて読む,閉じる',
  ar: 'قيد التحقيق,تم تحديد السبب,قيد المراقبة,تم الحل,اقرأ الكل,إغلاق',
};
const STATES = ['investigating', 'identified', 'monitoring', 'resolved'];

/** A page may forbid its storage. */
const remembered = () => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
};

/** Shows it, unless this version was closed here, or its time is over. */
export function show(notice: Notice): void {
  const d = document;
  const left = Date.parse(notice.until) - Date.now();
  const before = d.querySelector<HTMLElement>(NAME);
  if (remembered() === notice.version || !(left > 0) || before?.dataset.version === notice.version) return;
  before?.remove();
  const lang = (d.querySelector<HTMLScriptElement>('script[src*="chat.js"]')?.dataset.lang || d.documentElement.lang || navigator.language).slice(0, 2).toLowerCase();
  const words = (WORDS[lang] ?? WORDS.en!).split(',');

  const host = d.createElement(NAME);
  host.dataset.version = notice.version;
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:host{all:initial;display:block;position:relative;z-index:9999998;color-scheme:light dark}` +
      `section{--c:light-dark(#2458a6,#9dbdf2);display:flex;gap:12px;align-items:center;padding:10px 16px;border-block-end:1px solid #8886;border-inline-start:6px solid var(--c);background:Canvas;color:CanvasText;font:15px/1.45 var(--hypercare-font,system-ui),sans-serif;overflow-wrap:anywhere}` +
      `.minor{--c:light-dark(#8a5a00,#f0b95c)}.major{--c:light-dark(#b3400e,#ff9d6e)}.critical{--c:light-dark(#b3261e,#ff8a80)}` +
      `svg{flex:none;width:22px;height:22px;fill:none;stroke:var(--c);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}` +
      `p{flex:1;min-width:0;margin:0}b{color:var(--c)}a{color:LinkText;white-space:nowrap}` +
      `button{flex:none;min-width:32px;min-height:32px;border:1px solid #8888;border-radius:8px;background:0 0;color:CanvasText;font:inherit;cursor:pointer}` +
      `:focus-visible{outline:3px solid CanvasText;outline-offset:2px}`,
  );
  root.adoptedStyleSheets = [sheet];

  const section = d.createElement('section');
  // What is over hurts nobody any more.
  const impact = notice.state === 'resolved' ? 'none' : notice.impact;
  section.className = impact;
  section.setAttribute('role', impact === 'critical' ? 'alert' : 'status');
  section.dir = lang === 'ar' ? 'rtl' : 'auto';
  const svg = 'http://www.w3.org/2000/svg';
  const icon = d.createElementNS(svg, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  const line = d.createElementNS(svg, 'path');
  line.setAttribute('d', impact !== 'none' ? 'M12 3 2 20h20zM12 10v4M12 17v.1' : 'M12 3a9 9 0 1 0 .1 0zM12 11v6M12 7v.1');
  icon.append(line);
  const text = d.createElement('p');
  const word = d.createElement('b');
  word.append(`${words[STATES.indexOf(notice.state)] ?? words[0]}: `);
  const title = d.createElement('strong');
  title.append(notice.title);
  const link = d.createElement('a');
  link.href = notice.url;
  link.target = '_blank';
  link.rel = 'noopener';
  link.append(words[4]!);
  text.append(word, title, ` ${notice.banner} `, link);
  const close = d.createElement('button');
  close.type = 'button';
  close.append(words[5]!);
  const gone = () => host.remove();
  close.onclick = () => {
    try {
      localStorage.setItem(KEY, notice.version);
    } catch {
      // Then it is closed for this page alone.
    }
    gone();
  };
  root.append(section);
  const put = () => d.body.prepend(host);
  if (d.body) put();
  else addEventListener('DOMContentLoaded', put);
  // What is put into a region that is already there is read out.
  setTimeout(() => section.append(icon, text, close), 50);
  setTimeout(gone, Math.min(left, 2 ** 31 - 1));
}
