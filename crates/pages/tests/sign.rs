//! The signing page: what it shows to whom, what its forms carry, how it ends, and the page of a refused page method.

mod common;

use common::{html, named, rendered_of, text};
use jiff::civil::date;
use mithaq_pages::{
    CashierEnd, Exit, GatewayErrorContext, GatewayReport, Language, Merchant, Page, SignContext, SignEnd,
    SignEndContext, SignProblem, SignStep,
};

const EN: Language = Language::EnUs;

fn sign(page: SignContext) -> String {
    html(&Page::Sign(Box::new(page)))
}

fn end(exit: Exit, end: SignEnd) -> String {
    html(&Page::SignEnd(Box::new(SignEndContext { exit, ..SignEndContext::sample(EN, end) })))
}

fn alone(url: &str) -> Exit {
    Exit::Alone { redirect_url: Some(url.into()) }
}

#[test]
fn who_has_not_signed_in_reads_no_terms() {
    for (name, page, html) in rendered_of("sign-") {
        let Page::Sign(page) = page else { continue };
        let ready = matches!(page.step, SignStep::Ready { .. });
        let (shown, logon) = (text(&html), page.deal.logon_id.clone().unwrap_or_else(|| "Account there".into()));
        assert_eq!(shown.contains(&logon), ready && page.deal.logon_id.is_some(), "{name}");
        assert_eq!(html.contains("class=\"card deed\""), ready, "{name}");
    }
}

#[test]
fn a_page_of_an_interaction_and_one_that_stands_alone_send_their_forms_to_their_own_places() {
    let shell = named("sign-ready", EN);
    for action in ["confirm", "decline"] {
        let to = format!("action=\"/app/v1/interactions/8F2C41D0A97B4E55B1C3E06D7A9F1284/{action}\"");
        assert!(shell.contains(&to), "{to}");
    }
    assert!(shell.contains("data-ix=\"8F2C41D0A97B4E55B1C3E06D7A9F1284\"") && !shell.contains("name=\"signId\""));
    let alone = named("sign-ready-alone", EN) + &named("sign-login-alone", EN);
    for action in ["confirm", "decline", "login"] {
        assert!(alone.contains(&format!("action=\"/sign/{action}\"")), "{action}");
    }
    let fields = alone.matches("<input type=\"hidden\" name=\"signId\" value=\"663A8FA9D83648EE8AA11FF682989DC7\">");
    assert_eq!(fields.count(), alone.matches("<form").count());
    assert!(!alone.contains("data-ix"));
}

#[test]
fn the_balance_that_pays_is_shown_and_one_that_is_too_small_is_told() {
    let ready = text(&named("sign-ready", EN));
    assert!(ready.contains("Paid from Only your balance in CNY 500 CNY") && !ready.contains("Your balance is less"));
    assert!(
        text(&named("sign-poor", EN)).contains("5 CNY") && text(&named("sign-poor", EN)).contains("is less than that")
    );
}

#[test]
fn a_first_day_that_is_past_is_told_and_one_of_today_is_not() {
    let on = |today| {
        let mut page = SignContext::sample(EN);
        if let SignStep::Ready { today: shown, .. } = &mut page.step {
            *shown = today;
        }
        text(&sign(page)).contains("The first planned day is past. Nothing is taken until Zaytoun Market has named")
    };
    assert!(!on(date(2026, 1, 1)) && !on(date(2026, 2, 5)) && on(date(2026, 2, 6)));
}

#[test]
fn the_planned_days_are_said_in_full_to_whoever_does_not_see_the_dots() {
    let html = named("sign-ready", EN);
    assert!(html.contains("<time datetime=\"2026-02-05\"><span class=\"sr\">5 February 2026</span>"));
    assert!(
        html.contains("<time datetime=\"2027-01-05\">")
            && html.contains("<span class=\"sr\"><bdi>8</bdi> more days</span>")
    );
    assert_eq!(html.matches("<li class=\"spot").count(), 5);
    let arabic = named("sign-ready", Language::ArIq);
    assert!(arabic.contains("<span class=\"sr\">٥ كانون الثاني ٢٠٢٧</span>") && arabic.contains(">٥</b>"));
}

#[test]
fn what_was_signed_is_told_with_the_way_to_end_it() {
    for name in ["sign-signed", "sign-signed-before", "sign-signed-alone"] {
        let shown = text(&named(name, EN));
        assert!(shown.contains("Every month on the 5th, at most 9.90 CNY"), "{name}: {shown}");
        assert!(shown.contains("can end it there at any time"), "{name}");
    }
    assert!(text(&named("sign-signed-before", EN)).contains("Nothing was agreed a second time."));
    assert!(text(&named("sign-signed-at-will", EN)).contains("Whenever the merchant needs to, no fixed day"));
}

#[test]
fn every_failure_says_that_nothing_changed_or_where_to_look_and_what_to_do() {
    let until = "2026-12-01T06:30:00Z".parse().expect("an instant");
    for why in SignProblem::all(until) {
        let shown =
            text(&end(Exit::Alone { redirect_url: None }, SignEnd::Failed { merchant: None, why, report: None }));
        let calms = ["Nothing was agreed", "Nothing has changed", "There is nothing left to do here"];
        assert!(calms.iter().any(|calm| shown.contains(calm)), "{why:?}: {shown}");
    }
    assert!(text(&named("sign-failed-too-many", EN)).contains("You can have 10 periodic agreements"));
    assert!(text(&named("sign-failed-too-many", Language::ArIq)).contains("١٠ اتفاقيات دورية"));
    assert!(text(&named("sign-failed-locked", EN)).contains("1 December 2026, 09:30"));
}

