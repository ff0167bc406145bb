// Made by `npm run generate` from the API's description. Do not edit.

/** An account. */
export type Account = {
  /** The day on which it cancelled. */
  cancelled: string | null;
  /** When it was made. */
  created_at: Timestamp;
  /** Whoever is known by an address of one of these belongs to it. */
  domains: string[];
  /** Id. */
  id: AccountId;
  /** The name that other systems have for it. */
  key: string;
  /** Its name. */
  name: string;
  /** What else is good to know. */
  notes: string;
  owner: AccountOwner | null;
  /** How many customers belong to it. */
  people: number;
  /** When its contract is renewed or ends. */
  renewal: string | null;
  /** Tells two editors apart: send it back with a change. */
  revision: number;
  value: Money | null;
};

/** One of an account's people. */
export type AccountContact = {
  /** Their conversations. */
  conversations: number;
  /** Address, if known. */
  email?: string | null;
  /** How they came to it: `hand`, `domain` or `erased`. */
  how: string;
  /** Id. */
  id: ContactId;
  /** Name. */
  name: string;
  /** Of these, not settled. */
  open: number;
};

/** A day of an account's use. */
export type AccountDay = {
  /** How many of its people were active. */
  active_users: number | null;
  /** Percentage of them who use what is new. */
  adoption: number | null;
  /** The day. */
  day: string;
};

/** An account with what belongs to it. */
export type AccountDetail = Account & {
  /** Calls to it, the newest window first. */
  calls: CallsOfWindow[];
  /** Its use in the window, the newest day first. */
  usage: AccountDay[];
};

/** What is known of an account. What is left out stays as it is; null says that there is none. */
export type AccountFacts = {
  /** The day on which it cancelled. */
  cancelled?: string | null;
  /** Whoever is known by an address of one of these belongs to it. */
  domains?: string[] | null;
  /** The name that your own systems have for it, such as its customer number; it never changes. */
  key?: string | null;
  /** Its name; needed where it is new. */
  name?: string | null;
  /** What else is good to know, at most 2,000 characters. */
  notes?: string | null;
  /** E-mail address of the colleague who looks after it. */
  owner?: string | null;
  /** When its contract is renewed or ends: 2026-11-17. */
  renewal?: string | null;
  /** For a change of one account: the revision that was read. What somebody else changed meanwhile is not overwritten. */
  revision?: number | null;
  value?: Money | null;
};

/** An id: digits in a string. */
export type AccountId = string;

/** A colleague, in short. */
export type AccountOwner = {
  /** Address. */
  email: string;
  /** Id. */
  id: UserId;
  /** Name. */
  name: string;
};

/** An account, in short. */
export type AccountRef = {
  /** The day on which it cancelled. */
  cancelled: string | null;
  /** How a customer belongs to it: `hand` (somebody said so), `domain` (their address) or `erased`; none where it is not about one. */
  how: string | null;
  /** Id. */
  id: AccountId;
  /** The name that other systems have for it. */
  key: string;
  /** Its name. */
  name: string;
  /** When its contract is renewed or ends. */
  renewal: string | null;
  value: Money | null;
};

/** Accounts, and what they pay in a year together. */
export type AccountSum = {
  /** Accounts. */
  accounts: number;
  /** Digits with a point; none where no value is known. */
  amount: string | null;
};

/** What the assistant did with a message. */
export type Action = 'answered' | 'asked' | 'closed' | 'handed_over' | 'silent';

/** The action said anew. */
export type ActionChange = {
  /** Until when (YYYY-MM-DD). */
  due: string;
  /** Who does it. */
  owner: UserId;
  /** The revision that you read. */
  revision: number;
  /** What is to be done. */
  title: string;
};

/** An id: digits in a string. */
export type ActionId = string;

/** Whoever does it. */
export type ActionOwner = {
  /** The person. */
  id: UserId;
  /** Their name. */
  name: string;
};

/** Where it stands from now on. */
export type ActionSettled = {
  /** Why: needed to drop it and to open it again. */
  reason?: string | null;
  /** done, dropped or open. */
  to: ActionState;
};

/** Where it stands. */
export type ActionState = 'open' | 'done' | 'dropped';

/** Which answer gets the wordings. */
export type AddBody = {
  /** An answer of the same window. */
  answer: AnswerId;
};

/** An id: digits in a string. */
export type AddressListId = string;

/** A list that is kept. */
export type Addresses = {
  /** Different addresses in it. */
  count: number;
  /** Its id, for the audience. */
  id: AddressListId;
};

/** An affected account. `GET /conversations?account=…&reach=…` lists its conversations. */
export type AffectedAccount = {
  /** When it cancelled. */
  cancelled: string | null;
  /** Conversations that make it an affected one. */
  conversations: number;
  /** Id. */
  id: AccountId;
  /** Its name. */
  name: string;
  /** Of these, not settled. */
  open: number;
  /** Its people who wrote. */
  people: number;
  /** When its contract is renewed or ends. */
  renewal: string | null;
  /** Conversations in which somebody asked the same again within a week. */
  repeated: number;
  /** in_doubt, settled or lost. */
  standing: string;
  value: Money | null;
  waiting_since: Timestamp | null;
  /** How bad the worst of them is. */
  worst: Severity;
  worst_open: Severity | null;
  /** The worst rating, 1 to 5. */
  worst_rating: number | null;
};

/** Who is affected, the most severe first. */
export type AffectedAccounts = {
  /** Accounts that are affected, whatever is listed. */
  accounts: number;
  /** How the figures are to be read. */
  definition: string;
  /** The accounts. */
  items: AffectedAccount[];
  /** Where the next page begins; null at the end. */
  next: string | null;
  /** By currency. */
  revenue: RevenueInDoubt[];
};

/** Before and after an approval. */
export type AfterApproval = {
  /** The same after it. */
  after: PartOfWhole;
  /** Conversations of the scenario whose first reply came before, and in how many the customer wrote again. */
  before: PartOfWhole;
  difference: ShareDifference | null;
  halved: Halved | null;
};

/** A part of the agenda. */
export type AgendaPart = 'actions' | 'new_issues' | 'growing_issues' | 'decisions' | 'promises' | 'signals' | 'escalations' | 'updates' | 'people' | 'exit' | 'else';

/** What an item is about: where its figures come from. */
export type AgendaSubject = {
  /** An action. */
  id: ActionId;
  kind: 'action';
} | {
  /** An issue. */
  id: IssueId;
  kind: 'issue';
} | {
  /** A decision. */
  id: DecisionId;
  kind: 'decision';
} | {
  /** Conversations whose promises are broken. */
  id: string;
  kind: 'promises';
} | {
  /** A signal, by its key. */
  id: string;
  kind: 'signal';
} | {
  /** An escalation. */
  id: EscalationId;
  kind: 'escalation';
} | {
  /** What customers were promised to be told. */
  id: UpdateId;
  kind: 'update';
} | {
  kind: 'rota';
} | {
  kind: 'exit';
} | {
  kind: 'nothing';
};

/** An action as it stood when the review was closed. */
export type AgreedAction = {
  /** Until when (YYYY-MM-DD). */
  due: string;
  /** Which. */
  id: ActionId;
  /** About which item. */
  item: string | null;
  /** Who does it. */
  owner: string;
  /** What is to be done. */
  title: string;
};

/** An open alarm of one signal, as it stands at the end of a day. */
export type Alarm = {
  /** The day on which it was first seen. */
  first_seen: string;
  /** Whether days on which it is open are not stable. A rising week alone warns and holds nothing back. */
  holds: boolean;
  /** The highest level found while it is open. */
  level: AlarmLevel;
  /** Normal days in a row since; it closes with the second. */
  normal_days: number;
  /** Why, the most urgent first. */
  reasons: AlarmReason[];
};

/** How much attention a signal needs. */
export type AlarmLevel = 'amber' | 'red';

/** Why an alarm is open. */
export type AlarmReason = {
  /** The latest day that says so. */
  day: string;
  /** By which rule. */
  rule: AlarmRule;
  /** In words, with the figures. */
  says: string;
};

/** By which rule an alarm was found. */
export type AlarmRule = 'one_day' | 'worsening' | 'burn' | 'small_rises' | 'two_of_three' | 'trend';

/** Another conversation in which the same customer asks the same. */
export type AlsoAsked = {
  /** When anything was last said in it. */
  at: Timestamp;
  /** Where. */
  channel: Channel;
  /** Which. */
  conversation: ConversationId;
  /** The customer's name there. */
  customer: string;
  /** Which of the two stays, if they become one: the one that a person has, else the older one. */
  stays: ConversationId;
  /** Its subject line. */
  subject: string;
};

/** What rises because of the same conversations. */
export type AlsoRises = {
  /** Its dimension. */
  dimension: string;
  /** What people call it. */
  name: string;
  /** Its value. */
  value: string;
};

/** An answer with its performance. */
export type Answer = {
  /** How often the customer wrote again within a day. */
  follow_ups_day: number;
  /** Customers said that it helped. */
  helpful: number;
  /** Id. */
  id: AnswerId;
  /** Issues that it answers. */
  issues: IssueId[];
  /** Stable short name. */
  key: string;
  last_used: Timestamp | null;
  /** The version that may be said. */
  live: number | null;
  /** What the newest version lacks before it can be approved. */
  missing: MissingPart[];
  /** The newest version. */
  newest_version: number;
  /** Customers said that it did not. */
  not_helpful: number;
  /** What became of it, as far as it is known. */
  rating: AnswerRating;
  /** Scenarios of the plan that name it. */
  scenarios: string[];
  /** Where it stands. */
  state: AnswerState;
  /** The live text; the newest, where none is live. */
  text: AnswerText;
  /** Title of the text below. */
  title: string;
  /** How often it was said. */
  uses: number;
  /** Of these by the assistant. */
  uses_assistant: number;
  /** Of these by people, replies to all included. */
  uses_people: number;
  /** The window it was made for. */
  window: WindowId;
};

/** What an answer became. */
export type AnswerBecame = {
  article: KeptArticle | null;
  /** When. */
  at: Timestamp;
  /** Who saw to it. */
  by: string;
  /** What. */
  kind: Kept;
  /** Where else it is. */
  link: string;
  /** What the rule says. */
  text: string;
  /** Its name there; of an article of the help centre its title now. */
  title: string;
  /** Of which version. */
  version: number;
};

/** An answer that may fit. */
export type AnswerCandidate = {
  /** Which. */
  answer: AnswerId;
  /** The estimated chance that it fits, 0 to 1. */
  confidence: number;
  /** It may be said at this moment. */
  live: boolean;
  /** Its approved title, as it was. */
  title: string;
};

/** An answer with all its versions. */
export type AnswerDetail = Answer & {
  /** All versions, oldest first. */
  versions: AnswerVersion[];
};

/** An answer that was shown in the help centre, and what was written right after it. */
export type AnswerGap = {
  /** Which answer. */
  answer: AnswerId;
  /** Who wrote, newest first, at most fifty. */
  conversations: WroteAfter[];
  /** How often it was shown. */
  shown: number;
  /** Its title. */
  title: string;
  /** After how many of these the customer wrote within half an hour. */
  wrote: number;
};

/** An id: digits in a string. */
export type AnswerId = string;

/** What becomes of one answer. */
export type AnswerKeeping = {
  /** Which. */
  answer: AnswerId;
  became: AnswerBecame | null;
  due_at: Timestamp | null;
  /** Its key. */
  key: string;
  /** It waits, and that time has passed. */
  late: boolean;
  owner: UserId | null;
  /** Their name. */
  owner_name: string | null;
  /** Where it stands. */
  state: AnswerState;
  /** Its title. */
  title: string;
  /** How often it was said. */
  uses: number;
  /** The version that may be said. */
  version: number | null;
  /** Somebody still has to say what becomes of it, or to publish the article that it became; exit waits for it. */
  waits: boolean;
};

/** An answer by name. */
export type AnswerName = {
  /** Which. */
  id: AnswerId;
  /** Its title. */
  title: string;
};

/** Which part. */
export type AnswerPart = 'expected' | 'do_now' | 'next_update';

/** What became of an answer. Each figure opens to its uses: `GET /answers/{id}/uses?only=…`. */
export type AnswerRating = {
  /** Of these the customer wrote again within a day, and not only that it helped (`only=again`). */
  again: number;
  /** Said by the assistant, and the matter was settled without a person (`only=alone`). */
  alone: number;
  /** Said at least a day ago, so that it is known whether the customer wrote again within it (`only=measured`). */
  measured: number;
  /** The same in a sentence, with what it rests on; empty without one. */
  sentence: string;
  verdict: AnswerVerdict | null;
  /** The version that the verdict is about; its figures open with `version=…`. */
  version: number | null;
};

/** Where an answer stands. */
export type AnswerState = 'draft' | 'approved' | 'retired';

/** The text of one version. The three parts are required before approval. */
export type AnswerText = {
  /** What to do now. */
  do_now: string;
  /** Other wordings of the question that this answers, for the matcher. */
  examples: string[];
  /** Is it expected? */
  expected: string;
  /** When the next update comes. */
  next_update: string;
  /** Where it says more. */
  source: string;
  /** The question it answers. */
  title: string;
};

/** Which approved text a message carries, exactly as it was sent. */
export type AnswerUse = {
  /** The answer. */
  answer: AnswerId;
  /** How sure the assistant was; none when a person chose it. */
  confidence: number | null;
  /** Where it says more; empty if nowhere. */
  source: string;
  /** Its title then. */
  title: string;
  /** The version that was sent. */
  version: number;
};

/** One use. */
export type AnswerUseLine = {
  /** When. */
  at: Timestamp;
  /** Who said it. */
  by: SaidBy;
  /** Where. */
  conversation: ConversationId;
  /** What the customer said of it. */
  helpful?: boolean | null;
  /** About what. */
  subject: string;
  /** Which version was sent. */
  version: number;
};

/** What can be said of an answer, against the window's other answers. */
export type AnswerVerdict = 'wrote_again' | 'did_not_help' | 'serves';

/** One version, as it was written and approved. Never changed afterwards. */
export type AnswerVersion = {
  approved_at: Timestamp | null;
  /** Who approved it, if anyone has. */
  approved_by: string | null;
  /** The text. */
  text: AnswerText;
  /** What the drafting service wrote into it that its source does not say, word for word, as far as it is still there. */
  unsupported: string[];
  /** 1, 2, 3 … */
  version: number;
  /** When. */
  written_at: Timestamp;
  /** Who wrote it. */
  written_by: string;
};

/** A plan to apply. */
export type Apply = {
  /** Also approve the plan's answers that are complete and were not withdrawn. */
  approve_answers?: boolean;
  /** Only say what would change. */
  dry_run?: boolean;
  /** The file, as TOML. */
  text: string;
};

/** Which version may be said. */
export type Approval = {
  /** What a suggested wording says beyond its source was read too; needed where there is such a thing. */
  seen?: boolean;
  /** The version that was read and found right. */
  version: number;
};

/** An article with its texts. */
export type Article = {
  /** Who may read it. */
  audience: Audience;
  /** Where it stands. */
  category: CategoryId;
  collection: CollectionId | null;
  /** When it was begun. */
  created_at: Timestamp;
  /** Id. */
  id: ArticleId;
  /** Its name in folders and imports. */
  key: string;
  /** What readers may want to read next. */
  related: ArticleId[];
  /** Its texts, the first one first. */
  texts: ArticleVariant[];
};

/** Another address. */
export type ArticleAddress = {
  /** Its last part. */
  slug: string;
};

/** What changes of an article. */
export type ArticleChange = {
  audience?: Audience | null;
  category?: CategoryId | null;
  /** What readers may want to read next, at most ten. */
  related?: ArticleId[] | null;
};

/** An article after which customers wrote. */
export type ArticleGap = {
  /** Which. */
  article: ArticleId;
  /** What they wrote, the newest first, at most fifty. */
  conversations: WroteFrom[];
  /** When the last one did. */
  last: Timestamp;
  /** Its title, in the help centre's first language where it has one. */
  title: string;
  /** How many wrote right from its page, in the last sixty days. */
  wrote: number;
};

/** A heading. */
export type ArticleHeading = {
  /** 2 to 6. */
  level: number;
  /** What it says. */
  text: string;
};

/** An id: digits in a string. */
export type ArticleId = string;

/** A picture that was uploaded. */
export type ArticleImage = {
  /** Its name. */
  name: string;
  /** What an article's text names it by. */
  path: string;
};

/** An article in a list. */
export type ArticleLine = {
  /** Who may read it. */
  audience: Audience;
  /** Where it stands. */
  category: CategoryId;
  collection?: CollectionId | null;
  /** How readers found it, over all its texts and revisions. */
  helpful: Helpful;
  /** Id. */
  id: ArticleId;
  /** Its name in folders and imports. */
  key: string;
  /** Its languages. */
  texts: ArticleTextLine[];
  /** Its title in the first language of the help centre, else in its own. */
  title: string;
  /** Where everybody reads it; none where nobody does. */
  url?: string | null;
};

/** Articles of a category in another order. */
export type ArticleOrder = {
  /** All of them, drafts and retired ones too, as they are to stand. */
  order: ArticleId[];
  /** All of them, as they stood when you read them. */
  read: ArticleId[];
};

/** How it will look. */
export type ArticlePreview = {
  /** Links to articles that nobody reads yet: readers see their words without the link. The keys. */
  dead_links: string[];
  /** Which way it is written: `ltr` or `rtl`. */
  direction: string;
  /** Pictures from elsewhere, which are left out: upload them here. */
  foreign_images: number;
  /** Its headings, in order. */
  headings: ArticleHeading[];
  /** As HTML of the allow-list. */
  html: string;
};

/** What one reader said. */
export type ArticleRating = {
  /** When. */
  at: Timestamp;
  /** In their words; may be empty. */
  comment: string;
  /** It helped. */
  helpful: boolean;
  /** In which language. */
  lang: string;
  /** Of which revision. */
  revision: number;
};

/** What readers said. */
export type ArticleRatings = {
  /** What they said, the newest first. */
  items: ArticleRating[];
  /** Where the next page begins; null at the end. */
  next: string | null;
  /** By language and revision, the newest revision first. */
  revisions: RevisionRated[];
};

/** A saved text. */
export type ArticleRevision = {
  /** When. */
  at: Timestamp;
  /** Who saved it. */
  by: string;
  /** What was changed, in their words. */
  note: string;
  /** Its number in this language, from 1. */
  number: number;
  /** What it says. */
  text: ArticleText;
};

/** Where a text stands. */
export type ArticleState = 'draft' | 'published' | 'retired';

/** What an article says in one language. */
export type ArticleText = {
  /** The text, in Markdown: at most 60,000 characters. */
  body: string;
  /** Words that readers use and the text does not: at most 30 of 80 characters. Only the search reads them. */
  keywords: string[];
  /** What it is about, for lists and search engines: at most 300 characters. */
  summary: string;
  /** Its title: one line of at most 160 characters. */
  title: string;
};

/** One language of an article in a list. */
export type ArticleTextLine = {
  /** Something newer than what readers see was saved. */
  ahead: boolean;
  /** When it was saved last. */
  at: Timestamp;
  /** Which. */
  lang: string;
  /** Where it stands. */
  state: ArticleState;
  /** Its title, as saved last. */
  title: string;
};

/** A text to draw. */
export type ArticleToPreview = {
  /** In Markdown. */
  body: string;
  /** Its language. */
  lang: string;
};

/** What is to be published. */
export type ArticleToPublish = {
  /** The number of the revision that was read. */
  revision: number;
};

/** A text to save. */
export type ArticleToWrite = {
  /** A note on this revision. */
  note?: string;
  /** The number of the revision that was read; none to begin in this language. */
  revision?: number | null;
  /** The last part of the address, for a language that is new; made from the title where nothing is given. */
  slug?: string | null;
  /** What it says. */
  text: ArticleText;
};

/** The text of an article in one language. */
export type ArticleVariant = {
  /** Something newer than what readers see was saved. */
  ahead: boolean;
  /** Which language. */
  lang: string;
  /** The number of the revision that readers see. */
  live: number | null;
  /** What was saved last. */
  newest: ArticleRevision;
  published_at: Timestamp | null;
  /** Who published it. */
  published_by: string | null;
  retired_at: Timestamp | null;
  /** The last part of its address. */
  slug: string;
  /** Where it stands. */
  state: ArticleState;
  /** Where everybody reads it; none where nobody does. */
  url: string | null;
};

/** An id: digits in a string. */
export type AskedId = string;

/** Whom to give it to. */
export type AssignBody = {
  from?: UserId | null;
  to?: UserId | null;
};

/** What the assistant did with the conversations about the change, since go-live. The lists are those of `GET /conversations` with this window, `scope=in`, and `assistant=` the word in brackets. */
export type AssistantNow = {
  /** Conversations about the change. */
  about: number;
  /** Of these, begun today. */
  about_today: number;
  /** It answered [answered]. Each conversation counts once. */
  answered: number;
  /** What the time saved is estimated from, or what is missing for it. */
  basis: string;
  /** It answered, and whether the answer was right is known [known]. Each conversation counts once. */
  known: number;
  saved: AssistantSaved | null;
  /** It answered, no person was needed, and the matter is settled [settled]. */
  settled: number;
  /** Of these, begun today. */
  settled_today: number;
  /** Of these, the answer was wrong [wrong]. */
  wrong: number;
  /** With 95 % confidence no more than this share, 0 to 1, of the answers whose outcome is known is wrong (the exact binomial bound). Outcomes are known where somebody spoke up, so of all its answers fewer are. None while no outcome is known. */
  wrong_at_most: number | null;
};

/** An estimate of the time saved. */
export type AssistantSaved = {
  /** Conversations that people handled, behind the median. */
  conversations: number;
  /** What a person takes for a comparable conversation, in seconds: the median. */
  each: Span;
  /** In all, in seconds: conversations settled times `each`. */
  total: Span;
};

/** What the assistant may do. */
export type AssistantSettings = {
  /** Whether it answers. */
  answers: boolean;
  /** The confidence, 0 to 1, from which it answers whatever the outcomes say; null where the outcomes set it. */
  fixed_confidence: number | null;
  /** Silence after which an answered conversation is settled, in seconds. */
  resolve_after: Span;
  /** Accepted share of wrong ones among its answers, 0 to 1. */
  wrong_rate: number;
};

/** Whether you are here. */
export type Attend = {
  /** You are away: you are given nothing. */
  away: boolean;
  back_at?: Timestamp | null;
};

/** Who is here. */
export type Attendance = {
  /** Everybody who may answer customers, by name. */
  items: PersonAttending[];
  /** Conversations that need a person are given in turn. */
  turning: boolean;
};

/** Who may read it. */
export type Audience = 'public' | 'internal';

/** What one method found. */
export type AuthenticationView = {
  /** The domain or address that it is about. */
  about: string;
  /** dkim, spf, dmarc. */
  method: string;
  /** pass, fail, softfail, none … */
  result: string;
};

/** Whose words a message is. */
export type Author = 'customer' | 'assistant' | 'person' | 'system';

/** The backlog of a window. */
export type Backlog = {
  /** By age, the youngest first. */
  ages: BacklogByAge[];
  /** At which instant. */
  at: Timestamp;
  /** What it waits for most, in a sentence. */
  bottleneck: string;
  bottleneck_wait: BacklogWait | null;
  /** Coming and going, the earliest first, today last. */
  days: BacklogDay[];
  /** Conversations that are open outside this window: with it, all that `GET /conversations?view=all` lists. */
  elsewhere: number;
  /** When it is gone. */
  forecast: BacklogForecast;
  /** By what they are about, those with most first, fifty at most. */
  issues: BacklogOf[];
  /** Open conversations. Their list: `wait=any`. */
  open: number;
  /** By who has them, those with most first, fifty at most. */
  owners: BacklogOf[];
  /** By what they wait for; each in one. */
  waits: BacklogByWait[];
};

/** What is about as old. Its list: `wait=any`, with `since` and `until`. */
export type BacklogByAge = {
  /** How old at least, in hours. */
  from_hours: number;
  /** Open conversations. */
  open: number;
  since: Timestamp | null;
  /** How old at most; none for the oldest. */
  to_hours: number | null;
  /** Opened before this instant. */
  until: Timestamp;
  /** The same by what they wait for, in the order of `waits`. */
  waits: number[];
};

/** What waits for one thing. Its list: `wait=…`. */
export type BacklogByWait = {
  /** How many of them nobody has. */
  nobody: number;
  oldest: Timestamp | null;
  /** Open conversations. */
  open: number;
  /** On whom. */
  wait: BacklogWait;
};

/** What came and went on a day. Its lists: `since` and `until`, and the same with `signal=left`. */
export type BacklogDay = {
  /** Conversations opened. */
  arrivals: number;
  /** The day, in the programme's zone. */
  day: string;
  /** Conversations that left the backlog for the last time so far: settled, or part of another one. */
  left: number;
  /** What was open at its end; for today, now. */
  open: number;
  /** Its first instant. */
  since: Timestamp;
  /** The first instant after it. */
  until: Timestamp;
};

/** What can be said of the end. */
export type BacklogEnd = 'clear' | 'too_early' | 'never' | 'clears';

/** When the backlog is gone, if everything goes on as in the last days. */
export type BacklogForecast = {
  /** In so many days. */
  days: number | null;
  /** In so many days at the earliest (95 %). */
  earliest: number | null;
  /** What can be said. */
  end: BacklogEnd;
  /** At the latest; none where it may not be gone at all. */
  latest: number | null;
  /** How many more go than come in a day, on average of the last seven whole days. */
  net: number | null;
  /** In words. */
  sentence: string;
};

/** What one colleague has, or what is about one issue. Its list: `wait=any`, with `assignee` or `issue`, or `without=assignee`, `without=issue`. */
export type BacklogOf = {
  /** The colleague's or issue's id; none for nobody and none. */
  id: string | null;
  /** Name or title. */
  name: string | null;
  /** When the oldest was opened. */
  oldest: Timestamp;
  /** Open conversations. */
  open: number;
};

/** On whom an open conversation waits. Each is in exactly one of these: the first that fits, in this order from the end. */
export type BacklogWait = 'us' | 'assistant' | 'customer' | 'escalated' | 'decision' | 'snoozed';

/** The time before the change. */
export type BaselineView = {
  /** Days with data. */
  days: number;
  /** Its first day with data; its first possible one while there is none. */
  from: string;
  /** What was usual: the mean of counts, the pooled share, the median of daily times and levels. */
  level: number | null;
  /** What that means for the verdicts. */
  note: string;
  /** The first day of the level it has settled at, which stands in where there is too little time before the change. */
  settled_from: string | null;
  /** The last day of it. */
  settled_to: string | null;
  /** Its last day. */
  to: string;
};

/** What a verdict stands on. */
export type Basis = 'baseline' | 'target' | 'settled' | 'nothing';

