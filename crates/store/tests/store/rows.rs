//! Every kind of row comes back as it was written, by all its names, and again after a change.

use crate::support::{Stage, Task, changed_rows, every_row, filled, on_every_database};
use mithaq_domain::{Key, Payment, Row};
use mithaq_store::{Store, StoreError, StoreTransaction as _, WriteSet};
use mithaq_types::PaymentId;

on_every_database!(
    rows_come_back_as_they_were_written,
    what_was_not_committed_is_not_there,
    a_row_that_exists_is_not_inserted_again,
    a_row_that_does_not_exist_is_not_updated,
);

async fn rows_come_back_as_they_were_written(stage: Stage) {
    let (written, changed) = stage.run::<RoundTrip>().expect("stored");
    assert_eq!(written, named(every_row()));
    assert_eq!(changed, named(changed_rows()));
}

async fn what_was_not_committed_is_not_there(stage: Stage) {
    let found = stage.run::<Dropped>().expect("stored");
    assert_eq!(found, []);
}

async fn a_row_that_exists_is_not_inserted_again(stage: Stage) {
    let again = stage.run::<Twice>();
    assert!(again.is_err());
}

async fn a_row_that_does_not_exist_is_not_updated(stage: Stage) {
    let missing = stage.run::<UpdateOfNothing>();
    assert!(matches!(missing, Err(StoreError::Inconsistent { .. })), "{missing:?}");
}

type Rows = Vec<(Key, Row)>;

struct RoundTrip;
struct Dropped;
struct Twice;
struct UpdateOfNothing;

impl Task for RoundTrip {
    type Output = (Rows, Rows);
    fn run(store: &mut impl Store) -> Result<(Rows, Rows), StoreError> {
        write(store, &filled(every_row()))?;
        let written = read(store, &named(every_row()))?;
        let is_account = |row: &Row| matches!(row, Row::Account(_));
        let (accounts, updates) = changed_rows().into_iter().partition::<Vec<_>, _>(is_account);
        let accounts = filled(accounts).accounts;
        write(store, &WriteSet { updates, accounts, ..WriteSet::default() })?;
        let changed = read(store, &named(changed_rows()))?;
        Ok((written, changed))
    }
}

impl Task for Dropped {
    type Output = Rows;
    fn run(store: &mut impl Store) -> Result<Rows, StoreError> {
        let mut transaction = store.begin()?;
        transaction.write(&filled(every_row()))?;
        drop(transaction);
        read(store, &named(every_row()))
    }
}

impl Task for Twice {
    type Output = ();
    fn run(store: &mut impl Store) -> Result<(), StoreError> {
        write(store, &filled(every_row()))?;
        // Another payment for the same request.
        let again = every_row().into_iter().filter_map(|row| match row {
            Row::Payment(payment) => {
                Some(Row::Payment(Box::new(Payment { payment_id: PaymentId::new("another"), ..*payment })))
            }
            _ => None,
        });
        let only = again.collect();
        write(store, &WriteSet { inserts: only, ..WriteSet::default() })
    }
}

impl Task for UpdateOfNothing {
    type Output = ();
    fn run(store: &mut impl Store) -> Result<(), StoreError> {
        let updates = changed_rows().into_iter().filter(|row| matches!(row, Row::Session(_))).collect();
        write(store, &WriteSet { updates, ..WriteSet::default() })
    }
}

fn write(store: &mut impl Store, set: &WriteSet) -> Result<(), StoreError> {
    let mut transaction = store.begin()?;
    // As the engine does: what is written was looked for before.
    transaction.fetch(&keys(set))?;
    transaction.write(set)?;
    transaction.commit()
}

fn keys(set: &WriteSet) -> Vec<Key> {
    let accounts = set.accounts.iter().cloned().map(Row::Account);
    let mut keys: Vec<_> =
        set.inserts.iter().chain(&set.updates).cloned().chain(accounts).map(|row| row.key()).collect();
    keys.sort_unstable();
    keys
}

/// What is found under the names of `rows`.
fn read(store: &mut impl Store, rows: &Rows) -> Result<Rows, StoreError> {
    let keys: Vec<_> = rows.iter().map(|(key, _)| key.clone()).collect();
    let mut found: Rows =
        store.begin()?.fetch(&keys)?.into_iter().filter_map(|(key, row)| row.map(|row| (key, row))).collect();
    found.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    Ok(found)
}

/// `rows` under all their names, in the order of the names.
fn named(rows: Vec<Row>) -> Rows {
    let names = |row: Row| row.other_keys().into_iter().chain([row.key()]).map(move |key| (key, row.clone()));
    let mut named: Rows = rows.into_iter().flat_map(names).collect();
    named.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    named
}
