//! What pages, jobs and the Studio look at.

use crate::support::{House, SARA, SHOP, Stage, agree, cancel, hash, iqd, on_every_database, pay, top_up};
use jiff::SignedDuration;
use mithaq_domain::{
    Command, DeliveryState, Done, Interaction, InteractionState, Key, OutboxKind, Row, Session, UserNews,
};
use mithaq_store::{Chore, OutboxFilter, Sent};
use mithaq_types::{
    AppId, ClientId, Clock as _, ContractId, CustomerId, InteractionId, MerchantId, OutboxId, PaymentId, SessionId,
    UserId,
};

on_every_database!(
    who_there_is,
    a_payment_is_found_by_its_client_alone,
    the_ledger_is_listed,
    a_contracts_payments_are_listed_page_by_page_newest_first,
    contracts_are_listed_until_their_time,
    deliveries_come_in_the_order_they_fall_due,
    messages_are_read_and_what_went_out_is_recorded_once,
    sessions_and_their_open_pages,
);

async fn who_there_is(stage: Stage) {
    let house = House::open(stage).await;
    let reader = house.stage.reader();
    agree(&house, SARA, "tokens").await;
    let clients = reader.clients().await.expect("readable");
    assert_eq!((clients.len(), clients[0].0.client_id.as_str(), clients[0].1.merchant_id.as_str()), (1, SHOP, SHOP));
    assert_eq!(reader.users().await.expect("readable")[0].user_id, UserId::new(SARA));
    assert_eq!(reader.apps().await.expect("readable"), []);
    let customer = Key::Customer(UserId::new(SARA), MerchantId::new(SHOP));
    let Some(Row::Customer(customer)) = reader.row(customer).await.expect("readable") else { panic!("no customer") };
    let found = reader.customer_user(MerchantId::new(SHOP), customer.customer_id.clone()).await;
    assert_eq!(found.expect("readable"), Some(UserId::new(SARA)));
    let elsewhere = reader.customer_user(MerchantId::new("rival"), customer.customer_id).await;
    assert_eq!(elsewhere.expect("readable"), None);
    assert_eq!(reader.customer_user(MerchantId::new(SHOP), CustomerId::new("1")).await.expect("readable"), None);
    assert_eq!(reader.row(Key::User(UserId::new("nobody"))).await.expect("readable"), None);
}

async fn a_payment_is_found_by_its_client_alone(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    let payment = paid(house.done(pay("tokens", "december", iqd(5_000))).await);
    let reader = house.stage.reader();
    let find = async |client: &str, id: Option<&PaymentId>, request: Option<&str>| {
        let found = reader.payment_of(ClientId::new(client), id.cloned(), request.map(str::to_owned)).await;
        found.expect("readable").map(|payment| payment.payment_id)
    };
    let id = &payment.payment_id;
    assert_eq!(find(SHOP, Some(id), None).await.as_ref(), Some(id));
    assert_eq!(find(SHOP, None, Some("december")).await.as_ref(), Some(id));
    assert_eq!(find("rival", Some(id), None).await, None);
    assert_eq!(find("rival", None, Some("december")).await, None);
    assert_eq!(find(SHOP, None, Some("january")).await, None);
    assert_eq!(find(SHOP, None, None).await, None);
}

async fn the_ledger_is_listed(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    let first = paid(house.done(pay("tokens", "december", iqd(5_000))).await);
    let second = paid(house.done(pay("tokens", "january", iqd(1_000))).await);
    let reader = house.stage.reader();
    let newest: Vec<_> = reader.payments().await.expect("readable").into_iter().map(|row| row.payment_id).collect();
    assert_eq!(newest, [second.payment_id, first.payment_id.clone()]);
    let postings = reader.postings(first.payment_id).await.expect("readable");
    let lines: Vec<_> = postings.iter().map(|line| (line.account.as_str(), line.amount.minor)).collect();
    assert_eq!(lines, [("user:sara:IQD", -5_000_000), ("fees:IQD", 50_000), ("merchant:zaytoun:IQD", 4_950_000)]);
    assert!(postings.iter().all(|line| line.cause == "payment" && line.at == house.clock.now()));
    let accounts = reader.accounts().await.expect("readable");
    let balances: Vec<_> = accounts.iter().map(|line| (line.account.as_str(), line.available.minor)).collect();
    let expected = [
        ("fees:IQD", 60_000),
        ("merchant:zaytoun:IQD", 5_940_000),
        ("user:sara:IQD", 244_000_000),
        ("world:IQD", -250_000_000),
    ];
    assert_eq!(balances, expected);
}

