//! The demo world: three users with money, one with cards, a merchant, its Mini Program. Made once per data directory.

use super::parts::Parts;
use mithaq_domain::{
    AgreementPay, App, Client, ClientKey, Command, GatewayApp, GatewayKey, Key, Language, Merchant, PersonName, Status,
};
use mithaq_types::{AppId, ClientId, Currency, GatewayAppId, MerchantId, Money, UserId};
use mithaq_wallet::{NewCard, NewUser};
use url::Url;

/// The demo merchant's `Client-Id`.
pub const CLIENT_ID: &str = "2188000000000001";
/// The demo Mini Program.
pub const APP_ID: &str = "demo-shop";
/// The demo merchant's app on the Alipay surface.
pub const GATEWAY_APP_ID: &str = "2021000000000001";
/// The Mini Program given with `--app`.
pub const PREVIEW_APP_ID: &str = "preview";

/// A simulated card that pays.
const CARD_THAT_PAYS: &str = "4242424242424242";
/// A simulated card whose issuer says nothing for five minutes.
const CARD_THAT_IS_SILENT: &str = "4000000000000259";

/// A demo user, PIN included.
pub struct DemoUser {
    /// Its id.
    pub user_id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its phone number.
    pub phone: &'static str,
    /// Its PIN.
    pub pin: &'static str,
    name_ar: &'static str,
    gender: &'static str,
    birth_date: &'static str,
    email: &'static str,
    language: Language,
    whole_iqd: i64,
    whole_yuan: i64,
    cards: &'static [&'static str],
}

/// Who lives in the sandbox.
pub const fn users() -> [DemoUser; 3] {
    [
        DemoUser {
            user_id: "216610000000000000001",
            name: "Sara Ali Hasan",
            name_ar: "سارة علي حسن",
            phone: "9647700000001",
            pin: "111111",
            gender: "FEMALE",
            birth_date: "1994-03-09",
            email: "sara@example.iq",
            language: Language::EnUs,
            whole_iqd: 250_000,
            whole_yuan: 500,
            cards: &[CARD_THAT_PAYS, CARD_THAT_IS_SILENT],
        },
        DemoUser {
            user_id: "216610000000000000002",
            name: "Omar Khalid",
            name_ar: "عمر خالد",
            phone: "9647700000002",
            pin: "222222",
            gender: "MALE",
            birth_date: "1988-11-21",
            email: "omar@example.iq",
            language: Language::ArIq,
            whole_iqd: 50_000,
            whole_yuan: 100,
            cards: &[],
        },
        DemoUser {
            user_id: "216610000000000000003",
            name: "Noor Jabbar",
            name_ar: "نور جبار",
            phone: "9647700000003",
            pin: "333333",
            gender: "FEMALE",
            birth_date: "2001-07-02",
            email: "noor@example.iq",
            language: Language::ArIq,
            whole_iqd: 1_000,
            whole_yuan: 5,
            cards: &[],
        },
    ]
}

/// Makes what is missing. Mini Programs are written anew: their addresses follow the ports.
pub async fn furnish(parts: &Parts, app: Option<&Url>) -> anyhow::Result<()> {
    if parts.house.wallet.row(Key::Client(ClientId::new(CLIENT_ID))).await?.is_none() {
        parts.house.wallet.submit(merchant(parts)).await?;
    }
    for user in users() {
        if parts.house.wallet.row(Key::User(UserId::new(user.user_id))).await?.is_none() {
            let user_id = UserId::new(user.user_id);
            let money = Money::whole(user.whole_iqd, Currency::IQD)?;
            parts.house.wallet.add_user(new_user(&user)).await?;
            parts.house.wallet.top_up(user_id.clone(), money).await?;
            parts.house.wallet.top_up(user_id, Money::whole(user.whole_yuan, Currency::CNY)?).await?;
            link_cards(parts, &user).await?;
        }
    }
    if parts.house.wallet.gateway_app(&GatewayAppId::new(GATEWAY_APP_ID)).await?.is_none() {
        parts.house.wallet.put_gateway_app(gateway_app(parts)).await?;
    }
    let origin = &parts.addresses.merchant;
    put_app(parts, APP_ID, "Zaytoun Market", "سوق زيتون", format!("{origin}/"), origin).await?;
    if let (Some(target), Some(proxy)) = (app, &parts.addresses.proxy) {
        let path = &target[url::Position::BeforePath..];
        let name = target.host_str().unwrap_or("Mini Program");
        put_app(parts, PREVIEW_APP_ID, name, name, format!("{proxy}{path}"), proxy).await?;
    }
    Ok(())
}

