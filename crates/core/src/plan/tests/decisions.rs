//! How long a question may wait.

use super::{check, completed};
use crate::plan::export;

#[test]
fn a_plan_says_how_long_a_question_may_wait() {
    #[track_caller]
    fn waits(text: &str, minutes: i64) {
        let plan = check(&completed(text)).plan.unwrap();
        assert_eq!(plan.decided_within(), crate::Span::mins(minutes), "{text}");
        assert_eq!(check(&export(&plan)).plan.unwrap(), plan);
    }
    waits("", 30);
    waits("[decisions]\n", 30);
    waits("[decisions]\nwithin = \"10 min\"\n", 10);
    waits("[decisions]\nwithin = \"4 h\"\n", 240);

    #[track_caller]
    fn wrong(within: &str, message: &str) {
        let report = check(&completed(&format!("[decisions]\nwithin = \"{within}\"\n")));
        let told: Vec<_> = report.problems.iter().map(|p| (p.path.as_str(), p.message.as_str())).collect();
        assert_eq!(told, [("decisions.within", message)]);
    }
    wrong("2 min", "2 min is too short");
    wrong("2 d", "2 d is too long");
}
