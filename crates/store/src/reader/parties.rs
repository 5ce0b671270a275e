//! Who there is: Mini Programs, clients, users, the names merchants know them by; and settings.

use super::{LIST_MAX, Reader, Sql};
use crate::StoreError;
use mithaq_domain::{App, Client, Merchant, User};
use mithaq_types::{CustomerId, MerchantId, UserId};

impl Reader {
    /// Every Mini Program.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn apps(&self) -> Result<Vec<App>, StoreError> {
        self.bodies("apps", "SELECT body FROM apps ORDER BY app_id", vec![]).await
    }

    /// Every client with its merchant.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn clients(&self) -> Result<Vec<(Client, Merchant)>, StoreError> {
        const SQL: &str =
            "SELECT c.body, m.body FROM clients c JOIN merchants m USING (merchant_id) ORDER BY client_id";
        let lines = self.lines(Sql::Both(SQL), vec![]).await?;
        lines.iter().map(|line| Ok((line.body("clients", 0)?, line.body("merchants", 1)?))).collect()
    }

    /// Every user, oldest first; as many as a list shows.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        self.bodies("users", "SELECT body FROM users ORDER BY user_id LIMIT $1", vec![LIST_MAX.into()]).await
    }

    /// The customer behind an id that a merchant knows.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn customer_user(&self, merchant: MerchantId, id: CustomerId) -> Result<Option<UserId>, StoreError> {
        const SQL: &str = "SELECT user_id FROM customers WHERE customer_id = $1 AND merchant_id = $2";
        let lines = self.lines(Sql::Both(SQL), vec![id.as_str().into(), merchant.as_str().into()]).await?;
        lines.first().map(|line| Ok(UserId::new(line.text(0)?))).transpose()
    }

    /// A setting of this installation, here and now.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub fn meta_now(&self, name: &str) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT value FROM meta WHERE name = $1";
        let answers = self.snapshot_now(vec![(Sql::Both(SQL), vec![name.into()])])?;
        answers.first().and_then(|lines| lines.first()).map(|line| Ok(line.text(0)?.to_owned())).transpose()
    }
}
