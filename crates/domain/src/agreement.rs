//! Agreements of the Alipay surface: contracts with a product, a scene and perhaps a plan (spec/alipay-agreement.md 2.1, 4.1).
//!
//! An agreement is a [`Contract`](crate::Contract) like every other, in force as soon as it is signed; nobody gets a code or a
//! token for it. What only this surface knows stands here.

use crate::Plan;
use mithaq_types::{ClientId, ContractId, Currency, CustomerId, GatewayAppId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// How an app proves who it is; the one excludes the other (spec/alipay-agreement.md 1.8).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum GatewayKey {
    /// By a public key.
    Public {
        /// PKIX PEM of an RSA key.
        public_pem: String,
    },
    /// By a certificate.
    Certificate {
        /// The app's certificate as PEM; the key is in it.
        app_pem: String,
        /// The certificates above it as PEM, the root among them.
        root_pem: String,
    },
}

/// An app: what an `app_id` stands for. A client may have several.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GatewayApp {
    /// 16 digits.
    pub app_id: GatewayAppId,
    /// Whose; its contracts and payments are this client's.
    pub client_id: ClientId,
    /// How it signs. None: nothing is registered yet.
    pub key: Option<GatewayKey>,
    /// Whether it may sign with SHA-1 (`sign_type=RSA`).
    pub may_use_sha1: bool,
    /// The app's gateway address: where it hears of agreements that name no address of their own.
    pub gateway_url: Option<String>,
    /// Whether the wallet makes the deductions of its plans, because the merchant asked for it.
    pub wallet_deducts: bool,
}

/// Who a merchant expects to sign (spec/alipay-agreement.md 2.1, `identity_params`). Whatever is given must fit.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Signer {
    /// The real name.
    pub name: Option<String>,
    /// What the merchant knows the user as.
    pub customer_id: Option<CustomerId>,
    /// At least so many years old.
    pub age_min: Option<u32>,
    /// At most so many.
    pub age_max: Option<u32>,
}

/// What an agreement has beside the terms of every contract. Never changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AgreementTerms {
    /// The app that it was signed through.
    pub app_id: GatewayAppId,
    /// `personal_product_code`: `CYCLE_PAY_AUTH_P`, `GENERAL_WITHHOLDING_P`.
    pub personal_product: String,
    /// `product_code`, if it was given.
    pub product: Option<String>,
    /// `sign_scene`: `INDUSTRY|CARRENTAL`.
    pub scene: String,
    /// The merchant's own number of it, unique among the agreements of its client that are in force.
    pub external_no: Option<String>,
    /// The user's login name at the merchant.
    pub logon_id: Option<String>,
    /// `PARTNER` or `MERCHANT`.
    pub third_party: String,
    /// What is deducted in.
    pub currency: Currency,
    /// On which days how much; absent for deductions at will.
    pub plan: Option<Plan>,
    /// When it runs out.
    pub ends_at: Timestamp,
    /// Where the merchant wants to hear that it was signed; otherwise at the app's gateway address.
    pub notify_url: Option<String>,
    /// Where a browser goes afterwards. Not for Mini Programs.
    pub return_url: Option<String>,
    /// Who must sign, where the merchant says so: the real name, and what the merchant knows the user as.
    pub signer: Option<Signer>,
    /// Whether the page's result is signed with SHA-1, because the request was.
    pub sha1: bool,
    /// Whether the wallet makes the deductions.
    pub wallet_deducts: bool,
}

impl AgreementTerms {
    /// Whether signing `other` would agree on the same: then an agreement that is in force is not signed twice. Who takes the money
    /// is a part of it: the page says so.
    #[must_use]
    pub fn same_deal(&self, other: &Self) -> bool {
        self.personal_product == other.personal_product
            && self.scene == other.scene
            && self.external_no == other.external_no
            && self.logon_id == other.logon_id
            && self.plan == other.plan
            && self.currency == other.currency
            && self.wallet_deducts == other.wallet_deducts
    }
}

/// Which agreement a merchant's own number names: the newest that was signed with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AgreementNumber {
    /// Whose number.
    pub client_id: ClientId,
    /// `external_agreement_no`.
    pub external_no: String,
    /// Which agreement.
    pub contract_id: ContractId,
}

/// The agreements of one user with one client that nobody has ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AgreementHolder {
    /// Who signed.
    pub user_id: UserId,
    /// With whom.
    pub client_id: ClientId,
    /// Them, oldest first.
    pub live: Vec<LiveAgreement>,
}

impl AgreementHolder {
    /// How many of them are periodic. One that has run out does not count, whether or not anybody has ended it.
    #[must_use]
    pub fn periodic(&self, now: Timestamp) -> usize {
        self.live.iter().filter(|agreement| agreement.periodic && now < agreement.ends_at).count()
    }
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LiveAgreement {
    /// Which.
    pub contract_id: ContractId,
    /// `personal_product_code`.
    pub personal_product: String,
    /// `sign_scene`.
    pub scene: String,
    /// `external_agreement_no`.
    pub external_no: Option<String>,
    /// Whether it has a plan.
    pub periodic: bool,
    /// When it runs out.
    pub ends_at: Timestamp,
}

/// What a payment has that was asked for through the gateway.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GatewayTrade {
    /// Through which app.
    pub app_id: GatewayAppId,
    /// `product_code`.
    pub product: String,
    /// `body`, echoed in notifications.
    pub body: Option<String>,
    /// `passback_params`, echoed likewise.
    pub passback: Option<String>,
    /// The offer of an agreement that is signed together with the payment, if the user wants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<mithaq_types::AuthId>,
}
