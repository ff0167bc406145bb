/** What the public chat API says; field for field as on the wire. */

export type Author = 'customer' | 'assistant' | 'person' | 'system';

/** The approved text behind a message. */
export interface AnswerUse {
  title: string;
  /** Where it says more: an address, or words; empty if nowhere. */
  source: string;
}

export interface Message {
  /** Digits; a later message has a greater number. */
  id: string;
  author: Author;
  name: string;
  text: string;
  answer: AnswerUse | null;
  files: FileOf[];
  /** RFC 3339, by the server's clock. */
  at: string;
  /** The name that the sending page gave it, for customers' messages. */
  client_id: string | null;
  helpful: boolean | null;
}

/** A file that was uploaded. */
export interface Attached {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
}

/** A file of a message. */
export interface FileOf extends Attached {
  content_type: string;
  /** Beneath the public part of the API; good for an hour or two. */
  url: string;
}

export interface Conversation {
  /** Null as long as nothing was written. */
  id: string | null;
  status: 'open' | 'waiting' | 'resolved';
  handler: 'assistant' | 'waiting' | 'person';
  messages: Message[];
  rating: number | null;
  may_rate: boolean;
  /** Seconds within which a person usually answers; null where nothing was promised. */
  people_reply_within: number | null;
  /** When a person answers, in words; null while no person is needed or nothing is promised. */
  person_follows: string | null;
  /** The assistant's question that waits for a choice. */
  question: Question | null;
  /** A person is needed, and nobody is there now. */
  away: boolean;
  /** How far each side has read, on any device; null where that is not known. */
  seen_by_team: string | null;
  seen_by_customer: string | null;
  /** Where this question should go, if not here. */
  pointer: string | null;
  /** Beside this one. */
  others: { conversations: number; unread: number };
}

/** One of the visitor's conversations. */
export interface Summary {
  id: string;
  status: Conversation['status'];
  author: Author | null;
  name: string | null;
  /** The beginning of what was said last. */
  preview: string;
  at: string;
  unread: number;
}

/** Something that passes and is not kept. */
export type Sign = { kind: 'typing'; conversation: string; name: string } | { kind: 'seen'; conversation: string; message: string };

/** A question with its choices. */
export interface Question {
  /** The message that asks it. */
  message: string;
  /** Shown as they are, and sent as a message as they are. */
  choices: string[];
}

export interface Session {
  /** The secret by which the server knows this visitor again. */
  visitor: string;
  name: string | null;
  email: string | null;
  assistant: string;
  conversation: string | null;
  /** The site vouches for the visitor. */
  verified: boolean;
}

/** A message that the server has not confirmed. */
export interface Pending {
  client_id: string;
  text: string;
  files?: Attached[];
  /** Place in the order of writing; greater is later. */
  n: number;
  /** Why the server will never take it as it is; absent while it is still being tried. */
  problem?: string;
}

/** A short question to this visitor. */
export interface CheckIn {
  id: string;
  question: string;
  intro: string;
}

/** What all customers are told. */
export interface Told {
  /** Which entry: another one is news. */
  version: string;
  title: string;
  state: string;
  impact: string;
  text: string;
  url: string;
  /** Milliseconds until it is to be taken away. */
  left: number;
}
