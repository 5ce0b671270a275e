//! Agreements of the Alipay surface in "Agreements": how far a plan has come, what is next, what stands in its way.

mod common;

use common::{html, named, text};
use jiff::civil::date;
use mithaq_pages::{
    Agreement, AgreementContext, AgreementsContext, Deal, Language, Page, Plan, PlanProgress, PlanTrouble, Signed,
    Taker,
};
use mithaq_types::{Currency, Money};

const EN: Language = Language::EnUs;

fn yuan(fen: i64) -> Money {
    Money::new(fen, Currency::parse("CNY").expect("known"))
}

fn page(signed: Signed) -> String {
    let agreement = Agreement::signed_sample(EN, signed);
    html(&Page::Agreement(Box::new(AgreementContext { agreement, ..AgreementContext::sample(EN) })))
}

fn of(plan: Plan, progress: PlanProgress) -> Signed {
    Signed { deal: Deal::planned_sample(plan), progress: Some(progress) }
}

#[test]
fn a_plan_tells_how_far_it_has_come_what_is_next_and_its_terms() {
    let html = named("agreement-plan", EN);
    assert!(html.contains("<progress aria-label=\"How far it has come\" value=\"3\" max=\"12\">"));
    let shown = text(&html);
    for words in [
        "Verified merchant·Music, films and news",
        "Charged so far 29.70 CNY",
        "Charges: 3 of 12 29.70 of 118.80 CNY",
        "5 December 2026",
        "Next charge Between 30 November 2026 and 5 December 2026",
        "At most, each time 9.90 CNY Every month on the 5th",
        "Who takes it Zaytoun Market, each time",
        "Account there sara@zaytoun.example",
        "Valid Until one of you ends it",
        "End this agreement",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let arabic = text(&named("agreement-plan", Language::ArIq));
    for words in ["٣ من ١٢", "٢٩٫٧٠ من ١١٨٫٨٠ يوان", "٥ كانون الأول ٢٠٢٦"] {
        assert!(arabic.contains(words), "{words}: {arabic}");
    }
}

#[test]
fn the_list_says_the_same_in_short() {
    let mut list = AgreementsContext::sample(EN);
    list.agreements = vec![Agreement::signed_sample(EN, Signed::sample())];
    let shown = text(&html(&Page::Agreements(list.clone())));
    for words in [
        "Zaytoun Market",
        "Music, films and news",
        "At most, each time 9.90 CNY Every month on the 5th",
        "Next charge 5 December 2026",
        "Charges 3 of 12 29.70 of 118.80 CNY",
        "Account there sara@zaytoun.example",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    list.agreements = vec![Agreement::signed_sample(EN, Signed { deal: Deal::at_will_sample(), progress: None })];
    let shown = text(&html(&Page::Agreements(list)));
    assert!(shown.contains("Car rental") && shown.contains("When Whenever the merchant needs to, no fixed day"));
}

#[test]
fn an_attempt_that_failed_is_told_with_the_day_of_the_next_and_the_days_after_it_stay() {
    let shown = text(&named("agreement-plan-retried", EN));
    let words = "It could not be charged on 5 December 2026. The wallet tries again on 8 December 2026: see that 9.90 CNY is there by then.";
    assert!(shown.contains(words), "{shown}");
    assert!(shown.contains("Next charge On 8 December 2026"));
    assert!(shown.contains("5 January 2027") && !shown.contains("8 January 2027"), "{shown}");
}

#[test]
fn a_day_that_was_missed_is_told_and_no_next_one_is_invented() {
    let html = named("agreement-plan-missed", EN);
    let shown = text(&html);
    assert!(shown.contains("The charge of 5 December 2026 was not taken in time."), "{shown}");
    assert!(shown.contains("Nothing can be charged until Zaytoun Market names a later day."));
    assert!(!shown.contains("Next charge") && !html.contains("class=\"strip\""));
}

#[test]
fn a_plan_that_is_done_or_over_has_no_next_day() {
    assert!(text(&named("agreement-plan-done", EN)).contains("Next charge Nothing is left to be charged"));
    let html = named("agreement-plan-ended", EN);
    let over = text(&html);
    assert!(!over.contains("Next charge") && !html.contains("class=\"strip\""), "{over}");
    assert!(!over.contains("Valid Until"), "{over}");
    assert!(over.contains("Charges: 3 of 12"));
}

#[test]
fn what_is_left_is_counted_by_the_number_and_where_the_wallet_takes_it_by_the_sum() {
    let next = Some(date(2026, 12, 5));
    let progress = PlanProgress { paid: 10, taken: yuan(9_900), next, trouble: None };
    let shown = page(of(Plan::sample(), progress));
    assert_eq!(shown.matches("<li class=\"spot").count(), 2);
    let wallet = Taker::Wallet { told_days: 3, retry_days: 5 };
    let by_sum = Plan { payments: None, total: Some(yuan(12_870)), taker: wallet, ..Plan::sample() };
    let shown = page(of(by_sum, progress));
    assert_eq!(shown.matches("<li class=\"spot").count(), 3);
    assert!(shown.contains("value=\"9900\" max=\"12870\""), "{shown}");
    let endless = page(of(Plan::endless_sample(), progress));
    assert!(!endless.contains("<progress") && text(&endless).contains("Charges: 10 times 99 CNY"), "{endless}");
    let none = PlanProgress { paid: 0, taken: yuan(0), next, trouble: None };
    assert!(text(&page(of(Plan::endless_sample(), none))).contains("Charges: None so far 0 CNY"));
}

#[test]
fn trouble_without_a_day_says_nothing_and_breaks_nothing() {
    let progress = PlanProgress { paid: 99, taken: yuan(i64::MAX), next: None, trouble: Some(PlanTrouble::Missed) };
    let shown = page(of(Plan::sample(), progress));
    assert!(shown.contains("value=\"12\" max=\"12\"") && !text(&shown).contains("was not taken in time"));
}
