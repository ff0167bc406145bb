//! The rules of articles, one step at a time.

mod files;
mod words;

use super::*;
use crate::{Actor, Aggregate, ArticleId, CategoryId, CollectionId, Refusal, Stamp, Timestamp, UserId};

fn stamp(name: &str, secs: i64) -> Stamp {
    Stamp::new(Actor::person(UserId(1), name), Timestamp(secs * 1_000_000))
}

fn text(title: &str, body: &str) -> Box<ArticleText> {
    Box::new(ArticleText { title: title.into(), body: body.into(), ..ArticleText::default() })
}

fn run(state: Option<Article>, command: ArticleCommand, stamp: &Stamp) -> Result<(Article, Vec<&'static str>), Refusal> {
    let events = Article::decide(state.as_ref(), command, stamp, &())?;
    let names = events.iter().map(Article::event_name).collect();
    Ok((Article::fold(state, &events, stamp).expect("it exists"), names))
}

fn create(title: &str, body: &str) -> ArticleCommand {
    ArticleCommand::Create {
        id: ArticleId(7),
        key: "seats".into(),
        category: CategoryId(3),
        audience: Audience::Public,
        lang: "EN".into(),
        slug: "seats".into(),
        text: text(title, body),
        note: String::new(),
    }
}

fn write(lang: &str, revision: Option<u32>, title: &str, body: &str) -> ArticleCommand {
    ArticleCommand::Write { lang: lang.into(), revision, slug: "plaetze".into(), text: text(title, body), note: "Shorter".into() }
}

fn publish(revision: u32) -> ArticleCommand {
    ArticleCommand::Publish { lang: "en".into(), revision }
}

fn begun() -> Article {
    run(None, create("Seats", "One seat is one person."), &stamp("Aiko", 0)).unwrap().0
}

#[test]
fn readers_see_what_was_published_whatever_is_written_after_it() {
    let article = begun();
    let first = article.variant("en").expect("tags are kept in small letters");
    assert_eq!((first.state(), first.newest.number, first.newest.by.as_str(), article.is_live()), (ArticleState::Draft, 1, "Aiko", false));

    let (article, names) = run(Some(article), publish(1), &stamp("Jonas", 1)).unwrap();
    assert_eq!(names, ["article.published"]);
    assert_eq!(run(Some(article.clone()), publish(1), &stamp("Jonas", 2)).unwrap().1, Vec::<&str>::new(), "a second press does nothing");

    let (article, names) = run(Some(article), write("en", Some(1), "Seats", "A seat is a person."), &stamp("Mara", 3)).unwrap();
    let en = article.variant("en").unwrap();
    let live = en.live.as_ref().unwrap();
    assert_eq!((names, en.newest.number, live.revision.number, en.is_ahead()), (vec!["article.written"], 2, 1, true));
    assert_eq!((live.revision.text.body.as_str(), live.by.as_str(), en.newest.note.as_str()), ("One seat is one person.", "Jonas", "Shorter"));

    let stale = run(Some(article.clone()), publish(1), &stamp("Jonas", 4)).unwrap_err();
    assert!(stale.detail.contains("Mara saved revision 2"), "{stale}");
    let (article, _) = run(Some(article), publish(2), &stamp("Jonas", 5)).unwrap();
    assert!(!article.variant("en").unwrap().is_ahead());
}

#[test]
fn two_people_do_not_write_past_each_other() {
    let (article, _) = run(Some(begun()), write("en", Some(1), "Seats", "Two."), &stamp("Mara", 1)).unwrap();
    let stale = run(Some(article.clone()), write("en", Some(1), "Seats", "Three."), &stamp("Aiko", 2)).unwrap_err();
    assert!(stale.detail.contains("Mara saved revision 2"), "{stale}");
    assert_eq!(run(Some(article.clone()), write("en", Some(1), "Seats", "Two."), &stamp("Mara", 2)).unwrap().1, Vec::<&str>::new(), "the same again");
    let second = run(Some(article), write("en", None, "Seats", "Four."), &stamp("Aiko", 2)).unwrap_err();
    assert!(second.detail.contains("Mara has begun the text in `en`"), "{second}");
}

