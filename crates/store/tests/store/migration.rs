//! A database of the schema before orders of the cashier, with the rows that its program had written, goes on.

use crate::support::{Cluster, House, SARA, SHOP, Stage, confirm, iqd, operate, run_sql};
use mithaq_domain::{
    Done, FailReason, Hash, Key, OperationOutcome, PaymentOutcome, PaymentState, PaymentStatus, Product, Row, Wish,
};
use mithaq_store::{Database, OutboxFilter, Reader, SCHEMA_VERSION};
use mithaq_types::{ClientId, ContractId, InteractionId, PaymentId, SessionId, UserId};
use rusqlite::Connection;

const ROWS: &str = include_str!("schema_2/rows.sql");
const PAID: &str = "20261122111212800100166242393344981";
const FAILED: &str = "20261122111212800100166242393344982";
const CONTRACT: &str = "202611229098583854097347";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlites_rows_of_schema_2_read_as_before_and_the_wallet_goes_on() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("mithaq.db");
    let old = Connection::open(&file).expect("opens");
    old.execute_batch(include_str!("../../migrations/sqlite/0001_first.sql")).expect("the first schema");
    old.execute_batch(ROWS).expect("rows");
    old.execute_batch(include_str!("schema_2/sqlite.sql")).expect("rows");
    old.pragma_update(None, "application_id", 0x4D54_4851).expect("ours");
    old.pragma_update(None, "user_version", 2).expect("written");
    drop(old);
    let database = Some(Database::open(directory.path()).expect("is migrated"));
    let version: i64 = Connection::open(&file)
        .expect("opens")
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("read");
    assert_eq!(version, SCHEMA_VERSION);
    goes_on(Stage::Sqlite { database, directory }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_rows_of_schema_2_read_as_before_and_the_wallet_goes_on() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = cluster.database().await;
    run_sql(&url, "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)").await;
    run_sql(&url, "INSERT INTO meta (name, value) VALUES ('schema', '2')").await;
    run_sql(&url, include_str!("../../migrations/postgres/0001_first.sql")).await;
    run_sql(&url, &ROWS.replace("X'", "'\\x")).await;
    run_sql(&url, include_str!("schema_2/postgres.sql")).await;
    goes_on(Stage::postgres_at(&url)).await;
}

async fn goes_on(stage: Stage) {
    let house = House::empty(stage);
    let reader = house.stage.reader();
    house.verified().await;
    reads_as_before(&reader).await;

    // An old request is answered as it was, an old payment refunded, and new orders are made beside them.
    let paid = PaymentId::new(PAID);
    let refund = operate(&paid, "refund", Wish::Refund(iqd(2_000), None));
    let refunded = house.done(refund.clone()).await;
    assert!(matches!(&refunded, Done::Operated(one) if one.outcome == OperationOutcome::Done), "{refunded:?}");
    assert_eq!(house.done(refund).await, refunded);
    let standing = house.standing(&paid).await;
    assert_eq!((standing.status, standing.taken, standing.refunded), (PaymentStatus::Success, 5_000_000, 2_000_000));
    let order = house.place("new", Product::AuthCapture, iqd(1_000)).await;
    house.done(confirm(SARA, &order)).await;
    assert_eq!(house.balance(SARA).await, 246_000_000);
    house.verified().await;
}

async fn reads_as_before(reader: &Reader) {
    let payments = reader.payments().await.expect("readable");
    let ids: Vec<_> = payments.iter().map(|payment| payment.payment_id.as_str()).collect();
    assert_eq!(ids, [FAILED, PAID]);
    assert_eq!(payments[0].outcome, PaymentOutcome::Fail(FailReason::Balance));
    assert_eq!((payments[1].outcome, &payments[1].order), (PaymentOutcome::Success, &None));
    assert_eq!(payments[1].content, Hash([3; 32]));
    let of_contract = reader.payments_of_contract(ContractId::new(CONTRACT), None, 10).await.expect("readable");
    assert_eq!(of_contract, payments);
    let by_request = reader.payment_of(ClientId::new(SHOP), None, Some("december".to_owned())).await.expect("readable");
    assert_eq!(by_request.as_ref(), Some(&payments[1]));
    let view = reader.payment(PaymentId::new(PAID)).await.expect("readable").expect("there");
    assert_eq!((view.state, view.operations), (PaymentState::of(&payments[1]), vec![]));
    assert_eq!(reader.postings(PaymentId::new(PAID)).await.expect("readable").len(), 3);

    let of_sara = reader.sessions_of(UserId::new(SARA)).await.expect("readable");
    assert_eq!(of_sara.iter().map(|session| session.session_id.as_str()).collect::<Vec<_>>(), ["signed in"]);
    let anonymous = reader.session(Hash([2; 32])).await.expect("readable").expect("there");
    assert_eq!(anonymous.user_id, None);
    let pages = reader.open_interactions(SessionId::new("signed in")).await.expect("readable");
    assert_eq!((pages.len(), &pages[0].payment_id), (1, &None));
    let notices = reader.outbox(OutboxFilter::Payment(PaymentId::new(PAID))).await.expect("readable");
    assert_eq!((notices.len(), reader.inbox(Some(UserId::new(SARA))).await.expect("readable").len()), (2, 1));

    // Written again, each is what it was to the byte: processes of the version before may still run beside this one.
    for key in [
        Key::Payment(PaymentId::new(PAID)),
        Key::Payment(PaymentId::new(FAILED)),
        Key::Interaction(InteractionId::new("page")),
        Key::User(UserId::new(SARA)),
        Key::Session(SessionId::new("anonymous")),
        Key::ContractState(ContractId::new(CONTRACT)),
        Key::Deposit("bank 17".to_owned()),
    ] {
        let row = reader.row(key.clone()).await.expect("readable").expect("there");
        let text = body(&row);
        let all = [ROWS, include_str!("schema_2/sqlite.sql")].concat();
        assert!(all.contains(&text), "{key:?} is written as {text}");
    }
    for row in &notices {
        let text = serde_json::to_string(row).expect("written");
        assert!(include_str!("schema_2/postgres.sql").contains(&text), "{text}");
    }
}

fn body(row: &Row) -> String {
    let text = match row {
        Row::Payment(row) => serde_json::to_string(row),
        Row::Interaction(row) => serde_json::to_string(row),
        Row::User(row) => serde_json::to_string(row),
        Row::Session(row) => serde_json::to_string(row),
        Row::ContractState(row) => serde_json::to_string(row),
        Row::Deposit(row) => serde_json::to_string(row),
        other => panic!("{other:?}"),
    };
    text.expect("written")
}
