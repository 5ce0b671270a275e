//! `trade_status_sync`: a trade was paid, closed or refunded. Merchants get their own words back as they wrote them; everything
//! else in it is plain ASCII without `%`, which one old check of an official client would decode once more.

use super::logon_id;
use mithaq_alipay::Price;
use mithaq_alipay::messages::{FundBill, TradeStatus};
use mithaq_alipay::notices::{Notice, NoticeHead, TradeNotice};
use mithaq_domain::{GatewayNews, Payment, Source, State};
use mithaq_types::Money;

/// The notice of how a trade stood when the row was written.
pub fn notice(state: &State, head: &NoticeHead, news: &GatewayNews) -> Result<Notice, &'static str> {
    let GatewayNews::Trade { payment_id, user_id, paid_at, closed_at, refunded, refund } = news else {
        return Err("the news are not about a trade");
    };
    // All that can be asked for at once is asked for before anything is found to be lacking.
    let user = user_id.as_ref().and_then(|user_id| state.user(user_id));
    let payment = state.payment(payment_id);
    let source = payment.and_then(|payment| source(state, payment));
    let payment = payment.ok_or("the payment is unknown")?;
    let trade = payment.gateway.as_deref().ok_or("the payment is no trade")?;
    let customer = user_id.as_ref().and_then(|user_id| state.customer(user_id, &payment.merchant_id));
    let contract = payment.contract_id.as_ref().and_then(|contract_id| state.contract(contract_id));
    let terms = contract.and_then(|contract| contract.terms.agreement.as_deref());
    let paid = paid_at.map(|_| payment.amount);
    let sum = |minor: i64| Money::new(minor, payment.amount.currency);
    let notice = TradeNotice {
        trade_no: payment_id.to_string(),
        out_trade_no: payment.request_id.clone(),
        trade_status: if closed_at.is_some() { TradeStatus::Closed } else { TradeStatus::Success },
        total_amount: payment.amount,
        receipt_amount: paid,
        buyer_pay_amount: paid,
        invoice_amount: paid,
        point_amount: paid.map(|_| sum(0)),
        buyer_id: customer.map(|customer| customer.customer_id.to_string()),
        buyer_logon_id: user.map(logon_id),
        buyer_open_id: None,
        seller_id: Some(payment.client_id.to_string()),
        subject: payment.description.clone(),
        body: trade.body.clone(),
        gmt_create: payment.created_at,
        gmt_payment: *paid_at,
        gmt_refund: refund.as_ref().map(|refund| refund.at),
        gmt_close: *closed_at,
        refund_fee: (*refunded > 0).then(|| sum(*refunded)),
        out_biz_no: refund.as_ref().map(|refund| refund.request_no.clone()),
        fund_bill_list: paid.map(|paid| fund_bill(source, paid)).into_iter().collect(),
        passback_params: trade.passback.clone(),
        agreement_no: contract.map(|contract| contract.contract_id.to_string()),
        external_agreement_no: terms.and_then(|terms| terms.external_no.clone()),
    };
    Ok(notice.notice(head))
}

/// What an order was paid from; a deduction is always paid from the balance.
fn source<'a>(state: &'a State, payment: &Payment) -> Option<&'a Source> {
    payment.order.as_ref()?;
    state.payment_state(&payment.payment_id)?.source.as_ref()
}

fn fund_bill(source: Option<&Source>, paid: Money) -> FundBill {
    let fund_channel = match source {
        Some(Source::Card(_)) => "BANKCARD",
        Some(Source::Balance) | None => "ALIPAYACCOUNT",
    };
    FundBill { fund_channel: fund_channel.to_owned(), amount: Price(paid), real_amount: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mithaq_domain::{GatewayTrade, Hash, Key, Order, PaymentOutcome, PaymentState, Product, Row};
    use mithaq_types::{CardId, ClientId, Currency, GatewayAppId, MerchantId, OrderId, PaymentId, Timestamp, UserId};

    fn order() -> Payment {
        let order = Order {
            order_id: OrderId::new("O1"),
            buyer: None,
            title: None,
            reference: None,
            redirect_url: None,
            void_notify_url: None,
            expires_at: Timestamp::UNIX_EPOCH,
        };
        let trade = GatewayTrade {
            app_id: GatewayAppId::new("2021000000000001"),
            product: "QUICK_MSECURITY_PAY".to_owned(),
            body: None,
            passback: None,
            offer: None,
        };
        let yuan = |minor| Money::new(minor, Currency::parse("CNY").expect("known"));
        Payment {
            payment_id: PaymentId::new("P1"),
            client_id: ClientId::new("2188000000000001"),
            request_id: "T1".to_owned(),
            content: Hash::default(),
            merchant_id: MerchantId::new("M1"),
            product: Product::Online,
            amount: yuan(990),
            fee: yuan(0),
            user_id: None,
            contract_id: None,
            previous: None,
            outcome: PaymentOutcome::Open,
            order: Some(Box::new(order)),
            gateway: Some(Box::new(trade)),
            description: "Tea".to_owned(),
            notify_url: None,
            created_at: Timestamp::UNIX_EPOCH,
            paid_at: None,
        }
    }

    #[test]
    fn an_order_tells_whether_a_card_or_the_balance_paid() {
        for (source, channel) in [(Source::Card(CardId::new("C1")), "BANKCARD"), (Source::Balance, "ALIPAYACCOUNT")] {
            let payment = order();
            let standing = PaymentState { source: Some(source), ..PaymentState::of(&payment) };
            let news = GatewayNews::Trade {
                payment_id: payment.payment_id.clone(),
                user_id: Some(UserId::new("U1")),
                paid_at: Some(Timestamp::UNIX_EPOCH),
                closed_at: None,
                refunded: 0,
                refund: None,
            };
            let mut state = State::default();
            state.load(Key::PaymentState(payment.payment_id.clone()), Some(Row::PaymentState(Box::new(standing))));
            state.load(Key::Payment(payment.payment_id.clone()), Some(Row::Payment(Box::new(payment))));
            let head = NoticeHead {
                notify_id: "1".to_owned(),
                notify_time: Timestamp::UNIX_EPOCH,
                app_id: "2021000000000001".to_owned(),
                auth_app_id: "2021000000000001".to_owned(),
                sign_type: mithaq_alipay::SignType::Rsa2,
            };
            let notice = notice(&state, &head, &news).expect("known");
            let bills = format!(r#"[{{"amount":"9.90","fundChannel":"{channel}"}}]"#);
            assert!(notice.params().any(|pair| pair == ("fund_bill_list", &bills)), "{channel}");
        }
    }
}
