//! The pages of "Agreements": what a user sees of each contract, and what each state lets them do.

mod common;

use common::{rendered, renderer, text};
use mithaq_pages::news::Ending;
use mithaq_pages::{
    Accepted, AgreementContext, AgreementStep, AgreementsContext, AuthorizeContext, Language, Page, SignInContext,
    SignInStep, Standing, plain_block,
};

fn html(page: Page) -> String {
    renderer().render(&page).expect("renders").replace("&#x2f;", "/")
}

fn list(page: AgreementsContext) -> String {
    html(Page::Agreements(page))
}

fn one(page: AgreementContext) -> String {
    html(Page::Agreement(Box::new(page)))
}

#[test]
fn the_list_says_of_each_agreement_with_whom_how_it_stands_and_what_it_took() {
    let mut page = AgreementsContext::sample(Language::EnUs);
    page.agreements.truncate(1);
    let shown = text(&list(page.clone()));
    let expected = [
        "Zaytoun Market",
        "Verified merchant",
        "Fresh Box",
        "In force",
        "At most, each charge 5,000 IQD",
        "Your monthly limit 20,000 IQD 5,000 IQD taken this month",
        "Charges 2 · 10,000 IQD",
        "Last charge 28 November 2026",
        "Signed in as Sara Ali Hasan",
    ];
    for words in expected {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    page.frame.language = Language::ArIq;
    let shown = text(&list(page));
    for words in ["سوق زيتون", "سارٍ", "٥٬٠٠٠ د.ع", "٢ · ١٠٬٠٠٠ د.ع", "٢٨ تشرين الثاني ٢٠٢٦"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn every_agreement_in_the_list_leads_to_its_page() {
    let page = AgreementsContext::sample(Language::EnUs);
    let html = list(page.clone());
    for agreement in &page.agreements {
        let same = page.agreements.iter().filter(|other| other.contract_id == agreement.contract_id).count();
        let link = format!("href=\"/agreements/{}\"", agreement.contract_id);
        assert_eq!(html.matches(&link).count(), same);
    }
}

#[test]
fn agreements_that_are_over_stand_last_with_by_whom_and_when() {
    let mut page = AgreementsContext::sample(Language::EnUs);
    page.agreements.reverse();
    let html = list(page);
    let shown = text(&html);
    let over = shown.find("Ended by you on 30 November 2026").expect("shown");
    assert!(shown.find("In force").expect("shown") < over);
    for words in ["Ended by the merchant on", "Ended by the wallet on", "Ran out on"] {
        assert!(shown.contains(words), "{words}");
    }
    assert_eq!(html.matches("class=\"card deal over\"").count(), 4);
}

#[test]
fn a_limit_that_was_not_stated_is_not_in_the_list_and_is_said_to_be_absent_on_the_page() {
    let mut page = AgreementsContext::sample(Language::EnUs);
    page.agreements.truncate(1);
    page.agreements[0].agreed_amount = None;
    page.agreements[0].own_limit = None;
    let shown = text(&list(page.clone()));
    assert!(!shown.contains("At most") && !shown.contains("monthly limit"));
    let agreement = page.agreements.remove(0);
    let shown = text(&one(AgreementContext { agreement, ..AgreementContext::sample(Language::EnUs) }));
    assert!(shown.contains("At most, each charge Not stated The wallet’s own limit is 10,000,000 IQD"), "{shown}");
    assert!(shown.contains("Your monthly limit None"));
}

#[test]
fn the_accepted_text_is_shown_as_it_is_kept_in_its_own_direction() {
    for language in Language::ALL {
        let kept = renderer().terms_text(&AuthorizeContext::sample(language)).expect("renders");
        assert_eq!(plain_block(&kept), kept);
        let accepted = Accepted { text: kept.clone(), ..AgreementContext::sample(language).accepted };
        for spoken in Language::ALL {
            let page = AgreementContext { accepted: accepted.clone(), ..AgreementContext::sample(spoken) };
            let html = one(page);
            let opening = format!("<p class=\"contract\" lang=\"{}\" dir=\"{}\">", language.tag(), language.dir());
            let shown = html.split(&opening).nth(1).and_then(|rest| rest.split("</p>").next()).expect("shown");
            assert_eq!(shown.replace("&lt;", "<").replace("&amp;", "&"), kept);
            assert!(html.contains(&accepted.hash));
        }
    }
}

#[test]
fn every_charge_says_what_came_of_it() {
    let shown = text(&one(AgreementContext::sample(Language::EnUs)));
    assert!(shown.contains("Fresh Box, one month 5,000 IQD 28 November 2026, 09:30 Charged"), "{shown}");
    assert!(shown.contains("5,000 IQD 27 November 2026, 09:30 Not charged: your balance was not enough"));
}

#[test]
fn an_agreement_can_be_ended_unless_it_is_over_or_the_pin_is_locked() {
    for (name, page, html) in rendered() {
        let Page::Agreement(page) = page else { continue };
        let can = matches!(page.step, AgreementStep::End { .. });
        assert_eq!(html.contains("<form") && html.contains("name=\"pin\""), can, "{name}");
        assert_eq!(matches!(page.step, AgreementStep::Over { .. }), page.agreement.standing.is_over(), "{name}");
        assert_eq!(html.contains("#ending"), !page.agreement.standing.is_over(), "{name}");
    }
}

#[test]
fn a_locked_pin_says_when_it_opens_again() {
    let lock: jiff::Timestamp = "2026-12-01T06:30:00Z".parse().expect("an instant");
    let step = AgreementStep::Locked { until: lock };
    let shown = text(&one(AgreementContext { step, ..AgreementContext::sample(Language::EnUs) }));
    assert!(shown.contains("Your PIN is locked") && shown.contains("It opens again on 1 December 2026, 09:30"));
}

#[test]
fn what_has_just_been_ended_is_announced_to_screen_readers() {
    let mut page = AgreementContext::sample(Language::EnUs);
    let at = "2026-12-01T06:30:00Z".parse().expect("an instant");
    page.agreement.standing = Standing::Ended { by: Ending::User, at };
    page.step = AgreementStep::Over { just_now: true };
    let html = one(page);
    assert!(html.contains("role=\"status\""));
    let shown = text(&html);
    assert!(shown.contains("You ended your agreement with Zaytoun Market. Nothing more is charged under it."));
}

#[test]
fn a_sign_in_comes_back_to_the_agreement_that_was_asked_for() {
    let asked = SignInContext::sample(Language::EnUs, "", None);
    let field = "<input type=\"hidden\" name=\"contract\" value=\"202610012748159036524817\">";
    assert!(html(Page::SignIn(asked.clone())).contains(field));
    let list = SignInContext { contract_id: None, ..asked.clone() };
    assert!(!html(Page::SignIn(list)).contains("name=\"contract\""));
    let door = html(Page::SignIn(SignInContext { step: SignInStep::Doorstep, ..asked }));
    assert!(door.contains("href=\"/agreements/202610012748159036524817\"") && !door.contains("<form"));
}
