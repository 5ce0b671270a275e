//! Everything that changes money or a contract is a command; all take one road.

use crate::{
    AgreementPay, App, Card, Client, CodePay, ConfirmOrder, Deduct, Delivery, ExchangeCode, GatewayApp, Grant, Hash,
    Interaction, InteractionOutcome, Language, Merchant, OperateRequest, Operation, OrderRequest, PayRequest,
    PaymentRef, PinCheck, RefreshTokens, SendMessage, Session, SettleCard, Sign, SignAgreement, Status, Terms,
    Transfer, User, UserStatus,
};
use jiff::civil::Date;
use mithaq_types::{
    AuthId, CardId, ClientId, ContractId, InteractionId, Money, OutboxId, PaymentId, SessionId, UserId,
};

/// Who ends a contract.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EndedBy {
    /// The user, with a PIN or through the sandbox.
    User(UserId, PinCheck),
    /// The operator.
    Operator,
    /// The merchant, through the gateway; where it wants to hear of it, otherwise at the app's gateway address.
    Merchant(ClientId, Option<String>),
    /// Time. Does nothing if it has not come.
    Clock,
}

/// A command.
#[derive(Clone, Debug)]
pub enum Command {
    /// Adds a merchant, its first client and perhaps its Mini Program.
    AddClient {
        /// The merchant.
        merchant: Box<Merchant>,
        /// Its client.
        client: Box<Client>,
        /// Its Mini Program.
        app: Option<Box<App>>,
    },
    /// Adds or changes a Mini Program of an existing client.
    PutApp(Box<App>),
    /// Adds a user.
    AddUser(Box<User>),
    /// Lets a client act, or stops it.
    SetClient {
        /// Which.
        client_id: ClientId,
        /// May it call.
        status: Status,
        /// May it use agreement payment.
        agreement_pay: AgreementPay,
    },
    /// Lets a user act, or freezes them.
    SetUser {
        /// Who.
        user_id: UserId,
        /// May they act.
        status: UserStatus,
    },
    /// Money from outside.
    TopUp {
        /// To whom.
        user_id: UserId,
        /// How much.
        amount: Money,
    },
    /// The operator does something else to the installation.
    Operate(Box<Operation>),
    /// A merchant prepares a contract.
    Prepare {
        /// Who.
        client_id: ClientId,
        /// The merchant's business line.
        reference_client_id: Option<String>,
        /// What is offered.
        terms: Box<Terms>,
        /// The `authId`, made by the caller out of 128 random bits.
        auth_id: AuthId,
    },
    /// A user signs.
    Sign(Box<Sign>),
    /// A user grants scopes.
    Grant(Box<Grant>),
    /// A code becomes tokens.
    Exchange(Box<ExchangeCode>),
    /// A refresh token becomes new tokens.
    Refresh(Box<RefreshTokens>),
    /// An access token is used for something that changes nothing else, for the first time.
    UseToken {
        /// SHA-256 of it.
        access: Hash,
    },
    /// A merchant revokes a token; the contract behind it ends.
    CancelToken {
        /// Who.
        client_id: ClientId,
        /// SHA-256 of the access token.
        access: Hash,
    },
    /// A contract ends otherwise.
    EndContract {
        /// Which.
        contract_id: ContractId,
        /// By whom.
        by: EndedBy,
    },
    /// Adds or changes an app of the gateway.
    PutGatewayApp(Box<GatewayApp>),
    /// A user signs an agreement of the Alipay surface.
    SignAgreement(Box<SignAgreement>),
    /// A merchant deducts under one.
    Deduct(Box<Deduct>),
    /// A merchant puts off the next deduction of a plan.
    MovePlan {
        /// Who.
        client_id: ClientId,
        /// Of which agreement.
        contract_id: ContractId,
        /// To which day.
        to: Date,
    },
    /// The wallet does what is due for a plan that it runs. Does nothing if it has not come.
    RunPlan {
        /// Of which agreement.
        contract_id: ContractId,
    },
    /// Money is deducted.
    Pay(Box<PayRequest>),
    /// A merchant makes an order for the cashier.
    Order(Box<OrderRequest>),
    /// A user pays an order.
    ConfirmOrder(Box<ConfirmOrder>),
    /// A card's issuer has answered.
    SettleCard(Box<SettleCard>),
    /// A merchant takes on an order of the escrow.
    AcceptOrder {
        /// Who.
        client_id: ClientId,
        /// Which.
        payment: PaymentRef,
    },
    /// A merchant captures, confirms, voids or refunds.
    OperatePayment(Box<OperateRequest>),
    /// A merchant closes an order that nobody has paid.
    ClosePayment {
        /// Who.
        client_id: ClientId,
        /// Which.
        payment: PaymentRef,
    },
    /// A merchant cancels.
    CancelPayment {
        /// Who.
        client_id: ClientId,
        /// Which.
        payment: PaymentRef,
    },
    /// Time has passed for a payment. Does nothing if it has not come.
    ExpirePayment {
        /// Which.
        payment_id: PaymentId,
    },
    /// The operator stops a payment that is in dispute, or lets it go on.
    FreezePayment {
        /// Which.
        payment_id: PaymentId,
        /// Is it to stand still.
        frozen: bool,
    },
    /// A user gets a code to show.
    IssueCode {
        /// Who.
        user_id: UserId,
        /// What is known about the PIN.
        pin: PinCheck,
        /// SHA-256 of the code.
        code: Hash,
    },
    /// A merchant deducts with a code that was shown.
    PayByCode(Box<CodePay>),
    /// A user sends money to another. The time in it is the engine's.
    Send(Box<Transfer>, PinCheck),
    /// A user links a card that its issuer has vouched for.
    LinkCard(Box<Card>),
    /// A user takes a card out.
    RemoveCard {
        /// Which.
        card_id: CardId,
        /// Whose.
        user_id: UserId,
    },
    /// A merchant writes to a user.
    SendMessage(Box<SendMessage>),
    /// A user chooses another PIN.
    ChangePin {
        /// Who.
        user_id: UserId,
        /// What is known about the old one.
        pin: PinCheck,
        /// The new one, hashed with argon2.
        pin_hash: String,
    },
    /// A user chooses a language.
    SetLanguage {
        /// Who.
        user_id: UserId,
        /// Which.
        language: Language,
    },
    /// A user ends a session of theirs, perhaps on another device.
    EndSession {
        /// Which.
        session_id: SessionId,
        /// Whose.
        user_id: UserId,
    },
    /// A browser session begins.
    OpenSession(Box<Session>),
    /// A person signs in with the PIN; the session gets a new token.
    LogIn {
        /// Which session.
        session_id: SessionId,
        /// Who.
        user_id: UserId,
        /// What is known about the PIN.
        pin: PinCheck,
        /// SHA-256 of the new cookie.
        token_hash: Hash,
        /// The new CSRF token.
        csrf: String,
    },
    /// A person signs out.
    LogOut {
        /// Which session.
        session_id: SessionId,
    },
    /// A wallet page is opened.
    OpenInteraction(Box<Interaction>),
    /// A wallet page ends without a signature: closed, refused, impossible.
    CloseInteraction {
        /// Which.
        interaction_id: InteractionId,
        /// How.
        outcome: InteractionOutcome,
        /// The sealed reply.
        reply_sealed: String,
    },
    /// A delivery was attempted.
    Delivered {
        /// Which.
        outbox_id: OutboxId,
        /// How it went.
        delivery: Delivery,
    },
    /// Somebody asks for a delivery to be tried again.
    Resend {
        /// Which.
        outbox_id: OutboxId,
    },
}
