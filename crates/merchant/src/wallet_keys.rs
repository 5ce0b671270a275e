//! The wallet's public keys that the merchant trusts.

use crate::Error;
use mithaq_crypto::PublicKey;
use mithaq_openapi::signature::{Message, SignatureHeader, verify_message};

/// One key, or several while the wallet rotates.
#[derive(Clone, Debug)]
pub(crate) struct WalletKeys(Vec<PublicKey>);

impl WalletKeys {
    pub(crate) fn from_pems(pems: &[String]) -> Result<Self, Error> {
        let read =
            |pem: &String| PublicKey::from_pem(pem).map_err(|error| Error::Config(format!("wallet key: {error}")));
        let keys = pems.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Err(Error::Config("the wallet's public key is missing".to_owned()));
        }
        Ok(Self(keys))
    }

    /// Whether one of the keys made the signature. The key version in the header only helps to find a key; among the
    /// few that are trusted it is not needed.
    pub(crate) fn verify(&self, message: &Message<'_>, header: &SignatureHeader) -> bool {
        self.0.iter().any(|key| verify_message(message, header, key).valid)
    }
}
