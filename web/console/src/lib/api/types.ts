// The names that the console uses for the shapes of the API (`schema.ts` is generated from its description).
import type * as S from './schema';

export type {
  Account,
  AccountContact,
  AccountDetail,
  AccountFacts,
  AccountRef,
  AffectedAccount,
  AffectedAccounts,
  ColleagueReached,
  HowReached,
  NoticeFate,
  NoticeGroup,
  NoticeLogLine,
  NoticePreview,
  NoticeReason,
  NoticeRules,
  NoticeWay,
  NoticeWayAdded,
  NoticeWhen,
  QuietHours,
  Weekday,
  Article,
  ArticleChange,
  ArticleGap,
  ArticleLine,
  ArticleOrder,
  ArticlePreview,
  ArticleRatings,
  ArticleRevision,
  ArticleState,
  ArticleText,
  ArticleTextLine,
  ArticleToWrite,
  ArticleVariant,
  Audience,
  Category,
  CategoryOrder,
  CentreSettings,
  Collection,
  CollectionOrder,
  HelpSettings,
  Named,
  NewArticle,
  NewShelf,
  ShelfChange,
  Attendance,
  Backlog,
  BacklogWait,
  CallView,
  ComparedAccounts,
  Imported,
  Money,
  RevenueInDoubt,
  AnswerKeeping,
  KeepBody,
  HandoverItem,
  HandoverItemState,
  Kept,
  KnowledgeToKeep,
  Macro,
  NormalView,
  OpenItems,
  OpenKind,
  Relapse,
  RelapseState,
  WatchReading,
  WatchView,
  WorkaroundView,
  AnswerDetail,
  AgendaPart,
  AnswerGap,
  BriefKind,
  BriefPreview,
  Review,
  ReviewAction,
  ReviewItem,
  ReviewLine,
  TodaysReview,
  AnswerPart,
  Answer,
  AnswerState,
  AnswerText,
  AnswerUseLine,
  OutcomeVerdict,
  AnswerVersion,
  PersonReply,
  SearchGap,
  SuggestedWording,
  TextChecked,
  TextKind,
  TextMark,
  TextMarkKind,
  TextToCheck,
  Unanswered,
  CheckIn,
  CheckInContent,
  CheckInPerson,
  CheckInPreview,
  Update,
  UpdateChecked,
  UpdateContent,
  UpdateEffect,
  UpdateEffects,
  UpdateMark,
  UpdateSettings,
  UnansweredDetail,
  UnsupportedPassage,
  Author,
  Breaching,
  BulkAction,
  BulkOutcome,
  BulkResult,
  Broadcast,
  BroadcastPreview,
  Channel,
  ClockKind,
  ClockView,
  ConversationItem,
  Containment,
  ContainmentStarted,
  ConfirmedOutcome,
  Correction,
  Cutover,
  CutoverState,
  CutoverStep,
  CutoverStepStatus,
  CutoverSummary,
  CutoverTrigger,
  Runbook,
  StepAct,
  StepKind,
  Decision,
  DecisionKind,
  DueList,
  ExitView,
  FieldView,
  Gap,
  Handler,
  IntakeFigures,
  Issue,
  IssueHappened,
  IssueParts,
  JudgedAnswer,
  ListedConversations,
  IssueState,
  FileView,
  Hand,
  MailDetail,
  MailStatus,
  MailView,
  Marker,
  Mention,
  Notice,
  NoticeKind,
  Notices,
  Me,
  OutcomeSource,
  Permission,
  PersonPresent,
  Phase,
  PlanApplied,
  PlanChange,
  PlanCheck,
  PlanProblem,
  PresenceChange,
  CalendarAddress,
  CoverRequest,
  CalendarSection,
  DutyRole,
  Handover,
  HandoverSection,
  NewCover,
  Readiness,
  Role,
  Rota,
  RotaCadence,
  RotaEdited,
  RotaFault,
  RotaLayer,
  RotaLayersPreview,
  RotaLine,
  RotaNewLayers,
  RotaNewOverride,
  RotaNewTemporary,
  RotaOverride,
  RotaRotation,
  RotaShift,
  RotaStaffing,
  RotaTakenBack,
  RotaTemporary,
  RotaViolation,
  StaffingStretch,
  SavedViewCount,
  Scope,
  Searched,
  Severity,
  StageState,
  StageStep,
  StagesView,
  Signal,
  Alarm,
  BurnNow,
  Pooled,
  SignalDay,
  SignalStrip,
  SlaPolicy,
  SplitIssues,
  Status,
  Sure,
  SureState,
  WebhookKind,
  BridgeSecret,
  NewWebhook,
  WebhookChange,
  WebhookSecret,
  TextPiece,
  Transition,
  TriedMessage,
  Window,
  WindowSummary,
  WarningKind,
  WarningView,
} from './schema';

export type Id = string;
export type Person = S.PersonRef;
export type User = S.UserView;
export type Token = S.TokenView;
export type MadeToken = S.MadeToken;
export type Webhook = S.WebhookView;
export type WebhookDelivery = S.WebhookDelivery;
export type Erased = S.ContactErased;
export type Bridge = S.BridgeView;
export type PlanScenario = S.Scenario;
export type Objective = S.ObjectiveProgress;
export type ObjectiveState = S.ProgressState;
export type SignalState = S.State;
export type NowView = S.Now;
export type Stage = S.StageView;
export type ExitDay = S.DayVerdict;
export type Conversation = S.ConversationView;
export type Message = S.MessageView;
export type Joined = S.Joined;
export type SplitPlace = S.SplitPlace;
export type Escalation = S.Escalation;
export type EscalationAnswer = S.EscalationAnswer;
export type Suggestion = S.SuggestedAnswer;
export type Triage = S.TriageView;
export type Counts = S.ViewCounts;
/** What is not asked for is left out. */
export type ConversationFilters = { [K in keyof S.ConversationFilters]?: NonNullable<S.ConversationFilters[K]> };
export type SavedView = Omit<S.SavedViewView, 'filters'> & { filters: ConversationFilters };
export type SavedViews = Omit<S.SavedViews, 'items'> & { items: SavedView[] };
export type AnswerTry = S.TrialOutcome;
export type LiveEvent = S.Change;
export type NoticeWayKind = S.WayKind;
export type NoticeSettings = { off: S.NoticeKind[]; desktop_words: boolean };
/** How far each side of a chat has read. */
export type Seen = S.SeenView;
/** Something of a customer that passes and is not kept. */
export type Sign = { kind: 'typing'; conversation: Id } | { kind: 'seen'; conversation: Id; message: Id };

/** One line of what happened; `link` leads to what it is about. */
export interface EventLine {
  seq: number;
  at: string;
  actor: string;
  sentence: string;
  link?: string | null;
}
/** A figure of an answer, which opens to the uses behind it. */
export type UsesOnly = 'assistant' | 'people' | 'helped' | 'not_helped' | 'measured' | 'again' | 'alone';
/** What belongs to a draft beside its text. */
export interface BesideDraft {
  /** The group of unanswered messages that it is written for. */
  unanswered?: Id;
  /** What a suggested wording says that its source does not. */
  unsupported?: string[];
}
export type View = keyof S.ViewCounts | 'resolved';

/** A part of a list; `next` is the cursor of the part after it. */
export interface Page<T> {
  items: T[];
  next: string | null;
}