/** Which conversation. */
export type Belonging = {
  /** The conversation. */
  conversation: ConversationId;
  /** Why, if there is something to keep. */
  reason?: string | null;
};

/** Which way is good. */
export type Better = 'lower' | 'higher';

/** One promise. */
export type Breaching = {
  /** Whether it is broken already. */
  breached: boolean;
  /** To whom. */
  conversation: ConversationId;
  /** The customer's name. */
  customer: string;
  /** When it runs or ran out. */
  due_at: Timestamp;
  /** What was promised. */
  kind: ClockKind;
  /** How much the matter hurts. */
  severity: Severity;
  /** About what. */
  subject: string;
};

/** What changes; what is not given stays. */
export type BridgeChange = {
  /** `false`: it takes nothing in, and replies are tried again for some hours before they fail. */
  enabled?: boolean | null;
  /** What it leads to. */
  name?: string | null;
  /** Where replies go. */
  url?: string | null;
};

/** What was written, by whom and where. */
export type BridgeData = {
  /** The conversation as it is called there: messages with the same one are one conversation here. */
  conversation: string;
  /** Who wrote. */
  sender: BridgeSender;
  /** Subject line, where there is one. */
  subject?: string | null;
  /** What they wrote. */
  text: string;
};

/** A message from elsewhere. */
export type BridgeMessage = {
  /** The message. */
  data: BridgeData;
  timestamp?: Timestamp | null;
  /** `message.created`. */
  type: BridgeMessageKind;
};

export type BridgeMessageKind = 'message.created';

/** What became of it. */
export type BridgeReply = {
  /** The conversation here. */
  conversation: ConversationId;
  /** It was here already. */
  duplicate: boolean;
  /** The message here. */
  message: MessageId;
};

/** A bridge with its secret, which is shown here and nowhere else. */
export type BridgeSecret = {
  /** The bridge. */
  bridge: BridgeView;
  /** What signs both ways: `whsec_…`. */
  secret: string;
};

/** Who wrote, as far as the bridge knows. */
export type BridgeSender = {
  /** E-mail address. */
  email?: string | null;
  /** Their name there, such as a number; the conversation's, where there is none. It tells customers apart. */
  key?: string | null;
  /** Display name. */
  name?: string | null;
};

/** A bridge, without its secret. */
export type BridgeView = {
  /** Conversations that came over it. */
  conversations: number;
  /** When it was added. */
  created_at: Timestamp;
  /** It is in use. */
  enabled: boolean;
  /** Id. */
  id: string;
  /** Where its messages go: `POST` here. */
  inbound_url: string;
  /** In its address. */
  key: string;
  /** What it leads to. */
  name: string;
  old_secret_until: Timestamp | null;
  /** Where replies go. */
  url: string;
};

/** Which of the two letters. */
export type BriefKind = 'morning' | 'executive';

/** How a brief would read now. */
export type BriefPreview = {
  /** As HTML. */
  html: string;
  /** Which. */
  kind: BriefKind;
  next_at: Timestamp | null;
  /** How things stand. */
  standing: Standing;
  /** Its subject line. */
  subject: string;
  /** As plain text. */
  text: string;
  /** Who gets it. */
  to: string[];
};

/** A brief of the day. */
export type BriefSent = {
  /** When it was handed over for sending. */
  at: Timestamp;
  /** Which. */
  kind: BriefKind;
  /** It would have come too late and was passed over. */
  passed_over: boolean;
  /** To which addresses. */
  to: string[];
};

/** A reply to all and how far it is. */
export type Broadcast = {
  answer: AnswerId | null;
  /** How many could not be reached. */
  failed: number;
  /** Id. */
  id: BroadcastId;
  /** To the conversations of this issue. */
  issue: IssueId;
  /** Whether it settles the conversations. */
  resolve: boolean;
  /** How many have it. */
  sent: number;
  /** When. */
  started_at: Timestamp;
  /** Who started it. */
  started_by: string;
  /** Where it stands. */
  state: BroadcastState;
  /** The text, with `{name}` where the customer's name goes. */
  text: string;
  /** How many conversations it is for: told, not reachable and still to come, those linked since it began included. */
  total: number;
};

/** An id: digits in a string. */
export type BroadcastId = string;

/** Who would be told, and how. */
export type BroadcastPreview = {
  /** By channel. */
  by_channel: Record<string, number>;
  /** What some of them would read; none without a text. */
  sample: SampleMessage[];
  /** Conversations linked to the issue. */
  total: number;
  /** Who cannot be told; at most 200 are named. */
  unreachable: Unreachable[];
  /** Of these not settled. */
  unresolved: number;
};

/** Where it stands. */
export type BroadcastState = 'running' | 'stopped' | 'done';

/** What is done with each conversation: the same as by its own operation. */
export type BulkAction = {
  kind: 'assign';
  to: UserId | null;
} | {
  kind: 'status';
  /** open, waiting or resolved. */
  to: Status;
} | {
  kind: 'snooze';
  until: Timestamp | null;
} | {
  /** Those that it gets. */
  add?: string[];
  kind: 'tags';
  /** Those that it loses. */
  remove?: string[];
} | {
  issue: IssueId | null;
  kind: 'link';
};

/** One action on many conversations. */
export type BulkBody = {
  /** What is done with each. */
  action: BulkAction;
  /** Which, 1 to 200. One that is named twice counts once. */
  conversations: ConversationId[];
};

/** An id: digits in a string. */
export type BulkId = string;

/** What became of one conversation. */
export type BulkOutcome = {
  /** Which. */
  conversation: ConversationId;
  /** What became of it. */
  outcome: Outcome;
  /** Why it was refused. */
  reason: string | null;
};

/** What became of each conversation. */
export type BulkResult = {
  /** Each, in the order in which they were named. */
  conversations: BulkOutcome[];
  /** How many were changed. */
  done: number;
  /** Names the action, to take it back. */
  id: BulkId;
  /** How many were not changed, each with its reason. */
  refused: number;
  /** How many were so already. */
  unchanged: number;
};

/** Promises that break too fast now, or will if those that have used up most of their time break too. */
export type BurnNow = {
  /** Running and past 80 % of their time. */
  at_risk: number;
  /** Broken within the working hours of this speed. */
  broken: number;
  /** How many times faster than the target allows. */
  burn: number;
  /** Decided within them, kept or broken. */
  decided: number;
  /** `red`: they break too fast. `amber`: they will if those at risk break too. */
  level: AlarmLevel;
  /** From this many times on it is too fast. */
  limit: number;
  /** The arithmetic in words. */
  says: string;
  /** How fast. */
  speed: BurnSpeed;
  /** The share of promises that is to be kept. */
  target: number;
};

/** How fast the budget goes. */
export type BurnSpeed = 'fast' | 'day' | 'slow';

/** The addresses of your calendars. */
export type CalendarAddress = {
  /** Of your shifts in all windows, to be put after the address of this server; none until you make one. Whoever has it reads your shifts. */
  path: string | null;
  /** Of everybody's shifts in each window that is not closed. */
  windows: WindowCalendarAddress[];
};

/** Working hours. */
export type CalendarSection = {
  /** Other weekly hours for a time. Outside these times `hours` holds. */
  changes: HoursChange[];
  /** Days with other hours (YYYY-MM-DD) instead of that weekday's: an empty list means closed. */
  exceptions: Record<string, string[]>;
  /** Hours on top of what else holds on a day (YYYY-MM-DD), such as a Saturday shift. */
  extra: Record<string, string[]>;
  /** Days on which it is closed (YYYY-MM-DD). */
  holidays: string[];
  /** Opening hours by weekday (mon … sun): one or more intervals such as "09:00-12:30". One may end at 24:00 or cross midnight ("22:00-06:00"). */
  hours: Record<string, string[]>;
  /** Time zone. Default: the window's. */
  zone: string | null;
};

/** A call that was made. */
export type CallMade = {
  /** When. */
  at: Timestamp;
  /** Who called. */
  by: string;
  /** What was said. */
  note: string;
  /** Somebody was reached. */
  reached: boolean;
};

/** One reason to call, with its points. */
export type CallReason = {
  /** How much it counts. */
  points: number;
  /** severity, waiting, renewal, value, repeated or rating. */
  what: string;
  /** In words. */
  words: string;
};

/** An account to call, and how it stands. */
export type CallView = {
  /** The account. */
  account: AccountId;
  /** They were reached, and gave a new reason since. */
  again: boolean;
  assignee?: AccountOwner | null;
  /** How many calls there were: send it back with the next one. */
  calls: number;
  /** Conversations that affect it. */
  conversations: number;
  /** Somebody should call. */
  due: boolean;
  last?: CallMade | null;
  /** Its name. */
  name: string;
  /** Of these, not settled. */
  open: number;
  /** The sum of the reasons' points. */
  points: number;
  /** All reasons, those that count most first. */
  reasons: CallReason[];
  /** When its contract is renewed or ends. */
  renewal?: string | null;
  /** Why, in a sentence. */
  sentence: string;
  value?: Money | null;
  worst_open?: Severity | null;
};

/** The calls to an account about one window. */
export type CallsOfWindow = {
  assignee: AccountOwner | null;
  /** How many there were. */
  calls: number;
  /** The newest, the latest first. */
  made: CallMade[];
  /** The window. */
  window: WindowId;
};

/** How many conversations somebody has at a time. */
export type CapacityBody = {
  /** 0 to 200; with 0 nothing is given to them. */
  capacity: number;
};

/** A part of a collection. */
export type Category = {
  /** How many articles stand in it, drafts and retired ones too. */
  articles: number;
  /** Id. */
  id: CategoryId;
  /** What it is called, by language. */
  names: Record<string, Named>;
  /** Its articles, as far as they were put in order by hand. Others stand behind these, the oldest first. */
  order: ArticleId[];
  /** The last part of its address. It stays as it was made. */
  slug: string;
};

/** An id: digits in a string. */
export type CategoryId = string;

/** Categories of a collection in another order. */
export type CategoryOrder = {
  /** All of them, as they are to stand. */
  order: CategoryId[];
  /** All of them, as they stood when you read them. */
  read: CategoryId[];
};

/** How the help centre looks, in which languages it speaks and where it is. */
export type CentreSettings = {
  /** The colour of links and buttons on white, such as `#2f5bd7`: words in it must be readable. */
  accent: string | null;
  /** The same at night, on nearly black. */
  accent_dark: string | null;
  /** Its own address, such as `https://help.example.com`: links and search engines are told this one, and on it nothing but the help centre is offered. Without one it is below the address of the desk. */
  address: string | null;
  /** Its languages; the first is what readers get whose own is not among them. At most ten. */
  languages: string[];
  /** A picture that was uploaded for articles, shown beside the name: its name as the upload gave it. */
  logo: string | null;
  /** Its name, in the head of each page: at most 60 characters. */
  name: string;
};

/** One event. */
export type Change = {
  /** Who did it. */
  actor: string;
  /** When. */
  at: Timestamp;
  /** What kind: `conversation.message_added`. */
  kind: string;
  /** The same as a sentence. */
  sentence: string;
  /** Its number: later events have greater ones. */
  seq: number;
  /** Which one. */
  subject_id: string;
  /** What changed: `conversation`, `issue`, `answer`, `decision`, `broadcast`, `update`, `article`, `collection`, `review`, `action`, `cutover`, `window`, `warning`, `unanswered`, `person`, `token`. */
  subject_kind: string;
  window: WindowId | null;
};

/** Kinds of change. */
export type ChangeKind = 'migration' | 'launch' | 'policy_price_process' | 'vendor_infrastructure' | 'high_risk_period';

/** Where a conversation takes place. */
export type Channel = 'chat' | 'email' | 'form' | 'api';

/** Where an approved answer comes from. */
export type ChatAnswer = {
  /** The page that says more; empty if none does. */
  source: string;
  /** The question it answers. */
  title: string;
};

/** A question to this visitor. */
export type ChatCheckIn = {
  /** Id, to answer it. */
  id: AskedId;
  /** What stands before it; may be empty. */
  intro: string;
  /** The question. */
  question: string;
};

/** The conversation as the customer sees it. */
export type ChatConversation = {
  /** A person is needed and the hours in which people answer have not begun. */
  away: boolean;
  /** Who answers. */
  handler: Handler;
  id: ConversationId | null;
  /** It is over and not rated yet. */
  may_rate: boolean;
  /** Its messages, oldest first. */
  messages: ChatMessage[];
  /** The customer's other conversations. */
  others: ChatOthers;
  people_reply_within: Span | null;
  /** When a person answers, in words, from what is promised; none while no person is needed or nothing is promised. */
  person_follows: string | null;
  /** Where this question should go, if not here: it is about a change, and no person has it yet. */
  pointer: string | null;
  question: ChatQuestion | null;
  /** The customer's rating since it was last settled. */
  rating: number | null;
  seen_by_customer: MessageId | null;
  seen_by_team: MessageId | null;
  /** Who has to act. */
  status: Status;
};

/** Something attached to a message of the chat. */
export type ChatFile = {
  /** What its bytes say it is. */
  content_type: string;
  /** Id. */
  id: FileId;
  /** Its name, safe as a file's. */
  name: string;
  /** Bytes. */
  size: number;
  /** Where it is beneath `/api/v1/public/`, for one to two hours; read the conversation again for a new one. */
  url: string;
};

/** One message as the customer sees it. */
export type ChatMessage = {
  answer: ChatAnswer | null;
  /** When. */
  at: Timestamp;
  /** Whose words. */
  author: Author;
  /** The id the browser gave it before sending. */
  client_id: string | null;
  /** What is attached. */
  files: ChatFile[];
  /** Whether the customer said that it helped. */
  helpful: boolean | null;
  /** Id; later messages have greater ids. */
  id: MessageId;
  /** Name to show. */
  name: string;
  /** The text. */
  text: string;
};

/** What there is beside the conversation that goes on. */
export type ChatOthers = {
  /** How many conversations. */
  conversations: number;
  /** How many unread messages in them. */
  unread: number;
};

/** A question with its choices. */
export type ChatQuestion = {
  /** What can be chosen: to be shown as they are, and sent as a message as they are. The last one leads to a person. */
  choices: string[];
  /** The message that asks it. */
  message: MessageId;
};

/** One of the customer's conversations. */
export type ChatSummary = {
  /** When that was. */
  at: Timestamp;
  author?: Author | null;
  /** Id. */
  id: ConversationId;
  /** Name to show with them. */
  name?: string | null;
  /** The beginning of what was said last. */
  preview: string;
  /** Who has to act. */
  status: Status;
  /** Messages that the customer has not read. */
  unread: number;
};

/** A short question to chosen customers, and how they answered. */
export type CheckIn = {
  /** Who approved it. */
  approved_by: string | null;
  /** Approval was asked for. */
  asked_approval: boolean;
  /** When. */
  at: Timestamp;
  /** Who wrote it last. */
  by: string;
  /** What it asks, and whom. */
  content: CheckInContent;
  /** How it goes. */
  figures: CheckInFigures;
  finished_at: Timestamp | null;
  /** Id. */
  id: CheckInId;
  /** Whom the plan lets approve now: names, or addresses of people who never signed in. Leads may always. */
  may_approve: string[];
  /** Counts the edits: name it when you edit, approve or start. */
  revision: number;
  started_at: Timestamp | null;
  /** Who started it. */
  started_by: string | null;
  /** Where it stands. */
  state: CheckInState;
  /** Of which window. */
  window: WindowId;
  /** Whether you may. */
  you_may_approve: boolean;
};

/** An answer. */
export type CheckInAnswer = {
  /** Anything to add, at most 2,000 characters. */
  comment?: string;
  face?: CheckInFace | null;
};

/** Who is asked. */
export type CheckInAudience = {
  kind: 'about';
  /** Keys of scenarios, `category:` and a category, `issue:` and an issue's id: 1 to 20. */
  topics: string[];
} | {
  kind: 'assistant';
} | {
  kind: 'list';
  /** Which list. */
  list: AddressListId;
};

/** What a check-in asks, and whom. */
export type CheckInContent = {
  /** Who is asked. */
  audience: CheckInAudience;
  /** What stands before it, at most 600 characters. May be empty. */
  intro: string;
  /** Customers asked in an hour, 1 to 1,000. */
  per_hour: number;
  /** The question, in one line of at most 160 characters. */
  question: string;
  /** Whoever was asked anything within so many days is not asked, 1 to 365. */
  rest_days: number;
  /** What it is about: keys of scenarios, categories or issues. They decide who may approve, and what a doubt is about where its words do not say. */
  topics: string[];
  /** How, in this order: each customer once, by the first way that reaches them. */
  ways: CheckInWay[];
};

/** One of three choices. Each has a sign and a word; colour never says it alone. */
export type CheckInFace = 'good' | 'unsure' | 'bad';

/** How a check-in goes. Each figure is the length of its list: `GET /check-ins/{id}/asked?which=…`. */
export type CheckInFigures = {
  /** Customers who answered, with a face or in words. */
  answered: number;
  /** Customers who were asked, without those whom it did not reach. */
  asked: number;
  /** Not good. */
  bad: number;
  /** Answers that became conversations. */
  conversations: number;
  /** Customers whom it did not reach. */
  failed: number;
  /** Of these, good. */
  good: number;
  /** Upper end. */
  good_high: number | null;
  /** Lower end of its 95 % interval (Wilson, 1927). It is about those who answered: who did not may think otherwise. */
  good_low: number | null;
  /** Good ones among answers with a face, 0 to 1; none without any. */
  good_share: number | null;
  /** Customers who were passed over. */
  skipped: number;
  /** Not sure. */
  unsure: number;
};

/** An id: digits in a string. */
export type CheckInId = string;

/** One check-in. */
export type CheckInLine = {
  /** How it went. */
  figures: CheckInFigures;
  /** What was asked. */
  question: string;
  /** When it was started. */
  started_at: Timestamp;
};

/** Why somebody is passed over. */
export type CheckInPassed = 'opted_out' | 'asked_lately' | 'already' | 'comes_back' | 'no_news' | 'no_way';

/** One customer in a check-in. */
export type CheckInPerson = {
  /** Their address. */
  address?: string | null;
  answered_at?: Timestamp | null;
  /** When they were asked, or passed over. */
  at: Timestamp;
  /** What they wrote. */
  comment: string;
  contact?: ContactId | null;
  conversation?: ConversationId | null;
  face?: CheckInFace | null;
  /** It did not reach them: `undelivered` or `came_back`. */
  failed?: string | null;
  /** Id. */
  id: AskedId;
  /** Their name. */
  name?: string | null;
  passed?: CheckInPassed | null;
  way?: CheckInWay | null;
};

/** Who would be asked. */
export type CheckInPreview = {
  /** In the chat. */
  chat: number;
  /** By e-mail. */
  email: number;
  /** The first of those who would be asked, at most twenty. */
  first: PreviewPerson[];
  /** There are more, which were not counted: all figures are "at least". */
  more: boolean;
  /** Who is passed over, by reason. */
  passed: PassedOver[];
  /** Customers who fit. */
  people: number;
};

/** Where it stands. */
export type CheckInState = 'draft' | 'running' | 'stopped' | 'done' | 'discarded';

/** What became of it. */
export type CheckInTaken = {
  conversation: ConversationId | null;
};

/** How a customer is asked. */
export type CheckInWay = 'chat' | 'email';

/** What is promised. */
export type ClockKind = 'acknowledgement' | 'first_response' | 'next_response' | 'update' | 'resolution' | 'total_resolution';

/** How a clock stands. */
export type ClockState = 'running' | 'paused' | 'met' | 'cancelled';

/** One clock, explained. */
export type ClockTimeline = {
  breached_at: Timestamp | null;
  cancelled_at: Timestamp | null;
  /** Working time that was used when it began to count: what an earlier cycle or the time before a reopening left. */
  carried_s: number;
  /** The category it is for. */
  category: string | null;
  /** Which cycle, or which instance. */
  cycle: number;
  deadline_at: Timestamp | null;
  due_at: Timestamp | null;
  /** Working time used, in seconds: what it carried and what its stretches counted. */
  elapsed_s: number;
  /** What is promised. */
  kind: ClockKind;
  late_at: Timestamp | null;
  /** It became late because of a change and not because time ran out. */
  late_on_change: boolean;
  manual_due_at: Timestamp | null;
  met_at: Timestamp | null;
  /** Share of the target that is used, in per cent. */
  percent: number;
  /** The policy that made the promise. */
  policy: string;
  /** The version of the plan it comes from. */
  policy_version: number;
  /** Working time left, in seconds; negative once it is exceeded. */
  remaining_s: number;
  /** What happened to it, stretch by stretch. */
  segments: Segment[];
  /** The severity it is for. */
  severity: Severity;
  /** When it started. */
  started_at: Timestamp;
  /** How it stands. */
  state: ClockState;
  /** Working time promised, in seconds. */
  target_s: number;
  /** Warnings that were given. */
  warned: Threshold[];
  /** Zone of its working hours. */
  zone: string;
};

/** One promise. */
export type ClockView = {
  breached_at: Timestamp | null;
  cancelled_at: Timestamp | null;
  /** 1, 2 … after each reopening; of next responses and updates, the number of the instance. */
  cycle: number;
  due_at: Timestamp | null;
  /** What is promised. */
  kind: ClockKind;
  /** It became late because what it is for changed or because the matter came back, not because time ran out. */
  late_on_change: boolean;
  manual_due_at: Timestamp | null;
  met_at: Timestamp | null;
  /** Which policy. */
  policy: string;
  /** Which version of the plan it comes from. */
  policy_version: number;
  /** It counts now. */
  running: boolean;
  /** When it started. */
  started_at: Timestamp;
  /** Working time promised, in seconds. */
  target: Span;
  /** Working time used before it last began to count, in seconds. */
  used: Span;
  /** Shares of the target that were used up, with the instants. */
  warned: Threshold[];
};

/** The clocks of a conversation, explained. */
export type ClocksExplained = {
  /** As it stands at this time. */
  at: Timestamp;
  /** Its clocks in the order in which they began, all cycles. */
  clocks: ClockTimeline[];
  /** Which conversation. */
  conversation: ConversationId;
};

/** How one of the team would be reached by a call that comes now. */
export type ColleagueReached = {
  /** What would become of an escalation to them, of normal and of critical severity. */
  call: NoticePreview[];
  /** Who. */
  id: UserId;
  /** Their name. */
  name: string;
  /** They decide now, or are the backup. */
  on_duty: boolean;
  quiet_until?: Timestamp | null;
  /** Their ways. */
  ways: NoticeWay[];
};

/** A shelf of the help centre. */
export type Collection = {
  /** Its categories, in order. */
  categories: Category[];
  /** Id. */
  id: CollectionId;
  /** What it is called, by language. */
  names: Record<string, Named>;
  /** Its place among the others. */
  position: number;
  /** The last part of its address. It stays as it was made. */
  slug: string;
};

/** An id: digits in a string. */
export type CollectionId = string;

/** Collections in another order. */
export type CollectionOrder = {
  /** All of them, as they are to stand. */
  order: CollectionId[];
  /** All of them, as they stood when you read them. */
  read: CollectionId[];
};

/** All collections. */
export type Collections = {
  /** In order. */
  items: Collection[];
};

/** Affected accounts beside the others. */
export type ComparedAccounts = {
  /** What a difference does not say. */
  caution: string;
  /** The measures. */
  items: GroupComparison[];
};

/** How it is confirmed. */
export type Confirm = {
  owner?: UserId | null;
  /** A better name; the proposed one stays by default. */
  title?: string | null;
};

/** A message whose right answer was confirmed. */
export type ConfirmedOutcome = {
  answer?: AnswerName | null;
  /** When. */
  at: Timestamp;
  /** Who said so. */
  by: string;
  conversation?: ConversationId | null;
  /** Its id. */
  id: OutcomeId;
  said?: AnswerName | null;
  /** Whose word it rests on. */
  source: OutcomeSource;
  /** What was written. */
  text: string;
};

/** Who wrote. */
export type ContactBody = {
  /** E-mail address. */
  email?: string | null;
  /** The channel's own name for this person. */
  key: string;
  /** Display name. */
  name?: string | null;
};

export type ContactCheckIn = {
  answered_at: Timestamp | null;
  /** When. */
  at: Timestamp;
  /** What they wrote. */
  comment: string;
  /** At which address. */
  email: string | null;
  /** What they chose: `good`, `unsure` or `bad`. */
  face: string | null;
  /** The question. */
  question: string;
  /** How they were asked; none where they were passed over. */
  way: string | null;
};

export type ContactConversation = {
  /** What it is called beyond a bridge. */
  bridge_conversation: string | null;
  /** Where. */
  channel: string;
  /** What was asked of whoever decides, and the rulings. */
  decisions: ContactDecision[];
  /** How it was handed on, and what colleagues told each other with it. */
  escalations: ContactEscalation[];
  /** What the log holds of them. */
  events: ContactEvent[];
  /** Values of fields, by key. */
  fields: Record<string, string>;
  /** What is attached. */
  files: ContactFile[];
  /** Id. */
  id: string;
  /** The mails behind the messages. */
  mails: ContactMail[];
  /** What was said, and the team's notes. */
  messages: ContactMessage[];
  /** When it began. */
  opened_at: Timestamp;
  /** Their rating, 1 to 5. */
  rating: number | null;
  /** Who has to act. */
  status: string;
  /** Subject line. */
  subject: string;
};

export type ContactDecision = {
  /** When. */
  at: Timestamp;
  /** What was asked. */
  question: string;
  /** Why. */
  reason: string | null;
  ruling: Ruling | null;
};

/** What was erased, in numbers. */
export type ContactErased = {
  /** Conversations without their words. */
  conversations: number;
  /** Issues, decisions and groups that had held some of the words. */
  elsewhere: number;
  /** Events without words. */
  events: number;
  /** Messages and notes in them. */
  messages: number;
};

export type ContactEscalation = {
  /** When. */
  at: Timestamp;
  /** What the path asks, and what was answered. */
  context: EscalationAnswer[];
  /** Along which path. */
  path: string;
  /** Why. */
  reason: string;
  /** Why it was given back. */
  returned_because: string | null;
};

export type ContactEvent = {
  /** When. */
  at: Timestamp;
  /** What kind. */
  kind: string;
  /** The event's number. */
  seq: number;
  /** What it holds of them. */
  words: string[];
};

/** All that is kept of one customer. */
export type ContactExport = {
  account: AccountRef | null;
  /** What they were asked in check-ins, and what they answered. */
  check_ins: ContactCheckIn[];
  /** Their conversations. */
  conversations: ContactConversation[];
  /** When they first wrote. */
  created_at: Timestamp;
  /** Address, if known. */
  email: string | null;
  /** When this was put together. */
  exported_at: Timestamp;
  /** Id. */
  id: ContactId;
  /** How channels know them. */
  keys: ContactKey[];
  /** Name. */
  name: string;
  /** What colleagues noted of that account and of calls to it that names them. */
  noted: string[];
  /** What they searched in the help centre. */
  searches: ContactSearch[];
  /** The windows whose updates they get by e-mail, or have asked for. */
  updates: ContactSubscription[];
};

