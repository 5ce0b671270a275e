//! The words of one language, from its Fluent files.
//!
//! What is filled into a sentence is wrapped in isolating marks (FSI … PDI), so that a Latin name inside an Arabic
//! sentence cannot push its neighbours about. [`rich`] turns those marks into `<bdi>`, [`flat`] takes them out.

use crate::numbers::digits;
use crate::plain::{self, ISOLATE, POP_ISOLATE};
use crate::{Language, RenderError};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Locales;

/// All messages of one language.
pub(crate) struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

/// Something to fill into a sentence.
#[derive(Clone, Debug)]
pub(crate) enum Filling {
    /// A name, an amount, a day. Cleaned by [`plain::line`].
    Text(String),
    /// A count; chooses the plural form.
    Count(u32),
}

impl Words {
    /// Reads the language's files.
    pub(crate) fn load(language: Language) -> Result<Self, RenderError> {
        let tag: LanguageIdentifier =
            language.tag().parse().map_err(|_| RenderError::Words(language.tag().to_owned()))?;
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_formatter(match language {
            Language::EnUs => None,
            Language::ArIq => Some(|value, _| eastern_count(value)),
        });
        for path in Locales::iter().filter(|path| path.starts_with(language.tag())) {
            let unreadable = || RenderError::Words(path.to_string());
            let file = Locales::get(&path).ok_or_else(unreadable)?;
            let source = String::from_utf8(file.data.into_owned()).map_err(|_| unreadable())?;
            let resource = FluentResource::try_new(source).map_err(|_| unreadable())?;
            bundle.add_resource(resource).map_err(|_| unreadable())?;
        }
        Ok(Self { language, bundle })
    }

    pub(crate) const fn language(&self) -> Language {
        self.language
    }

    /// A message without anything to fill in.
    pub(crate) fn say(&self, key: &str) -> Result<String, RenderError> {
        self.fill(key, &[])
    }

    /// A message with its gaps filled. A gap that stays empty is an error, not a hole in the page.
    pub(crate) fn fill(&self, key: &str, fillings: &[(&str, Filling)]) -> Result<String, RenderError> {
        let missing = || RenderError::Message { language: self.language.tag(), key: key.to_owned() };
        let pattern = self.bundle.get_message(key).and_then(|message| message.value()).ok_or_else(missing)?;
        let mut arguments = FluentArgs::new();
        for (name, filling) in fillings {
            match filling {
                Filling::Text(text) => arguments.set(*name, plain::line(text)),
                Filling::Count(count) => arguments.set(*name, counted(self.language, *count)),
            }
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        if errors.is_empty() { Ok(text.into_owned()) } else { Err(missing()) }
    }
}

/// A count that chooses its plural form. In Arabic the last two digits choose, of which the library knows only while there
/// are no others: so they choose, and the count that is shown stands beside them.
fn counted(language: Language, count: u32) -> FluentValue<'static> {
    if language != Language::ArIq {
        return FluentValue::from(count);
    }
    let last_two = count % 100;
    let chooses = if last_two > 2 { last_two } else { count };
    let options = FluentNumberOptions { minimum_integer_digits: usize::try_from(count).ok(), ..Default::default() };
    FluentValue::Number(FluentNumber { value: f64::from(chooses), options })
}

fn eastern_count(value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => {
            let shown = number.options.minimum_integer_digits.map(|count| count.to_string());
            Some(digits(Language::ArIq, &shown.unwrap_or_else(|| number.as_string().into_owned())))
        }
        _ => None,
    }
}

/// A message as HTML: escaped, with `<bdi>` around what was filled in.
pub(crate) fn rich(message: &str) -> String {
    let mut html = String::with_capacity(message.len() + 32);
    for letter in message.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#x27;"),
            ISOLATE => html.push_str("<bdi>"),
            POP_ISOLATE => html.push_str("</bdi>"),
            other => html.push(other),
        }
    }
    html
}

/// A message as plain text, for attributes and titles.
pub(crate) fn flat(message: &str) -> String {
    plain::without_isolates(message)
}

#[cfg(test)]
mod tests {
    use super::{Filling, Locales, Words, rich};
    use crate::Language;
    use std::collections::BTreeSet;

    fn keys(language: Language) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for path in Locales::iter().filter(|path| path.starts_with(language.tag())) {
            let data = Locales::get(&path).expect("listed").data.into_owned();
            let text = String::from_utf8(data).expect("UTF-8");
            let starts = text.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()));
            keys.extend(starts.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())));
        }
        keys
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        let (english, arabic) = (keys(Language::EnUs), keys(Language::ArIq));
        assert!(english.len() > 50);
        assert_eq!(english, arabic);
    }

    #[test]
    fn a_name_is_escaped_and_isolated_and_cannot_leave_its_isolation() {
        let words = Words::load(Language::ArIq).expect("readable");
        let name = Filling::Text("<i>Z\u{2069}\u{202E}</i>".into());
        let message = words.fill("authorize-question", &[("merchant", name)]).expect("known");
        assert!(rich(&message).contains("<bdi>&lt;i&gt;Z&lt;/i&gt;</bdi>"));
    }

    #[test]
    fn arabic_counts_take_their_plural_and_their_digits() {
        let words = Words::load(Language::ArIq).expect("readable");
        let say =
            |count| super::flat(&words.fill("problem-pin-wrong", &[("tries", Filling::Count(count))]).expect("known"));
        assert!(say(1).contains("محاولة واحدة"));
        assert!(say(2).contains("محاولتان"));
        assert!(say(3).contains("٣ محاولات"));
        assert!(say(11).contains("١١ محاولة"));
        assert!(say(105).contains("١٠٥ محاولات") && say(1_011).contains("١٠١١ محاولة"));
        assert!(say(100).contains("١٠٠ محاولة"));
    }

    #[test]
    fn a_message_or_a_filling_that_is_missing_is_an_error() {
        let words = Words::load(Language::EnUs).expect("readable");
        assert!(words.say("no-such-message").is_err());
        assert!(words.say("authorize-question").is_err());
    }
}
