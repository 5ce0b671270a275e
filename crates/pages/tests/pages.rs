//! Every page in every state and both languages: what must hold of all of them.

mod common;

use common::rendered;
use mithaq_pages::{
    ASSET_PREFIX, AuthorizeContext, AuthorizeStep, CashierContext, CashierStep, End, EndContext, Exit, Page, SignEnd,
    SignInContext, SignInStep, SignStep, asset,
};
use std::collections::BTreeSet;

/// The tags of a page, without their angle brackets.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|rest| rest.split('>').next())
}

/// An attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

#[test]
fn every_page_says_its_language_and_direction_and_asks_one_thing() {
    for (name, page, html) in rendered() {
        let language = page.frame().language;
        let root = format!("<html lang=\"{}\" dir=\"{}\">", language.tag(), language.dir());
        assert!(html.starts_with("<!doctype html>") && html.contains(&root), "{name}");
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
        assert!(html.contains(&page.frame().host), "{name}");
    }
}

#[test]
fn no_page_needs_more_than_files_of_its_own_origin() {
    for (name, _, html) in rendered() {
        assert!(!html.contains("<style") && !html.contains(" style=") && !html.contains("javascript:"), "{name}");
        for tag in tags(&html) {
            assert!(!tag.split(' ').skip(1).any(|word| word.starts_with("on") && word.contains('=')), "{name}: {tag}");
            assert!(!tag.starts_with("script") || attribute(tag, "src").is_some(), "{name}: {tag}");
            let link = attribute(tag, "src").or(attribute(tag, "href").filter(|_| tag.starts_with("link")));
            if let Some(link) = link {
                let path = link.strip_prefix(ASSET_PREFIX).unwrap_or_else(|| panic!("{name}: {link}"));
                assert!(asset(path).is_some(), "{name}: {link}");
            }
        }
    }
}

