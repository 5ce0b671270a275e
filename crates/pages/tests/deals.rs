//! The words of a plan, and the evidence of what was signed: the same lines as on the page.

mod common;

use common::{rendered, renderer, text};
use jiff::civil::{Date, date};
use mithaq_pages::Language::{ArIq, EnUs};
use mithaq_pages::{
    CashierStep, Deal, Frame, Language, Merchant, Page, Plan, Rhythm, SignContext, SignStep, Taker, Taking,
};
use mithaq_types::{Currency, Money};

fn yuan(fen: i64) -> Money {
    Money::new(fen, Currency::parse("CNY").expect("known"))
}

fn evidence(language: Language, deal: &Deal) -> String {
    renderer().sign_text(&Frame::sample(language), &Merchant::sample(), deal).expect("renders")
}

/// The plan in its one sentence.
fn sentence_until(language: Language, plan: Plan, ends_on: Option<Date>) -> String {
    let deal = Deal { ends_on, ..Deal::planned_sample(plan) };
    evidence(language, &deal).lines().nth(6).expect("a sentence").to_owned()
}

fn sentence(language: Language, plan: Plan) -> String {
    sentence_until(language, plan, None)
}

fn plan(rhythm: Rhythm, first: Date, payments: Option<u32>) -> Plan {
    Plan { rhythm, first, payments, total: None, ..Plan::sample() }
}

#[test]
fn the_documents_example_reads_like_this_line_for_line() {
    let expected = "mithaq-deal/1\nen-US\nlocalhost:7600\n\
        Allow Zaytoun Market to charge your wallet on these days, without asking you each time?\nVerified merchant\n\
        At most, each time: 9.90 CNY\n\
        Every month on the 5th, the first time on 5 February 2026, at most 12 times and 118.80 CNY in all, \
        the last time on 5 January 2027.\n\
        Planned days: 5 February 2026 · 5 March 2026 · 5 April 2026 · 8 more days · 5 January 2027\n\
        For: Music, films and news\nAccount there: sara@zaytoun.example\nWho takes it: Zaytoun Market, each time\n\
        When: It may be taken up to 5 days before the planned day. The first: from 31 January 2026 to 5 February 2026.\n\
        If a day is moved: To a later day only, never to an earlier one. The days after it follow.\n\
        Paid from: Only your balance in CNY\nValid: Until one of you ends it\nHow to end it: In Agreements, at any time\n\
        Every charge is listed in Agreements. End this there at any time, and charges stop.";
    assert_eq!(evidence(EnUs, &Deal::sample()), expected);
}

#[test]
fn the_same_in_arabic_has_its_digits_and_its_months() {
    let kept = evidence(ArIq, &Deal::sample());
    for line in [
        "الحد الأعلى في كل مرة: ٩٫٩٠ يوان",
        "في اليوم ٥ من كل شهر، أول مرة في ٥ شباط ٢٠٢٦، ١٢ مرة على الأكثر وبما لا يتجاوز ١١٨٫٨٠ يوان في المجموع، آخر مرة في ٥ كانون الثاني ٢٠٢٧.",
        "المواعيد: ٥ شباط ٢٠٢٦ · ٥ آذار ٢٠٢٦ · ٥ نيسان ٢٠٢٦ · و٨ مواعيد أخرى · ٥ كانون الثاني ٢٠٢٧",
        "يُدفع من: رصيدك بعملة اليوان فقط",
    ] {
        assert!(kept.lines().any(|kept| kept == line), "{line}\n{kept}");
    }
    assert!(!kept.replace("sara@zaytoun.example", "").chars().skip(40).any(|letter| letter.is_ascii_digit()), "{kept}");
}

#[test]
fn every_rhythm_has_its_words() {
    let first = date(2026, 1, 8);
    for (rhythm, english, arabic) in [
        (Rhythm::Months(1), "Every month on the 8th,", "في اليوم ٨ من كل شهر،"),
        (Rhythm::Months(2), "Every 2 months on the 8th,", "كل شهرين، في اليوم ٨ من الشهر،"),
        (Rhythm::Months(3), "Every 3 months on the 8th,", "كل ٣ أشهر، في اليوم ٨ من الشهر،"),
        (Rhythm::Months(12), "Every year on 8 January,", "في ٨ كانون الثاني من كل سنة،"),
        (Rhythm::Months(18), "Every 18 months on the 8th,", "كل ١٨ شهراً، في اليوم ٨ من الشهر،"),
        (Rhythm::Months(100), "Every 100 months on the 8th,", "كل ١٠٠ شهر، في اليوم ٨ من الشهر،"),
        (Rhythm::Days(7), "Every 7 days, on Thursdays,", "كل ٧ أيام، يوم الخميس،"),
        (Rhythm::Days(14), "Every 14 days, on Thursdays,", "كل ١٤ يوماً، يوم الخميس،"),
        (Rhythm::Days(10), "Every 10 days,", "كل ١٠ أيام،"),
        (Rhythm::Days(30), "Every 30 days,", "كل ٣٠ يوماً،"),
        (Rhythm::Days(365), "Every 365 days,", "كل ٣٦٥ يوماً،"),
        (Rhythm::Days(100), "Every 100 days,", "كل ١٠٠ يوم،"),
    ] {
        let plan = plan(rhythm, first, None);
        for (language, beginning) in [(EnUs, english), (ArIq, arabic)] {
            let sentence = sentence(language, plan);
            assert!(sentence.starts_with(beginning), "{sentence}");
        }
    }
}

