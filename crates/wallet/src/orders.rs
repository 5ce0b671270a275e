//! Orders of the cashier: a merchant makes one, a user pays it, with what is in the wallet or with a card.

use crate::wallet::{content, hash};
use crate::{CardCharge, Fault, Pin, Wallet};
use jiff::SignedDuration;
use mithaq_domain::{
    Command, ConfirmOrder, Done, GatewayTrade, Key, Order, OrderRequest, Payment, PaymentState, PaymentStatus, Product,
    Refusal, Row, SettleCard, Source, Verdict,
};
use mithaq_store::PaymentView;
use mithaq_types::{CardId, ClientId, CustomerId, InteractionId, Money, OrderId, PaymentId, Timestamp, UserId};
use std::time::Duration;

/// How long a page waits for a card's issuer. Afterwards the order is still being processed, and the page says so.
const ISSUER_PATIENCE: Duration = Duration::from_secs(8);

/// How long trades of the gateway wait at most, and where no time is named (spec/alipay-agreement.md 2.6).
const TRADE_LIFE: SignedDuration = SignedDuration::from_hours(15 * 24);

/// An order as a merchant asks for it.
pub struct NewOrder {
    /// Who asks.
    pub client_id: ClientId,
    /// The merchant's id of it.
    pub request_id: String,
    /// What is sold: one of those that are paid in the cashier.
    pub product: Product,
    /// `order.buyer.referenceBuyerId`: where it names a user of this wallet, nobody else can pay.
    pub buyer: Option<String>,
    /// How much.
    pub amount: Money,
    /// The merchant's title.
    pub title: Option<String>,
    /// What for.
    pub description: String,
    /// The merchant's own order number.
    pub reference: Option<String>,
    /// From when it cannot be paid any more; the policy's life of an order where none is named, and never longer than its
    /// longest.
    pub expires_at: Option<Timestamp>,
    /// Where to send the result.
    pub notify_url: Option<String>,
    /// Where to send voids.
    pub void_notify_url: Option<String>,
    /// Where a browser goes afterwards.
    pub redirect_url: Option<String>,
    /// What it has besides where it was asked for through the gateway.
    pub gateway: Option<GatewayTrade>,
}

/// The page that an order is paid on, and the reply that it gets once it is paid.
#[derive(Clone)]
pub struct OrderPage {
    /// Which.
    pub interaction_id: InteractionId,
    /// The reply to the Mini Program's call.
    pub reply: String,
}

/// A user pays an order.
pub struct ConfirmRequest {
    /// Which.
    pub payment_id: PaymentId,
    /// Who.
    pub user_id: UserId,
    /// The PIN.
    pub pin: Pin,
    /// From what.
    pub source: Source,
    /// The page, if one was needed.
    pub page: Option<OrderPage>,
}

impl Wallet {
    /// Makes an order, once; the same again for the same request. The cashier's address names its `order.order_id`.
    ///
    /// # Errors
    /// Refused when the request id was used with other content, the amount is too large, the time is over or the merchant may
    /// not sell.
    pub async fn order(&self, new: NewOrder) -> Result<(Payment, PaymentState), Fault> {
        let value = new.amount.minor.to_string();
        let product = format!("{:?}", new.product);
        let buyer_text = new.buyer.as_deref().unwrap_or_default();
        let content = content(&[&product, new.amount.currency.code(), &value, "", buyer_text]);
        let buyer = match &new.buyer {
            Some(named) => self.named_user(&new.client_id, named).await?,
            None => None,
        };
        let life = |life| self.now().saturating_add(life).unwrap_or(Timestamp::MAX);
        let longest = life(if new.gateway.is_some() { TRADE_LIFE } else { self.policy().order_life_max });
        let order = Order {
            order_id: OrderId::new(self.entropy().hex(16)),
            buyer,
            title: new.title,
            reference: new.reference,
            redirect_url: new.redirect_url,
            void_notify_url: new.void_notify_url,
            expires_at: new.expires_at.unwrap_or_else(|| life(self.policy().order_life)).min(longest),
        };
        let request = OrderRequest {
            client_id: new.client_id,
            request_id: new.request_id,
            content,
            product: new.product,
            amount: new.amount,
            description: new.description,
            notify_url: new.notify_url,
            order,
            gateway: new.gateway.map(Box::new),
        };
        self.standing(Command::Order(Box::new(request))).await
    }

