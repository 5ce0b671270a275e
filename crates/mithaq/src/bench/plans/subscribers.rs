//! Who has agreements whose plans the wallet runs: users with yuan, each with one agreement with one of the town's merchants.
//! And a few people of the town besides, whom merchants charge meanwhile.

use super::super::bulk::Chunk;
use super::super::furnish;
use super::super::place::Ledger;
use super::super::town::{self, Shop, Town};
use jiff::ToSpan as _;
use jiff::civil::Date;
use mithaq_domain::{
    AgreementTerms, Command, Every, Evidence, GatewayApp, Language, PinCheck, Plan, Policy, SignAgreement, Terms,
};
use mithaq_types::{AuthId, Clock as _, Currency, GatewayAppId, Money, SystemClock, Timestamp, UserId};
use std::sync::Arc;

/// People whom merchants charge meanwhile.
const PAYERS: usize = 500;
/// Users whose rows go into one transaction.
const AT_ONCE: usize = 1_000;
/// What a deduction takes, and what a user has: in fen.
const PRICE: i64 = 990;
const WEALTH: i64 = 10_000;
/// How far off the first deduction is.
const DAYS_OFF: i64 = 10;
/// How far the next one is then: further than the second night goes.
const EVERY_DAYS: u16 = 30;
/// Numbers of users who are not of the town.
const FIRST_USER: usize = 100_000_000;

/// All of them.
pub struct Subscribers {
    /// The merchants, and the people whom they charge meanwhile.
    pub town: Arc<Town>,
    /// How many agreements.
    pub plans: usize,
    /// The day of the first deductions.
    pub first: Date,
}

impl Subscribers {
    /// `plans` agreements with `merchants`, and one more merchant, the hot one, who has none.
    pub fn plan(plans: usize, merchants: usize) -> anyhow::Result<Self> {
        let today = SystemClock.now().to_zoned(Policy::default().zone).date();
        let town = Arc::new(Town::plan(merchants, PAYERS)?);
        Ok(Self { town, plans, first: today.checked_add(DAYS_OFF.days())? })
    }

    /// Puts everybody into a ledger.
    pub async fn furnish(self: &Arc<Self>, ledger: &Ledger) -> anyhow::Result<()> {
        furnish::town(ledger, &self.town).await?;
        let (apps, offers) = self.shops().iter().map(|shop| (app(shop), self.offer(shop))).unzip();
        ledger.fill([Ok(vec![apps, offers])].into_iter()).await?;
        let everybody = Arc::clone(self);
        let chunks = (0..self.plans).step_by(AT_ONCE).map(move |first| {
            let numbers = first..(first + AT_ONCE).min(everybody.plans);
            let wave = |command: fn(&Self, usize) -> Command| -> Vec<_> {
                numbers.clone().map(|number| command(&everybody, number)).collect()
            };
            Ok(Chunk::from([wave(Self::user), wave(Self::money), wave(Self::sign)]))
        });
        ledger.fill(chunks).await
    }

    fn shops(&self) -> &[Shop] {
        // The last one is the hot one.
        self.town.shops.split_last().map_or(&[], |(_, shops)| shops)
    }

    fn user(&self, number: usize) -> Command {
        Command::AddUser(Box::new(town::user(user_id(number), FIRST_USER + number)))
    }

    fn money(&self, number: usize) -> Command {
        Command::TopUp { user_id: user_id(number), amount: yuan(WEALTH) }
    }

    fn sign(&self, number: usize) -> Command {
        let shop = &self.shops()[number % self.shops().len()];
        Command::SignAgreement(Box::new(SignAgreement {
            auth_id: auth_id(shop),
            client_id: shop.client_id.clone(),
            user_id: user_id(number),
            pin: PinCheck::NotAsked,
            evidence: Evidence {
                page_text: "A line of the signing page as the user saw it.\n".repeat(12),
                page_hash: "0".repeat(64),
                merchant_name: "A shop".to_owned(),
            },
            page: None,
        }))
    }

    fn offer(&self, shop: &Shop) -> Command {
        let plan = Plan {
            every: Every::Days(EVERY_DAYS),
            first: self.first,
            single: yuan(PRICE),
            total: None,
            payments: None,
        };
        let agreement = AgreementTerms {
            app_id: app_id(shop),
            personal_product: "CYCLE_PAY_AUTH_P".to_owned(),
            product: Some("CYCLE_PAY_AUTH".to_owned()),
            scene: "INDUSTRY|DIGITAL_MEDIA".to_owned(),
            external_no: None,
            logon_id: None,
            third_party: "PARTNER".to_owned(),
            currency: plan.single.currency,
            plan: Some(plan),
            ends_at: Timestamp::MAX,
            notify_url: None,
            return_url: None,
            signer: None,
            sha1: false,
            wallet_deducts: true,
        };
        let terms = Terms {
            language: Language::EnUs,
            title: Some("Fresh Box".to_owned()),
            description: "A box of fresh fruit and vegetables, brought to your door.".to_owned(),
            agreed_amount: None,
            start_date: None,
            status_notify_url: None,
            agreement: Some(Box::new(agreement)),
        };
        let (client_id, auth_id) = (shop.client_id.clone(), auth_id(shop));
        Command::Prepare { client_id, reference_client_id: None, terms: Box::new(terms), auth_id }
    }
}

fn app(shop: &Shop) -> Command {
    Command::PutGatewayApp(Box::new(GatewayApp {
        app_id: app_id(shop),
        client_id: shop.client_id.clone(),
        key: None,
        may_use_sha1: false,
        // So that every deduction leaves a notice behind; nothing is sent.
        gateway_url: Some("https://shop.example/gateway".to_owned()),
        wallet_deducts: true,
    }))
}

fn app_id(shop: &Shop) -> GatewayAppId {
    GatewayAppId::new(shop.client_id.as_str().replacen("2188", "2021", 1))
}

fn auth_id(shop: &Shop) -> AuthId {
    AuthId::new(format!("{:0>32}", shop.client_id.as_str()))
}

fn user_id(number: usize) -> UserId {
    UserId::new(format!("2177{number:017}"))
}

fn yuan(fen: i64) -> Money {
    Money::new(fen, Currency::parse("CNY").unwrap_or(Currency::IQD))
}