export type ContactFile = {
  /** What it is. */
  content_type: string;
  /** The file's name. */
  name: string;
  /** Bytes. */
  size: number;
};

/** An id: digits in a string. */
export type ContactId = string;

export type ContactKey = {
  /** What they are called there. A chat's is a fingerprint. */
  key: string;
  /** Which channel, or `email`. */
  kind: string;
};

export type ContactMail = {
  /** Who wrote it. */
  from: string;
  /** When it came. */
  received_at: Timestamp;
  /** Its subject. */
  subject: string;
};

export type ContactMessage = {
  /** When. */
  at: Timestamp;
  /** Whose words: `customer`, `assistant`, `person` or `system`. */
  author: string;
  /** Id. */
  id: string;
  /** Their name. */
  name: string;
  /** A note of the team's. */
  note: boolean;
  /** The text. */
  text: string;
};

export type ContactSearch = {
  /** When. */
  at: Timestamp;
  /** What. */
  text: string;
};

export type ContactSubscription = {
  confirmed_at: Timestamp | null;
  /** When it was entered. */
  created_at: Timestamp;
  /** At which address. */
  email: string;
  /** Which window. */
  window: WindowId;
};

/** A customer. */
export type ContactView = {
  account: AccountRef | null;
  /** Their other conversations; only with a single conversation. */
  conversations: OtherConversation[];
  /** Address, if known. */
  email: string | null;
  /** Id. */
  id: ContactId;
  /** Name. */
  name: string;
  /** Whether the customer's site vouches for the address; only with a single conversation. */
  verified: boolean | null;
};

/** What is proposed, if anything. */
export type Containment = {
  proposal: ContainmentProposal | null;
};

/** Why no window is opened. */
export type ContainmentDecline = {
  /** Why: the next person who sees it rise reads it. */
  reason?: string;
};

/** A window for what rises or worsens. */
export type ContainmentProposal = {
  /** The answer it begins with, to be written. */
  answer: string;
  /** When it goes live, or rather went: when the first sign was seen. */
  go_live: Timestamp;
  /** Its name. */
  name: string;
  /** The plan as a file; it can be changed and applied by hand instead. */
  plan: string;
  /** The scenario it begins with, to be completed. */
  scenario: string;
  /** The warnings behind it, the earliest first. */
  signs: WarningView[];
  /** The template it is made from. */
  template: ChangeKind;
  /** Why, in one or two sentences. */
  why: string;
  /** The signals behind it, the earliest first. */
  worsening: WorseningSignal[];
};

/** Why it is started. */
export type ContainmentStart = {
  /** Why; it covers the gaps of the plan and is kept in the record. */
  reason?: string;
};

/** The window that was started, and what it lacks. */
export type ContainmentStarted = {
  /** What is missing, with due times. */
  due: DueList;
  /** The window. */
  window: Window;
};

/** Filters of a list of conversations; those that are left out ask for nothing. */
export type ConversationFilters = {
  account: AccountId | null;
  assignee: UserId | null;
  /** What the assistant did. */
  assistant: string | null;
  channel: Channel | null;
  /** A dimension, with `value`. */
  dimension: string | null;
  issue: IssueId | null;
  /** Words that are in the conversation. */
  q: string | null;
  reach: WindowId | null;
  /** Of a scenario. */
  scenario: string | null;
  scope: Scope | null;
  severity: Severity | null;
  /** The conversations behind a day of this signal. */
  signal: string | null;
  since: Timestamp | null;
  until: Timestamp | null;
  /** The value of `dimension`. */
  value: string | null;
  /** all, all_open, mine, unassigned, needs_person, assistant, waiting, resolved, breached, critical or snoozed. */
  view: string | null;
  /** Open, and waiting for this; any for all that is open. */
  wait: string | null;
  window: WindowId | null;
  /** Without an assignee or without an issue. */
  without: string | null;
};

/** An id: digits in a string. */
export type ConversationId = string;

/** One line of a list. */
export type ConversationItem = {
  assignee: PersonRef | null;
  /** A promise was broken. */
  breached: boolean;
  /** Where. */
  channel: Channel;
  /** With whom; in a single conversation with their other ones, newest first, at most twenty. */
  contact: ContactView;
  first_response_at: Timestamp | null;
  found: FoundIn | null;
  /** Who speaks for us. */
  handler: Handler;
  /** Id. */
  id: ConversationId;
  issue: IssueRef | null;
  /** When anything was last said. */
  last_message_at: Timestamp;
  merged_into: ConversationId | null;
  /** How many messages, notes included. */
  messages: number;
  next_due: NextDue | null;
  /** When it began. */
  opened_at: Timestamp;
  /** The beginning of what was said last. */
  preview: string;
  /** The customer's rating, 1 to 5. */
  rating: number | null;
  /** "Is this expected?" */
  reassurance: boolean;
  resolved_at: Timestamp | null;
  /** The scenario's key. */
  scenario: string | null;
  /** About the change or not. */
  scope: Scope;
  /** How much it hurts. */
  severity: Severity;
  /** Who has to act. */
  status: Status;
  /** Subject line. */
  subject: string;
  /** Labels. */
  tags: string[];
  waiting_since: Timestamp | null;
  window: WindowId | null;
};

/** One conversation, whole but for its messages. */
export type ConversationView = ConversationItem & {
  also_asked: AlsoAsked | null;
  /** Its promises. */
  clocks: ClockView[];
  /** What has not arrived. */
  delivery: DeliveryView;
  /** Where it was escalated to. */
  escalated_to: string | null;
  escalation: Escalation | null;
  /** The fields that plans name, with their values. */
  fields: FieldView[];
  /** Why a person is needed. */
  handover: string | null;
  handover_note: HandoverNote | null;
  judged: JudgedAnswer | null;
  last_customer_message: MessageId | null;
  /** What was split off from it. */
  offshoots: SplitPlace[];
  /** What became part of it, directly or through another one, the oldest first: `list_messages` shows it too. */
  parts: Joined[];
  possible_issue: IssueRef | null;
  read_in: Joined | null;
  /** How often it came back. */
  reopened: number;
  resolve_at: Timestamp | null;
  snoozed_until: Timestamp | null;
  split_from: SplitPlace | null;
  /** The first look. */
  triage: TriageView;
};

/** A person's correction: only what is given changes. */
export type Correction = {
  /** New category, where no scenario decides it; the empty string clears it. */
  category?: string | null;
  /** New reading of reassurance. */
  reassurance?: boolean | null;
  /** New scenario key; the empty string clears it. */
  scenario?: string | null;
  scope?: Scope | null;
  severity?: Severity | null;
};

/** Which request. */
export type CoverChosen = {
  /** Also where a hard rule of rest is broken: leads only. */
  over?: boolean;
  /** Why, where a lead goes over a hard rule. */
  reason?: string;
  /** Its number. */
  request: RotaEntryId;
};

/** A request for cover. */
export type CoverRequest = {
  /** When it was asked. */
  at: Timestamp;
  /** Who asks. */
  by: RotaPerson;
  /** From when. */
  from: Timestamp;
  /** Its number. */
  id: RotaEntryId;
  in_return: Period | null;
  /** Why. */
  reason: string | null;
  /** In which role. */
  role: DutyRole;
  settled_at: Timestamp | null;
  /** Where it stands. */
  state: CoverState;
  taken_by: RotaPerson | null;
  to: RotaPerson | null;
  /** Until when. */
  until: Timestamp;
  /** Whether you may take it, as far as it is yours to take; the rules of rest are asked when you do. */
  you_may_take: boolean;
  /** Whether you may withdraw it. */
  you_may_withdraw: boolean;
};

/** Where a request stands. */
export type CoverState = 'open' | 'accepted' | 'withdrawn' | 'expired';

/** When people are there. */
export type Coverage = {
  hours: string;
  reason: string;
};

/** One thing that must be so before the window may end. */
export type Criterion = {
  /** What that rests on. */
  evidence: string;
  /** Stable short name: `stable_days`, `baseline.contacts`, `objective.calm-billing`. */
  key: string;
  /** Whether it is. */
  met: boolean;
  pooled: Pooled | null;
  /** It cannot be measured yet, because no stable day counts: nothing is wrong with it. */
  waits: boolean;
  /** What must be so. */
  what: string;
};

/** One of them. */
export type CurrentUpdate = {
  /** What is happening, for a banner. */
  banner: string;
  /** How much it hurts. */
  impact: Impact;
  next_at: Timestamp | null;
  /** When it was published. */
  published_at: Timestamp;
  /** How far the matter is. */
  state: MatterState;
  /** All of it, as every place shows it. */
  text: string;
  /** Its title. */
  title: string;
  /** When it is to be taken away. */
  until: Timestamp;
  /** The matter. */
  update: UpdateId;
  /** Its place on the status page. */
  url: string;
  /** Which entry of it: the version. Whoever dismissed another one sees this. */
  version: EntryId;
};

/** What customers are told now. */
export type CurrentUpdates = {
  /** The worst first, then the newest; at most three. A banner shows the first. */
  items: CurrentUpdate[];
};

/** A cutover. */
export type Cutover = CutoverSummary & {
  /** How much later than planned that is; negative: earlier. */
  behind: Span;
  /** Keys of the chain of steps that decides the end, in their order. */
  chain: string[];
  /** Why it ended. */
  ended_because: string | null;
  /** When all is expected to be done; of one that is over: when it ended. */
  finish: Timestamp;
  go_live_by: CutoverPerson | null;
  /** Who may roll back past the point of no return. */
  may_override: string[];
  /** Who may roll back now: names, or addresses of people who never signed in. Leads may always. */
  may_roll_back: string[];
  /** It was rolled back past the point of no return. */
  overridden: boolean;
  passed_at: Timestamp | null;
  /** Who passed the point of no return. */
  passed_by: string | null;
  /** The version of the plan whose runbook it is. */
  plan_version: number;
  /** When it is planned to be done. */
  planned_finish: Timestamp;
  /** Counts what was done to it: name it at the point of no return and to go live. */
  revision: number;
  /** Its steps, in the order of the plan. */
  steps: CutoverStep[];
  /** Its triggers. */
  triggers: CutoverTrigger[];
  /** Of which window. */
  window: WindowId;
  /** Whether you may finish or stop it. */
  you_may_lead: boolean;
  /** Whether you may roll back now. */
  you_may_roll_back: boolean;
};

/** An id: digits in a string. */
export type CutoverId = string;

/** The run that goes on. */
export type CutoverNow = {
  /** How much later than planned that is; negative: earlier. */
  behind: Span;
  /** Steps that are done or skipped. */
  done: number;
  /** When all is expected to be done. */
  finish: Timestamp;
  /** Triggers that have fired. */
  fired: number;
  /** Which. */
  id: CutoverId;
  /** Titles of steps that run or can begin; at most three. */
  next: string[];
  /** The point of no return is passed. */
  passed: boolean;
  /** It is a rehearsal. */
  rehearsal: boolean;
  /** Of so many. */
  steps: number;
};

/** Somebody whom the plan names. */
export type CutoverPerson = {
  /** E-mail address, or `shift-owner`. */
  email: string;
  /** Name, or the address of somebody who never signed in. */
  name: string;
};

/** Where a cutover stands. */
export type CutoverState = 'running' | 'finished' | 'rolled_back' | 'stopped';

/** A step. */
export type CutoverStep = {
  /** Keys of the steps it waits for. */
  after: string[];
  /** Whether it can begin, or be ruled, now. */
  can_begin: boolean;
  /** It is on the chain that decides the end. */
  critical: boolean;
  ended_at: Timestamp | null;
  /** By whom. */
  ended_by: string | null;
  /** What shows it. */
  evidence: string | null;
  /** When it ended, or is expected to. */
  finish: Timestamp;
  /** Key. */
  key: string;
  /** Kind. */
  kind: StepKind;
  /** It takes longer than planned, and who owns it was told. */
  late: boolean;
  owner: CutoverPerson | null;
  /** When it is planned to end. */
  planned_finish: Timestamp;
  /** When it is planned to begin. */
  planned_start: Timestamp;
  /** Why it failed, was skipped or was ruled so. */
  reason: string | null;
  /** Name it when you change the step. */
  revision: number;
  /** When it began, or is expected to. */
  start: Timestamp;
  started_at: Timestamp | null;
  /** By whom. */
  started_by: string | null;
  /** Where it stands. */
  status: CutoverStepStatus;
  /** Planned duration. */
  takes: Span;
  /** What is done. */
  title: string;
  /** How one sees that it is done. */
  validation: string;
  /** Titles of those that are not done yet. */
  waits_for: string[];
  /** Whether you may do it. */
  you_may: boolean;
};

/** Where a step stands. */
export type CutoverStepStatus = 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'no_go';

/** A cutover in a list. */
export type CutoverSummary = {
  /** When it began. */
  begun_at: Timestamp;
  /** Who began it. */
  begun_by: string;
  /** Steps that are done. */
  done: number;
  ended_at: Timestamp | null;
  /** Who ended it. */
  ended_by: string | null;
  /** Triggers that fired. */
  fired: number;
  /** Id. */
  id: CutoverId;
  /** How long it was planned to take. */
  planned: Span;
  /** It is a rehearsal. */
  rehearsal: boolean;
  /** Steps that were skipped. */
  skipped: number;
  /** Where it stands. */
  state: CutoverState;
  /** How long it took, or is expected to take. */
  took: Span;
  /** All steps. */
  total: number;
};

/** A trigger. */
export type CutoverTrigger = {
  fired_at: Timestamp | null;
  /** The figure then, as people say it. */
  fired_said: string | null;
  fires_at: Timestamp | null;
  /** Title of the step from which on it is watched; none from the beginning. */
  from: string | null;
  /** Key. */
  key: string;
  /** How long it has to be past it. */
  lasting: Span;
  /** Name. */
  name: string;
  /** The figure now; none where there is none, or the run is over. */
  reading: number | null;
  reading_at: Timestamp | null;
  /** The same as people say it. */
  reading_said: string | null;
  /** What exactly is read, in a sentence. */
  reads: string;
  /** Key of the signal, or of the runbook's figure. */
  signal: string;
  /** Its name. */
  signal_name: string;
  since: Timestamp | null;
  /** Where it stands. */
  state: CutoverTriggerState;
  /** The threshold, in the signal's unit. */
  threshold: number;
  /** The same as people say it. */
  threshold_said: string;
  /** On which side of the threshold it is bad. */
  when: TriggerWhen;
};

/** Where a trigger stands. */
export type CutoverTriggerState = 'not_watched' | 'no_figure' | 'fine' | 'crossed' | 'fired';

/** The verdict on one day. */
export type DayVerdict = {
  /** Which day. */
  date: string;
  /** Why, one sentence for each finding. */
  reasons: string[];
  /** Whether it counts. */
  stable: Stability;
};

/** A decision, and who may make it. */
export type Decision = {
  /** When. */
  asked_at: Timestamp;
  /** Who asked. */
  asked_by: string;
  conversation: ConversationId | null;
  decided_at: Timestamp | null;
  /** Who ruled. */
  decided_by: string | null;
  due_at: Timestamp | null;
  ended_at: Timestamp | null;
  /** Who ended it; none where it ran out. */
  ended_by: string | null;
  holds_until: Timestamp | null;
  /** Id. */
  id: DecisionId;
  issue: IssueId | null;
  /** What kind of question. */
  kind: DecisionKind;
  /** Whom the plan lets decide now: names, or addresses of people who never signed in. Leads may always. */
  may_decide: string[];
  /** It was not ruled in time. */
  overdue: boolean;
  /** The question. */
  question: string;
  /** Why. */
  reason: string | null;
  ruling: Ruling | null;
  /** It came back: it runs out soon, and somebody says whether it holds longer. */
  runs_out: boolean;
  /** The scenario it is about. */
  scenario: string | null;
  /** Why it was prolonged or ended, last. */
  since_said: string | null;
  /** How long it waited or has waited, in seconds. */
  waited: Span;
  /** Of which window. */
  window: WindowId;
  /** Whether you may rule, or prolong or end what is allowed for a while. */
  you_may: boolean;
};

/** An id: digits in a string. */
export type DecisionId = string;

/** What is asked. */
export type DecisionKind = 'confirm_expected' | 'approve_message' | 'trigger_workaround' | 'other';

/** Where decisions stalled. */
export type Decisions = {
  /** Each, the longest wait first. */
  all: ReportDecision[];
  /** By kind, the longest wait first. */
  by_kind: WaitGroup[];
  /** By who ruled; those that nobody ruled are a group of their own. */
  by_owner: WaitGroup[];
  /** By scenario. */
  by_scenario: WaitGroup[];
  /** How many were taken. */
  decided: number;
  longest: Span | null;
  median: Span | null;
  /** How many still wait. */
  open: number;
};

/** What of our messages has not arrived. */
export type DeliveryView = {
  /** Could not be sent. */
  failed: number;
  /** Waiting to be sent. */
  pending: number;
};

/** Why it is dismissed. */
export type Dismiss = {
  /** Why it is no issue. */
  reason: string;
};

/** Why it needs no answer. */
export type DismissBody = {
  /** The reason, for whoever sees these messages next. */
  reason?: string;
};

/** Why a warning is put aside. */
export type Dismissal = {
  /** Why: the next person who sees it rise reads it. */
  reason?: string;
};

/** A decision that no answer is needed. */
export type Dismissed = {
  /** When. */
  at: Timestamp;
  /** Whose. */
  by: string;
  /** Why. */
  reason: string;
};

/** An unfinished reply. */
export type DraftBody = {
  /** The text so far; empty forgets it. */
  text: string;
};

/** Which messages. */
export type DraftFor = {
  /** The group of unanswered messages, by one of its conversations. */
  unanswered: ConversationId;
};

/** An answer that waits for approval. */
export type DraftedAnswer = {
  /** Which. */
  answer: AnswerId;
  /** Its title. */
  title: string;
};

/** Of which promise, and when. */
export type DueBody = {
  due_at?: Timestamp | null;
  /** Which promise; it must be owed now. */
  kind: ClockKind;
};

/** A gap and when it should be closed. */
export type DueGap = {
  /** When it should be there. */
  due_at: Timestamp;
  /** What is missing. */
  gap: Gap;
  /** Whether that has passed. */
  late: boolean;
};

/** What is missing, the earliest due first. */
export type DueList = {
  /** The gaps; none before going live, when readiness shows them, and none after the end. */
  items: DueGap[];
};

/** Who decided, or decides, at an instant. */
export type Duty = {
  /** The instant. */
  at: Timestamp;
  next: DutyNext | null;
  owner: DutyNow | null;
};

/** Who follows. */
export type DutyNext = RotaPerson & {
  /** From when. */
  from: Timestamp;
};

/** Who decides. */
export type DutyNow = RotaPerson & {
  late_since: Timestamp | null;
  /** Until when at the latest. */
  until: Timestamp;
  why: DutyWhy | null;
};

/** What somebody on duty is there for. */
export type DutyRole = 'decision_owner' | 'backup' | 'responder' | 'comms' | 'shadow';

/** Why somebody has the duty. */
export type DutyWhy = 'acknowledged' | 'nobody_before' | 'held_already' | 'not_yet_passed_on' | 'took_over_as_backup';

/** An ease as a word. */
export type EaseWord = 'very_hard' | 'hard' | 'fairly_easy' | 'easy';

/** The comparison. */
export type EffectFound = {
  /** How much more these days differ than chance alone lets them; 1 is chance. The interval is wider by it. */
  dispersion: number;
  /** Upper end. */
  high: number;
  /** Lower end of its 95 % interval. */
  low: number;
  /** Contacts after divided by before, each against what such days usually have. */
  ratio: number;
  /** What can be said. */
  verdict: EffectVerdict;
};

/** Why nothing can be said. */
export type EffectMissing = 'too_soon' | 'no_before' | 'too_few';

/** One side of the comparison: whole days of 24 hours, so that both have each hour of the day as often. */
export type EffectSide = {
  /** Conversations on the topic that began in it: exactly those of the list that opens from it. */
  contacts: number;
  /** Where it begins. */
  from: Timestamp;
  /** Where it ends; this instant is outside. */
  to: Timestamp;
  /** What such days have usually, against an average day: 5.6 for a week with a quiet weekend. */
  usual: number;
};

/** What can be said of it. */
export type EffectVerdict = 'fewer' | 'more' | 'unclear';

/** Why it ends. */
export type Ending = {
  /** Why it is not needed any more. */
  reason?: string;
};

/** Who sees to it. */
export type EntrustBody = {
  due_at?: Timestamp | null;
  /** The account of a colleague. */
  owner: UserId;
};

/** An id: digits in a string. */
export type EntryId = string;

/** Where to and why. */
export type EscalateBody = {
  /** Answers to what the path asks, each question once. */
  context?: EscalationAnswer[];
  /** What the receiver has to know. */
  reason: string;
  /** Say to the customer that others look at it now, and that they need not explain it again. */
  tell_customer?: boolean;
  /** Key of an escalation path of the plan, or a team's name. Only a path is followed level by level. */
  to: string;
};

/** An escalation. */
export type Escalation = {
  acknowledge_by: Timestamp | null;
  at: Timestamp | null;
  /** It went to and fro: more than two escalations of one conversation, or the same path again. */
  bouncing: boolean;
  /** Who acknowledged, accepted or gave it back, last. */
  by: string | null;
  /** What was asked once. */
  context: EscalationAnswer[];
  /** Of which conversation. */
  conversation: ConversationId;
  /** Its customer's name. */
  customer: string;
  /** All levels were called several times, and nobody said anything. */
  exhausted: boolean;
  /** Id. */
  id: EscalationId;
  /** The level that is reached, 0 for the first. */
  level: number;
  /** Whom it reaches, level by level. */
  levels: EscalationLevel[];
  /** Its name. */
  name: string;
  /** Key of the path. */
  path: string;
  /** When. */
  raised_at: Timestamp;
  /** Who escalated it. */
  raised_by: string;
  /** Why it was escalated. */
  reason: string;
  /** Why it was given back. */
  returned_because: string | null;
  /** How often all levels were gone through before. */
  round: number;
  /** How bad it was when it was escalated. */
  severity: Severity;
  /** Where it stands. */
  state: EscalationState;
  /** Its subject line. */
  subject: string;
  /** Of which window. */
  window: WindowId;
};

/** One question of the path's form with its answer. */
export type EscalationAnswer = {
  /** What was answered. */
  answer: string;
  /** As the plan asks it. */
  question: string;
};

/** An id: digits in a string. */
export type EscalationId = string;

/** One level of a path. */
export type EscalationLevel = {
  /** Whom it reaches: an address. */
  email: string;
  /** Their name, or the address of somebody who never signed in. */
  name: string;
};

/** Where problems go. */
export type EscalationPath = {
  asks: string[];
  key: string;
  name: string;
  to: string[];
};

/** Where it stands. */
export type EscalationState = 'waiting' | 'acknowledged' | 'accepted' | 'returned' | 'ended';

/** One figure behind a lesson. */
export type Evidence = {
  /** What was counted. */
  name: string;
  /** The figure as it is shown. */
  value: string;
};

/** The best place in the messages of a conversation. */
export type Excerpt = {
  /** When it was said. */
  at: Timestamp;
  /** Whose words. */
  author: Author;
  /** In which message. */
  message: MessageId;
  /** Their name. */
  name: string;
  /** It is a private note. */
  note: boolean;
  /** The text around it, in pieces. */
  pieces: TextPiece[];
};

/** One cause in its place. */
export type ExcessLine = {
  /** Its part with those before it, 0 to 1. */
  cumulative: number;
  /** How many more than expected; where no expectation is known, all. Negative where there were fewer. */
  excess: number;
  /** How many such days would have had; null where nobody knows. */
  expected: number | null;
  /** Its key; empty for what fits none. */
  key: string;
  /** Its name for people. */
  name: string;
  /** How many conversations there were. */
  observed: number;
  /** Its part of the whole excess, 0 to 1; 0 where there was none. */
  share: number;
};

/** What caused more work than usual, the largest excess first. */
export type Excesses = {
  /** By category, against the days before the change. */
  categories: ExcessLine[];
  /** Complete days since go-live: those that are counted by category. */
  days: number;
  desk: ExcessLine | null;
  /** By issue, likewise; the key is its id. */
  issues: ExcessLine[];
  /** What was usual is known of one category at least. */
  known: boolean;
  /** By scenario: about the change nobody could ask before it, so no expectation is known. */
  scenarios: ExcessLine[];
};

/** How near the exit is. */
export type ExitNow = {
  /** How many are needed. */
  needed: number;
  /** Whether every criterion is met. */
  ready: boolean;
  reset_by: Reset | null;
  /** The verdict in a sentence. */
  sentence: string;
  /** Stable days in a row. */
  streak: number;
};

/** Whether the window may end. */
export type ExitView = {
  /** What a lead should know beside the criteria; exit does not wait for it. */
  beside: Criterion[];
  /** What must be so, with the evidence. */
  criteria: Criterion[];
  /** Every day since go-live. */
  days: DayVerdict[];
  /** What stands in the way, and what to do about it. */
  missing: Gap[];
  /** How many are needed. */
  needed: number;
  /** The plan's objectives. */
  objectives: ObjectiveProgress[];
  /** Where the window stands. */
  phase: Phase;
  /** Every criterion is met. Leaving is still a person's decision. */
  ready: boolean;
  reset_by: Reset | null;
  /** The answer in one sentence. */
  sentence: string;
  /** Stable days in a row. */
  streak: number;
};

/** One text of an article, with what it would be imported as. */
export type ExportedArticle = ImportedArticle & {
  /** Something newer was saved and is not published: it is not part of this. */
  ahead: boolean;
};

/** A field of a conversation, with its value if it has one. */
export type FieldView = {
  /** The values it can have; empty where it is free text of up to 100 characters. */
  choices: string[];
  /** Its key. */
  key: string;
  /** What people call it. */
  name: string;
  /** Whether a plan names it now; otherwise its value can only be taken away. */
  planned: boolean;
  /** Its value. */
  value: string | null;
};

/** Which fields. */
export type FieldsBody = {
  /** Values by the field's key; null takes a value away. What is not named stays. */
  fields: Record<string, string | null>;
};

/** An id: digits in a string. */
export type FileId = string;

/** Something attached to a message. */
export type FileView = {
  /** What its bytes say it is. */
  content_type: string;
  /** Id. */
  id: FileId;
  /** It is shown within the text of a mail. */
  inline: boolean;
  /** Its name, safe as a file's. */
  name: string;
  /** Bytes. */
  size: number;
};

/** That all is done. */
export type FinishBody = {
  /** Why you go on without what is missing, where the plan has gaps; kept with the window's step. */
  reason?: string;
  /** The cutover's revision that you have seen. */
  revision: number;
};

