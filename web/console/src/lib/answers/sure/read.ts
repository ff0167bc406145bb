// A file of messages, as people have them: one JSON object a line, a table, or plain lines. Pure, so that every rule has a one-line test.

/** A message to try, with the answer that is right for it where the file says so. */
export interface Line {
  /** Where it stands in the file, counted from 1. */
  line: number;
  text: string;
  /** Key of the right answer; null where none is right; undefined where the file does not say. */
  answer?: string | null;
}
export interface Read {
  rows: Line[];
  /** What could not be read: each with its line. */
  problems: string[];
}

export const MOST_ROWS = 2_000;
export const MOST_BYTES = 2_000_000;
export const LONGEST = 2_000;
/** Problems that are shown; the rest is counted. */
const SHOWN = 5;

/** Reads what was pasted or dropped. Nothing is taken when a line is wrong: half a file would be judged as a whole one. */
export function read(source: string): Read {
  if (source.length > MOST_BYTES) return { rows: [], problems: [`The file has more than ${MOST_BYTES / 1_000_000} MB. Split it.`] };
  const found = rows(source.replace(/^\uFEFF/, ''));
  const problems = [...found.problems];
  for (const { line, text } of found.rows) {
    if (text.length > LONGEST) problems.push(`Line ${line}: the message has ${text.length.toLocaleString('en')} characters; at most ${LONGEST.toLocaleString('en')} are read.`);
  }
  if (found.rows.length > MOST_ROWS) problems.push(`There are ${found.rows.length.toLocaleString('en')} messages; at most ${MOST_ROWS.toLocaleString('en')} are tried at once.`);
  if (found.rows.length === 0 && problems.length === 0) problems.push('There is no message in it.');
  if (problems.length === 0) return { rows: found.rows, problems };
  const more = problems.length - SHOWN;
  return { rows: [], problems: more > 0 ? [...problems.slice(0, SHOWN), `And ${more} more.`] : problems };
}

function rows(source: string): Read {
  const first = source.split(/\r?\n/).find((l) => l.trim()) ?? '';
  if (first.trim().startsWith('{')) return jsonLines(source);
  const separator = [',', ';', '\t'].find((s) => cells(first, s).some((c) => c.trim().toLowerCase() === 'text'));
  return separator || first.trim().toLowerCase() === 'text' ? table(source, separator ?? ',') : plain(source);
}

function jsonLines(source: string): Read {
  const found: Read = { rows: [], problems: [] };
  source.split(/\r?\n/).forEach((raw, i) => {
    const line = i + 1;
    if (!raw.trim()) return;
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch {
      found.problems.push(`Line ${line} is not JSON. Write one object a line, such as {"text":"Why is my bill higher?"}.`);
      return;
    }
    const { text, answer } = value as { text?: unknown; answer?: unknown };
    if (typeof text !== 'string' || !text.trim()) found.problems.push(`Line ${line} has no “text”.`);
    else if (answer !== undefined && answer !== null && typeof answer !== 'string') found.problems.push(`Line ${line}: “answer” is the key of an answer, or null where none is right.`);
    else found.rows.push(answer === undefined ? { line, text: text.trim() } : { line, text: text.trim(), answer });
  });
  return found;
}

/** A table with a column “text” and perhaps one “answer”: an empty cell is not labelled, “none” is no answer. */
function table(source: string, separator: string): Read {
  const found: Read = { rows: [], problems: [] };
  const [head, ...records] = split(source, separator);
  const names = head?.cells.map((c) => c.trim().toLowerCase()) ?? [];
  const [at, answerAt] = [names.indexOf('text'), names.indexOf('answer')];
  for (const { line, cells: row } of records) {
    const text = row[at]?.trim();
    if (row.every((c) => !c.trim())) continue;
    if (!text) {
      found.problems.push(`Line ${line} has nothing in the column “text”.`);
      continue;
    }
    const answer = answerAt < 0 ? '' : (row[answerAt]?.trim() ?? '');
    if (!answer) found.rows.push({ line, text });
    else found.rows.push({ line, text, answer: ['none', 'null', '-'].includes(answer.toLowerCase()) ? null : answer });
  }
  return found;
}

function plain(source: string): Read {
  const lines = source.split(/\r?\n/).map((text, i) => ({ line: i + 1, text: text.trim() }));
  return { rows: lines.filter((l) => l.text), problems: [] };
}

const cells = (line: string, separator: string): string[] => split(line, separator)[0]?.cells ?? [];

/** Records of a table; a quoted cell may hold separators, quotes (doubled) and line ends. */
function split(source: string, separator: string): { line: number; cells: string[] }[] {
  const records: { line: number; cells: string[] }[] = [];
  let [cell, row, quoted, line, begun] = ['', [] as string[], false, 1, 1];
  const end = () => {
    records.push({ line: begun, cells: [...row, cell] });
    [cell, row, begun] = ['', [], line];
  };
  for (let i = 0; i < source.length; i += 1) {
    const c = source[i] as string;
    if (c === '\n') line += 1;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (source[i + 1] === '"') {
        cell += c;
        i += 1;
      } else quoted = false;
    } else if (c === '"' && !cell.trim()) {
      quoted = true;
      cell = '';
    } else if (c === separator) {
      row.push(cell);
      cell = '';
    } else if (c === '\n') end();
    else if (c !== '\r') cell += c;
  }
  if (cell || row.length) end();
  return records;
}
