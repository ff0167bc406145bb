use super::*;
use proptest::prelude::*;

fn agent(user: i64, load: u32, capacity: u32, given: i64) -> Agent {
    Agent { user: UserId(user), away_since: None, load, capacity, given }
}

fn away(agent: Agent) -> Agent {
    Agent { away_since: Some(Timestamp(100)), ..agent }
}

#[test]
fn the_turn_goes_round() {
    #[track_caller]
    fn check(what: &str, agents: &[Agent], expected: Option<i64>) {
        assert_eq!(next(agents).map(|agent| agent.user.0), expected, "{what}");
    }
    check("nobody", &[], None);
    check("the only one", &[agent(1, 0, 8, 5)], Some(1));
    check("given the longest ago", &[agent(1, 0, 8, 5), agent(2, 0, 8, 3), agent(3, 0, 8, 9)], Some(2));
    check("never given comes first", &[agent(1, 0, 8, 5), agent(2, 7, 8, 0)], Some(2));
    check("of two the lower id", &[agent(2, 0, 8, 3), agent(1, 0, 8, 3)], Some(1));
    check("who is full is skipped", &[agent(1, 8, 8, 0), agent(2, 7, 8, 9)], Some(2));
    check("who is away is skipped", &[away(agent(1, 0, 8, 0)), agent(2, 0, 8, 9)], Some(2));
    check("all are full or away", &[away(agent(1, 0, 8, 0)), agent(2, 8, 8, 0)], None);
    check("who had their capacity lowered below their load", &[agent(1, 9, 4, 0), agent(2, 1, 4, 9)], Some(2));
    check("a capacity of none is out of the turn", &[agent(1, 0, 0, 0)], None);
}

#[test]
fn what_came_back_to_somebody_who_is_away_leaves_them() {
    #[track_caller]
    fn check(agent: &Agent, open_since: Option<i64>, expected: bool) {
        assert_eq!(leaves(agent, open_since.map(Timestamp)), expected, "{agent:?} {open_since:?}");
    }
    let here = agent(1, 1, 8, 0);
    check(&here, Some(200), false);
    check(&away(here), Some(200), true);
    check(&away(here), Some(100), true);
    check(&away(here), Some(99), false);
    check(&away(here), None, false);
}

#[test]
fn the_record_says_why() {
    let mut agents = [agent(1, 2, 8, 0)];
    assert_eq!(give(&mut agents, 7).map(why).as_deref(), Some("Next in turn, 3 of 8."));
    assert_eq!((agents[0].load, agents[0].given), (3, 7));
}

fn desk() -> impl Strategy<Value = Vec<Agent>> {
    prop::collection::vec((0_u32..6, 0_u32..6, any::<bool>(), 0_i64..50), 1..8).prop_map(|all| {
        let agent = |(at, (load, capacity, gone, given))| {
            let some = agent(at, load, capacity, given);
            if gone { away(some) } else { some }
        };
        (1..).zip(all).map(agent).collect()
    })
}

proptest! {
    #[test]
    fn nobody_gets_more_than_fits_or_any_while_away(mut agents in desk(), n in 0_i64..80) {
        let before = agents.clone();
        for number in 0..n {
            give(&mut agents, 100 + number);
        }
        for (before, after) in before.iter().zip(&agents) {
            prop_assert!(after.load <= before.load.max(before.capacity), "{before:?} → {after:?}");
            prop_assert!(before.away_since.is_none() || before == after);
        }
        // What could not be given found no room anywhere.
        let given: u32 = agents.iter().map(|a| a.load).sum::<u32>() - before.iter().map(|a| a.load).sum::<u32>();
        prop_assert!(i64::from(given) == n || agents.iter().all(|a| !a.has_room()));
    }

    #[test]
    fn those_who_have_room_get_the_same_to_within_one(all in prop::collection::vec(0_i64..50, 1..8), n in 0_i64..80) {
        let mut agents: Vec<Agent> = (1..).zip(all).map(|(user, given)| agent(user, 0, 200, given)).collect();
        for number in 0..n {
            give(&mut agents, 100 + number);
        }
        let loads = || agents.iter().map(|a| a.load);
        prop_assert!(loads().max().unwrap() - loads().min().unwrap() <= 1, "{agents:?}");
    }
}