/** Who has the fix of something temporary. */
export type FixBody = {
  /** The decision that allowed it. */
  decision: DecisionId;
  /** E-mail of who has the permanent fix: a person or a team. */
  email: string;
  /** What the fix is, or where it is planned. */
  fix: string;
  /** Their name, where the address does not say it. */
  name?: string;
};

/** A message through the form. */
export type FormBody = {
  /** The help centre's article that led here, as its page named it. */
  article?: string | null;
  /** Address for the answer. */
  email?: string;
  /** The page's own id of this form: sent twice, it is stored once. */
  form_id?: string | null;
  /** The language of the form. */
  lang?: string | null;
  /** Name. */
  name?: string;
  /** The help centre's search that led here, as its page named it. */
  search?: string | null;
  /** Subject line. */
  subject?: string;
  /** The message. */
  text?: string;
};

/** What became of it. */
export type FormReply = {
  /** The conversation it began. */
  conversation: ConversationId;
};

/** Where in a conversation a search found something. */
export type FoundIn = {
  /** The customer's name, likewise. */
  customer: TextPiece[] | null;
  excerpt: Excerpt | null;
  /** The subject in pieces; none where nothing in it was searched for. */
  subject: TextPiece[] | null;
};

/** One thing that is missing, and what to do about it. */
export type Gap = {
  /** What to do. */
  fix: string;
  /** Stable short name: `answers.price-higher.approved`. */
  key: string;
  /** What is missing, in a sentence. */
  what: string;
};

/** What is handed over. */
export type GiveBody = {
  /** Key of the item in the plan. */
  item: string;
  /** Where it is. */
  link?: string;
  /** What the receiver needs to know; needed unless there is a link. */
  note?: string;
};

/** One measure in both groups. */
export type GroupComparison = {
  /** Accounts that the change affected. */
  affected: GroupShare;
  /** What exactly is counted. */
  definition: string;
  /** The first share less the second, -1 to 1; none where a group is too small. */
  difference: number | null;
  /** Upper end. */
  high: number | null;
  /** Lower end of its 95 % interval. */
  low: number | null;
  /** adopted or cancelled. */
  measure: string;
  /** All others. */
  others: GroupShare;
  /** In words. */
  sentence: string;
};

/** How many of how many. */
export type GroupShare = {
  /** How many did. */
  part: number;
  /** The share, 0 to 1; none where the group is too small to say. */
  share: number | null;
  /** Of how many that are known of. */
  whole: number;
};

/** What a guard says. */
export type GuardVerdict = 'calm' | 'alarm' | 'worsening' | 'unknown';

/** One guard of a stage. */
export type GuardView = {
  /** Of which category. */
  category: string;
  /** The last closed day. */
  day: string | null;
  /** Its name. */
  name: string;
  /** The arithmetic in words. */
  sentence: string;
  /** Key of the signal. */
  signal: string;
  /** The sum since the step; above 3 takes the stage back. */
  sum: number | null;
  /** What it says. */
  verdict: GuardVerdict;
  /** Distance from normal on it, in standard deviations; positive is bad. */
  z: number | null;
};

/** The first day on which half as many customers wrote again as before. */
export type Halved = {
  /** How many days after the approval, counted from 1: the day of the approval. */
  days: number;
  /** Which day. */
  on: string;
};

/** Whose hand a message on the customer's side is from, if not the customer's. */
export type Hand = {
  /** Their address. */
  address: string;
  kind: 'other';
} | {
  /** What shows that, in words. */
  evidence: string;
  kind: 'machine';
};

/** Who speaks for us. */
export type Handler = 'assistant' | 'waiting' | 'person';

/** One handover. */
export type Handover = {
  backup: RotaPerson | null;
  /** When the backup is called, unless somebody takes over. */
  call_at: Timestamp;
  called_at: Timestamp | null;
  /** When the shift of the incoming person begins. */
  from: Timestamp;
  /** Its number. */
  id: RotaEntryId;
  /** Who comes. */
  incoming: RotaPerson;
  /** What was kept of the note when somebody took over: what was written, and which lines were ticked. */
  kept: unknown;
  /** The note: as it is now while it is open. */
  note: HandoverPart[];
  /** Whether it waits for the incoming person. */
  open: boolean;
  outgoing: RotaPerson | null;
  taken_at: Timestamp | null;
  taken_by: RotaPerson | null;
  /** When it ends. */
  to: Timestamp;
  /** Whether you may take over. */
  you_may_take_over: boolean;
  /** Whether you may write in the note. */
  you_may_write: boolean;
};

/** Somebody takes over. */
export type HandoverAcknowledged = {
  /** Which handover. */
  handover: RotaEntryId;
  /** The keys of the lines that you have read back: every critical one has to be among them. */
  ticked?: string[];
};

/** What the receiver said. */
export type HandoverAnswered = {
  /** When. */
  at: Timestamp;
  /** Who said or recorded it. */
  by: string;
  /** The evidence, or why it goes back. */
  reason: string | null;
  /** A colleague recorded it, because the receiver has no account. */
  recorded: boolean;
};

/** How something was handed over. */
export type HandoverGiven = {
  /** When. */
  at: Timestamp;
  /** Who gave it. */
  by: string;
  /** Where it is. */
  link: string;
  /** What the receiver needs to know. */
  note: string;
};

/** One item of the plan, and what people did with it. */
export type HandoverItem = {
  answered: HandoverAnswered | null;
  given: HandoverGiven | null;
  /** The receiver can sign in and answers themselves. Otherwise a colleague records what they said. */
  has_account: boolean;
  /** Its key in the plan. */
  key: string;
  receiver: Receiver | null;
  /** How often it was handed over: to be sent back with the answer, so that what is accepted is what was given last. */
  round: number;
  /** Where it stands. */
  state: HandoverItemState;
  /** What is so once it is handed over. */
  what: string;
  /** Whether you may accept it, or record that it was accepted. */
  you_may_accept: boolean;
  /** Whether you may hand it over. */
  you_may_give: boolean;
  /** Whether you may give it back, or record that it was given back. */
  you_may_return: boolean;
};

/** Where an item stands. */
export type HandoverItemState = 'open' | 'given' | 'accepted' | 'returned';

/** One line of a note. */
export type HandoverLine = {
  conversation: ConversationId | null;
  /** Whether it has to be ticked before the decision passes. */
  critical: boolean;
  decision: DecisionId | null;
  /** Who has it, what is due when, how long it waits. */
  detail: string;
  /** What it is about: `conversation:7`. This is what is ticked. */
  key: string;
  /** What it is called. */
  title: string;
};

/** What the person who takes over should know. */
export type HandoverNote = {
  /** The beginning of what the customer wrote last; empty for a click. */
  asked: string;
  /** What shows how the customer feels; empty if nothing does. */
  felt: string[];
  /** The answers that came nearest, best first, at most three. */
  matched: AnswerCandidate[];
  /** What the assistant did before, one sentence each; empty if nothing. */
  tried: string[];
  /** Why a person is needed. */
  why: string;
};

/** One section of a note. */
export type HandoverPart = {
  /** Its lines. */
  lines: HandoverLine[];
  /** Which. */
  section: HandoverSection;
  /** What it says in a sentence. */
  summary: string;
  /** What the outgoing person wrote. */
  written: string;
};

/** A part of the note that people write in, each beside what was generated. */
export type HandoverSection = 'situation' | 'open' | 'decisions' | 'promises' | 'watch' | 'changed';

/** What is written in a section. */
export type HandoverText = {
  /** In which handover. */
  handover: RotaEntryId;
  /** Which section. */
  section: HandoverSection;
  /** What; empty takes it out. */
  text: string;
};

/** What a report is about. */
export type Headline = {
  /** Kind of change. */
  change_kind: ChangeKind;
  closed_at: Timestamp | null;
  /** Days so far, that of go-live included; 0 before. */
  day: number;
  /** When the change went or goes live. */
  go_live_at: Timestamp;
  /** The window's key. */
  key: string;
  /** Its name. */
  name: string;
  /** Who answers for it. */
  owners: string[];
  /** Where it stands. */
  phase: Phase;
  /** Days planned. */
  planned: string | null;
  /** What changed. */
  summary: string;
  /** Until when the figures go: now, or when it was closed. */
  until: Timestamp;
  /** Zone of all days and times. */
  zone: string;
};

/** An approved answer, whole. */
export type HelpAnswer = {
  /** Where it says more; empty if nowhere. */
  source: string;
  /** Its three parts, as they were approved. */
  text: string;
  /** The question it answers. */
  title: string;
};

/** An article that was found. */
export type HelpArticle = {
  /** The language that it is in. */
  lang: string;
  /** Where it is, below the help centre's address. */
  path: string;
  /** What it is about; may be empty. */
  summary: string;
  /** Its title. */
  title: string;
  /** The whole address. */
  url: string;
};

/** What a search found. */
export type HelpFound = {
  answer: HelpAnswer | null;
  /** Articles of the help centre, the best first; at most ten. */
  articles: HelpArticle[];
  /** The two questions that it may be about; empty where nothing is to be chosen. */
  choices: string[];
  /** There is no answer to show: offer to write. */
  write_to_us: boolean;
};

/** The settings, and where the help centre is. */
export type HelpSettings = CentreSettings & {
  /** Its first page. */
  page: string;
  /** What search engines are told. */
  sitemap: string;
};

/** What fits what is being typed. */
export type HelpSuggested = {
  answer: HelpAnswer | null;
  /** Where the answer says more, if that is an article here. */
  answer_path: string | null;
  /** Articles, the best first; at most six. */
  articles: HelpArticle[];
};

/** How readers found it. */
export type Helpful = {
  /** It did not help so many. */
  no: number;
  /** It helped so many. */
  yes: number;
};

/** Whether an answer helped. */
export type HelpfulBody = {
  /** Did it. */
  helpful: boolean;
  /** Which message of the assistant. */
  message: MessageId;
};

/** Other weekly hours from a day on, until another day or for good. */
export type HoursChange = {
  /** First day on which these hours hold (YYYY-MM-DD). */
  from: string;
  /** Opening hours by weekday (mon … sun); a weekday that is left out is closed. */
  hours: Record<string, string[]>;
  /** First day on which they hold no more (YYYY-MM-DD). Without it they hold for good. */
  until: string | null;
};

/** How somebody is reached. */
export type HowReached = {
  /** When what is told on which way: choices, and what is usual. */
  cells: NoticeCell[];
  /** What is chosen for together, the most urgent first. */
  groups: NoticeGroupKinds[];
  /** What would become of something that happens now. */
  now: NoticePreview[];
  /** They decide now, or are the backup: quiet hours do not hold. */
  on_duty: boolean;
  /** Whose. */
  person: UserId;
  quiet_until: Timestamp | null;
  /** Send it back with a change: it is refused where the rules changed meanwhile. */
  revision: number;
  /** Their rules; what is not chosen is as usual. */
  rules: NoticeRules;
  /** Their ways, their own address first. */
  ways: NoticeWay[];
};

/** How much it hurts. */
export type Impact = 'none' | 'minor' | 'major' | 'critical';

/** A table of accounts. */
export type ImportBody = {
  /** Only say what would be done. */
  dry_run?: boolean;
  /** The table as text: values between commas, semicolons or tabs. The first line names the columns: key, name, value, currency, renewal, owner, domains, notes, cancelled. */
  text: string;
};

/** What became of one. */
export type ImportOutcome = 'made' | 'changed' | 'same' | 'refused';

/** What became of all. */
export type ImportReport = {
  /** In the order in which they came. */
  items: ImportedText[];
};

/** What an import did, or would do. */
export type Imported = {
  /** Accounts of which something else is known now. */
  changed: number;
  /** Accounts that are new. */
  created: number;
  /** Nothing was kept. */
  dry_run: boolean;
  /** Accounts of which all was known. */
  same: number;
};

/** One text of an article from elsewhere. */
export type ImportedArticle = {
  /** Who may read it. */
  audience: Audience;
  /** The category in it; made where there is none. */
  category: ShelfName;
  /** The collection; made where there is none. */
  collection: ShelfName;
  /** The article's name: texts in several languages have the same. */
  key: string;
  /** The language of the text. */
  lang: string;
  /** Addresses that it had. */
  redirects: string[];
  /** Keys of related articles. Those that are not there yet are left out: send it again once they are. */
  related: string[] | null;
  /** The last part of its address; made from the title where nothing is given. */
  slug: string | null;
  /** What it is to be: `published`, `draft`, or `retired`. */
  state: ArticleState;
  /** What it says. */
  text: ArticleText;
};

/** What became of one. */
export type ImportedText = {
  /** The article's key. */
  key: string;
  /** The language. */
  lang: string;
  /** What became of it. */
  outcome: ImportOutcome;
  /** Why it was refused: which field, what was wrong and what would be right. */
  why: string | null;
};

/** A message from a customer on any channel. */
export type InboundBody = {
  /** Where it came in. */
  channel: Channel;
  /** Who wrote. */
  contact: ContactBody;
  conversation?: ConversationId | null;
  /** The channel's own id of the message: the same id on the same channel is stored once. Without it the `Idempotency-Key` header serves. */
  external_id?: string | null;
  /** Values of the fields that the plan names, by key; only with the message that begins a conversation. */
  fields?: Record<string, string>;
  sent_at?: Timestamp | null;
  /** Subject line. */
  subject?: string | null;
  /** What they wrote. */
  text: string;
};

/** What became of it. */
export type InboundReply = {
  /** What the assistant did. */
  action: Action;
  /** The conversation it is in. */
  conversation: ConversationId;
  /** It was here already. */
  duplicate: boolean;
  /** Its id. */
  message: MessageId;
  /** The first look, with its reasons. */
  triage: Triage;
};

/** An address that customers write to. */
export type InboxStatus = {
  /** The address. */
  address: string;
  /** As mail programs show it before the address. */
  name: string;
};

/** Where customers should go. */
export type Intake = {
  pointer: string;
  primary: Channel;
};

/** One day. */
export type IntakeDay = {
  /** Conversations about the change that began. */
  all: number;
  /** Of these, on the primary channel. */
  by_primary: number;
  /** Its beginning. */
  from: Timestamp;
  /** Its end. */
  until: Timestamp;
};

/** Where questions about the change come in. */
export type IntakeFigures = {
  /** Customers who began on another channel, and came with another question later. */
  again: number;
  /** Of these, those whose next question came by the primary channel. */
  again_by_primary: number;
  /** Conversations about the change since then. */
  all: number;
  /** Of these, those that began on the primary channel. */
  by_primary: number;
  /** By local day, oldest first. */
  days: IntakeDay[];
  /** What customers on other channels read. */
  pointer: string;
  /** Where the plan wants them. */
  primary: Channel;
  /** From here on, the moment of go-live. */
  since: Timestamp;
};

/** An issue with its reach. */
export type Issue = {
  answer: IssueAnswer | null;
  /** Linked conversations. */
  conversations: number;
  /** Different customers. */
  customers: number;
  first_seen: Timestamp | null;
  /** Id. */
  id: IssueId;
  last_seen: Timestamp | null;
  /** The last decision about it that can be taken back. */
  last_step: number | null;
  may_repeat: IssueRef | null;
  merged_into: IssueId | null;
  /** When it was opened. */
  opened_at: Timestamp;
  owner: IssueOwner | null;
  /** The same for the last 14 days, today last. */
  per_day: number[];
  /** Why it happens, once known. */
  root_cause: string;
  /** The plan's scenario, if it is one. */
  scenario: string | null;
  /** How much it hurts. */
  severity: Severity;
  /** Where work stands. */
  state: IssueState;
  /** Name, for people. */
  title: string;
  /** Linked conversations that began today, in the window's zone. */
  today: number;
  /** Of these not settled: whom a reply to all would help. */
  unresolved: number;
  /** Of which window. */
  window: WindowId;
  /** Typical wordings as customers wrote them, at most five, the most typical first. */
  wordings: string[];
  /** Linked conversations that began yesterday. */
  yesterday: number;
};

/** What customers are told. */
export type IssueAnswer = {
  /** The answer. */
  id: AnswerId;
  /** Where it stands. */
  state: AnswerState;
  /** Its title. */
  title: string;
};

/** One thing that happened to an issue. */
export type IssueHappened = Change & {
  /** The step to name when it is taken back; none where it cannot be. */
  step?: number | null;
  /** It was taken back. */
  undone: boolean;
};

/** An id: digits in a string. */
export type IssueId = string;

/** Who has an issue. */
export type IssueOwner = {
  /** The person. */
  id: UserId;
  /** Their name. */
  name: string;
};

/** One group. */
export type IssuePart = {
  /** Its conversations with what stands for each, the newest first. */
  conversations: PartMember[];
  /** A name: the question that is most typical. */
  title: string;
  /** Wordings, at most five, the most typical first. */
  wordings: string[];
};

/** How an issue could be split. */
export type IssueParts = {
  /** Conversations that were looked at: the newest, at most 200. */
  looked_at: number;
  /** The groups that are seen, the greater first; one where all say the same, none where nothing can be compared. */
  parts: IssuePart[];
};

/** What changes; what is left out stays. */
export type IssuePatch = {
  /** New answer. `null` is refused: name another one, or retire it. */
  answer?: AnswerId;
  /** New owner. An issue always has one, so `null` is refused. */
  owner?: UserId;
  /** New root cause. */
  root_cause?: string | null;
  severity?: Severity | null;
  state?: IssueState | null;
  /** New name. */
  title?: string | null;
};

/** An issue, in short. */
export type IssueRef = {
  /** Id. */
  id: IssueId;
  /** Name. */
  title: string;
};

/** Where work on an issue stands. Going back is allowed; it happens. */
export type IssueState = 'proposed' | 'investigating' | 'identified' | 'workaround' | 'monitoring' | 'resolved' | 'dismissed';

/** The answer to what was handed over. */
export type ItemAnswer = {
  /** Key of the item in the plan. */
  item: string;
  /** Why it goes back; or, for a receiver without an account, how they accepted it. */
  reason?: string;
  /** Which handing over is meant: `round` of the item as it was read. */
  round: number;
};

/** A conversation that is read together with another one. */
export type Joined = {
  /** Where it took place. */
  channel: Channel;
  /** Its customer's name. */
  customer: string;
  /** Which. */
  id: ConversationId;
  merged_at: Timestamp | null;
  merged_into: ConversationId | null;
  /** It is the same customer's: what they write there goes on here. */
  same_customer: boolean;
  /** Its subject line. */
  subject: string;
};

/** A judgement of the assistant's answer. */
export type JudgeBody = {
  /** The message with the assistant's answer. */
  message: MessageId;
  right?: AnswerId | null;
  verdict?: OutcomeVerdict | null;
};

/** What is known of the assistant's answer. */
export type JudgedAnswer = {
  /** A person judged it here, and that can be taken back. */
  by_hand: boolean;
  /** The message with the answer. */
  message: MessageId;
  right: AnswerId | null;
  source: OutcomeSource | null;
  verdict: OutcomeVerdict | null;
};

/** What it became. */
export type KeepBody = {
  article?: ArticleId | null;
  /** For such a draft: who may read it. */
  audience?: Audience;
  category?: CategoryId | null;
  /** `article`, `macro` or `rule`. To retire it, retire the answer. */
  kind: Kept;
  /** For such a draft: its language; the first of the help centre where it is left out. */
  lang?: string | null;
  /** Where else it is: an address or a reference. Needed for an article of another help centre. */
  link?: string;
  /** What the rule says. Needed for a rule without a link. */
  text?: string;
  /** Its name there; the answer's own title where it is left out. */
  title?: string;
  /** The version that was read: the one that may be said now. */
  version: number;
};

/** What an answer can become. Retiring is [`super::AnswerCommand::Retire`], with its reason. */
export type Kept = 'article' | 'macro' | 'rule';

/** An article of the help centre that an answer became. */
export type KeptArticle = {
  /** Who may read it. */
  audience: Audience;
  /** Which. */
  id: ArticleId;
  /** Its languages. */
  languages: string[];
  /** Where it stands: `published` as soon as readers see it in one language. */
  state: ArticleState;
  /** Its title now, in the first language of the help centre where it has that: as readers see it, or as it was saved last. */
  title: string;
};

/** What becomes of what was said. */
export type KnowledgeToKeep = {
  /** Drafts that were never approved: they end with the window. */
  drafts: number;
  /** The answers: those that wait first, by their date; then those that became something. Drafts that were never approved are not among them. */
  items: AnswerKeeping[];
  /** How many wait. */
  waiting: number;
};

/** A length of time: a number and a unit, such as 15 min, 4 h, 2 d, 1 h 30 min. */
export type Length = string;

/** One thing to change next time. */
export type Lesson = {
  change: PlanAdjustment | null;
  /** The figures that say so. */
  evidence: Evidence[];
  /** What sort. */
  kind: LessonKind;
  /** What it is about: a scenario, an issue, a question. */
  subject: string;
  /** What to do, in a sentence. */
  suggestion: string;
};

/** What sort of lesson it is. */
export type LessonKind = 'gap' | 'answer_missing' | 'needed_people' | 'unforeseen' | 'stalled' | 'owner' | 'escalation' | 'promise';

/** What became of a letter. */
export type LetterState = 'pending' | 'delivered' | 'failed';

/** Which issue. */
export type LinkBody = {
  issue?: IssueId | null;
};

/** A page of conversations. */
export type ListedConversations = {
  /** The conversations. */
  items: ConversationItem[];
  /** Where the next page begins; null at the end. A search lists the best 1,000. */
  next: string | null;
  searched: Searched | null;
};

/** A reply that agents go on using. */
export type Macro = {
  /** The answer that it is. */
  answer: AnswerId;
  /** Where it says more. */
  source: string;
  /** The reply. */
  text: string;
  /** Its name. */
  title: string;
  /** Which version. */
  version: number;
  /** The window that it was made for. */
  window: WindowId;
};

/** How a call went. */
export type MadeBody = {
  /** Whom. */
  account: AccountId;
  /** `calls` as it was read: two colleagues who called at once are told apart. */
  calls?: number | null;
  /** What they said; needed where somebody was reached. */
  note?: string;
  /** Somebody was reached. */
  reached: boolean;
};

/** A new token. Its secret is shown here and nowhere else. */
export type MadeToken = {
  /** Id. */
  id: TokenId;
  /** What it is for. */
  name: string;
  /** What it may do. */
  scopes: Permission[];
  /** The secret: `Authorization: Bearer hc_…`. */
  token: string;
};

/** A mail as it came. */
export type MailDetail = {
  /** What the mail server before us found of DKIM, SPF and DMARC. */
  authentication: AuthenticationView[];
  /** Pictures from elsewhere that were left out, because loading them tells the sender that the mail was read. */
  blocked_images: number;
  /** In copy. */
  cc: string[];
  /** Who says to have written it. */
  from: string;
  /** Whether it has HTML; `/messages/{id}/mail/page` shows it. */
  has_html: boolean;
  /** Id. */
  id: MailId;
  /** The inbox it came to. */
  inbox: string;
  /** Its whole text in parts; those that are not `own` are folded. */
  parts: MailPart[];
  /** When it came. */
  received_at: Timestamp;
  /** What is odd about it, in words. */
  remarks: string[];
  /** Where answers are asked for, if elsewhere. */
  reply_to: string | null;
  sent_at: Timestamp | null;
  /** Bytes. */
  size: number;
  /** The subject. */
  subject: string;
  /** To whom, as it says. */
  to: string[];
};

/** An id: digits in a string. */
export type MailId = string;

/** A run of lines. */
export type MailPart = {
  /** own, quoted or signature. */
  fate: string;
  /** The lines. */
  text: string;
};

/** How e-mail comes in. */
export type MailStatus = {
  /** Mails that are held until somebody looks at them. */
  held: number;
  /** Addresses that customers write to; answers come from the one they wrote to. */
  inboxes: InboxStatus[];
  /** Where mail servers hand mails over by LMTP. */
  lmtp: string | null;
  /** Mailboxes that are read. */
  mailboxes: MailboxStatus[];
  /** Where mail servers hand mails over by SMTP. */
  smtp: string | null;
};

/** A mail that came in. */
export type MailView = {
  conversation: ConversationId | null;
  /** Who decided what becomes of it. */
  decided_by: string | null;
  /** Who says to have written it. */
  from: string;
  /** Id. */
  id: MailId;
  /** The inbox it came to. */
  inbox: string;
  /** Why it is held: unreadable, too_large, automatic, circle, no_sender or refused. */
  kind: string | null;
  message: MessageId | null;
  /** The same in words. */
  reason: string | null;
  /** When it came. */
  received_at: Timestamp;
  /** Bytes. */
  size: number;
  /** lmtp, smtp or imap. */
  source: string;
  /** new, taken, report, held or discarded. */
  state: string;
  /** Its subject. */
  subject: string;
};

/** A mailbox that is read by IMAP. */
export type MailboxStatus = {
  checked_at: Timestamp | null;
  /** What keeps it from being read, in the server's words. */
  error: string | null;
  error_since: Timestamp | null;
  /** The inbox that its mails are for. */
  inbox: string;
  /** User, host and folder. */
  mailbox: string;
  /** Nothing is changed in it. */
  read_only: boolean;
};

/** Messages to try. */
export type ManyMessages = {
  /** What customers would write: 1 to 100 messages of at most 2,000 characters. */
  messages: string[];
};

/** One moment on the axis. */
export type Marker = {
  /** When. */
  at: Timestamp;
  /** What kind. */
  kind: MarkerKind;
  /** What to write beside it. */
  label: string;
};

/** What kind of thing happened. */
export type MarkerKind = 'go_live' | 'phase' | 'broadcast' | 'answer' | 'update' | 'stage';

/** How far a matter is. Going back is allowed: what seemed identified may not be. */
export type MatterState = 'investigating' | 'identified' | 'monitoring' | 'resolved';

/** Who is signed in. */
export type Me = {
  /** A service suggests wordings here, for approval. */
  drafting: boolean;
  /** What they may do. */
  permissions: Permission[];
  /** The person. */
  user: User;
};

/** Somebody who is mentioned: where the text has `@{ID}`. */
export type Mention = {
  /** They cannot sign in any more. */
  former: boolean;
  /** Who. */
  id: UserId;
  /** Their name now. */
  name: string;
};

/** Into which issue. */
export type Merge = {
  /** The issue that stays. */
  into: IssueId;
};

/** Into which conversation. */
export type MergeBody = {
  /** They are of two customers, and belong together all the same. Replies go to the customer of the one that stays, and to nobody else; what the other one writes next begins a conversation of its own. Not possible where both are vouched for as different people. */
  across_contacts?: boolean;
  /** The conversation that stays. */
  into: ConversationId;
  /** Why, if there is something to keep. */
  reason?: string | null;
};

/** An id: digits in a string. */
export type MessageId = string;

