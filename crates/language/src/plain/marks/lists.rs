//! The words that the marks look for. Phrases are in lower case.

/// Abbreviations that need no explanation, English and German; currencies and zones among them.
#[rustfmt::skip]
pub(super) const KNOWN_ACRONYMS: &[&str] = &[
    "OK", "PC", "TV", "ID", "FAQ", "PDF", "SMS", "PIN", "VAT", "QR", "GPS", "UK", "US", "USA", "EU", "UN", "NHS", "CEO", "DIY", "DVD", "CD", "AM", "PM", "GB", "MB", "TB", "KB", "KG", "KM",
    "CM", "MM", "ML", "HD", "UTC", "GMT", "CET", "CEST", "PST", "PDT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PT", "ET", "CT", "MT", "BST", "IST", "JST", "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN",
    "JPY", "CAD", "AUD", "IBAN", "BIC", "WLAN", "USB", "CC", "BCC", "PS", "DNA", "AIDS", "NASA", "BBC", "AG", "GMBH", "MWST", "UST", "AGB", "DE", "EN", "AT", "CH", "TÜV", "ADAC", "EDV",
    "LKW", "PKW", "KFZ", "DIN", "ISO", "URL", "CAPTCHA", "WWW", "HTML", "ASAP", "PLC", "LLC", "INC", "LTD", "BCE", "AD", "BC", "JPG", "PNG", "GIF", "ZIP", "CSV", "XLS",
];

/// Words that are written in capitals to be seen.
#[rustfmt::skip]
pub(super) const SHOUTED: &[&str] = &[
    "note", "important", "update", "warning", "urgent", "resolved", "mini", "incident", "report", "summary", "please", "attention", "info", "todo", "must", "not", "all", "new", "stop",
    "beta", "alpha", "demo", "test", "yes", "faq", "fixed", "monitoring", "identified", "investigating", "wichtig", "achtung", "hinweis", "neu", "nicht", "bitte", "oder", "und", "the",
    "are", "and", "nur",
];

