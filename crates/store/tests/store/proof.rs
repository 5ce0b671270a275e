//! `verify` finds each kind of damage, by the rule that names it.

use crate::support::{
    House, SARA, Stage, add_user, agree, agreement, cny, confirm, deduct, iqd, monthly, on_every_database, operate,
    pay, put_app, send_money, top_up,
};
use mithaq_domain::{Command, Done, Operation, Product, Wish};
use mithaq_store::Chore;
use mithaq_types::{Clock as _, UserId};

on_every_database!(a_sound_ledger_is_proved, every_kind_of_damage_is_found);

/// A rule, what breaks it, and what mends it again. Payments: `december` under the one contract, `films` under the one
/// agreement with a plan, and the orders `online` (paid, a part refunded), `held` and `open`.
const DAMAGES: [(&str, &str, &str); 28] = [
    (
        "the postings of every currency sum to zero",
        "INSERT INTO postings VALUES ('x', 'fees:IQD', 5, 'IQD', 'planted', NULL, 0)",
        "DELETE FROM postings WHERE cause = 'planted'",
    ),
    (
        "every transaction is balanced in every currency",
        "INSERT INTO postings VALUES ('x', 'fees:IQD', 5, 'IQD', 'planted', NULL, 0), \
         ('y', 'world:IQD', -5, 'IQD', 'planted', NULL, 0)",
        "DELETE FROM postings WHERE cause = 'planted'",
    ),
    (
        "the balances of every currency sum to zero",
        "UPDATE accounts SET balance = balance + 1 WHERE account = 'fees:IQD'",
        "UPDATE accounts SET balance = balance - 1 WHERE account = 'fees:IQD'",
    ),
    (
        "every balance, with what waits to be folded in, equals the sum of its postings",
        "UPDATE accounts SET balance = balance + CASE WHEN account = 'fees:IQD' THEN 1 ELSE -1 END \
         WHERE account IN ('fees:IQD', 'world:IQD')",
        "UPDATE accounts SET balance = balance - CASE WHEN account = 'fees:IQD' THEN 1 ELSE -1 END \
         WHERE account IN ('fees:IQD', 'world:IQD')",
    ),
    (
        "every posting belongs to an account",
        "INSERT INTO postings VALUES ('x', 'user:ghost:IQD', 5, 'IQD', 'planted', NULL, 0), \
         ('x', 'fees:IQD', -5, 'IQD', 'planted', NULL, 0)",
        "DELETE FROM postings WHERE cause = 'planted'",
    ),
    (
        "only accounts that collect have anything to be folded in",
        "INSERT INTO credits VALUES ('x', 'fees:IQD', 'IQD', 0, 0)",
        "DELETE FROM credits WHERE batch_id = 'x'",
    ),
    (
        "no balance but the outside world's is below zero",
        "UPDATE accounts SET balance = balance - 1000000000 WHERE account = 'fees:IQD'",
        "UPDATE accounts SET balance = balance + 1000000000 WHERE account = 'fees:IQD'",
    ),
    (
        "a payment that succeeded has postings of exactly its amount",
        "UPDATE payments SET minor = minor + 1 WHERE request_id = 'december'",
        "UPDATE payments SET minor = minor - 1 WHERE request_id = 'december'",
    ),
    (
        "a payment that failed has no postings",
        "UPDATE payments SET status = 'FAIL' WHERE request_id = 'december'",
        "UPDATE payments SET status = 'SUCCESS' WHERE request_id = 'december'",
    ),
    (
        "every payment posting belongs to a payment",
        "UPDATE postings SET payment_id = 'ghost' WHERE cause = 'payment'",
        "UPDATE postings SET payment_id = transaction_id WHERE payment_id = 'ghost'",
    ),
    (
        "what an order holds is on hold for it, to the unit",
        "UPDATE payment_states SET held = held + 1 WHERE status = 'AUTHORIZED'",
        "UPDATE payment_states SET held = held - 1 WHERE status = 'AUTHORIZED'",
    ),
    (
        "what was taken and not refunded is what the payer has given, to the unit",
        "UPDATE payment_states SET taken = taken + 1 WHERE status = 'SUCCESS'",
        "UPDATE payment_states SET taken = taken - 1 WHERE status = 'SUCCESS'",
    ),
    (
        "what was refunded is the sum of its refunds and cancellations",
        "UPDATE payment_operations SET minor = minor + 1 WHERE done",
        "UPDATE payment_operations SET minor = minor - 1 WHERE done",
    ),
    (
        "nothing is held of an order that is over or was never paid",
        "UPDATE payment_states SET status = 'CANCELLED' WHERE status = 'AUTHORIZED'",
        "UPDATE payment_states SET status = 'AUTHORIZED' WHERE status = 'CANCELLED'",
    ),
    (
        "an operation that was refused has no postings, and every other has its own",
        "UPDATE payment_operations SET done = NOT done",
        "UPDATE payment_operations SET done = NOT done",
    ),
    (
        "every open order has a state",
        "UPDATE payment_states SET payment_id = 'ghost' WHERE status = 'OPEN'",
        "UPDATE payment_states SET payment_id = (SELECT payment_id FROM payments WHERE request_id = 'open') \
         WHERE payment_id = 'ghost'",
    ),
    (
        "every order that is over and has a notify URL was notified",
        "UPDATE outbox SET kind = 'lost' WHERE kind = 'payment-notice'",
        "UPDATE outbox SET kind = 'payment-notice' WHERE kind = 'lost'",
    ),
    (
        "every transfer was posted with exactly its amount",
        "UPDATE transfers SET minor = minor + 1",
        "UPDATE transfers SET minor = minor - 1",
    ),
    (
        "every payment of a contract stands once in the list of its payments",
        "UPDATE payments SET previous = payment_id WHERE request_id = 'december'",
        "UPDATE payments SET previous = NULL",
    ),
    (
        "every payment of a contract is in the list of its payments",
        "UPDATE contract_states SET body = replace(body, '\"last_payment\":', '\"lost\":')",
        "UPDATE contract_states SET body = replace(body, '\"lost\":', '\"last_payment\":')",
    ),
    (
        "every payment decided at once with a notify URL has exactly one notification",
        "UPDATE outbox SET kind = 'lost' WHERE kind = 'payment-notice'",
        "UPDATE outbox SET kind = 'payment-notice' WHERE kind = 'lost'",
    ),
    (
        "every payment that succeeded at once is told to its payer once, and so is whatever came of it",
        "UPDATE outbox SET kind = 'lost' WHERE kind = 'user-news' AND payment_id IS NOT NULL",
        "UPDATE outbox SET kind = 'user-news' WHERE kind = 'lost'",
    ),
    (
        "every deposit was posted to its user with exactly its amount",
        "UPDATE deposits SET minor = minor + 1",
        "UPDATE deposits SET minor = minor - 1",
    ),
    (
        "every deposit's transaction has its reference",
        "UPDATE deposits SET transaction_id = 'lost'",
        "UPDATE deposits SET transaction_id = \
         (SELECT transaction_id FROM postings WHERE cause = 'deposit' AND minor > 0)",
    ),
    (
        "every message is in its user's inbox",
        "UPDATE inbox SET user_id = 'ghost' WHERE user_id = 'sara'",
        "UPDATE inbox SET user_id = 'sara' WHERE user_id = 'ghost'",
    ),
    (
        "every contract has a state and every state a contract",
        "UPDATE contract_states SET contract_id = 'ghost' WHERE body LIKE '%\"plan\":%'",
        "UPDATE contract_states SET contract_id = (SELECT contract_id FROM contracts WHERE body LIKE '%\"plan\":%') \
         WHERE contract_id = 'ghost'",
    ),
    (
        "a contract's counters equal its successful payments",
        "UPDATE contract_states SET body = replace(body, '\"charges\":1', '\"charges\":2')",
        "UPDATE contract_states SET body = replace(body, '\"charges\":2', '\"charges\":1')",
    ),
    (
        "a plan's counters equal the charges under its agreement",
        "UPDATE contract_states SET body = replace(body, '\"paid_minor\":990', '\"paid_minor\":989')",
        "UPDATE contract_states SET body = replace(body, '\"paid_minor\":989', '\"paid_minor\":990')",
    ),
];

