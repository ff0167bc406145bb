//! One line a case: a text, and what is marked in it as “kind: passage”.

use super::super::*;

fn marked(text: &str, kind: Kind, tongue: Tongue) -> Vec<String> {
    let terms = [
        Term { term: "SEPA".into(), meaning: "a payment in euros within Europe".into() },
        Term { term: "CRM".into(), meaning: String::new() },
        Term { term: "backend".into(), meaning: "the part that you do not see".into() },
        Term { term: "rollout".into(), meaning: String::new() },
    ];
    check(text, kind, Some(tongue), &terms).marks.iter().map(|m| format!("{}: {}", m.kind.name(), m.text)).collect()
}

/// An article in English; whether it says what to do is looked at elsewhere.
#[track_caller]
fn article(text: &str, expected: &[&str]) {
    let found: Vec<String> = marked(text, Kind::Article, Tongue::English).into_iter().filter(|m| m != "what to do now?: ").collect();
    assert_eq!(found, expected, "{text}");
}
#[track_caller]
fn answer(text: &str, expected: &[&str]) {
    assert_eq!(marked(text, Kind::Answer, Tongue::English), expected, "{text}");
}
#[track_caller]
fn update(text: &str, expected: &[&str]) {
    assert_eq!(marked(text, Kind::Update, Tongue::English), expected, "{text}");
}
#[track_caller]
fn german(text: &str, expected: &[&str]) {
    assert_eq!(marked(text, Kind::Update, Tongue::German), expected, "{text}");
}

#[test]
fn long_sentences() {
    let words = |n: usize| format!("We {}wait.", "all ".repeat(n - 2));
    article(&words(25), &[]);
    assert_eq!(marked(&words(26), Kind::Article, Tongue::English).len(), 2);
    let three = format!("{} {} {}", words(20), words(20), words(20));
    assert_eq!(marked(&three, Kind::Article, Tongue::English).iter().filter(|m| m.starts_with("long sentences on average")).count(), 1);
    let calm = format!("{} {} {}", words(18), words(18), words(18));
    article(&calm, &[]);
    assert_eq!(marked(&words(26), Kind::Article, Tongue::Other), [format!("long sentence: {}", words(26))]);
}

#[test]
fn abbreviations() {
    article("The API is slow.", &["abbreviation: API"]);
    article("Our APIs are slow. The API is slow.", &["abbreviation: API"]);
    article("The application programming interface (API) is slow. The API waits.", &[]);
    article("The API (application programming interface) is slow.", &[]);
    article("API means a door for programs.", &[]);
    article("Your PDF has VAT on it, in EUR, as of 14:00 UTC.", &[]);
    article("Do NOT pay twice.", &[]);
    article("It is IMPORTANT to wait.", &[]);
    article("THE OLD API IS GONE TODAY", &[]);
    article("King Henry VIII had a cold.", &[]);
    article("Google Cloud SQL is slow.", &[]);
    article("Error E2077 came up.", &[]);
    article("Set MAX_SIZE to 5.", &[]);
    article("Set `API` to 5.", &[]);
    article("Look at https://x.example/API for it.", &[]);
    article("I am OK.", &[]);
    article("Pay by SEPA now.", &["abbreviation: SEPA"]);
    article("Our CRM has it.", &[]);
    assert_eq!(marked("Die API ist langsam.", Kind::Article, Tongue::Other), ["abbreviation: API"]);
}

#[test]
fn heavy_words_and_jargon() {
    article("We utilise cookies.", &["heavy word: utilise"]);
    article("In order to pay, sign in.", &["heavy word: In order to"]);
    article("Prior to that it was fine.", &["heavy word: Prior to"]);
    article("It is late due to the fact that it rained.", &["heavy word: due to the fact that"]);
    article("Bring a bag, e.g. a big one.", &["heavy word: e.g."]);
    article("The order, to be sent, is here.", &[]);
    article("We see elevated error rates and high latency.", &["jargon: elevated error rates", "jargon: high latency"]);
    article("Latency is up. Latency stays up.", &["jargon: Latency"]);
    article("For instance, look here.", &[]);
    article("The traffic on the road is heavy.", &[]);
    article("Ask the Backend Team.", &[]);
    article("The rollout goes on.", &[]);
    let found =
        check("The backend is slow.", Kind::Article, None, &[Term { term: "backend".into(), meaning: "the part that you do not see".into() }]);
    assert_eq!(found.marks[0].suggestion, "The glossary says: the part that you do not see.");
}

#[test]
fn passive() {
    article("The bill was sent. The card was charged. We write.", &["passive: was sent", "passive: was charged"]);
    article("The bill was sent. We write. You wait. The card was charged. It rains. We go. You stay.", &[]);
    article("The bill was sent by us. The card was charged by the bank. It was closed by them.", &[]);
    article("We are interested. You are expected. It is closed.", &[]);
    article("It has already been fully repaired. It is being moved. We wait.", &["passive: been fully repaired", "passive: is being moved"]);
    article("It is red. It is indeed a need. We are a hundred.", &[]);
    article("The door is, repaired or not, open. The men were tired.", &[]);
}

#[test]
fn tone() {
    article("It is not uncommon.", &["double negative: not uncommon"]);
    article("We do not have no time.", &["double negative: not have no"]);
    article("We don't know nothing.", &["double negative: don't know nothing"]);
    article("That does not mean no. It is not only no.", &[]);
    article("It is not, however, unusual.", &[]);
    update("There is a problem. Please wait. Hopefully we write again by 4 p.m.", &["vague: Hopefully"]);
    update("There is a problem. Please wait. We write again soon, by Friday.", &["vague: soon"]);
    update("There is a problem. Please wait. As soon as you see it, tell us. We write again on Friday.", &[]);
    update("It failed because of a user error. Please try again. We write again on Friday.", &["blame: user error"]);
    update("It failed because of the vendor's fault. Please try again. We write again on Friday.", &["blame: vendor's fault"]);
    article("Hopefully it helps. It was a user error.", &[]);
}