#[test]
fn days_of_the_month_have_their_endings() {
    for (day, words) in [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (28, "28th"),
    ] {
        let said = sentence(EnUs, plan(Rhythm::Months(1), date(2026, 1, day), None));
        assert!(said.starts_with(&format!("Every month on the {words},")), "{said}");
    }
}

#[test]
fn one_payment_is_said_to_be_one_and_has_no_rhythm() {
    let once = plan(Rhythm::Months(1), date(2026, 2, 5), Some(1));
    assert_eq!(sentence(EnUs, once), "Once, on 5 February 2026.");
    assert_eq!(sentence(ArIq, once), "مرة واحدة، في ٥ شباط ٢٠٢٦.");
    let kept = evidence(EnUs, &Deal::planned_sample(once));
    assert!(kept.contains("charge your wallet once, on 5 February 2026, without asking you again?"));
    assert!(kept.contains("At most: 9.90 CNY") && !kept.contains("Planned days"), "{kept}");
    assert!(kept.contains("When: On one of the days from 31 January 2026 to 5 February 2026."));
    assert!(!kept.contains("each time") && !kept.contains("The days after it"), "{kept}");
}

#[test]
fn numbers_and_sums_stand_in_the_sentence_only_where_the_merchant_stated_them() {
    let of = |payments, total| Plan { payments, total, ..Plan::sample() };
    let first = "Every month on the 5th, the first time on 5 February 2026";
    let arabic = "في اليوم ٥ من كل شهر، أول مرة في ٥ شباط ٢٠٢٦";
    let total = Some(yuan(50_000));
    for (plan, english, said) in [
        (of(None, None), String::new(), String::new()),
        (of(None, total), ", at most 500 CNY in all".into(), "، بما لا يتجاوز ٥٠٠ يوان في المجموع".into()),
        (
            of(Some(2), None),
            ", at most 2 times, the last time on 5 March 2026".into(),
            "، مرتين على الأكثر، آخر مرة في ٥ آذار ٢٠٢٦".into(),
        ),
        (
            of(Some(3), total),
            ", at most 3 times and 500 CNY in all, the last time on 5 April 2026".to_owned(),
            "، ٣ مرات على الأكثر وبما لا يتجاوز ٥٠٠ يوان في المجموع، آخر مرة في ٥ نيسان ٢٠٢٦".to_owned(),
        ),
    ] {
        assert_eq!(sentence(EnUs, plan), format!("{first}{english}."));
        assert_eq!(sentence(ArIq, plan), format!("{arabic}{said}."));
    }
}

#[test]
fn the_days_end_where_the_agreement_does() {
    let endless = plan(Rhythm::Months(1), date(2026, 2, 5), None);
    let until = |end| sentence_until(EnUs, endless, Some(end));
    assert!(until(date(2026, 6, 29)).ends_with("the last time on 5 June 2026."));
    // It may be taken up to five days before, while the agreement is still in force.
    assert!(until(date(2026, 6, 30)).ends_with("the last time on 5 July 2026."));
    let twelve = Plan { payments: Some(12), ..endless };
    let cut = sentence_until(EnUs, twelve, Some(date(2026, 4, 20)));
    assert!(cut.ends_with(", at most 3 times, the last time on 5 April 2026."), "{cut}");
    assert_eq!(until(date(2026, 1, 1)), "Every month on the 5th, the first time on 5 February 2026.");
}

#[test]
fn a_plan_without_an_end_goes_on_and_one_of_days_counts_days() {
    let kept = evidence(EnUs, &Deal::planned_sample(plan(Rhythm::Days(30), date(2026, 1, 30), None)));
    let days = "Planned days: 30 January 2026 · 1 March 2026 · 31 March 2026 · 30 April 2026 · and so on";
    assert!(kept.contains(days), "{kept}");
    let five = evidence(EnUs, &Deal::planned_sample(plan(Rhythm::Days(7), date(2026, 1, 8), Some(5))));
    assert!(five.contains("8 January 2026 · 15 January 2026 · 22 January 2026 · 29 January 2026 · 5 February 2026"));
}

