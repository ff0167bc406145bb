//! What a file may say.

use super::*;

fn check(text: &str, says: &[&str]) {
    match read(text) {
        Ok(_) => assert!(says.is_empty(), "{text} was accepted"),
        Err(faults) => {
            let all = faults.join("\n");
            assert!(!says.is_empty() && says.iter().all(|part| all.contains(part)), "{text}: {all}");
        }
    }
}

#[test]
fn a_file_is_read_or_its_faults_are_named() {
    check("", &[]);
    check("contacts_per_day = 300.0\n[reconnect]\nlaunch = 0.3\nmedian = \"2 d\"\n[categories.billing]\nlike = \"billing\"\nrise = 3.0", &[]);
    check("contacts_per_day = 0.0", &["`contacts_per_day` is 0", "from 1 to 20000"]);
    check("[reconnect]\nlaunch = 1.5\n[team]\noccupancy = 2.0", &["`reconnect.launch` is 1.5", "`team.occupancy` is 2"]);
    check("[live]\npatience = \"0 s\"", &["`live.patience` is 0 min", "from 1 s to 30 d"]);
    check("[live]\npatience = \"soon\"", &["line 2, column", "`soon` is not a length of time"]);
    check("[chasrs]\nnew = 0.3", &["line 1, column", "unknown field `chasrs`", "`chasers`"]);
    check("profile = [1.0, 2.0]", &["`profile` has 2 numbers: give 168"]);
    check("[severity]\ncritical = 0.5", &["adds up to 1.49"]);
    check("[categories.billing]\nrise = -1.0", &["`categories.billing.rise` is -1"]);
    check("contacts_per_day = nan", &["`contacts_per_day` is NaN"]);
    check("[[stressors]]\nname = \"x\"\nafter = \"1 d\"\nrise = 99.0\ndecay = \"1 d\"", &["`stressors[0].rise` is 99"]);
    check(&" ".repeat(FILE_LIMIT + 1), &["at most 200000"]);
}

#[test]
fn the_defaults_are_within_their_own_limits_and_read_back() {
    let text = toml::to_string(&Assumptions::default()).unwrap();
    assert_eq!(read(&text).unwrap(), Assumptions::default());
}

#[test]
fn categories_are_told_by_their_names() {
    fn check(name: &str, expected: Demand) {
        assert_eq!(Demand::of(name), expected, "{name}");
    }
    check("access", Demand::Access);
    check("Login", Demand::Access);
    check("billing", Demand::Billing);
    check("payment", Demand::Billing);
    check("account", Demand::HowTo);
    check("storage", Demand::HowTo);
    check("sync", Demand::Defects);
    check("shipping", Demand::Other);
}
