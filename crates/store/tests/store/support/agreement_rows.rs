//! One row of every kind that belongs to agreements of the Alipay surface, and what other rows have because of them, with
//! everything filled that can be.

use super::samples::now;
use jiff::civil::Date;
use mithaq_domain::{
    AgreementHolder, AgreementNumber, AgreementTerms, Every, GatewayApp, GatewayKey, GatewayTrade, LiveAgreement, Plan,
    PlanRun, PlanState, Row, Signer,
};
use mithaq_types::{AuthId, ClientId, ContractId, Currency, CustomerId, GatewayAppId, Money, UserId};

fn day() -> Date {
    "2026-12-05".parse().expect("a day")
}

/// What the terms of an agreement have besides.
pub fn terms() -> AgreementTerms {
    let yuan = |minor| Money::new(minor, Currency::CNY);
    let (every, first) = (Every::Months(1), day());
    AgreementTerms {
        app_id: GatewayAppId::new("2021000000000001"),
        personal_product: "CYCLE_PAY_AUTH_P".to_owned(),
        product: Some("CYCLE_PAY_AUTH".to_owned()),
        scene: "INDUSTRY|DIGITAL_MEDIA".to_owned(),
        external_no: Some("EA_0001".to_owned()),
        logon_id: Some("会员 \"01\"".to_owned()),
        third_party: "PARTNER".to_owned(),
        currency: Currency::CNY,
        plan: Some(Plan { every, first, single: yuan(990), total: Some(yuan(11_880)), payments: Some(12) }),
        ends_at: now(),
        notify_url: Some("https://shop.example/notify?x=1&y=2".to_owned()),
        return_url: Some("https://shop.example/back".to_owned()),
        signer: Some(Signer {
            name: Some("سارة علي حسن".to_owned()),
            customer_id: Some(CustomerId::new("216610000000000000000001")),
            age_min: Some(18),
            age_max: Some(30),
        }),
        sha1: true,
        wallet_deducts: true,
    }
}

/// How far its plan has come.
pub fn plan() -> PlanState {
    PlanState { next: day(), number: 3, paid: 1, paid_minor: 990, last_at: Some(now()) }
}

/// How far the wallet is with it.
pub fn run() -> PlanRun {
    PlanRun { planned: day(), announced: true, failed: 2, due_at: now() }
}

/// What a payment has that was asked for through the gateway.
pub fn trade() -> GatewayTrade {
    GatewayTrade {
        app_id: GatewayAppId::new("2021000000000001"),
        product: "CYCLE_PAY_AUTH".to_owned(),
        body: Some("Films".to_owned()),
        passback: Some("a%3Db".to_owned()),
        offer: Some(AuthId::new("o")),
    }
}

/// One new row of each of these kinds.
pub fn rows() -> Vec<Row> {
    let (client_id, contract_id) = (ClientId::new("c"), ContractId::new("k"));
    let live = LiveAgreement {
        contract_id: contract_id.clone(),
        personal_product: "CYCLE_PAY_AUTH_P".to_owned(),
        scene: "INDUSTRY|DIGITAL_MEDIA".to_owned(),
        external_no: Some("EA_0001".to_owned()),
        periodic: true,
        ends_at: now(),
    };
    let external_no = "EA_0001".to_owned();
    let (user_id, live) = (UserId::new("u"), vec![live]);
    vec![
        Row::AgreementHolder(Box::new(AgreementHolder { user_id, client_id: client_id.clone(), live })),
        Row::AgreementNumber(AgreementNumber { client_id: client_id.clone(), external_no, contract_id }),
        Row::GatewayApp(Box::new(GatewayApp {
            app_id: GatewayAppId::new("2021000000000001"),
            client_id,
            key: Some(GatewayKey::Certificate { app_pem: "app\n".to_owned(), root_pem: "root\n".to_owned() }),
            may_use_sha1: true,
            gateway_url: Some("https://shop.example/gateway".to_owned()),
            wallet_deducts: true,
        })),
    ]
}

/// The row after a change.
pub fn changed(row: Row) -> Row {
    match row {
        Row::AgreementHolder(row) => Row::AgreementHolder(Box::new(AgreementHolder { live: Vec::new(), ..*row })),
        Row::AgreementNumber(row) => {
            Row::AgreementNumber(AgreementNumber { contract_id: ContractId::new("another"), ..row })
        }
        Row::GatewayApp(row) => {
            let key = Some(GatewayKey::Public { public_pem: "public\n".to_owned() });
            Row::GatewayApp(Box::new(GatewayApp { key, gateway_url: None, wallet_deducts: false, ..*row }))
        }
        other => panic!("{other:?} is of another kind"),
    }
}