/** One message as the team sees it. */
export type MessageView = {
  answer?: AnswerUse | null;
  /** When. */
  at: Timestamp;
  /** Whose words. */
  author: Author;
  broadcast?: BroadcastId | null;
  /** In which conversation it was said: this one, or one that became part of it. */
  conversation: ConversationId;
  /** pending, sent or failed, where the channel needs sending. */
  delivery?: string | null;
  /** Why it failed or is tried again. */
  delivery_error?: string | null;
  /** What is attached. */
  files: FileView[];
  hand?: Hand | null;
  /** Did the customer say that it helped. */
  helpful?: boolean | null;
  /** Id. */
  id: MessageId;
  /** Whether there is a mail behind it, with all that it said: `/messages/{id}/mail`. */
  mail: boolean;
  /** Who is mentioned in a note, where its text has `@{ID}`. */
  mentions: Mention[];
  /** Name to show. */
  name: string;
  /** Never shown to the customer. */
  note: boolean;
  /** The text. */
  text: string;
  user?: UserId | null;
};

/** One precondition that a step lacks. */
export type MissingForStep = {
  /** Whether a person can go past it with a reason. Never past the order, and not outside a window that is stabilising. */
  can_override: boolean;
  /** What would do. */
  fix: string;
  /** Stable short name: `stable_days`, `alarm.contacts@billing`. */
  key: string;
  /** What is missing, in a sentence. */
  what: string;
};

/** A part that is required before approval. */
export type MissingPart = {
  /** What to do. */
  ask: string;
  /** Which field. */
  field: string;
};

/** An amount in a currency. */
export type Money = {
  /** Digits with a point: `12000.50`. A text, so that nothing is rounded on the way. */
  amount: string;
  /** Three letters, as in ISO 4217: `EUR`. */
  currency: string;
};

/** What it is called in one language. */
export type Named = {
  /** What is in it: at most 300 characters. */
  description: string;
  /** Its name: one line of at most 80 characters. */
  name: string;
};

/** The approved answer that comes nearest. */
export type NearestAnswer = {
  /** Which. */
  answer: AnswerId;
  /** The estimated chance that it fits, 0 to 1; none where it was found by what people replied with. */
  confidence: number | null;
  /** Its title. */
  title: string;
  /** How often people replied to these messages with it. */
  used: number;
};

/** A new action. */
export type NewAction = {
  /** The day by whose end it is to be done (YYYY-MM-DD), in the review's zone. */
  due: string;
  /** About which item of its agenda. */
  item?: string | null;
  /** Who does it: somebody who can sign in. */
  owner: UserId;
  review?: ReviewId | null;
  /** What is to be done; at most 300 characters. */
  title: string;
};

/** Addresses, as they stand in a file. */
export type NewAddresses = {
  /** One in a line, or with commas or semicolons between them; in a table with commas the first column counts. At most 5,000. */
  text: string;
  /** For this window. */
  window: WindowId;
};

/** A new answer. */
export type NewAnswer = {
  /** Its text; parts may be missing until it is approved. */
  text: AnswerText;
  unanswered?: ConversationId | null;
  /** What a suggested wording says that its source does not, word for word. Whoever approves says that they have seen it. */
  unsupported?: string[];
  /** For this window. */
  window: WindowId;
};

/** A new article with its first text. */
export type NewArticle = {
  /** Who may read it. */
  audience?: Audience;
  /** Where it stands. */
  category: CategoryId;
  /** The language of the text. */
  lang: string;
  /** A note on this revision. */
  note?: string;
  /** The last part of the address; made from the title where nothing is given. */
  slug?: string | null;
  /** What it says. */
  text: ArticleText;
};

/** A new bridge. */
export type NewBridge = {
  /** In its address: small letters, digits and hyphens. It stays. */
  key: string;
  /** What it leads to, such as WhatsApp. */
  name: string;
  /** Where replies go: `https://…`. Only public addresses, and those that the operator named. */
  url: string;
};

/** What to say to everybody. */
export type NewBroadcast = {
  answer_id?: AnswerId | null;
  /** Whether it settles the conversations; otherwise they wait for the customer. */
  resolve?: boolean;
  /** A text; `{name}` becomes the customer's first name. */
  text?: string | null;
};

/** A new check-in. */
export type NewCheckIn = {
  /** What it asks, and whom. */
  content: CheckInContent;
  /** Of this window. */
  window: WindowId;
};

/** What is asked. */
export type NewCover = {
  /** From when: a shift of yours, or a part of it. */
  from: Timestamp;
  in_return?: Period | null;
  /** Why. */
  reason?: string;
  /** In which role. */
  role?: DutyRole;
  /** Until when. */
  to: Timestamp;
  /** Whom you ask, by e-mail address; none: anybody. */
  who?: string | null;
};

/** What begins. */
export type NewCutover = {
  /** As a rehearsal: the window stays as it is, and the record is kept for comparison. */
  rehearsal?: boolean;
  /** Of this window. */
  window: WindowId;
};

/** A question. */
export type NewDecision = {
  conversation?: ConversationId | null;
  issue?: IssueId | null;
  /** What kind of question. */
  kind: DecisionKind;
  /** The question: 1 to 2,000 characters. */
  question: string;
  /** The scenario it is about: decides who may rule. */
  scenario?: string | null;
  /** Of this window. */
  window: WindowId;
};

/** Changed rules. */
export type NewHowReached = {
  /** The revision that they are a change of. */
  revision: number;
  /** The rules. */
  rules: NoticeRules;
};

/** A new issue. */
export type NewIssue = {
  answer?: AnswerId | null;
  /** Conversations to link; they leave the issue they had. */
  conversations?: ConversationId[];
  /** The plan's scenario, if it is one. */
  scenario?: string | null;
  /** How much it hurts; normal by default. */
  severity?: Severity;
  /** Name, for people: 1 to 160 characters. */
  title: string;
  /** Of this window. */
  window: WindowId;
};

/** A message with its right answer. */
export type NewLabel = {
  /** Key or id of the right answer; null where no answer of the window is right. */
  answer?: string | null;
  /** The message, as a customer would write it; at most 2,000 characters. */
  text: string;
};

/** Messages with their right answers. */
export type NewLabels = {
  /** 1 to 1,000 messages. */
  labels: NewLabel[];
};

/** A new way. */
export type NewNoticeWay = {
  /** An e-mail address; the address of an incoming webhook of Slack; or that of a program of yours, told as Standard Webhooks say. */
  address: string;
  /** What kind. */
  kind: WayKind;
  /** What you call it. */
  name: string;
};

/** How sure one is. */
export type NewPulse = {
  /** Why, if one wants to say; for the lead. */
  comment?: string;
  /** 1 (worried) to 5 (sure). */
  score: number;
};

/** An addition. */
export type NewReviewAddition = {
  /** What is corrected or added. At most 4,000 characters. */
  text: string;
};

/** A note. */
export type NewReviewNote = {
  /** The key of the item. */
  item: string;
  /** The revision of the note that you read; 0 where there was none. */
  revision?: number;
  /** The whole text; blank takes the note away. At most 4,000 characters. */
  text: string;
};

/** A ruling. */
export type NewRuling = {
  /** Why: the next person with this question reads it. */
  reason?: string;
  /** How. */
  ruling: Ruling;
  until?: Timestamp | null;
};

/** Something to be made: a collection, or a category of one. */
export type NewShelf = {
  /** What it is called, by language. */
  names: Record<string, Named>;
  /** The last part of its address; made from a name where nothing is given. */
  slug?: string | null;
};

export type NewToken = {
  /** What it is for. */
  name: string;
  /** What it may do. */
  scopes: Permission[];
};

/** Where to, and why. */
export type NewTransition = {
  /** Why; needed for going on over gaps, for closing and for going back. */
  reason?: string | null;
  /** `active`, `stabilising` or `closed`. */
  to: Phase;
};

/** The first entry of a new matter. */
export type NewUpdate = {
  /** What it says. */
  content: UpdateContent;
  /** Of this window. */
  window: WindowId;
};

/** Where updates shall go. */
export type NewUpdateSettings = {
  /** The address of an incoming webhook of Slack; null removes it. */
  slack_url?: string | null;
};

export type NewUser = {
  /** E-mail address: how they sign in. */
  email: string;
  /** Name to show. */
  name: string;
  /** First password, at least 10 characters. */
  password: string;
  /** Role. */
  role: Role;
};

/** A new version. */
export type NewVersion = {
  /** Its text. */
  text: AnswerText;
  unanswered?: ConversationId | null;
  /** What a suggested wording says that its source does not, word for word. Whoever approves says that they have seen it. */
  unsupported?: string[];
};

/** A view to save. */
export type NewView = {
  /** What it asks for. */
  filters: ConversationFilters;
  /** 1 to 60 characters; you have no other view of this name. */
  name: string;
  /** Everybody sees it. */
  shared?: boolean;
};

/** A new address. */
export type NewWebhook = {
  /** What it is for. */
  description?: string | null;
  /** Kinds of events, `issue.*` or `*`; all unless told. */
  kinds?: string[] | null;
  /** Send the texts of messages along. */
  messages?: boolean | null;
  /** Send the texts of private notes along. */
  notes?: boolean | null;
  /** Where to: `https://…`. Only public addresses, and those that the operator named. */
  url: string;
};

/** Another accepted rate. */
export type NewWrongRate = {
  /** Why. */
  reason: string;
  /** Also take out the confidence that the plan fixes, so that the outcomes set the threshold. */
  unfix?: boolean;
  /** Accepted share of wrong answers, 0.001 to 0.2. */
  wrong_rate: number;
};

/** The promise that runs out next. */
export type NextDue = {
  /** It has run out already. */
  breached: boolean;
  /** When. */
  due_at: Timestamp;
  /** What is promised. */
  kind: ClockKind;
};

/** Who follows. */
export type NextOwner = {
  /** From when. */
  from: Timestamp;
  /** Name, or the address. */
  name: string;
};

/** The next promised update. */
export type NextUpdate = {
  /** When. */
  promise: UpdatePromise;
  /** How many matters of the window have promised one, this one included; at most 100. */
  promised: number;
  /** Its title. */
  title: string;
  /** Of which matter. */
  update: UpdateId;
};

/** Everything that is handed over at the end of a window. */
export type NormalView = {
  /** How many are accepted. */
  accepted: number;
  /** The items of the plan, in its order. */
  items: HandoverItem[];
  /** What is open at this moment, from the store: nobody types it. */
  open: OpenItems[];
  /** What only works for a while, and issues with a way round: with end and the owner of the fix. */
  workarounds: WorkaroundView[];
};

/** Which stage returns to normal promises. */
export type NormaliseStage = {
  /** Also where something is missing that can be gone past. */
  override?: boolean;
  /** Why; needed for going past what is missing. */
  reason?: string | null;
  /** Its name. */
  stage: string;
};

/** Which one. */
export type NotSameBody = {
  /** The other conversation. */
  other: ConversationId;
};

/** A note. */
export type NoteBody = {
  /** Files that were uploaded for it, at most ten; only the team sees them. */
  files?: FileId[];
  /** The text; only the team reads it. `@{ID}` with the id of somebody of the team mentions them: they get a notice. */
  text: string;
};

/** Nothing needs to be said. */
export type NothingBody = Record<string, unknown>;

/** One notice. */
export type Notice = {
  account: NoticeAccount | null;
  /** Who did it: somebody of us, a program, or the customer. */
  actor: string;
  /** When. */
  at: Timestamp;
  conversation: NoticePlace | null;
  decision: DecisionId | null;
  /** More of it, as a word: which promise (`first_response`), how you were given it (`in_turn`), what was merged (`merged`, `took_in`, `parted`, `let_go`), the ruling (`yes`, `no`), what became of a request for cover (`asked`, `accepted`, `withdrawn`, `expired`), what a handover asks of you (`take_over`, `write`, `late`, `stay`, `taken`, `nobody`), what a step of a cutover (`ready`, `late`), a trigger (`fired`, `past`, `no_go`) or the end of one is (`finished`, `rolled_back`, `stopped`). Empty where there is no more. */
  detail: string;
  /** Its id; later ones have greater ids. */
  id: string;
  /** What it tells. */
  kind: NoticeKind;
  message: MessageId | null;
  /** You have read it. */
  read: boolean;
  /** The beginning of the note, what a cutover is about, or the beginning of the customer's message or of the question, or the update's title, as it is now. */
  text: string | null;
  update: UpdateId | null;
  window: WindowId | null;
};

/** The account that a notice is about. */
export type NoticeAccount = {
  /** Which. */
  id: AccountId;
  /** What it is called now. */
  name: string;
};

/** When something of a group is told on a way. */
export type NoticeCell = {
  /** They chose it; otherwise it is what is usual. */
  chosen: boolean;
  /** For what. */
  group: NoticeGroup;
  /** On which way. */
  way: WayId;
  /** When. */
  when: NoticeWhen;
};

/** A choice for one group and way. */
export type NoticeChoice = {
  /** For what. */
  group: NoticeGroup;
  /** On which way; `0` is the address that you sign in with. */
  way: WayId;
  /** When. */
  when: NoticeWhen;
};

/** What becomes of a notice on a way. */
export type NoticeFate = 'waiting' | 'sent' | 'read' | 'settled' | 'same' | 'muted';

/** What is chosen for together. */
export type NoticeGroup = 'act' | 'mentions' | 'promises' | 'decisions' | 'escalations' | 'updates' | 'handover' | 'follow';

/** A group, and what is in it. */
export type NoticeGroupKinds = {
  /** Which. */
  group: NoticeGroup;
  /** What is in it. */
  kinds: NoticeKind[];
};

/** What somebody is told of. */
export type NoticeKind = 'mention' | 'assigned' | 'message' | 'breach_soon' | 'breached' | 'decided' | 'asked' | 'waits' | 'runs_out' | 'escalated' | 'handled' | 'merged' | 'update_asked' | 'check_in_asked' | 'update_due_soon' | 'update_overdue' | 'cutover_step' | 'cutover_trigger' | 'cutover_over' | 'cover' | 'shift' | 'handover' | 'backup' | 'action' | 'review_missed' | 'entrusted' | 'handed_over' | 'relapse' | 'call' | 'way_off';

/** The least severity of a group that is told at all. */
export type NoticeLeast = {
  /** For what. */
  group: NoticeGroup;
  /** From which severity on. What has none is told whatever stands here. */
  severity: Severity;
};

/** A line of the log: what became of a notice on a way, and why. */
export type NoticeLogLine = {
  /** When it was. */
  at: Timestamp;
  /** How often it was tried. */
  attempts?: number | null;
  done_at?: Timestamp | null;
  /** When it is due, or went out. */
  due_at: Timestamp;
  /** What was wrong. */
  error?: string | null;
  kind?: NoticeKind | null;
  letter?: LetterState | null;
  /** Which notice. */
  notice: string;
  /** Why then, or why not. */
  reason: NoticeReason;
  severity?: Severity | null;
  /** What became of it. */
  state: NoticeFate;
  /** On which way; its name is empty where it was removed. */
  way: WayId;
  way_kind?: WayKind | null;
  /** What it is called. */
  way_name: string;
};

/** The conversation that a notice is about. */
export type NoticePlace = {
  /** Its customer's name. */
  customer: string;
  /** Which. */
  id: ConversationId;
  /** Its subject line. */
  subject: string;
};

/** What would become of something that happens now. */
export type NoticePreview = {
  at: Timestamp | null;
  /** What kind of thing. */
  group: NoticeGroup;
  /** Why. */
  reason: NoticeReason;
  /** How severe. */
  severity: Severity;
  /** On which way. */
  way: WayId;
};

/** Why something is told when it is told, or why not. */
export type NoticeReason = 'at_once' | 'if_unread' | 'hourly' | 'daily' | 'quiet' | 'breaks_quiet' | 'on_duty' | 'gathered' | 'throttled' | 'never' | 'less_severe' | 'way_shut' | 'same' | 'own_letter';

/** Somebody's rules. */
export type NoticeRules = {
  /** What differs from what is usual. */
  choices: NoticeChoice[];
  /** When the day's bundle comes, on their clock. */
  daily_at: string;
  /** From which severity on. */
  least: NoticeLeast[];
  quiet: QuietHours | null;
  /** Time zone of their day. */
  zone: string;
};

/** What you want to be told of. */
export type NoticeSettings = {
  /** A notice on your desktop may show what the customer or a colleague wrote. Without it, it only says that there is something. */
  desktop_words: boolean;
  /** What you are not told of; everything else you are. What comes while a kind is off is not kept for you. */
  off: NoticeKind[];
};

/** A way to reach somebody. */
export type NoticeWay = {
  /** The e-mail address; of an address that is called its host and its last letters. */
  address: string;
  /** The address is proved to be theirs. */
  confirmed: boolean;
  /** Id; `0` is the address that they sign in with. */
  id: WayId;
  /** What kind. */
  kind: WayKind;
  last: NoticeWayLast | null;
  /** What it is called. */
  name: string;
  /** Messages go out on it: the address is proved, and it is not switched off. */
  open: boolean;
  /** Why it is switched off, or why nothing arrives there. */
  why: string | null;
};

/** A way that was added. */
export type NoticeWayAdded = {
  /** Which. */
  id: WayId;
  /** How you are reached now. */
  reached: HowReached;
  /** What signs the messages to a program (`whsec_…`). It is shown here and nowhere else. */
  secret: string | null;
};

/** A change; what is not given stays. */
export type NoticeWayChange = {
  /** Switch it off or on. */
  enabled?: boolean | null;
  /** Another name. */
  name?: string | null;
};

/** What became of the last message on a way. */
export type NoticeWayLast = {
  /** When. */
  at: Timestamp;
  /** What was wrong. */
  error: string | null;
  /** `pending`, `delivered` or `failed`. */
  state: LetterState;
};

/** What the link of the letter carries. */
export type NoticeWayProof = {
  /** The part of the link after the last dot. */
  proof: string;
};

/** When something is told on one way. */
export type NoticeWhen = 'at_once' | {
  /** After so many minutes, if it is not read by then. */
  after: number;
} | 'hourly' | 'daily' | 'never';

/** Your notices. */
export type Notices = {
  /** Newest first. */
  items: Notice[];
  /** Where the next page begins; null at the end. */
  next: string | null;
  /** How many you have not read, on all pages. */
  unread: number;
};

/** How it goes, and what needs a person next. */
export type Now = {
  /** What the assistant did since go-live. */
  assistant: AssistantNow;
  /** Promises that are broken or run out next, the soonest first; at most eight. */
  breaching: Breaching[];
  burn: BurnNow | null;
  /** How many. */
  counts: NowCounts;
  cutover: CutoverNow | null;
  /** Day of the window. */
  day: number;
  /** Decisions that wait, the longest first; at most five. */
  decisions: Decision[];
  /** How near the exit is. */
  exit: ExitNow;
  /** When the change goes or went live. */
  go_live_at: Timestamp;
  /** Issues by today's volume; at most six. */
  issues: Issue[];
  next_owner: NextOwner | null;
  /** The plan's objectives. */
  objectives: Objective[];
  owner: OwnerNow | null;
  /** Where the window stands. */
  phase: Phase;
  /** What happened last; at most twelve. */
  recent: NowEvent[];
  review: ReviewNow | null;
  /** Every signal of the plan, today. */
  signals: SignalStrip[];
  stage: StageLine | null;
  update: NextUpdate | null;
};

/** How many conversations are in which state. The whole desk, like the signals: what the first look could not place needs a person no less. Only what is named "today" is about this window's change. */
export type NowCounts = {
  /** Begun today and answered by the assistant without a person. */
  answered_by_assistant_today: number;
  /** A promise is broken, and we still owe the customer something. */
  breached: number;
  /** Critical and not settled. */
  critical: number;
  /** Decisions without a ruling. */
  decisions_waiting: number;
  /** Begun today and given to a person. */
  handed_over_today: number;
  /** Begun today and about the change. */
  in_scope_today: number;
  /** Not settled, not snoozed: the view `all_open`. */
  open: number;
  /** Nobody has it: the view `unassigned`. */
  unassigned: number;
  /** A person owes an answer: the view `needs_person`. */
  waiting_person: number;
};

/** One event. */
export type NowEvent = {
  /** Who. */
  actor: string;
  /** When. */
  at: Timestamp;
  /** What it is about, as an address below `/api/v1`: `/conversations/7`. */
  link: string | null;
  /** What, in a sentence. */
  sentence: string;
  /** Its number in the log. */
  seq: number;
};

/** An objective and where it stands. */
export type Objective = {
  /** Now, the goal, and where it goes: for a drawing. */
  figures: ProgressFigures;
  /** The plan's key. */
  key: string;
  /** The statement. */
  name: string;
  /** Why. */
  sentence: string;
  /** Key of the signal it is about. */
  signal: string;
  /** Where it stands. */
  state: ProgressState;
  /** Unit of the figures: `times` for ratios, otherwise the signal's. */
  unit: string;
};

/** An objective and where it stands. */
export type ObjectiveProgress = {
  /** Now, the goal, and where it goes: for a drawing. */
  figures: ProgressFigures;
  /** The plan's key. */
  key: string;
  /** The statement. */
  name: string;
  /** Why. */
  sentence: string;
  /** Where it stands. */
  state: ProgressState;
  /** Unit of the figures: `times` for ratios, otherwise the signal's. */
  unit: string;
};

/** Which one. */
export type OpenBody = {
  /** One of the customer's own. */
  conversation: ConversationId;
};

/** One open thing. */
export type OpenItem = {
  /** Its id; of an escalation its conversation's. */
  id: string;
  /** Since when. */
  since: Timestamp;
  /** What it is about. */
  title: string;
  /** Who has it, as far as somebody does. */
  who: string | null;
};

/** The open things of one kind. */
export type OpenItems = {
  /** How many there are. */
  count: number;
  /** The first of them, the most urgent or the oldest first. */
  items: OpenItem[];
  /** Which kind. */
  kind: OpenKind;
};

/** What kind of thing is open. */
export type OpenKind = 'conversations' | 'issues' | 'decisions' | 'escalations';

/** Another conversation of the same customer. */
export type OtherConversation = {
  /** Id. */
  id: ConversationId;
  merged_into: ConversationId | null;
  /** When it began. */
  opened_at: Timestamp;
  /** Who has to act. */
  status: Status;
  /** Subject line. */
  subject: string;
};

/** What became of a conversation. */
export type Outcome = 'done' | 'unchanged' | 'refused';

/** An id: digits in a string. */
export type OutcomeId = string;

/** Whose word an outcome rests on. */
export type OutcomeSource = 'customer' | 'person' | 'labelled';

/** What a person says. */
export type OutcomeVerdict = 'right' | 'wrong';

/** The decision owner on duty. */
export type OwnerNow = {
  /** E-mail address. */
  email: string;
  late_since: Timestamp | null;
  /** Name, or the address if nobody has signed in with it. */
  name: string;
  /** Until when, at the latest. */
  until: Timestamp;
};

/** A conversation in a group. */
export type PartMember = {
  /** Which. */
  id: ConversationId;
  /** What its customer wrote. */
  wording: string;
};

/** Outcomes of one kind: how many of all. */
export type PartOfWhole = {
  /** How many had it. */
  part: number;
  /** Of how many. */
  whole: number;
};

/** How many are passed over for a reason. */
export type PassedOver = {
  /** How many. */
  people: number;
  /** Why. */
  reason: CheckInPassed;
};

/** A half-open stretch of time. */
export type Period = {
  /** Start, included. */
  from: Timestamp;
  /** End, not included. */
  to: Timestamp;
};

/** One thing that can be allowed. The word is also the token scope. */
export type Permission = 'read' | 'inbound:write' | 'conversations:write' | 'issues:write' | 'answers:draft' | 'answers:approve' | 'decisions:decide' | 'windows:write' | 'admin';

/** One of those who answer customers. */
export type PersonAttending = {
  away_since: Timestamp | null;
  back_at: Timestamp | null;
  /** How many they have at a time. */
  capacity: number;
  /** Who. */
  id: UserId;
  /** Open conversations that they have to work on now. */
  load: number;
  /** Their name. */
  name: string;
};

/** What one person carried. In the order of names: it is no ranking. */
export type PersonLoad = {
  /** Escalations and handovers that called them. */
  alerts: number;
  /** Of these outside their duty. */
  alerts_in_rest: number;
  /** Conversations in which they replied. */
  conversations: number;
  /** Time on duty in seconds. */
  duty: Span;
  /** Name, or the address where nobody signs in with it. */
  name: string;
  /** Nights on duty. */
  nights: number;
  /** Recovery days that they have earned. */
  recovery: number;
  /** Replies to customers, those to all not counted. */
  replies: number;
  /** Stretches of duty. */
  shifts: number;
  /** What was too much, in sentences. */
  too_much: string[];
};

/** Somebody in a conversation. */
export type PersonPresent = {
  /** Who. */
  id: UserId;
  /** Their name. */
  name: string;
  /** It holds until then, unless they say so again. */
  until: Timestamp;
  /** They write there; else they read. */
  writing: boolean;
};

/** A person of ours, in short. */
export type PersonRef = {
  /** Id. */
  id: UserId;
  /** Name. */
  name: string;
};

/** What somebody replied. */
export type PersonReply = {
  /** When. */
  at: Timestamp;
  /** Who. */
  by: string;
  /** Where. */
  conversation: ConversationId;
  /** Word for word, at most 4,000 characters. */
  text: string;
};

/** The life of a window. Only the steps named at [`Phase::next`] exist. */
export type Phase = 'preparing' | 'active' | 'stabilising' | 'closed';

/** What has to be otherwise in the next plan. */
export type PlanAdjustment = {
  /** The figure that says so, in a sentence. */
  because: string;
  /** E-mail address. */
  owner: string;
  /** Its key. */
  scenario: string;
  what: 'owner';
} | {
  /** The figure that says so, in a sentence. */
  because: string;
  /** The path's key. */
  path: string;
  /** Its key. */
  scenario: string;
  what: 'escalation';
} | PromiseChange & {
  /** The figure that says so, in a sentence. */
  because: string;
} & {
  what: 'promise';
} | {
  /** The figure that says so, in a sentence. */
  because: string;
  /** The issue it was. */
  issue: IssueId;
  /** What it is called. */
  name: string;
  what: 'scenario';
};

/** What applying changed, or would change. */
export type PlanApplied = {
  /** Whether anything was changed: false for a dry run, and for a plan that was applied already. */
  applied: boolean;
  /** The differences, in the order of the file; none if everything is as the file says. */
  changes: PlanChange[];
  /** Whether the window is new. */
  created: boolean;
  window_id: WindowId | null;
};

/** One difference. */
export type PlanChange = {
  /** What will be there. */
  after: string | null;
  /** What was there. */
  before: string | null;
  /** What happens. */
  kind: PlanChangeKind;
  /** Where: `answers[price-higher].do_now`. */
  path: string;
};

/** What happens to a value. */
export type PlanChangeKind = 'added' | 'removed' | 'changed';

