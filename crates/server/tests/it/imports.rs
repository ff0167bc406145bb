//! The past of another desk: taken over once, quietly, and counted.

use crate::desk::{Desk, items, len};
use crate::support::on_both;
use hypercare_core::Timestamp;
use hypercare_core::conversation::Status;
use hypercare_core::conversation::imported::{Past, TAG};
use hypercare_core::triage::{Scope, Triage};
use hypercare_server::imports::{Foreign, Taken, take_over};
use hypercare_store::queries::{signals, timers};
use std::collections::BTreeMap;

fn at(time: &str) -> Timestamp {
    Timestamp::parse(&format!("2026-11-{time}Z")).unwrap()
}

fn past(id: &str, status: Status, resolved_at: Option<Timestamp>) -> Past {
    Past {
        source: "old-desk".into(),
        id: id.into(),
        status,
        first_response_at: Some(at("02T10:00:00")),
        resolved_at,
        reopened: 1,
        escalated_at: Some(at("02T11:00:00")),
        rating: Some(4),
        rated_at: Some(at("02T13:00:00")),
        triage: Triage { scope: Scope::Out, category: Some("billing".into()), ..Triage::default() },
        fields: BTreeMap::new(),
    }
}

fn foreign(past: Past) -> Foreign {
    Foreign { opened_at: at("02T09:00:00"), contact: "ada@example.com".into(), subject: Some("Invoice".into()), text: None, past }
}

#[tokio::test]
async fn a_past_is_taken_over_once_quietly_and_counts() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let open = past("1", Status::Open, None);
        let settled = past("2", Status::Resolved, Some(at("02T12:00:00")));
        let batch = || vec![foreign(open.clone()), foreign(settled.clone())];
        let dry = take_over(&test.app, batch(), true).await.unwrap();
        assert_eq!((dry, len(&desk.agent.get("/conversations").await.good())), (vec![Taken::New, Taken::New], 0));
        assert_eq!(take_over(&test.app, batch(), false).await.unwrap(), [Taken::New, Taken::New]);
        assert_eq!(take_over(&test.app, batch(), false).await.unwrap(), [Taken::Known, Taken::Known], "the same again changes nothing");

        // Nobody is owed anything, although a window is live with promises.
        let due = timers::due(&mut test.app.reader(), at("30T00:00:00"), 500).await.unwrap();
        assert!(due.iter().all(|t| t.subject_kind != "conversation"), "no clock runs for what took place elsewhere");
        let list = desk.agent.get("/conversations?view=all_open").await.good();
        assert_eq!((len(&list), &items(&list)[0]["tags"][0], &items(&list)[0]["breached"]), (1, &TAG.into(), &false.into()));

        // It counts on the days on which things happened.
        let (since, until) = (at("02T00:00:00"), at("03T00:00:00"));
        let mut reader = test.app.reader();
        let opened = signals::opened(&mut reader, since, until, -1, 10).await.unwrap();
        assert_eq!((opened.len(), opened[0].person_since.is_some(), opened[0].first_response_at), (2, true, Some(at("02T10:00:00").0)));
        assert_eq!(
            signals::tallied(&mut reader, since, until).await.unwrap().iter().map(|t| (t.what.as_str(), t.n)).collect::<Vec<_>>(),
            [("settled", 1)]
        );
        assert_eq!(signals::escalated(&mut reader, since, until).await.unwrap().iter().map(|c| c.n).sum::<i64>(), 2);
        assert_eq!(signals::rated(&mut reader, since, until).await.unwrap().iter().map(|c| c.n).sum::<i64>(), 2);

        // A newer export adds what is new; a wrong one is refused and leaves nothing.
        let later = foreign(past("1", Status::Resolved, Some(at("03T09:00:00"))));
        let wrong = foreign(Past { rating: Some(9), ..past("3", Status::Open, None) });
        let taken = take_over(&test.app, vec![later, wrong], false).await.unwrap();
        assert_eq!(taken[0], Taken::Updated);
        assert!(matches!(&taken[1], Taken::Refused(why) if why.contains("1 to 5")), "{taken:?}");
        assert_eq!(len(&desk.agent.get("/conversations?view=all_open").await.good()), 0);
        assert_eq!(signals::opened(&mut test.app.reader(), since, until, -1, 10).await.unwrap().len(), 2);
    })
    .await;
}
