//! `/wallet/receive`: the user's own QR code, for others to send money to.

use super::speaker::Speaker;
use crate::{RenderError, plain};
use minijinja::{Value, context};

/// The page.
#[derive(Clone, Debug)]
pub struct Receive {
    /// The user's name in the page's language.
    pub user_name: String,
    /// The user's phone number.
    pub phone: String,
    /// What the code says: `{wallet}/pay-to?to=PHONE`.
    pub link: String,
}

impl Receive {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let link = plain::line(&self.link);
        Ok(context! {
            user => plain::line(&self.user_name),
            phone => plain::line(&self.phone),
            picture => speaker.qr(&link, "receive-qr")?,
            link,
        })
    }
}