#[test]
fn the_three_questions() {
    answer("Yes, this is expected. You need not do anything. We write again by Friday.", &[]);
    answer("You need not do anything. We write again by Friday.", &["is it expected?: "]);
    answer("Yes, this is expected. We write again by Friday.", &["what to do now?: "]);
    answer("Yes, this is expected. Open Settings and look.", &["next update?: "]);
    answer("Yes, this is expected. If it is wrong, reply here. Nothing more will change.", &[]);
    answer("No, that is not right. Check your card. The refund comes within five days and we tell you.", &[]);
    answer("This is by design. Nothing. We publish the next update here tomorrow at noon.", &[]);
    answer("", &[]);
    answer("😀", &[]);
    update("Sign-in is slow for all customers. Please try again later. We write again by 16:00 CET.", &[]);
    update("Hello to all. Please wait. We write again by 16:00 CET.", &["is it expected?: "]);
    update("Sign-in does not work. We write again by 16:00 CET.", &["what to do now?: "]);
    update("Sign-in does not work. Please wait.", &["next update?: "]);
    update("Sign-in does not work since 14:00 CET. Please wait. We will update you.", &["next update?: "]);
    update("Update 14:30 CET: sign-in does not work. Please wait.", &["next update?: "]);
    update("Sign-in has been resolved. We thank you.", &[]);
    update("Sign-in does not work. Workaround: none. We will provide an update by Friday, 2023-12-06 02:30 US/Pacific.", &[]);
    update("Payments are delayed. You do not need to do anything. Next update in 30 minutes.", &[]);
    update("Payments are delayed. You do not need to do anything. We post news every hour.", &[]);
    update("Payments are delayed. Customers can pay by card. We will report again tomorrow.", &[]);
    article("A page without a request.", &[]);
    assert_eq!(marked("The sky is blue.", Kind::Article, Tongue::English), ["what to do now?: "]);
    assert_eq!(marked("Update failed. Check is broken.", Kind::Article, Tongue::English), ["what to do now?: "]);
}

#[test]
fn zones() {
    update("Payments fail. Please wait. We write again at 14:30.", &["time without zone: 14:30"]);
    update("Payments fail. Please wait. We write again by 4pm.", &["time without zone: 4pm"]);
    update("Payments fail. Please wait. We write again at 14:30 Berlin time.", &[]);
    update("Payments fail. Please wait. We write again at 14:30Z today.", &[]);
    update("Payments fail (all times Europe/Berlin). Please wait. We write again at 14:30.", &[]);
    update("Payments fail. Please wait. We write again at 14:30 your local time.", &[]);
    update("Payments fail. Please wait. We write again on Friday. It took 1:20 hours.", &[]);
    article("The shop opens at 14:30.", &[]);
}

#[test]
fn german_texts() {
    german("Die Anmeldung ist gestört, es gibt ein Problem. Bitte warten Sie. Wir melden uns wieder bis 16:00 Uhr MEZ.", &[]);
    german("Es gibt ein Problem. Sie müssen nichts tun. Wir schreiben wieder am Freitag.", &[]);
    german("Es gibt ein Problem. Wir schreiben wieder am Freitag.", &["what to do now?: "]);
    german("Es gibt ein Problem. Öffnen Sie die Einstellungen.", &["next update?: "]);
    german("Die Störung ist behoben. Danke für Ihre Geduld.", &[]);
    german(
        "Die Rechnung wurde heute an alle verschickt. Der Fehler wird gerade behoben. Bitte warten Sie. Wir melden uns morgen wieder.",
        &["passive: wurde heute an alle verschickt", "passive: wird gerade behoben"],
    );
    german("Der Fehler wird uns noch beschäftigen. Es wird bald funktionieren. Bitte warten Sie. Wir melden uns morgen wieder.", &[]);
    german("Die SEPA geht nicht. Bitte warten Sie. Wir melden uns morgen wieder.", &["abbreviation: SEPA"]);
    german("Das Problem hat mit der MwSt. zu tun. Bitte warten Sie. Wir melden uns um 14:30 wieder.", &["time without zone: 14:30"]);
}

#[test]
fn other_languages_are_not_judged_by_english_words() {
    let found = check("Bonjour, nous avons un problème avec le paiement. Veuillez attendre.", Kind::Update, None, &[]);
    assert_eq!((found.tongue, found.marks.len(), found.lacks_next_update()), (Tongue::Other, 0, false));
    assert_eq!((Tongue::of_code("en-GB"), Tongue::of_code("DE"), Tongue::of_code("fr")), (Tongue::English, Tongue::German, Tongue::Other));
}

#[test]
fn marks_have_their_place_and_say_what_would_be_right() {
    let text = "Größe: we utilise it.";
    let mark = check(text, Kind::Article, Some(Tongue::English), &[]).marks.remove(0);
    assert_eq!((mark.start, mark.end, mark.text.as_str()), (12, 19, "utilise"));
    assert_eq!((mark.why.as_str(), mark.suggestion.as_str()), ("There is a plainer word.", "Plainer: use."));
    let missing = check("Payments fail. Please wait.\n", Kind::Update, None, &[]).marks.remove(0);
    assert_eq!((missing.kind, missing.start, missing.end), (MarkKind::MissingNextUpdate, 27, 27));
}
