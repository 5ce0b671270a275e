//! What a merchant is told, and what is remembered of it.

use super::{Opened, Refused};
use mithaq_alipay::{Charset, Code, GatewayError, Method, SignType, business_object, root_of};
use mithaq_domain::GatewayApp;

/// What a method makes.
pub(super) enum Made {
    /// Its business object.
    Object(String),
    /// The address of the page that a browser goes on to.
    Page(String),
}

/// An answer before it is sealed.
pub(super) struct Told {
    /// Whose the call says it is, if there is such an app.
    pub app: Option<GatewayApp>,
    /// Whether that app has signed it.
    pub signed: bool,
    /// What it named, if there is such a method.
    pub method: Option<Method>,
    /// What was made, or why nothing was.
    pub result: Result<Made, GatewayError>,
    /// How the answer is signed.
    pub sign_type: SignType,
    /// Whether it names the wallet's certificate.
    pub by_certificate: bool,
    /// Whether its reader may take it for other than UTF-8.
    is_foreign: bool,
}

impl Told {
    /// The answer to a call that was opened.
    pub fn of(opened: Opened, result: Result<Made, GatewayError>) -> Self {
        let Opened { app, call } = opened;
        let declared = call.params.ascii("charset").and_then(Charset::parse);
        Self {
            app: Some(app),
            signed: true,
            method: Some(call.method),
            result,
            sign_type: call.sign_type,
            by_certificate: call.by_certificate,
            is_foreign: declared != Some(Charset::Utf8),
        }
    }

    /// The answer to one that was not.
    pub fn refused(refused: Refused) -> Self {
        let Refused { method, error, app, signed, sign_type, by_certificate, .. } = refused;
        Self { app, signed, method, result: Err(error), sign_type, by_certificate, is_foreign: true }
    }

    /// The name under which it stands.
    pub fn root(&self) -> String {
        root_of(self.method, self.result.is_err())
    }

    /// What is signed and sent. A client that declared GBK reads the answer as such: there, and wherever it is not known, it
    /// holds ASCII alone.
    pub fn object(&self) -> String {
        let object = match &self.result {
            Ok(Made::Object(object)) => object.clone(),
            Ok(Made::Page(_)) => String::new(),
            Err(error) => business_object(error).unwrap_or_default(),
        };
        if self.is_foreign && !object.is_ascii() { escape(&object) } else { object }
    }

    /// How it ended, in one word: a sub-code, or the code of what worked.
    pub fn code(&self) -> &'static str {
        match &self.result {
            Ok(Made::Object(object)) if object.starts_with(r#"{"code":"10003""#) => Code::Waiting.wire(),
            Ok(_) => Code::Success.wire(),
            Err(error) => error.sub_code.wire(),
        }
    }
}

/// JSON with every other letter as `\uXXXX`. Such letters stand inside texts only.
fn escape(json: &str) -> String {
    let mut units = [0; 2];
    json.chars().fold(String::with_capacity(json.len()), |mut escaped, letter| {
        if letter.is_ascii() {
            escaped.push(letter);
        } else {
            let coded = letter.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}"));
            escaped.extend(coded);
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_is_escaped_reads_as_before() {
        let text = r#"{"a":"会员 é 😀","b":"\"\\"}"#;
        let escaped = escape(text);
        assert!(escaped.is_ascii(), "{escaped}");
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(read(&escaped), read(text));
    }
}
