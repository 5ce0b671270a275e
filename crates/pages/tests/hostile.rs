//! What merchants, users and callers wrote never becomes markup, and never turns the order of writing.

mod common;

use common::renderer;
use mithaq_pages::{
    AuthorizeContext, AuthorizeStep, CashierEnd, CashierStep, ConsentContext, ConsentStep, End, EndContext,
    ErrorContext, ErrorKind, Exit, GatewayErrorContext, GatewayReport, Language, Merchant, Order, Page, SignEnd,
    SignEndContext, SignInContext, SignInStep, SignProblem, SignStep,
};

#[test]
fn a_contract_text_that_looks_like_markup_is_shown_as_text() {
    for language in Language::ALL {
        let page = Page::Authorize(AuthorizeContext::bare_sample(language));
        let html = renderer().render(&page).expect("renders");
        assert!(html.contains("Monthly &amp; &lt;b&gt;"));
        assert!(html.contains("Corner &lt;Shop&gt;"));
        assert!(!html.contains("<b>\n") && !html.contains("<Shop>"));
    }
}

/// Text that would break out of an element, of an attribute, or of the order of writing.
const HOSTILE: &str = "\"'></p></template><script>alert(1)</script>\u{202E}\u{2069}&amp;";

#[test]
fn nothing_that_others_wrote_becomes_markup() {
    let merchant = || Merchant { name: HOSTILE.into(), name_ar: Some(HOSTILE.into()), verified: true };
    for language in Language::ALL {
        let mut pages = Vec::new();
        for sample in Page::samples(language) {
            match sample.page {
                Page::Authorize(mut page) => {
                    page.offer.merchant = merchant();
                    page.offer.title = Some(HOSTILE.into());
                    page.offer.description = HOSTILE.into();
                    page.frame.host = HOSTILE.into();
                    match &mut page.step {
                        AuthorizeStep::Login { phone, .. } => *phone = HOSTILE.into(),
                        AuthorizeStep::Ready { monthly_ceiling, .. } => *monthly_ceiling = HOSTILE.into(),
                        AuthorizeStep::Standalone { link } => *link = HOSTILE.into(),
                    }
                    pages.push(Page::Authorize(page));
                }
                Page::Consent(page) => {
                    let step = match page.step {
                        ConsentStep::Login { problem, .. } => ConsentStep::Login { phone: HOSTILE.into(), problem },
                        ConsentStep::Ready { .. } => ConsentStep::Ready { user_name: HOSTILE.into() },
                    };
                    pages.push(Page::Consent(ConsentContext { merchant: merchant(), step, ..page }));
                }
                Page::Cashier(mut page) => {
                    let soil = |order: &mut Order| {
                        order.merchant = merchant();
                        order.title = Some(HOSTILE.into());
                        order.description = HOSTILE.into();
                        order.reference = Some(HOSTILE.into());
                    };
                    match &mut page.step {
                        CashierStep::Login { phone, .. } => *phone = HOSTILE.into(),
                        CashierStep::Ready(checkout) => {
                            soil(&mut checkout.order);
                            checkout.user_name = HOSTILE.into();
                            checkout.cards.iter_mut().for_each(|card| card.name.issuer = HOSTILE.into());
                        }
                        CashierStep::Processing { order, .. } => soil(order),
                        CashierStep::Standalone { link, order } => {
                            *link = HOSTILE.into();
                            order.iter_mut().for_each(|order| soil(order));
                        }
                    }
                    pages.push(Page::Cashier(page));
                }
                Page::CashierEnd(mut page) => {
                    let CashierEnd::Paid { receipt, .. } = &mut page.end else { continue };
                    receipt.merchant = merchant();
                    receipt.title = Some(HOSTILE.into());
                    receipt.description = HOSTILE.into();
                    receipt.reference = Some(HOSTILE.into());
                    receipt.back.iter_mut().for_each(|back| back.reason = Some(HOSTILE.into()));
                    page.exit = Exit::Alone { redirect_url: Some(format!("https://{HOSTILE}")) };
                    pages.push(Page::CashierEnd(page));
                }
                Page::Agreements(mut page) => {
                    page.user_name = HOSTILE.into();
                    for agreement in &mut page.agreements {
                        agreement.merchant = merchant();
                        agreement.title = Some(HOSTILE.into());
                    }
                    pages.push(Page::Agreements(page));
                }
                Page::Sign(mut page) => {
                    page.merchant = merchant();
                    (page.deal.scene, page.deal.logon_id) = (HOSTILE.into(), Some(HOSTILE.into()));
                    page.exit = Exit::Alone { redirect_url: Some(format!("https://{HOSTILE}")) };
                    match &mut page.step {
                        SignStep::Login { phone, .. } => *phone = HOSTILE.into(),
                        SignStep::Ready { user_name, .. } => *user_name = HOSTILE.into(),
                        SignStep::Doorstep { .. } => {}
                    }
                    pages.push(Page::Sign(page));
                }
                Page::GatewayError(page) => {
                    let report = GatewayReport {
                        method: Some(HOSTILE.into()),
                        app_id: Some(HOSTILE.into()),
                        code: HOSTILE.into(),
                        msg: HOSTILE.into(),
                        sub_code: HOSTILE.into(),
                        sub_msg: HOSTILE.into(),
                    };
                    let why = SignProblem::Signature;
                    let end = SignEnd::Failed { merchant: Some(merchant()), why, report: Some(report.clone()) };
                    let exit = Exit::Alone { redirect_url: Some(format!("https://{HOSTILE}")) };
                    let end = SignEndContext { exit, ..SignEndContext::sample(language, end) };
                    pages.push(Page::SignEnd(Box::new(end)));
                    pages.push(Page::GatewayError(GatewayErrorContext { report, ..page }));
                }
                Page::Agreement(mut page) => {
                    if let Some(signed) = &mut page.agreement.signed {
                        (signed.deal.scene, signed.deal.logon_id) = (HOSTILE.into(), Some(HOSTILE.into()));
                    }
                    page.agreement.merchant = merchant();
                    page.agreement.title = Some(HOSTILE.into());
                    page.charges.iter_mut().for_each(|charge| charge.description = HOSTILE.into());
                    page.accepted.text = HOSTILE.into();
                    page.accepted.hash = HOSTILE.into();
                    pages.push(Page::Agreement(page));
                }
                Page::SignIn(SignInContext { frame, contract_id, step: SignInStep::Form { csrf, problem, .. } }) => {
                    let step = SignInStep::Form { csrf, phone: HOSTILE.into(), problem };
                    pages.push(Page::SignIn(SignInContext { frame, contract_id, step }));
                }
                _ => {}
            }
        }
        pages.push(Page::End(EndContext::sample(language, End::Unavailable(merchant()))));
        let error = ErrorContext::sample(language, ErrorKind::Internal);
        pages.push(Page::Error(ErrorContext { trace_id: Some(HOSTILE.into()), ..error }));
        for page in pages {
            let html = renderer().render(&page).expect("renders");
            assert!(!html.contains("<script>") && !html.contains('\u{202E}'), "{page:?}");
            assert_eq!(html.matches("<bdi").count(), html.matches("</bdi>").count(), "{page:?}");
            assert!(html.contains("&lt;script&gt;alert(1)&lt;"), "{page:?}");
        }
    }
}
