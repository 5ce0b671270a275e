//! The argument of `my.paySignCenter`: a whole request, percent-encoded once more (spec/alipay-agreement.md 1.7); and what is
//! usually wrong with it, said so that whoever wrote it knows what to change.

use crate::form::decode;
use crate::{FormError, Params};

/// Characters of a signStr, at most: what any phone hands over.
const LENGTH_MAX: usize = 65_536;

/// What is wrong with a signStr that can be read all the same, or would be if it were put right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// It was encoded once less than it must be.
    EncodedOnce,
    /// It was encoded once more than it must be.
    EncodedThrice,
    /// Somewhere on its way a `+` became a space.
    PlusLost,
    /// The signature is as long as one of another kind of key.
    OtherKey,
    /// `return_url` is in it.
    ReturnUrl,
}

impl Mistake {
    /// What happened and what to do.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::EncodedOnce => {
                "signStr is encoded once only. Take the whole string that sdkExecute gives and percent-encode it once more \
                 (encodeURIComponent) before my.paySignCenter."
            }
            Self::EncodedThrice => {
                "signStr is encoded once too often. Percent-encode the string that sdkExecute gives exactly once, and look \
                 whether a template or a query string encodes it again on its way to the Mini Program."
            }
            Self::PlusLost => {
                "A plus sign in signStr has become a space on its way, so that the signature does not fit. Whatever carries \
                 the string from the server to the Mini Program decodes it as a form: send it as JSON, and do not decode it."
            }
            Self::OtherKey => {
                "The signature in signStr was made with another kind of key than the one registered for this app: RSA2 needs \
                 the RSA key of 2048 bits whose public half the wallet has. Look which key and sign_type the server uses."
            }
            Self::ReturnUrl => {
                "return_url is in signStr. In a Mini Program it must be left out: with it the user is led out of the Mini \
                 Program after signing, and the call ends as 6001 although the agreement is signed."
            }
        }
    }
}

/// Why a signStr cannot be opened.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SignStrError {
    /// It is empty, or longer than anything a phone hands over.
    #[error("signStr must be a text of 1 to 65536 characters")]
    Length,
    /// A known mistake that makes it unreadable.
    #[error("{}", .0.advice())]
    Mistake(Mistake),
    /// It cannot be decoded, or what it holds cannot.
    #[error("signStr cannot be decoded: {0}")]
    Form(#[from] FormError),
    /// It holds no method: it is something else.
    #[error("signStr holds no method: pass the string that sdkExecute gives, percent-encoded once more")]
    NoMethod,
}

/// Opens a signStr: the request in it, and mistakes that can be seen without knowing any key.
///
/// # Errors
/// [`SignStrError`].
pub fn open_sign_str(sign_str: &str) -> Result<(Params, Vec<Mistake>), SignStrError> {
    if sign_str.is_empty() || sign_str.len() > LENGTH_MAX {
        return Err(SignStrError::Length);
    }
    if sign_str.contains('&') {
        return Err(SignStrError::Mistake(Mistake::EncodedOnce));
    }
    let encoding = || FormError::Encoding("signStr".to_owned());
    let once = unescape(sign_str.as_bytes()).ok_or_else(encoding)?;
    if !once.contains(&b'&') && decode(&once).is_some_and(|twice| twice.contains(&b'&')) {
        return Err(SignStrError::Mistake(Mistake::EncodedThrice));
    }
    let params = Params::read(&[&once])?;
    if params.get("method").is_none() {
        return Err(SignStrError::NoMethod);
    }
    let mistakes = mistakes_of(&params);
    Ok((params, mistakes))
}

/// Mistakes that parameters show by themselves.
pub(crate) fn mistakes_of(params: &Params) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if params.get("sign").is_some_and(|sign| sign.contains(&b' ')) {
        mistakes.push(Mistake::PlusLost);
    }
    if other_key(params) {
        mistakes.push(Mistake::OtherKey);
    }
    if params.get("return_url").is_some() {
        mistakes.push(Mistake::ReturnUrl);
    }
    mistakes
}

/// The outer layer was made by an encoder that writes a space as `%20`, so that a `+` in it is a plus.
fn unescape(outer: &[u8]) -> Option<Vec<u8>> {
    let kept: Vec<u8> = outer
        .iter()
        .flat_map(|byte| if *byte == b'+' { &b"%2B"[..] } else { std::slice::from_ref(byte) })
        .copied()
        .collect();
    decode(&kept)
}

/// A signature of RSA2 has the 344 characters of 256 bytes; an old key's is half as long.
fn other_key(params: &Params) -> bool {
    let is_long = params.ascii("sign").map(|sign| sign.trim_end_matches('=').len() > 200);
    params.ascii("sign_type") == Some("RSA2") && is_long == Some(false)
}
