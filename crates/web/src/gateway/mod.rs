//! The second dialect over the same wallet: `gateway.do` of the Alipay surface (spec/alipay-agreement.md part 1).
//!
//! [`open`] reads and checks what a merchant built, wherever it came in; a method answers with its business object; [`seal`]
//! puts that into the signed envelope. Pages and the shell read what they are given with the same [`open`].

mod agreements;
mod answer;
mod apps;
mod busy;
mod certificate;
mod checks;
mod errors;
mod http;
mod meter;
mod multipart;
mod oauth;
pub(crate) mod offers;
mod open;
pub(crate) mod people;
mod reading;
mod record;
mod seal;
mod told;
pub(crate) mod trades;

pub(crate) use apps::KnownApp;
pub use apps::{AppKeyError, check_app};
pub(crate) use busy::BusySignatures;
pub use certificate::{WalletCertificate, WalletCertificateError};
pub use http::routes;
pub(crate) use open::{Opened, Refused, open};
pub(crate) use seal::{seal, sign_text};

use jiff::SignedDuration;

/// What an operator decides about the gateway.
#[derive(Clone, Debug, Default)]
pub struct GatewayConfig {
    /// The wallet's certificate, without which no app can use certificates.
    pub certificate: Option<WalletCertificate>,
    /// How far a call's timestamp may be from the present; none: any time is taken, as clients write the time of their own zone.
    pub window: Option<SignedDuration>,
}
