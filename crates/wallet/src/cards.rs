//! Cards that users link.

use crate::{CardRefused, Fault, Wallet};
use mithaq_domain::{Card, Command, Done};
use mithaq_types::{CardId, UserId};

/// A card to link. The number is forgotten as soon as its issuer has vouched for it.
pub struct NewCard {
    /// Whose.
    pub user_id: UserId,
    /// Digits only.
    pub number: String,
    /// Last month it is good for, `yyyy-MM`.
    pub expires: String,
    /// The name on it.
    pub name: String,
}

impl Wallet {
    /// Links a card, if its issuer vouches for it.
    ///
    /// # Errors
    /// When it cannot be made durable.
    pub async fn link_card(&self, new: NewCard) -> Result<Result<Card, CardRefused>, Fault> {
        let issuer = &self.sources().issuer;
        let linked = match issuer.link(&new.user_id, &new.number, &new.expires, &new.name).await {
            Ok(linked) => linked,
            Err(refused) => return Ok(Err(refused)),
        };
        let card = Card {
            card_id: CardId::new(self.entropy().hex(16)),
            user_id: new.user_id,
            token: linked.token,
            masked_number: linked.masked_number,
            account_number: linked.account_number,
            brand: linked.brand,
            expires: linked.expires,
            linked_at: self.now(),
            removed_at: None,
        };
        match self.submit(Command::LinkCard(Box::new(card))).await? {
            Done::Card(card) => Ok(Ok(*card)),
            _ => Err(Fault::Internal("card")),
        }
    }

    /// Takes a card out of the wallet.
    ///
    /// # Errors
    /// Refused when it is not the user's.
    pub async fn remove_card(&self, card_id: CardId, user_id: UserId) -> Result<(), Fault> {
        self.submit(Command::RemoveCard { card_id, user_id }).await.map(|_| ())
    }

    /// A user's linked cards.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cards(&self, user_id: &UserId) -> Result<Vec<Card>, Fault> {
        Ok(self.reader().cards(Some(user_id.clone())).await?)
    }
}
