//! Double entry: a transaction that does not balance cannot be built, nor read back.

use crate::support::{SARA, at, iqd, usd};
use mithaq_domain::{AccountId, Entry, LedgerError, Owner, Transaction};
use mithaq_types::{Currency, MerchantId, Money, UserId};

fn entry(account: &str, minor: i64) -> Entry {
    Entry { account: AccountId::parse(account).expect("an account"), minor }
}

fn transaction(entries: Vec<Entry>) -> Result<Transaction, LedgerError> {
    Transaction::new("1".to_owned(), at("2026-12-01T09:00:00Z"), None, "test", entries)
}

#[test]
fn the_entries_of_a_currency_sum_to_zero() {
    let one_sided = vec![entry("user:sara:IQD", -5), entry("merchant:zaytoun:IQD", 4)];
    assert_eq!(transaction(one_sided), Err(LedgerError::Unbalanced(Currency::IQD)));
    let three = vec![entry("user:sara:IQD", -5), entry("merchant:zaytoun:IQD", 4), entry("fees:IQD", 1)];
    assert_eq!(transaction(three.clone()).expect("balanced").entries(), three);
}

#[test]
fn currencies_do_not_balance_each_other() {
    let mixed = vec![entry("user:sara:IQD", -5), entry("user:sara:USD", 5)];
    assert!(matches!(transaction(mixed), Err(LedgerError::Unbalanced(_))));
    let both =
        vec![entry("user:sara:IQD", -5), entry("fees:IQD", 5), entry("user:sara:USD", 7), entry("world:USD", -7)];
    assert!(transaction(both).is_ok());
}

#[test]
fn entries_of_zero_are_left_out() {
    let entries = vec![entry("user:sara:IQD", -5), entry("merchant:zaytoun:IQD", 5), entry("fees:IQD", 0)];
    assert_eq!(transaction(entries).expect("balanced").entries().len(), 2);
}

#[test]
fn no_account_stands_in_a_transaction_twice() {
    let entries = vec![entry("user:sara:IQD", -5), entry("user:sara:IQD", 5)];
    assert_eq!(transaction(entries), Err(LedgerError::Repeated));
}

#[test]
fn sums_that_leave_sixty_four_bits_are_no_transaction() {
    let entries = vec![entry("user:sara:IQD", i64::MAX), entry("fees:IQD", i64::MAX), entry("world:IQD", 2)];
    assert_eq!(transaction(entries), Err(LedgerError::Overflow));
    let (from, to) = (AccountId::parse("fees:IQD").expect("one"), AccountId::parse("world:IQD").expect("one"));
    let least = Money::new(i64::MIN, Currency::IQD);
    let moved = Transaction::between("1".to_owned(), at("2026-12-01T09:00:00Z"), "test", from, to, least);
    assert_eq!(moved, Err(LedgerError::Overflow));
}

#[test]
fn money_on_hold_is_still_the_users_and_can_be_given_back() {
    let (id, now, sara) = ("1".to_owned(), at("2026-12-01T09:00:00Z"), UserId::new(SARA));
    let hold = Transaction::hold(id.clone(), now, &sara, iqd(5)).expect("balanced");
    assert_eq!(hold.entries(), [entry("user:sara:IQD", -5_000), entry("hold:sara:IQD", 5_000)]);
    let release = Transaction::release(id, now, &sara, iqd(5)).expect("balanced");
    assert_eq!(release.entries(), [entry("hold:sara:IQD", -5_000), entry("user:sara:IQD", 5_000)]);
}

#[test]
fn accounts_are_read_as_they_are_written() {
    let owners = [
        Owner::User(UserId::new("a:b")),
        Owner::Hold(UserId::new(SARA)),
        Owner::Merchant(MerchantId::new("zaytoun")),
        Owner::Fees,
        Owner::World,
    ];
    for owner in owners {
        for currency in [Currency::IQD, usd(1).currency] {
            let account = AccountId { owner: owner.clone(), currency };
            assert_eq!(AccountId::parse(&account.to_string()), Some(account));
        }
    }
    for text in ["", "user:sara", "user:sara:XXX", "fees", "bank:IQD", "fees:sara:IQD", "world:x:IQD", "user:IQD"] {
        assert_eq!(AccountId::parse(text), None, "{text}");
    }
}
