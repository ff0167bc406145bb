//! The words that make a claim.

/// Units of time, without an ending. After a number they belong to it.
pub(super) const UNITS: &[&str] =
    &["second", "sec", "minute", "min", "hour", "hr", "day", "week", "month", "year", "am", "pm", "o'clock", "night", "quarter"];
/// After or before a number they make it an amount or a share.
#[rustfmt::skip]
pub(super) const AMOUNTS: &[(&str, &str)] = &[
    ("%", "%"), ("percent", "%"), ("per-cent", "%"), ("€", "eur"), ("eur", "eur"), ("euro", "eur"), ("$", "usd"), ("usd", "usd"), ("dollar", "usd"), ("£", "gbp"), ("gbp", "gbp"),
    ("pound", "gbp"), ("kr", "kr"), ("nok", "nok"), ("sek", "sek"), ("dkk", "dkk"), ("chf", "chf"), ("¥", "jpy"), ("₹", "inr"), ("cent", "cent"),
];
/// Numbers in words.
#[rustfmt::skip]
pub(super) const NUMBERS: &[(&str, &str)] = &[
    ("zero", "0"), ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"), ("six", "6"), ("seven", "7"), ("eight", "8"), ("nine", "9"), ("ten", "10"), ("eleven", "11"), ("twelve", "12"),
    ("fifteen", "15"), ("twenty", "20"), ("thirty", "30"), ("forty", "40"), ("fifty", "50"), ("sixty", "60"), ("seventy", "70"), ("eighty", "80"), ("ninety", "90"), ("hundred", "100"),
    ("thousand", "1000"), ("million", "1000000"), ("dozen", "12"), ("half", "1/2"), ("double", "2x"), ("twice", "2x"), ("triple", "3x"), ("couple", "2"),
];
/// Days and months; three letters are enough to know them by.
#[rustfmt::skip]
pub(super) const DATES: &[&str] = &[
    "monday", "mon", "tuesday", "tue", "tues", "wednesday", "wed", "thursday", "thu", "thur", "thurs", "friday", "fri", "saturday", "sunday", "january", "jan", "february", "feb", "april", "apr",
    "june", "jun", "july", "jul", "august", "aug", "september", "sep", "sept", "october", "oct", "november", "nov", "december", "dec",
];
/// Months that are other words too: only beside a number.
pub(super) const PERHAPS_MONTHS: &[&str] = &["march", "may", "mar"];
/// Other times.
#[rustfmt::skip]
pub(super) const TIMES: &[&str] = &[
    "today", "tomorrow", "yesterday", "tonight", "midnight", "noon", "morning", "afternoon", "evening", "weekend", "soon", "shortly", "immediately", "instantly", "asap", "daily", "weekly",
    "monthly", "yearly", "annually", "hourly", "overnight", "fortnight", "eod", "next", "christmas", "easter",
];
/// Words that promise, without an ending.
#[rustfmt::skip]
pub(super) const PROMISES: &[&str] = &[
    "refund", "guarantee", "guaranteed", "promise", "discount", "credit", "compensate", "compensation", "reimburse", "reimbursement", "free", "waive", "warranty", "warrant", "assure", "ensure", "commit",
    "commitment", "voucher", "coupon", "gift", "bonus", "unlimited", "always", "never", "definitely", "certainly", "complimentary", "money", "permanently", "fix", "resolve", "repair", "solve",
    "restore", "entitled", "cashback", "rebate", "gratis", "automatically", "surely",
];
/// Words that ask something of the reader or name what nobody should be asked for, without an ending.
#[rustfmt::skip]
pub(super) const ACTIONS: &[&str] = &[
    "click", "tap", "open", "call", "phone", "ring", "send", "email", "mail", "download", "install", "pay", "transfer", "login", "sign", "log", "enter", "provide", "share", "give", "reply",
    "contact", "visit", "follow", "reset", "delete", "remove", "confirm", "verify", "forward", "upload", "scan", "buy", "purchase", "order", "upgrade", "downgrade", "cancel", "switch", "restart",
    "reboot", "disable", "enable", "copy", "paste", "run", "execute", "text", "whatsapp", "telegram", "subscribe", "unsubscribe", "tell", "submit", "register", "deposit", "wire", "link",
    "password", "passcode", "pin", "cvv", "iban", "otp", "passport", "card", "bank", "credentials", "token",
];
/// Names that plans have everywhere.
pub(super) const PLANS: &[&str] = &["premium", "pro", "enterprise", "starter", "deluxe", "platinum", "gold", "silver", "bronze"];
/// Turn the sense of what follows in the clause.
pub(super) const NEGATIONS: &[&str] =
    &["not", "no", "never", "cannot", "without", "neither", "nor", "none", "nothing", "hardly", "unable", "stop", "stops", "stopped"];
/// Words that begin sentences with a capital and are no names.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    "a", "about", "after", "all", "also", "although", "an", "and", "any", "anyone", "are", "as", "at", "because", "before", "both", "but", "by", "can", "could", "do", "does", "during", "each",
    "either", "even", "every", "for", "from", "further", "go", "had", "has", "have", "here", "hello", "hi", "how", "however", "i", "if", "in", "indeed", "instead", "is", "it", "its", "just",
    "kindly", "like", "many", "may", "meanwhile", "more", "most", "much", "my", "need", "no", "none", "not", "nothing", "now", "of", "on", "once", "only", "or", "other", "otherwise", "our",
    "please", "right", "see", "should", "simply", "since", "so", "some", "sometimes", "sorry", "still", "such", "thank", "thanks", "that", "the", "their", "then", "there", "therefore", "these",
    "they", "this", "those", "though", "to", "too", "under", "unfortunately", "unless", "until", "use", "usually", "we", "what", "when", "where", "whether", "which", "while", "who", "why",
    "will", "with", "without", "would", "yes", "you", "your", "yours", "let", "look", "make", "try", "wait", "check", "expected", "normal",
];
