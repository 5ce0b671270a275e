//! What the user reads before agreeing, and what the wallet keeps of it, are the same lines.

mod common;

use common::{rendered, renderer, text};
use jiff::civil::date;
use mithaq_pages::{AuthorizeContext, AuthorizeStep, Language, Page};
use mithaq_types::{Currency, Money};

fn shown(page: &AuthorizeContext) -> String {
    text(&renderer().render(&Page::Authorize(page.clone())).expect("renders"))
}

fn kept(page: &AuthorizeContext) -> String {
    renderer().terms_text(page).expect("renders")
}

#[test]
fn every_line_that_is_kept_was_on_the_page() {
    for (name, page, html) in rendered() {
        let Page::Authorize(page) = page else { continue };
        if matches!(page.step, AuthorizeStep::Login { .. }) {
            continue;
        }
        let shown = text(&html);
        for line in kept(&page).lines().skip(2) {
            let parts = if shown.contains(line) { vec![line] } else { line.splitn(2, ": ").collect() };
            for part in parts {
                assert!(shown.contains(part), "{name}: {part}");
            }
        }
    }
}

#[test]
fn what_is_kept_does_not_depend_on_the_users_step() {
    let mut page = AuthorizeContext::sample(Language::ArIq);
    let before = kept(&page);
    page.step = AuthorizeStep::Standalone { link: "elsewhere".into() };
    assert_eq!(kept(&page), before);
}

#[test]
fn an_offer_with_everything_stated_reads_like_this() {
    let expected = "mithaq-terms/1\nen-US\nlocalhost:7600\n\
        Allow Zaytoun Market to charge your wallet without asking you each time?\nVerified merchant\nFresh Box\n\
        At most, each charge: 5,000 IQD\nFirst charge: Not before 1 December 2026\nNumber of charges: Not limited\n\
        Paid from: Wallet balance\nEnds: When you end it\n\
        Every charge is listed in Agreements. End this there at any time, and charges stop.\n\
        What you agree to\nWritten by Zaytoun Market\n\
        Fresh Box, delivered on the first Saturday of each month, 5,000 IQD each.\nPause or skip a box in the shop.";
    assert_eq!(kept(&AuthorizeContext::sample(Language::EnUs)), expected);
}

#[test]
fn an_amount_that_was_not_stated_is_said_in_words_and_never_invented() {
    let page = AuthorizeContext::bare_sample(Language::EnUs);
    let words = "The merchant did not state a maximum amount per charge. \
        The wallet’s own limit of 10,000,000 IQD per charge applies.";
    assert!(shown(&page).contains(words) && kept(&page).contains(words));
    assert!(!shown(&page).contains("At most, each charge"));
    assert!(shown(&page).contains("First charge Any time after you agree"));
    assert!(shown(&page).contains("Ends When you end it"));
}

#[test]
fn no_period_is_claimed_that_the_merchant_did_not_state() {
    let mut page = AuthorizeContext::sample(Language::EnUs);
    page.offer.description = "Fresh Box.".into();
    for word in ["month", "week", "year", "every day"] {
        assert!(!kept(&page).to_lowercase().contains(word), "{word}");
    }
}

#[test]
fn amounts_show_the_currencys_decimals_in_the_languages_digits() {
    let mut page = AuthorizeContext::sample(Language::ArIq);
    page.offer.agreed_amount = Some(Money::new(1_250, Currency::IQD));
    page.offer.start_date = Some(date(2027, 1, 9));
    assert!(shown(&page).contains("١٫٢٥٠ د.ع"));
    assert!(shown(&page).contains("٩ كانون الثاني ٢٠٢٧"));
    page.frame.language = Language::EnUs;
    assert!(shown(&page).contains("1.250 IQD"));
}

#[test]
fn the_merchants_name_is_shown_in_the_pages_language_if_it_has_one() {
    let mut page = AuthorizeContext::sample(Language::ArIq);
    assert!(shown(&page).contains("سوق زيتون") && !shown(&page).contains("Zaytoun"));
    page.offer.merchant.name_ar = None;
    assert!(shown(&page).contains("Zaytoun Market"));
}
