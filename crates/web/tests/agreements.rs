//! "Agreements" over HTTP: users see every contract of theirs and nobody else's, and end it with the PIN.

#[allow(dead_code, unused_imports, reason = "the other tests' part of it")]
mod support;

use jiff::SignedDuration;
use mithaq_domain::Language;
use mithaq_types::{ClientId, ContractId, UserId};
use reqwest::Method;
use support::{Answer, Browser, CLIENT, OMAR, Person, Request, SARA, World};

/// A contract that was signed on the page and whose code the merchant has exchanged.
struct Agreed {
    contract_id: ContractId,
    access_token: String,
    page: String,
}

impl World {
    /// `person` agrees to an offer in `language`, with an own monthly limit if one is typed.
    async fn agreed(&self, person: &Person, language: Language, own_limit: &str) -> Agreed {
        let mut browser = Browser::of(self, person).await;
        let page = browser.sign_page(&self.auth_url_for(CLIENT, language, None).await).await;
        browser.submit(&page.ix, "confirm", &[("pin", person.pin), ("monthlyCeiling", own_limit)]).await;
        let (_, reply) = browser.standing(&page.ix).await;
        let code = reply["ret"]["authCode"].as_str().unwrap_or_else(|| panic!("no code: {reply}"));
        let tokens = self.app.wallet.exchange_code(ClientId::new(CLIENT), code, None).await.expect("tokens");
        let contract_id = self.contracts().await[0].contract.contract_id.clone();
        let page = format!("/agreements/{contract_id}");
        Agreed { contract_id, access_token: tokens.access, page }
    }

    /// The merchant charges `fils` under a contract: `resultStatus resultCode`.
    async fn pay(&self, agreed: &Agreed, request_id: &str, fils: u32) -> String {
        let body = format!(
            r#"{{"productCode":"51051000101000100031","paymentRequestId":"{request_id}",
               "paymentAuthCode":"{}","paymentAmount":{{"currency":"IQD","value":"{fils}"}},
               "order":{{"orderDescription":"Box {request_id}"}}}}"#,
            agreed.access_token
        );
        Request { path: "/v1/payments/pay".into(), body, ..Request::new() }.result(self).await
    }
}

impl Browser {
    /// Sends a form of these pages with exactly these fields.
    async fn form_to(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.request(Method::POST, path).header("Content-Type", "application/x-www-form-urlencoded");
        self.send(request.body(body)).await
    }

    /// Ends an agreement as its page's form does.
    async fn end(&mut self, agreed: &Agreed, pin: &str) -> Answer {
        let csrf = self.csrf.clone();
        self.form_to(&format!("{}/end", agreed.page), &[("csrf", &csrf), ("pin", pin)]).await
    }
}

/// Where an answer leads, after checking that it is a `303`: a reload sends nothing twice.
fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.header("Location")
}

