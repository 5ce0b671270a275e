//! The pages of "Agreements" in every state.

use super::{LOCKED_UNTIL, dinars, said, signed};
use crate::news::Ending;
use crate::words::Words;
use crate::{
    Accepted, Agreement, AgreementContext, AgreementStep, AgreementsContext, AuthorizeContext, Charge, ChargeRefusal,
    Frame, Language, LoginProblem, Merchant, OwnLimit, Page, PinProblem, SignInContext, SignInProblem, SignInStep,
    Standing, terms,
};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use mithaq_types::{ContractId, PaymentId};

pub(super) fn days_before_the_lock(days: i64) -> Timestamp {
    let lock = Timestamp::from_second(LOCKED_UNTIL).unwrap_or(Timestamp::UNIX_EPOCH);
    lock.saturating_sub(SignedDuration::from_hours(24 * days)).unwrap_or(lock)
}

impl Agreement {
    /// The demo contract after two months.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        Self {
            contract_id: ContractId::new("202610012748159036524817"),
            merchant: Merchant::sample(),
            title: Some(said(language, "Fresh Box", "صندوق طازج")),
            standing: Standing::InForce,
            agreed_amount: Some(dinars(5_000)),
            own_limit: Some(OwnLimit { most: dinars(20_000), taken: dinars(5_000) }),
            charges: 2,
            charged: dinars(10_000),
            last_charge_at: Some(days_before_the_lock(3)),
            signed: None,
        }
    }

    /// Over, by whomever.
    fn ended_sample(language: Language, by: Ending) -> Self {
        Self { standing: Standing::Ended { by, at: days_before_the_lock(1) }, ..Self::sample(language) }
    }

    /// With nothing stated and nothing charged, by a merchant nobody has checked.
    fn bare_sample(language: Language, standing: Standing) -> Self {
        Self {
            merchant: AuthorizeContext::bare_sample(language).offer.merchant,
            title: None,
            standing,
            agreed_amount: None,
            own_limit: None,
            charges: 0,
            charged: dinars(0),
            last_charge_at: None,
            ..Self::sample(language)
        }
    }
}

impl AgreementsContext {
    /// One agreement of each standing.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let endings = [Ending::User, Ending::Merchant, Ending::Wallet, Ending::Time];
        let paused = Agreement { standing: Standing::Paused, ..Agreement::sample(language) };
        let later = Agreement::bare_sample(language, Standing::Later(date(2026, 12, 15)));
        let mut agreements = vec![Agreement::sample(language), later, paused];
        agreements.push(Agreement::bare_sample(language, Standing::Waiting));
        agreements.extend(signed::listed(language));
        agreements.extend(endings.map(|by| Agreement::ended_sample(language, by)));
        Self {
            frame: Frame::sample(language), user_name: said(language, "Sara Ali Hasan", "سارة علي حسن"), agreements
        }
    }

    fn with(language: Language, agreements: Vec<Agreement>) -> Page {
        Page::Agreements(Self { agreements, ..Self::sample(language) })
    }
}

impl Charge {
    fn sample(language: Language, days_ago: i64, refused: Option<ChargeRefusal>) -> Self {
        let description = said(language, "Fresh Box, one month", "صندوق طازج، شهر واحد");
        Self { description, amount: dinars(5_000), at: days_before_the_lock(days_ago), refused }
    }
}

impl AgreementContext {
    /// The demo contract, to be ended.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let mut shown = AuthorizeContext::sample(language);
        shown.offer.start_date = Some(date(2026, 10, 1));
        let text = Words::load(language).and_then(|words| terms::text(&shown, &words));
        let balance = Some(ChargeRefusal::Balance);
        Self {
            frame: Frame::sample(language),
            agreement: Agreement::sample(language),
            wallet_limit: dinars(10_000_000),
            accepted: Accepted {
                at: days_before_the_lock(61),
                language,
                text: text.unwrap_or_default(),
                hash: "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c".into(),
            },
            charges: [(3, None), (4, balance), (33, None)]
                .map(|(ago, none)| Charge::sample(language, ago, none))
                .into(),
            begins_later: false,
            older_than: None,
            step: AgreementStep::asking(None),
        }
    }

    fn standing(language: Language, agreement: Agreement) -> Page {
        let charges = if agreement.charges > 0 { Self::sample(language).charges } else { Vec::new() };
        let step = match agreement.standing.is_over() {
            true => AgreementStep::Over { just_now: false },
            false => AgreementStep::asking(None),
        };
        Page::Agreement(Box::new(Self { agreement, charges, step, ..Self::sample(language) }))
    }

    fn with(language: Language, step: AgreementStep) -> Page {
        Page::Agreement(Box::new(Self { step, ..Self::sample(language) }))
    }
}

