//! Credits to accounts that very many commands post to are appended, and folded into the balances later.

use crate::batches::submit_while_held;
use crate::support::{House, SARA, SHOP, Stage, agree, iqd, on_every_database, pay};
use mithaq_domain::{AccountId, Key, Owner, Row};
use mithaq_store::{AccountLine, Chore, Store, StoreError, StoreTransaction as _};
use mithaq_types::{Clock as _, Currency, MerchantId};

on_every_database!(
    what_a_merchant_gets_is_appended_and_folded_later,
    folding_takes_the_oldest_and_no_more_than_it_may,
    whoever_looks_at_the_account_itself_folds_it_first,
    a_batch_appends_one_row_for_each_account,
);

fn shop() -> AccountId {
    AccountId { owner: Owner::Merchant(MerchantId::new(SHOP)), currency: Currency::IQD }
}

/// What is posted to the merchant's account, what waits, and both.
async fn standing(house: &House) -> (i64, i64, i64) {
    let accounts = house.stage.reader().accounts().await.expect("readable");
    let line = accounts.iter().find(|line| line.account == shop().to_string());
    line.map_or((0, 0, 0), |AccountLine { posted, pending_fold, available, .. }| {
        (posted.minor, pending_fold.minor, available.minor)
    })
}

async fn backlog(house: &House) -> i64 {
    house.stage.reader().unfolded().await.expect("readable").0
}

async fn fold(house: &House, most: u16) {
    house.engine().write(Chore::Fold { most }).await.expect("folded");
}

async fn what_a_merchant_gets_is_appended_and_folded_later(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    house.done(pay("tokens", "december", iqd(5_000))).await;
    assert_eq!(standing(&house).await, (0, 4_950_000, 4_950_000));
    let (waiting, since) = house.stage.reader().unfolded().await.expect("readable");
    assert!(waiting > 0 && since.is_some());
    fold(&house, 1_000).await;
    assert_eq!(standing(&house).await, (4_950_000, 0, 4_950_000));
    assert_eq!(house.stage.reader().unfolded().await.expect("readable"), (0, None));
    house.done(pay("tokens", "january", iqd(1_000))).await;
    assert_eq!(standing(&house).await, (4_950_000, 990_000, 5_940_000));
    fold(&house, 1_000).await;
    fold(&house, 1_000).await;
    assert_eq!(standing(&house).await, (5_940_000, 0, 5_940_000));
    house.verified().await;
}

async fn folding_takes_the_oldest_and_no_more_than_it_may(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    fold(&house, 1_000).await;
    for month in ["december", "january", "february"] {
        house.done(pay("tokens", month, iqd(1_000))).await;
        house.clock.set(house.clock.now() + jiff::SignedDuration::from_secs(1));
    }
    // Each payment appends to the merchant's and the fees' account.
    assert_eq!(backlog(&house).await, 6);
    fold(&house, 4).await;
    assert_eq!(backlog(&house).await, 2);
    assert_eq!(standing(&house).await, (1_980_000, 990_000, 2_970_000));
    house.verified().await;
    fold(&house, 4).await;
    assert_eq!(backlog(&house).await, 0);
    house.verified().await;
}

async fn whoever_looks_at_the_account_itself_folds_it_first(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    house.done(pay("tokens", "december", iqd(5_000))).await;
    let seen = house.stage.run::<Look>().expect("stored");
    assert_eq!(seen, Some(4_950_000));
    // Nothing was written, so nothing was folded for good.
    assert_eq!(standing(&house).await, (0, 4_950_000, 4_950_000));
}

async fn a_batch_appends_one_row_for_each_account(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    fold(&house, 1_000).await;
    let requests: Vec<String> = (0..20).map(|number| format!("request {number}")).collect();
    let payments = requests.iter().map(|request| pay("tokens", request, iqd(100)));
    let answers = submit_while_held(&house, payments).await;
    assert!(answers.iter().all(|answer| matches!(answer, Ok(Ok(_)))), "{answers:?}");
    assert_eq!(backlog(&house).await, 2);
    assert_eq!(standing(&house).await.2, 20 * 99_000);
    house.verified().await;
}

struct Look;

impl crate::support::Task for Look {
    type Output = Option<i64>;
    fn run(store: &mut impl Store) -> Result<Option<i64>, StoreError> {
        let mut transaction = store.begin()?;
        let found = transaction.fetch(&[Key::Account(shop())])?;
        Ok(found.into_iter().find_map(|(_, row)| match row {
            Some(Row::Account(account)) => Some(account.balance),
            _ => None,
        }))
    }
}