#[test]
fn what_is_retired_is_gone_until_it_is_published_again() {
    let (article, _) = run(Some(begun()), publish(1), &stamp("Jonas", 1)).unwrap();
    let retire = || ArticleCommand::Retire { lang: "en".into() };
    let (article, names) = run(Some(article), retire(), &stamp("Jonas", 2)).unwrap();
    assert_eq!((names, article.variant("en").unwrap().state(), article.is_live()), (vec!["article.retired"], ArticleState::Retired, false));
    assert_eq!(run(Some(article.clone()), retire(), &stamp("Jonas", 3)).unwrap().1, Vec::<&str>::new());
    let (article, _) = run(Some(article), publish(1), &stamp("Jonas", 4)).unwrap();
    assert_eq!(article.variant("en").unwrap().state(), ArticleState::Published);
}

#[test]
fn readers_get_their_language_else_the_first_else_any() {
    let (article, names) = run(Some(begun()), write("de", None, "Plätze", "Ein Platz ist eine Person."), &stamp("Aiko", 1)).unwrap();
    assert_eq!((names, article.variant("de").unwrap().slug.as_str()), (vec!["article.written"], "plaetze"));
    let shown = |article: &Article, lang: &str| article.shown(lang, "en").map(|v| v.lang.clone());
    assert_eq!(shown(&article, "de"), None, "drafts are shown to nobody");
    let (article, _) = run(Some(article), ArticleCommand::Publish { lang: "de".into(), revision: 1 }, &stamp("Jonas", 2)).unwrap();
    assert_eq!((shown(&article, "de"), shown(&article, "en"), shown(&article, "fr")), (Some("de".into()), Some("de".into()), Some("de".into())));
    let (article, _) = run(Some(article), publish(1), &stamp("Jonas", 3)).unwrap();
    assert_eq!((shown(&article, "de"), shown(&article, "en"), shown(&article, "fr")), (Some("de".into()), Some("en".into()), Some("en".into())));
}

#[test]
fn what_no_text_may_be_is_refused_by_its_field() {
    #[track_caller]
    fn check(command: ArticleCommand, field: &str, says: &str) {
        let refused = run(None, command, &stamp("Aiko", 0)).unwrap_err();
        assert_eq!(refused.field.as_deref(), Some(field), "{refused}");
        assert!(refused.detail.contains(says), "{refused}");
    }
    let with = |change: fn(&mut ArticleText)| {
        let ArticleCommand::Create { id, key, category, audience, lang, slug, mut text, note } = create("Seats", "x") else { unreachable!() };
        change(&mut text);
        ArticleCommand::Create { id, key, category, audience, lang, slug, text, note }
    };
    check(with(|t| t.title = "  ".into()), "title", "Give it a title");
    check(with(|t| t.title = "x".repeat(LONGEST_TITLE + 1)), "title", "Say it shorter");
    check(with(|t| t.summary = "x".repeat(LONGEST_SUMMARY + 1)), "summary", "Say it shorter");
    check(with(|t| t.body = "x".repeat(LONGEST_BODY + 1)), "body", "two articles");
    check(with(|t| t.body = "a\u{1b}b".into()), "body", "no text");
    check(with(|t| t.keywords = (0..31).map(|n| n.to_string()).collect()), "keywords", "more than 30");
    let other = |lang: &str, slug: &str, key: &str| ArticleCommand::Create {
        id: ArticleId(7),
        key: key.into(),
        category: CategoryId(3),
        audience: Audience::Public,
        lang: lang.into(),
        slug: slug.into(),
        text: text("A", "b"),
        note: String::new(),
    };
    check(other("english", "a", "k"), "lang", "no language tag");
    check(other("en", "A b", "k"), "slug", "small letters");
    check(other("en", "contact", "k"), "slug", "a page of the help centre");
    check(other("en", "a", " k"), "key", "no blanks");
    let empty = run(None, create("Seats", ""), &stamp("Aiko", 0)).unwrap().0;
    let refused = run(Some(empty), publish(1), &stamp("Jonas", 1)).unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("body"), "a draft may be empty, what is published may not");
}

#[test]
fn what_is_related_is_bounded_and_not_the_article_itself() {
    let change =
        |related: Vec<i64>| ArticleCommand::Change { category: None, audience: None, related: Some(related.into_iter().map(ArticleId).collect()) };
    let article = begun();
    assert_eq!(run(Some(article.clone()), change(vec![7]), &stamp("Aiko", 1)).unwrap_err().field.as_deref(), Some("related"));
    assert_eq!(run(Some(article.clone()), change((10..21).collect()), &stamp("Aiko", 1)).unwrap_err().field.as_deref(), Some("related"));
    let (article, names) = run(Some(article), change(vec![9, 8, 9]), &stamp("Aiko", 1)).unwrap();
    assert_eq!((names, article.related.clone()), (vec!["article.changed"], vec![ArticleId(9), ArticleId(8)]));
    assert_eq!(run(Some(article), change(vec![9, 8]), &stamp("Aiko", 2)).unwrap().1, Vec::<&str>::new());
}