async fn link_cards(parts: &Parts, user: &DemoUser) -> anyhow::Result<()> {
    for number in user.cards {
        let card = NewCard {
            user_id: UserId::new(user.user_id),
            number: (*number).to_owned(),
            expires: "2035-12".into(),
            name: user.name.to_uppercase(),
        };
        parts.house.wallet.link_card(card).await??;
    }
    Ok(())
}

fn merchant(parts: &Parts) -> Command {
    let merchant_id = MerchantId::new("2166000000000001");
    let merchant = Merchant {
        merchant_id: merchant_id.clone(),
        name: "Zaytoun Market".into(),
        name_ar: Some("سوق زيتون".into()),
        verified: true,
        status: Status::Active,
        fee_basis_points: 100,
    };
    let client = Client {
        client_id: ClientId::new(CLIENT_ID),
        merchant_id,
        status: Status::Active,
        agreement_pay: AgreementPay::Allowed,
        keys: vec![ClientKey { version: 1, public_pem: parts.merchant_key.public().to_pem() }],
        percent_signatures: false,
    };
    Command::AddClient { merchant: Box::new(merchant), client: Box::new(client), app: None }
}

/// The merchant's app on the Alipay surface; it signs with the merchant's key.
fn gateway_app(parts: &Parts) -> GatewayApp {
    GatewayApp {
        app_id: GatewayAppId::new(GATEWAY_APP_ID),
        client_id: ClientId::new(CLIENT_ID),
        key: Some(GatewayKey::Public { public_pem: parts.merchant_key.public().to_pem() }),
        may_use_sha1: true,
        gateway_url: None,
        wallet_deducts: false,
    }
}

async fn put_app(
    parts: &Parts,
    id: &str,
    name: &str,
    name_ar: &str,
    start_url: String,
    origin: &str,
) -> anyhow::Result<()> {
    let app = App {
        app_id: AppId::new(id),
        client_id: ClientId::new(CLIENT_ID),
        name: name.to_owned(),
        name_ar: Some(name_ar.to_owned()),
        start_url,
        origins: vec![origin.to_owned()],
    };
    parts.house.wallet.submit(Command::PutApp(Box::new(app))).await?;
    Ok(())
}

fn new_user(user: &DemoUser) -> NewUser {
    NewUser {
        user_id: Some(UserId::new(user.user_id)),
        phone: user.phone.into(),
        name: name(user.name),
        name_ar: name(user.name_ar),
        email: Some(user.email.into()),
        gender: Some(user.gender.into()),
        birth_date: Some(user.birth_date.into()),
        nationality: Some("IQ".into()),
        language: user.language,
        pin: user.pin.into(),
    }
}

fn name(full: &str) -> PersonName {
    let parts: Vec<&str> = full.split(' ').collect();
    let part = |index: usize| parts.get(index).copied().unwrap_or_default().to_owned();
    // Three parts: given name, father's, grandfather's; two: given and family name.
    let (third, last) = if parts.len() > 2 { (part(2), String::new()) } else { (String::new(), part(1)) };
    let second = if parts.len() > 2 { part(1) } else { String::new() };
    PersonName { full: full.to_owned(), first: part(0), second, third, last }
}