#[test]
fn the_wallet_takes_all_of_it_each_time_and_says_when_it_tells() {
    let taker = Taker::Wallet { told_days: 3, retry_days: 5 };
    let by_sum = Plan { taker, payments: None, total: Some(yuan(2_500)), ..Plan::sample() };
    let kept = evidence(EnUs, &Deal::planned_sample(by_sum));
    for line in [
        "Each time: 9.90 CNY",
        "Planned days: 5 February 2026 · 5 March 2026 · 5 April 2026",
        "Who takes it: The wallet, by itself",
        "When: On the planned day. You are told 3 days before. If your balance is not enough, it is tried again for up to 5 days.",
    ] {
        assert!(kept.lines().any(|kept| kept == line), "{line}\n{kept}");
    }
    let at_once = Plan { taker: Taker::Merchant { window_days: 0 }, ..Plan::sample() };
    assert!(evidence(EnUs, &Deal::planned_sample(at_once)).contains("When: On the planned day only."));
}

#[test]
fn an_agreement_at_will_is_told_as_the_greater_power_it_is_and_names_no_day() {
    let kept = evidence(EnUs, &Deal::at_will_sample());
    for words in [
        "charge your wallet whenever it needs to, without asking you each time?",
        "Whenever the merchant needs to, no fixed day",
        "No day, no amount and no number of charges is fixed. Only the wallet’s own limit of 50,000 CNY per charge applies.",
        "For: Car rental",
        "Account there: 13852852877",
        "Valid: Until 5 March 2026",
    ] {
        assert!(kept.contains(words), "{words}\n{kept}");
    }
    for word in ["month", "every day", "Planned", "At most"] {
        assert!(!kept.contains(word), "{word}");
    }
}

#[test]
fn a_scene_without_words_is_shown_as_it_was_sent_and_the_default_not_at_all() {
    let scene = |scene: &str| evidence(EnUs, &Deal { scene: scene.into(), ..Deal::sample() });
    assert!(scene("INDUSTRY|BEAUTY").contains("\nFor: BEAUTY\n"));
    assert!(!scene("DEFAULT|DEFAULT").contains("\nFor: ") && !scene("").contains("\nFor: "));
}

#[test]
fn every_line_that_is_kept_was_on_the_page() {
    let mut pages = 0;
    for (name, page, html) in rendered() {
        let kept = match &page {
            Page::Sign(page) if matches!(page.step, SignStep::Ready { .. }) => {
                renderer().sign_text(&page.frame, &page.merchant, &page.deal)
            }
            Page::Cashier(page) => match &page.step {
                CashierStep::Ready(checkout) if checkout.offered.is_some() => {
                    let deal = &checkout.offered.as_ref().expect("offered").deal;
                    renderer().offered_text(&page.frame, &checkout.order.merchant, deal)
                }
                _ => continue,
            },
            _ => continue,
        };
        pages += 1;
        let shown = text(&html);
        for line in kept.expect("renders").lines().skip(3) {
            let parts = if shown.contains(line) { vec![line] } else { line.splitn(2, ": ").collect() };
            for part in parts.iter().flat_map(|part| part.split(" · ")) {
                assert!(shown.contains(part), "{name}: {part}\n{shown}");
            }
        }
    }
    assert!(pages > 30, "{pages}");
}

#[test]
fn what_is_kept_depends_on_the_deal_alone() {
    let page = SignContext::sample(ArIq);
    let kept = || renderer().sign_text(&page.frame, &page.merchant, &page.deal).expect("renders");
    assert_eq!(kept(), kept());
    let other = Deal { taking: Taking::AtWill { wallet_limit: yuan(1) }, ..page.deal.clone() };
    assert_ne!(kept(), renderer().sign_text(&page.frame, &page.merchant, &other).expect("renders"));
}

#[test]
fn impossible_plans_are_shown_without_a_panic() {
    let far = Plan { first: Date::MAX, ..Plan::sample() };
    let still = Plan { rhythm: Rhythm::Days(0), payments: Some(u32::MAX), ..Plan::sample() };
    let nothing = Plan {
        single: yuan(0),
        total: Some(yuan(0)),
        payments: Some(0),
        taker: Taker::Wallet { told_days: u16::MAX, retry_days: 0 },
        ..Plan::sample()
    };
    let early = Plan { first: Date::MIN, taker: Taker::Merchant { window_days: u16::MAX }, ..Plan::sample() };
    for plan in [far, still, nothing, early] {
        for language in Language::ALL {
            for ends_on in [None, Some(Date::MAX), Some(Date::MIN)] {
                assert!(!sentence_until(language, plan, ends_on).is_empty());
            }
        }
    }
}
