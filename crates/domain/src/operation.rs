//! What the operator does to a running installation, beside adding clients and users.

use crate::Status;
use mithaq_types::{ClientId, Money, UserId};

/// An operation. Every one of them leaves a line in the audit trail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Operation {
    /// Money came in from outside, once for each reference.
    Deposit {
        /// What it is called outside.
        reference: String,
        /// To whom.
        user_id: UserId,
        /// How much.
        amount: Money,
    },
    /// A client signs with one more key. The older ones stay valid (spec/openapi.md 1.6).
    AddClientKey {
        /// Whose.
        client_id: ClientId,
        /// PKIX PEM of an RSA public key; the caller has read it.
        public_pem: String,
    },
    /// A key of a client is valid no longer.
    RetireClientKey {
        /// Whose.
        client_id: ClientId,
        /// Which; never the last one.
        version: u32,
    },
    /// A client may act, or may not for now. What it agreed on stays as it is.
    SetClientStatus {
        /// Which.
        client_id: ClientId,
        /// May it call.
        status: Status,
    },
    /// A merchant may be paid, or may not for now: through whichever of its clients.
    SetMerchantStatus {
        /// One of its clients.
        client_id: ClientId,
        /// May it be paid.
        status: Status,
    },
    /// A user gets another PIN, and all their tries again.
    ResetPin {
        /// Whose.
        user_id: UserId,
        /// The new PIN, hashed with argon2.
        pin_hash: String,
    },
}
