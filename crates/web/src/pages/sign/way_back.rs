//! Where a signing page that stands alone leads afterwards: the request's `return_url`, with what came of it, signed as a
//! notification is (spec/alipay-agreement.md 2.1.2).

use crate::gateway::sign_text;
use crate::pages::sign_standing::{self, SignStanding, error_of};
use crate::shell::sign_reply;
use crate::state::Shared;
use mithaq_alipay::{Answered, PageReturn};
use mithaq_wallet::Fault;

/// The address, if the request has one and the page is over. Somebody who refused goes back with nothing to tell.
pub async fn of(app: &Shared, standing: &SignStanding) -> Result<Option<String>, Fault> {
    let view = match standing {
        SignStanding::Signed(view, ..) | SignStanding::Declined(view) | SignStanding::Failed(Some(view), _) => view,
        SignStanding::Failed(None, _) | SignStanding::Login(_) | SignStanding::Ready(..) => return Ok(None),
    };
    let Some(asked) = sign_standing::terms(view) else { return Ok(None) };
    let Some(return_url) = &asked.return_url else { return Ok(None) };
    let sign_type = sign_reply::sign_type(asked);
    let told = match standing {
        SignStanding::Signed(_, contract, _) => {
            let answer = Answered::success(sign_reply::answer(app, contract, asked).await?);
            PageReturn::of(&answer, sign_type)
        }
        SignStanding::Failed(_, problem) => PageReturn::of(&error_of(*problem), sign_type),
        _ => None,
    };
    let Some(told) = told else { return Ok(Some(return_url.clone())) };
    let sign = sign_text(app, sign_type, &told.content()).await;
    Ok(Some(told.url(return_url, &sign)))
}
