//! The colours of tokens.css, in light and dark: text on its ground reaches WCAG 2 AA (4.5:1), edges of fields 3:1.

#![expect(clippy::float_arithmetic, reason = "colours, not money")]

use mithaq_pages::asset;
use std::collections::BTreeMap;

/// Text, and the grounds it stands on.
const TEXT: [(&str, &[&str]); 13] = [
    ("ink", &["paper", "surface", "brand-soft", "saffron-soft", "bad-soft", "good-soft", "wait-soft"]),
    ("ink-soft", &["paper", "surface", "brand-soft", "good-soft"]),
    ("brand", &["paper", "surface", "brand-soft"]),
    ("brand-ink", &["brand", "brand-strong"]),
    ("saffron-ink", &["paper", "surface", "saffron-soft"]),
    ("good", &["paper", "surface", "good-soft"]),
    ("bad", &["paper", "surface", "bad-soft", "brand-soft"]),
    ("surface", &["bad"]),
    ("wait", &["paper", "surface", "wait-soft"]),
    ("code-ink", &["code"]),
    ("code-mark", &["code"]),
    ("focus", &["paper", "surface"]),
    ("brand-strong", &["paper", "surface"]),
];
const EDGES: [(&str, &[&str]); 1] = [("line-strong", &["paper", "surface"])];

type Colours = BTreeMap<String, [u8; 3]>;

fn colours(css: &str) -> Colours {
    let mut found = Colours::new();
    for declaration in css.split("--").skip(1) {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.split(';').next().unwrap_or_default();
        let Some(hex) = value.trim().strip_prefix('#').filter(|hex| hex.len() == 6) else { continue };
        let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("two hex digits");
        found.insert(name.trim().to_owned(), [part(0), part(2), part(4)]);
    }
    found
}

fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| {
        let share = f64::from(part) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn ratio(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn check(scheme: &str, colours: &Colours) {
    for (pairs, least) in [(&TEXT[..], 4.5), (&EDGES[..], 3.0)] {
        for (front, grounds) in pairs {
            for ground in *grounds {
                let reached = ratio(colours[*front], colours[*ground]);
                assert!(reached >= least, "{scheme}: {front} on {ground} is {reached:.2}:1, not {least}:1");
            }
        }
    }
}

#[test]
fn text_and_fields_stand_out_in_light_and_in_dark() {
    let bytes = asset("tokens.css").expect("shipped").bytes;
    let css = std::str::from_utf8(&bytes).expect("UTF-8");
    let (light, dark) = css.split_once("@media (prefers-color-scheme: dark)").expect("both schemes");
    let light = colours(light);
    check("light", &light);
    let mut both = light;
    both.extend(colours(dark));
    check("dark", &both);
}