/// Heavy words and turns, with the plain one.
#[rustfmt::skip]
pub(super) const HEAVY: &[(&str, &str)] = &[
    ("utilise", "use"), ("utilize", "use"), ("utilises", "use"), ("utilizes", "use"), ("utilising", "use"), ("utilizing", "use"), ("utilised", "use"), ("utilized", "use"),
    ("utilisation", "use"), ("utilization", "use"), ("commence", "start"), ("commences", "start"), ("commenced", "start"), ("commencing", "start"), ("terminate", "end"),
    ("terminates", "end"), ("terminated", "end"), ("terminating", "end"), ("endeavour", "try"), ("endeavor", "try"), ("endeavours", "try"), ("endeavors", "try"), ("endeavouring", "try"),
    ("endeavoring", "try"), ("facilitate", "help"), ("facilitates", "help"), ("facilitated", "help"), ("facilitating", "help"), ("ascertain", "find out"), ("ascertains", "find out"),
    ("ascertained", "find out"), ("ascertaining", "find out"), ("expedite", "speed up"), ("expedites", "speed up"), ("expedited", "speed up"), ("expediting", "speed up"),
    ("in order to", "to"), ("prior to", "before"), ("subsequent to", "after"), ("subsequently", "later"), ("at this point in time", "now"), ("at the present time", "now"),
    ("at this moment in time", "now"), ("at this time", "now"), ("due to the fact that", "because"), ("owing to the fact that", "because"), ("on account of the fact that", "because"),
    ("in light of the fact that", "because"), ("in the event that", "if"), ("in the event of", "if"), ("with regard to", "about"), ("with regards to", "about"), ("in regard to", "about"),
    ("with respect to", "about"), ("in respect of", "about"), ("pertaining to", "about"), ("in relation to", "about"), ("in the near future", "by when"),
    ("for the purpose of", "to"), ("for the purposes of", "to"), ("in spite of the fact that", "although"), ("despite the fact that", "although"),
    ("in the absence of", "without"), ("in excess of", "more than"), ("a large number of", "many or most"), ("a significant number of", "many or most"), ("a majority of", "many or most"),
    ("the majority of", "many or most"), ("a small number of", "a few"), ("a very small number of", "a few"), ("a limited number of", "a few"), ("on a daily basis", "every day"),
    ("on a regular basis", "regularly"), ("on a monthly basis", "every month"), ("as a consequence of", "because of"), ("as a result of the fact that", "because of"),
    ("have the ability to", "can"), ("has the ability to", "can"), ("is able to", "can"), ("are able to", "can"),
    ("make a decision", "decide"), ("provide assistance", "help"), ("provides assistance", "help"), ("provide assistance with", "help"), ("give consideration to", "consider"),
    ("take into consideration", "consider"), ("carry out an investigation", "look into it"), ("conduct an investigation", "look into it"), ("until such time as", "until"),
    ("notwithstanding", "despite"), ("hereby", "nothing, or which one"), ("herewith", "nothing, or which one"), ("heretofore", "nothing, or which one"),
    ("hereinafter", "nothing, or which one"), ("thereof", "nothing, or which one"), ("therein", "nothing, or which one"),
    ("aforementioned", "nothing, or which one"), ("aforesaid", "nothing, or which one"), ("henceforth", "from now on"), ("whilst", "while"), ("amongst", "among"),
    ("pursuant to", "under"), ("inasmuch as", "because"), ("remuneration", "pay"), ("sufficient", "enough"), ("insufficient", "not enough"), ("numerous", "many"), ("additional", "more"),
    ("approximately", "about"), ("demonstrate", "show"), ("demonstrates", "show"), ("demonstrated", "show"), ("demonstrating", "show"), ("indicates that", "shows that"), ("obtain", "get"),
    ("obtains", "get"), ("obtained", "get"), ("obtaining", "get"), ("purchased", "buy"), ("purchasing", "buy"), ("acquire", "get"),
    ("acquires", "get"), ("acquired", "get"), ("acquiring", "get"), ("regarding", "about"), ("require assistance", "need help"),
    ("requires assistance", "need help"), ("assistance", "help"), ("necessitate", "need"), ("necessitates", "need"), ("necessitated", "need"), ("necessitating", "need"), ("optimum", "best"),
    ("optimal", "best"), ("accomplish", "do"), ("accomplishes", "do"), ("accomplished", "do"), ("accomplishing", "do"),
    ("ceases", "stop"), ("cease", "stop"), ("ceased", "stop"), ("ceasing", "stop"), ("inform you that", "tell you that"),
    ("encounter", "have"), ("encounters", "have"), ("encountered", "have"), ("encountering", "have"), ("inconvenience", "what went wrong for the reader"),
    ("inconveniences", "what went wrong for the reader"), ("experiencing difficulties", "have problems"), ("experience difficulties", "have problems"), ("rectify", "correct"),
    ("rectifies", "correct"), ("rectified", "correct"), ("rectifying", "correct"), ("amend", "change"), ("amends", "change"), ("amended", "change"), ("amending", "change"),
    ("erroneous", "wrong"), ("erroneously", "by mistake"), ("adversely", "badly"), ("predominantly", "mostly"), ("anticipate", "expect"), ("anticipates", "expect"),
    ("anticipated", "expect"), ("anticipating", "expect"), ("modification", "change"), ("modifications", "change"), ("modify", "change"), ("modifies", "change"), ("modified", "change"),
    ("modifying", "change"), ("eliminate", "remove"), ("eliminates", "remove"), ("eliminated", "remove"), ("eliminating", "remove"), ("implement", "put in place"),
    ("implements", "put in place"), ("implemented", "put in place"), ("implementing", "put in place"), ("implementation", "start"),
    ("substantial", "large"), ("substantially", "large"), ("forthcoming", "coming"), ("respective", "nothing, or each by name"),
    ("respectively", "nothing, or each by name"), ("ensure that", "make sure that"), ("per annum", "a year"), ("vis-a-vis", "about"), ("e.g", "for example"),
    ("i.e", "that is"),
];