#[test]
fn every_field_has_a_label_and_every_reference_leads_somewhere() {
    for (name, _, html) in rendered() {
        let ids: Vec<&str> = tags(&html).filter_map(|tag| attribute(tag, "id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{name}: {ids:?}");
        let labels: Vec<&str> = tags(&html).filter_map(|tag| attribute(tag, "for")).collect();
        for tag in tags(&html) {
            if tag.starts_with("input") && attribute(tag, "type") != Some("hidden") {
                assert!(labels.contains(&attribute(tag, "id").unwrap_or_default()), "{name}: {tag}");
            }
            let described = attribute(tag, "aria-describedby").unwrap_or_default();
            assert!(described.split_whitespace().all(|id| ids.contains(&id)), "{name}: {tag}");
        }
    }
}

#[test]
fn every_form_posts_to_what_its_page_is_about_with_the_sessions_token() {
    for (name, page, html) in rendered() {
        let target = match &page {
            Page::SignIn(_) => "/agreements/login\"",
            Page::Agreement(page) if page.agreement.signed.is_some() => "/agreements/20262009150000000017/end\"",
            Page::Agreement(_) => "/agreements/202610012748159036524817/end\"",
            Page::Sign(page) if matches!(page.exit, Exit::Alone { .. }) => "/sign/",
            Page::Wallet(_) | Page::WalletEntry(_) => "/wallet/",
            _ => "/app/v1/interactions/8F2C41D0A97B4E55B1C3E06D7A9F1284/",
        };
        for form in html.split("<form").skip(1) {
            let form = form.replace("&#x2f;", "/");
            // One form only asks for another page: it changes nothing, and its token would stand in the address.
            if form.contains(" method=\"get\" action=\"/wallet/send\"") {
                assert!(!form.contains("name=\"csrf\"") && !form.contains("name=\"pin\""), "{name}");
                continue;
            }
            assert!(form.contains(&format!(" method=\"post\" action=\"{target}")), "{name}");
            assert!(form.contains("<input type=\"hidden\" name=\"csrf\" value=\"c5f1d2a8\">"), "{name}");
        }
    }
}

#[test]
fn every_icon_that_a_page_names_exists() {
    for (name, _, html) in rendered() {
        for icon in html.split("<svg class=\"icon\"").skip(1) {
            let drawing = icon.split_once('>').and_then(|(_, rest)| rest.split("</svg>").next()).unwrap_or_default();
            assert!(!drawing.trim().is_empty(), "{name}: an icon without lines");
        }
    }
}

#[test]
fn isolated_runs_are_closed_where_they_were_opened() {
    for (name, _, html) in rendered() {
        assert_eq!(html.matches("<bdi").count(), html.matches("</bdi>").count(), "{name}");
        assert!(!html.contains(['\u{2068}', '\u{2069}', '\u{202E}']), "{name}");
    }
}

#[test]
fn a_failed_attempt_says_why_and_keeps_what_was_typed_except_the_pin() {
    for (name, page, html) in rendered() {
        let wrong = name.contains("wrong") || name.contains("malformed");
        assert_eq!(
            html.contains("role=\"alert\"") && html.contains("aria-invalid=\"true\" autofocus"),
            wrong,
            "{name}"
        );
        assert!(
            !tags(&html).any(|tag| attribute(tag, "name") == Some("pin") && attribute(tag, "value").is_some()),
            "{name}"
        );
        let kept = match &page {
            Page::Authorize(AuthorizeContext { step: AuthorizeStep::Login { phone, .. }, .. }) => phone,
            Page::Authorize(AuthorizeContext { step: AuthorizeStep::Ready { monthly_ceiling, .. }, .. }) => {
                monthly_ceiling
            }
            Page::Cashier(CashierContext { step: CashierStep::Login { phone, .. }, .. }) => phone,
            Page::Sign(page) => match &page.step {
                SignStep::Login { phone, .. } => phone,
                _ => continue,
            },
            Page::SignIn(SignInContext { step: SignInStep::Form { phone, .. }, .. }) => phone,
            _ => continue,
        };
        assert!(html.contains(&format!("value=\"{kept}\"")), "{name}");
    }
}

#[test]
fn a_page_in_a_plain_browser_has_nothing_to_press_that_acts() {
    for (name, page, html) in rendered() {
        let alone = match &page {
            Page::Authorize(page) => matches!(page.step, AuthorizeStep::Standalone { .. }),
            Page::Cashier(page) => matches!(page.step, CashierStep::Standalone { .. }),
            Page::Sign(page) => matches!(page.step, SignStep::Doorstep { .. }),
            _ => false,
        };
        if alone {
            assert!(!html.contains("<form") && !html.contains("type=\"submit\""), "{name}");
            assert!(html.contains("readonly") && !html.contains("data-ix"), "{name}");
        }
    }
}

#[test]
fn only_an_answer_tells_the_shell_by_itself() {
    for (name, page, html) in rendered() {
        // The cashier's own rule is in tests/cashier.rs.
        if matches!(page, Page::CashierEnd(_)) {
            continue;
        }
        let (ix, answered) = match &page {
            Page::End(EndContext { ix, end, .. }) => (ix.is_some(), matches!(end, End::Done(..) | End::Declined(..))),
            Page::SignEnd(page) => (matches!(page.exit, Exit::Shell(_)), !matches!(page.end, SignEnd::Failed { .. })),
            _ => {
                assert!(!html.contains("data-announce"), "{name}");
                continue;
            }
        };
        assert_eq!(html.contains("data-announce=\"done\""), answered, "{name}");
        assert_eq!(html.contains("data-tell="), ix, "{name}");
    }
}

#[test]
fn the_front_page_leads_on_only_in_a_sandbox() {
    for (name, page, html) in rendered() {
        if matches!(page, Page::Home(_)) {
            let sandbox = page.frame().sandbox;
            assert_eq!(html.contains("href=\"/studio\"") && html.contains("href=\"/app\""), sandbox, "{name}");
            assert!(html.contains("href=\"/agreements\""), "{name}");
        }
    }
}
