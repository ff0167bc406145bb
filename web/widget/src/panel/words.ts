/** The words of one language: data only, so that a test can compare the languages word by word. */

/** A text that depends on a number, in the forms that `Intl.PluralRules` names; `{n}` stands for the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** `{name}` and the like stand for what is put in. */
export interface Words {
  dir: 'ltr' | 'rtl';
  title: string;
  close: string;
  end: string;
  /** Under the title. */
  assistantFirst: string;
  personWill: string;
  personWithin: string;
  personHasIt: string;
  nobodyHere: string;
  settled: string;
  log: string;
  welcome: string;
  welcomeMore: string;
  loading: string;
  you: string;
  assistant: string;
  automaticAnswer: string;
  automaticNote: string;
  automaticQuestion: string;
  source: string;
  opensInNewTab: string;
  helpful: string;
  choose: string;
  yes: string;
  no: string;
  thanks: string;
  helpfulYes: string;
  helpfulNo: string;
  sending: string;
  notYet: string;
  sent: string;
  seen: string;
  typing: string;
  refused: string;
  takeBack: string;
  newMessages: Forms;
  write: string;
  writeAgain: string;
  keys: string;
  send: string;
  attach: string;
  removeFile: string;
  tooLarge: string;
  tooManyFiles: string;
  notUploaded: string;
  tryAgain: string;
  /** The message is sent once its files are there. */
  filesFirst: string;
  left: Forms;
  tooMany: Forms;
  talkToPerson: string;
  /** Sent as the visitor's own message. */
  wishForPerson: string;
  offline: string;
  unreachable: string;
  begunAnew: string;
  notLasting: string;
  failed: string;
  signIn: string;
  introduceTitle: string;
  awayTitle: string;
  name: string;
  optional: string;
  email: string;
  emailWrong: string;
  save: string;
  notNow: string;
  introduced: string;
  rateTitle: string;
  /** From 1 to 5. */
  scores: readonly [string, string, string, string, string];
  comment: string;
  sendRating: string;
  chooseFirst: string;
  rated: string;
  endedTitle: string;
  startAnew: string;
  /** The list of the visitor's conversations. */
  conversations: string;
  back: string;
  open: string;
  ended: string;
  unread: Forms;
  showMore: string;
  transcript: string;
  transcriptSent: string;
  cancel: string;
  /** What all customers are told. */
  updates: string;
  /** How far a matter is: investigating, identified, monitoring, resolved. */
  matterStates: readonly [string, string, string, string];
  allUpdates: string;
  /** A short question to this visitor. */
  checkIn: string;
  /** Good, not sure, not good. */
  faces: readonly [string, string, string];
  sendAnswer: string;
  chooseFace: string;
  noQuestions: string;
  answered: string;
  personFollows: string;
}
