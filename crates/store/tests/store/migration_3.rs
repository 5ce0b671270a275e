//! A database of the schema before agreements of the Alipay surface, with the rows that its program had written, goes on.

use crate::support::{
    Cluster, House, SARA, SHOP, Stage, agreement, cny, confirm, deduct, iqd, monthly, operate, put_app, run_plan,
    run_sql, top_up,
};
use mithaq_domain::{Done, Key, OperationOutcome, PaymentOperation, PaymentState, PaymentStatus, PlanStep, Row, Wish};
use mithaq_store::{Database, Reader, SCHEMA_VERSION};
use mithaq_types::{AuthId, ClientId, Clock as _, ContractId, InteractionId, OrderId, PaymentId, SessionId, UserId};
use rusqlite::Connection;

const OLDER: &str = include_str!("schema_2/rows.sql");
const ROWS: &str = include_str!("schema_3/rows.sql");
const HELD: &str = "20261128070000800100166252393344983";
const OPEN: &str = "20261128070002800100166252393344985";
const CONTRACT: &str = "202611229098583854097347";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlites_rows_of_schema_3_read_as_before_and_the_wallet_goes_on() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("mithaq.db");
    let old = Connection::open(&file).expect("opens");
    for script in [
        include_str!("../../migrations/sqlite/0001_first.sql"),
        OLDER,
        include_str!("schema_2/sqlite.sql"),
        include_str!("../../migrations/sqlite/0002_orders.sql"),
        ROWS,
        include_str!("schema_3/sqlite.sql"),
    ] {
        old.execute_batch(script).expect("the schema and its rows");
    }
    old.pragma_update(None, "application_id", 0x4D54_4851).expect("ours");
    old.pragma_update(None, "user_version", 3).expect("written");
    drop(old);
    let database = Some(Database::open(directory.path()).expect("is migrated"));
    let version: i64 = Connection::open(&file)
        .expect("opens")
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("read");
    assert_eq!((version, SCHEMA_VERSION), (4, 4));
    goes_on(Stage::Sqlite { database, directory }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_rows_of_schema_3_read_as_before_and_the_wallet_goes_on() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = cluster.database().await;
    run_sql(&url, "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)").await;
    run_sql(&url, "INSERT INTO meta (name, value) VALUES ('schema', '3')").await;
    run_sql(&url, include_str!("../../migrations/postgres/0001_first.sql")).await;
    run_sql(&url, &OLDER.replace("X'", "'\\x")).await;
    run_sql(&url, include_str!("schema_2/postgres.sql")).await;
    run_sql(&url, include_str!("../../migrations/postgres/0002_orders.sql")).await;
    run_sql(&url, ROWS).await;
    run_sql(&url, include_str!("schema_3/postgres.sql")).await;
    goes_on(Stage::postgres_at(&url)).await;
}

async fn goes_on(stage: Stage) {
    let house = House::empty(stage);
    let reader = house.stage.reader();
    house.verified().await;
    reads_as_before(&reader).await;

    // What had begun goes on.
    let held = PaymentId::new(HELD);
    let captured = house.done(operate(&held, "capture", Wish::Capture(Some(iqd(1_000))))).await;
    assert!(matches!(&captured, Done::Operated(one) if one.outcome == OperationOutcome::Done), "{captured:?}");
    house.done(confirm(SARA, &PaymentId::new(OPEN))).await;
    assert_eq!(house.balance(SARA).await, 243_500_000 + 500_000 - 1_000_000);

    // Beside it agreements are signed, and the wallet runs their plans.
    house.done(put_app()).await;
    house.done(top_up(SARA, cny(10_000))).await;
    let mine = house.subscribe(SARA, agreement(Some(monthly("2026-12-05")), Some("EA0001"))).await;
    house.done(deduct(&mine, "films", 500)).await;
    house.clock.set(reader.next_plan_due().await.expect("readable").expect("January's is to be announced"));
    assert_eq!(reader.plans_due(house.clock.now(), 9).await.expect("readable"), vec![mine.clone()]);
    assert_eq!(house.done(run_plan(&mine)).await, Done::Ran(PlanStep::Announced));
    let all: Vec<_> = reader.contracts(Some(UserId::new(SARA))).await.expect("readable");
    assert_eq!(all.iter().map(|view| view.contract.contract_id.clone()).collect::<Vec<_>>().len(), 2);
    house.verified().await;
}

async fn reads_as_before(reader: &Reader) {
    assert_eq!(reader.next_plan_due().await.expect("readable"), None);
    assert_eq!(reader.gateway_apps().await.expect("readable"), []);
    let contract = reader.contract(ContractId::new(CONTRACT)).await.expect("readable").expect("there");
    assert_eq!((contract.state.plan, contract.state.run, contract.contract.terms.agreement), (None, None, None));
    assert_eq!(contract.state.charges, 1);

    let held = reader.payment(PaymentId::new(HELD)).await.expect("readable").expect("there");
    assert_eq!(
        (held.state.status, held.state.held, held.state.voided),
        (PaymentStatus::Authorized, 1_500_000, 500_000)
    );
    assert_eq!((held.operations.len(), held.operations[0].request_no()), (1, "void"));
    assert_eq!(held.payment.gateway, None);
    let order = OrderId::new("fedcba9876543210fedcba9876543210");
    let open = reader.payment_of_order(order).await.expect("readable").expect("there");
    assert_eq!((open.payment.payment_id.as_str(), open.state.status), (OPEN, PaymentStatus::Open));
    let again = reader.payment_of(ClientId::new(SHOP), None, Some("open".to_owned())).await.expect("readable");
    assert_eq!(again, Some(open.payment));
    assert_eq!(reader.holds_of(UserId::new(SARA)).await.expect("readable").len(), 1);
    let pages = reader.open_interactions(SessionId::new("signed in")).await.expect("readable");
    assert_eq!((pages.len(), pages.iter().all(|page| page.contract_id.is_none())), (2, true));

    // Written again, each is what it was to the byte: processes of the version before may still run beside this one.
    for key in [
        Key::Payment(PaymentId::new(HELD)),
        Key::Payment(PaymentId::new(OPEN)),
        Key::PaymentState(PaymentId::new(HELD)),
        Key::PaymentState(PaymentId::new(OPEN)),
        Key::Operation(held.operations[0].operation_id.clone()),
        Key::Interaction(InteractionId::new("cashier")),
        Key::Offer(AuthId::new("0123456789ABCDEF0123456789ABCDEF")),
        Key::Contract(ContractId::new(CONTRACT)),
        Key::ContractState(ContractId::new(CONTRACT)),
    ] {
        let row = reader.row(key.clone()).await.expect("readable").expect("there");
        let text = body(&row);
        let all = [OLDER, include_str!("schema_2/sqlite.sql"), ROWS].concat();
        assert!(all.contains(&text), "{key:?} is written as {text}");
    }
}

fn body(row: &Row) -> String {
    let text = match row {
        Row::Payment(row) => serde_json::to_string(row),
        Row::PaymentState(row) => serde_json::to_string::<PaymentState>(row),
        Row::Operation(row) => serde_json::to_string::<PaymentOperation>(row),
        Row::Interaction(row) => serde_json::to_string(row),
        Row::Offer(row) => serde_json::to_string(row),
        Row::Contract(row) => serde_json::to_string(row),
        Row::ContractState(row) => serde_json::to_string(row),
        other => panic!("{other:?}"),
    };
    text.expect("written")
}
