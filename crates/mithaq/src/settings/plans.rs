//! The part of `[policy]` about periodic agreements, and about plans whose deductions the wallet makes itself.

use super::file::PolicyTable;
use anyhow::{Context as _, ensure};
use mithaq_domain::Policy;
use std::ops::RangeInclusive;

/// No period opens before the one before it is over, whatever is set; and every month has 28 days.
const WINDOW: RangeInclusive<i64> = 0..=27;
/// Nobody is charged on the day on which they are told; and every month has 28 days.
const ANNOUNCED: RangeInclusive<i64> = 1..=27;
/// Retries end before the next period begins, whatever is set.
const RETRIED: RangeInclusive<i64> = 1..=27;
/// Attempts after the first that are of any use.
const RETRIES_MAX: usize = 10;

/// Sets what `table` says.
///
/// # Errors
/// When something cannot be; the message names it.
pub(super) fn set(policy: &mut Policy, table: &PolicyTable) -> anyhow::Result<()> {
    choose(&mut policy.plan_window_days, "plan_window_days", table.plan_window_days, WINDOW)?;
    choose(&mut policy.agreements_max, "agreements_max", table.agreements_max, 1..=1_000)?;
    let dunning = &mut policy.dunning;
    choose(&mut dunning.announce_days, "plan_announce_days", table.plan_announce_days, ANNOUNCED)?;
    choose(&mut dunning.hour, "plan_hour", table.plan_hour, 0..=23)?;
    if let Some(days) = &table.plan_retry_days {
        dunning.retry_days = retries(days)?;
    }
    Ok(())
}

fn choose<T: TryFrom<i64>>(
    setting: &mut T,
    name: &str,
    given: Option<i64>,
    range: RangeInclusive<i64>,
) -> anyhow::Result<()> {
    if let Some(number) = given {
        let possible = range.contains(&number).then(|| T::try_from(number).ok()).flatten();
        let (least, most) = (range.start(), range.end());
        *setting = possible.with_context(|| format!("policy.{name}: {number} is not from {least} to {most}"))?;
    }
    Ok(())
}

fn retries(days: &[i64]) -> anyhow::Result<Vec<u16>> {
    const NAME: &str = "policy.plan_retry_days";
    ensure!(days.len() <= RETRIES_MAX, "{NAME}: more than {RETRIES_MAX} days");
    ensure!(days.is_sorted_by(|one, next| one < next), "{NAME}: {days:?} do not grow");
    let (least, most) = (RETRIED.start(), RETRIED.end());
    let possible = |day: &i64| RETRIED.contains(day).then(|| u16::try_from(*day).ok()).flatten();
    let day = |day: &i64| possible(day).with_context(|| format!("{NAME}: {day} is not from {least} to {most}"));
    days.iter().map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rules::Rules;
    use super::*;

    fn rules(text: &str) -> anyhow::Result<Policy> {
        Ok(Rules::of(&toml::from_str(text)?)?.policy)
    }

    #[test]
    fn plans_run_as_the_table_says() {
        let text = "plan_window_days = 0\nagreements_max = 3\nplan_announce_days = 7\nplan_retry_days = [2, 9]\n\
            plan_hour = 0";
        let policy = rules(text).expect("is possible");
        assert_eq!((policy.plan_window_days, policy.agreements_max), (0, 3));
        let dunning = policy.dunning;
        assert_eq!((dunning.announce_days, dunning.retry_days, dunning.hour), (7, vec![2, 9], 0));
        assert_eq!(rules("plan_retry_days = []").expect("is possible").dunning.retry_days, [0_u16; 0]);
        assert_eq!(rules("").expect("is possible").dunning, Policy::default().dunning);
    }

    #[test]
    fn what_cannot_be_is_an_error_that_names_it_and_what_can() {
        for (text, said) in [
            ("plan_window_days = 28", "policy.plan_window_days: 28 is not from 0 to 27"),
            ("agreements_max = 0", "policy.agreements_max: 0 is not from 1 to 1000"),
            ("plan_announce_days = 0", "policy.plan_announce_days: 0 is not from 1 to 27"),
            ("plan_announce_days = 65537", "policy.plan_announce_days: 65537"),
            ("plan_hour = 24", "policy.plan_hour: 24 is not from 0 to 23"),
            ("plan_hour = -1", "policy.plan_hour: -1"),
            ("plan_retry_days = [0, 1]", "policy.plan_retry_days: 0 is not from 1 to 27"),
            ("plan_retry_days = [3, 1]", "policy.plan_retry_days: [3, 1] do not grow"),
            ("plan_retry_days = [1, 1]", "policy.plan_retry_days: [1, 1] do not grow"),
            ("plan_retry_days = [1,2,3,4,5,6,7,8,9,10,11]", "policy.plan_retry_days: more than 10"),
        ] {
            let error = rules(text).expect_err(text).to_string();
            assert!(error.starts_with(said), "{text}: {error}");
        }
    }
}