/** What the check found. */
export type PlanCheck = {
  /** Nothing keeps the plan from being applied. */
  ok: boolean;
  /** Errors and advice, in the order of the file. */
  problems: PlanProblem[];
};

/** One finding. */
export type PlanProblem = {
  /** Column in characters, counted from 1. */
  column: number;
  /** What would be right, where that can be said. */
  help: string | null;
  /** Line, counted from 1. */
  line: number;
  /** What is wrong. */
  message: string;
  /** Where in the plan: `scenarios[2].answer`. */
  path: string;
  /** How bad it is. */
  severity: PlanProblemSeverity;
  /** How many characters of that line are meant. */
  width: number;
};

/** Whether a problem keeps the plan from being applied. */
export type PlanProblemSeverity = 'error' | 'warning';

/** A plan to check. */
export type PlanText = {
  /** The file, as TOML. */
  text: string;
};

/** A fact about a conversation that the team names itself: place, product area. */
export type PlannedField = {
  /** The values it can have. Without any, it is free text of up to 100 characters. */
  choices: string[] | null;
  /** Stable short name, one lower-case word: `place`, `product_area`. Programs and the chat's page set the field by it. */
  key: string;
  /** Name for people: Place. */
  name: string;
  /** Whether early warnings watch its values. Say `false` for text that is different each time, such as an order number. */
  watch: boolean;
};

/** How far several days together lie from what was expected. */
export type Pooled = {
  /** The ratio that is still allowed: the most where less is better, the least where more is. Where few events are expected, it is that of the next whole event: 0.6 are expected, and one happened or none did. */
  allowed: number;
  /** Days taken together. */
  days: number;
  /** Upper end of it. */
  high: number | null;
  /** Lower end of its 90 % interval; none where no noise model applies (levels). */
  low: number | null;
  /** The whole interval is: back to normal is proven, not only consistent with the days. */
  proven: boolean;
  /** Observed over expected, in the direction of the signal. */
  ratio: number;
  /** Within what is allowed. */
  within: boolean;
};

/** Conversations that may ask about an issue. */
export type Possible = {
  /** The likeliest first, at most twenty. */
  items: ConversationItem[];
};

/** What you do in a conversation. */
export type PresenceBody = {
  /** You write there; else you read. */
  writing: boolean;
};

/** Who is in a conversation now: everybody, also whoever is told. */
export type PresenceChange = {
  /** Which conversation. */
  conversation: ConversationId;
  /** Who came first is first. */
  people: PersonPresent[];
};

/** Somebody who would be asked. */
export type PreviewPerson = {
  /** Their address, where it is known. */
  address: string | null;
  contact: ContactId | null;
  /** Name; empty where none is known. */
  name: string;
  /** How. */
  way: CheckInWay;
};

export type Problem = {
  /** What was wrong and what would be right. */
  detail: string;
  /** The input at fault, as a path: `scenarios[2].answer`. */
  field: string | null;
  /** The single problems, where there are several. */
  problems: unknown[];
  /** The request, as in the log. */
  request_id: string;
  /** The HTTP status. */
  status: number;
  /** The status in words. */
  title: string;
  /** A name for this kind of problem; `about:blank` when the title says it all. */
  type: string;
};

/** Where an objective stands in figures. What they measure depends on its rule: `times` what is usual or was before, or the signal's own unit. */
export type ProgressFigures = {
  /** Now: the last measured day, or the days since taken together. */
  current: number | null;
  /** Where it must be. */
  goal: number | null;
  /** Where it will be when the time is over, if it goes on like this. */
  projected: number | null;
  /** Whether they are ratios rather than values of the signal. */
  ratios: boolean;
};

/** Where an objective stands. */
export type ProgressState = 'on_track' | 'at_risk' | 'met_provisional' | 'met' | 'missed' | 'insufficient_data';

/** What could be promised. */
export type PromiseChange = {
  /** What was promised. */
  from: Length;
  /** How many were kept, of those that were due. */
  kept: PartOfWhole;
  /** For which severity. */
  severity: Severity;
  /** The plan's table under `[sla.hypercare]`: `first_response`, `resolution` … */
  table: string;
  /** What nine of ten would have kept. */
  to: Length;
};

/** Promises of one kind under one policy. */
export type PromiseLine = {
  /** Broken, because time ran out. */
  broken: number;
  /** Kept. */
  kept: number;
  /** What was promised. */
  kind: ClockKind;
  /** Late at the moment of a change or a reopening, which is not counted as broken. */
  late_on_change: number;
  /** How many were made. */
  made: number;
  /** Under which policy. */
  policy: string;
  /** Still to be kept. */
  running: number;
  /** No longer owed, because the matter was settled otherwise. */
  withdrawn: number;
};

/** The team's pulse of the day. */
export type PulseView = {
  /** Which day, in the programme's zone. */
  date: string;
  /** Their mean. */
  mean: number;
  /** How many have given theirs. */
  people: number;
  /** One's own. */
  score: number;
};

/** When somebody wants to be left alone. */
export type QuietHours = {
  breaks: Severity | null;
  /** The quiet times. */
  times: QuietTime[];
};

/** A quiet time: from one time of day to another, on some days. Where it ends before it begins it crosses midnight, and belongs to the day it begins on. */
export type QuietTime = {
  /** Days on which it begins. */
  days: Weekday[];
  /** When it begins, such as 22:00. */
  from: string;
  /** When it ends, such as 07:00, or 24:00. */
  to: string;
};

/** What one accepted rate buys. */
export type RatePoint = {
  /** Outcomes that are missing for it; 0 where there are enough. */
  more: number;
  threshold: ThresholdView | null;
  /** Accepted share of wrong answers, 0 to 1. */
  wrong_rate: number;
};

/** A rating. */
export type RatingBody = {
  /** Anything to add. */
  comment?: string;
  /** 1 (bad) to 5 (very good). */
  score: number;
};

/** What you have read: name one of the three. */
export type ReadBody = {
  /** All of them. */
  all?: boolean;
  conversation?: ConversationId | null;
  /** These, at most 200. */
  ids?: string[] | null;
  /** With `conversation` or `all`: only up to this notice, the newest that you saw. */
  until?: string | null;
};

/** Which revision was read. */
export type ReadCheckIn = {
  /** Its number. */
  revision: number;
};

/** Which revision of the draft was read. */
export type ReadRevision = {
  /** Its number. */
  revision: number;
};

/** What the published formulas say of an English text. */
export type ReadabilityFormulas = {
  /** Automated Readability Index: 4.71 characters/word + 0.5 words/sentence − 21.43. Smith, Senter (1967). */
  automated_readability: number;
  /** Coleman-Liau: 0.0588 letters per 100 words − 0.296 sentences per 100 words − 15.8. Coleman, Liau (1975). */
  coleman_liau: number;
  /** Flesch-Kincaid grade: 0.39 words/sentence + 11.8 syllables/word − 15.59. Kincaid, Fishburne, Rogers, Chissom (1975). */
  flesch_kincaid: number;
  /** Flesch Reading Ease: 206.835 − 1.015 words/sentence − 84.6 syllables/word. More is easier. Flesch (1948), A new readability yardstick. */
  flesch_reading_ease: number;
  /** New Dale-Chall: 0.1579 × % unfamiliar + 0.0496 words/sentence, + 3.6365 where more than 5 % are unfamiliar. Chall, Dale (1995); Dale, Chall (1948). */
  new_dale_chall: number;
  /** SMOG grade: 3.1291 + 1.0430 √(30 long words/sentences), from 30 sentences on. McLaughlin (1969). */
  smog: number | null;
};

/** Whether the change may go live. */
export type Readiness = {
  /** What is missing. */
  gaps: Gap[];
  /** Nothing is missing. */
  ready: boolean;
  /** What is unusual, but stands in nobody's way. */
  warnings: string[];
};

/** One whole day of a signal. */
export type ReadingDay = {
  /** Which day. */
  day: string;
  /** How it compares. */
  state: State;
  /** Its value in the signal's unit; none where nothing was measured. */
  value: number | null;
};

/** How easy a text is to read. */
export type ReadingEase = {
  /** What the figure cannot say. */
  limits: string;
  /** Whether the text is long enough for the figure to be steady. */
  reliable: boolean;
  /** From 0 (very hard) to 100 (easy). It ranks texts; it is no grade and no share of readers. */
  value: number;
  /** The figure as a word. */
  word: EaseWord;
};

/** Who takes something over: a person or a team. */
export type Receiver = {
  /** E-mail address. */
  email: string;
  /** Their name; the address where there is none. */
  name: string;
};

/** Who takes an item over. */
export type ReceiverBody = {
  /** E-mail of a person or a team. */
  email: string;
  /** Key of the item in the plan. */
  item: string;
  /** Their name, where the address does not say it. */
  name?: string;
};

/** A relapse that was proposed. */
export type Relapse = {
  /** When it was proposed to open the window again. */
  at: Timestamp;
  /** Who decided against it. */
  by: string | null;
  /** The day that showed it. */
  day: string;
  /** Why. */
  reason: string | null;
  /** What got worse. */
  signs: RelapseSign[];
  /** What became of it. */
  state: RelapseState;
};

/** Why the window stays closed. */
export type RelapseDismissal = {
  /** For the next person who sees it rise. */
  reason?: string;
};

/** A signal that got worse after the exit. */
export type RelapseSign = {
  /** The signal's key. */
  key: string;
  /** Its name. */
  name: string;
  /** The rule of the alarm. */
  rule: AlarmRule;
  /** The first day after the exit on which it was seen. */
  since: string;
  /** Why, in a sentence. */
  why: string;
};

/** What became of a proposal to reopen. */
export type RelapseState = 'open' | 'dismissed' | 'calmed';

/** Why it is mistaken. */
export type Removal = {
  /** Why it is mistaken. */
  reason: string;
};

/** How much longer. */
export type Renewal = {
  /** Why it is still needed. */
  reason?: string;
  /** Until when: a time in the future, at most 90 days away. */
  until: Timestamp;
};

/** Into which phase, and why. */
export type Reopening = {
  /** Why; the record keeps it. */
  reason?: string;
  /** `active`, with all its promises, or `stabilising`, with the stages as they were. */
  to: Phase;
};

/** Which answer. */
export type Rephrase = {
  /** An approved answer. */
  answer: AnswerId;
};

/** A reply. */
export type ReplyBody = {
  answer_id?: AnswerId | null;
  /** Files that were uploaded for it, at most ten. */
  files?: FileId[];
  seen?: MessageId | null;
  /** The text, as the customer will read it. */
  text: string;
  /** What follows. */
  then?: Then;
};

/** The lessons of one window. */
export type Report = {
  /** Answers that were used, best first. */
  answers: ReportAnswer[];
  /** How check-ins went, oldest first. */
  check_ins: CheckInLine[];
  /** Where decisions stalled. */
  decisions: Decisions;
  /** What caused more work than usual. */
  excess: Excesses;
  /** How it ended. */
  exit: ReportExit;
  /** What it is about. */
  headline: Headline;
  /** What became knowledge. */
  knowledge: ReportKnowledge;
  /** Moments that are marked in the charts, by their numbers there. */
  moments: ReportMoment[];
  /** What to change next time, derived from the rest. */
  next_time: Lesson[];
  /** The plan's objectives. */
  objectives: ObjectiveProgress[];
  /** The outcome in three sentences. */
  outcome: string[];
  /** What people carried, by name. */
  people: PersonLoad[];
  /** Every step of the window: who, when, why, and the gaps they accepted. */
  phases: Transition[];
  /** Promises about time. */
  promises: PromiseLine[];
  /** Every signal that the plan names or that was measured: as on the signals screen. */
  signals: Signal[];
  /** Every day since go-live: stable or not, why, and the count after it. */
  streak: StreakDay[];
  /** Contacts before and after each update, by topic, in the order in which they were published. */
  updates: UpdateEffect[];
  /** What caused work. */
  volume: Volume;
  /** When it was written. */
  written_at: Timestamp;
};

/** How an answer did. An association: nobody drew lots who got which answer. */
export type ReportAnswer = {
  approved_at: Timestamp | null;
  association: AfterApproval | null;
  /** Of these by the assistant. */
  by_assistant: number;
  /** The customer wrote again within a day. */
  follow_ups: number;
  /** The customer said it helped. */
  helpful: number;
  /** Its key. */
  key: string;
  /** Said at least a day ago, so that it is known whether the customer wrote again within it. */
  measured: number;
  /** The customer said it did not. */
  not_helpful: number;
  /** Where it stands. */
  state: AnswerState;
  /** Its title. */
  title: string;
  /** How often it was said. */
  uses: number;
  without: ShareInterval | null;
};

/** One decision. */
export type ReportDecision = {
  /** When. */
  asked_at: Timestamp;
  /** Who asked. */
  asked_by: string;
  /** Who ruled. */
  decided_by: string | null;
  due_at: Timestamp | null;
  /** What kind of question. */
  kind: DecisionKind;
  /** What was asked. */
  question: string;
  /** Why. */
  reason: string | null;
  ruling: Ruling | null;
  /** Key of the scenario it is about. */
  scenario: string | null;
  /** Seconds until the ruling, or until now. */
  waited: Span;
};

/** What one answer became. */
export type ReportDisposition = {
  /** The answer's title. */
  answer: string;
  article: KeptArticle | null;
  at: Timestamp | null;
  became: Kept | null;
  /** Who said what it became. */
  by: string | null;
  due_at: Timestamp | null;
  /** Where else it is. */
  link: string;
  /** Who sees to it. */
  owner: string | null;
  /** It was retired. */
  retired: boolean;
  /** What the rule says, or why it was retired. */
  text: string;
  /** Its name there; of an article of the help centre its title now. */
  title: string;
  /** Exit waits for it: nobody has said what it becomes, or its article is not published. */
  waits: boolean;
};

/** How many became what. */
export type ReportDispositionCounts = {
  /** Articles. */
  articles: number;
  /** Macros. */
  macros: number;
  /** Of which nobody has said what they become. */
  open: number;
  /** Retired. */
  retired: number;
  /** Rules. */
  rules: number;
  /** Of these, not published: nobody reads them yet. */
  unpublished: number;
};

/** How the window ended, or what is missing. */
export type ReportExit = {
  /** How many are needed. */
  needed: number;
  /** Every criterion was met. */
  ready: boolean;
  /** The verdict in one sentence. */
  sentence: string;
  signed: Transition | null;
  /** Stable days in a row. */
  streak: number;
};

/** An issue and how far it reached. */
export type ReportIssue = {
  /** Linked conversations. */
  conversations: number;
  /** Different customers. */
  customers: number;
  /** The plan had a scenario for it. */
  foreseen: boolean;
  /** Its id. */
  id: IssueId;
  /** Why it happened; empty if nobody wrote it down. */
  root_cause: string;
  /** How much it hurts. */
  severity: Severity;
  /** Where work stands. */
  state: IssueState;
  /** Its name. */
  title: string;
};

/** What became knowledge. */
export type ReportKnowledge = {
  /** Of these, not in the plan: written while the window was open. */
  added: string[];
  /** How many became what. */
  counts: ReportDispositionCounts;
  /** Conversations that nothing had answered and for which an answer was written since. */
  covered: number;
  /** What each answer that was approved became. */
  dispositions: ReportDisposition[];
  /** Answers that were never approved. */
  drafts: string[];
  /** Answers that are approved: titles. */
  kept: string[];
  /** Answers that were retired. */
  retired: string[];
  /** Conversations that still have no approved answer; ten thousand at most are counted. */
  unanswered: number;
};

/** A moment that charts mark. */
export type ReportMoment = {
  /** Which day. */
  day: string;
  /** What happened. */
  label: string;
  /** Its number in the charts; those of one day share it. */
  number: number;
};

/** What last set the count back to zero. */
export type Reset = {
  /** On which day. */
  date: string;
  /** What, in a few words: "escalations and first response". */
  reason: string;
};

/** Why it goes back. */
export type ReturnBody = {
  /** What to do instead. */
  reason?: string;
};

/** Affected accounts whose value is in one currency. */
export type RevenueInDoubt = {
  /** Three letters; none for accounts without a value. */
  currency: string | null;
  /** Something of them is open. */
  in_doubt: AccountSum;
  /** They cancelled since the change. */
  lost: AccountSum;
  /** Nothing of them is open. */
  settled: AccountSum;
};

/** Which stage goes back to the window's promises. */
export type RevertStage = {
  /** Why; people see it beside the stage. */
  reason?: string;
  /** Its name; every stage after it goes back too. */
  stage: string;
};

/** A review. */
export type Review = {
  /** What was agreed in it, as it is now. */
  actions: ReviewAction[];
  /** What was added later. */
  additions: ReviewAddition[];
  /** What was agreed in it, as it stood when the minutes were closed. */
  agreed: AgreedAction[];
  /** The briefs of that day. */
  briefs: BriefSent[];
  /** Who leads through it. */
  chair: string | null;
  closed_at: Timestamp | null;
  /** Who closed them. */
  closed_by: string | null;
  /** The local day (YYYY-MM-DD). */
  day: string;
  id: ReviewId | null;
  /** Its agenda: as it is now before it is opened, and as it was then afterwards. */
  items: ReviewItem[];
  latest_at: Timestamp | null;
  missed_at: Timestamp | null;
  opened_at: Timestamp | null;
  /** Who attends, or should. */
  people: ReviewPerson[];
  planned_at: Timestamp | null;
  /** Name it when you close. */
  revision: number;
  /** Where it stands. */
  state: ReviewState;
  /** Of which window. */
  window: WindowId;
  /** It is you. */
  you_chair: boolean;
  /** Whether you may close it. */
  you_may_close: boolean;
  /** Whether you may hold it: open it, write notes, agree on actions. */
  you_may_write: boolean;
  /** The zone of its times. */
  zone: string;
};

/** An action. */
export type ReviewAction = {
  /** When. */
  at: Timestamp;
  /** Why it was dropped or opened again. */
  because: string | null;
  /** Who wrote it down. */
  by: string;
  /** How many reviews found it open since it was agreed. */
  carried: number;
  /** The local day by whose end it is to be done (YYYY-MM-DD). */
  due: string;
  /** Id. */
  id: ActionId;
  /** About which item of its agenda. */
  item: string | null;
  /** It was due and is not done. */
  overdue: boolean;
  /** Who does it. */
  owner: ActionOwner;
  review: ReviewId | null;
  /** Name it when you change the action. */
  revision: number;
  /** Who said so. */
  said_by: string;
  /** Since when it stands so. */
  since: Timestamp;
  /** Where it stands. */
  state: ActionState;
  /** What is to be done. */
  title: string;
  /** Of which window. */
  window: WindowId;
};

/** What was added after the minutes were closed. */
export type ReviewAddition = {
  /** When. */
  at: Timestamp;
  /** Who. */
  by: string;
  /** The text. */
  text: string;
};

/** Somebody is there, or is not. */
export type ReviewAttendance = {
  /** Their e-mail address; a guest's too. */
  email: string;
  /** They are there. */
  present: boolean;
};

/** What was read. */
export type ReviewClosed = {
  /** The revision of the review that you read. */
  revision: number;
};

/** An id: digits in a string. */
export type ReviewId = string;

/** An item of the agenda. */
export type ReviewItem = {
  /** What is behind it. */
  about: AgendaSubject;
  /** Its figures: as they were at the opening, and live before it. */
  detail: string;
  /** The part as a heading. */
  heading: string;
  /** What names it within the review. */
  key: string;
  note: ReviewNote | null;
  /** Where it stands. */
  part: AgendaPart;
  /** What it is called. */
  title: string;
  /** It cannot wait. */
  urgent: boolean;
};

/** A review in a list. */
export type ReviewLine = {
  /** How many actions were agreed, where its minutes are closed. */
  agreed: number;
  /** Who led through it. */
  chair?: string | null;
  /** The local day (YYYY-MM-DD). */
  day: string;
  /** Which. */
  id: ReviewId;
  /** It did not begin in time. */
  missed: boolean;
  /** How many items were noted on. */
  notes: number;
  opened_at?: Timestamp | null;
  /** How many were there. */
  present: number;
  /** Where it stands. */
  state: ReviewState;
};

/** What was said about an item. */
export type ReviewNote = {
  /** When. */
  at: Timestamp;
  /** Who changed it last. */
  by: string;
  /** Name it when you change the note. */
  revision: number;
  /** The text. */
  text: string;
};

/** Reviews and actions at a glance. */
export type ReviewNow = {
  /** Those that are due first; at most five. */
  actions: ReviewAction[];
  /** It did not begin in time, and has not begun since. */
  missed: boolean;
  next_at: Timestamp | null;
  /** Actions that are open. */
  open: number;
  /** Of these overdue. */
  overdue: number;
  today: ReviewState | null;
  today_at: Timestamp | null;
};

/** Somebody who attends, or should. */
export type ReviewPerson = {
  /** E-mail address. */
  email: string;
  /** Name, or the address of a guest. */
  name: string;
  /** They are there. */
  present: boolean;
};

/** Where it stands. */
export type ReviewState = 'planned' | 'open' | 'closed';

/** How one revision was rated. */
export type RevisionRated = {
  /** How many said what. */
  helpful: Helpful;
  /** In which language. */
  lang: string;
  /** Its number. */
  revision: number;
};

/** What becomes the newest again. */
export type RevisionToRestore = {
  /** The number of the revision whose text it is to be. */
  number: number;
  /** The number of the newest revision that was read. */
  revision: number;
};

/** What a person is in this installation. */
export type Role = 'viewer' | 'agent' | 'owner' | 'lead' | 'admin';

/** Why the change is taken back. */
export type RollBackBody = {
  /** Past the point of no return all the same: only whom the plan names in `may_override`. */
  over?: boolean;
  /** Why. */
  reason?: string;
};

/** The rota of a window over some days. */
export type Rota = {
  /** How evenly the decision is shared, 0 to 1. */
  balance: number;
  /** Requests for cover: the open ones, and the last that are settled. */
  cover: CoverRequest[];
  /** The share of the coverage that somebody decides in, 0 to 1. */
  covered: number;
  /** Where not exactly one decides. */
  faults: RotaFault[];
  /** From when. */
  from: Timestamp;
  handover: RotaEntryId | null;
  /** Who has had the decision since go-live, within these days. */
  held: RotaHeld[];
  /** The layers that hold now. */
  layers: RotaLayer[];
  /** The number to give with other layers, so that nobody's are overwritten. */
  layers_revision: number;
  /** Whether duty passes by acknowledgement. */
  live: boolean;
  next: DutyNext | null;
  /** Now. */
  now: Timestamp;
  /** Overrides of these days that hold. */
  overrides: RotaOverride[];
  owner: DutyNow | null;
  /** Everybody in it, by name. */
  people: RotaPerson[];
  /** Everybody's time, by start. */
  shifts: RotaLine[];
  /** Temporary schedules of these days that hold. */
  temporary: RotaTemporary[];
  /** Until when. */
  to: Timestamp;
  /** What is too much for somebody. */
  violations: RotaViolation[];
  /** Whether you may edit it. */
  you_may_edit: boolean;
  /** The zone in which people read its times. */
  zone: string;
};

/** In what a turn is measured. */
export type RotaCadence = 'hourly' | 'daily' | 'weekly' | 'monthly';

/** What became of an edit. */
export type RotaEdited = {
  /** Hard rules that are broken, accepted with your reason. */
  accepted: string[];
  id: RotaEntryId | null;
  /** What wears people out, or what is open before go-live: it stands in nobody's way. */
  warnings: string[];
};

/** An id: digits in a string. */
export type RotaEntryId = string;

/** A stretch of the coverage without exactly one decision owner. */
export type RotaFault = {
  /** From when. */
  from: Timestamp;
  /** Which of the two. */
  kind: RotaFaultKind;
  /** Until when. */
  to: Timestamp;
  /** In a sentence. */
  words: string;
};

/** What is wrong with a stretch. */
export type RotaFaultKind = 'gap' | 'overlap';

/** Somebody had the decision. */
export type RotaHeld = {
  /** From when. */
  from: Timestamp;
  /** E-mail address. */
  person: string;
  /** Until when. */
  to: Timestamp;
  /** Why. */
  why: DutyWhy;
};

/** One layer. */
export type RotaLayer = {
  /** What people call it. */
  name: string;
  only: CalendarSection | null;
  /** The highest that has somebody counts; equal ones add up. */
  priority: number;
  /** The role that its rotation fills, and of its shifts where they say none. */
  role: DutyRole;
  rotation: RotaRotation | null;
  /** Shifts written down one by one. */
  shifts: RotaShift[];
};

/** Layers that are being written. */
export type RotaLayersPreview = {
  from?: Timestamp | null;
  /** All of them; people are e-mail addresses. */
  layers: RotaLayer[];
  to?: Timestamp | null;
};

/** One person's time in one role. */
export type RotaLine = {
  /** From when. */
  from: Timestamp;
  /** E-mail address. */
  person: string;
  /** In which role. */
  role: DutyRole;
  /** Until when. */
  to: Timestamp;
};

/** Other layers. */
export type RotaNewLayers = {
  /** All of them; people are e-mail addresses. */
  layers: RotaLayer[];
  /** Also where a hard rule of rest is broken. */
  over?: boolean;
  /** Why. */
  reason?: string;
  /** The `layers_revision` of the rota that you read: what somebody else changed since then is not overwritten. Without it whatever holds is replaced. */
  revision?: number | null;
};

/** Somebody else for a stretch. */
export type RotaNewOverride = {
  /** What changes; people are e-mail addresses. */
  change: RotaOverrideChange;
  /** From when; not in the past. */
  from: Timestamp;
  /** Also where a hard rule of rest is broken. */
  over?: boolean;
  /** Why. */
  reason?: string;
  /** In which role. */
  role?: DutyRole;
  /** Until when. */
  to: Timestamp;
};

/** Fixed shifts for a stretch. */
export type RotaNewTemporary = {
  /** From when; not in the past. */
  from: Timestamp;
  /** Also where a hard rule of rest is broken. */
  over?: boolean;
  /** Why. */
  reason?: string;
  /** Who is there instead of all layers, also where these leave a gap. */
  shifts: RotaShift[];
  /** Until when. */
  to: Timestamp;
};

/** A change of one person for a stretch. */
export type RotaOverride = {
  /** Hard rules that it breaks, accepted with the reason. */
  accepted: string[];
  /** When. */
  at: Timestamp;
  /** Who made it. */
  by: string;
  /** What it changes. */
  change: RotaOverrideChange;
  /** From when. */
  from: Timestamp;
  /** Its number. */
  id: RotaEntryId;
  /** Why. */
  reason: string;
  /** In which role. */
  role: DutyRole;
  /** Until when. */
  to: Timestamp;
};

