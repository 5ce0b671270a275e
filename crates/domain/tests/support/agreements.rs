//! Agreements of the Alipay surface in few words: an app, offers, signatures, deductions.

use super::{AsCommand, OMAR, RIVAL, SARA, SEEN, SHOP, World, hash, terms};
use jiff::civil::Date;
use mithaq_domain::{
    AgreementTerms, Answer, Command, Contract, ContractState, Deduct, Done, EndedBy, Every, Evidence, GatewayApp,
    GatewayNews, GatewayTrade, OperateRequest, OutboxKind, Owner, Payment, PaymentRef, PinCheck, Plan, PlanState,
    PlanStep, Refusal, SignAgreement, Terms, Wish, trade_request_id,
};
use mithaq_types::{AuthId, ClientId, ContractId, Currency, GatewayAppId, MerchantId, Money, PaymentId, UserId};

/// Where the shop's app hears of what names no address of its own.
pub const GATEWAY_URL: &str = "https://shop.example/gateway";
/// Where it wants to hear of an agreement.
pub const SIGN_URL: &str = "https://shop.example/agreement";
/// Where it wants to hear of a deduction.
pub const TRADE_URL: &str = "https://shop.example/trade";
/// The shop's app, and the rival's.
const APP: &str = "2021000000000001";
const RIVALS_APP: &str = "2021000000000002";

/// Yuan, in fen.
pub fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

/// A day.
pub fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// An app of `client`'s.
pub fn gateway_app(client: &str) -> GatewayApp {
    GatewayApp {
        app_id: GatewayAppId::new(if client == SHOP { APP } else { RIVALS_APP }),
        client_id: ClientId::new(client),
        key: None,
        may_use_sha1: false,
        gateway_url: Some(GATEWAY_URL.to_owned()),
        wallet_deducts: true,
    }
}

/// 9.90 each month from `first` on, twelve times, 118.80 in all.
pub fn monthly(first: &str) -> Plan {
    let first = day(first);
    Plan { every: Every::Months(1), first, single: cny(990), total: Some(cny(11_880)), payments: Some(12) }
}

/// A periodic agreement that is good for two years; the merchant makes its deductions.
pub fn periodic(plan: Plan) -> AgreementTerms {
    AgreementTerms {
        app_id: GatewayAppId::new(APP),
        personal_product: "CYCLE_PAY_AUTH_P".to_owned(),
        product: Some("CYCLE_PAY_AUTH".to_owned()),
        scene: "INDUSTRY|DIGITAL_MEDIA".to_owned(),
        external_no: Some("EA0001".to_owned()),
        logon_id: Some("member 01".to_owned()),
        third_party: "PARTNER".to_owned(),
        currency: Currency::CNY,
        plan: Some(plan),
        ends_at: super::at("2028-12-01T09:00:00+03:00"),
        notify_url: Some(SIGN_URL.to_owned()),
        return_url: None,
        signer: None,
        sha1: false,
        wallet_deducts: false,
    }
}

/// One whose deductions the wallet makes.
pub fn run_by_wallet(plan: Plan) -> AgreementTerms {
    AgreementTerms { wallet_deducts: true, ..periodic(plan) }
}

/// 9.90 each month from `first` on; the wallet makes the deductions.
pub fn films(first: &str) -> AgreementTerms {
    run_by_wallet(monthly(first))
}

/// One for deductions at will.
pub fn at_will() -> AgreementTerms {
    AgreementTerms {
        personal_product: "GENERAL_WITHHOLDING_P".to_owned(),
        product: Some("GENERAL_WITHHOLDING".to_owned()),
        scene: "INDUSTRY|CARRENTAL".to_owned(),
        external_no: Some("EA0002".to_owned()),
        plan: None,
        ..periodic(monthly("2026-12-05"))
    }
}