impl AgreementStep {
    fn asking(problem: Option<PinProblem>) -> Self {
        Self::End { csrf: "c5f1d2a8".into(), problem }
    }
}

impl SignInContext {
    /// Somebody asks for an agreement and is not signed in.
    #[must_use]
    pub fn sample(language: Language, phone: &str, problem: Option<SignInProblem>) -> Self {
        let step = SignInStep::Form { csrf: "c5f1d2a8".into(), phone: phone.to_owned(), problem };
        Self { frame: Frame::sample(language), contract_id: Some(Agreement::sample(language).contract_id), step }
    }
}

/// All of them.
pub(super) fn all(language: Language) -> Vec<(&'static str, Page)> {
    let ended = |by| AgreementContext::standing(language, Agreement::ended_sample(language, by));
    let bare = |standing| AgreementContext::standing(language, Agreement::bare_sample(language, standing));
    let step = |step| AgreementContext::with(language, step);
    let tried = |problem| step(AgreementStep::asking(Some(problem)));
    let just_ended = AgreementContext {
        agreement: Agreement::ended_sample(language, Ending::User),
        step: AgreementStep::Over { just_now: true },
        ..AgreementContext::sample(language)
    };
    let stretch = AgreementContext {
        charges: ChargeRefusal::ALL.iter().map(|why| Charge::sample(language, 40, Some(*why))).collect(),
        begins_later: true,
        older_than: Some(PaymentId::new("20261022194010890100162000000000001")),
        ..AgreementContext::sample(language)
    };
    let other_tongue = match language {
        Language::EnUs => Language::ArIq,
        Language::ArIq => Language::EnUs,
    };
    let foreign = AgreementContext {
        accepted: AgreementContext::sample(other_tongue).accepted,
        ..AgreementContext::sample(language)
    };
    let paused = Agreement { standing: Standing::Paused, ..Agreement::sample(language) };
    let sign_in = |phone: &str, problem| Page::SignIn(SignInContext::sample(language, phone, problem));
    let door = SignInContext { step: SignInStep::Doorstep, ..SignInContext::sample(language, "", None) };
    let locked = Some(SignInProblem::Locked { until: days_before_the_lock(0) });
    let typed = |problem| Some(SignInProblem::Typed(problem));
    vec![
        ("agreements", Page::Agreements(AgreementsContext::sample(language))),
        ("agreements-one", AgreementsContext::with(language, vec![Agreement::sample(language)])),
        ("agreements-over", AgreementsContext::with(language, vec![Agreement::ended_sample(language, Ending::User)])),
        ("agreements-none", AgreementsContext::with(language, Vec::new())),
        ("agreements-login", sign_in("", None)),
        ("agreements-login-wrong", sign_in("9647700000001", typed(LoginProblem::Wrong))),
        ("agreements-login-pin-malformed", sign_in("9647700000001", typed(LoginProblem::PinMalformed))),
        ("agreements-login-locked", sign_in("9647700000001", locked)),
        ("agreements-doorstep", Page::SignIn(door)),
        ("agreement", Page::Agreement(Box::new(AgreementContext::sample(language)))),
        ("agreement-waiting", bare(Standing::Waiting)),
        ("agreement-later", bare(Standing::Later(date(2026, 12, 15)))),
        ("agreement-paused", AgreementContext::standing(language, paused)),
        ("agreement-older-charges", Page::Agreement(Box::new(stretch))),
        ("agreement-other-language", Page::Agreement(Box::new(foreign))),
        ("agreement-pin-wrong", tried(PinProblem::Wrong { tries_left: 3 })),
        ("agreement-pin-wrong-last", tried(PinProblem::Wrong { tries_left: 1 })),
        ("agreement-pin-malformed", tried(PinProblem::Malformed)),
        ("agreement-locked", step(AgreementStep::Locked { until: days_before_the_lock(0) })),
        ("agreement-just-ended", Page::Agreement(Box::new(just_ended))),
        ("agreement-ended-by-user", ended(Ending::User)),
        ("agreement-ended-by-merchant", ended(Ending::Merchant)),
        ("agreement-ended-by-wallet", ended(Ending::Wallet)),
        ("agreement-ended-by-time", bare(Standing::Ended { by: Ending::Time, at: days_before_the_lock(1) })),
    ]
}
