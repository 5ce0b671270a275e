//! The wallet against a model of a few lines: who has how much, and which contracts live.

use super::config;
use crate::support::{NOOR, OMAR, SARA, SHOP, World, cancel};
use mithaq_domain::{Command, Owner, PaymentOutcome, PinCheck};
use mithaq_types::{Currency, Money, UserId};
use proptest::prelude::*;

const USERS: [&str; 3] = [SARA, OMAR, NOOR];

#[derive(Clone, Copy, Debug)]
enum Move {
    TopUp(i64),
    Pay(i64),
    Cancel,
    EndByUser,
    SignAnew,
}

#[derive(Default)]
struct Model {
    balance: [i64; 3],
    alive: [bool; 3],
    takings: i64,
    fees: i64,
}

impl Model {
    fn pay(&mut self, user: usize, minor: i64) -> bool {
        let pays = self.alive[user] && minor <= self.balance[user];
        if pays {
            self.balance[user] -= minor;
            self.fees += minor / 100;
            self.takings += minor - minor / 100;
        }
        pays
    }
}

fn moves() -> impl Strategy<Value = Vec<(usize, Move)>> {
    let one = prop_oneof![
        2 => (1..20_000_000_i64).prop_map(Move::TopUp),
        8 => (1..40_000_000_i64).prop_map(Move::Pay),
        1 => Just(Move::Cancel),
        1 => Just(Move::EndByUser),
        2 => Just(Move::SignAnew),
    ];
    prop::collection::vec((0..3_usize, one), 1..30)
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn balances_are_those_of_a_much_simpler_model(moves in moves()) {
        let mut world = World::sandbox();
        let mut model = Model { balance: USERS.map(|user| world.balance(user)), ..Model::default() };
        let mut pairs = USERS.map(|user| {
            let tokens = world.new_name(user);
            let contract = world.agreed_simply(user, &tokens);
            (tokens, contract)
        });
        model.alive = [true; 3];
        for (user, step) in moves {
            let (tokens, contract_id) = pairs[user].clone();
            match step {
                Move::TopUp(minor) => {
                    world.top_up(USERS[user], Money::new(minor, Currency::IQD));
                    model.balance[user] += minor;
                }
                Move::Pay(minor) => {
                    let outcome = world.charge(&tokens, Money::new(minor, Currency::IQD)).outcome;
                    prop_assert_eq!(outcome == PaymentOutcome::Success, model.pay(user, minor));
                }
                Move::Cancel => {
                    world.done(cancel(&tokens));
                    model.alive[user] = false;
                }
                Move::EndByUser => {
                    let by = mithaq_domain::EndedBy::User(UserId::new(USERS[user]), PinCheck::Right);
                    let ended = world.run(Command::EndContract { contract_id, by });
                    prop_assert_eq!(ended.is_ok(), model.alive[user]);
                    model.alive[user] = false;
                }
                Move::SignAnew => {
                    let tokens = world.new_name(USERS[user]);
                    let contract = world.agreed_simply(USERS[user], &tokens);
                    pairs[user] = (tokens, contract);
                    model.alive[user] = true;
                }
            }
            prop_assert_eq!(USERS.map(|user| world.balance(user)), model.balance);
        }
        prop_assert_eq!(world.takings(SHOP), model.takings);
        prop_assert_eq!(world.account(Owner::Fees, Currency::IQD).balance, model.fees);
        let all: i64 = model.balance.iter().sum::<i64>() + model.takings + model.fees;
        prop_assert_eq!(world.account(Owner::World, Currency::IQD).balance, -all);
    }
}
