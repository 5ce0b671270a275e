//! What the wallet knows of the app that calls: all that checking a call takes.

use crate::SignType;
use jiff::SignedDuration;
use mithaq_types::Timestamp;

/// The app's settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct App {
    /// Whether a public key of it is registered.
    pub has_key: bool,
    /// Whether it may sign with SHA-1: in the sandbox, and where the operator allows it.
    pub may_use_rsa: bool,
    /// The serial numbers that it must send, where it uses certificates; keys and certificates exclude each other (1.8).
    pub certificates: Option<CertificateNumbers>,
    /// How old or new a call may be; none: any time is taken.
    pub freshness: Option<Freshness>,
}

/// Serial numbers of certificates (1.8).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CertificateNumbers {
    /// `app_cert_sn`.
    pub app: String,
    /// `alipay_root_cert_sn`.
    pub root: String,
}

/// How far a call's timestamp may be from the present. Clients write the time of their own zone, so less than a day refuses
/// honest ones (1.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Freshness {
    /// The present.
    pub now: Timestamp,
    /// The distance, either way.
    pub window: SignedDuration,
}

/// Says whether a signature, as Base64, is the app's over these bytes.
pub type Verify<'a> = &'a dyn Fn(SignType, &[u8], &str) -> bool;
