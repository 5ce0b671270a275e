//! The table `[policy]`: what an operator decides about money and the calendar.

use super::file::PolicyTable;
use super::{GatewayRules, plans};
use anyhow::{Context as _, ensure};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanRelativeTo};
use mithaq_domain::Policy;
use mithaq_types::Currency;
use mithaq_web::TradePayRoute;

/// What decisions depend on, the same for all processes of an installation.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Lifetimes, limits, the calendar.
    pub policy: Policy,
    /// The currencies that payments may be in.
    pub currencies: Vec<Currency>,
    /// How the codes of `my.tradePay` reach pages.
    pub trade_pay_route: TradePayRoute,
    /// What is decided about the Alipay surface.
    pub gateway: GatewayRules,
}

impl Default for Rules {
    /// As in the sandbox.
    fn default() -> Self {
        let policy = Policy::default();
        let (currencies, gateway) = (vec![policy.currency], GatewayRules::default());
        Self { currencies, policy, trade_pay_route: TradePayRoute::default(), gateway }
    }
}

impl Rules {
    /// What `table` says; the rest is as in the sandbox.
    pub(super) fn of(table: &PolicyTable) -> anyhow::Result<Self> {
        let Self { mut policy, mut currencies, mut trade_pay_route, gateway } = Self::default();
        if let Some(name) = &table.zone {
            policy.zone = TimeZone::get(name)
                .ok()
                .with_context(|| format!("policy.zone: {name:?} is not a time zone, such as \"Asia/Baghdad\""))?;
        }
        if table.currencies.is_some() {
            currencies.clear();
        }
        for code in table.currencies.iter().flatten() {
            let currency = Currency::parse(code);
            let currency = currency.with_context(|| format!("policy.currencies: {code:?} is not a known currency"))?;
            ensure!(!currencies.contains(&currency), "policy.currencies: {code:?} stands there twice");
            currencies.push(currency);
        }
        policy.currency = *currencies.first().context("policy.currencies: at least one is needed")?;
        set_ceiling(&mut policy.charge_ceiling_whole, "charge_ceiling", table.charge_ceiling)?;
        set_ceiling(&mut policy.day_ceiling_whole, "day_ceiling", table.day_ceiling)?;
        set_ceiling(&mut policy.order_ceiling_whole, "order_ceiling", table.order_ceiling)?;
        set_ceiling(&mut policy.code_ceiling_whole, "code_ceiling", table.code_ceiling)?;
        set_ceiling(&mut policy.transfer_ceiling_whole, "transfer_ceiling", table.transfer_ceiling)?;
        policy.messages_in_day = table.messages_in_day.unwrap_or(policy.messages_in_day);
        set_life(&mut policy.order_life, "order_life", table.order_life.as_deref())?;
        set_life(&mut policy.hold_life, "hold_life", table.hold_life.as_deref())?;
        set_life(&mut policy.accepted_life, "accepted_life", table.accepted_life.as_deref())?;
        set_life(&mut policy.refund_life, "refund_life", table.refund_life.as_deref())?;
        let longest = policy.order_life_max;
        ensure!(policy.order_life <= longest, "policy.order_life: longer than an order may be open, which is 7 days");
        plans::set(&mut policy, table)?;
        if let Some(name) = &table.trade_pay_route {
            trade_pay_route = TradePayRoute::parse(name)
                .with_context(|| format!("policy.trade_pay_route: {name:?} is not auto, split or all-success"))?;
        }
        Ok(Self { policy, currencies, trade_pay_route, gateway })
    }
}

fn set_ceiling(ceiling: &mut i64, name: &str, given: Option<i64>) -> anyhow::Result<()> {
    if let Some(whole) = given {
        ensure!(whole > 0, "policy.{name}: {whole} is not a positive number of whole units");
        *ceiling = whole;
    }
    Ok(())
}

