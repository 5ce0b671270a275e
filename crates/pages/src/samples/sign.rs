//! The signing page in every state, and the page of a refused page method.

use super::deals::{TODAY, plans, yuan};
use super::{LOCKED_UNTIL, interaction, said};
use crate::{
    Deal, Exit, Form, Frame, GatewayErrorContext, GatewayReport, Language, LoginProblem, Merchant, Page, PinProblem,
    SignContext, SignEnd, SignEndContext, SignForm, SignProblem, SignStep,
};
use jiff::Timestamp;
use mithaq_types::AuthId;

/// Where the browser goes afterwards.
const BACK: &str = "https://music.zaytoun.example/signed?code=10000&external_agreement_no=EA0001";

impl SignForm {
    /// A page in the shell.
    #[must_use]
    pub fn sample() -> Self {
        Self::Interaction(Form::sample())
    }

    fn alone_sample() -> Self {
        Self::Alone { sign_id: AuthId::new("663A8FA9D83648EE8AA11FF682989DC7"), csrf: "c5f1d2a8".into() }
    }
}

impl SignStep {
    fn ready_sample(language: Language) -> Self {
        Self::Ready {
            form: SignForm::sample(),
            user_name: said(language, "Sara Ali Hasan", "سارة علي حسن"),
            balance: yuan(50_000),
            today: TODAY,
            problem: None,
        }
    }

    fn alone(self) -> Self {
        let form = SignForm::alone_sample();
        match self {
            Self::Ready { user_name, balance, today, problem, .. } => {
                Self::Ready { form, user_name, balance, today, problem }
            }
            Self::Login { phone, problem, .. } => Self::Login { form, phone, problem },
            Self::Doorstep { .. } => self,
        }
    }

    fn tried(language: Language, tried: PinProblem) -> Self {
        match Self::ready_sample(language) {
            Self::Ready { form, user_name, balance, today, .. } => {
                Self::Ready { form, user_name, balance, today, problem: Some(tried) }
            }
            other => other,
        }
    }

    fn poor(language: Language) -> Self {
        match Self::ready_sample(language) {
            Self::Ready { form, user_name, today, problem, .. } => {
                Self::Ready { form, user_name, balance: yuan(500), today, problem }
            }
            other => other,
        }
    }

    fn login_sample(phone: &str, problem: Option<LoginProblem>) -> Self {
        Self::Login { form: SignForm::sample(), phone: phone.to_owned(), problem }
    }

    fn door_sample() -> Self {
        Self::Doorstep {
            link: "http://localhost:7600/sign?signId=663A8FA9D83648EE8AA11FF682989DC7".into(),
            go: "/sign?signId=663A8FA9D83648EE8AA11FF682989DC7&go=1".into(),
        }
    }
}

impl SignContext {
    /// The monthly plan in the shell, ready for the user's answer.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        Self {
            frame: Frame::sample(language),
            exit: Exit::Shell(interaction()),
            merchant: Merchant::sample(),
            deal: Deal::sample(),
            step: SignStep::ready_sample(language),
        }
    }

    /// The least that `page.sign` takes, by a merchant nobody has checked.
    #[must_use]
    pub fn bare_sample(language: Language) -> Self {
        Self {
            merchant: Merchant { name: "Corner <Shop>".into(), name_ar: None, verified: false },
            deal: Deal { scene: "DEFAULT|DEFAULT".into(), logon_id: None, ends_on: None, ..Deal::at_will_sample() },
            ..Self::sample(language)
        }
    }

    fn of(language: Language, deal: Deal) -> Page {
        Page::Sign(Box::new(Self { deal, ..Self::sample(language) }))
    }

    fn with(language: Language, step: SignStep) -> Page {
        Page::Sign(Box::new(Self { step, ..Self::sample(language) }))
    }

    fn alone(language: Language, step: SignStep) -> Page {
        let exit = Exit::Alone { redirect_url: Some(BACK.into()) };
        Page::Sign(Box::new(Self { exit, step: step.alone(), ..Self::sample(language) }))
    }
}

impl GatewayReport {
    /// A signature that does not hold.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            method: Some("alipay.user.agreement.page.sign".into()),
            app_id: Some("2021000000000001".into()),
            code: "40002".into(),
            msg: "Invalid Arguments".into(),
            sub_code: "isv.invalid-signature".into(),
            sub_msg: "The signature does not fit. The wallet built this string:\napp_id=2021000000000001&biz_content={\"product_code\":\"CYCLE_PAY_AUTH\",\"personal_product_code\":\"CYCLE_PAY_AUTH_P\",\"sign_scene\":\"INDUSTRY|DIGITAL_MEDIA\",\"external_agreement_no\":\"EA0001\"}&charset=utf-8&method=alipay.user.agreement.page.sign&sign_type=RSA2&timestamp=2026-01-05 10:00:00&version=1.0".into(),
        }
    }

    /// A call that names next to nothing.
    fn bare_sample() -> Self {
        Self {
            method: None,
            app_id: None,
            code: "40001".into(),
            msg: "Missing Required Arguments".into(),
            sub_code: "isv.missing-method".into(),
            sub_msg: "Send method.".into(),
        }
    }
}

