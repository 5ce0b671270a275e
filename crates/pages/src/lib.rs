//! What people see: the wallet's pages in English and Iraqi Arabic, their words, styles, script and fonts.
//!
//! No HTTP in here: a page is a typed context ([`Page`]), [`Renderer::render`] makes HTML of it, and [`asset`] hands out
//! the files that the HTML links below [`ASSET_PREFIX`]. Templates escape everything; pages have no inline script or
//! style, so `script-src 'self'; style-src 'self'` holds. Spec: jsapi.md 6, qicard.md 5.1 and 9.
//!
//! What the wallet keeps as evidence of an agreement is [`Renderer::terms_text`]: the same lines the page showed.

mod assets;
mod authorize;
mod consent;
mod dates;
mod end;
mod language;
mod numbers;
mod page;
mod plain;
mod renderer;
mod samples;
mod site;
mod terms;
mod words;

pub use assets::{ASSET_PREFIX, Asset, asset, asset_paths};
pub use authorize::{AuthorizeContext, AuthorizeStep, ConfirmProblem, Offer};
pub use consent::{ConsentContext, ConsentStep, Scope};
pub use dates::{day, time};
pub use end::{About, End, EndContext, RefusalReason};
pub use language::Language;
pub use numbers::{Amount, amount, currency, money, typed_digits};
pub use page::{Form, Frame, LoginProblem, Merchant, Page};
pub use plain::{block as plain_block, line as plain_line};
pub use renderer::{RenderError, Renderer};
pub use samples::Sample;
pub use site::{ErrorContext, ErrorKind, HomeContext};