/// Words of the trade that customers may not know, with what to say for them.
#[rustfmt::skip]
pub(super) const JARGON: &[(&str, &str)] = &[
    ("backend", "our systems"), ("back-end", "our systems"), ("backends", "our systems"), ("back-ends", "our systems"), ("frontend", "the page, or the app"),
    ("front-end", "the page, or the app"), ("frontends", "the page, or the app"), ("latency", "things are slow"), ("latencies", "things are slow"), ("elevated latency", "things are slow"),
    ("elevated latencies", "things are slow"), ("increased latency", "things are slow"), ("increased latencies", "things are slow"), ("higher latency", "things are slow"),
    ("high latency", "things are slow"), ("degraded", "slow, or partly not working"), ("degradation", "slow, or partly not working"), ("degradations", "slow, or partly not working"),
    ("degraded performance", "slow, or partly not working"), ("performance degradation", "slow, or partly not working"), ("service degradation", "slow, or partly not working"),
    ("mitigate", "limit the effect, or the first repair"), ("mitigated", "limit the effect, or the first repair"), ("mitigates", "limit the effect, or the first repair"),
    ("mitigating", "limit the effect, or the first repair"), ("mitigation", "limit the effect, or the first repair"), ("mitigations", "limit the effect, or the first repair"),
    ("remediate", "repair"), ("remediated", "repair"), ("remediation", "repair"), ("remediating", "repair"), ("rollback", "go back to the version before"),
    ("rollbacks", "go back to the version before"), ("roll back", "go back to the version before"), ("rolled back", "go back to the version before"),
    ("rolling back", "go back to the version before"), ("rollout", "step-by-step start"), ("rollouts", "step-by-step start"), ("throughput", "how much goes through"),
    ("endpoint", "address"), ("endpoints", "address"), ("payload", "data"), ("payloads", "data"), ("deploy", "put the new version in place"), ("deployed", "put the new version in place"),
    ("deploying", "put the new version in place"), ("deployment", "put the new version in place"), ("deployments", "put the new version in place"), ("provision", "set up"),
    ("provisioned", "set up"), ("provisioning", "set up"), ("propagate", "spread"), ("propagated", "spread"), ("propagating", "spread"), ("propagation", "spread"),
    ("intermittent", "on and off"), ("intermittently", "on and off"), ("elevated error rates", "more errors than usual"), ("elevated errors", "more errors than usual"),
    ("increased error rates", "more errors than usual"), ("elevated error rate", "more errors than usual"), ("increased error rate", "more errors than usual"),
    ("connectivity", "connection"), ("telemetry", "our measurements"), ("triage", "sort by urgency"), ("triaged", "sort by urgency"), ("triaging", "sort by urgency"),
    ("stakeholder", "who is concerned"), ("stakeholders", "who is concerned"), ("whitelist", "allow"), ("whitelisted", "allow"), ("whitelisting", "allow"), ("allowlist", "allow"),
    ("allowlisted", "allow"), ("blacklist", "block"), ("blacklisted", "block"), ("blacklisting", "block"), ("blocklist", "block"), ("blocklisted", "block"), ("hotfix", "quick repair"),
    ("hotfixes", "quick repair"), ("failover", "switch to the reserve"), ("failovers", "switch to the reserve"), ("fail over", "switch to the reserve"),
    ("failed over", "switch to the reserve"), ("downstream", "which systems, by name"), ("upstream", "which systems, by name"), ("timeouts", "the page takes too long and gives up"),
    ("timeout", "the page takes too long and gives up"), ("time-outs", "the page takes too long and gives up"),
    ("authenticate", "sign in"), ("authenticated", "sign in"),
    ("authenticating", "sign in"), ("authentication", "sign in"), ("authorisation", "permission"), ("authorization", "permission"), ("credentials", "user name and password"),
    ("configuration", "settings"), ("configurations", "settings"), ("config", "settings"), ("configs", "settings"), ("functionality", "feature, or what it does"),
    ("functionalities", "feature, or what it does"), ("parameter", "setting"), ("parameters", "setting"), ("deprecated", "no longer supported"), ("deprecate", "no longer supported"),
    ("deprecation", "no longer supported"), ("downtime", "time when it does not work"), ("downtimes", "time when it does not work"), ("root cause", "cause"),
    ("root causes", "cause"), ("scalability", "room to grow"), ("scalable", "room to grow"), ("interoperability", "working together"),
    ("synchronise", "bring into step"), ("synchronize", "bring into step"), ("synchronised", "bring into step"), ("synchronized", "bring into step"), ("synchronisation", "bring into step"),
    ("synchronization", "bring into step"), ("cache", "stored copy"), ("caches", "stored copy"), ("cached", "stored copy"), ("caching", "stored copy"),
    ("cluster", "group of servers"), ("clusters", "group of servers"), ("node", "server"), ("nodes", "server"),
    ("packet loss", "data gets lost on the way"), ("ingress", "incoming, or outgoing"), ("egress", "incoming, or outgoing"),
    ("leveraged", "use"), ("leveraging", "use"), ("onboarding", "start"),
    ("bandaid", "first repair"), ("band-aid", "first repair"), ("sev1", "how serious it is, in words"), ("sev-1", "how serious it is, in words"), ("sev2", "how serious it is, in words"),
    ("sev-2", "how serious it is, in words"), ("p1", "how serious it is, in words"), ("p2", "how serious it is, in words"),
    ("repro", "happens again when we try"),
   
    ("upstream provider", "which company, by name"), ("third-party provider", "which company, by name"), ("idempotent", "leave it out"), ("asynchronous", "leave it out"),
    ("asynchronously", "leave it out"), ("data centre", "where our computers stand"), ("data center", "where our computers stand"), ("datacenter", "where our computers stand"),
    ("datacentre", "where our computers stand"), ("server-side", "on our side, or in your browser"), ("client-side", "on our side, or in your browser"),
];

