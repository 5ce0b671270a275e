//! The methods that the gateway knows (spec/alipay-agreement.md 2.1 to 2.14).

/// An operation, by the parameter `method`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Method {
    /// 2.1: the user signs an agreement; a page method.
    PageSign,
    /// 2.2: how an agreement stands.
    AgreementQuery,
    /// 2.3: the merchant ends an agreement.
    AgreementUnsign,
    /// 2.4: the next deduction is moved to a later day.
    ExecutionPlanModify,
    /// 2.5: an agreement without a plan gets one.
    AgreementTransfer,
    /// 2.6: a deduction.
    TradePay,
    /// 2.7: how a trade stands.
    TradeQuery,
    /// 2.8: money goes back.
    TradeRefund,
    /// 2.9: how a refund stands.
    RefundQuery,
    /// 2.10: an unpaid trade is closed.
    TradeClose,
    /// 2.11: a trade of unknown outcome is undone.
    TradeCancel,
    /// 2.12: the user pays, and signs on the same page; a page method.
    AppPay,
    /// 2.13: a trade for `my.tradePay`.
    TradeCreate,
    /// 2.14: a code becomes a token.
    OauthToken,
}

impl Method {
    /// All of them, in the digest's order.
    pub const ALL: [Self; 14] = [
        Self::PageSign,
        Self::AgreementQuery,
        Self::AgreementUnsign,
        Self::ExecutionPlanModify,
        Self::AgreementTransfer,
        Self::TradePay,
        Self::TradeQuery,
        Self::TradeRefund,
        Self::RefundQuery,
        Self::TradeClose,
        Self::TradeCancel,
        Self::AppPay,
        Self::TradeCreate,
        Self::OauthToken,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PageSign => "alipay.user.agreement.page.sign",
            Self::AgreementQuery => "alipay.user.agreement.query",
            Self::AgreementUnsign => "alipay.user.agreement.unsign",
            Self::ExecutionPlanModify => "alipay.user.agreement.executionplan.modify",
            Self::AgreementTransfer => "alipay.user.agreement.transfer",
            Self::TradePay => "alipay.trade.pay",
            Self::TradeQuery => "alipay.trade.query",
            Self::TradeRefund => "alipay.trade.refund",
            Self::RefundQuery => "alipay.trade.fastpay.refund.query",
            Self::TradeClose => "alipay.trade.close",
            Self::TradeCancel => "alipay.trade.cancel",
            Self::AppPay => "alipay.trade.app.pay",
            Self::TradeCreate => "alipay.trade.create",
            Self::OauthToken => "alipay.system.oauth.token",
        }
    }

    /// The method of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }

    /// Whether a user's phone opens it, from a string or URL that the merchant built, instead of the merchant's server
    /// calling it (1.6).
    #[must_use]
    pub const fn is_page(self) -> bool {
        matches!(self, Self::PageSign | Self::AppPay)
    }

    /// Whether its parameters are in `biz_content`; those of the OAuth method stand beside it (2.14).
    #[must_use]
    pub const fn has_biz_content(self) -> bool {
        !matches!(self, Self::OauthToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_found_by_its_name_and_no_other_is() {
        for method in Method::ALL {
            assert_eq!(Method::parse(method.name()), Some(method));
            assert!(method.name().len() <= 128);
        }
        for name in ["", "alipay.trade", "ALIPAY.TRADE.PAY", "alipay.trade.pay ", "alipay.user.agreement.sign.effect"] {
            assert_eq!(Method::parse(name), None, "{name}");
        }
    }
}