/// What is offered: `agreement` and nothing else.
pub fn terms_of(agreement: AgreementTerms) -> Terms {
    Terms { agreement: Some(Box::new(agreement)), ..terms() }
}

/// `user` signs `offer` with the right PIN.
pub fn sign_agreement(user: &str, offer: &AuthId) -> SignAgreement {
    SignAgreement {
        auth_id: offer.clone(),
        client_id: ClientId::new(SHOP),
        user_id: UserId::new(user),
        pin: PinCheck::Right,
        evidence: Evidence {
            page_text: SEEN.to_owned(),
            page_hash: hash(SEEN).to_string(),
            merchant_name: "Zaytoun Market".to_owned(),
        },
        page: None,
    }
}

/// The shop deducts `minor` fen.
pub fn deduct(contract_id: &ContractId, request_id: &str, minor: i64) -> Deduct {
    Deduct {
        client_id: ClientId::new(SHOP),
        request_id: request_id.to_owned(),
        content: hash(&format!("{contract_id} {minor}")),
        contract_id: contract_id.clone(),
        amount: cny(minor),
        description: "Films".to_owned(),
        notify_url: Some(TRADE_URL.to_owned()),
        gateway: trade("GENERAL_WITHHOLDING"),
    }
}

/// What a payment has that was asked for through the shop's app.
pub fn trade(product: &str) -> GatewayTrade {
    GatewayTrade {
        app_id: GatewayAppId::new(APP),
        product: product.to_owned(),
        body: Some("January".to_owned()),
        passback: Some("x=1".to_owned()),
        offer: None,
    }
}

/// The shop puts the next deduction off.
pub fn put_off(contract_id: &ContractId, to: &str) -> Command {
    Command::MovePlan { client_id: ClientId::new(SHOP), contract_id: contract_id.clone(), to: day(to) }
}

/// The wallet does what is due for a plan.
pub fn run_plan(contract_id: &ContractId) -> Command {
    Command::RunPlan { contract_id: contract_id.clone() }
}

/// Somebody ends an agreement.
pub fn ends(contract_id: &ContractId, by: EndedBy) -> Command {
    Command::EndContract { contract_id: contract_id.clone(), by }
}

/// The shop ends it, and wants to hear of that at `url`.
pub fn by_shop(url: Option<&str>) -> EndedBy {
    EndedBy::Merchant(ClientId::new(SHOP), url.map(str::to_owned))
}

/// The shop gives `minor` fen back under its number `request_no`.
pub fn give_back(payment_id: &PaymentId, request_no: &str, minor: i64) -> OperateRequest {
    let request_id = trade_request_id(payment_id, request_no);
    OperateRequest { notify_url: None, ..super::operate(payment_id, &request_id, Wish::Refund(cny(minor), None)) }
}

/// The shop closes an order.
pub fn close(payment_id: &PaymentId) -> Command {
    Command::ClosePayment { client_id: ClientId::new(SHOP), payment: PaymentRef::Id(payment_id.clone()) }
}

impl AsCommand for SignAgreement {
    fn command(self) -> Command {
        Command::SignAgreement(Box::new(self))
    }
}

impl AsCommand for Deduct {
    fn command(self) -> Command {
        Command::Deduct(Box::new(self))
    }
}

impl World {
    /// The sandbox with an app of each merchant, and 500 yuan for Sara and Omar.
    pub fn alipay() -> Self {
        let mut world = Self::sandbox();
        for client in [SHOP, RIVAL] {
            world.done(Command::PutGatewayApp(Box::new(gateway_app(client))));
        }
        for user in [SARA, OMAR] {
            world.top_up(user, cny(50_000));
        }
        world
    }

    /// `user` signs what the shop offers.
    #[track_caller]
    pub fn signs(&mut self, user: &str, agreement: AgreementTerms) -> Answer {
        let offer = self.offer(terms_of(agreement));
        self.run(sign_agreement(user, &offer))
    }