/// English participles that do not end in -ed.
#[rustfmt::skip]
pub(super) const IRREGULAR_PARTICIPLES: &[&str] = &[
    "beaten", "begun", "bent", "bitten", "blown", "broken", "brought", "built", "bought", "caught", "chosen", "cut", "dealt", "done", "drawn", "driven", "eaten", "fallen", "fed", "felt",
    "fought", "found", "forgotten", "frozen", "given", "gone", "grown", "heard", "held", "hidden", "hit", "hurt", "kept", "known", "laid", "led", "left", "lent", "lost", "made", "meant",
    "met", "paid", "put", "quit", "read", "ridden", "run", "said", "seen", "sent", "set", "shaken", "shown", "shut", "sold", "spent", "split", "spread", "stolen", "struck", "stuck", "sung",
    "swept", "taken", "taught", "told", "thought", "thrown", "torn", "understood", "undone", "withdrawn", "won", "worn", "written", "rewritten", "rebuilt", "reset", "overwritten",
    "undertaken", "overseen", "withheld",
];

/// After “be” they say how something is, not what was done to it.
#[rustfmt::skip]
pub(super) const STATES: &[&str] = &[
    "expected", "interested", "tired", "excited", "pleased", "concerned", "worried", "supposed", "based", "related", "located", "limited", "advanced", "married", "involved", "used",
    "scheduled", "planned", "finished", "done", "gone", "left", "set", "allowed", "needed", "required", "wanted", "delighted", "satisfied", "prepared", "experienced", "detailed",
    "complicated", "dedicated", "committed", "convinced", "determined", "mistaken", "lost", "known", "hidden", "aged", "red", "aimed", "entitled", "inclined", "opposed", "relaxed",
    "retired", "stuck", "surprised", "disappointed", "annoyed", "confused", "frustrated", "bored", "ashamed", "embarrassed", "qualified", "skilled", "talented", "varied", "mixed", "crowded",
    "closed", "read", "cut", "hurt", "put", "split", "spread", "shut", "run", "set-up", "logged", "signed", "connected", "disconnected", "enabled", "disabled", "included", "attached",
    "delayed", "affected", "impacted", "broken", "sorted", "settled", "aligned", "associated", "composed", "comprised", "tempted", "hundred", "sacred", "wicked", "naked", "ragged", "rugged",
    "blessed", "unfixed",
];

