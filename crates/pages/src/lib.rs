#![doc = include_str!("../README.md")]

mod agreement;
mod agreements;
mod assets;
mod authorize;
mod cashier;
mod consent;
mod dates;
mod deal;
mod end;
mod gateway_error;
mod language;
pub mod news;
mod numbers;
mod page;
mod plain;
mod qr;
mod renderer;
mod samples;
mod sign;
mod sign_in;
mod site;
mod terms;
pub mod wallet;
mod words;

pub use agreement::{Accepted, AgreementContext, AgreementStep, Charge, ChargeRefusal, PinProblem};
pub use agreements::{Agreement, AgreementsContext, OwnLimit, Standing};
pub use assets::{ASSET_PREFIX, Asset, asset, asset_paths};
pub use authorize::{AuthorizeContext, AuthorizeStep, ConfirmProblem, Offer};
pub use cashier::{
    BackKind, Card, CardName, CardRefusal, CardStanding, CashierContext, CashierEnd, CashierEndContext, CashierProblem,
    CashierStep, Checkout, Exit, Hold, HoldUntil, MoneyBack, Offered, Order, OrderKind, PaidFrom, PaymentLimit,
    Receipt, ReceiptStatus, Source,
};
pub use consent::{ConsentContext, ConsentStep, Scope};
pub use dates::{day, time};
pub use deal::{Deal, Plan, PlanProgress, PlanTrouble, Rhythm, Signed, Taker, Taking};
pub use end::{About, End, EndContext, RefusalReason};
pub use gateway_error::{GatewayErrorContext, GatewayReport};
pub use language::Language;
pub use numbers::{Amount, amount, currency, money, typed_digits};
pub use page::{Form, Frame, LoginProblem, Merchant, Page};
pub use plain::{block as plain_block, line as plain_line};
pub use qr::{CodeError, barcode_svg, qr_svg};
pub use renderer::{RenderError, Renderer};
pub use samples::Sample;
pub use sign::{AgreementAnswer, SignContext, SignEnd, SignEndContext, SignForm, SignProblem, SignStep};
pub use sign_in::{SignInContext, SignInProblem, SignInStep};
pub use site::{ErrorContext, ErrorKind, HomeContext};