fn named(name: &str) -> std::collections::BTreeMap<String, Named> {
    [("en".to_owned(), Named { name: name.into(), description: String::new() })].into()
}

fn shelf(state: Option<Collection>, command: CollectionCommand) -> Result<(Collection, Vec<&'static str>), Refusal> {
    let stamp = stamp("Jonas", 0);
    let events = Collection::decide(state.as_ref(), command, &stamp, &())?;
    let names = events.iter().map(Collection::event_name).collect();
    Ok((Collection::fold(state, &events, &stamp).expect("it exists"), names))
}

#[test]
fn collections_hold_categories_in_an_order() {
    let create = CollectionCommand::Create { id: CollectionId(1), slug: "plans".into(), names: named("Plans"), position: 0 };
    let (mut plans, _) = shelf(None, create).unwrap();
    for (n, slug) in ["new", "old", "seats"].into_iter().enumerate() {
        let id = CategoryId(i64::try_from(n).unwrap());
        plans = shelf(Some(plans), CollectionCommand::AddCategory { id, slug: slug.into(), names: named(slug) }).unwrap().0;
    }
    let order = |c: &Collection| c.categories.iter().map(|c| c.slug.clone()).collect::<Vec<_>>();
    let again =
        shelf(Some(plans.clone()), CollectionCommand::AddCategory { id: CategoryId(9), slug: "old".into(), names: named("Old") }).unwrap_err();
    assert_eq!(again.field.as_deref(), Some("slug"));
    let to = |position| CollectionCommand::ChangeCategory { id: CategoryId(2), names: None, position: Some(position) };
    let (moved, _) = shelf(Some(plans.clone()), to(0)).unwrap();
    assert_eq!(order(&moved), ["seats", "new", "old"]);
    assert_eq!(shelf(Some(plans), to(99)).unwrap().1, Vec::<&str>::new(), "it is the last already");
    let (left, _) = shelf(Some(moved), CollectionCommand::RemoveCategory { id: CategoryId(0) }).unwrap();
    assert_eq!(order(&left), ["seats", "old"]);
    let (gone, names) = shelf(Some(left), CollectionCommand::Remove).unwrap();
    assert_eq!((gone.removed, names), (true, vec!["collection.removed"]));
    assert!(shelf(Some(gone), CollectionCommand::Remove).unwrap_err().detail.contains("no such collection"));
    let nameless = CollectionCommand::Create { id: CollectionId(1), slug: "plans".into(), names: named(" "), position: 0 };
    assert_eq!(shelf(None, nameless).unwrap_err().field.as_deref(), Some("names"));
}

#[test]
fn a_new_order_names_each_once_and_is_of_what_was_read() {
    const NOW: &[u8] = &[1, 2, 3];
    #[track_caller]
    fn check(read: &[u8], order: &[u8], expected: Result<bool, &str>) {
        let found = arranged(NOW, read, order);
        assert_eq!(found.as_ref().map_err(|why| why.field.as_deref().unwrap_or("conflict")), expected.as_ref().map_err(|why| *why));
    }
    check(NOW, &[3, 1, 2], Ok(true));
    check(NOW, NOW, Ok(false));
    check(&[2, 1, 3], NOW, Ok(false)); // The second press, after another read.
    check(&[2, 1, 3], &[3, 1, 2], Err("conflict"));
    check(&[1, 2], &[2, 1], Err("conflict")); // One came in meanwhile.
    check(NOW, &[3, 1], Err("order"));
    check(NOW, &[3, 1, 1], Err("order"));
    check(NOW, &[3, 1, 2, 2], Err("order"));
    check(NOW, &[3, 1, 4], Err("order"));
    check(NOW, &[], Err("order"));
}

