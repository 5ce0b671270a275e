//! The second dialect over the same wallet: `gateway.do` of the Alipay surface (spec/alipay-agreement.md part 1).
//!
//! [`open`] reads and checks what a merchant built, wherever it came in; a method answers with its business object; [`seal`]
//! puts that into the signed envelope. Pages and the shell read what they are given with the same [`open`].

mod apps;
mod errors;
pub(crate) mod offers;
mod open;
mod seal;
mod trades;

pub(crate) use apps::KnownApp;
pub(crate) use open::{Opened, Refused, open};
pub(crate) use seal::{seal, sign_text};