    /// The user that a merchant's name for a buyer means: what applyToken called them, or their access token. Anything else is
    /// the merchant's own business (spec/qicard.md 7.1, Who is the buyer).
    async fn named_user(&self, client_id: &ClientId, named: &str) -> Result<Option<UserId>, Fault> {
        if let Some(Row::Token(token)) = self.row(Key::TokenByAccess(hash(named))).await?
            && token.client_id == *client_id
        {
            return Ok(Some(token.user_id));
        }
        let Some(Row::Client(client)) = self.row(Key::Client(client_id.clone())).await? else { return Ok(None) };
        Ok(self.reader().customer_user(client.merchant_id, CustomerId::new(named)).await?)
    }

    /// The order that a cashier's address names, with everything that is known of it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn order_view(&self, order_id: &OrderId) -> Result<Option<PaymentView>, Fault> {
        Ok(self.reader().payment_of_order(order_id.clone()).await?)
    }

    /// Pays. With a card its issuer is asked; what comes back as [`PaymentStatus::Processing`] is still being asked.
    ///
    /// # Errors
    /// Refused when the order is not payable (any more), is another user's, the PIN does not open, the money is not there or
    /// the issuer says no.
    pub async fn confirm_order(&self, request: ConfirmRequest) -> Result<(Payment, PaymentState), Fault> {
        let user = self.user(&request.user_id).await?.ok_or(Refusal::UserUnknown)?;
        let pin = self.check_pin(&user, &request.pin).await?;
        let page = request.page.map(|page| (page.interaction_id, self.seal(crate::signing::REPLY, &page.reply)));
        let command = ConfirmOrder {
            payment_id: request.payment_id,
            user_id: request.user_id,
            pin,
            source: request.source,
            page: page.clone(),
        };
        let (payment, state) = self.standing(Command::ConfirmOrder(Box::new(command))).await?;
        if state.status != PaymentStatus::Processing {
            return Ok((payment, state));
        }
        match tokio::time::timeout(ISSUER_PATIENCE, self.ask_issuer(&payment, &state, page)).await {
            Ok(Ok(Some(settled))) => Ok(settled),
            Ok(Ok(None)) | Err(_) => Ok((payment, state)),
            Ok(Err(fault)) => Err(fault),
        }
    }

    /// Asks the issuer of the card that an order is being paid with, and settles the order by what it says. Nothing comes back
    /// where it said nothing. Asking again is safe: the reference is the same.
    ///
    /// # Errors
    /// Refused when the issuer said no.
    pub async fn ask_issuer(
        &self,
        payment: &Payment,
        state: &PaymentState,
        page: Option<(InteractionId, String)>,
    ) -> Result<Option<(Payment, PaymentState)>, Fault> {
        let (Some(user_id), Some(Source::Card(card_id))) = (&state.user_id, &state.source) else { return Ok(None) };
        let said = self.ask_for_card(payment, state, card_id).await?;
        let Some(verdict) = said else { return Ok(None) };
        let settle = SettleCard {
            payment_id: payment.payment_id.clone(),
            user_id: user_id.clone(),
            card_id: card_id.clone(),
            attempt: state.asked,
            verdict,
            page,
        };
        self.standing(Command::SettleCard(Box::new(settle))).await.map(Some)
    }

    async fn ask_for_card(
        &self,
        payment: &Payment,
        state: &PaymentState,
        card_id: &CardId,
    ) -> Result<Option<Verdict>, Fault> {
        let Some(Row::Card(card)) = self.row(Key::Card(card_id.clone())).await? else {
            return Ok(Some(Verdict::Blocked));
        };
        let statement = match self.row(Key::Merchant(payment.merchant_id.clone())).await? {
            Some(Row::Merchant(merchant)) => merchant.name,
            _ => String::new(),
        };
        let charge = CardCharge {
            reference: format!("{}-{}", payment.payment_id, state.asked),
            token: card.token,
            amount: payment.amount,
            statement,
            asked_at: state.asked_at.unwrap_or(payment.created_at),
        };
        Ok(self.sources().issuer.charge(&charge).await.ok())
    }

    /// Lets time do to a payment what is due.
    ///
    /// # Errors
    /// When it cannot be made durable.
    pub async fn expire_payment(&self, payment_id: PaymentId) -> Result<(), Fault> {
        self.submit(Command::ExpirePayment { payment_id }).await.map(|_| ())
    }

    /// The operator stops a payment that is in dispute, or lets it go on.
    ///
    /// # Errors
    /// Refused when there is none.
    pub async fn freeze_payment(&self, payment_id: PaymentId, frozen: bool) -> Result<(Payment, PaymentState), Fault> {
        self.standing(Command::FreezePayment { payment_id, frozen }).await
    }

    /// Submits a command that answers with a payment and how it stands.
    pub(crate) async fn standing(&self, command: Command) -> Result<(Payment, PaymentState), Fault> {
        match self.submit(command).await? {
            Done::Standing(payment, state) => Ok((*payment, *state)),
            _ => Err(Fault::Internal("payment")),
        }
    }
}
