//! What arguments may be, so that a wrong one is said before anything is opened.

use mithaq_crypto::PublicKey;
use mithaq_types::Currency;
use std::path::Path;
use url::Url;

/// The most characters that a name may have (spec/openapi.md 2).
const NAME_MAX: usize = 128;
/// The most characters of an id or a reference.
const TEXT_MAX: usize = 64;

/// A name that people read.
pub fn name(text: &str) -> Result<String, String> {
    let fits = !text.trim().is_empty() && text.chars().count() <= NAME_MAX && !text.chars().any(char::is_control);
    fits.then(|| text.trim().to_owned()).ok_or_else(|| format!("a name has 1 to {NAME_MAX} characters"))
}

/// An id that the operator chooses: it stands in headers and in audit lines.
pub fn id(text: &str) -> Result<String, String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let fits = (1..=TEXT_MAX).contains(&text.len()) && text.bytes().all(allowed);
    fits.then(|| text.to_owned()).ok_or_else(|| format!("an id has 1 to {TEXT_MAX} letters, digits, `-` or `_`"))
}

/// What a deposit is called outside.
pub fn reference(text: &str) -> Result<String, String> {
    let length = text.chars().count();
    let fits = (1..=TEXT_MAX).contains(&length) && text.trim() == text && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
        .ok_or_else(|| format!("a reference has 1 to {TEXT_MAX} characters, no spaces around it"))
}

/// A phone number.
pub fn phone(text: &str) -> Result<String, String> {
    let fits = (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.to_owned())
        .ok_or_else(|| "a phone number is 1 to 15 digits with the country code, such as 9647700000009".to_owned())
}

/// An amount of money that comes in.
pub fn amount(text: &str) -> Result<i64, String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let minor = text.parse::<i64>().ok().filter(|minor| digits && *minor > 0);
    minor.ok_or_else(|| "an amount is a whole number of minor units above 0: 5000000 is 5,000 IQD".to_owned())
}

/// A currency.
pub fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(text).ok_or_else(|| "not a currency that this wallet knows, such as IQD".to_owned())
}

/// Where a Mini Program starts.
pub fn app_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.filter(|url| url.username().is_empty() && url.password().is_none());
    url.ok_or_else(|| "not an http or https address, such as https://shop.example/".to_owned())
}

/// An address, or none where the text is empty.
#[derive(Clone, Debug)]
pub struct UrlOrNone(pub Option<Url>);

/// Reads it.
pub fn app_url_or_none(text: &str) -> Result<UrlOrNone, String> {
    if text.is_empty() { Ok(UrlOrNone(None)) } else { app_url(text).map(|url| UrlOrNone(Some(url))) }
}

/// The number of an app of the Alipay surface.
pub fn app_id(text: &str) -> Result<String, String> {
    let fits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.to_owned()).ok_or_else(|| "an app's number has 16 digits".to_owned())
}

/// A merchant's public key, in a file.
///
/// # Errors
/// When the file cannot be read or holds something else.
pub fn public_key(path: &Path) -> anyhow::Result<PublicKey> {
    let text = std::fs::read_to_string(path).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
    PublicKey::from_pem(&text)
        .map_err(|error| anyhow::anyhow!("{} must hold an RSA public key in PEM: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_a_positive_number_of_minor_units() {
        assert_eq!(amount("5000000"), Ok(5_000_000));
        for text in ["", "0", "-1", "+1", "1.5", "1e3", "1,000", "9223372036854775808"] {
            assert!(amount(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_phone_number_is_digits() {
        assert!(phone("9647700000009").is_ok());
        for text in ["", "+9647700000009", "964 770", "1234567890123456"] {
            assert!(phone(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_id_and_a_reference_stand_in_headers_and_audit_lines() {
        assert!(id("2188_shop-1").is_ok() && reference("bank transfer 17/2026").is_ok());
        for text in ["", "a b", "a:b", "é", "a\n", &"x".repeat(65)] {
            assert!(id(text).is_err(), "{text}");
        }
        for text in ["", " x", "x ", "a\nb", &"x".repeat(65)] {
            assert!(reference(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_mini_program_is_on_the_web_and_its_address_holds_no_password() {
        assert!(app_url("https://shop.example/start?x=1").is_ok());
        for text in ["shop.example", "ftp://shop.example/", "https://a:b@shop.example/", "file:///etc/passwd"] {
            assert!(app_url(text).is_err(), "{text}");
        }
    }
}
