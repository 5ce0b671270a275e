//! The ways into a page besides a signStr (spec/alipay-agreement.md 1.6): the URL or string that an SDK built, plain or inside
//! a deep link. All hold the same parameters.

use crate::{FormError, Params, query_of};

/// How deep links begin.
const DEEP_LINK: &str = "alipays://platformapi/startapp?";
/// The most bytes of an entry: of a link whose URL is encoded once more.
const LENGTH_MAX: usize = 65_536;

/// Why an entry cannot be opened.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EntryError {
    /// It is empty, or longer than anything a phone hands over.
    #[error("the page's address must be a text of 1 to 65536 characters")]
    Length,
    /// A deep link to something else.
    #[error("the deep link holds neither sign_params nor url: it leads to no page of the gateway")]
    OtherLink,
    /// It is not UTF-8 where it must be.
    #[error("the address inside the deep link is not text")]
    NotText,
    /// It cannot be decoded.
    #[error("the page's parameters cannot be read: {0}")]
    Form(#[from] FormError),
    /// It holds no method: it is something else.
    #[error("the page's parameters name no method: pass what sdkExecute or pageExecute gives, unchanged")]
    NoMethod,
}

/// Opens a page's entry: the URL of `pageExecute`, the string of `sdkExecute` (also `orderStr` of `my.tradePay`), or a deep link
/// with either of them inside.
///
/// # Errors
/// [`EntryError`].
pub fn open_entry(entry: &str) -> Result<Params, EntryError> {
    if entry.is_empty() || entry.len() > LENGTH_MAX {
        return Err(EntryError::Length);
    }
    let params = match entry.strip_prefix(DEEP_LINK) {
        Some(link) => open_link(link)?,
        None => Params::read(&[plain(entry)])?,
    };
    if params.get("method").is_none() {
        return Err(EntryError::NoMethod);
    }
    Ok(params)
}

/// `sign_params` is the string of `sdkExecute`, `url` the URL of `pageExecute`, each encoded once more.
fn open_link(link: &str) -> Result<Params, EntryError> {
    let link = Params::read(&[link.as_bytes()])?;
    let inner = link.get("sign_params").or_else(|| link.get("url")).ok_or(EntryError::OtherLink)?;
    let inner = std::str::from_utf8(inner).map_err(|_| EntryError::NotText)?;
    Ok(Params::read(&[plain(inner)])?)
}

/// The parameters of a URL, or of a string that is nothing else.
fn plain(entry: &str) -> &[u8] {
    let is_url = entry.starts_with("http://") || entry.starts_with("https://");
    if is_url { query_of(entry) } else { entry.as_bytes() }
}
