//! What a page method hands back to whoever opened it: the status, and the signed result (spec/alipay-agreement.md 1.7, 2.1.2, 2.13).

mod outcome;
mod redirect;
mod result;
mod status;

pub use outcome::SignOutcome;
pub use redirect::PageReturn;
pub use result::{PageSignAnswer, page_result};
pub use status::{PayStatus, SignStatus};