async fn a_contracts_payments_are_listed_page_by_page_newest_first(stage: Stage) {
    let house = House::open(stage).await;
    let contract_id = agree(&house, SARA, "tokens").await;
    let other = agree(&house, SARA, "others").await;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.insert(0, paid(house.done(pay("tokens", &number.to_string(), iqd(1))).await).payment_id);
        house.done(pay("others", &format!("other {number}"), iqd(1))).await;
    }
    let reader = house.stage.reader();
    let list = async |contract: &ContractId, before: Option<PaymentId>, most| {
        let found = reader.payments_of_contract(contract.clone(), before, most).await.expect("readable");
        found.into_iter().map(|payment| payment.payment_id).collect::<Vec<_>>()
    };
    assert_eq!(list(&contract_id, None, 10).await, ids);
    assert_eq!(list(&contract_id, None, 2).await, ids[..2]);
    assert_eq!(list(&contract_id, Some(ids[1].clone()), 2).await, ids[2..4]);
    assert_eq!(list(&contract_id, Some(ids[4].clone()), 2).await, []);
    assert_eq!(list(&contract_id, None, 0).await, []);
    assert_eq!(list(&other, Some(ids[1].clone()), 2).await, [], "another contract's payment leads nowhere");
}

async fn contracts_are_listed_until_their_time(stage: Stage) {
    let house = House::open(stage).await;
    let contract_id = agree(&house, SARA, "tokens").await;
    let reader = house.stage.reader();
    let view = reader.contract(contract_id.clone()).await.expect("readable").expect("there");
    for user in [None, Some(UserId::new(SARA))] {
        let all = reader.contracts(user).await.expect("readable");
        assert_eq!(all.iter().map(|view| &view.contract).collect::<Vec<_>>(), [&view.contract]);
    }
    assert!(reader.contracts(Some(UserId::new("omar"))).await.expect("readable").is_empty());
    let end = view.state.expires_at;
    assert_eq!(
        reader.next_contract_due().await.expect("readable").map(|at| at.as_millisecond()),
        Some(end.as_millisecond())
    );
    assert_eq!(reader.contracts_due(end - SignedDuration::from_millis(1)).await.expect("readable"), []);
    assert_eq!(reader.contracts_due(end).await.expect("readable"), [contract_id]);
    house.done(cancel("tokens")).await;
    assert_eq!(reader.contracts_due(end).await.expect("readable"), []);
    assert_eq!(reader.next_contract_due().await.expect("readable"), None);
}

async fn deliveries_come_in_the_order_they_fall_due(stage: Stage) {
    let house = House::open(stage).await;
    agree(&house, SARA, "tokens").await;
    let payment = paid(house.done(pay("tokens", "december", iqd(5_000))).await);
    let reader = house.stage.reader();
    let now = house.clock.now();
    let all = reader.due_deliveries(now, (i64::MIN, String::new()), 100).await.expect("readable");
    let newest = reader.outbox(OutboxFilter::Newest).await.expect("readable");
    assert_eq!(all.len(), newest.len());
    // Page by page, each after the last of the one before.
    let (mut place, mut paged) = ((i64::MIN, String::new()), Vec::new());
    while let Some(last) = reader.due_deliveries(now, place.clone(), 2).await.expect("readable").into_iter().last() {
        place = (last.next_ms, last.outbox_id.to_string());
        paged.push(last.outbox_id);
    }
    assert_eq!(paged.len(), all.len().div_ceil(2));
    assert_eq!(paged.last(), all.last().map(|due| &due.outbox_id));

    let about = reader.outbox(OutboxFilter::Payment(payment.payment_id)).await.expect("readable");
    let notice = about.iter().find(|row| matches!(row.kind, OutboxKind::PaymentNotice { .. })).expect("a notice");
    assert_eq!((about.len(), notice.target.as_str()), (2, "https://shop.example/paid"));
    let failed = mithaq_domain::Delivery { after_attempts: 0, error: Some("HTTP 500".to_owned()) };
    house.done(Command::Delivered { outbox_id: notice.outbox_id.clone(), delivery: failed }).await;
    let later = now + SignedDuration::from_mins(2);
    assert_eq!(reader.next_delivery(now).await.expect("readable"), Some(later));
    let done = mithaq_domain::Delivery { after_attempts: 1, error: None };
    house.done(Command::Delivered { outbox_id: notice.outbox_id.clone(), delivery: done }).await;
    assert_eq!(reader.next_delivery(now).await.expect("readable"), None);
    let Some(Row::Outbox(row)) = reader.row(Key::Outbox(notice.outbox_id.clone())).await.expect("readable") else {
        panic!("no row")
    };
    assert_eq!((row.state, row.attempts), (DeliveryState::Delivered, 2));
}

