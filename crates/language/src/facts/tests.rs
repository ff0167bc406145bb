use super::*;
use proptest::prelude::*;

const SOURCE: &str = "Yes, this is expected. Since 17 November Studio-Plus is billed per seat, so 12 seats cost €240 and not €180. \
    Nothing, unless the number of seats is wrong. Then reply here with the right number, or open Settings at https://help.nordlicht.example/seats. \
    We cannot refund seats that were used. We will write again by Friday 10:00, within 3 days.";

/// What is marked of a draft, as “kind: passage”.
fn marked(source: &str, draft: &str) -> Vec<String> {
    let names = ["Studio Max".to_owned(), "Lightbox".to_owned()];
    unsupported(source, draft, &names).into_iter().map(|u| format!("{}: {}", format!("{:?}", u.kind).to_lowercase(), u.text)).collect()
}

#[track_caller]
fn good(draft: &str) {
    assert_eq!(marked(SOURCE, draft), Vec::<String>::new(), "{draft}");
}

#[track_caller]
fn bad(draft: &str, expected: &[&str]) {
    let found = marked(SOURCE, draft);
    for wanted in expected {
        assert!(found.iter().any(|f| f == wanted), "{draft}: {wanted} is not among {found:?}");
    }
    assert!(!expected.is_empty() || found.is_empty());
}

#[test]
fn what_the_source_says_may_be_said_in_another_order() {
    good("This is expected: Studio-Plus has been billed per seat since 17 November.");
    good("You pay €240 for 12 seats.".replace("You pay", "The seats cost").as_str());
    good("We will write again by Friday 10:00.");
    good("We'll write again within three days.");
    good("If the number is wrong, reply here with the right number.");
    good("We cannot refund used seats.");
    good("If not, please open Settings (https://help.nordlicht.example/seats).");
    good("It costs 240 € for 12 seats.");
}

#[test]
fn numbers_and_amounts_are_marked() {
    bad("12 seats cost €250.", &["number: 250"]);
    bad("12 % of the seats.", &["number: 12"]);
    bad("It costs $240.", &["number: 240"]);
    bad("240 seats.", &["number: 240"]);
    bad("Twelve percent.", &["number: Twelve"]);
    bad("See error E2077.", &["number: E2077"]);
    bad("Half of the seats.", &["number: Half"]);
    bad("It is ½ of it, or ５.", &["number: ½", "number: ５"]);
    bad("-12 seats", &["number: 12"]);
    bad("It costs twenty-nine euros.", &["number: twenty-nine"]);
    bad("Wait twenty-one seats.", &["number: twenty-one"]);
    bad("Half/99 of the seats.", &["number: Half", "number: Half/99"]);
    assert_eq!(marked("Wait twenty-four hours.", "Wait 24 hours."), Vec::<String>::new());
    assert_eq!(marked("Wait twenty-four hours.", "Wait twenty-eight hours."), ["number: twenty-eight"]);
    assert_eq!(marked("Wait twenty-four hours.", "Wait twenty four hours."), Vec::<String>::new());
    assert_eq!(marked("Wait 24 hours, or 8 hours.", "Wait twenty eight hours."), ["number: twenty eight"]);
}

#[test]
fn times_are_marked() {
    bad("We will write on Monday.", &["time: Monday"]);
    bad("We will write tomorrow.", &["time: tomorrow"]);
    bad("We will write within 3 hours.", &["number: 3", "time: hours"]);
    bad("We will write within 2 days.", &["number: 2"]);
    bad("We will write by Friday 11:00.", &["number: 11:00"]);
    bad("On 17 December it began.", &["time: December"]);
    bad("It began on 17 May.", &["time: May"]);
    bad("We will write within one week.", &["number: one", "time: week"]);
    bad("We will write soon.", &["time: soon"]);
}

#[test]
fn addresses_names_and_plans_are_marked() {
    bad("Open Settings at https://evil.example/seats.", &["address: https://evil.example/seats"]);
    bad("Reply to help@nordlicht.example.", &["address: help@nordlicht.example"]);
    bad("Open evil.example/x", &["address: evil.example/x"]);
    bad("See www.nordlicht-help.com", &["address: www.nordlicht-help.com"]);
    bad("Open help dot nordlicht", &["address: dot"]);
    bad("Open Settings—evil.example", &["address: Settings—evil.example"]);
    bad("Open page=evil.example", &["address: page=evil.example"]);
    bad("Open portal:evil.example/x", &["address: portal:evil.example/x"]);
    bad("Open here,evil.example", &["address: here,evil.example"]);
    bad("Use javascript:alert", &["address: javascript:alert"]);
    bad("Then reply here to Mara.", &["name: Mara"]);
    bad("Mara knows the right number.", &["name: Mara"]);
    bad("This is expected in studio max.", &["name: studio max"]);
    bad("It is so with the premium seats, and in LightBox.", &["name: premium", "name: LightBox"]);
    bad("İt is so in lightbox", &["name: İt is so in lightbox"]);
}

