//! Agreements: what is signed, asked, changed and ended (spec/alipay-agreement.md 2.1 to 2.5).

mod key;
mod modify;
mod page_sign;
mod period;
mod query;
mod terms;
mod transfer;
mod unsign;
mod validity;

pub use key::{AgreementKey, UserKey};
pub use modify::{ModifyAnswer, ModifyRequest};
pub use page_sign::{Ages, Identity, PageSign};
pub use period::{Period, PeriodRule};
pub use query::{AgreementStatus, ExecutionPlan, PrincipalType, QueryAgreementAnswer, QueryAgreementRequest};
pub use terms::{AT_WILL, AgreementTerms, PERIODIC};
pub use transfer::{TransferAnswer, TransferRequest};
pub use unsign::{UnsignAnswer, UnsignRequest};
pub use validity::{FAR_AWAY, Validity};

/// Characters of an agreement's number, at most.
pub(super) const NUMBER_MAX: usize = 64;
/// Characters of the merchant's own number of it, at most.
const EXTERNAL_MAX: usize = 32;
/// Characters of a product's code, at most.
pub(super) const PRODUCT_MAX: usize = 64;
/// Characters of a scene, at most.
const SCENE_MAX: usize = 64;
/// Characters of a login name, at most.
pub(super) const LOGON_MAX: usize = 100;