/** How an override changes who is on duty. */
export type RotaOverrideChange = {
  /** E-mail address. */
  person: string;
  type: 'add';
} | {
  /** E-mail address. */
  person: string;
  type: 'remove';
} | {
  /** Who is there, by e-mail address. */
  by: string;
  type: 'replace';
  /** Who would have been there, by e-mail address. */
  who: string;
};

/** Somebody in a rota. */
export type RotaPerson = {
  /** E-mail address, in lower case. */
  email: string;
  /** Name, or the address where nobody signs in with it. */
  name: string;
};

/** People taking turns. */
export type RotaRotation = {
  /** What a turn is measured in. */
  cadence: RotaCadence;
  /** How many of these a turn has. */
  length: number;
  /** E-mail addresses, in their order. */
  people: string[];
  /** When the first turn begins, a local time such as `2026-11-16T08:00`. */
  start: string;
  /** In which zone; none: the window's. */
  zone: string | null;
};

/** One person's shift. */
export type RotaShift = {
  /** Start. */
  from: Timestamp;
  /** E-mail address. */
  person: string;
  role: DutyRole | null;
  /** End. */
  to: Timestamp;
};

/** What the next two weeks need. */
export type RotaStaffing = {
  /** What it rests on, or what is missing for it. */
  basis: string;
  /** By time; empty where there is no forecast. */
  stretches: StaffingStretch[];
};

/** What is taken back. */
export type RotaTakenBack = {
  /** Its number. */
  entry: RotaEntryId;
  /** Also where a hard rule of rest is broken. */
  over?: boolean;
  /** Why. */
  reason?: string;
};

/** Fixed shifts in place of all layers for a stretch. */
export type RotaTemporary = {
  /** When. */
  at: Timestamp;
  /** Who made it. */
  by: string;
  /** From when. */
  from: Timestamp;
  /** Its number. */
  id: RotaEntryId;
  /** Why. */
  reason: string;
  /** Who is there instead. */
  shifts: RotaShift[];
  /** Until when. */
  to: Timestamp;
};

/** Something that is too much for somebody. */
export type RotaViolation = {
  /** Where the rule comes from. */
  evidence: string;
  /** Start of what is meant. */
  from: Timestamp;
  /** Who; none where it is about the team. */
  person: string | null;
  /** What would do. */
  remedy: string;
  /** Which rule, as a word. */
  rule: string;
  /** `hard` or `soft`. */
  strength: string;
  /** Its end. */
  to: Timestamp;
  /** What is too much. */
  what: string;
};

/** The ruling. */
export type Ruling = 'yes' | 'no';

/** The plan's runbook. */
export type Runbook = {
  /** When to begin, to be live at the plan's go-live. */
  begin_by: Timestamp;
  go_live_by: CutoverPerson | null;
  /** How long it is planned to take. */
  length: Span;
  /** Whom it lets roll back past the point of no return. */
  may_override: string[];
  /** Whom the plan lets roll back, as it names them. */
  may_roll_back: string[];
  /** Whether it can begin: the window is not live yet. */
  open: boolean;
  /** Rehearsals that are over. */
  rehearsals: number;
  /** Its steps, in the order of the plan. */
  steps: RunbookPlannedStep[];
  /** Its triggers, with what they read at this moment. */
  triggers: CutoverTrigger[];
  /** Whether you may begin it. */
  you_may_begin: boolean;
};

/** A step as it is planned. */
export type RunbookPlannedStep = {
  /** Keys of the steps it waits for. */
  after: string[];
  /** It is on the chain that decides the end. */
  critical: boolean;
  /** Key. */
  key: string;
  /** Kind. */
  kind: StepKind;
  owner: CutoverPerson | null;
  /** When it begins, counted from the beginning. */
  starts_after: Span;
  /** How long it takes. */
  takes: Span;
  /** What is done. */
  title: string;
  /** How one sees that it is done. */
  validation: string;
};

/** Who said it. */
export type SaidBy = 'assistant' | 'person' | 'broadcast';

/** What one customer would read. */
export type SampleMessage = {
  /** On which channel. */
  channel: Channel;
  /** The customer's name. */
  contact: string;
  /** Which conversation. */
  conversation: ConversationId;
  /** The text. */
  text: string;
};

/** How many conversations a view has. */
export type SavedViewCount = {
  /** How many; at most 1,000. None where the view cannot be counted: it says why. */
  count: number | null;
  /** Which view. */
  id: SavedViewId;
  /** There are 1,000 or more. */
  more: boolean;
};

/** How many conversations each view has. */
export type SavedViewCounts = {
  /** Each view that you see. */
  items: SavedViewCount[];
};

/** An id: digits in a string. */
export type SavedViewId = string;

/** A view that somebody saved. */
export type SavedViewView = {
  /** What it asks for. */
  filters: ConversationFilters;
  /** Its id. */
  id: SavedViewId;
  /** You may rename, change and delete it. */
  may_change: boolean;
  /** It is yours. */
  mine: boolean;
  /** Its name. */
  name: string;
  /** Whose it is. */
  owner: ViewOwner;
  /** Everybody sees it; else only its owner. */
  shared: boolean;
  /** Why it cannot find what it was made for: what it asks for is gone. None where it makes sense. */
  wrong: string | null;
};

/** The views that you see: yours, and those that everybody sees. */
export type SavedViews = {
  /** You placed them by hand; else they are in the order of their names. */
  by_hand: boolean;
  /** In your order; at most 200. */
  items: SavedViewView[];
};

/** A moment of doubt, with what is said about it now. */
export type Scenario = {
  /** Key of its answer. */
  answer: string | null;
  answer_id: AnswerId | null;
  answer_state: AnswerState | null;
  before: string;
  category: string;
  doubt: string;
  escalation: string | null;
  examples: string[];
  key: string;
  may_approve: string[];
  may_confirm: string[];
  may_roll_back: string[];
  name: string;
  now: string;
  owner: string;
  playbook: string;
  severity: Severity;
};

/** Volume of a scenario. */
export type ScenarioLine = {
  /** Answered by the assistant without a person. */
  answered: number;
  /** Conversations. */
  conversations: number;
  /** Different customers. */
  customers: number;
  /** Its key; empty for conversations that fit none. */
  key: string;
  /** Its name. */
  name: string;
  /** Part of all conversations about the change, 0 to 1. */
  share: number;
};

/** Whether a message is about the change. */
export type Scope = 'in' | 'out' | 'unsure';

/** Searches of the help centre that ask the same and found nothing. */
export type SearchGap = {
  /** Conversations that began within half an hour after such a search, newest first, at most fifty. */
  conversations: ConversationId[];
  /** The number of the first search: a name for the group. */
  id: string;
  /** The last one. */
  last: Timestamp;
  /** How many searches. The same one from one address counts once an hour. */
  searches: number;
  /** Since when. */
  since: Timestamp;
  /** What an answer can begin with: what was asked. All else is empty. */
  start: AnswerText;
  /** What was typically asked, shortened. */
  title: string;
  /** The most typical wordings, as they were typed; at most five. */
  wordings: string[];
};

/** How a search went. */
export type Searched = {
  /** False while older conversations are still being read, so that some may be missing. */
  complete: boolean;
  /** How many conversations fit, about. */
  total: number;
};

/** How far. */
export type SeenBody = {
  /** The newest message that was on the screen. */
  message: MessageId;
};

/** How far each side has read. */
export type SeenView = {
  customer: MessageId | null;
  team: MessageId | null;
};

/** One stretch of time in the life of a clock. */
export type Segment = {
  /** What of it counted, in seconds. */
  counted_s: number;
  /** Its first instant. */
  from: Timestamp;
  /** Whether it counted. */
  state: SegmentState;
  /** Its end, not part of it. */
  to: Timestamp;
  /** Why, in words. */
  why: string;
};

/** Whether a stretch of time counted. */
export type SegmentState = 'running' | 'closed' | 'paused';

/** A message. */
export type SendBody = {
  /** The browser's own id: sent again, it is stored once. */
  client_id: string;
  /** Values of the fields that the plan names, by key, from the page around the chat. They count with the message that begins a conversation; one that cannot be used is ignored, and the agent reads why. */
  fields?: Record<string, string>;
  /** Files that were uploaded for it, at most ten. */
  files?: FileId[];
  /** The text; may be empty where files are attached. */
  text: string;
};

/** What was stored. */
export type SendReply = {
  /** The conversation with what followed at once. */
  conversation: ChatConversation;
  /** The message. */
  message: ChatMessage;
};

/** One figure. */
export type SentFigure = {
  /** Key of the runbook's figure. */
  figure: string;
  /** Its value now. */
  value: number;
};

/** Who the visitor is, as far as they say. */
export type SessionBody = {
  /** Address; unverified, so it never joins the visitor to anybody else. */
  email?: string | null;
  /** Name. */
  name?: string | null;
  /** What the customer's site says of the visitor, as a signed token (JWT, HS256). With it, name and address come from there. */
  token?: string | null;
  /** The secret this browser was given before. */
  visitor?: string | null;
};

/** The visitor's side of the chat. */
export type SessionView = {
  /** What the assistant is called. */
  assistant: string;
  conversation: ConversationId | null;
  /** Address, if given. */
  email: string | null;
  /** Name, if given. */
  name: string | null;
  /** The customer's site vouches for this session. */
  verified: boolean;
  /** The secret to keep and send as `X-Visitor`. */
  visitor: string;
};

/** How much a conversation's matter hurts. Ordered: `Critical` is greatest. */
export type Severity = 'low' | 'normal' | 'high' | 'critical';

/** One share less another, and the ends of its 95 % interval. */
export type ShareDifference = {
  /** After less before, -1 to 1. */
  estimate: number;
  /** Upper end. */
  high: number;
  /** Lower end. */
  low: number;
};

/** A share with its 95 % interval. */
export type ShareInterval = {
  /** Upper end. */
  high: number;
  /** Lower end. */
  low: number;
  /** The share, 0 to 1. */
  share: number;
};

/** What changes of a collection or category. */
export type ShelfChange = {
  /** What it is called, by language. */
  names?: Record<string, Named> | null;
  /** Its place among the others, from 0. */
  position?: number | null;
};

/** Where an article stands, by address and name. */
export type ShelfName = {
  /** Its name in the article's language. */
  name: string;
  /** The last part of its address; made from the name where nothing is given. */
  slug: string | null;
};

export type SignIn = {
  /** E-mail address, in any case. */
  email: string;
  /** Password. */
  password: string;
};

/** One signal of a window. */
export type Signal = {
  alarm: Alarm | null;
  /** The time before the change. */
  baseline: BaselineView;
  /** Which way is good. */
  better: Better;
  burn: BurnNow | null;
  /** Closed days from the beginning of the baseline on, oldest first. */
  days: SignalDay[];
  /** Whether the last seven days decline consistently; null where there are too few to tell. */
  declining: boolean | null;
  /** What exactly is measured. */
  definition: string;
  /** Its key. */
  key: string;
  /** Its name. */
  name: string;
  /** The plan names it. */
  planned: boolean;
  /** Exit waits for it. */
  required: boolean;
  /** The plan's absolute target, which stands in where there is too little history. */
  target: number | null;
  /** The day that is not over; where the window is closed, its last. */
  today: SignalDay;
  together: Pooled | null;
  /** Unit of the values: `conversations`, `s`, `share` (0 to 1) or `points` (1 to 5) or `percent` (0 to 100). */
  unit: string;
};

/** One day of a signal. */
export type SignalDay = {
  alarm: AlarmLevel | null;
  /** What the verdict stands on. */
  basis: Basis;
  /** Whether the day is over. */
  complete: boolean;
  /** Which day, in the programme's zone. */
  date: string;
  /** What such a day had before the change, or the target. */
  expected: number | null;
  /** Upper end of it. */
  high: number | null;
  /** How many conversations the list behind the figure had when it was measured; null where there is none. */
  listed: number | null;
  /** Lower end of what is usual on such a day; null where a rule without noise model decides. */
  low: number | null;
  /** Observations behind the value. */
  n: number;
  /** Contacts by a hundred active users, where usage was sent in; null for other signals. */
  per_hundred_users: number | null;
  /** Value divided by expected. */
  ratio: number | null;
  /** The verdict; `unknown` before the change. Of today: how it looks so far. */
  state: State;
  together: Together | null;
  /** The day's value; null if nothing was measured. */
  value: number | null;
  /** Why, in a sentence. */
  why: string;
  /** Distance from normal in standard deviations; positive is bad. */
  z: number | null;
};

/** One signal today. */
export type SignalStrip = {
  alarm: AlarmLevel | null;
  /** What such a day had before the change. */
  expected: number | null;
  /** The signal's key. */
  key: string;
  /** Its name. */
  name: string;
  /** Value divided by expected; none for counts while the day can still grow to what is expected. */
  ratio: number | null;
  /** Exit waits for it. */
  required: boolean;
  /** The last fourteen days, today last; null where nothing was measured. */
  spark: (number | null)[];
  /** How today looks so far; the verdict comes when the day is over. */
  state: State;
  together: Together | null;
  /** Unit of the values: `conversations`, `s`, `share` or `points`. */
  unit: string;
  /** Today so far. */
  value: number | null;
  /** Why it looks so, in a sentence. */
  why: string;
};

/** Promises about time. */
export type Sla = {
  hypercare: SlaPolicy | null;
  normal: SlaPolicy | null;
};

/** Promises of one category; spans in seconds. */
export type SlaCategory = {
  acknowledge: Span | null;
  /** Time to the first reply by a person, by severity. */
  first_response: Record<string, Span>;
  /** Time to each next reply by a person, by severity. */
  next_response: Record<string, Span>;
  /** Time to resolution, by severity. */
  resolution: Record<string, Span>;
  /** Time from the first message to the last resolution, by severity. */
  total_resolution: Record<string, Span>;
  /** Longest silence between two replies by a person, by severity. */
  update: Record<string, Span>;
};

/** One set of promises; spans in seconds. */
export type SlaPolicy = {
  acknowledge: Span | null;
  /** Calendar of the plan, or `always`. */
  calendar: string;
  /** What is promised otherwise, by category; complete for each. */
  categories: Record<string, SlaCategory>;
  /** Time to the first reply by a person, by severity. */
  first_response: Record<string, Span>;
  /** Time to each next reply by a person, by severity. */
  next_response: Record<string, Span>;
  /** Time to resolution, by severity. */
  resolution: Record<string, Span>;
  /** Time from the first message to the last resolution, by severity. */
  total_resolution: Record<string, Span>;
  /** Longest silence between two replies by a person, by severity. */
  update: Record<string, Span>;
};

/** Until when. */
export type SnoozeBody = {
  until?: Timestamp | null;
};

/** Outcomes that rest on the same word. */
export type SourceCount = {
  /** Of these: no answer was right, or it is not known which. */
  none_right: number;
  /** How many. */
  outcomes: number;
  /** Of these: the assistant had answered. */
  said: number;
  /** Of those that it had answered: wrongly. */
  said_wrong: number;
  /** Whose word. */
  source: OutcomeSource;
};

/** Seconds. */
export type Span = number;

/** Which conversations become an issue of their own. */
export type Split = {
  /** The conversations, at most 500; all are linked to the issue, and some stay. */
  conversations: ConversationId[];
  /** The name of the new issue. */
  title: string;
};

/** Which messages. */
export type SplitBody = {
  /** What the customer said of the other matter, 1 to 20 messages. Notes, replies and what others wrote are not split off. */
  messages: MessageId[];
  /** Why, if there is something to keep. */
  reason?: string | null;
};

/** The two issues after a split. */
export type SplitIssues = {
  /** The one that was split. */
  issue: Issue;
  /** The new one. */
  new: Issue;
};

/** A conversation at the other end of a split. */
export type SplitPlace = {
  /** Which. */
  id: ConversationId;
  /** The messages that were split off, as they stand in the conversation that they were said in. */
  messages: MessageId[];
  /** Its subject line. */
  subject: string;
};

/** Whether a day counts. */
export type Stability = 'stable' | 'fluctuation' | 'unknown';

/** A stretch of hours that need and have the same. */
export type StaffingStretch = {
  /** Chats expected in an hour, at the most of these hours. */
  expected: number;
  /** From when. */
  from: Timestamp;
  /** People needed at the same time. */
  needed: number;
  /** People on duty by the rota, on average. */
  on_duty: number;
  /** People missing. */
  short_by: number;
  /** Until when. */
  to: Timestamp;
};

/** One line about the stages. */
export type StageLine = {
  /** What it says. */
  kind: StageLineKind;
  /** In words. */
  sentence: string;
  since: Timestamp | null;
  /** The stage. */
  stage: string;
};

/** What the stages ask for now. */
export type StageLineKind = 'reverted' | 'can_step';

/** On which promises a stage is. */
export type StageState = 'hypercare' | 'normal' | 'reverted';

/** One step of one stage, for the record. */
export type StageStep = {
  /** When. */
  at: Timestamp;
  /** The how-manieth time on normal promises this was. */
  attempt: number;
  /** Whether it happened by itself. */
  automatic: boolean;
  /** Who. */
  by: string;
  /** What was done. */
  kind: StageStepKind;
  /** What was missing and accepted. */
  overridden: string[];
  /** Which stage. */
  stage: string;
  /** Why, where that was said. */
  why: string | null;
};

/** What was done. */
export type StageStepKind = 'normalised' | 'reverted';

/** One stage. */
export type StageView = {
  /** Whether and how its step is taken by itself, in words. */
  automatic: string;
  /** Who took the last step, or took it back. */
  by: string | null;
  /** Whether that happened by itself. */
  by_itself: boolean;
  /** Nothing is missing: the step can be taken now. */
  can_step: boolean;
  /** The categories that return with it. */
  categories: string[];
  /** Its guards with today's arithmetic. */
  guards: GuardView[];
  /** The worst severity of its scenarios. */
  impact: Severity;
  /** What its step lacks; empty where it can be taken or was. */
  missing: MissingForStep[];
  /** Its name. */
  name: string;
  since: Timestamp | null;
  /** On which promises it is. */
  state: StageState;
  /** How often it was on normal promises. */
  tries: number;
  /** Why it was taken back. */
  why: string | null;
};

/** The way back to normal promises. */
export type StagesView = {
  /** What was done, the newest first. */
  history: StageStep[];
  /** The stage whose turn it is; none when all are on normal promises. */
  next: string | null;
  /** Where the window stands: stages return while it is stabilising. */
  phase: Phase;
  /** The plan names the stages; otherwise each category is one, the least severe first. */
  planned: boolean;
  /** How it goes, in a sentence. */
  sentence: string;
  /** The stages in the order in which they return. */
  stages: StageView[];
};

/** How things stand, in one word. */
export type Standing = 'all_right' | 'attention' | 'not_all_right';

/** The verdict on one day of one signal. */
export type State = 'normal' | 'worse' | 'better' | 'unknown';

/** Who has to act, in the life of the matter. */
export type Status = 'open' | 'waiting' | 'resolved';

/** Which status. */
export type StatusBody = {
  /** open, waiting or resolved. */
  to: Status;
};

/** What can be done to a step. */
export type StepAct = 'start' | 'done' | 'fail' | 'skip' | 'go' | 'no_go' | 'pass';

/** What is done to which step. */
export type StepChange = {
  /** What is done. */
  act: StepAct;
  /** For the point of no return: you mean it. */
  confirm?: boolean;
  /** For the point of no return: the cutover's revision that you have seen. */
  cutover_revision?: number | null;
  /** What shows that it is done: a note, a number, an address. */
  evidence?: string | null;
  /** Why; needed to fail, to skip and to rule. */
  reason?: string;
  /** The step's revision that you have seen. */
  revision: number;
  /** The step's key. */
  step: string;
};

/** What kind of step it is. */
export type StepKind = 'task' | 'gate' | 'smoke_check' | 'point_of_no_return';

/** Why it ends before it is done. */
export type StopBody = {
  /** Why. */
  reason?: string;
};

/** One day since go-live. */
export type StreakDay = {
  /** Stable days in a row after it. */
  count: number;
  /** Which day. */
  date: string;
  /** Why, one sentence for each finding. */
  reasons: string[];
  /** Whether it counts. */
  stable: Stability;
};

/** A suggested answer with the text that would be said. */
export type SuggestedAnswer = {
  /** Which answer. */
  answer: AnswerId;
  /** The estimated chance that it fits. */
  confidence: number;
  /** The approved wording that was nearest. */
  nearest: string;
  /** Where it says more. */
  source: string;
  /** Its text as one reply. */
  text: string;
  /** Its title. */
  title: string;
  /** The version that may be said now. */
  version: number;
};

/** A candidate answer with the text that would be said. */
export type SuggestedText = {
  /** Which answer. */
  answer: AnswerId;
  /** The estimated chance that it fits, 0 to 1. */
  confidence: number;
  /** The approved wording that was nearest. */
  nearest: string;
  /** Where it says more; empty if nowhere. */
  source: string;
  /** The live text as a reply. */
  text: string;
  /** Its title. */
  title: string;
  /** The live version. */
  version: number;
};

/** A wording for the editor; it becomes a draft when a person saves it, and is said when somebody approves that. */
export type SuggestedWording = {
  /** What to do now. */
  do_now: string;
  /** Is it expected? */
  expected: string;
  /** Whose words. */
  from: WordingFrom;
  /** When the next update comes. */
  next_update: string;
  /** Why it is not the service's, in a plain line. */
  notice: string | null;
  /** What the source does not say; to be read before it is approved. */
  unsupported: UnsupportedPassage[];
};

/** A candidate answer and how sure the matcher is. */
export type Suggestion = {
  /** The answer. */
  answer: AnswerId;
  /** 0 to 1: the estimated chance that this answer fits. */
  confidence: number;
  /** The approved wording that was nearest. */
  nearest: string;
  /** Its title, as it was. */
  title: string;
};

/** From when on the assistant answers. */
export type Sure = {
  /** Expected calibration error on the outcomes, 0 to 1; null without outcomes. */
  calibration_error: number | null;
  /** The confidence that the plan fixes, 0 to 1; null where the outcomes set it. */
  fixed_confidence: number | null;
  /** Outcomes that were judged. */
  judged: number;
  /** Outcomes that say nothing now, because their answer may not be said any more. */
  left_out: number;
  /** Outcomes that are still missing. */
  more: number;
  /** Outcomes that the rate needs at least. */
  needed: number;
  /** Share of messages without a right answer, 0 to 1. */
  outside: number;
  /** That share is assumed: the outcomes have too few of them. */
  outside_assumed: boolean;
  /** Something changed a moment ago and is being judged: look again. */
  pending: boolean;
  /** The plan's. */
  planned_wrong_rate: number;
  /** Where the outcomes come from. */
  sources: SourceCount[];
  /** How the assistant stands with that. */
  state: SureState;
  threshold: ThresholdView | null;
  /** What other rates would buy, strictest first. */
  trade_off: RatePoint[];
  /** The same in a sentence. */
  why: string;
  /** Accepted share of wrong answers that was looked at, 0 to 1. */
  wrong_rate: number;
};

/** How the assistant stands. */
export type SureState = 'answers' | 'too_few' | 'too_often_wrong' | 'not_yet_known' | 'fixed' | 'off';

/** All labels. */
export type TagsBody = {
  /** All of them; the ones left out are removed. */
  tags: string[];
};

/** How a held mail is taken in. */
export type TakeBody = {
  /** As a customer's message, whatever it looks like; otherwise it is only tried again. */
  as_message?: boolean;
};

/** What was found in a text. */
export type TextChecked = {
  /** What was counted. */
  counts: TextCounts;
  ease: ReadingEase | null;
  formulas: ReadabilityFormulas | null;
  /** The language that it was read in: `en`, `de` or `other`. */
  language: string;
  /** How far the ease can be trusted, or why there is none. */
  limits: string;
  /** What makes it hard, in the order of the text. Places are bytes of the text as UTF-8. */
  marks: TextMark[];
  /** Whether there were more marks than are given. */
  more: boolean;
  /** Whether nothing is missing that must be there: when the next update comes, in an answer or an update. */
  ok: boolean;
};

/** What was counted in a text: of its sentences, without headings, tables, code and addresses. */
export type TextCounts = {
  /** Letters and digits of the words. */
  characters: number;
  /** Words of three syllables or more. 0 in other languages than English. */
  long_words: number;
  /** Sentences; an item of a list is one. */
  sentences: number;
  /** Syllables; numbers, signs and abbreviations have one, as Flesch counts them. 0 in other languages than English. */
  syllables: number;
  /** Words that the New Dale-Chall list does not have. 0 in other languages than English. */
  unfamiliar: number;
  /** The different words. */
  vocabulary: TextVocabulary;
  /** Words and numbers in them. */
  words: number;
};

/** What a text is for. */
export type TextKind = 'article' | 'answer' | 'update';

/** One mark. */
export type TextMark = {
  /** Where it ends, in bytes. */
  end: number;
  /** What it is about. */
  kind: TextMarkKind;
  /** Where it begins, in bytes. What is missing is at the end of the text. */
  start: number;
  /** What would be right, as a sentence. */
  suggestion: string;
  /** The passage; empty where something is missing. */
  text: string;
  /** Why it is marked, as a sentence. */
  why: string;
};

/** What a mark is about. */
export type TextMarkKind = 'long_sentence' | 'long_average' | 'passive' | 'acronym' | 'jargon' | 'heavy_word' | 'double_negative' | 'hedge' | 'blame' | 'missing_expected' | 'missing_do_now' | 'missing_next_update' | 'time_without_zone';

/** A part of a text. */
export type TextPiece = {
  /** They were searched for. */
  hit: boolean;
  /** The words. */
  text: string;
};

/** A text to check. */
export type TextToCheck = {
  /** What it is for. */
  kind: TextKind;
  /** Code of its language, such as `en`; without it the text tells. */
  lang?: string | null;
  /** The text, plain or Markdown, at most 100,000 bytes. */
  text: string;
  window?: WindowId | null;
};

/** Means over the different words of each stretch of 100 words, without names and numbers. All are 0 in other languages than English. */
export type TextVocabulary = {
  /** Mean logarithm of the places by frequency of those that carry meaning. */
  rarity: number;
  /** Mean syllables. */
  syllables: number;
  /** Different words that the New Dale-Chall list does not have, in 100. */
  unfamiliar: number;
};

/** What follows a reply. */
export type Then = 'waiting' | 'resolved';

/** A share of the target that has been or will be used up. */
export type Threshold = {
  /** The instant. */
  at: Timestamp;
  /** Share of the target, in per cent. */
  percent: number;
};

/** A threshold and what it does. */
export type ThresholdView = {
  /** Share of all messages that would have been answered. */
  answered: number;
  /** The same among messages that have a right answer. */
  answered_inside: number;
  /** Upper end of that share, with 95 % confidence. */
  bound: number;
  /** From this confidence on it answers, 0 to 1. */
  confidence: number;
  /** Share wrong among those that would have been answered. */
  wrong: number;
};

export type Timestamp = string;

