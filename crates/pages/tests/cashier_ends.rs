//! How the cashier ends: what happened, what moved, what one can do next; and the receipt that one keeps.

mod common;

use common::{html, named, rendered, text};
use mithaq_pages::{
    BackKind, CashierEnd, CashierEndContext, Exit, Language, Merchant, MoneyBack, Page, PaidFrom, Receipt,
    ReceiptStatus, asset,
};
use mithaq_types::{Currency, Money};

fn paid(receipt: Receipt) -> String {
    let balance_left = Some(Money::new(231_500_000, Currency::IQD));
    let end = CashierEnd::Paid { receipt: Box::new(receipt), balance_left, just_now: true, agreement: None };
    html(&Page::CashierEnd(CashierEndContext::sample(Language::EnUs, end)))
}

#[test]
fn what_was_paid_is_shown_with_everything_that_one_keeps() {
    let shown = text(&named("cashier-paid", Language::EnUs));
    let expected = [
        "You paid Zaytoun Market",
        "Amount 18,500 IQD",
        "Status Paid",
        "To Zaytoun Market Verified merchant",
        "For Basket of 3",
        "When 1 December 2026, 09:30",
        "Paid from Wallet balance",
        "Order number ZM-2026-10482",
        "Payment number 20261201093000100200162000000000017",
        "Left in your wallet 231,500 IQD",
    ];
    for words in expected {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let card = text(&named("cashier-paid-card", Language::EnUs));
    assert!(card.contains("Paid from Rafidain Bank •••• 4242"), "{card}");
}

#[test]
fn an_order_that_was_paid_before_says_that_nothing_was_taken_twice() {
    let shown = text(&named("cashier-paid-before", Language::EnUs));
    assert!(shown.contains("You have paid this already Nothing was taken a second time."), "{shown}");
    assert!(!shown.contains("Left in your wallet"));
}

#[test]
fn what_came_back_is_listed_and_what_stays_is_counted() {
    let shown = text(&named("cashier-paid-refunded", Language::EnUs));
    let expected = [
        "Status Paid, and partly given back",
        "Refund On 2 December 2026, 09:30 · Dates were sold out 4,000 IQD",
        "Refund On 3 December 2026, 09:30 2,500 IQD",
        "You paid in the end 12,000 IQD",
    ];
    for words in expected {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let reversed = text(&named("cashier-paid-reversed", Language::EnUs));
    assert!(reversed.contains("The money was given back You paid 18,500 IQD to Zaytoun Market."), "{reversed}");
    assert!(reversed.contains("Status Given back in full") && !reversed.contains("already"));
    assert!(reversed.contains("Cancelled by the merchant On") && reversed.contains("in the end 0 IQD"));
    let less = text(&named("cashier-paid-less", Language::EnUs));
    assert!(less.contains("Not taken On") && less.contains("You paid in the end 15,000 IQD"), "{less}");
    let held = text(&named("cashier-held-less", Language::EnUs));
    assert!(held.contains("Still set aside 15,000 IQD") && !held.contains("in the end"), "{held}");
}

#[test]
fn sums_that_no_receipt_can_have_do_not_break_it() {
    let at = "2026-12-01T06:30:00Z".parse().expect("an instant");
    let back = |minor| MoneyBack { kind: BackKind::Refund, amount: Money::new(minor, Currency::IQD), at, reason: None };
    let back = vec![back(i64::MAX), back(i64::MAX), back(i64::MIN)];
    let shown = text(&paid(Receipt { back, ..Receipt::sample(Language::EnUs) }));
    assert!(shown.contains("Payment number"), "{shown}");
}

#[test]
fn a_hold_says_that_nobody_has_the_money_yet_and_a_dispute_that_it_stays_where_it_is() {
    let held = text(&named("cashier-held", Language::EnUs));
    assert!(held.contains("Set aside for Zaytoun Market"), "{held}");
    assert!(held.contains("Zaytoun Market does not have it yet") && held.contains("8 December 2026 at the latest"));
    let disputed = text(&named("cashier-held-dispute", Language::EnUs));
    assert!(disputed.contains("This payment is in dispute."), "{disputed}");
    assert!(!disputed.contains("given back to you on"));
}

#[test]
fn an_end_without_a_payment_says_that_no_money_moved() {
    for (name, page, html) in rendered() {
        let Page::CashierEnd(page) = page else { continue };
        let said = ["Nothing was paid", "No money was taken", "Nothing was taken", "لم يُدفع شيء", "لم يُؤخذ"];
        let quiet = match &page.end {
            CashierEnd::Paid { receipt, just_now, .. } => {
                *just_now
                    || matches!(receipt.status, ReceiptStatus::GivenBack | ReceiptStatus::Processing)
                    || !receipt.back.is_empty()
            }
            // Whether the order is paid is not known here; the page says where to look.
            CashierEnd::PageOver => true,
            _ => false,
        };
        assert!(quiet || said.iter().any(|words| text(&html).contains(words)), "{name}");
    }
}

#[test]
fn only_the_users_own_decision_tells_the_shell_by_itself() {
    for (name, page, html) in rendered() {
        let Page::CashierEnd(page) = page else { continue };
        let in_shell = matches!(page.exit, Exit::Shell(_));
        let paid = matches!(page.end, CashierEnd::Paid { just_now: true, .. });
        assert_eq!(
            html.contains("data-announce=\"done\""),
            in_shell && matches!(page.end, CashierEnd::Declined(_)),
            "{name}"
        );
        assert_eq!(html.contains("data-tell=\"done\" data-linger"), in_shell && paid, "{name}");
        assert_eq!(html.contains("data-tell=\"close\""), in_shell && !paid, "{name}");
        assert_eq!(html.contains("href=\"/wallet\""), !in_shell, "{name}");
    }
}

#[test]
fn the_way_back_to_the_merchant_is_a_link_outside_the_shell_and_only_to_a_site() {
    let alone = named("cashier-paid-alone", Language::EnUs);
    assert!(alone.contains("href=\"https://shop.example.iq/thanks?order=ZM-2026-10482\" rel=\"noreferrer\""));
    assert!(text(&alone).contains("Back to Zaytoun Market shop.example.iq To your wallet"));
    for url in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "httpsx://a", "", "\u{202E}https"] {
        let exit = Exit::Alone { redirect_url: Some(url.to_owned()) };
        let end = CashierEnd::Expired(Merchant::sample());
        let shown =
            html(&Page::CashierEnd(CashierEndContext { exit, ..CashierEndContext::sample(Language::EnUs, end) }));
        assert!(!shown.contains("rel=\"noreferrer\"") && !shown.contains("Back to Zaytoun"), "{url}");
    }
}

#[test]
fn a_receipt_is_an_article_with_a_heading_and_prints_without_buttons() {
    let html = paid(Receipt { source: PaidFrom::Balance, ..Receipt::sample(Language::EnUs) });
    assert!(html.contains("<article class=\"card receipt\" id=\"receipt\" aria-labelledby=\"receipt-title\">"));
    assert!(html.contains("<h2 id=\"receipt-title\">Receipt</h2>"));
    let bytes = asset("receipt.css").expect("shipped").bytes;
    let (_, print) = std::str::from_utf8(&bytes).expect("UTF-8").split_once("@media print").expect("a sheet for paper");
    assert!(print.contains("button, a.button") && print.contains("display: none"));
}
