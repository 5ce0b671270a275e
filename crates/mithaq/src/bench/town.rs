//! Who pays whom: merchants with keys, payers with money and contracts, all made through commands.

use anyhow::Context as _;
use mithaq_crypto::{PrivateKey, sha256};
use mithaq_domain::{
    AgreementPay, Client, ClientKey, Command, Evidence, Hash, Language, Merchant, PersonName, PinCheck, Sign, Status,
    Terms, User, UserStatus,
};
use mithaq_types::{AuthId, ClientId, Currency, MerchantId, Money, UserId};
use mithaq_wallet::Wallet;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Pairs of keys that the merchants share among them: making a thousand takes minutes and measures nothing.
const KEYS: usize = 4;
/// Payers furnished at the same time: so long are the batches.
const AT_ONCE: usize = 256;
/// What one payment takes, in whole dinars.
const PRICE_WHOLE: i64 = 5;
/// What a payer has, in whole dinars: enough for every payment of a run.
const WEALTH_WHOLE: i64 = 5_000_000;
/// As long as a real authorization page.
const PAGE_LINES: usize = 12;

/// A merchant's backend.
pub struct Shop {
    /// Its id.
    pub client_id: ClientId,
    /// What it signs with.
    pub key: PrivateKey,
    offer: AuthId,
}

/// A contract, from the merchant's side.
#[derive(Clone)]
pub struct Deal {
    /// Which shop charges.
    pub shop: Arc<Shop>,
    /// The access token.
    pub token: String,
}

/// A payer's two contracts.
pub struct Payer {
    /// With one of the many merchants.
    pub spread: Deal,
    /// With the one merchant that everybody buys from.
    pub hot: Deal,
}

/// Everybody.
pub struct Town {
    /// Who pays.
    pub payers: Vec<Payer>,
}

/// What every payment takes.
pub fn price() -> anyhow::Result<Money> {
    Ok(Money::whole(PRICE_WHOLE, Currency::IQD)?)
}

impl Town {
    /// Makes `merchants` and one more, the hot one, and `payers` with money and a contract with both.
    pub async fn found(wallet: &Wallet, merchants: usize, payers: usize) -> anyhow::Result<Self> {
        let keys: Vec<_> = (0..KEYS).map(|_| PrivateKey::generate()).collect::<Result<_, _>>()?;
        let mut shops = Vec::with_capacity(merchants + 1);
        for (number, key) in (0..=merchants).zip(keys.iter().cycle()) {
            shops.push(Arc::new(open_shop(wallet, number, key.clone()).await?));
        }
        let hot = shops.pop().context("there is always the hot one")?;
        let mut town = Self { payers: Vec::with_capacity(payers) };
        let mut working = JoinSet::new();
        for number in 0..payers {
            if working.len() >= AT_ONCE {
                town.payers.extend(next(&mut working).await?);
            }
            let shop = shops.get(number % shops.len().max(1)).unwrap_or(&hot);
            working.spawn(furnish(wallet.clone(), number, Arc::clone(shop), Arc::clone(&hot)));
        }
        while !working.is_empty() {
            town.payers.extend(next(&mut working).await?);
        }
        Ok(town)
    }
}

async fn next(working: &mut JoinSet<anyhow::Result<Payer>>) -> anyhow::Result<Option<Payer>> {
    working.join_next().await.transpose()?.transpose()
}

async fn open_shop(wallet: &Wallet, number: usize, key: PrivateKey) -> anyhow::Result<Shop> {
    let client_id = ClientId::new(format!("2188{number:012}"));
    let merchant_id = MerchantId::new(format!("2166{number:012}"));
    let merchant = Merchant {
        merchant_id: merchant_id.clone(),
        name: format!("Shop number {number}"),
        name_ar: None,
        verified: true,
        status: Status::Active,
        fee_basis_points: 100,
    };
    let client = Client {
        client_id: client_id.clone(),
        merchant_id,
        status: Status::Active,
        agreement_pay: AgreementPay::Allowed,
        keys: vec![ClientKey { version: 1, public_pem: key.public().to_pem() }],
        percent_signatures: false,
    };
    wallet.submit(Command::AddClient { merchant: Box::new(merchant), client: Box::new(client), app: None }).await?;
    let terms = Terms {
        language: Language::EnUs,
        title: Some("Fresh Box".to_owned()),
        description: "A box of fresh fruit and vegetables, brought to your door once a month.".to_owned(),
        agreed_amount: Some(price()?),
        start_date: None,
        status_notify_url: None,
    };
    let offer = wallet.prepare(client_id.clone(), None, terms).await?.auth_id;
    Ok(Shop { client_id, key, offer })
}

/// A user with money who signs with both shops; the shops take their tokens.
async fn furnish(wallet: Wallet, number: usize, shop: Arc<Shop>, hot: Arc<Shop>) -> anyhow::Result<Payer> {
    let user_id = UserId::new(format!("2166{number:017}"));
    wallet.submit(Command::AddUser(Box::new(user(user_id.clone(), number)))).await?;
    let amount = Money::whole(WEALTH_WHOLE, Currency::IQD)?;
    wallet.submit(Command::TopUp { user_id: user_id.clone(), amount }).await?;
    let spread = agree(&wallet, &user_id, shop).await?;
    let hot = agree(&wallet, &user_id, hot).await?;
    Ok(Payer { spread, hot })
}

async fn agree(wallet: &Wallet, user_id: &UserId, shop: Arc<Shop>) -> anyhow::Result<Deal> {
    let code = wallet.entropy().hex(16);
    let page_text = "A line of the authorization page as the user saw it.\n".repeat(PAGE_LINES);
    let sign = Sign {
        auth_id: shop.offer.clone(),
        client_id: shop.client_id.clone(),
        user_id: user_id.clone(),
        sub_client_id: None,
        pin: PinCheck::NotAsked,
        evidence: Evidence {
            page_hash: mithaq_crypto::sha256_hex(page_text.as_bytes()),
            page_text,
            merchant_name: "Shop".to_owned(),
        },
        monthly_ceiling: None,
        code: Hash(sha256(code.as_bytes())),
        page: None,
    };
    wallet.submit(Command::Sign(Box::new(sign))).await?;
    let tokens = wallet.exchange_code(shop.client_id.clone(), &code, None).await?;
    Ok(Deal { shop, token: tokens.access })
}

fn user(user_id: UserId, number: usize) -> User {
    let name = PersonName { full: format!("Payer {number}"), ..PersonName::default() };
    User {
        user_id,
        phone: format!("964{number:010}"),
        name_ar: name.clone(),
        name,
        email: None,
        gender: None,
        birth_date: None,
        nationality: None,
        language: Language::EnUs,
        status: UserStatus::Active,
        // Nobody signs in here.
        pin_hash: String::new(),
        pin_failures: 0,
        pin_locked_until: None,
    }
}