/// Vague words of updates, with what to do instead.
#[rustfmt::skip]
pub(super) const HEDGES: &[(&str, &str)] = &[
    ("hopefully", "Say what you know, and what you do not know yet."), ("we hope", "Say what you know, and what you do not know yet."),
    ("we are hopeful", "Say what you know, and what you do not know yet."), ("we are hoping", "Say what you know, and what you do not know yet."), ("in due course", "Say by when."),
    ("in the near future", "Say by when."), ("at our earliest convenience", "Say by when."), ("at your earliest convenience", "Say by when."),
    ("at the earliest opportunity", "Say by when."), ("as soon as possible", "Say by when, or when you write again."), ("as soon as we can", "Say by when, or when you write again."),
    ("as quickly as possible", "Say by when, or when you write again."), ("shortly", "Say by when."), ("very soon", "Say by when."), ("soon", "Say by when."), ("asap", "Say by when."),
    ("should be fixed", "Say whether it is, and how you know."), ("should be resolved", "Say whether it is, and how you know."),
    ("should be working", "Say whether it is, and how you know."), ("should now be", "Say whether it is, and how you know."), ("should now work", "Say whether it is, and how you know."),
    ("should be back", "Say whether it is, and how you know."), ("possibly", "Say what you know, and what you do not know yet."),
    ("perhaps", "Say what you know, and what you do not know yet."), ("may or may not", "Say what you know, and what you do not know yet."),
    ("it is possible that", "Say what you know, and what you do not know yet."), ("some kind of", "Say which, or how much."), ("some sort of", "Say which, or how much."),
    ("more or less", "Say which, or how much."), ("somewhat", "Say which, or how much."), ("a certain number of", "Say who, or how many."), ("various customers", "Say who, or how many."),
    ("certain customers", "Say who, or how many."), ("certain users", "Say who, or how many."),
];

/// Words that blame.
#[rustfmt::skip]
pub(super) const BLAME: &[&str] = &[
    "user error", "user errors", "human error", "your fault", "your own fault", "our fault", "their fault", "you failed to", "you should have", "you ought to have", "you must have done",
    "fault of our", "fault of the", "the fault lies with", "is to blame", "are to blame", "to blame for", "negligence", "careless", "carelessness", "incompetence", "incompetent",
    "was at fault", "is at fault", "is responsible for this outage", "caused by our provider", "caused by our supplier", "caused by our vendor", "caused by a third party",
    "due to our provider", "vendor's fault", "supplier's fault", "provider's fault", "operator error", "our engineer", "our engineers", "culprit", "negligent", "as you should know", "as we already told you", "as we have already told you", "as already explained", "as stated before",
];

/// After “not” they turn no into yes.
#[rustfmt::skip]
pub(super) const UN_WORDS: &[&str] = &[
    "uncommon", "unusual", "unlike", "unlikely", "unexpected", "impossible", "unreasonable", "unimportant", "unknown", "unaware", "unhappy", "unwelcome", "unclear", "unnecessary", "unable",
    "inaccurate", "incorrect", "insignificant", "inconsiderable", "infrequent", "irrelevant", "without", "unfamiliar", "unaffected", "dissimilar", "invalid", "inactive",
];

/// Say whether something is expected.
#[rustfmt::skip]
pub(super) const EXPECTED: &[&str] = &[
    "expected", "unexpected", "normal", "as planned", "planned", "intended", "not intended", "by design", "is correct", "are correct", "not correct", "is right", "is wrong", "not a mistake",
    "no mistake", "a mistake", "nothing is wrong", "nothing has gone wrong", "gone wrong", "known issue", "known problem", "we know", "aware", "on purpose", "should not happen",
    "should happen", "supposed to", "as announced", "as usual", "not usual", "usual", "safe", "an error", "a fault", "a bug", "yes", "no", "stays", "remains", "unchanged", "not changed",
    "has changed", "have changed", "is new", "are new", "because", "because of", "have ended", "has ended", "the reason", "you may", "due to",
];

/// Say what is happening.
#[rustfmt::skip]
pub(super) const HAPPENING: &[&str] = &[
    "issue", "issues", "problem", "problems", "error", "errors", "outage", "outages", "incident", "disruption", "disruptions", "down", "slow", "slower", "slowly", "delay", "delays",
    "delayed", "unavailable", "unreachable", "available", "cannot", "can't", "unable", "fail", "fails", "failing", "failed", "failure", "failures", "not working", "not work", "does not",
    "do not", "doesn't", "don't", "stopped", "missing", "affected", "affects", "affecting", "impact", "impacted", "impacting", "experiencing", "experience", "resolved", "fixed", "restored",
    "recovered", "recovery", "back to normal", "works again", "working again", "work again", "investigating", "monitoring", "mitigated", "mitigation", "maintenance", "degraded", "latency",
    "interruption", "interruptions", "trouble", "wrong", "broken", "over", "normal", "moved", "moving", "changed", "changes", "started", "finished", "complete", "completed", "all clear",
];