    /// The same, which succeeds.
    #[track_caller]
    pub fn subscribed(&mut self, user: &str, agreement: AgreementTerms) -> ContractId {
        self.agreed_on(user, agreement).0.contract_id
    }

    /// The same; what the caller hears.
    #[track_caller]
    pub fn agreed_on(&mut self, user: &str, agreement: AgreementTerms) -> (Contract, ContractState) {
        match self.signs(user, agreement) {
            Ok(Done::Agreed(contract, state)) => (*contract, *state),
            other => panic!("{other:?}"),
        }
    }

    /// The shop deducts under a new number; the payment.
    #[track_caller]
    pub fn deducted(&mut self, contract_id: &ContractId, minor: i64) -> Payment {
        let request_id = self.new_name("trade");
        self.stands(deduct(contract_id, &request_id, minor)).0
    }

    /// Runs what must be refused and keep nothing.
    #[track_caller]
    pub fn refused_without_a_trace(&mut self, command: impl AsCommand) -> Refusal {
        let refusal = self.refused(command);
        assert_eq!(self.changes, [], "{refusal:?} keeps something");
        refusal
    }

    /// How far a plan has come.
    pub fn plan(&self, contract_id: &ContractId) -> PlanState {
        self.standing(contract_id).plan.expect("a plan")
    }

    /// Its next day and the number of that.
    pub fn next_day(&self, contract_id: &ContractId) -> (String, u32) {
        let plan = self.plan(contract_id);
        (plan.next.to_string(), plan.number)
    }

    /// Runs a plan now.
    #[track_caller]
    pub fn ran(&mut self, contract_id: &ContractId) -> PlanStep {
        match self.done(run_plan(contract_id)) {
            Done::Ran(step) => step,
            other => panic!("{other:?}"),
        }
    }

    /// Moves the clock to when something is due for a plan, and does it; the wallet's day of it too.
    #[track_caller]
    pub fn ran_when_due(&mut self, contract_id: &ContractId) -> (String, PlanStep) {
        self.now = self.standing(contract_id).run.expect("the wallet runs it").due_at;
        (self.today(), self.ran(contract_id))
    }

    /// The wallet's day.
    pub fn today(&self) -> String {
        self.now.to_zoned(self.policy.zone.clone()).date().to_string()
    }

    /// What the last command tells merchants of the gateway, and where.
    pub fn gateway_news(&self) -> Vec<(String, GatewayNews)> {
        let news = self.notices().into_iter().map(|(url, kind)| match kind {
            OutboxKind::GatewayNotice { news, .. } => (url, news),
            other => panic!("{other:?}"),
        });
        news.collect()
    }

    /// What a user has, in fen.
    pub fn yuan(&self, user: &str) -> i64 {
        self.account(Owner::User(UserId::new(user)), Currency::CNY).balance
    }

    /// What the shop has, in fen.
    pub fn yuan_takings(&self) -> i64 {
        self.account(Owner::Merchant(MerchantId::new(SHOP)), Currency::CNY).balance
    }

    /// What is done for a plan until `until`, each with its day: `told`, `paid 990`, `failed Balance`.
    pub fn runs(&mut self, contract: &ContractId, until: &str) -> Vec<String> {
        let mut steps = Vec::new();
        while let Some(run) =
            self.standing(contract).run.filter(|run| run.due_at < super::at(&format!("{until}T23:59:59+03:00")))
        {
            self.now = self.now.max(run.due_at);
            let step = match self.ran(contract) {
                PlanStep::Nothing => "nothing".to_owned(),
                PlanStep::Announced => "told".to_owned(),
                PlanStep::Paid(payment) => format!("paid {}", payment.amount.minor),
                PlanStep::Failed(reason) => format!("failed {reason:?}"),
            };
            steps.push(format!("{} {step}", &self.today()[2..]));
            assert!(steps.len() < 500, "it never ends: {steps:?}");
        }
        steps
    }
}
