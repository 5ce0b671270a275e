//! A database URL, taken apart into what the library reads and what only we do.

use percent_encoding::percent_decode_str;
use std::collections::HashMap;

/// What the library does not know of a URL, or does not tell whether it was there.
const OURS: [&str; 5] = ["sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs"];

/// A URL without our settings, and these.
pub struct Parts {
    /// For the library.
    pub rest: String,
    /// Ours, by name.
    pub settings: HashMap<&'static str, String>,
}

impl Parts {
    /// Takes note of a setting. Whether the library may see it too.
    fn note(&mut self, name: &str, value: String) -> bool {
        let Some(ours) = OURS.iter().find(|ours| **ours == name) else { return true };
        self.settings.insert(ours, value);
        *ours == "target_session_attrs"
    }
}

/// What cannot be taken apart is left whole: the library says what is wrong with it.
pub fn split(url: &str) -> Parts {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") { split_url(url) } else { split_words(url) }
}

fn split_url(url: &str) -> Parts {
    let mut parts = Parts { rest: String::new(), settings: HashMap::new() };
    // A question mark before the host belongs to the password.
    let host = url.find('@').unwrap_or(0);
    let Some(mark) = url[host..].find('?').map(|place| host + place) else {
        return Parts { rest: url.to_owned(), ..parts };
    };
    let mut kept = Vec::new();
    for setting in url[mark + 1..].split('&') {
        let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
        if parts.note(name, percent_decode_str(value).decode_utf8_lossy().into_owned()) {
            kept.push(setting);
        }
    }
    let mark = if kept.is_empty() { "" } else { "?" };
    parts.rest = format!("{}{mark}{}", &url[..host + url[host..].find('?').unwrap_or(0)], kept.join("&"));
    parts
}

fn split_words(text: &str) -> Parts {
    let mut parts = Parts { rest: String::new(), settings: HashMap::new() };
    let mut left = text.trim();
    while !left.is_empty() {
        let Some((name, value, length)) = next_word(left) else {
            return Parts { rest: text.to_owned(), settings: HashMap::new() };
        };
        if parts.note(name, value) {
            parts.rest.push_str(&left[..length]);
            parts.rest.push(' ');
        }
        left = left[length..].trim_start();
    }
    parts
}

/// The first `name = value` of `text`: the name, the value without its quotes, and how many bytes it is long.
fn next_word(text: &str) -> Option<(&str, String, usize)> {
    let equals = text.find('=')?;
    let name = text[..equals].trim();
    let start = equals + 1 + text[equals + 1..].len() - text[equals + 1..].trim_start().len();
    let quoted = text[start..].starts_with('\'');
    let mut value = String::new();
    let mut letters = text[start..].char_indices().skip(usize::from(quoted));
    while let Some((place, letter)) = letters.next() {
        match letter {
            '\\' => value.push(letters.next()?.1),
            '\'' if quoted => return Some((name, value, start + place + 1)),
            space if !quoted && space.is_whitespace() => return Some((name, value, start + place)),
            letter => value.push(letter),
        }
    }
    (!quoted).then_some((name, value, text.len()))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn our_settings_are_taken_out_wherever_they_stand() {
        let taken = |text: &str| {
            let parts = split(text);
            let mut settings: Vec<_> =
                parts.settings.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
            settings.sort_unstable();
            (parts.rest.trim_end().to_owned(), settings.join(" "))
        };
        let both = |rest: &str, settings: &str| (rest.to_owned(), settings.to_owned());
        assert_eq!(
            taken("postgres://u:a?b@h/d?sslmode=verify-full&connect_timeout=3&sslrootcert=%2Fetc%2Fca%20file.pem"),
            both("postgres://u:a?b@h/d?connect_timeout=3", "sslmode=verify-full sslrootcert=/etc/ca file.pem")
        );
        assert_eq!(taken("postgres://h/d?sslmode=disable"), both("postgres://h/d", "sslmode=disable"));
        assert_eq!(
            taken(r"host = h  sslrootcert='/etc/it\'s.pem' password='a b' sslmode=require"),
            both("host = h password='a b'", "sslmode=require sslrootcert=/etc/it's.pem")
        );
        assert_eq!(taken("host=h password='open"), both("host=h password='open", ""));
    }
}