impl SignEndContext {
    /// An end inside the shell.
    #[must_use]
    pub fn sample(language: Language, end: SignEnd) -> Self {
        Self { frame: Frame::sample(language), exit: Exit::Shell(interaction()), end }
    }
}

/// All of them.
pub(super) fn all(language: Language) -> Vec<(&'static str, Page)> {
    let ready = || SignStep::ready_sample(language);
    let wrong = |tries_left| SignStep::tried(language, PinProblem::Wrong { tries_left });
    let login = SignStep::login_sample;
    let phone = "9647700000001";
    let mut all = vec![
        ("sign-ready", Page::Sign(Box::new(SignContext::sample(language)))),
        ("sign-ready-bare", Page::Sign(Box::new(SignContext::bare_sample(language)))),
        ("sign-ready-alone", SignContext::alone(language, ready())),
        ("sign-poor", SignContext::with(language, SignStep::poor(language))),
        ("sign-at-will", SignContext::of(language, Deal::at_will_sample())),
        ("sign-pin-wrong", SignContext::with(language, wrong(2))),
        ("sign-pin-wrong-last", SignContext::with(language, wrong(1))),
        ("sign-pin-malformed", SignContext::with(language, SignStep::tried(language, PinProblem::Malformed))),
        ("sign-login", SignContext::with(language, login("", None))),
        ("sign-login-wrong", SignContext::with(language, login(phone, Some(LoginProblem::Wrong)))),
        ("sign-login-alone", SignContext::alone(language, login("", None))),
        ("sign-doorstep", SignContext::alone(language, SignStep::door_sample())),
    ];
    all.extend(plans().map(|(name, plan)| (name, SignContext::of(language, Deal::planned_sample(plan)))));
    all.extend(ends(language));
    let frame = || Frame::sample(language);
    let errors = [("gateway-error", GatewayReport::sample()), ("gateway-error-bare", GatewayReport::bare_sample())];
    all.extend(errors.map(|(name, report)| (name, Page::GatewayError(GatewayErrorContext { frame: frame(), report }))));
    all
}

fn ends(language: Language) -> Vec<(&'static str, Page)> {
    let page = |end| Page::SignEnd(Box::new(SignEndContext::sample(language, end)));
    let alone = |end| {
        let exit = Exit::Alone { redirect_url: Some(BACK.into()) };
        Page::SignEnd(Box::new(SignEndContext { exit, ..SignEndContext::sample(language, end) }))
    };
    let signed = |deal: Deal, before| SignEnd::Signed { merchant: Merchant::sample(), deal: Box::new(deal), before };
    let failed = |why, report| SignEnd::Failed { merchant: Some(Merchant::sample()), why, report };
    let until = Timestamp::from_second(LOCKED_UNTIL).unwrap_or(Timestamp::UNIX_EPOCH);
    let names = [
        "sign-failed-taken",
        "sign-failed-too-many",
        "sign-failed-other-signer",
        "sign-failed-expired",
        "sign-failed-unknown",
        "sign-failed-answered",
        "sign-failed-app",
        "sign-failed-signature",
        "sign-failed-request",
        "sign-failed-merchant",
        "sign-failed-account",
        "sign-failed-locked",
        "sign-failed-other",
    ];
    let mut ends = vec![
        ("sign-signed", page(signed(Deal::sample(), false))),
        ("sign-signed-at-will", page(signed(Deal::at_will_sample(), false))),
        ("sign-signed-before", page(signed(Deal::sample(), true))),
        ("sign-signed-alone", alone(signed(Deal::sample(), false))),
        ("sign-declined", page(SignEnd::Declined(Merchant::sample()))),
        ("sign-declined-alone", alone(SignEnd::Declined(Merchant::sample()))),
        ("sign-failed-taken-alone", alone(failed(SignProblem::Taken, None))),
    ];
    ends.extend(names.into_iter().zip(SignProblem::all(until)).map(|(name, why)| {
        let report = matches!(why, SignProblem::Signature | SignProblem::App).then(GatewayReport::sample);
        (name, page(failed(why, report)))
    }));
    let unknown = SignEnd::Failed { merchant: None, why: SignProblem::Unknown, report: None };
    ends.push(("sign-failed-unknown-alone", alone(unknown)));
    ends
}
