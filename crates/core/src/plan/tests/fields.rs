//! Fields: each fault by its place, with what would be right.

use super::{check, completed, expect};

#[test]
fn fields_with_and_without_choices() {
    let text = completed(
        "[[fields]]\nkey = \"place\"\nname = \"Place\"\nchoices = [\"Norway\", \"Sweden\"]\n\n[[fields]]\nkey = \"order_no\"\nname = \"Order\"\nwatch = false",
    );
    let report = check(&text);
    assert_eq!(report.problems, vec![]);
    let told: Vec<_> = report.plan.unwrap().fields.into_iter().map(|f| (f.key, f.choices, f.watch)).collect();
    let choices = vec!["Norway".to_owned(), "Sweden".to_owned()];
    assert_eq!(told, [("place".to_owned(), Some(choices), true), ("order_no".to_owned(), None, false)]);
}

#[test]
fn what_is_wrong_with_a_field() {
    #[track_caller]
    fn wrong(fields: &str, path: &str, message: &str, help: &str) {
        let report = check(&completed(fields));
        let told: Vec<_> = report.problems.iter().map(|p| (p.path.as_str(), p.message.as_str(), p.help.as_deref().unwrap_or_default())).collect();
        assert!(matches!(&told[..], [(p, m, h)] if *p == path && *m == message && h.contains(help)), "{fields}: {told:?}");
    }
    let field = |key: &str, more: &str| format!("[[fields]]\nkey = \"{key}\"\nname = \"A name\"\n{more}\n");
    let place = |more: &str| field("place", more);
    wrong(&field("Product Area", ""), "fields[0].key", "`Product Area` cannot be a field's key", "such as `product_area`");
    wrong(&field("product-area", ""), "fields[0].key", "`product-area` cannot be a field's key", "such as `product_area`");
    wrong(&field("2nd", ""), "fields[0].key", "`2nd` cannot be a field's key", "such as `nd`");
    wrong(&field(&"k".repeat(65), ""), "fields[0].key", &format!("`{}…` cannot be a field's key", "k".repeat(60)), "64 at most");
    wrong(&(place("") + &place("")), "fields[1].key", "the key `place` stands twice", "already the key of fields[0]");
    wrong("[[fields]]\nkey = \"place\"\nname = \" \"", "fields[0].name", "`name` is empty", "for the people");
    wrong(&format!("[[fields]]\nkey = \"place\"\nname = \"{}\"", "x".repeat(61)), "fields[0].name", "a field's name has at most 60 characters", "");
    wrong(&place("choices = []"), "fields[0].choices", "`place` has no choices, so it can have no value", "leave `choices` out");
    wrong(&place("choices = [\"Norway\", \"\"]"), "fields[0].choices[1]", "a choice is empty", "remove it");
    wrong(&place("choices = [\"Norway\", \"norway\"]"), "fields[0].choices[1]", "the choice `norway` stands twice", "already choice 1 of `place`");
    wrong(&place("choices = [\" Norway\"]"), "fields[0].choices[0]", "` Norway` has spaces or characters that nobody can type", "write `Norway`");
    wrong(&place(&format!("choices = [\"{}\"]", "x".repeat(101))), "fields[0].choices[0]", "a choice has at most 100 characters", "");
    wrong(&place("watch = \"no\""), "fields[0].watch", "expected true or false, found text", "");
    wrong(&place("values = [\"Norway\"]"), "fields[0].values", "unknown key `values`", "choices, key, name, watch");
    let many: Vec<String> = (0..201).map(|i| format!("\"c{i}\"")).collect();
    wrong(&place(&format!("choices = [{}]", many.join(", "))), "fields[0].choices", "201 choices: a field can have 200", "free text");
    let all: String = (0..21).map(|i| field(&format!("f{i}"), "")).collect();
    wrong(&all, "fields", "21 fields: a plan can have 20", "");
}

#[test]
fn a_choice_twice() {
    expect(
        r#"[[fields]]
key = "place"
name = "Place"
choices = ["Norway", "NORWAY"]"#,
        r#"
error: the choice `NORWAY` stands twice
 --> plan.toml:4:22
  |
4 | choices = ["Norway", "NORWAY"]
  |                      ^^^^^^^^
  = help: it is already choice 1 of `place`; capitals do not matter
"#,
    );
}
