//! Random steps. A step names things by their place among those that exist when it is taken, so that
//! most steps do something; what is left open by that is wrong on purpose now and then.

use super::order_steps::{OrderStep, order_step};
use crate::support::{RIVAL, SHOP};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Who does what to which.
#[derive(Clone, Debug)]
pub enum Step {
    Wait(&'static str),
    TopUp { user: &'static str, amount: Amount },
    Prepare { client: &'static str, agreed: Option<Amount>, starts_in_days: Option<i64>, notified: bool },
    OpenPage { offer: Index },
    ClosePage { page: Index },
    Sign { user: &'static str, offer: Index, page: Option<Index>, right_pin: bool, ceiling: Option<Amount> },
    Grant { user: &'static str, client: &'static str },
    Exchange { code: Index, by: By, same_names: bool },
    Refresh { token: Index, by: By, same_names: bool },
    UseToken { token: Index },
    Cancel { token: Index, by: By },
    End { contract: Index, by: Ender },
    Pay { token: Index, by: By, amount: Amount, notified: bool },
    Repeat { request: Index, other_content: bool },
    SetUser { user: &'static str, frozen: bool },
    SetClient { client: &'static str, suspended: bool, agreement: u8 },
    Deliver { outbox: Index, arrived: bool },
    Resend { outbox: Index },
    Order(OrderStep),
}

/// Whose client asks.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// The one that may.
    Owner,
    /// This one.
    Client(&'static str),
}

/// Who ends a contract.
#[derive(Clone, Copy, Debug)]
pub enum Ender {
    Signer,
    User(&'static str),
    Operator,
    Clock,
}

/// An amount in minor units.
#[derive(Clone, Copy, Debug)]
pub struct Amount {
    pub minor: i64,
    pub dollars: bool,
}

/// A second client of the shop's merchant.
pub const BRANCH: &str = "zaytoun-branch";

/// The clients of the world.
pub const CLIENTS: [&str; 3] = [SHOP, BRANCH, RIVAL];

pub fn user() -> impl Strategy<Value = &'static str> {
    select(&["sara", "omar", "noor"][..])
}

pub fn client() -> impl Strategy<Value = &'static str> {
    prop_oneof![4 => Just(SHOP), 1 => select(&CLIENTS[..])]
}

pub fn by() -> impl Strategy<Value = By> {
    prop_oneof![9 => Just(By::Owner), 1 => client().prop_map(By::Client)]
}

pub fn place() -> impl Strategy<Value = Index> {
    any::<Index>()
}

pub fn amount() -> impl Strategy<Value = Amount> {
    let minor = prop_oneof![
        16 => 1..=6_000_i64,
        6 => 1..=30_000_i64,
        3 => 1..=2_000_000_i64,
        1 => select(&[i64::MAX, i64::MAX - 1, i64::MIN, -1, 0, -5_000][..]),
    ];
    (minor, prop::bool::weighted(0.05)).prop_map(|(minor, dollars)| Amount { minor, dollars })
}

fn wait() -> impl Strategy<Value = Step> {
    let often = select(&["PT1S", "PT30S", "PT1M1S", "PT9M", "PT3H"][..]);
    let rarely = select(&["P1D", "P9D", "P1M"][..]);
    prop_oneof![10 => often, 3 => rarely, 1 => Just("P6Y")].prop_map(Step::Wait)
}

fn contracts() -> impl Strategy<Value = Step> {
    let prepare =
        (client(), prop::option::weighted(0.2, amount()), prop::option::weighted(0.2, -1..3_i64), any::<bool>());
    let sign = (
        user(),
        place(),
        prop::option::weighted(0.2, place()),
        prop::bool::weighted(0.9),
        prop::option::weighted(0.3, amount()),
    );
    let ender = prop_oneof![
        2 => Just(Ender::Signer),
        1 => user().prop_map(Ender::User),
        1 => Just(Ender::Operator),
        3 => Just(Ender::Clock),
    ];
    prop_oneof![
        2 => prepare.prop_map(|(client, agreed, starts_in_days, notified)|
            Step::Prepare { client, agreed, starts_in_days, notified }),
        1 => place().prop_map(|offer| Step::OpenPage { offer }),
        1 => place().prop_map(|page| Step::ClosePage { page }),
        5 => sign.prop_map(|(user, offer, page, right_pin, ceiling)|
            Step::Sign { user, offer, page, right_pin, ceiling }),
        1 => (user(), client()).prop_map(|(user, client)| Step::Grant { user, client }),
        1 => (place(), ender).prop_map(|(contract, by)| Step::End { contract, by }),
    ]
}

fn tokens() -> impl Strategy<Value = Step> {
    let same = || prop::bool::weighted(0.05);
    prop_oneof![
        8 => (place(), by(), same()).prop_map(|(code, by, same_names)| Step::Exchange { code, by, same_names }),
        4 => (place(), by(), same()).prop_map(|(token, by, same_names)| Step::Refresh { token, by, same_names }),
        1 => place().prop_map(|token| Step::UseToken { token }),
        1 => (place(), by()).prop_map(|(token, by)| Step::Cancel { token, by }),
    ]
}

fn pay() -> impl Strategy<Value = Step> {
    let new = (place(), by(), amount(), any::<bool>());
    prop_oneof![
        8 => new.prop_map(|(token, by, amount, notified)| Step::Pay { token, by, amount, notified }),
        1 => (place(), prop::bool::weighted(0.2))
            .prop_map(|(request, other_content)| Step::Repeat { request, other_content }),
    ]
}

fn operator() -> impl Strategy<Value = Step> {
    let set_client = (client(), prop::bool::weighted(0.1), prop_oneof![9 => Just(0_u8), 1 => 1..3_u8]);
    prop_oneof![
        (user(), prop::bool::weighted(0.2)).prop_map(|(user, frozen)| Step::SetUser { user, frozen }),
        set_client.prop_map(|(client, suspended, agreement)| Step::SetClient { client, suspended, agreement }),
        (place(), any::<bool>()).prop_map(|(outbox, arrived)| Step::Deliver { outbox, arrived }),
        place().prop_map(|outbox| Step::Resend { outbox }),
    ]
}

/// Any step.
pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => contracts(),
        6 => tokens(),
        14 => pay(),
        20 => order_step().prop_map(Step::Order),
        2 => (user(), amount()).prop_map(|(user, amount)| Step::TopUp { user, amount }),
        2 => operator(),
        4 => wait(),
    ]
}