async fn a_sound_ledger_is_proved(stage: Stage) {
    let house = paid_once(stage).await;
    let report = house.stage.reader().verify().await.expect("readable");
    assert!(report.ok(), "{report:#?}");
    assert!(report.checks.iter().all(|check| check.count > 0 || check.name.contains("failed")), "{report:#?}");
    assert_eq!(house.stage.reader().verify_now().expect("readable"), report);
}

async fn every_kind_of_damage_is_found(stage: Stage) {
    let house = paid_once(stage).await;
    let reader = house.stage.reader();
    let names: Vec<_> = reader.verify().await.expect("readable").checks.iter().map(|check| check.name).collect();
    assert_eq!(names, DAMAGES.map(|(name, ..)| name), "every rule is tried");
    for (name, damage, mending) in DAMAGES {
        house.stage.tamper(damage).await;
        let report = reader.verify().await.expect("readable");
        let check = report.checks.iter().find(|check| check.name == name).expect("a rule");
        assert!(check.broken > 0 && check.example.is_some(), "{name} does not see: {damage}");
        house.stage.tamper(mending).await;
        let report = reader.verify().await.expect("readable");
        assert!(report.ok(), "{mending}: {report:#?}");
    }
}

async fn paid_once(stage: Stage) -> House {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    house.done(pay("tokens", "december", iqd(5_000))).await;
    let online = house.place("online", Product::Online, iqd(1_000)).await;
    house.done(confirm(SARA, &online)).await;
    for (id, dinars) in [("some", 400), ("too much", 601)] {
        house.done(operate(&online, id, Wish::Refund(iqd(dinars), None))).await;
    }
    let held = house.place("held", Product::AuthCapture, iqd(2_000)).await;
    house.done(confirm(SARA, &held)).await;
    house.place("open", Product::Online, iqd(1)).await;
    house.done(add_user("omar")).await;
    house.done(send_money("transfer", SARA, "omar", iqd(3), house.clock.now())).await;
    house.engine().write(Chore::Fold { most: 1_000 }).await.expect("folded");
    let user_id = UserId::new(SARA);
    let deposit = Operation::Deposit { reference: "receipt".to_owned(), user_id, amount: iqd(1) };
    house.done(Command::Operate(Box::new(deposit))).await;
    house.done(put_app()).await;
    house.done(top_up(SARA, cny(50_000))).await;
    let films = house.subscribe(SARA, agreement(Some(monthly("2026-12-05")), None)).await;
    let Done::Standing(payment, _) = house.done(deduct(&films, "films", 990)).await else { panic!("no payment") };
    // Of every refund its merchant hears in the same way as of the deduction.
    for id in ["one", "other"] {
        house.done(operate(&payment.payment_id, id, Wish::Refund(cny(100), None))).await;
    }
    house
}
