use crate::account::import::{Wanted, head, line, read};
use crate::account::money::Money;
use crate::account::table;
use crate::account::{Account, Facts};
use crate::{AccountId, Timestamp};
use proptest::prelude::*;

#[test]
fn amounts_are_said_in_groups() {
    let check = |amount: &str, currency: &str, said: &str| assert_eq!(Money::read(amount, currency).unwrap().to_string(), said);
    check("0", "USD", "0 USD");
    check("0.07", "USD", "0.07 USD");
    check("950", "EUR", "950 EUR");
    check("26400", "EUR", "26\u{202f}400 EUR");
    check("1234567.5", "EUR", "1\u{202f}234\u{202f}567.50 EUR");
    check("1500", "JPY", "1\u{202f}500 JPY");
}

#[test]
fn money_is_read_exactly() {
    #[track_caller]
    fn check(amount: &str, currency: &str, expected: Result<(i64, &str), &str>) {
        match (Money::read(amount, currency), expected) {
            (Ok(money), Ok((minor, text))) => assert_eq!((money.minor, format!("{} {}", money.amount(), money.currency).as_str()), (minor, text)),
            (Err(why), Err(part)) => assert!(why.contains(part), "{amount} {currency}: {why}"),
            (found, expected) => panic!("{amount} {currency}: {found:?}, not {expected:?}"),
        }
    }
    check("12000", "EUR", Ok((1_200_000, "12000.00 EUR")));
    check(" 12000.5 ", "eur", Ok((1_200_050, "12000.50 EUR")));
    check("0.07", "USD", Ok((7, "0.07 USD")));
    check("0", "USD", Ok((0, "0.00 USD")));
    check("1500", "JPY", Ok((1_500, "1500 JPY")));
    check("1.234", "KWD", Ok((1_234, "1.234 KWD")));
    check("100000000000", "EUR", Ok((10_000_000_000_000, "100000000000.00 EUR")));
    // What floats would round.
    check("90071992547.93", "EUR", Ok((9_007_199_254_793, "90071992547.93 EUR")));
    check("12.000,50", "EUR", Err("can be read in two ways"));
    check("1,250", "EUR", Err("such as 12000.50"));
    check("12 000", "EUR", Err("can be read in two ways"));
    check("12000.505", "EUR", Err("more than 2 digits"));
    check("12.5", "JPY", Err("has no smaller unit"));
    check("-5", "EUR", Err("without a sign"));
    check("€5", "EUR", Err("no amount"));
    check("1e6", "EUR", Err("no amount"));
    check("5.", "EUR", Err("no amount"));
    check(".5", "EUR", Err("no amount"));
    check("", "EUR", Err("no amount"));
    check("100000000001", "EUR", Err("more than an account"));
    check("99999999999999999999", "EUR", Err("more than an account"));
    check("5", "Euro", Err("`Euro` is no currency"));
}

