// A thread as it is shown: messages, and the places where another conversation became part of it.

interface Said {
  id: string;
  at: string;
}
interface Came {
  id: string;
  merged_at: string | null;
}
export type Row<M, P> = { key: string; message: M; part?: never } | { key: string; part: P; message?: never };

/** Parts stand among the messages of their time; those from before the oldest message that is read wait until it is. */
export function threadRows<M extends Said, P extends Came>(messages: readonly M[], parts: readonly P[], hasOlder: boolean): Row<M, P>[] {
  const time = (text: string | null) => (text ? Date.parse(text) : 0);
  const oldest = messages[0] ? time(messages[0].at) : 0;
  const shown = parts.filter((part) => !hasOlder || time(part.merged_at) >= oldest).sort((a, b) => time(a.merged_at) - time(b.merged_at));
  const rows: Row<M, P>[] = [];
  let next = 0;
  const until = (at: number) => {
    for (let part = shown[next]; part && time(part.merged_at) < at; part = shown[++next]) rows.push({ key: `part:${part.id}`, part });
  };
  for (const message of messages) {
    until(time(message.at));
    rows.push({ key: message.id, message });
  }
  until(Infinity);
  return rows;
}