/// Say what the reader can do, or that there is nothing to do.
#[rustfmt::skip]
pub(super) const TO_DO: &[&str] = &[
    "you can", "you could", "you may", "you might want", "you need not", "you should", "you must", "you have to", "you need to", "you will need to", "you do not need", "you don't need",
    "you do not have to", "you don't have to", "you needn't", "can you", "could you", "no need", "nothing to do", "need to do anything", "do anything", "have to do anything",
    "nothing is needed", "nothing else is needed", "nothing is required", "no action", "no actions", "not required to", "please", "we recommend", "we advise", "we suggest", "we ask you",
    "we encourage", "recommended", "workaround", "workarounds", "until then", "meanwhile", "in the meantime", "there is nothing", "nothing for you", "customers can", "customers may",
    "customers should", "customers need", "customers do not need", "users can", "users should", "users may want", "users need", "customers will need", "users will need", "will need to", "are advised", "is advised", "users do not need", "if you", "feel free", "up to you",
    "nothing, unless", "to fix this", "to resolve this", "to solve this",
];

/// As a short answer they say that there is nothing to do.
#[rustfmt::skip]
pub(super) const TO_DO_ALONE: &[&str] = &[
    "nothing", "none", "no",
];

/// Verbs that ask the reader to do something.
#[rustfmt::skip]
pub(super) const IMPERATIVES: &[&str] = &[
    "open", "check", "sign", "log", "click", "tap", "press", "reply", "answer", "wait", "try", "use", "send", "ask", "contact", "call", "go", "remove", "add", "choose", "select", "update",
    "restart", "load", "reload", "refresh", "follow", "see", "visit", "keep", "ignore", "save", "enter", "tell", "write", "let", "read", "look", "make", "do", "don't", "install", "download",
    "upload", "turn", "switch", "set", "change", "confirm", "print", "pay", "cancel", "start", "stop", "clear", "close", "delete", "find", "give", "get", "take", "leave", "report", "review",
    "retry", "run", "search", "share", "show", "submit", "test", "type", "unplug", "plug", "verify", "watch", "copy", "paste", "move", "put", "pick", "order", "hold", "email", "e-mail",
    "mail", "phone", "ring", "text", "note", "remember", "allow", "avoid", "begin", "bring", "continue", "create", "disable", "enable", "edit", "enjoy", "fill", "finish", "invite", "join",
    "learn", "rename", "repeat", "replace", "request", "reset", "return", "scroll", "skip", "speak", "stay", "store", "subscribe", "sync", "talk", "think", "unsubscribe", "upgrade", "view",
    "drag", "consider", "never", "always", "scan", "connect", "disconnect", "apply", "accept", "pause", "include", "provide", "ensure", "reach", "renew", "register", "redirect", "forward",
    "compare", "complete",
];

/// Say that the reader will be told something.
#[rustfmt::skip]
pub(super) const CUES: &[&str] = &[
    "update", "updates", "updated", "updating", "next", "hear", "write", "inform", "informs", "information", "details", "tell", "tells", "notify", "notified", "notification", "again",
    "follow-up", "follow", "follows", "remind", "reminder", "report", "post", "publish", "published", "share", "back", "reply", "replies", "answer", "answers", "know", "status", "email",
    "e-mail", "mail", "mails", "call", "contact", "arrive", "arrives", "announce", "announced", "message", "shows", "send", "sends", "news", "look", "finish", "done", "ready", "refund",
    "refunded", "confirm", "say", "returned", "confirmation",
];

/// Say that it is to come.
#[rustfmt::skip]
pub(super) const FUTURE: &[&str] = &[
    "will", "we'll", "you'll", "it'll", "next", "by", "until", "within", "before", "every", "again", "latest", "later", "expect", "plan", "planned", "tomorrow", "following", "when", "in",
    "follow", "follows", "arrive", "arrives", "each", "at", "on", "hourly", "daily", "weekly", "shall", "eta",
];

/// Days and months; whoever says one says when.
#[rustfmt::skip]
pub(super) const DAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "january", "february", "april", "june", "july",
    "august", "september", "october", "november", "december", "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "noon", "midnight", "tomorrow", "today",
    "tonight", "hourly", "daily", "weekly", "monthly", "morning", "afternoon", "evening",
];

