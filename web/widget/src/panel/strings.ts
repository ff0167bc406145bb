/** Every word of the chat, by language. A language is one more object of type `Strings` in `languages`. */

export interface Strings {
  dir: 'ltr' | 'rtl';
  title: string;
  close: string;
  end: string;
  /** Under the title. */
  assistantFirst: string;
  personWill(within: number | null): string;
  personHasIt: string;
  settled: string;
  log: string;
  welcome: string;
  welcomeMore: string;
  loading: string;
  you: string;
  assistant: string;
  automaticAnswer: string;
  automaticNote: string;
  source: string;
  opensInNewTab: string;
  today: string;
  yesterday: string;
  helpful: string;
  automaticQuestion: string;
  choose: string;
  yes: string;
  no: string;
  thanks: string;
  helpfulYes: string;
  helpfulNo: string;
  sending: string;
  notYet: string;
  sent: string;
  refused(why: string): string;
  takeBack: string;
  newMessages(count: number): string;
  write: string;
  writeAgain: string;
  keys: string;
  send: string;
  left(count: number): string;
  tooMany(count: number): string;
  talkToPerson: string;
  /** Sent as the visitor's own message. */
  wishForPerson: string;
  offline: string;
  unreachable: string;
  begunAnew: string;
  notLasting: string;
  failed: string;
  introduceTitle: string;
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
}

/** "15 minutes", "2 hours", in the words of the language. */
function span(locale: string, seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const [value, unit] = minutes < 90 ? [minutes, 'minute'] : minutes < 36 * 60 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

const en: Strings = {
  dir: 'ltr',
  title: 'Questions?',
  close: 'Close chat',
  end: 'End chat',
  assistantFirst: 'The assistant answers first, then people',
  personWill: (within) => (within === null ? 'A person will answer you here' : `A person answers here, usually within ${span('en', within)}`),
  personHasIt: 'You are talking to a person',
  settled: 'This chat has ended',
  log: 'Messages',
  welcome: 'Ask us anything',
  welcomeMore: 'You get an answer that our team has approved, at once if there is one. Otherwise a person answers you here.',
  loading: 'Loading your messages…',
  you: 'You',
  assistant: 'Assistant',
  automaticAnswer: 'automatic answer from approved text',
  automaticNote: 'Automatic note',
  source: 'Source:',
  opensInNewTab: '(opens in a new tab)',
  today: 'Today',
  yesterday: 'Yesterday',
  helpful: 'Was this helpful?',
  automaticQuestion: 'automatic question',
  choose: 'Choose one, or write in your own words:',
  yes: 'Yes',
  no: 'No',
  thanks: 'Thank you.',
  helpfulYes: 'You found this helpful.',
  helpfulNo: 'You did not find this helpful.',
  sending: 'Sending…',
  notYet: 'Not sent yet – will retry',
  sent: 'Sent',
  refused: (why) => `Not sent: ${why}`,
  takeBack: 'Change it',
  newMessages: (count) => (count === 1 ? '1 new message' : `${count} new messages`),
  write: 'Write a message',
  writeAgain: 'Write again',
  keys: 'Enter sends, Shift and Enter makes a new line.',
  send: 'Send',
  left: (count) => (count === 1 ? '1 character left' : `${count} characters left`),
  tooMany: (count) => (count === 1 ? '1 character too many' : `${count} characters too many`),
  talkToPerson: 'Talk to a person',
  wishForPerson: 'I would like to talk to a person, please.',
  offline: 'You are offline. What you write is kept and sent when you are back.',
  unreachable: 'We cannot be reached right now. Your messages are kept; trying again.',
  begunAnew: 'Your earlier chat is no longer there. What you write now begins a new one.',
  notLasting: 'Your browser keeps nothing for this page: if you leave it, this chat is gone for you.',
  failed: 'That did not reach us. Please try again.',
  introduceTitle: 'Leave your e-mail so that we can answer if you go',
  name: 'Name',
  optional: '(optional)',
  email: 'E-mail',
  emailWrong: 'Write an address such as name@example.com.',
  save: 'Save',
  notNow: 'Not now',
  introduced: 'Saved. If you go, we answer by e-mail.',
  rateTitle: 'How was this chat?',
  scores: ['Very poor', 'Poor', 'Fair', 'Good', 'Very good'],
  comment: 'What should we know?',
  sendRating: 'Send rating',
  chooseFirst: 'Choose one of the five first.',
  rated: 'Thank you for your rating.',
  endedTitle: 'This chat has ended.',
  startAnew: 'Start a new chat',
};

const languages: Record<string, Strings> = { en };

/** The first wanted language that there is, with its code; English if there is none. */
export function chooseStrings(wanted: readonly string[]): [string, Strings] {
  for (const tag of wanted) {
    const code = tag.toLowerCase().split('-')[0]!;
    if (Object.hasOwn(languages, code)) return [code, languages[code]!];
  }
  return ['en', en];
}
