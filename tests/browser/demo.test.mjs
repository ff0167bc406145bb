// Stories of day six, on one demonstration whose customers are silent.
import { startDemo, stories } from "./support.mjs";
import acceptance from "./stories/acceptance.mjs";
import accounts from "./stories/accounts.mjs";
import answers from "./stories/answers.mjs";
import articles from "./stories/articles.mjs";
import asked from "./stories/asked.mjs";
import chat from "./stories/chat.mjs";
import checkIns from "./stories/check_ins.mjs";
import collision from "./stories/collision.mjs";
import containment from "./stories/containment.mjs";
import decisions from "./stories/decisions.mjs";
import escalated from "./stories/escalated.mjs";
import figures from "./stories/figures.mjs";
import lessons from "./stories/lessons.mjs";
import gaps from "./stories/gaps.mjs";
import handover from "./stories/handover.mjs";
import issues from "./stories/issues.mjs";
import joined from "./stories/joined.mjs";
import keyboard from "./stories/keyboard.mjs";
import learned from "./stories/learned.mjs";
import many from "./stories/many.mjs";
import notices from "./stories/notices.mjs";
import reach from "./stories/reach.mjs";
import repeats from "./stories/repeats.mjs";
import review from "./stories/review.mjs";
import rota from "./stories/rota.mjs";
import robust from "./stories/robust.mjs";
import screens from "./stories/screens.mjs";
import slow from "./stories/slow.mjs";
import split from "./stories/split.mjs";
import sure from "./stories/sure.mjs";
import stages from "./stories/stages.mjs";
import unanswered from "./stories/unanswered.mjs";
import updates from "./stories/updates.mjs";
import warnings from "./stories/warnings.mjs";
import webhooks from "./stories/webhooks.mjs";

const story = stories(() => startDemo({ args: ["--still"] }));
// First what looks at the state as it was played.
for (const tell of [screens, figures, lessons, warnings, asked, acceptance, collision, joined, split, chat, keyboard, many, notices, reach, slow, learned, issues, answers, articles, unanswered, gaps, sure, decisions, handover, escalated, repeats, webhooks, updates, accounts, checkIns, rota, review, robust]) tell(story);
// Then what moves the window on, and at last what ends it.
for (const tell of [stages, containment]) tell(story);