/// The token in a page's form.
fn csrf_of(page: &Answer) -> String {
    let (_, rest) = page.text.split_once("name=\"csrf\" value=\"").unwrap_or_else(|| panic!("no form: {page:?}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_list_has_the_users_own_contracts_and_nobody_elses() {
    let world = World::sandbox().await;
    let saras = world.agreed(&SARA, Language::EnUs, "20000").await;
    let omars = world.agreed(&OMAR, Language::ArIq, "").await;
    assert_eq!(world.pay(&saras, "one", 5_000_000).await, "S SUCCESS");

    let list = Browser::of(&world, &SARA).await.get("/agreements").await;
    assert_eq!((list.status, list.heading().as_str()), (200, "Agreements"));
    assert!(list.text.contains(saras.contract_id.as_str()) && !list.text.contains(omars.contract_id.as_str()));
    for words in ["Zaytoun Market", "Verified merchant", "In force", "5,000\u{A0}IQD", "20,000\u{A0}IQD", "this month"]
    {
        assert!(list.text.contains(words), "{words}: {}", list.text);
    }
    let list = Browser::of(&world, &OMAR).await.get("/agreements").await;
    assert!(list.text.contains(omars.contract_id.as_str()) && !list.text.contains(saras.contract_id.as_str()));
}

#[tokio::test]
async fn a_user_without_contracts_is_told_where_they_will_be() {
    let world = World::sandbox().await;
    let list = Browser::of(&world, &SARA).await.get("/agreements").await;
    assert_eq!((list.status, list.heading().as_str()), (200, "No agreements yet"));
}

#[tokio::test]
async fn an_agreements_page_has_the_accepted_text_its_hash_and_every_charge_newest_first() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    assert_eq!(world.pay(&agreed, "one", 1_000).await, "S SUCCESS");
    assert_eq!(world.pay(&agreed, "too-much", 5_000_001).await, "F PAYMENT_AMOUNT_EXCEED_LIMIT");

    let page = Browser::of(&world, &SARA).await.get(&agreed.page).await;
    assert_eq!((page.status, page.heading().as_str()), (200, "Agreement with Zaytoun Market"));
    let kept = &world.contracts().await[0].contract;
    let escaped = kept.page_text.replace('<', "&lt;").replace('>', "&gt;");
    assert!(page.text.replace("&#x2f;", "/").contains(&escaped), "{}", page.text);
    assert!(page.text.contains(&kept.page_hash));
    let (refused, paid) = (page.text.find("Box too-much"), page.text.find("Box one"));
    assert!(refused.is_some() && refused < paid, "{}", page.text);
    assert!(page.text.contains("Not charged: more than one charge may take"));
}

#[tokio::test]
async fn older_charges_are_a_link_away() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    for number in 0..22 {
        assert_eq!(world.pay(&agreed, &format!("n{number}."), 1_000).await, "S SUCCESS");
    }
    let mut browser = Browser::of(&world, &SARA).await;
    let newest = browser.get(&agreed.page).await;
    let shown = |page: &Answer| (0..22).filter(|n| page.text.contains(&format!("Box n{n}."))).collect::<Vec<_>>();
    assert_eq!(shown(&newest), (2..22).collect::<Vec<_>>());
    let (_, rest) = newest.text.split_once("?before=").expect("a link to the older ones");
    let before: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let older = browser.get(&format!("{}?before={before}", agreed.page)).await;
    assert_eq!(shown(&older), [0, 1]);
    assert!(!older.text.contains("?before="), "there is nothing older");
}

#[tokio::test]
async fn ending_with_the_pin_kills_the_token_at_once() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    assert_eq!(world.pay(&agreed, "before", 1_000).await, "S SUCCESS");
    let mut browser = Browser::of(&world, &SARA).await;
    let target = format!("{}?notice=ended", agreed.page);
    assert_eq!(leads_to(&browser.end(&agreed, SARA.pin).await), target);
    assert_eq!(world.pay(&agreed, "after", 1_000).await, "F EXPIRED_ACCESS_TOKEN");

    let page = browser.get(&target).await;
    assert!(page.text.contains("Ended by you on") && page.text.contains("role=\"status\""));
    assert!(!page.text.contains("<form"), "there is nothing left to end");
    assert!(page.text.contains("Not charged: no longer allowed"), "the try is listed");
    assert!(browser.get("/agreements").await.text.contains("Ended by you on"));
}

#[tokio::test]
async fn a_pin_in_eastern_digits_is_the_same_pin() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let ended = Browser::of(&world, &SARA).await.end(&agreed, "١١١١١١").await;
    assert!(leads_to(&ended).ends_with("?notice=ended"));
}

#[tokio::test]
async fn a_wrong_pin_ends_nothing_and_counts() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    let target = leads_to(&browser.end(&agreed, "999999").await).to_owned();
    let page = browser.get(&target).await;
    assert_eq!(page.problem(), Some("That PIN is not right. 4 tries left before it is locked."));
    let target = leads_to(&browser.end(&agreed, "12345").await).to_owned();
    let page = browser.get(&target).await;
    assert_eq!(page.problem(), Some("The PIN has six digits. Enter it again."), "which is no try");
    assert_eq!(world.pay(&agreed, "still", 1_000).await, "S SUCCESS");
}

#[tokio::test]
async fn while_the_pin_is_locked_not_even_the_right_one_ends_it() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    for _ in 0..5 {
        browser.end(&agreed, "999999").await;
    }
    let target = leads_to(&browser.end(&agreed, SARA.pin).await).to_owned();
    assert!(target.ends_with("#ending"), "{target}");
    let page = browser.get(&agreed.page).await;
    assert!(page.text.contains("Your PIN is locked") && !page.text.contains("<form"));
    assert_eq!(world.pay(&agreed, "still", 1_000).await, "S SUCCESS");

    world.pass(SignedDuration::from_mins(16));
    assert!(leads_to(&browser.end(&agreed, SARA.pin).await).ends_with("?notice=ended"));
}

