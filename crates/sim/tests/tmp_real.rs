use hypercare_sim::history::{self, Options, map, backtest};
#[test]
fn real() {
    let map = map::check(map::shipped("servicenow").unwrap().text).map.unwrap();
    let file = std::fs::File::open("/work/shared/data/ticket-uci-servicenow/incident_event_log.csv.gz").unwrap();
    let h = history::read(file, &map, Options::default(), &mut |r| println!("{r:?}"), &mut |_| {}).unwrap();
    let t = std::time::Instant::now();
    let s = backtest::Settings { go_live: jiff::civil::date(2016,2,29), zone: "UTC".into(), until: None, holidays: Default::default(), plan: None };
    let b = backtest::run(&h, &s).unwrap();
    println!("{:?}", t.elapsed());
    println!("{:?} {:?} first exit {:?}", b.baseline, b.notes, b.first_exit);
    for d in &b.days {
        println!("{} {:?} streak {} exit {} reset {:?} | {} || {:?}", d.date, d.stable, d.streak, d.exit_allowed, d.reset_by.as_ref().map(|r| format!("{} {}", r.date, r.reason)), d.sentence, d.why);
        for (n, s) in &d.signals { print!("  {n}={:.2}/{:?}/{:?}", s.value.unwrap_or(-1.0), s.state, s.alarm); }
        println!();
    }
    for w in &b.warnings { println!("W {w:?}"); }
    std::fs::write("/tmp/result.json", serde_json::to_string(&b).unwrap()).unwrap();
}
