//! Which agreement a call means (spec/alipay-agreement.md 2.2, 2.3).
//!
//! What another client signed is as unknown as what nobody signed; so is what belongs to the other surface. Nobody learns by a
//! telephone number who has a wallet: one that is unknown and one whose owner never signed anything here are answered alike.

use crate::gateway::{Opened, errors, people};
use crate::state::Shared;
use mithaq_alipay::messages::{AT_WILL, AgreementKey, PERIODIC, UserKey};
use mithaq_alipay::{GatewayError, SubCode};
use mithaq_domain::AgreementTerms;
use mithaq_store::ContractView;
use mithaq_types::ContractId;
use mithaq_wallet::Fault;

/// The agreements that fit: one by its number or the merchant's; by a user those that are in force, newest first.
pub(super) struct Found {
    /// The one that is meant.
    pub first: ContractView,
    /// How many others fit as well.
    pub others: usize,
}

/// Looks them up.
///
/// # Errors
/// `USER_AGREEMENT_NOT_EXIST`, `USER_NOT_EXIST_ERROR`, `PRODUCT_CODE_NOT_SUPPORTED_ERROR`.
pub(super) async fn find(shared: &Shared, opened: &Opened, key: &AgreementKey) -> Result<Found, GatewayError> {
    let found = match key {
        AgreementKey::Number(number) => by_number(shared, opened, number).await?,
        AgreementKey::External { personal_product_code, sign_scene, external_agreement_no } => {
            is_offered(personal_product_code)?;
            let look = shared.wallet.agreement_numbered(opened.app.client_id.clone(), external_agreement_no.clone());
            let found = look.await.map_err(|fault| failed(opened, &fault))?;
            let is_meant = |view: &ContractView| {
                let wanted = |terms: &AgreementTerms| {
                    terms.personal_product == *personal_product_code && terms.scene == *sign_scene
                };
                terms_of(view).is_some_and(wanted)
            };
            found.filter(is_meant).into_iter().collect()
        }
        AgreementKey::User { personal_product_code, sign_scene, user } => {
            is_offered(personal_product_code)?;
            by_user(shared, opened, personal_product_code, sign_scene.as_deref(), user).await?
        }
    };
    let mut found = found.into_iter();
    let first = found.next().ok_or(SubCode::UserAgreementNotExist)?;
    Ok(Found { first, others: found.count() })
}

/// What is only this surface's; every contract has an id, and not every contract is an agreement.
pub(super) fn terms_of(view: &ContractView) -> Option<&AgreementTerms> {
    view.contract.terms.agreement.as_deref()
}

async fn by_number(shared: &Shared, opened: &Opened, number: &str) -> Result<Vec<ContractView>, GatewayError> {
    let found = shared.wallet.reader().contract(ContractId::new(number)).await;
    let found = found.map_err(|error| failed(opened, &Fault::Store(error)))?;
    let is_ours = |view: &ContractView| view.contract.client_id == opened.app.client_id && terms_of(view).is_some();
    Ok(found.filter(is_ours).into_iter().collect())
}

/// Those without a number of the merchant's come first: they are what a call without one means.
async fn by_user(
    shared: &Shared,
    opened: &Opened,
    product: &str,
    scene: Option<&str>,
    user: &UserKey,
) -> Result<Vec<ContractView>, GatewayError> {
    let client_id = &opened.app.client_id;
    let named = people::named(shared, client_id, user).await.map_err(|fault| failed(opened, &fault))?;
    let user_id = match (named, user) {
        (Some(user_id), _) => user_id,
        (None, UserKey::LogonId(_)) => return Ok(Vec::new()),
        (None, UserKey::Id(_) | UserKey::OpenId(_)) => return Err(SubCode::UserNotExistError.into()),
    };
    let look = shared.wallet.agreements_in_force(user_id, client_id.clone());
    let mut found = look.await.map_err(|fault| failed(opened, &fault))?;
    let is_meant =
        |terms: &AgreementTerms| terms.personal_product == product && scene.is_none_or(|scene| terms.scene == scene);
    found.retain(|view| view.state.is_live(shared.wallet.now()) && terms_of(view).is_some_and(is_meant));
    found.reverse();
    found.sort_by_key(|view| terms_of(view).is_some_and(|terms| terms.external_no.is_some()));
    Ok(found)
}

fn is_offered(product: &str) -> Result<(), GatewayError> {
    if matches!(product, PERIODIC | AT_WILL) { Ok(()) } else { Err(SubCode::ProductCodeNotSupportedError.into()) }
}

fn failed(opened: &Opened, fault: &Fault) -> GatewayError {
    errors::error_of(opened.call.method, fault, |refusal| errors::unexpected(opened.call.method, refusal))
}
