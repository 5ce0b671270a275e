//! From a merchant's request to an offer that a user may sign: on a page of its own, or together with a payment
//! (spec/alipay-agreement.md 2.1, 2.12).

use super::{Opened, errors};
use crate::state::Shared;
use mithaq_alipay::messages::{AT_WILL, AgreementTerms as Asked, FAR_AWAY, PERIODIC, PageSign, Period, SignParams};
use mithaq_alipay::{GatewayError, Method, SignOutcome, SignType, SubCode};
use mithaq_domain::{AgreementTerms, Every, Language, Offer, Plan, Refusal, Signer, Terms};
use mithaq_types::{Clock as _, Currency, CustomerId, GatewayAppId, SystemClock};
use mithaq_wallet::Fault;

/// The scene of those who name none (2.1).
const NO_SCENE: &str = "DEFAULT|DEFAULT";
/// Sales products: what `product_code` may be.
const PRODUCTS: [&str; 2] = ["CYCLE_PAY_AUTH", "GENERAL_WITHHOLDING"];

/// The offer of an `alipay.user.agreement.page.sign`. It is opened now: `effect_time` and `sign_validity_period` count from here.
///
/// # Errors
/// What of the request the wallet does not take.
pub(crate) async fn offer(shared: &Shared, opened: &Opened) -> Result<Offer, GatewayError> {
    let call = &opened.call;
    let asked = PageSign::parse(&call.biz_content, Currency::CNY)
        .map_err(|error| GatewayError::content(call.method, &error))?;
    if !asked.is_direct {
        let message =
            "agreement_effect_type must be DIRECT, or be left out: agreements of this wallet are in force at once.";
        return Err(GatewayError::with_message(SubCode::NotSupportedBusiness, message));
    }
    let beside =
        Beside { signer: signer(&asked)?, notify_url: call.notify_url.clone(), return_url: call.return_url.clone() };
    prepare(shared, opened, &asked.terms, beside).await
}

/// The offer of `agreement_sign_params`, which is signed together with a payment if the payer wants. Signing is told at
/// `sign_notify_url`, or else where the trade is (1.9).
///
/// # Errors
/// As [`offer`].
pub(crate) async fn offer_with_payment(
    shared: &Shared,
    opened: &Opened,
    params: &SignParams,
) -> Result<Offer, GatewayError> {
    let notify_url = params.sign_notify_url.clone().or_else(|| opened.call.notify_url.clone());
    prepare(shared, opened, &params.terms, Beside { signer: None, notify_url, return_url: None }).await
}

/// What an agreement's request has beside the terms.
struct Beside {
    signer: Option<Signer>,
    notify_url: Option<String>,
    return_url: Option<String>,
}

async fn prepare(shared: &Shared, opened: &Opened, asked: &Asked, beside: Beside) -> Result<Offer, GatewayError> {
    let method = opened.call.method;
    let terms = terms(shared, opened, asked, beside)?;
    let terms = Terms {
        // Its page speaks the user's language, whatever the merchant's is: the request names none.
        language: Language::EnUs,
        title: None,
        description: String::new(),
        agreed_amount: None,
        start_date: None,
        status_notify_url: None,
        agreement: Some(Box::new(terms)),
    };
    let prepared = shared.wallet.prepare(opened.app.client_id.clone(), None, terms).await;
    prepared.map_err(|fault| to_error(method, &fault))
}

fn terms(shared: &Shared, opened: &Opened, asked: &Asked, beside: Beside) -> Result<AgreementTerms, GatewayError> {
    let (app, call) = (&opened.app, &opened.call);
    is_offered(call.method, asked)?;
    let now = shared.wallet.now();
    // A sandbox's clock may stand anywhere, while a merchant's shows the time of day.
    let in_time = |now| asked.may_open(call.timestamp, now);
    let is_in_time = in_time(now) || (shared.sandbox.is_some() && in_time(SystemClock.now()));
    if !is_in_time {
        return Err(said_of(SignOutcome::TooLate));
    }
    if let Some(Err(refused)) = beside.notify_url.as_deref().map(|url| shared.guard.check_url(url)) {
        return Err(invalid(call.method, format!("notify_url cannot be used: {refused}.")));
    }
    let plan = plan(shared, call.method, asked)?;
    Ok(AgreementTerms {
        app_id: GatewayAppId::new(app.app_id.as_str()),
        personal_product: asked.personal_product_code.clone(),
        product: asked.product_code.clone(),
        scene: asked.sign_scene.clone().unwrap_or_else(|| NO_SCENE.to_owned()),
        external_no: asked.external_agreement_no.clone(),
        logon_id: asked.external_logon_id.clone(),
        third_party: asked.third_party_type.clone().unwrap_or_else(|| "PARTNER".to_owned()),
        currency: Currency::CNY,
        plan,
        ends_at: asked.validity.map_or(FAR_AWAY, |validity| validity.end(now)),
        notify_url: beside.notify_url,
        return_url: beside.return_url,
        signer: beside.signer,
        sha1: call.sign_type == SignType::Rsa,
        wallet_deducts: app.wallet_deducts && plan.is_some(),
    })
}