#[tokio::test]
async fn an_end_that_does_not_come_from_the_page_changes_nothing() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    let (csrf, path) = (browser.csrf.clone(), format!("{}/end", agreed.page));
    for fields in
        [vec![("pin", SARA.pin)], vec![("csrf", "0"), ("pin", SARA.pin)], vec![("csrf", ""), ("pin", SARA.pin)]]
    {
        let answer = browser.form_to(&path, &fields).await;
        assert_eq!((answer.status, answer.heading().as_str()), (403, "This page is no longer current"));
    }
    let fields = format!("csrf={csrf}&pin={}", SARA.pin);
    let hostile = browser.request(Method::POST, &path).header("Origin", "http://evil.example");
    let hostile = hostile.header("Content-Type", "application/x-www-form-urlencoded").body(fields);
    assert_eq!(browser.send(hostile).await.status, 403);
    let mut anonymous = Browser::open(&world).await;
    assert_eq!(anonymous.end(&agreed, SARA.pin).await.status, 403);
    assert_eq!(Browser::new(&world).end(&agreed, SARA.pin).await.status, 403);
    assert_eq!(world.pay(&agreed, "still", 1_000).await, "S SUCCESS");
}

#[tokio::test]
async fn another_users_contract_is_as_unknown_as_one_that_does_not_exist() {
    let world = World::sandbox().await;
    let saras = world.agreed(&SARA, Language::EnUs, "").await;
    let mut omar = Browser::of(&world, &OMAR).await;
    let nowhere =
        Agreed { page: "/agreements/202612010000000000000000".into(), ..world.agreed(&OMAR, Language::ArIq, "").await };
    for agreed in [&saras, &nowhere] {
        let page = omar.get(&agreed.page).await;
        assert_eq!((page.status, page.heading().as_str()), (404, "لا توجد صفحة بهذا العنوان"));
        assert_eq!(omar.end(agreed, OMAR.pin).await.status, 404);
    }
    assert_eq!(world.pay(&saras, "still", 1_000).await, "S SUCCESS");
}

#[tokio::test]
async fn ending_twice_is_harmless_and_asks_for_no_pin() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    browser.end(&agreed, SARA.pin).await;
    let before = world.contracts().await[0].state.clone();
    for pin in [SARA.pin, "999999", ""] {
        assert_eq!(leads_to(&browser.end(&agreed, pin).await), agreed.page);
    }
    assert_eq!(world.contracts().await[0].state, before);
    let user = world.app.wallet.user(&UserId::new(SARA.user_id)).await.expect("a row").expect("a user");
    assert_eq!(user.pin_failures, 0, "no try was counted");
}

#[tokio::test]
async fn an_agreement_says_who_else_ended_it() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    world.app.wallet.cancel_token(ClientId::new(CLIENT), &agreed.access_token).await.expect("cancelled");
    let page = Browser::of(&world, &SARA).await.get(&agreed.page).await;
    assert!(page.text.contains("Ended by the merchant on") && !page.text.contains("<form"), "{}", page.text);
}

#[tokio::test]
async fn an_agreement_whose_time_is_up_is_over_before_any_job_says_so() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    world.pass(SignedDuration::from_hours(24 * 3_700));
    let page = Browser::of(&world, &SARA).await.get(&agreed.page).await;
    assert!(page.text.contains("Ran out on") && !page.text.contains("<form"), "{}", page.text);
}

#[tokio::test]
async fn the_pages_speak_the_users_language_whatever_was_agreed_in() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&OMAR, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &OMAR).await;
    for path in ["/agreements", &agreed.page] {
        let page = browser.get(path).await;
        assert!(page.text.contains("<html lang=\"ar-IQ\" dir=\"rtl\">"), "{path}");
        assert!(page.text.contains("سوق زيتون"), "{path}");
    }
    let page = browser.get(&agreed.page).await;
    assert!(page.text.contains("<p class=\"contract\" lang=\"en-US\" dir=\"ltr\">"));
}