#[test]
fn articles_stand_as_they_were_put_and_new_ones_behind() {
    let create = CollectionCommand::Create { id: CollectionId(1), slug: "plans".into(), names: named("Plans"), position: 0 };
    let (plans, _) = shelf(None, create).unwrap();
    let add = CollectionCommand::AddCategory { id: CategoryId(1), slug: "new".into(), names: named("New") };
    let (plans, _) = shelf(Some(plans), add).unwrap();
    let ids = |numbers: &[i64]| numbers.iter().copied().map(ArticleId).collect::<Vec<_>>();
    let put = |read: &[i64], order: &[i64], now: &[i64]| CollectionCommand::OrderArticles {
        id: CategoryId(1),
        now: ids(now),
        read: ids(read),
        order: ids(order),
    };
    let (plans, names) = shelf(Some(plans), put(&[10, 20, 30], &[30, 10, 20], &[10, 20, 30])).unwrap();
    assert_eq!(names, ["collection.articles_ordered"]);
    let shown = |plans: &Collection, now: &[i64]| {
        let mut now = ids(now);
        plans.categories[0].in_order(&mut now);
        now
    };
    assert_eq!(shown(&plans, &[10, 20, 30, 15]), ids(&[30, 10, 20, 15]), "a new one stands behind, however old its number");
    assert_eq!(shown(&plans, &[20, 30]), ids(&[30, 20]), "one that went elsewhere leaves no gap");
    assert!(shelf(Some(plans.clone()), put(&[10, 20, 30], &[10, 20, 30], &[10, 20, 30])).is_err(), "in another tab it stood otherwise");
    assert_eq!(shelf(Some(plans.clone()), put(&[1], &[30, 10, 20], &[10, 20, 30])).unwrap().1, Vec::<&str>::new());
    let renamed = CollectionCommand::ChangeCategory { id: CategoryId(1), names: Some(named("Newer")), position: None };
    assert_eq!(shown(&shelf(Some(plans), renamed).unwrap().0, &[10, 20, 30]), ids(&[30, 10, 20]), "a new name keeps the order");
}

proptest::proptest! {
    /// Whatever was put in order once: nothing is lost, nothing doubled, and what was put stands in that order, before all else.
    #[test]
    fn an_order_shows_each_once(order in proptest::collection::vec(0_i64..30, 0..20), now in proptest::collection::hash_set(0_i64..30, 0..30)) {
        let category = Category { id: CategoryId(1), slug: "new".into(), names: named("New"), order: order.iter().copied().map(ArticleId).collect() };
        let mut shown: Vec<ArticleId> = now.iter().copied().map(ArticleId).collect();
        category.in_order(&mut shown);
        let once: std::collections::HashSet<i64> = shown.iter().map(|id| id.0).collect();
        proptest::prop_assert_eq!(once, now);
        let place = |id: &ArticleId| order.iter().position(|n| *n == id.0);
        for pair in shown.windows(2) {
            let fine = match (place(&pair[0]), place(&pair[1])) {
                (Some(a), Some(b)) => a < b,
                (None, Some(_)) => false,
                (Some(_), None) => true,
                (None, None) => pair[0] < pair[1],
            };
            proptest::prop_assert!(fine);
        }
    }
}

#[test]
fn chosen_colours_are_readable_and_addresses_are_hosts() {
    let settings = |change: fn(&mut CentreSettings)| {
        let mut settings =
            CentreSettings { name: " Nordlicht  help ".into(), languages: vec!["EN".into(), "de".into(), "en".into()], ..CentreSettings::default() };
        change(&mut settings);
        settings.tidy()
    };
    let fine = settings(|s| (s.accent, s.address) = (Some("#0B6E4F".into()), Some("https://Help.Nordlicht.example/".into()))).unwrap();
    assert_eq!(
        (fine.name.as_str(), fine.languages.as_slice(), fine.accent.as_deref()),
        ("Nordlicht help", ["en".to_owned(), "de".into()].as_slice(), Some("#0b6e4f"))
    );
    assert_eq!((fine.address.as_deref(), fine.host()), (Some("https://help.nordlicht.example"), Some("help.nordlicht.example")));
    #[track_caller]
    fn refused(found: Result<CentreSettings, Refusal>, field: &str, says: &str) {
        let refusal = found.unwrap_err();
        assert_eq!(refusal.field.as_deref(), Some(field), "{refusal}");
        assert!(refusal.detail.contains(says), "{refusal}");
    }
    // Yellow on white has 1.07 to 1 (WCAG's own formula).
    refused(settings(|s| s.accent = Some("#ffff00".into())), "accent", "1.1 to 1");
    refused(settings(|s| s.accent = Some("blue".into())), "accent", "six digits");
    refused(settings(|s| s.accent_dark = Some("#2f2f2f".into())), "accent_dark", "lighter");
    refused(settings(|s| s.address = Some("help.nordlicht.example".into())), "address", "https://");
    refused(settings(|s| s.address = Some("https://a.example/help".into())), "address", "nothing after it");
    refused(settings(|s| s.languages = vec![]), "languages", "1 to 10");
    refused(settings(|s| s.name = String::new()), "name", "1 to 60");
    refused(settings(|s| s.logo = Some("../x".into())), "logo", "Upload");
}