fn set_life(place: &mut SignedDuration, name: &str, given: Option<&str>) -> anyhow::Result<()> {
    if let Some(text) = given {
        *place = life(&format!("policy.{name}"), text)?;
    }
    Ok(())
}

/// An ISO 8601 duration; a day is 24 hours.
pub(super) fn life(name: &str, text: &str) -> anyhow::Result<SignedDuration> {
    let span = text.parse::<Span>().ok().and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()).ok());
    let wrong = || format!("{name}: {text:?} is not a duration above nothing, such as \"PT30M\" or \"P7D\"");
    span.filter(|span| *span > SignedDuration::ZERO && *span <= LIFE_MAX).with_context(wrong)
}

/// The longest that can be set: ten years.
const LIFE_MAX: SignedDuration = SignedDuration::from_hours(3652 * 24);

#[cfg(test)]
mod tests {
    use super::{PolicyTable, Rules};
    use jiff::SignedDuration;
    use mithaq_types::Currency;

    #[test]
    fn without_a_table_everything_is_as_in_the_sandbox() {
        let rules = Rules::of(&PolicyTable::default()).expect("is complete");
        assert_eq!((rules.currencies, rules.policy.pin_tries), (vec![Currency::IQD], 5));
    }

    #[test]
    fn the_first_currency_is_that_of_contracts_without_an_amount() {
        let currencies = Some(vec!["USD".to_owned(), "IQD".to_owned()]);
        let rules = Rules::of(&PolicyTable { currencies, ..PolicyTable::default() }).expect("is complete");
        assert_eq!(rules.policy.currency.code(), "USD");
        assert_eq!(rules.currencies.len(), 2);
    }

    #[test]
    fn orders_holds_and_refunds_live_as_long_as_the_table_says() {
        let life = |text: &str| Some(text.to_owned());
        let table = PolicyTable {
            order_life: life("PT45M"),
            hold_life: life("P3D"),
            accepted_life: life("P1DT12H"),
            refund_life: life("P90D"),
            order_ceiling: Some(1_000),
            ..PolicyTable::default()
        };
        let policy = Rules::of(&table).expect("is complete").policy;
        let hours = |life: SignedDuration| life.as_hours();
        assert_eq!(policy.order_life, SignedDuration::from_mins(45));
        assert_eq!([policy.hold_life, policy.accepted_life, policy.refund_life].map(hours), [72, 36, 2160]);
        assert_eq!(policy.order_ceiling_whole, 1_000);
    }

    #[test]
    fn what_cannot_be_is_an_error_that_names_it() {
        let wrong = |table: PolicyTable| Rules::of(&table).expect_err("is wrong").to_string();
        let one = |code: &str| PolicyTable { currencies: Some(vec![code.to_owned()]), ..PolicyTable::default() };
        assert!(wrong(one("XYZ")).contains("policy.currencies: \"XYZ\""));
        assert!(wrong(PolicyTable { currencies: Some(Vec::new()), ..PolicyTable::default() }).contains("at least one"));
        let zone = Some("Mars/Olympus".to_owned());
        assert!(wrong(PolicyTable { zone, ..PolicyTable::default() }).contains("policy.zone: \"Mars/Olympus\""));
        assert!(
            wrong(PolicyTable { day_ceiling: Some(0), ..PolicyTable::default() }).contains("policy.day_ceiling: 0")
        );
        for text in ["", "soon", "PT0S", "-P1D", "P1M", "P11000D", "30"] {
            let hold_life = Some(text.to_owned());
            let said = wrong(PolicyTable { hold_life, ..PolicyTable::default() });
            assert!(said.contains("policy.hold_life"), "{text}: {said}");
        }
        let order_life = Some("P8D".to_owned());
        assert!(wrong(PolicyTable { order_life, ..PolicyTable::default() }).contains("policy.order_life"));
        let trade_pay_route = Some("both".to_owned());
        assert!(wrong(PolicyTable { trade_pay_route, ..PolicyTable::default() }).contains("not auto, split"));
    }
}
