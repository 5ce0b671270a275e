//! Parameters out of a query string and a form body (spec/alipay-agreement.md 1.1).
//!
//! Values stay bytes: the signature is over the decoded bytes, whatever charset they are in. Which string they come from does
//! not matter: the query of a call, its body, the string of `sdkExecute`, the URL of `pageExecute` (1.6).

use std::collections::BTreeMap;
use std::fmt;

/// Parameters in one request, at most.
const COUNT_MAX: usize = 128;
/// Characters of a name, at most.
const NAME_MAX: usize = 64;
/// Bytes of a decoded value, at most: far more than any content there is.
const VALUE_MAX: usize = 65_536;

/// Why parameters cannot be read. Each names the parameter as far as there is one.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FormError {
    /// A percent sign is not followed by two hex digits.
    #[error("the value of {0} is not percent-encoded correctly: after % there must be two hex digits")]
    Encoding(String),
    /// A name is empty, too long or holds what a name never does.
    #[error("a parameter's name must be 1 to 64 of A-Z a-z 0-9 _ . -")]
    Name,
    /// A value is longer than anything that is meant.
    #[error("the value of {0} is longer than 65536 bytes")]
    TooLong(String),
    /// The same name twice, in the query, the body or both.
    #[error("{0} is there twice: send every parameter once, in the query or in the body")]
    Repeated(String),
    /// Too many.
    #[error("there are more than 128 parameters")]
    TooMany,
}

/// Parameters by name, decoded.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Params(BTreeMap<String, Vec<u8>>);

impl Params {
    /// Reads what `sources` hold together: the query string, the form body. A space may be `+` or `%20`.
    ///
    /// # Errors
    /// [`FormError`].
    pub fn read(sources: &[&[u8]]) -> Result<Self, FormError> {
        let mut params = Self::default();
        for source in sources {
            for pair in source.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
                let cut = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
                let (name, value) = (pair.get(..cut).unwrap_or_default(), pair.get(cut + 1..).unwrap_or_default());
                let name = name_of(name)?;
                let value = decode(value).ok_or_else(|| FormError::Encoding(name.clone()))?;
                if value.len() > VALUE_MAX {
                    return Err(FormError::TooLong(name));
                }
                if params.0.len() >= COUNT_MAX {
                    return Err(FormError::TooMany);
                }
                if params.0.insert(name.clone(), value).is_some() {
                    return Err(FormError::Repeated(name));
                }
            }
        }
        Ok(params)
    }

    /// Parameters that are not read but made: names of the protocol, each once.
    pub(crate) fn of_pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self(pairs.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).collect())
    }

    /// A value, if it is there and not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice).filter(|value| !value.is_empty())
    }

    /// The same where it is plain ASCII, as all names, numbers and dates of the protocol are.
    #[must_use]
    pub fn ascii(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| value.is_ascii()).and_then(|value| std::str::from_utf8(value).ok())
    }

    /// Every parameter, by name, the empty ones too.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// Whether any value is empty.
    #[must_use]
    pub fn has_empty(&self) -> bool {
        self.0.values().any(Vec::is_empty)
    }
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values may be codes and tokens, which open accounts: logs must not show them.
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// The query of a request's target. Some clients send the target in absolute form, `http://host/gateway.do?…`: only what is
/// after the first question mark counts (1.1).
#[must_use]
pub fn query_of(target: &str) -> &[u8] {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    query.split_once('#').map_or(query, |(query, _)| query).as_bytes()
}

/// Writes parameters in the order they come in, each value percent-encoded once, with `+` for a space.
#[must_use]
pub fn encode_form<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut form = String::new();
    for (name, value) in pairs {
        if !form.is_empty() {
            form.push('&');
        }
        form.push_str(name);
        form.push('=');
        encode(value, &mut form);
    }
    form
}

fn encode(value: &[u8], form: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |nibble: u8| HEX.get(usize::from(nibble)).copied().map_or('0', char::from);
    for byte in value {
        match byte {
            b' ' => form.push('+'),
            b'-' | b'.' | b'_' => form.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => form.push(char::from(*byte)),
            byte => form.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
}

fn name_of(raw: &[u8]) -> Result<String, FormError> {
    let name = decode(raw).ok_or(FormError::Name)?;
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    if name.is_empty() || name.len() > NAME_MAX || !name.iter().all(plain) {
        return Err(FormError::Name);
    }
    String::from_utf8(name).map_err(|_| FormError::Name)
}

/// Percent-decodes once; `+` is a space. `None`: a percent sign that begins nothing.
pub fn decode(raw: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = raw.iter();
    let mut decoded = Vec::with_capacity(raw.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = char::from(*bytes.next()?).to_digit(16)?;
                let low = char::from(*bytes.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            byte => *byte,
        });
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sources: &[&str]) -> Result<Params, FormError> {
        let sources: Vec<&[u8]> = sources.iter().map(|source| source.as_bytes()).collect();
        Params::read(&sources)
    }

    #[test]
    fn query_and_body_are_one_set_and_a_space_is_written_in_two_ways() {
        let params = read(&["app_id=1&timestamp=2026-01-05+10:00:00", "body=a%20b&&empty="]).unwrap();
        assert_eq!(params.ascii("timestamp"), Some("2026-01-05 10:00:00"));
        assert_eq!(params.ascii("body"), Some("a b"));
        assert_eq!(params.get("empty"), None, "an empty value is none");
        assert!(params.has_empty());
    }

    #[test]
    fn only_the_first_equals_sign_ends_a_name() {
        assert_eq!(read(&["sign=abc=="]).unwrap().ascii("sign"), Some("abc=="));
    }

    #[test]
    fn what_is_there_twice_or_wrongly_encoded_is_refused_by_name() {
        assert_eq!(read(&["a=1", "a=1"]), Err(FormError::Repeated("a".into())));
        for broken in ["a=%", "a=%4", "a=%zz", "a=%+1"] {
            assert_eq!(read(&[broken]), Err(FormError::Encoding("a".into())), "{broken}");
        }
        for name in ["=1", "a%20b=1", "%=1", &format!("{}=1", "n".repeat(65))] {
            assert_eq!(read(&[name]), Err(FormError::Name), "{name}");
        }
        let many: Vec<String> = (0..=COUNT_MAX).map(|index| format!("n{index}=1")).collect();
        assert_eq!(read(&[&many.join("&")]), Err(FormError::TooMany));
    }

    #[test]
    fn a_value_of_a_megabyte_is_refused_by_name() {
        assert!(read(&[&format!("a={}", "x".repeat(VALUE_MAX))]).is_ok());
        assert_eq!(read(&[&format!("a={}", "%41".repeat(1 << 20))]), Err(FormError::TooLong("a".into())));
    }

    #[test]
    fn a_target_may_be_absolute() {
        for target in ["/gateway.do?a=1", "http://localhost:7600/gateway.do?a=1", "?a=1#part", "x?a=1"] {
            assert_eq!(query_of(target), b"a=1", "{target}");
        }
        assert_eq!(query_of("/gateway.do"), b"");
    }

    #[test]
    fn bytes_of_any_charset_come_through() {
        assert_eq!(read(&["s=%BB%E1%D4%B1"]).unwrap().get("s"), Some(&[0xBB, 0xE1, 0xD4, 0xB1][..]));
    }
}
