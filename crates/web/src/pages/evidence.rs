//! What the user saw, as text: it is hashed, and kept with the contract.

use super::deal::deal;
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

/// Where an agreement of the Alipay surface was shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// On a page of its own.
    Alone,
    /// Beside an order, in the cashier.
    WithPayment,
}

/// The text of the agreement that `user` signs, in the language that they read, with its hash.
pub fn agreement_evidence(app: &Shared, view: &OfferView, user: &User, shown: Shown) -> Result<Evidence, Fault> {
    let terms = view.offer.terms.agreement.as_deref().ok_or(Fault::Internal("agreement"))?;
    let (frame, who) = (frame(app, language(user.language)), merchant(&view.merchant));
    let deal = deal(app, terms);
    let text = match shown {
        Shown::Alone => app.pages.sign_text(&frame, &who, &deal),
        Shown::WithPayment => app.pages.offered_text(&frame, &who, &deal),
    };
    let page_text = text.map_err(|error| {
        tracing::error!(error.message = %error, "pages: the terms could not be rendered");
        Fault::Internal("terms")
    })?;
    let page_hash = sha256_hex(page_text.as_bytes());
    Ok(Evidence { page_text, page_hash, merchant_name: who.name_in(frame.language) })
}