#[test]
fn the_way_back_leads_to_the_merchants_site_names_its_host_and_is_never_a_script() {
    let declined = || SignEnd::Declined(Merchant::sample());
    let back = end(alone("https://shop.example/back?a=1"), declined());
    assert!(back.contains("href=\"https://shop.example/back?a=1\" rel=\"noreferrer\""), "{back}");
    assert!(text(&back).contains("Back to Zaytoun Market shop.example"));
    assert!(back.contains("href=\"/agreements\""));
    assert!(!end(alone("javascript:alert(1)"), declined()).contains("javascript"));
    let unknown = SignEnd::Failed { merchant: None, why: SignProblem::Unknown, report: None };
    assert!(!end(alone("https://shop.example/"), unknown).contains("shop.example"));
    assert!(!named("sign-declined", EN).contains("href=\"http"), "the shell closes the page");
}

#[test]
fn only_a_failure_that_is_the_merchants_shows_the_codes_for_its_developer() {
    for (name, page, html) in rendered_of("sign-") {
        let Page::SignEnd(page) = page else { continue };
        let told = matches!(page.end, SignEnd::Failed { report: Some(_), .. });
        assert_eq!(html.contains("isv.invalid-signature"), told, "{name}");
    }
}

#[test]
fn a_refused_page_method_shows_every_code_and_says_what_to_do() {
    let shown = text(&named("gateway-error", EN));
    for words in [
        "This page could not be opened",
        "sub_code isv.invalid-signature",
        "code 40002 Invalid Arguments",
        "method alipay.user.agreement.page.sign",
        "app_id 2021000000000001",
        "app_id=2021000000000001&biz_content={\"product_code\":",
        "Compare the text above, character by character",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(named("gateway-error", Language::ArIq).contains("<pre class=\"sub-msg\" dir=\"ltr\" lang=\"en\""));
    assert!(!text(&named("gateway-error-bare", EN)).contains("app_id 2"));
}

#[test]
fn what_to_do_fits_the_code() {
    for (sub_code, words) in [
        ("isv.missing-signature", "Compare the text above"),
        ("isv.invalid-signature-type", "Send sign_type RSA2"),
        ("isv.missing-signature-type", "Send sign_type RSA2"),
        ("isv.missing-signature-config", "Register the app’s public key"),
        ("isv.missing-signature-key", "Register the app’s public key"),
        ("isv.invalid-app-id", "Send the app_id"),
        ("isv.missing-app-cert-sn", "Send app_cert_sn"),
        ("isv.invalid-timestamp", "yyyy-MM-dd HH:mm:ss"),
        ("isv.invalid-charset", "Send charset"),
        ("isv.invalid-method", "Check the method’s name"),
        ("isp.unknow-error", "Query by your own number"),
        ("INVALID_PARAMETER", "Correct what the sentence above names"),
        ("", "Correct what the sentence above names"),
    ] {
        let report = GatewayReport { sub_code: sub_code.into(), ..GatewayReport::sample() };
        let frame = SignContext::sample(EN).frame;
        let shown = text(&html(&Page::GatewayError(GatewayErrorContext { frame, report })));
        assert!(shown.contains(words), "{sub_code}: {shown}");
    }
}

#[test]
fn an_agreement_beside_an_order_is_a_switch_that_stays_as_it_was_left() {
    let switch = "<input type=\"checkbox\" role=\"switch\" id=\"agreement\" name=\"agreement\" value=\"yes\"";
    let on = named("cashier-offered", EN);
    let off = named("cashier-offered-off-pin-wrong", EN);
    let checked =
        |html: &str| html.split(switch).nth(1).expect("a switch").split('>').next().map(|tag| tag.contains(" checked"));
    assert_eq!((checked(&on), checked(&off)), (Some(true), Some(false)));
    let shown = text(&on);
    for words in [
        "Also allow Zaytoun Market to charge your wallet on these days, without asking you each time",
        "You can pay without it: switch it off.",
        "Every month on the 5th, the first time on 5 February 2026",
        "Enter your PIN to pay and agree",
        "Valid Until one of you ends it",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!named("cashier-ready", EN).contains("name=\"agreement\""));
    assert!(
        text(&named("cashier-offered-at-will", EN)).contains("No day, no amount and no number of charges is fixed.")
    );
}

#[test]
fn a_payment_says_what_came_of_the_agreement_beside_it() {
    for (name, words) in [
        ("cashier-paid-and-signed", "The agreement is signed too Every month on the 5th, at most 9.90 CNY"),
        ("cashier-paid-not-wanted", "No agreement was signed You have switched it off. Only this payment was made."),
        (
            "cashier-paid-not-signed",
            "The agreement was not signed This agreement cannot be signed again. Only the payment was made.",
        ),
    ] {
        let shown = text(&named(name, EN));
        assert!(shown.contains(words), "{words}: {shown}");
        assert!(shown.contains("You paid Zaytoun Market"));
    }
    for (name, page, html) in rendered_of("cashier-paid") {
        let Page::CashierEnd(page) = page else { continue };
        let answered = matches!(page.end, CashierEnd::Paid { agreement: Some(_), .. });
        assert_eq!(html.contains("class=\"answer"), answered, "{name}");
    }
}