/** Articles to take over. */
export type ToImport = {
  /** At most a hundred; more come in further requests. */
  articles: ImportedArticle[];
};

/** Today's review, and what is next. */
export type TodaysReview = {
  executive_at: Timestamp | null;
  morning_at: Timestamp | null;
  next_at: Timestamp | null;
  /** The plan has a review: without one nothing is scheduled. */
  planned: boolean;
  /** Today's. */
  review: Review;
  unclosed: UnclosedReview | null;
};

/** Several days judged as one. */
export type Together = {
  /** How many days, this one included. */
  days: number;
  /** What such days had before the change. */
  expected: number;
  /** Their value in the signal's unit: the sum of counts, the share of the whole. */
  value: number;
};

/** An id: digits in a string. */
export type TokenId = string;

/** A token, without its secret. */
export type TokenView = {
  /** When it was made. */
  created_at: Timestamp;
  /** Id. */
  id: TokenId;
  /** What it is for. */
  name: string;
  revoked_at?: Timestamp | null;
  /** What it may do. */
  scopes: Permission[];
};

/** Where the copy goes. */
export type TranscriptReply = {
  /** The address. */
  email: string;
};

/** One step in the life of a window, kept for the record. */
export type Transition = {
  /** What was missing and accepted at that moment. */
  accepted_gaps: string[];
  /** When. */
  at: Timestamp;
  /** Who. */
  by: string;
  /** From. */
  from: Phase;
  /** Why, where one was given or needed. */
  reason: string | null;
  /** To. */
  to: Phase;
};

/** The first look at a conversation. */
export type Triage = {
  /** Category, from the scenario: billing, access … */
  category: string | null;
  /** Who corrected it last; nobody if it is the product's own. */
  corrected_by: string | null;
  /** Why the assistant gives no answer to it, whatever fits. */
  held: string | null;
  issue: IssueId | null;
  /** Why, in words a person can check: one sentence for each finding. */
  reasons: string[];
  /** "Is this expected?" rather than "how does this work?". */
  reassurance: boolean;
  /** Key of the scenario in the plan, if one fits. */
  scenario: string | null;
  /** About the change or not. */
  scope: Scope;
  /** More than one question in one message. */
  several_questions: boolean;
  /** How much it hurts. */
  severity: Severity;
  /** Best answers, best first, at most three. */
  suggestions: Suggestion[];
  /** The customer is upset. */
  upset: boolean;
  urgent: Urgency | null;
  /** The customer asks for a person. */
  wants_person: boolean;
};

/** The first look, with suggestions that can be sent. */
export type TriageView = {
  /** Category of the scenario. */
  category: string | null;
  /** Who corrected it last. */
  corrected_by: string | null;
  /** Why the assistant gives no answer to it, whatever fits. */
  held: string | null;
  issue: IssueId | null;
  /** Why, one sentence for each finding. */
  reasons: string[];
  /** "Is this expected?" rather than "how does this work?". */
  reassurance: boolean;
  /** Key of the scenario, if one fits. */
  scenario: string | null;
  /** About the change or not. */
  scope: Scope;
  /** More than one question in one message. */
  several_questions: boolean;
  /** How much it hurts. */
  severity: Severity;
  /** Answers that may be said now, best first. */
  suggestions: SuggestedAnswer[];
  /** The customer is upset. */
  upset: boolean;
  urgent: Urgency | null;
  /** The customer asks for a person. */
  wants_person: boolean;
};

/** A message to try. */
export type Trial = {
  /** What the customer would write. */
  text: string;
  /** With the plan and the approved answers of this window. */
  window: WindowId;
};

/** What would happen. */
export type TrialOutcome = {
  /** Why triage reads it so, one sentence for each finding. */
  reasons: string[];
  /** Which scenario. */
  scenario: string | null;
  /** About the change or not. */
  scope: Scope;
  /** The best answers, best first. */
  suggestions: SuggestedText[];
  /** Why, in a sentence. */
  why: string;
  /** What the assistant would do. */
  would: Would;
};

/** What would happen to one of them. */
export type TriedMessage = {
  /** The nearest answers, best first, at most three. */
  top: AnswerCandidate[];
  /** Why, in a sentence. */
  why: string;
  /** What the assistant would do. */
  would: Would;
};

/** What would happen to all of them. */
export type TriedMessages = {
  /** One for each message, in their order. */
  results: TriedMessage[];
};

/** On which side of its threshold a figure is bad. */
export type TriggerWhen = 'above' | 'below';

/** Whether conversations are given in turn. */
export type TurnBody = {
  /** They are. */
  turning: boolean;
};

/** Messages that ask the same and that nothing approved answered. */
export type Unanswered = {
  /** How many in the 24 hours before. */
  day_before: number;
  dismissed: Dismissed | null;
  draft: DraftedAnswer | null;
  /** Its first conversation, by which it is known. A later one of its conversations leads to it as well. */
  id: ConversationId;
  /** The last one. */
  last: Timestamp;
  /** How many in the last 24 hours. */
  last_day: number;
  /** How many messages: a conversation counts once. */
  messages: number;
  nearest: NearestAnswer | null;
  /** Different customers. */
  people: number;
  /** How many in each 24 hours of the last seven, oldest first. */
  per_day: number[];
  /** To how many somebody has replied. */
  replied: number;
  /** Since when. */
  since: Timestamp;
  /** Where it stands. */
  state: UnansweredState;
  /** The most typical question, shortened. */
  title: string;
  /** Of which window. */
  window: WindowId;
  /** The most typical wordings, as they were written; at most five. */
  wordings: string[];
};

/** A group, whole. */
export type UnansweredDetail = Unanswered & {
  /** Its conversations, newest first, at most two hundred. */
  conversations: UnansweredMessage[];
  reply: PersonReply | null;
  /** What an answer can begin with: the title and wordings of the customers, and the sentences of that reply where they seem to belong. Nothing in it is made up; what no sentence says is empty. */
  start: AnswerText;
};

/** One of a group's messages. */
export type UnansweredMessage = {
  /** When it was known that nothing answers it. */
  at: Timestamp;
  /** Where. */
  conversation: ConversationId;
  reply: PersonReply | null;
  /** What the customer wrote, as far as it is looked at. */
  text: string;
};

/** Where a group stands. */
export type UnansweredState = 'open' | 'drafted' | 'dismissed';

/** One that is still open. */
export type UnclosedReview = {
  /** Of which day. */
  day: string;
  /** Which. */
  id: ReviewId;
};

/** Which step. */
export type Undo = {
  /** Its number: `last_step` of the issue, or `step` in its history. */
  step: number;
};

/** Why, if there is something to keep. */
export type UnmergeBody = {
  /** Why. */
  reason?: string | null;
};

/** Somebody who cannot be told. */
export type Unreachable = {
  /** The customer's name. */
  contact: string;
  /** Which conversation. */
  conversation: ConversationId;
  /** Why. */
  reason: string;
};

/** How many are left. */
export type Unread = {
  /** How many you have not read. */
  unread: number;
};

/** What kind of thing the source lacks. */
export type UnsupportedKind = 'number' | 'time' | 'address' | 'name' | 'promise' | 'action' | 'markup' | 'length';

/** A passage that the source does not support. */
export type UnsupportedPassage = {
  /** Where it ends. */
  end: number;
  /** What it is. */
  kind: UnsupportedKind;
  /** In which part. */
  part: AnswerPart;
  /** Where it begins in the part, in UTF-16 units, as browsers count. */
  start: number;
  /** Word for word. */
  text: string;
  /** What is wrong with it, in a sentence. */
  why: string;
};

/** A matter that customers are told of, and all that was said of it. */
export type Update = {
  draft: UpdateDraft | null;
  /** What was published, newest first. */
  entries: UpdateEntry[];
  /** Id. */
  id: UpdateId;
  /** Whom the plan lets approve now: names, or addresses of people who never signed in. Leads may always. */
  may_approve: string[];
  /** The newest entry stands in banners and chats. */
  on_show: boolean;
  /** When it was begun. */
  opened_at: Timestamp;
  /** Its place on the status page. */
  page: string;
  promise: UpdatePromise | null;
  state: MatterState | null;
  /** The title of what was said last, or of what is being written. */
  title: string;
  /** Of which window. */
  window: WindowId;
  /** Whether you may. */
  you_may_approve: boolean;
};

/** What was found, and how it will look. */
export type UpdateChecked = {
  /** Nothing is missing. */
  complete: boolean;
  /** When it would leave banners and chats, if it were published now. */
  leaves_at: Timestamp;
  /** Places to look at. Only `missing` stands in the way. */
  marks: UpdateMark[];
  /** Whom the plan lets approve it now. Leads may always. */
  may_approve: string[];
  /** How it will look. */
  preview: UpdatePreview;
  /** Whether you may. */
  you_may_approve: boolean;
};

/** What an entry says. */
export type UpdateContent = {
  banner_until: Timestamp | null;
  /** What we do, and what comes next. */
  doing: string;
  /** What is happening, and to whom. At most 2,000 characters, like each answer. */
  happening: string;
  /** How much it hurts. */
  impact: Impact;
  /** What it means for them, and what they can do now. */
  meaning: string;
  next_at: Timestamp | null;
  /** How far the matter is. */
  state: MatterState;
  /** What it is about, in one line of at most 120 characters. */
  title: string;
  /** What it is about: keys of scenarios, `category:` and a category, `issue:` and an issue's id. They decide who may approve, who of the subscribers gets it, and which contacts its effect is measured by. Empty: of none in particular. */
  topics: string[];
  /** What we do not know yet. */
  unknown: string | null;
  /** The zone in which that time is said, such as Europe/Berlin. */
  zone: string;
};

/** What is being written. */
export type UpdateDraft = {
  approved_at: Timestamp | null;
  /** Who approved it. */
  approved_by: string | null;
  /** Approval was asked for. */
  asked: boolean;
  /** When. */
  at: Timestamp;
  /** Who wrote it last. */
  by: string;
  /** What it says. */
  content: UpdateContent;
  corrects: EntryId | null;
  /** The id that the entry will have. */
  entry: EntryId;
  /** Its number in the matter. */
  number: number;
  /** Counts the edits: name it when you edit, approve or publish. */
  revision: number;
};

/** Contacts on one topic before and after one entry. */
export type UpdateEffect = {
  after: EffectSide | null;
  before: EffectSide | null;
  /** Whole days on each side; none where there are too few yet. */
  days: number | null;
  /** The list of conversations that the figures are of takes these: `dimension`, `value`, and `since` and `until` of a side. */
  dimension: string;
  /** The entry. */
  entry: EntryId;
  found: EffectFound | null;
  missing: EffectMissing | null;
  /** Its name. */
  name: string;
  /** Its number in the matter. */
  number: number;
  /** Other entries of the matter that were published within the days compared: their effect cannot be told apart. */
  others: number;
  /** When it was published. */
  published_at: Timestamp;
  ready_at: Timestamp | null;
  /** Its title. */
  title: string;
  /** The topic's word. */
  topic: string;
  /** See `dimension`. */
  value: string;
  /** Weekdays are told apart: there was enough time before the change to know them. */
  weekdays: boolean;
  /** The same in words. */
  why: string | null;
};

/** The effects of one matter. */
export type UpdateEffects = {
  /** One for each entry that corrects none and each topic that it names, newest first. */
  items: UpdateEffect[];
  /** What the figures are, and what they are not. */
  limits: string;
};

/** What was published. */
export type UpdateEntry = {
  /** Who approved it. */
  approved_by: string;
  /** What it says. */
  content: UpdateContent;
  /** A later entry corrects it. */
  corrected: boolean;
  corrects: EntryId | null;
  /** Id: the version that every place names. */
  id: EntryId;
  /** When it leaves banners and chats. */
  leaves_at: Timestamp;
  /** Its number in the matter, from 1. */
  number: number;
  /** When. */
  published_at: Timestamp;
  /** Who published it. */
  published_by: string;
  /** The same as every place shows it. */
  text: string;
  /** Who wrote it. */
  written_by: string;
};

/** An id: digits in a string. */
export type UpdateId = string;

/** One place to look at. */
export type UpdateMark = {
  /** Where it ends. */
  end: number;
  /** In which field. */
  field: string;
  /** How much it weighs. */
  kind: UpdateMarkKind;
  /** What is wrong and what would be right. */
  says: string;
  /** Where it begins there, in UTF-16 code units, as browsers count. */
  start: number;
};

/** How much a mark weighs. */
export type UpdateMarkKind = 'missing' | 'plain';

/** One text, as each place shows it. */
export type UpdatePreview = {
  /** The banner: the title and what is happening. */
  banner: string;
  /** The status page and the feeds. */
  html: string;
  /** The line below the title. */
  lead: string;
  /** The mail's subject. */
  mail_subject: string;
  /** The mail, without the line on how to get no more. */
  mail_text: string;
  /** Slack. */
  slack: string;
  /** The chat, and everywhere plain text goes. */
  text: string;
};

/** The promise of the next update. */
export type UpdatePromise = {
  /** When it is due. */
  due_at: Timestamp;
  /** When it was made. */
  made_at: Timestamp;
  /** It did not come in time. */
  overdue: boolean;
  /** When 80 % of its time are over. */
  soon_at: Timestamp;
};

/** Where a window's updates go. */
export type UpdateSettings = {
  /** Its Atom feed. */
  atom: string;
  /** The same as JSON, as Statuspage lays it out. */
  json: string;
  /** The status page. */
  page: string;
  /** Its RSS feed. */
  rss: string;
  /** The host of the Slack address; none where there is none. The address itself is a secret and not shown again. */
  slack: string | null;
  /** Subscribers who confirmed their address. */
  subscribers: number;
  /** Those who have not yet. */
  unconfirmed: number;
};

/** What is being written. */
export type UpdateToCheck = {
  /** What it says. */
  content: UpdateContent;
  corrects?: EntryId | null;
  update?: UpdateId | null;
  /** Of this window. */
  window: WindowId;
};

/** A matter that goes before all others, whatever the plan says. The reading only finds it; what it is, a person says. */
export type Urgency = 'self_harm' | 'violence' | 'data_breach' | 'legal';

/** One day's usage. */
export type Usage = {
  /** Key of an account: then the figures are about its people alone, and not about all customers. */
  account: string | null;
  /** How many customers were active. Contacts are compared with what as many would have had. */
  active_users: number | null;
  /** Percentage of customers who use what is new, 0 to 100. */
  adoption: number | null;
  /** Which day, in the programme's zone; also one of the time before the change. */
  day: string;
};

/** A person, for themselves. */
export type User = {
  /** E-mail address. */
  email: string;
  /** Id. */
  id: UserId;
  /** Name to show. */
  name: string;
  /** Role. */
  role: Role;
};

export type UserChange = {
  /** `true`: may not sign in any more; ends their sessions. */
  disabled?: boolean | null;
  /** New name. */
  name?: string | null;
  /** New password; ends their sessions. */
  password?: string | null;
  role?: Role | null;
};

/** An id: digits in a string. */
export type UserId = string;

/** A person who may sign in, or might once. */
export type UserView = {
  /** May not sign in any more. */
  disabled: boolean;
  /** E-mail address. */
  email: string;
  /** Id. */
  id: UserId;
  /** Name to show. */
  name: string;
  /** Role. */
  role: Role;
};

/** What changes in a view; what is left out stays. */
export type ViewChange = {
  filters?: ConversationFilters | null;
  /** Another name. */
  name?: string | null;
  /** Whether everybody sees it; only its owner can change that. */
  shared?: boolean | null;
};

/** How many conversations each view has. */
export type ViewCounts = {
  all_open: number;
  assistant: number;
  breached: number;
  critical: number;
  mine: number;
  needs_person: number;
  snoozed: number;
  unassigned: number;
  waiting: number;
};

/** In which order you have your views. */
export type ViewOrder = {
  /** The views, first to last; those that are left out follow by name. Null orders all by name. */
  views: SavedViewId[] | null;
};

/** Whose a view is. */
export type ViewOwner = {
  /** They cannot sign in any more. */
  former: boolean;
  /** Who. */
  id: UserId;
  /** Their name. */
  name: string;
};

/** What caused work. */
export type Volume = {
  /** Of these, answered by the assistant without a person. */
  answered: number;
  /** Conversations of the whole desk since the day of go-live. */
  desk: number;
  /** By issue, most first. */
  issues: ReportIssue[];
  /** By scenario, most first. */
  scenarios: ScenarioLine[];
  /** Conversations about the change. */
  window: number;
};

/** Decisions of one group. */
export type WaitGroup = {
  /** How many were asked for. */
  asked: number;
  /** How many waited longer than they should. */
  late: number;
  /** Longest wait in seconds; of an open one so far, so at least this. */
  longest: Span;
  /** Median wait in seconds; of open ones so far, so at least this. */
  median: Span;
  /** Its name. */
  name: string;
  /** How many of them still wait. */
  open: number;
};

/** What waits for this visitor. */
export type WaitingCheckIn = {
  check_in: ChatCheckIn | null;
};

/** Some days of a value, compared with its own recent past. The count equals the number of occurrences that have the value on the days `from` to `to`. */
export type WarningFigures = {
  /** Occurrences on these days. */
  count: number;
  /** What is usual on such days, given how busy the whole desk was. */
  expected: number;
  /** First day counted, in the desk's zone. */
  from: string;
  /** Different people behind them; none where the occurrences do not say who. */
  people: number | null;
  /** Last day counted; it may still be going on. */
  to: string;
};

/** An id: digits in a string. */
export type WarningId = string;

/** What is behind a rise, as far as the occurrences tell. */
export type WarningKind = 'many_people' | 'new_value' | 'rise' | 'repeating_source' | 'relabelled' | 'whole_desk';

/** Where a warning stands. */
export type WarningState = 'open' | 'closed' | 'dismissed';

/** One warning. */
export type WarningView = {
  /** What rises because of it. */
  also: AlsoRises[];
  /** Its figures at first sight. */
  at_first: WarningFigures;
  /** Conversations since its first day: as many as the list with `dimension`, `value`, `since` and `until` has. */
  conversations: number;
  /** Dimension of the value that says most; `desk` for everything together. */
  dimension: string;
  dismissed: Dismissed | null;
  /** When it was first seen. */
  first_seen: Timestamp;
  /** Its id. */
  id: WarningId;
  /** What is behind it. */
  kind: WarningKind;
  /** Its figures on the last day looked at. */
  latest: WarningFigures;
  /** What people call it: the scenario's name, the issue's title, `Category billing`, `Place: Norway`, `The whole desk`. */
  name: string;
  /** So much would come by chance alone once in so many such days. */
  one_in: number;
  /** Different customers behind these. */
  people: number;
  /** Where that list begins. */
  since: Timestamp;
  /** Where it stands. */
  state: WarningState;
  /** Where it ends. */
  until: Timestamp;
  /** That value. */
  value: string;
  /** Why, in a sentence. */
  why: string;
  window: WindowId | null;
  /** The same in standard deviations. */
  z: number;
};

/** How a signal does after the exit. */
export type WatchReading = {
  alarm: AlarmLevel | null;
  /** The whole days since the exit, in order. */
  days: ReadingDay[];
  /** The signal's key. */
  key: string;
  /** Its name. */
  name: string;
  /** Its unit. */
  unit: string;
  /** How the latest compares, in a sentence. */
  why: string;
};

/** The watch over the days after a window. */
export type WatchView = {
  /** Days that the plan asks for. */
  days: number;
  /** Days that are still to come, the one that goes on included; 0 when it is over. */
  days_left: number;
  ended_at: Timestamp | null;
  /** The day on which the window was closed; none while it is not closed, and where nobody watches. */
  exit_day: string | null;
  /** The last day that is watched. */
  last_day: string | null;
  /** Whether the window may be opened again: while it is watched, or while a relapse waits. */
  may_reopen: boolean;
  proposed: Relapse | null;
  /** How each signal that is watched does since the exit; empty before the first whole day. */
  readings: WatchReading[];
  /** All that were proposed, the latest first. */
  relapses: Relapse[];
};

/** An id: digits in a string. */
export type WayId = string;

/** What kind of way it is. */
export type WayKind = 'email' | 'slack' | 'webhook';

/** What changes; what is not given stays. */
export type WebhookChange = {
  /** What it is for. */
  description?: string | null;
  /** `false` switches it off. Switched on again, it is told what it missed. */
  enabled?: boolean | null;
  /** Kinds of events. */
  kinds?: string[] | null;
  /** Send the texts of messages along. */
  messages?: boolean | null;
  /** Send the texts of private notes along. */
  notes?: boolean | null;
  /** What it has not been told so far is skipped. */
  skip_missed?: boolean;
  /** Where to. */
  url?: string | null;
};

/** A telling and what became of it. */
export type WebhookDelivery = {
  /** How often it was tried in all. */
  attempts: number;
  /** The status of the last answer. */
  code: number | null;
  /** When it was queued. */
  created_at: Timestamp;
  done_at: Timestamp | null;
  /** How long the last attempt took, in milliseconds. */
  duration_ms: number | null;
  /** What was wrong with the last attempt. */
  error: string | null;
  /** Of which event; none for a test. */
  event: number | null;
  /** Id. */
  id: string;
  /** What kind. */
  kind: string;
  next_at: Timestamp | null;
  /** The first bytes of the last answer. */
  response: string | null;
  /** `pending`, `delivered` or `failed`. */
  state: WebhookDeliveryState;
  /** What the receiver sees as `webhook-id`: the same over all attempts. */
  webhook_id: string;
};

/** What became of a delivery. */
export type WebhookDeliveryState = 'pending' | 'delivered' | 'failed';

/** A kind of event that others may be told of. */
export type WebhookKind = {
  /** The facts that go along, by name. */
  facts: string[];
  /** Its word. */
  kind: string;
  /** What it means. */
  means: string;
};

/** Since when. */
export type WebhookReplay = {
  /** All that were queued at this time or later, and failed. */
  since: Timestamp;
};

/** How many were queued again. */
export type WebhookReplayed = {
  /** How many. */
  count: number;
};

/** An address with its secret, which is shown here and nowhere else. */
export type WebhookSecret = {
  /** What signs: `whsec_…`. */
  secret: string;
  /** The address. */
  webhook: WebhookView;
};

/** A test that was queued. */
export type WebhookTest = {
  /** The delivery, as in the log. */
  delivery: string;
};

/** An address that is told what happens, without its secret. */
export type WebhookView = {
  /** When it was added. */
  created_at: Timestamp;
  /** Deliveries that arrived, of those in the log. */
  delivered: number;
  /** What it is for. */
  description: string;
  /** Why it is switched off, if it is. */
  disabled_why: string | null;
  /** It is told. */
  enabled: boolean;
  /** Deliveries that failed, of those in the log. */
  failed: number;
  failing_since: Timestamp | null;
  /** Id. */
  id: string;
  /** Kinds of events; `issue.*` means all about issues, `*` all. */
  kinds: string[];
  last_delivered_at: Timestamp | null;
  /** The texts of messages go along. */
  messages: boolean;
  /** The texts of private notes go along. */
  notes: boolean;
  old_secret_until: Timestamp | null;
  /** Deliveries that wait, of those in the log. */
  pending: number;
  /** Where to. */
  url: string;
};

/** A day of the week. */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** Why. */
export type WhyErase = {
  /** Why, without the customer's name: it stays in the log. */
  reason: string;
};

/** A window with its plan, as far as screens show it. */
export type Window = WindowSummary & {
  assistant: AssistantSettings;
  coverage: Coverage | null;
  escalations: EscalationPath[];
  /** Facts that conversations carry. */
  fields: PlannedField[];
  intake: Intake | null;
  /** Too short or too long, in a sentence. */
  length_warning: string | null;
  objectives: Objective[];
  /** E-mail addresses of those who answer for the change. */
  owners: string[];
  /** How often the plan was applied. */
  plan_version: number;
  rollback: string;
  /** Steps of the runbook that takes the change live; 0 where the plan has none. */
  runbook_steps: number;
  scenarios: Scenario[];
  scope_in: string[];
  scope_out: string[];
  sla: Sla;
  summary: string;
  transitions: Transition[];
  zone: string;
};

/** The calendar of one window. */
export type WindowCalendarAddress = {
  /** What it is called. */
  name: string;
  /** Where. */
  path: string;
  /** Which. */
  window: WindowId;
};

/** An id: digits in a string. */
export type WindowId = string;

/** A window in a list. */
export type WindowSummary = {
  /** Kind of change. */
  change_kind: ChangeKind;
  /** When the window was created. */
  created_at: Timestamp;
  /** Day of the window, 1 on the day it went live; 0 before. */
  day: number;
  /** When the change goes or went live. */
  go_live_at: Timestamp;
  /** Id. */
  id: WindowId;
  /** The plan's key. */
  key: string;
  /** Name for people. */
  name: string;
  /** Where it stands. */
  phase: Phase;
  /** Planned length in days, begun ones counted. */
  planned_days: number | null;
};

/** Why it must not be said any more. */
export type Withdrawal = {
  /** The reason, for the report. */
  reason?: string;
};

/** Whose wording it is. */
export type WordingFrom = 'service' | 'people';

/** Something that only works for a while, or an issue with a way round. */
export type WorkaroundView = {
  /** Who allowed it, or who has the issue. */
  by: string | null;
  decision: DecisionId | null;
  /** What the fix is. */
  fix: string | null;
  fix_owner: Receiver | null;
  issue: IssueId | null;
  /** Its title. */
  issue_title: string | null;
  kind: DecisionKind | null;
  until: Timestamp | null;
  /** It has to be ended or handed over before the window ends. */
  waits: boolean;
  /** What is allowed, or what customers are told. */
  workaround: string;
};

/** A signal that worsens while no window is open. */
export type WorseningSignal = {
  /** The beginning of the day on which it was first seen. */
  first_seen: Timestamp;
  /** The signal's key. */
  key: string;
  /** Its name. */
  name: string;
  /** The rule that found it. */
  rule: AlarmRule;
  /** Why, in a sentence. */
  why: string;
};

/** What the assistant would do. */
export type Would = 'answer' | 'ask' | 'hand_over';

/** What is written now. Without a draft it begins the next entry, or a correction. */
export type Written = {
  /** What it says. */
  content: UpdateContent;
  corrects?: EntryId | null;
  /** The revision of the draft that was read; none to begin one. */
  revision?: number | null;
};

/** What it asks now. */
export type WrittenCheckIn = {
  /** What it asks, and whom. */
  content: CheckInContent;
  /** The revision that was read. */
  revision: number;
};

/** A conversation that began right after an answer was read. */
export type WroteAfter = {
  /** When. */
  at: Timestamp;
  /** Which. */
  conversation: ConversationId;
  /** What had been searched. */
  searched: string;
  /** About what. */
  subject: string;
};

/** A conversation that began at an article. */
export type WroteFrom = {
  /** When. */
  at: Timestamp;
  /** Which. */
  conversation: ConversationId;
  /** About what. */
  subject: string;
};
