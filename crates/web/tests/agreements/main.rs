//! "Agreements" over HTTP: users see every contract of theirs and nobody else's, and end it with the PIN.

mod ending;
mod looking;
mod sign_in;
#[allow(dead_code, unused_imports, reason = "the other tests' part of it")]
#[path = "../support/mod.rs"]
mod support;

use mithaq_domain::Language;
use mithaq_types::{ClientId, ContractId};
use support::{Answer, Browser, CLIENT, Person, Request, World};

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
