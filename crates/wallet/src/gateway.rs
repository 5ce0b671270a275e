//! What the Alipay surface asks of the wallet: apps, agreements, deductions (spec/alipay-agreement.md part 2).

use crate::wallet::content;
use crate::{Fault, Pin, Wallet};
use jiff::civil::Date;
use mithaq_domain::{
    Command, Contract, ContractState, Deduct, Done, EndedBy, Evidence, GatewayApp, GatewayTrade, Key, Payment,
    PaymentRef, PaymentState, Refusal, Row, SignAgreement,
};
use mithaq_store::ContractView;
use mithaq_types::{AuthId, ClientId, ContractId, CustomerId, GatewayAppId, InteractionId, Money, UserId};

/// A signature under an agreement.
pub struct AgreementRequest {
    /// The offer, made by [`Wallet::prepare`] on terms with an agreement.
    pub auth_id: AuthId,
    /// The client of the app that made it.
    pub client_id: ClientId,
    /// Who signs.
    pub user_id: UserId,
    /// The PIN.
    pub pin: Pin,
    /// What the user saw.
    pub evidence: Evidence,
    /// The page, if it ends with this; its reply is made out of the contract, when it is read.
    pub page: Option<InteractionId>,
}

/// A deduction as a merchant asks for it.
pub struct NewDeduction {
    /// Who asks.
    pub client_id: ClientId,
    /// `out_trade_no`.
    pub request_id: String,
    /// `agreement_no`.
    pub contract_id: ContractId,
    /// How much.
    pub amount: Money,
    /// `subject`.
    pub description: String,
    /// Where to send the result.
    pub notify_url: Option<String>,
    /// The rest.
    pub gateway: GatewayTrade,
}

impl Wallet {
    /// An app of the gateway, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn gateway_app(&self, app_id: &GatewayAppId) -> Result<Option<GatewayApp>, Fault> {
        match self.row(Key::GatewayApp(app_id.clone())).await? {
            Some(Row::GatewayApp(app)) => Ok(Some(*app)),
            _ => Ok(None),
        }
    }

    /// Adds or changes an app of the gateway. Whoever calls this has read its key or certificate.
    ///
    /// # Errors
    /// Refused when the client is unknown, or the app is another client's.
    pub async fn put_gateway_app(&self, app: GatewayApp) -> Result<(), Fault> {
        self.submit(Command::PutGatewayApp(Box::new(app))).await.map(|_| ())
    }

    /// Signs an agreement. One that is in force on the same terms comes back as it is.
    ///
    /// # Errors
    /// Refused when the offer cannot be signed (any more), the merchant's number is in use, the user has too many agreements or
    /// may not act, or the PIN does not open.
    pub async fn sign_agreement(&self, request: AgreementRequest) -> Result<(Contract, ContractState), Fault> {
        let user = self.user(&request.user_id).await?.ok_or(Refusal::UserUnknown)?;
        let pin = self.check_pin(&user, &request.pin).await?;
        let AgreementRequest { auth_id, client_id, user_id, evidence, page, .. } = request;
        let command = SignAgreement { auth_id, client_id, user_id, pin, evidence, page };
        match self.submit(Command::SignAgreement(Box::new(command))).await? {
            Done::Agreed(contract, standing) => Ok((*contract, *standing)),
            _ => Err(Fault::Internal("sign agreement")),
        }
    }

    /// Deducts under an agreement. What is refused keeps nothing; what was paid before is refused as paid.
    ///
    /// # Errors
    /// [`Refusal::Charge`] with the rule that does not allow it, and the refusals of agreements and clients.
    pub async fn deduct(&self, new: NewDeduction) -> Result<(Payment, PaymentState), Fault> {
        let (value, currency) = (new.amount.minor.to_string(), new.amount.currency.code().to_owned());
        let content = content(&["deduct", new.contract_id.as_str(), &currency, &value, &new.description]);
        let NewDeduction { client_id, request_id, contract_id, amount, description, notify_url, gateway } = new;
        let request = Deduct { client_id, request_id, content, contract_id, amount, description, notify_url, gateway };
        self.standing(Command::Deduct(Box::new(request))).await
    }

    /// Puts the next deduction of a plan off.
    ///
    /// # Errors
    /// Refused when it is not this client's, is over, has no plan, or the day is not possible.
    pub async fn move_plan(
        &self,
        client_id: ClientId,
        contract_id: ContractId,
        to: Date,
    ) -> Result<ContractState, Fault> {
        match self.submit(Command::MovePlan { client_id, contract_id, to }).await? {
            Done::ContractStanding(standing) => Ok(*standing),
            _ => Err(Fault::Internal("move plan")),
        }
    }

    /// The merchant ends an agreement; it hears of that at `notify_url`, or at the app's gateway address.
    ///
    /// # Errors
    /// Refused when it is not this client's agreement, or is over.
    pub async fn end_agreement_as_merchant(
        &self,
        client_id: ClientId,
        contract_id: ContractId,
        notify_url: Option<String>,
    ) -> Result<(), Fault> {
        let by = EndedBy::Merchant(client_id, notify_url);
        self.submit(Command::EndContract { contract_id, by }).await.map(|_| ())
    }

    /// The merchant closes an order that nobody has paid.
    ///
    /// # Errors
    /// Refused when it is unknown to this client or was paid.
    pub async fn close_payment(
        &self,
        client_id: ClientId,
        payment: PaymentRef,
    ) -> Result<(Payment, PaymentState), Fault> {
        self.standing(Command::ClosePayment { client_id, payment }).await
    }

    /// The newest agreement that was signed under a merchant's own number, over or not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn agreement_numbered(
        &self,
        client_id: ClientId,
        external_no: String,
    ) -> Result<Option<ContractView>, Fault> {
        match self.row(Key::AgreementNumber(client_id, external_no)).await? {
            Some(Row::AgreementNumber(number)) => Ok(self.reader().contract(number.contract_id).await?),
            _ => Ok(None),
        }
    }

    /// The agreements of a user with a client that are in force, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn agreements_in_force(&self, user_id: UserId, client_id: ClientId) -> Result<Vec<ContractView>, Fault> {
        let Some(Row::AgreementHolder(holder)) = self.row(Key::AgreementHolder(user_id, client_id)).await? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        // One that has run out stays in the list until somebody ends it.
        let now = self.now();
        for live in holder.live.into_iter().filter(|live| now < live.ends_at) {
            found.extend(self.reader().contract(live.contract_id).await?);
        }
        Ok(found)
    }

    /// Whom a client's merchant knows under an id: the 24 digits that every surface calls this customer.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn user_known_as(&self, client_id: &ClientId, named: &str) -> Result<Option<UserId>, Fault> {
        let Some(Row::Client(client)) = self.row(Key::Client(client_id.clone())).await? else { return Ok(None) };
        Ok(self.reader().customer_user(client.merchant_id, CustomerId::new(named)).await?)
    }
}