async fn messages_are_read_and_what_went_out_is_recorded_once(stage: Stage) {
    let house = House::open(stage).await;
    house.done(top_up(SARA, iqd(1))).await;
    let reader = house.stage.reader();
    let inbox = reader.inbox(Some(UserId::new(SARA))).await.expect("readable");
    assert_eq!(inbox.len(), 2);
    assert!(inbox.iter().all(|message| !message.read && matches!(message.news, UserNews::ToppedUp { .. })));
    let (owner, message_id) = (UserId::new(SARA), inbox[0].message_id.clone());
    for user_id in [UserId::new("omar"), owner] {
        let message_id = message_id.clone();
        house.engine().write(Chore::MarkRead { user_id, message_id }).await.expect("written");
    }
    let unread = |most| reader.unread(UserId::new(SARA), most);
    assert_eq!((unread(100).await.expect("readable"), unread(1).await.expect("readable")), (1, 0), "of the newest");
    let read: Vec<_> = reader.inbox(None).await.expect("readable").into_iter().map(|message| message.read).collect();
    assert_eq!(read, [true, false]);

    let sent = |id: &str| Sent {
        sent_id: id.to_owned(),
        outbox_id: OutboxId::new("x"),
        channel: "sms".to_owned(),
        to: "964".to_owned(),
        title: None,
        body: "5,000 د.ع".to_owned(),
        at: house.clock.now(),
        user_id: UserId::new(SARA),
        payment_id: None,
    };
    let again = ["1", "2"].map(|id| house.engine().write(Chore::RecordSent(Box::new(sent(id)))));
    for write in again {
        write.await.expect("written");
    }
    assert_eq!(reader.sent().await.expect("readable"), [sent("1")]);
}

async fn sessions_and_their_open_pages(stage: Stage) {
    let house = House::open(stage).await;
    let session_id = SessionId::new("s");
    let session = Session {
        session_id: session_id.clone(),
        token_hash: hash("cookie"),
        user_id: None,
        csrf: "csrf".to_owned(),
        created_at: house.clock.now(),
        agent: None,
    };
    house.done(Command::OpenSession(Box::new(session.clone()))).await;
    let reader = house.stage.reader();
    assert_eq!(reader.session(hash("cookie")).await.expect("readable"), Some(session));
    assert_eq!(reader.session(hash("another")).await.expect("readable"), None);
    let page = Interaction {
        interaction_id: InteractionId::new("i"),
        session_id: session_id.clone(),
        app_id: AppId::new(SHOP),
        client_id: ClientId::new(SHOP),
        api: "getAuthCode".to_owned(),
        payment_id: None,
        contract_id: None,
        auth_id: None,
        sub_client_id: None,
        scopes: Vec::new(),
        state: InteractionState::Open,
        reply_sealed: None,
        opened_at: house.clock.now(),
        expires_at: house.clock.now(),
    };
    house.done(Command::OpenInteraction(Box::new(page.clone()))).await;
    assert_eq!(reader.open_interactions(session_id.clone()).await.expect("readable"), [page]);
    let outcome = mithaq_domain::InteractionOutcome::Cancelled;
    let (interaction_id, reply_sealed) = (InteractionId::new("i"), "sealed".to_owned());
    house.done(Command::CloseInteraction { interaction_id, outcome, reply_sealed }).await;
    assert_eq!(reader.open_interactions(session_id).await.expect("readable"), []);
}

fn paid(done: Done) -> mithaq_domain::Payment {
    match done {
        Done::Paid(payment) => *payment,
        other => panic!("{other:?}"),
    }
}
