//! Who asks to be paid: merchants, their clients (backends with keys) and their Mini Programs.

use crate::Language;
use mithaq_types::{AppId, ClientId, MerchantId};
use serde::{Deserialize, Serialize};

/// Whether someone may act.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Status {
    /// Yes.
    Active,
    /// Not for now; the operator's doing.
    Suspended,
}

/// Whether a client may use agreement payment (the operator's contract with the merchant).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AgreementPay {
    /// Yes.
    Allowed,
    /// Allowed once, suspended now.
    Suspended,
    /// Never agreed.
    NotAgreed,
}

/// Who is paid.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Merchant {
    /// Its id.
    pub merchant_id: MerchantId,
    /// Its name as users read it.
    pub name: String,
    /// The same in Arabic, if it has one.
    pub name_ar: Option<String>,
    /// Whether the operator has checked who they are.
    pub verified: bool,
    /// Whether it can be paid.
    pub status: Status,
    /// What the wallet keeps of a payment, in ten-thousandths.
    pub fee_basis_points: u32,
}

impl Merchant {
    /// Its name as somebody reads it who reads `language`.
    #[must_use]
    pub fn name_in(&self, language: Language) -> &str {
        match (language, &self.name_ar) {
            (Language::ArIq, Some(name)) if !name.trim().is_empty() => name,
            _ => &self.name,
        }
    }
}

/// One public key of a client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClientKey {
    /// The `keyVersion` that selects it.
    pub version: u32,
    /// PKIX PEM.
    pub public_pem: String,
}

/// A merchant's backend: what a `Client-Id` stands for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Client {
    /// The id it sends.
    pub client_id: ClientId,
    /// Whom it acts for.
    pub merchant_id: MerchantId,
    /// Whether it may call.
    pub status: Status,
    /// Whether it may prepare contracts and charge them.
    pub agreement_pay: AgreementPay,
    /// Its keys; several during a rotation.
    pub keys: Vec<ClientKey>,
    /// Whether answers carry the signature percent-encoded (spec/openapi.md 1.5).
    pub percent_signatures: bool,
}

/// A Mini Program that the wallet's shell can run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct App {
    /// Its id.
    pub app_id: AppId,
    /// The client whose contracts and codes it may ask for.
    pub client_id: ClientId,
    /// Its name as users read it.
    pub name: String,
    /// The same in Arabic.
    pub name_ar: Option<String>,
    /// Where it starts.
    pub start_url: String,
    /// The web origins its pages come from, exactly.
    pub origins: Vec<String>,
}
