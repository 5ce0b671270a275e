//! What the user saw, as text: it is hashed, and kept with the contract.

use super::frame::{frame, language, merchant};
use crate::state::Shared;
use mithaq_crypto::sha256_hex;
use mithaq_domain::{Evidence, User};
use mithaq_pages::{AuthorizeContext, AuthorizeStep, Offer};
use mithaq_types::Currency;
use mithaq_wallet::{Fault, OfferView};

/// The page's offer: what the merchant stated, nothing else.
pub fn offer_context(app: &Shared, view: &OfferView) -> Offer {
    let terms = &view.offer.terms;
    let currency = terms.agreed_amount.map_or(Currency::IQD, |agreed| agreed.currency);
    Offer {
        merchant: merchant(&view.merchant),
        title: terms.title.clone(),
        description: terms.description.clone(),
        agreed_amount: terms.agreed_amount,
        start_date: terms.start_date,
        wallet_limit: app.wallet.policy().charge_ceiling(currency),
    }
}

/// The text of the page that `user` agrees to, in the offer's language, with its hash.
pub async fn evidence(app: &Shared, view: &OfferView, user: &User) -> Result<Evidence, Fault> {
    let spoken = language(view.offer.terms.language);
    let offer = offer_context(app, view);
    let merchant_name = offer.merchant.name_in(spoken);
    let currency = view.offer.terms.agreed_amount.map_or(Currency::IQD, |agreed| agreed.currency);
    let balance = app.wallet.balance(&user.user_id, currency).await?;
    let form = mithaq_pages::Form { ix: mithaq_types::InteractionId::new(""), csrf: String::new() };
    let step = AuthorizeStep::Ready { form, balance, monthly_ceiling: String::new(), problem: None };
    let context = AuthorizeContext { frame: frame(app, spoken), offer, step };
    let page_text = app.pages.terms_text(&context).map_err(|error| {
        tracing::error!(error.message = %error, "pages: the terms could not be rendered");
        Fault::Internal("terms")
    })?;
    let page_hash = sha256_hex(page_text.as_bytes());
    Ok(Evidence { page_text, page_hash, merchant_name })
}