/// Whether the wallet has the product. A periodic agreement may be sold as either; one at will only as what it is.
fn is_offered(method: Method, asked: &Asked) -> Result<(), GatewayError> {
    let (personal, product) = (asked.personal_product_code.as_str(), asked.product_code.as_deref());
    if PRODUCTS.contains(&personal) || matches!(product, Some(PERIODIC | AT_WILL)) {
        let message = "personal_product_code is the one that ends in _P, product_code the one that does not. They are swapped, \
                       or the same stands in both.";
        return Err(unsupported(method, message));
    }
    let sold_as = match personal {
        PERIODIC => &PRODUCTS[..],
        AT_WILL => &PRODUCTS[1..],
        _ => return Err(unsupported(method, SubCode::ProductCodeNotSupportedError.message())),
    };
    if product.is_none_or(|product| sold_as.contains(&product)) {
        return Ok(());
    }
    let message = format!("product_code must be {} where personal_product_code is {personal}.", sold_as.join(" or "));
    Err(unsupported(method, message))
}

fn plan(shared: &Shared, method: Method, asked: &Asked) -> Result<Option<Plan>, GatewayError> {
    let Some(rule) = asked.period_rule else { return Ok(None) };
    let most = shared.wallet.policy().charge_ceiling(rule.single.currency);
    if rule.single.minor > most.minor {
        let message =
            format!("period_rule_params.single_amount is above what one deduction may take in this wallet: {most}.");
        return Err(invalid(method, message));
    }
    let every = match rule.period {
        Period::Days(days) => Every::Days(days),
        Period::Months(months) => Every::Months(months),
    };
    let plan = Plan { every, first: rule.first, single: rule.single, total: rule.total, payments: rule.payments };
    if plan.is_possible() { Ok(Some(plan)) } else { Err(invalid(method, "period_rule_params is no possible plan.")) }
}

/// Who must sign. What the wallet cannot compare is not passed over in silence: the merchant relies on it.
fn signer(asked: &PageSign) -> Result<Option<Signer>, GatewayError> {
    let identity = asked.identity.clone().unwrap_or_default();
    for (name, given) in [("cert_no", &identity.cert_no), ("identity_hash", &identity.identity_hash)] {
        if given.is_some() {
            let message = format!(
                "identity_params.{name} cannot be checked: this wallet keeps no numbers of identity documents. Leave it out, \
                 and name the user by user_name or sign_user_id."
            );
            return Err(GatewayError::with_message(SubCode::InvalidParameter, message));
        }
    }
    let (age_min, age_max) = asked.ages.map_or((None, None), |ages| (ages.min, ages.max));
    let signer =
        Signer { name: identity.user_name, customer_id: identity.sign_user_id.map(CustomerId::new), age_min, age_max };
    Ok((signer != Signer::default()).then_some(signer))
}

/// A wrong member, in the method's own code for it.
fn invalid(method: Method, message: impl Into<String>) -> GatewayError {
    GatewayError::with_message(method.invalid_parameter(), message)
}

/// A product that is not there. Methods that make trades have no code of their own for it.
fn unsupported(method: Method, message: impl Into<String>) -> GatewayError {
    match method {
        Method::PageSign | Method::AppPay => GatewayError::with_message(SubCode::ProductCodeNotSupportedError, message),
        _ => invalid(method, message),
    }
}

/// Why no offer could be made.
fn to_error(method: Method, fault: &Fault) -> GatewayError {
    errors::error_of(method, fault, |refusal| match refusal {
        Refusal::AgreementPayNotAgreed | Refusal::AgreementPaySuspended => said_of(SignOutcome::ProductNotOpen),
        Refusal::ClientSuspended | Refusal::ClientUnknown => said_of(SignOutcome::MerchantStopped),
        _ => SubCode::SystemError.into(),
    })
}

/// What is said of a signing that did not succeed.
pub(crate) fn said_of(outcome: SignOutcome) -> GatewayError {
    outcome.error().unwrap_or_else(|| SubCode::SystemError.into())
}
