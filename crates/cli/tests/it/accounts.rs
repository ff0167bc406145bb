//! `hypercare accounts`: a table into a running server, what is wrong by line and column, and out again as the same.

use crate::support::{Server, on_both};

on_both!(a_table_goes_in_and_out_again, |at| {
    let _server = Server::start(&at).await;
    let import = async |file: &str, more: &[&str]| {
        let args: Vec<&str> = ["accounts", "import", file].iter().chain(more).copied().collect();
        at.ask(&args).await
    };
    let good = at.write("good.csv", "\u{feff}key;name;value;currency\r\nN-1;Nord;12000.50;EUR\r\nN-2;Süd;;\r\n");
    assert_eq!(import(&good, &["--dry-run"]).await.good().trim(), "2 would be added, 0 would be changed, 0 as they were.");
    let done = import(&good, &["--json"]).await;
    done.good();
    assert_eq!(done.json()["created"], 2);
    assert_eq!(import(&good, &[]).await.good().trim(), "0 added, 0 changed, 2 as they were.");
    let bad = at.write("bad.csv", "key,name,value,currency\nN-1,Nord,\"12.000,50\",EUR\n,West,5,EUR\n");
    import(&bad, &[])
        .await
        .bad(1, &["bad.csv:2: value: `12.000,50` can be read in two ways", "bad.csv:3: key: An account needs a key", "Nothing was taken over"]);
    let latin = at.write("latin.csv", b"key,name\nN-3,S\xfcd\n".as_slice());
    import(&latin, &[]).await.bad(1, &["latin.csv:2: this is not UTF-8"]);
    let out = at.ask(&["accounts", "export"]).await.good().to_owned();
    assert!(out.contains("N-1,Nord,12000.50,EUR,"), "{out}");
    let again = at.write("again.csv", &out);
    assert_eq!(import(&again, &[]).await.good().trim(), "0 added, 0 changed, 2 as they were.");
});
