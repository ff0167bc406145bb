use super::*;

fn article(id: i64, title: &str, body: &str) -> Guided {
    Guided { id, title: title.into(), body: body.into(), ..Guided::default() }
}

fn shelf() -> Guides {
    let mut guides = Guides::new("en");
    for one in [
        article(1, "Why is my invoice higher?", "New prices apply since November. Look at the plan and its seats."),
        article(2, "Cancel your account", "You can cancel on any day. Your files stay for sixty days. Unused days are paid back."),
        article(3, "Upload files from a phone", "Open the app, choose photos and upload them. Large files take longer."),
        article(4, "Reimbursement of travel costs", "Send the receipt with the form."),
    ] {
        guides.put(&one);
    }
    guides
}

#[track_caller]
fn check(question: &str, typed: bool, first: Option<i64>) {
    let found = shelf().find(question, typed, 3);
    assert_eq!(found.first().map(|f| f.id), first, "{question}: {found:?}");
}

#[test]
fn the_right_article_comes_first() {
    check("why was my invoice so much higher this month", false, Some(1));
    check("how do i cancel", false, Some(2));
    check("cancelling", false, Some(2));
    check("I would like to upload a photo", false, Some(3));
    check("HÍGHER ÍNVOICES", false, Some(1));
    check("zebra", false, None);
    check("", false, None);
    check("?!", false, None);
}

#[test]
fn typing_mistakes_are_forgiven_and_numbers_are_not() {
    check("my invioce is highr", false, Some(1));
    check("cancle my acount", false, Some(2));
    check("reimbusement", false, Some(4));
    check("uplaod fotos", false, Some(3));
    let mut guides = shelf();
    guides.put(&article(9, "Error 1042", "What error 1042 means."));
    assert_eq!(guides.find("1043", false, 3), vec![]);
}

#[test]
fn the_last_word_may_be_unfinished_while_it_is_typed() {
    check("canc", true, Some(2));
    check("how to upl", true, Some(3));
    assert!(shelf().find("upl ", true, 3).is_empty(), "after a blank it is finished");
    assert!(shelf().find("upl", false, 3).is_empty());
}

#[test]
fn what_fits_has_most_of_what_was_asked() {
    let fits = |question: &str| shelf().find(question, false, 1).first().is_some_and(|f| f.fits);
    assert!(fits("cancel account") && fits("why is my invoice higher"));
    assert!(!fits("the seats of the cinema and the colours of the curtains in winter"));
}

#[test]
fn an_article_is_found_as_it_is_now_and_not_at_all_once_it_is_gone() {
    let mut guides = shelf();
    guides.put(&article(2, "Leave us", "Say when."));
    assert_eq!(guides.find("cancel", false, 3), vec![]);
    assert_eq!(guides.find("leave", false, 3)[0].id, 2);
    guides.remove(2);
    guides.remove(2);
    assert!(guides.find("leave", false, 3).is_empty() && guides.len() == 3);
    // Its place is used again.
    guides.put(&article(7, "Leave", "Again."));
    assert_eq!((guides.find("leave", false, 3)[0].id, guides.docs.len()), (7, 4));
}

#[test]
fn compounds_and_forms_of_other_languages_are_found() {
    let mut guides = Guides::new("de");
    guides.put(&article(1, "Warum ist die Rechnung höher?", "Neue Preise gelten seit November."));
    guides.put(&article(2, "Konto kündigen", "Sie können an jedem Tag kündigen."));
    let first = |question: &str| guides.find(question, false, 1).first().map(|f| f.id);
    assert_eq!(first("Stromrechnung"), Some(1));
    assert_eq!(first("Preis"), Some(1));
    assert_eq!(first("Kündigung"), Some(2));
    assert_eq!(first("rechnugn zu hoch"), Some(1));
}