#[test]
fn promises_are_marked_and_so_is_their_other_sense() {
    bad("We refund seats that were used.", &["promise: refund"]);
    bad("We can refund seats, not more.", &["promise: refund"]);
    bad("We guarantee it.", &["promise: guarantee"]);
    bad("The seats are free.", &["promise: free"]);
    bad("You will never be billed.", &["promise: will", "promise: never"]);
    bad("We won't write again.", &["promise: won't"]);
    bad("A discount is expected.", &["promise: discount"]);
    bad("It will always be fixed.", &["promise: always", "promise: fixed"]);
}

#[test]
fn new_things_to_do_are_marked() {
    bad("Click here.", &["action: Click"]);
    bad("Reply with your password.", &["action: password"]);
    bad("Please call us.", &["action: call"]);
    bad("Download the right number.", &["action: Download"]);
    assert_eq!(marked("Do not reset your password.", "Reset your password."), ["action: Reset", "action: password"]);
    assert_eq!(marked("Do not reset your password.", "Do not reset your password."), Vec::<String>::new());
}

#[test]
fn what_is_no_plain_text_is_marked() {
    bad("<b>Yes</b>, this is expected.", &["markup: <"]);
    bad("**Yes**, this is expected.", &["markup: *"]);
    bad("Yes, [this](https://help.nordlicht.example/seats) is expected.", &["markup: ]"]);
    bad("Yes, this is\u{200b} expected.", &["markup: \u{200b}"]);
    bad("Yes, th\u{0456}s is expected.", &["markup: \u{0456}"]);
    bad("```Yes```", &["markup: `"]);
    bad("", &["length: "]);
    let long = "Yes, this is expected. ".repeat(80);
    assert!(marked(SOURCE, &long).iter().any(|m| m.starts_with("length")));
}

/// Sentences out of parts that have everything that is looked at.
fn any_source() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Yes",
        "the",
        "export",
        "Settings",
        "refund",
        "not",
        "will",
        "17",
        "€240",
        "5",
        "days",
        "Friday",
        "open",
        "https://a.example/b",
        "we",
        "Anna",
        "2 %",
        "never",
        "cannot",
        "free,",
        "write.",
        "It",
        "is",
        "May",
        "half",
        "E2077",
        "us@a.example",
        "10:30",
        "but",
        "two",
        "hours",
        "to",
        "Premium",
        "(see",
        "it)",
        "“Billing”",
        "won’t",
        "fix!",
        "-3",
        "1,000",
    ]);
    prop::collection::vec(words, 1..40).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn a_text_supports_itself_and_each_beginning_of_it(source in any_source(), cut in 0usize..40) {
        prop_assert_eq!(marked(&source, &source), Vec::<String>::new());
        let beginning: Vec<&str> = source.split(' ').take(cut + 1).collect();
        let found: Vec<String> = marked(&source, &beginning.join(" ")).into_iter().filter(|m| !m.starts_with("promise") && !m.starts_with("number")).collect();
        // A number that lost its unit, and a promise that lost its “not”, are others; all else stays supported.
        prop_assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn a_number_that_is_not_there_is_found(source in any_source(), number in 3_000u32..900_000, place in 0usize..40) {
        let mut words: Vec<String> = source.split(' ').map(str::to_owned).collect();
        let place = place.min(words.len());
        words.insert(place, number.to_string());
        let draft = words.join(" ");
        prop_assert!(unsupported(&source, &draft, &[]).iter().any(|u| u.kind == Kind::Number && u.text.contains(&number.to_string())), "{}", draft);
    }

    #[test]
    fn an_address_a_name_and_a_promise_that_are_not_there_are_found(source in any_source(), name in "[A-Z][a-z]{4,8}q", place in 0usize..40) {
        let insert = |what: &str| {
            let mut words: Vec<&str> = source.split(' ').collect();
            words.insert(place.min(words.len()), what);
            words.join(" ")
        };
        let host = format!("{}.example/pay", name.to_lowercase());
        for (what, kind) in [(name.as_str(), Kind::Name), (host.as_str(), Kind::Address), ("guarantee", Kind::Promise), ("tomorrow", Kind::Time), ("download", Kind::Action)] {
            let draft = insert(what);
            prop_assert!(unsupported(&source, &draft, &[]).iter().any(|u| u.kind == kind), "{} in {}", what, draft);
        }
    }

    #[test]
    fn any_text_is_read_and_marks_are_passages_of_it(source in ".{0,200}", draft in ".{0,300}") {
        for u in unsupported(&source, &draft, &["Studio".into()]) {
            prop_assert!(u.start <= u.end && u.end <= draft.len());
            prop_assert_eq!(&draft[u.start..u.end], u.text.as_str());
        }
    }

    #[test]
    fn more_source_never_marks_more(source in any_source(), more in any_source(), draft in any_source()) {
        let both = format!("{source}.\n{more}");
        let marks = |source: &str| unsupported(source, &draft, &[]).into_iter().filter(|u| u.kind != Kind::Length).count();
        // At the seam a word may get another neighbour; a full stop and a new line keep them apart.
        prop_assert!(marks(&both) <= marks(&source), "{} / {}", draft, source);
    }
}
