//! Looking at a PIN: hashed off the reactor, a few at a time.

use crate::{Fault, Pin, Wallet};
use mithaq_crypto::{hash_pin, verify_pin};
use mithaq_domain::{PinCheck, User};

impl Wallet {
    /// Compares what was typed. Whether it helps is decided with the count of wrong tries, in the
    /// transaction: a right PIN does not open a locked account.
    ///
    /// # Errors
    /// When the program stops.
    pub(crate) async fn check_pin(&self, user: &User, pin: &Pin) -> Result<PinCheck, Fault> {
        let Pin::Typed(pin) = pin else { return Ok(PinCheck::NotAsked) };
        if user.locked_at(self.now()).is_some() {
            return Ok(PinCheck::Wrong);
        }
        let _turn = self.pin_hashes().acquire().await.map_err(|_| Fault::Internal("pin"))?;
        let (pin, stored) = (pin.clone(), user.pin_hash.clone());
        let right = tokio::task::spawn_blocking(move || verify_pin(&pin, &stored)).await;
        let right = right.map_err(|_| Fault::Internal("pin"))?;
        Ok(if right { PinCheck::Right } else { PinCheck::Wrong })
    }

    /// The form in which a PIN is stored.
    ///
    /// # Errors
    /// When the program stops.
    pub(crate) async fn hash_pin(&self, pin: String) -> Result<String, Fault> {
        let _turn = self.pin_hashes().acquire().await.map_err(|_| Fault::Internal("pin"))?;
        let wallet = self.clone();
        let hashed = tokio::task::spawn_blocking(move || hash_pin(&pin, wallet.entropy())).await;
        hashed.map_err(|_| Fault::Internal("pin"))
    }
}