/// Units of time.
#[rustfmt::skip]
pub(super) const SPANS: &[&str] = &[
    "second", "seconds", "minute", "minutes", "min", "mins", "hour", "hours", "hrs", "day", "days", "week", "weeks", "month", "months", "year", "quarter",
];

/// Other times.
#[rustfmt::skip]
pub(super) const TIME_PHRASES: &[&str] = &[
    "end of the day", "end of day", "end of the week", "end of the month", "end of the year", "end of business", "close of business", "next week", "next month", "this week", "this month",
    "next working day", "next business day", "on the hour", "at the latest", "a.m", "p.m", "am", "pm",
];

/// Say that nothing follows, or that the matter is over.
#[rustfmt::skip]
pub(super) const CLOSING: &[&str] = &[
    "no further update", "incident end", "no further updates", "no more updates", "no other updates", "no further news", "no further changes", "no further change", "no further steps", "no further step",
    "no other step", "no other steps", "no further information", "no further notice", "nothing more will", "nothing else will", "nothing more changes", "nothing else changes",
    "nothing more follows", "nothing follows", "nothing further", "last update", "final update", "will not write again", "no update is planned", "no updates are planned", "is resolved",
    "are resolved", "been resolved", "was resolved", "were resolved", "now resolved", "fully resolved", "is over", "been fixed", "is fixed", "are fixed", "was fixed", "been restored",
    "is restored", "was restored", "has recovered", "have recovered", "stay as they are", "stays as it is", "stay as they", "stays the same", "stay the same", "believed to be resolved",
    "considered resolved", "incident is closed", "matter is closed", "concludes the", "this concludes",
];

/// Time zones by their letters.
#[rustfmt::skip]
pub(super) const ZONES: &[&str] = &[
    "UTC", "GMT", "Z", "CET", "CEST", "MEZ", "MESZ", "EET", "EEST", "WET", "WEST", "BST", "IST", "PST", "PDT", "PT", "EST", "EDT", "ET", "CST", "CDT", "CT", "MST", "MDT", "MT", "JST", "KST",
    "SGT", "HKT", "AEST", "AEDT", "ACST", "AWST", "NZST", "NZDT", "BRT", "MSK", "SAST", "AKST", "HST",
];

/// Say in German whether something is expected.
#[rustfmt::skip]
pub(super) const DE_EXPECTED: &[&str] = &[
    "erwartet", "unerwartet", "zu erwarten", "normal", "so gewollt", "gewollt", "beabsichtigt", "geplant", "nicht geplant", "vorgesehen", "so vorgesehen", "kein fehler", "ein fehler",
    "kein grund", "richtig so", "ist richtig", "korrekt", "nicht richtig", "bekannt", "ja", "nein", "wie angekündigt", "angekündigt", "sicher", "bleibt", "bleiben", "üblich",
];

/// Say in German what is happening.
#[rustfmt::skip]
pub(super) const DE_HAPPENING: &[&str] = &[
    "störung", "störungen", "problem", "probleme", "problemen", "fehler", "ausfall", "ausfälle", "nicht erreichbar", "erreichbar", "langsam", "langsamer", "verzögert", "verzögerung",
    "verzögerungen", "behoben", "gelöst", "betroffen", "betrifft", "funktioniert", "funktionieren", "nicht möglich", "nicht", "keine", "kein", "wartung", "untersuchen", "beobachten",
    "umgestellt", "umstellung", "abgeschlossen", "normal",
];

/// Say in German what the reader can do, or that there is nothing to do.
#[rustfmt::skip]
pub(super) const DE_TO_DO: &[&str] = &[
    "sie können", "können sie", "sie müssen", "müssen sie", "sie sollten", "sollten sie", "sie brauchen", "brauchen sie", "sie dürfen", "bitte", "du kannst", "kannst du", "du musst",
    "musst du", "du brauchst", "brauchst du", "nichts tun", "nichts zu tun", "nichts weiter tun", "nichts unternehmen", "nicht nötig", "nichts nötig", "nicht erforderlich", "wir empfehlen",
    "wir bitten", "bis dahin", "inzwischen", "solange", "keine aktion", "nichts", "wenn sie", "falls sie",
];

