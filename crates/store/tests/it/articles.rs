//! Articles come back as they were, with every revision and every address.

use crate::support::{at, on_both, open, stamp, write};
use futures_util::FutureExt;
use hypercare_core::article::{Article, ArticleCommand, ArticleText, Audience, Collection, CollectionCommand, Named};
use hypercare_core::{ArticleId, CategoryId, CollectionId, Refusal};
use hypercare_store::queries::articles::{self, Filter};
use hypercare_store::queries::reading::{self, Rating};
use hypercare_store::{Store, WriteError};
use std::collections::BTreeMap;

fn text(title: &str) -> Box<ArticleText> {
    Box::new(ArticleText { title: title.into(), body: format!("About {title}."), keywords: vec!["a, b".into()], ..ArticleText::default() })
}

async fn run(store: &Store, id: ArticleId, command: ArticleCommand) -> Result<Article, WriteError> {
    store.write(move |tx| async move { tx.execute::<Article>(id, command, &stamp(10), &()).await }.boxed()).await
}

async fn begun(store: &Store, number: i64, title: &str, category: i64) -> Article {
    let id = ArticleId(number);
    let slug = format!("a-{number}");
    let create = ArticleCommand::Create {
        id,
        key: slug.clone(),
        category: CategoryId(category),
        audience: Audience::Public,
        lang: "en".into(),
        slug,
        text: text(title),
        note: String::new(),
    };
    run(store, id, create).await.unwrap()
}

on_both!(an_article_comes_back_with_its_revisions_and_addresses, |fresh| {
    let store = open(&fresh).await;
    let article = begun(&store, 1, "100% Seats_ & more", 5).await;
    let id = article.id;
    run(&store, id, ArticleCommand::Write { lang: "en".into(), revision: Some(1), slug: String::new(), text: text("Seats"), note: "Shorter".into() })
        .await
        .unwrap();
    run(&store, id, ArticleCommand::Rename { lang: "en".into(), slug: "seats".into() }).await.unwrap();
    let kept = run(&store, id, ArticleCommand::Publish { lang: "en".into(), revision: 2 }).await.unwrap();
    let mut reader = store.reader();
    assert_eq!(hypercare_store::load::<Article>(&mut reader, 1).await.unwrap(), Some(kept.clone()));
    let revisions = articles::revisions(&mut reader, id, "en", None, 10).await.unwrap();
    let seen: Vec<(u32, &str, &str)> = revisions.iter().map(|r| (r.number, r.text.title.as_str(), r.note.as_str())).collect();
    assert_eq!(seen, [(2, "Seats", "Shorter"), (1, "100% Seats_ & more", "")]);
    assert_eq!(revisions[1].text, *text("100% Seats_ & more"));
    let slugs: Vec<String> = articles::slugs_of(&mut reader, id).await.unwrap().into_iter().map(|s| s.slug).collect();
    assert_eq!(slugs, ["a-1", "seats"]);
    for (slug, owner) in [("a-1", Some(id)), ("seats", Some(id)), ("other", None)] {
        assert_eq!(articles::owner_of(&mut reader, "en", slug).await.unwrap(), owner, "{slug}");
    }
    assert_eq!(articles::by_key(&mut reader, "a-1").await.unwrap(), Some(kept));
    let refused = run(&store, ArticleId(9), ArticleCommand::Retire { lang: "en".into() }).await.unwrap_err();
    assert!(matches!(refused, WriteError::Refused(Refusal { .. })), "{refused:?}");
});

