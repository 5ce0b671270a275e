//! What holds whatever happens: random sequences of commands over a small world, and a clock that moves.

mod batches;
mod history;
mod laws;
mod model;
mod order_laws;
mod order_steps;
mod plan_life;
mod plan_runs;
mod plans;
mod reach;
mod resolve;
mod steps;

use crate::support::{SARA, exchange, pay, prepare, sign, terms};
use history::History;
use mithaq_domain::{Command, Sign, Terms};
use mithaq_types::{AuthId, Currency, Money, UserId};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use steps::step;

/// `cases` random runs. Cases that failed once are kept in a file beside this one, and tried first.
fn config(cases: u32) -> ProptestConfig {
    let kept = FileFailurePersistence::Direct("tests/properties/regressions.txt");
    ProptestConfig { cases, failure_persistence: Some(Box::new(kept)), ..ProptestConfig::default() }
}

/// The most that a charge and a day may take: what sandbox users can reach, or anything.
fn ceilings() -> impl Strategy<Value = (i64, i64)> {
    prop_oneof![Just((20, 30)), Just((1_500, 2_000)), Just((i64::MAX, i64::MAX))]
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn whatever_happens_the_laws_hold(ceilings in ceilings(), steps in prop::collection::vec(step(), 1..80)) {
        let mut history = History::new(ceilings);
        for step in steps {
            history.take(&step);
            laws::check(&history);
        }
    }

    #[test]
    fn no_amount_makes_a_decision_panic(
        agreed in prop::option::of(any::<i64>()),
        own in prop::option::of(any::<i64>()),
        amounts in prop::collection::vec((any::<bool>(), any::<i64>()), 1..12),
    ) {
        let money = |minor| Money::new(minor, Currency::IQD);
        let mut history = History::new((i64::MAX, i64::MAX));
        let auth_id = AuthId::new("extreme");
        let terms = Terms { agreed_amount: agreed.map(money), ..terms() };
        let signed = history.run(prepare(&auth_id, terms)).is_ok()
            && history.run(Sign { monthly_ceiling: own.map(money), ..sign(SARA, &auth_id, "code") }).is_ok();
        let tokens = if signed { "extreme" } else { "T1" };
        prop_assert_eq!(history.run(exchange("code", "extreme")).is_ok(), signed);
        for (index, (incoming, minor)) in amounts.into_iter().enumerate() {
            let amount = money(minor);
            let _ = if incoming {
                history.run(Command::TopUp { user_id: UserId::new(SARA), amount })
            } else {
                history.run(pay(tokens, &index.to_string(), amount))
            };
            laws::check(&history);
        }
    }
}
