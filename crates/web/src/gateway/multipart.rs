//! Plain fields of a `multipart/form-data` body as the form that they could have been. Some clients send every POST so; files
//! belong to methods that are not offered.

use mithaq_alipay::encode_form;

/// The body with its boundary, out of `content_type`, as a form.
///
/// # Errors
/// What is wrong, as a sentence for the merchant's developer.
pub(super) fn as_form(content_type: &str, body: &[u8]) -> Result<String, &'static str> {
    const BROKEN: &str = "The multipart body cannot be read. Send a form, application/x-www-form-urlencoded.";
    let boundary = parameter(content_type, "boundary").filter(|it| (1..=70).contains(&it.len())).ok_or(BROKEN)?;
    let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
    let mut rest = body.strip_prefix(&delimiter[2..]).ok_or(BROKEN)?;
    let mut fields = Vec::new();
    while !rest.starts_with(b"--") {
        rest = rest.strip_prefix(b"\r\n").ok_or(BROKEN)?;
        let end = find(rest, &delimiter).ok_or(BROKEN)?;
        fields.push(field(&rest[..end]).ok_or(BROKEN)??);
        rest = &rest[end + delimiter.len()..];
    }
    Ok(encode_form(fields.iter().map(|(name, value)| (name.as_str(), *value))))
}

/// A part's name and value; nothing where it has no such form.
fn field(part: &[u8]) -> Option<Result<(String, &[u8]), &'static str>> {
    let end = find(part, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&part[..end]).ok()?;
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    if parameter(line, "filename").is_some() {
        return Some(Err("Files cannot be sent here. Send a form, application/x-www-form-urlencoded."));
    }
    let name = parameter(line, "name")?;
    // A name goes into the form as it is.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    name.bytes().all(plain).then(|| Ok((name.to_owned(), &part[end + 4..])))
}

/// `name="value"` or `name=value` among what is separated by semicolons.
fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').skip(1).find_map(|part| {
        let (known, value) = part.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::as_form;

    const KIND: &str = "multipart/form-data; boundary=\"x-1\"";

    fn part(name: &str, value: &str) -> String {
        format!("--x-1\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    }

    #[test]
    fn plain_fields_are_a_form() {
        let body = format!("{}{}--x-1--\r\n", part("app_id", "1"), part("biz_content", "{\"a\":\"b & \r\n--x-2 ü\"}"));
        let form = as_form(KIND, body.as_bytes()).expect("a form");
        assert_eq!(form, "app_id=1&biz_content=%7B%22a%22%3A%22b+%26+%0D%0A--x-2+%C3%BC%22%7D");
        assert_eq!(as_form(KIND, b"--x-1--").as_deref(), Ok(""), "none at all");
    }

    #[test]
    fn files_and_what_is_no_multipart_are_refused_and_nothing_panics() {
        let file = part("a", "1").replace("name=\"a\"", "name=\"a\"; filename=\"a.txt\"");
        for body in [format!("{file}--x-1--"), part("a", "1"), part("a&b", "1"), "--x-1".into(), "--x-1\r\n".into()] {
            assert!(as_form(KIND, body.as_bytes()).is_err(), "{body}");
        }
        for kind in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=other"] {
            assert!(as_form(kind, b"--x-1--").is_err(), "{kind}");
        }
    }
}
