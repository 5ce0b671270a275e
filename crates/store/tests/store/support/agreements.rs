//! Agreements of the Alipay surface in few words: an app, a signature, deductions.

use super::House;
use super::commands::{SHOP, hash};
use jiff::civil::Date;
use mithaq_domain::{
    AgreementTerms, Command, ContractState, Deduct, Done, EndedBy, Every, Evidence, GatewayApp, GatewayTrade, Key,
    Language, PinCheck, Plan, Row, SignAgreement, Terms,
};
use mithaq_types::{AuthId, ClientId, ContractId, Currency, GatewayAppId, Money, UserId};

/// Where the shop's app hears of everything.
const GATEWAY_URL: &str = "https://shop.example/gateway";
const APP: &str = "2021000000000001";

/// Yuan, in fen.
pub fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

/// The shop's app.
pub fn put_app() -> Command {
    Command::PutGatewayApp(Box::new(GatewayApp {
        app_id: GatewayAppId::new(APP),
        client_id: ClientId::new(SHOP),
        key: None,
        may_use_sha1: false,
        gateway_url: Some(GATEWAY_URL.to_owned()),
        wallet_deducts: true,
    }))
}

/// 9.90 each month from `first` on.
pub fn monthly(first: &str) -> Plan {
    let first = first.parse().expect("a day");
    Plan { every: Every::Months(1), first, single: cny(990), total: None, payments: None }
}

/// An agreement on `plan` under the shop's number `external_no`, for two years; the wallet makes its deductions.
pub fn agreement(plan: Option<Plan>, external_no: Option<&str>) -> AgreementTerms {
    AgreementTerms {
        app_id: GatewayAppId::new(APP),
        personal_product: "CYCLE_PAY_AUTH_P".to_owned(),
        product: Some("CYCLE_PAY_AUTH".to_owned()),
        scene: "INDUSTRY|DIGITAL_MEDIA".to_owned(),
        external_no: external_no.map(str::to_owned),
        logon_id: None,
        third_party: "PARTNER".to_owned(),
        currency: Currency::CNY,
        plan,
        ends_at: "2028-12-01T00:00:00Z".parse().expect("an instant"),
        notify_url: Some("https://shop.example/agreement".to_owned()),
        return_url: None,
        signer: None,
        sha1: false,
        wallet_deducts: true,
    }
}

/// The shop offers it.
pub fn offer(auth_id: &str, agreement: AgreementTerms) -> Command {
    let terms = Terms {
        language: Language::EnUs,
        title: None,
        description: "Films".to_owned(),
        agreed_amount: None,
        start_date: None,
        status_notify_url: None,
        agreement: Some(Box::new(agreement)),
    };
    let (client_id, auth_id) = (ClientId::new(SHOP), AuthId::new(auth_id));
    Command::Prepare { client_id, reference_client_id: None, terms: Box::new(terms), auth_id }
}

/// `user` signs it.
pub fn sign(user: &str, auth_id: &str) -> Command {
    let (page_text, page_hash) = ("page".to_owned(), hash("page").to_string());
    Command::SignAgreement(Box::new(SignAgreement {
        auth_id: AuthId::new(auth_id),
        client_id: ClientId::new(SHOP),
        user_id: UserId::new(user),
        pin: PinCheck::Right,
        evidence: Evidence { page_text, page_hash, merchant_name: "Zaytoun Market".to_owned() },
        page: None,
    }))
}

/// The shop deducts.
pub fn deduct(contract_id: &ContractId, request_id: &str, minor: i64) -> Command {
    Command::Deduct(Box::new(Deduct {
        client_id: ClientId::new(SHOP),
        request_id: request_id.to_owned(),
        content: hash(&format!("{contract_id} {minor}")),
        contract_id: contract_id.clone(),
        amount: cny(minor),
        description: "Films".to_owned(),
        notify_url: Some("https://shop.example/trade".to_owned()),
        gateway: GatewayTrade {
            app_id: GatewayAppId::new(APP),
            product: "GENERAL_WITHHOLDING".to_owned(),
            body: None,
            passback: Some("p".to_owned()),
            offer: None,
        },
    }))
}

/// The shop puts the next deduction off.
pub fn put_off(contract_id: &ContractId, to: &str) -> Command {
    let to: Date = to.parse().expect("a day");
    Command::MovePlan { client_id: ClientId::new(SHOP), contract_id: contract_id.clone(), to }
}

/// The shop ends the agreement.
pub fn unsign(contract_id: &ContractId) -> Command {
    let by = EndedBy::Merchant(ClientId::new(SHOP), None);
    Command::EndContract { contract_id: contract_id.clone(), by }
}

/// The wallet does what is due for a plan.
pub fn run_plan(contract_id: &ContractId) -> Command {
    Command::RunPlan { contract_id: contract_id.clone() }
}

impl House {
    /// `user` signs an agreement of the shop, whose app is known.
    pub async fn subscribe(&self, user: &str, agreement: AgreementTerms) -> ContractId {
        let auth_id = format!("agreement of {user} as {:?}", agreement.external_no);
        self.done(offer(&auth_id, agreement)).await;
        match self.done(sign(user, &auth_id)).await {
            Done::Agreed(contract, _) => contract.contract_id,
            other => panic!("{other:?}"),
        }
    }

    /// How a contract stands, as it is stored.
    pub async fn contract_state(&self, contract_id: &ContractId) -> ContractState {
        match self.stage.reader().row(Key::ContractState(contract_id.clone())).await.expect("readable") {
            Some(Row::ContractState(state)) => state,
            other => panic!("{other:?}"),
        }
    }
}