#[tokio::test]
async fn whoever_is_not_signed_in_signs_in_and_gets_what_they_asked_for() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    for asked in ["/agreements", &agreed.page] {
        let mut browser = Browser::new(&world);
        let form = browser.get(asked).await;
        assert_eq!((form.status, form.heading().as_str()), (200, "Sign in to your wallet"));
        assert!(!form.text.contains("Zaytoun"), "nothing is told before");
        let contract = if asked == agreed.page { agreed.contract_id.as_str() } else { "" };
        let csrf = csrf_of(&form);
        let sign_in = |pin| {
            [
                ("csrf", csrf.clone()),
                ("phone", "0770 000 0001".to_owned()),
                ("pin", pin),
                ("contract", contract.to_owned()),
            ]
        };
        for (pin, problem) in [
            ("999999", "This phone number and PIN do not belong together. Check both."),
            ("12", "The PIN has six digits. Enter it again."),
        ] {
            let fields = sign_in(pin.to_owned());
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let target = leads_to(&browser.form_to("/agreements/login", &fields).await).to_owned();
            assert!(target.starts_with(&format!("{asked}?")), "{target}");
            let again = browser.get(&target).await;
            assert_eq!(again.problem(), Some(problem));
            assert!(again.text.contains("value=\"0770 000 0001\""), "what was typed is kept");
        }
        let fields = sign_in(SARA.pin.to_owned());
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let before = browser.cookie.clone();
        assert_eq!(leads_to(&browser.form_to("/agreements/login", &fields).await), asked);
        assert_ne!(browser.cookie, before, "a sign-in changes the secret");
        let page = browser.get(asked).await;
        assert!(page.text.contains("Zaytoun Market"), "{}", page.text);
    }
}

#[tokio::test]
async fn a_sign_in_with_a_locked_pin_says_when_it_opens() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let csrf = csrf_of(&browser.get("/agreements").await);
    let mut target = String::new();
    for _ in 0..5 {
        let fields = [("csrf", csrf.as_str()), ("phone", SARA.phone), ("pin", "999999")];
        target = leads_to(&browser.form_to("/agreements/login", &fields).await).to_owned();
    }
    assert!(browser.get(&target).await.text.contains("is locked. It opens again on"));
}

#[tokio::test]
async fn a_sign_in_leads_nowhere_but_to_an_agreement() {
    let world = World::sandbox().await;
    for contract in ["//evil.example", "..", "a/b", "a?b", ""] {
        let mut browser = Browser::new(&world);
        let csrf = csrf_of(&browser.get("/agreements").await);
        let fields = [("csrf", csrf.as_str()), ("phone", SARA.phone), ("pin", SARA.pin), ("contract", contract)];
        assert_eq!(leads_to(&browser.form_to("/agreements/login", &fields).await), "/agreements");
    }
    let mut browser = Browser::new(&world);
    browser.get("/agreements").await;
    let fields = [("csrf", "0"), ("phone", SARA.phone), ("pin", SARA.pin)];
    assert_eq!(browser.form_to("/agreements/login", &fields).await.status, 403);
}

#[tokio::test]
async fn a_link_on_another_site_signs_nobody_out() {
    let world = World::sandbox().await;
    let mut stranger = Browser::new(&world);
    let request = stranger.request(Method::GET, "/agreements").header("Sec-Fetch-Site", "cross-site");
    let page = stranger.send(request).await;
    assert_eq!((page.status, page.header("Set-Cookie")), (200, ""));
    assert!(page.text.contains("href=\"/agreements\"") && !page.text.contains("<form"), "{}", page.text);
}

#[tokio::test]
async fn the_pages_have_the_headers_of_all_wallet_pages() {
    let world = World::production().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    for page in [
        browser.get("/agreements").await,
        browser.get(&agreed.page).await,
        Browser::new(&world).get("/agreements").await,
    ] {
        assert!(page.header("Content-Security-Policy").contains("frame-ancestors 'self'"));
        assert_eq!(page.header("Cache-Control"), "no-store");
        assert_eq!(page.header("X-Frame-Options"), "SAMEORIGIN");
    }
    assert!(browser.get("/").await.text.contains("href=\"/agreements\""));
}

#[tokio::test]
async fn the_studio_sees_that_an_agreement_was_ended_and_never_the_pin() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    browser.end(&agreed, "999999").await;
    browser.end(&agreed, SARA.pin).await;
    let calls = world.app.calls().expect("a sandbox").after(0);
    let ends: Vec<_> = calls.iter().filter(|call| call.title == "end agreement").collect();
    assert_eq!(ends.iter().map(|call| call.status.as_str()).collect::<Vec<_>>(), ["PIN wrong", "ended"]);
    for call in ends {
        assert_eq!(call.links.contract_id.as_deref(), Some(agreed.contract_id.as_str()));
        let text = serde_json::to_string(&**call).expect("JSON");
        assert!(!text.contains("999999") && !text.contains(SARA.pin), "{text}");
    }
}
