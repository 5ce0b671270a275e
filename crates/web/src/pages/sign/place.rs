//! The signing page in each of its standings.

use crate::pages::authorize::login_problem;
use crate::pages::cashier::name;
use crate::pages::deal::{deal, today};
use crate::pages::frame::{Framing, Params, accepted, frame, internal, language, merchant, show_in};
use crate::pages::sign_standing::{self, SignStanding, error_of};
use crate::shell::error::ShellError;
use crate::state::Shared;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use mithaq_alipay::Method;
use mithaq_domain::User;
use mithaq_pages::{
    End, Exit, GatewayReport, Language, Page, PinProblem, SignContext, SignEnd, SignEndContext, SignForm, SignProblem,
    SignStep,
};
use mithaq_wallet::OfferView;

/// What every step of the page is made from.
pub struct Place<'a> {
    pub app: &'a Shared,
    pub headers: &'a HeaderMap,
    pub params: &'a Params,
    pub user: Option<&'a User>,
    pub exit: Exit,
    pub framing: Framing,
}

impl Place<'_> {
    /// The page of a standing, whose forms go there.
    pub async fn show(&self, standing: SignStanding, form: SignForm) -> Result<Response, ShellError> {
        Ok(match standing {
            SignStanding::Signed(view, contract, before) => {
                let terms = contract.terms.agreement.as_deref().or_else(|| sign_standing::terms(&view));
                let Some(terms) = terms else { return Ok(internal(self.app, self.headers)) };
                let deal = Box::new(deal(self.app, terms));
                self.end(SignEnd::Signed { merchant: merchant(&view.merchant), deal, before })
            }
            SignStanding::Declined(view) => self.end(SignEnd::Declined(merchant(&view.merchant))),
            SignStanding::Failed(view, problem) => self.failed(view.as_deref(), problem),
            SignStanding::Login(view) => match login_problem(self.params) {
                Ok(problem) => {
                    let phone = self.params.get("phone").unwrap_or_default().chars().take(24).collect();
                    self.ask(&view, SignStep::Login { form, phone, problem })
                }
                Err(End::Locked { until }) => self.failed(Some(&view), SignProblem::Locked { until }),
                Err(_) => self.failed(Some(&view), SignProblem::Other),
            },
            SignStanding::Ready(view, user) => {
                let step = self.ready(&view, &user, form).await?;
                self.ask(&view, step)
            }
        })
    }

    /// The page while it asks.
    pub fn ask(&self, view: &OfferView, step: SignStep) -> Response {
        let Some(terms) = sign_standing::terms(view) else { return internal(self.app, self.headers) };
        let context = SignContext {
            frame: frame(self.app, self.spoken()),
            exit: self.exit.clone(),
            merchant: merchant(&view.merchant),
            deal: deal(self.app, terms),
            step,
        };
        show_in(self.app, StatusCode::OK, &Page::Sign(Box::new(context)), self.framing)
    }

    fn spoken(&self) -> Language {
        self.user.map_or_else(|| accepted(self.headers), |user| language(user.language))
    }

    async fn ready(&self, view: &OfferView, user: &User, form: SignForm) -> Result<SignStep, ShellError> {
        let policy = self.app.wallet.policy();
        let currency = view.offer.terms.currency(policy.currency);
        let tries_left = policy.pin_tries.saturating_sub(user.pin_failures);
        let problem = match self.params.get("notice") {
            Some("pin-wrong") if user.pin_failures > 0 => Some(PinProblem::Wrong { tries_left }),
            Some("pin-malformed") => Some(PinProblem::Malformed),
            _ => None,
        };
        Ok(SignStep::Ready {
            form,
            user_name: name(user, self.spoken()),
            balance: self.app.wallet.balance(&user.user_id, currency).await?,
            today: today(self.app),
            problem,
        })
    }

    fn failed(&self, view: Option<&OfferView>, why: SignProblem) -> Response {
        // Where merchants try things out, the page says what the reply says.
        let report = view.filter(|_| self.app.sandbox.is_some()).and_then(|view| {
            let error = error_of(why);
            Some(GatewayReport {
                method: Some(Method::PageSign.name().to_owned()),
                app_id: Some(sign_standing::terms(view)?.app_id.to_string()),
                code: error.sub_code.code().wire().to_owned(),
                msg: error.sub_code.code().msg().to_owned(),
                sub_code: error.sub_code.wire().to_owned(),
                sub_msg: error.message,
            })
        });
        self.end(SignEnd::Failed { merchant: view.map(|view| merchant(&view.merchant)), why, report })
    }

    fn end(&self, end: SignEnd) -> Response {
        let is_unknown = matches!(end, SignEnd::Failed { why: SignProblem::Unknown, .. });
        let status = if is_unknown { StatusCode::NOT_FOUND } else { StatusCode::OK };
        let context = SignEndContext { frame: frame(self.app, self.spoken()), exit: self.exit.clone(), end };
        show_in(self.app, status, &Page::SignEnd(Box::new(context)), self.framing)
    }
}