/// Say in German that the reader will be told something.
#[rustfmt::skip]
pub(super) const DE_CUES: &[&str] = &[
    "update", "updates", "melden", "meldung", "schreiben", "schreibe", "informieren", "information", "informationen", "nachricht", "nachrichten", "hören", "wieder", "nächste", "nächstes",
    "nächster", "nächsten", "neuigkeiten", "aktualisieren", "aktualisierung", "stand", "bescheid", "antworten", "antwort", "mitteilen", "mitteilung", "erinnern", "erinnerung", "zeigt",
    "kommt", "folgt",
];

/// Say in German that it is to come.
#[rustfmt::skip]
pub(super) const DE_FUTURE: &[&str] = &[
    "wird", "werden", "bis", "spätestens", "nächste", "nächstes", "nächster", "nächsten", "wieder", "innerhalb", "in", "binnen", "um", "am", "jede", "alle", "morgen", "heute", "folgt",
    "kommt", "ab", "vor", "sobald",
];

/// German days and months.
#[rustfmt::skip]
pub(super) const DE_DAYS: &[&str] = &[
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
    "oktober", "november", "dezember", "heute", "morgen", "übermorgen", "mittag", "mitternacht", "vormittag", "nachmittag", "abend", "stündlich", "täglich", "wöchentlich", "uhr",
];

/// German units of time.
#[rustfmt::skip]
pub(super) const DE_SPANS: &[&str] = &[
    "sekunden", "minute", "minuten", "stunde", "stunden", "tag", "tage", "tagen", "woche", "wochen", "monat", "monate", "monaten", "werktag", "werktage", "werktagen", "werktags",
];

/// Other times in German.
#[rustfmt::skip]
pub(super) const DE_TIMES: &[&str] = &[
    "ende der woche", "ende des monats", "ende des tages", "ende des jahres", "nächste woche", "nächsten monat", "diese woche", "noch heute",
];

/// Say in German that nothing follows, or that the matter is over.
#[rustfmt::skip]
pub(super) const DE_CLOSING: &[&str] = &[
    "keine weiteren", "kein weiteres", "nichts weiter", "letzte meldung", "letztes update", "ist behoben", "sind behoben", "wurde behoben", "wurden behoben", "behoben worden", "ist gelöst",
    "ist beendet", "ist abgeschlossen", "ist vorbei", "bleibt es", "bleiben so", "bleibt so", "ändert sich nichts",
];

/// German participles that do not end in -t.
#[rustfmt::skip]
pub(super) const DE_IRREGULAR: &[&str] = &[
    "behoben", "geschlossen", "abgeschlossen", "ausgeschlossen", "gegeben", "ausgegeben", "freigegeben", "vergeben", "eingegeben", "gesendet", "versendet", "verschickt", "geschickt",
    "gelöst", "gefunden", "geschrieben", "geschoben", "verschoben", "genommen", "übernommen", "vorgenommen", "aufgenommen", "angenommen", "unterbrochen", "abgebrochen", "gehalten",
    "erhalten", "getan", "angeboten", "verboten", "gesprochen", "besprochen", "versprochen", "gelesen", "vergessen", "verloren", "gesehen", "vorgesehen", "getroffen", "gerufen", "angerufen",
    "abgerufen", "aufgerufen", "gezogen", "bezogen", "abgezogen", "umgezogen", "gehoben", "erhoben", "angehoben", "aufgehoben", "entschieden", "getragen", "übertragen", "eingetragen",
    "gewiesen", "angewiesen", "überwiesen", "zugewiesen", "beschrieben", "betrieben", "gestoßen", "bewiesen", "vermieden", "gelassen", "entlassen", "zugelassen", "gebeten", "gebunden",
    "verbunden", "eingebunden", "begonnen", "gewonnen", "berechnet", "abgerechnet",
];

/// Begin sentences with a capital and are part of no name.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    "the", "a", "an", "our", "your", "this", "that", "these", "those", "new", "please", "if", "see", "all", "some", "any", "no", "each", "every", "for", "with", "by", "in", "on", "at", "to", "of", "and",
    "or", "but", "when", "while", "use", "check", "open", "we", "you", "it", "is", "are", "what", "which", "why", "how", "both", "most", "many", "via", "from", "after", "before", "under", "without", "his",
    "her", "their", "its", "my", "set", "add", "enter", "send", "der", "die", "das", "den", "dem", "ein", "eine", "ihre", "ihr", "unsere", "unser", "bei", "für", "mit", "ohne", "im", "über", "alle", "wir",
];