on_both!(lists_are_filtered_and_paged, |fresh| {
    let store = open(&fresh).await;
    let names = |name: &str| BTreeMap::from([("en".to_owned(), Named { name: name.into(), description: String::new() })]);
    let shelf = CollectionId(50);
    let made: Result<Collection, WriteError> = store
        .write(move |tx| {
            async move {
                tx.execute::<Collection>(
                    shelf,
                    CollectionCommand::Create { id: shelf, slug: "plans".into(), names: names("Plans"), position: 0 },
                    &stamp(1),
                    &(),
                )
                .await?;
                tx.execute::<Collection>(
                    shelf,
                    CollectionCommand::AddCategory { id: CategoryId(5), slug: "new".into(), names: names("New") },
                    &stamp(1),
                    &(),
                )
                .await
            }
            .boxed()
        })
        .await;
    assert_eq!(made.unwrap().categories.len(), 1);
    for (number, title) in [(1, "100% sure"), (2, "Über 100 GB"), (3, "A_B"), (4, "AxB")] {
        begun(&store, number, title, if number < 3 { 5 } else { 6 }).await;
    }
    run(&store, ArticleId(2), ArticleCommand::Publish { lang: "en".into(), revision: 1 }).await.unwrap();
    let mut reader = store.reader();
    let check = async |filter: Filter, expected: &[i64]| {
        let found = articles::page(&mut store.reader(), &filter, None, 10).await.unwrap();
        assert_eq!(found.iter().map(|a| a.id.0).collect::<Vec<_>>(), expected, "{filter:?}");
    };
    check(Filter::default(), &[4, 3, 2, 1]).await;
    check(Filter { category: Some(CategoryId(6)), ..Filter::default() }, &[4, 3]).await;
    check(Filter { collection: Some(shelf), ..Filter::default() }, &[2, 1]).await;
    check(Filter { state: Some("published"), ..Filter::default() }, &[2]).await;
    check(Filter { state: Some("draft"), lang: Some("de".into()), ..Filter::default() }, &[]).await;
    check(Filter { audience: Some(Audience::Internal), ..Filter::default() }, &[]).await;
    // What is typed is text and no pattern; capitals do not matter.
    check(Filter { title: "100%".into(), ..Filter::default() }, &[1]).await;
    check(Filter { title: "a_b".into(), ..Filter::default() }, &[3]).await;
    check(Filter { title: "ÜBER".into(), ..Filter::default() }, &[2]).await;
    let page = articles::page(&mut reader, &Filter::default(), Some(ArticleId(3)), 1).await.unwrap();
    assert_eq!(page[0].id, ArticleId(2));
    assert_eq!(articles::after(&mut reader, true, 0, 10).await.unwrap().len(), 1);
    assert_eq!(articles::count(&mut reader, Some(CategoryId(5))).await.unwrap(), 2);
    assert_eq!(articles::counts(&mut reader).await.unwrap(), [(5, 2), (6, 2)]);
    assert_eq!(articles::collection_of(&mut reader, CategoryId(5)).await.unwrap().map(|c| c.id), Some(shelf));
    let first = articles::slugs_after(&mut reader, None, 2).await.unwrap();
    let rest = articles::slugs_after(&mut reader, first.last(), 10).await.unwrap();
    assert_eq!((first.len(), rest.len()), (2, 2));
});

on_both!(ratings_and_readers_are_kept_once, |fresh| {
    let store = open(&fresh).await;
    let article = begun(&store, 1, "Seats", 5).await.id;
    begun(&store, 2, "Draft", 5).await;
    run(&store, article, ArticleCommand::Publish { lang: "en".into(), revision: 1 }).await.unwrap();
    let conversation = write(&store, "a", Some("m-1"), "Where are seats?").await.unwrap();
    let rating =
        |visitor: &str, helpful: bool| Rating { article, lang: "en".into(), revision: 1, visitor: visitor.into(), helpful, comment: String::new() };
    let all = [rating("a", false), rating("b", true), rating("a", true), rating("c", false)];
    let done: Result<(), WriteError> = store
        .write(move |tx| {
            async move {
                for (n, one) in all.iter().enumerate() {
                    reading::rate(tx, one, at(20 + i64::try_from(n).unwrap())).await?;
                }
                for id in [article, article, ArticleId(2), ArticleId(77)] {
                    reading::read_before(tx, id, conversation, at(30)).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    done.unwrap();
    let mut reader = store.reader();
    let rated = reading::rated(&mut reader, article).await.unwrap();
    assert_eq!((rated.len(), rated[0].yes, rated[0].no), (1, 2, 1), "who changes their mind counts once");
    assert_eq!(reading::rated_all(&mut reader).await.unwrap(), [(1, 2, 1)]);
    assert_eq!(reading::ratings(&mut reader, article, None, 2).await.unwrap().len(), 2);
    let most = reading::read_most(&mut reader, at(0), 10).await.unwrap();
    assert_eq!((most.len(), most[0].article_id, most[0].wrote), (1, 1, 1), "a draft and what is not there are read by nobody");
    assert_eq!(reading::read_by(&mut reader, article, at(0), 10).await.unwrap().len(), 1);
    assert_eq!(reading::before(&mut reader, conversation).await.unwrap(), [1]);
    assert!(reading::read_most(&mut reader, at(31), 10).await.unwrap().is_empty());
});
