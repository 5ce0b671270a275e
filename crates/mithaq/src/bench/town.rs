//! Who pays whom: merchants with keys, payers with money and contracts. Everything secret follows from numbers, so that
//! the same town can stand in several databases and takes no memory while it is measured.

use mithaq_crypto::{PrivateKey, sha256, sha256_hex};
use mithaq_domain::{
    AgreementPay, Client, ClientKey, Command, Evidence, ExchangeCode, FreshTokens, Hash, Language, Merchant,
    PersonName, PinCheck, Sign, Status, Terms, User, UserStatus,
};
use mithaq_types::{AuthId, ClientId, Currency, MerchantId, Money, TokenId, UserId};

/// Pairs of keys that the merchants share among them: making a thousand takes minutes and measures nothing.
const KEYS: usize = 4;
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
    number: usize,
}

/// Which of a payer's two contracts is charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum With {
    /// The one with one of the many merchants.
    Many,
    /// The one with the merchant that everybody buys from.
    One,
}

/// A contract, from the merchant's side.
pub struct Deal<'a> {
    /// Which shop charges.
    pub shop: &'a Shop,
    /// The access token.
    pub token: String,
}

/// Everybody.
pub struct Town {
    /// The merchants; the last one is the hot one.
    pub shops: Vec<Shop>,
    /// How many people pay.
    pub payers: usize,
}

/// What every payment takes.
pub fn price() -> anyhow::Result<Money> {
    Ok(Money::whole(PRICE_WHOLE, Currency::IQD)?)
}

impl Town {
    /// `merchants` and one more, the hot one, and `payers`.
    pub fn plan(merchants: usize, payers: usize) -> anyhow::Result<Self> {
        let keys: Vec<_> = (0..KEYS).map(|_| PrivateKey::generate()).collect::<Result<_, _>>()?;
        let shops = (0..=merchants).zip(keys.into_iter().cycle());
        let shops =
            shops.map(|(number, key)| Shop { client_id: ClientId::new(format!("2188{number:012}")), key, number });
        Ok(Self { shops: shops.collect(), payers })
    }

    /// The shop that a payer's contract is with.
    fn shop(&self, payer: usize, with: With) -> Option<&Shop> {
        match with {
            With::Many => self.shops.get(payer % (self.shops.len() - 1).max(1)),
            With::One => self.shops.last(),
        }
    }

    /// A contract of a payer's.
    pub fn deal(&self, payer: usize, with: With) -> Option<Deal<'_>> {
        let shop = self.shop(payer, with)?;
        Some(Deal { shop, token: secret("AT", payer, shop) })
    }

    /// The commands that open the shops.
    pub fn open_shops(&self) -> anyhow::Result<Vec<Command>> {
        let mut commands = Vec::with_capacity(self.shops.len() * 2);
        for shop in &self.shops {
            commands.push(add(shop));
            commands.push(prepare(shop)?);
        }
        Ok(commands)
    }

    /// The commands that make a payer: a user with money who signs with both shops; the shops take their tokens.
    pub fn settle(&self, payer: usize) -> anyhow::Result<Vec<Command>> {
        let user_id = UserId::new(format!("2166{payer:017}"));
        let amount = Money::whole(WEALTH_WHOLE, Currency::IQD)?;
        let mut commands = vec![
            Command::AddUser(Box::new(user(user_id.clone(), payer))),
            Command::TopUp { user_id: user_id.clone(), amount },
        ];
        for shop in [With::Many, With::One].into_iter().filter_map(|with| self.shop(payer, with)) {
            commands.push(sign(&user_id, payer, shop));
            commands.push(exchange(payer, shop));
        }
        Ok(commands)
    }
}

/// A secret that only its numbers tell: `kind` and 62 hex digits, as tokens are.
fn secret(kind: &str, payer: usize, shop: &Shop) -> String {
    let mut text = sha256_hex(format!("{kind} of {payer} at {}", shop.number).as_bytes());
    text.truncate(62);
    text.make_ascii_uppercase();
    format!("{kind}{text}")
}

fn hash(secret: &str) -> Hash {
    Hash(sha256(secret.as_bytes()))
}

fn offer(shop: &Shop) -> AuthId {
    AuthId::new(format!("{:032X}", shop.number))
}

fn add(shop: &Shop) -> Command {
    let merchant_id = MerchantId::new(format!("2166{:012}", shop.number));
    let merchant = Merchant {
        merchant_id: merchant_id.clone(),
        name: format!("Shop number {}", shop.number),
        name_ar: None,
        verified: true,
        status: Status::Active,
        fee_basis_points: 100,
    };
    let client = Client {
        client_id: shop.client_id.clone(),
        merchant_id,
        status: Status::Active,
        agreement_pay: AgreementPay::Allowed,
        keys: vec![ClientKey { version: 1, public_pem: shop.key.public().to_pem() }],
        percent_signatures: false,
    };
    Command::AddClient { merchant: Box::new(merchant), client: Box::new(client), app: None }
}

fn prepare(shop: &Shop) -> anyhow::Result<Command> {
    let terms = Terms {
        language: Language::EnUs,
        title: Some("Fresh Box".to_owned()),
        description: "A box of fresh fruit and vegetables, brought to your door once a month.".to_owned(),
        agreed_amount: Some(price()?),
        start_date: None,
        status_notify_url: None,
        agreement: None,
    };
    let (client_id, auth_id) = (shop.client_id.clone(), offer(shop));
    Ok(Command::Prepare { client_id, reference_client_id: None, terms: Box::new(terms), auth_id })
}

fn sign(user_id: &UserId, payer: usize, shop: &Shop) -> Command {
    let page_text = "A line of the authorization page as the user saw it.\n".repeat(PAGE_LINES);
    Command::Sign(Box::new(Sign {
        auth_id: offer(shop),
        client_id: shop.client_id.clone(),
        user_id: user_id.clone(),
        sub_client_id: None,
        pin: PinCheck::NotAsked,
        evidence: Evidence {
            page_hash: sha256_hex(page_text.as_bytes()),
            page_text,
            merchant_name: format!("Shop number {}", shop.number),
        },
        monthly_ceiling: None,
        code: hash(&secret("AC", payer, shop)),
        page: None,
    }))
}

fn exchange(payer: usize, shop: &Shop) -> Command {
    let mut token_id = secret("ID", payer, shop);
    token_id.truncate(32);
    Command::Exchange(Box::new(ExchangeCode {
        client_id: shop.client_id.clone(),
        code: hash(&secret("AC", payer, shop)),
        reference_client_id: None,
        fresh: FreshTokens {
            token_id: TokenId::new(token_id),
            access: hash(&secret("AT", payer, shop)),
            // Kept only where a notice must name it; these merchants want none.
            access_sealed: String::new(),
            refresh: hash(&secret("RT", payer, shop)),
        },
    }))
}

/// Somebody who pays.
pub fn user(user_id: UserId, number: usize) -> User {
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
