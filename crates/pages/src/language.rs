//! The two languages the pages speak.

/// A language of the pages (`extendInfo.language` of seed authorizations-prepare: `en-US` or `ar-IQ`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Language {
    /// English, left to right.
    EnUs,
    /// Arabic as it is written in Iraq, right to left.
    ArIq,
}

impl Language {
    /// Both, English first.
    pub const ALL: [Self; 2] = [Self::EnUs, Self::ArIq];

    /// The BCP 47 tag, as on the wire and in `<html lang>`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::EnUs => "en-US",
            Self::ArIq => "ar-IQ",
        }
    }

    /// The direction of writing, for `<html dir>`.
    #[must_use]
    pub const fn dir(self) -> &'static str {
        match self {
            Self::EnUs => "ltr",
            Self::ArIq => "rtl",
        }
    }

    /// The language of an exact tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    /// The first language of an `Accept-Language` header that we speak, by the order in which it is written; English
    /// when there is none. Weights are not read: browsers write the list in the order of preference.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let ranges = header.split(',').map(|range| range.split([';', '-']).next().unwrap_or_default().trim());
        let spoken = ranges.filter_map(|primary| match primary.to_ascii_lowercase().as_str() {
            "en" => Some(Self::EnUs),
            "ar" => Some(Self::ArIq),
            _ => None,
        });
        spoken.into_iter().next().unwrap_or(Self::EnUs)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_tag_names_a_language_and_its_direction() {
        assert_eq!(Language::from_tag("ar-iq"), Some(Language::ArIq));
        assert_eq!(Language::from_tag("ar"), None);
        assert_eq!((Language::EnUs.dir(), Language::ArIq.dir()), ("ltr", "rtl"));
    }

    #[test]
    fn the_browsers_first_language_that_we_speak_is_taken() {
        assert_eq!(Language::from_accept_language("ku, ar;q=0.9, en;q=0.8"), Language::ArIq);
        assert_eq!(Language::from_accept_language("en-GB,ar"), Language::EnUs);
        assert_eq!(Language::from_accept_language(""), Language::EnUs);
    }
}