#[track_caller]
fn good(text: &str) -> Vec<Wanted> {
    read(text).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

#[track_caller]
fn wrong(text: &str, expected: &[(u32, &str, &str)]) {
    let found = read(text).unwrap_err();
    assert_eq!(
        found.iter().map(|w| (w.line, w.field.as_str())).collect::<Vec<_>>(),
        expected.iter().map(|e| (e.0, e.1)).collect::<Vec<_>>(),
        "{found:?}"
    );
    for (found, (_, _, part)) in found.iter().zip(expected) {
        assert!(found.detail.contains(part), "{}", found.detail);
    }
}

#[test]
fn tables_of_all_kinds_are_read() {
    let expected = good("key,name,value,currency\nA-1,Nord,12000.50,EUR\n");
    assert_eq!(expected[0].value, Some(Some(Money { minor: 1_200_050, currency: "EUR".into() })));
    for other in [
        "\u{feff}key,name,value,currency\r\nA-1,Nord,12000.50,EUR\r\n",
        "key;name;value;currency\nA-1;Nord;12000.50;EUR",
        "key\tname\tvalue\tcurrency\nA-1\tNord\t12000.50\tEUR\n\n",
        "KEY , Name,Value,\"Currency\"\n \"A-1\" , Nord ,\"12000.50\",eur\n,,,\n",
    ] {
        assert_eq!(good(other), expected, "{other:?}");
    }
    let quoted = good("key;name;notes\nA-1;\"Nord; \"\"the\"\" studio\";\"two\nlines\"\nA-2;Süd;");
    assert_eq!((quoted[0].name.as_deref(), quoted[0].notes.as_deref()), (Some("Nord; \"the\" studio"), Some("two\nlines")));
    assert_eq!((quoted[1].line, quoted[1].notes.as_deref()), (4, Some("")), "lines are those of the file");
    let few = good("key,renewal,owner,domains,cancelled\nA-1,2027-01-31,Mara@x.example,a.example b.example|c.example,\n");
    assert_eq!((few[0].name.clone(), few[0].value.clone()), (None, None), "what has no column stays as it is");
    assert_eq!(few[0].cancelled, Some(None), "an empty cell says that there is none");
    assert_eq!(few[0].domains.as_ref().unwrap().len(), 3);
    assert_eq!(few[0].owner, Some(Some("mara@x.example".into())));
}

#[test]
fn what_is_wrong_is_told_by_line_and_field() {
    wrong("", &[(1, "", "empty")]);
    wrong("key,name\n", &[(1, "", "no line with an account")]);
    wrong("name,worth\nNord,5", &[(1, "worth", "no column `worth`"), (1, "key", "missing")]);
    wrong("key,key,value\nA,B,5", &[(1, "key", "twice"), (1, "currency", "needs its `currency`")]);
    wrong(
        "key,name,value,currency\nA-1,Nord,\"12.000,50\",EUR\n,Süd,5,\nA-1,West,5,EUR",
        &[(2, "value", "in two ways"), (3, "key", "needs a key"), (3, "currency", "needs its currency"), (4, "key", "on line 2 already")],
    );
    wrong(
        "key,name,renewal\nA,B,31.12.2026\nC,,2026-02-30",
        &[(2, "renewal", "31.12.2026"), (3, "renewal", "2026-02-30"), (3, "name", "needs a name")],
    );
    wrong("key,domains\nA,gmail.com\nB,x.example\nC,x.example", &[(2, "domains", "Anybody"), (4, "domains", "on line 3 already")]);
    wrong("key,name\nA,B,C", &[(2, "", "3 values, but there are 2 columns")]);
    wrong("key,name\nA,B\nC,\"D\nE,F", &[(3, "", "never closed")]);
    let many: String = (0..5_001).map(|n| format!("K{n},N\n")).collect();
    wrong(&format!("key,name\n{many}"), &[(1, "", "at most 5000")]);
    let bad: String = (0..300).map(|n| format!("K{n},\n")).collect();
    assert_eq!(read(&format!("key,name\n{bad}")).unwrap_err().len(), 100, "not everything is told at once");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}|(key|name|[;,\"\n\r'=]|a){0,60}") {
        let _ = read(&text);
    }

    #[test]
    fn an_export_is_read_back_to_the_same(name in "[\\PC&&[^\\s]][\\PC]{0,30}", notes in "[\\PC\n]{0,40}", minor in 0_i64..10_000_000_000_000, currency in "EUR|JPY|KWD") {
        let facts = Facts { name, notes, value: Some(Money { minor, currency }), renewal: Some("2027-01-31".parse().unwrap()), domains: vec!["b.example".into(), "a.example".into()], ..Facts::default() };
        let Ok(facts) = facts.checked() else { return Ok(()) };
        // An apostrophe before a sign is how an export marks what is no formula.
        prop_assume!(table::uncell(&facts.name) == facts.name && table::uncell(&facts.notes) == facts.notes);
        let account = Account { id: AccountId(1), key: "=1".into(), facts: facts.clone(), revision: 1, created_at: Timestamp(0), removed: false };
        let text = format!("{}{}", head(), line(&account, None));
        let back = read(&text).unwrap();
        prop_assert_eq!(&back[0].key, "=1");
        prop_assert_eq!(back[0].onto(None, None).checked().unwrap(), facts);
    }
}
