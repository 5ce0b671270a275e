//! Makes HTML of pages: one template environment per language, with that language's words as functions.

use crate::words::{Filling, Words, flat, rich};
use crate::{AuthorizeContext, CodeError, Deal, Frame, Language, Merchant, Page, deal, plain, terms};
use minijinja::value::{Kwargs, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, context};
use rust_embed::RustEmbed;
use std::sync::Arc;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

/// Why a page could not be made. Always a mistake of ours, never of the user's: answer with a plain 500.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template does not parse, or needs something that is not there.
    #[error("template: {0:#}")]
    Template(#[from] Error),
    /// A file of words does not parse.
    #[error("cannot read the words in {0}")]
    Words(String),
    /// A message is missing, or a gap of it stayed empty.
    #[error("the {language} message {key} is missing or incomplete")]
    Message {
        /// Tag of the language.
        language: &'static str,
        /// Its key.
        key: String,
    },
    /// What is to be scanned fits no code.
    #[error(transparent)]
    Code(#[from] CodeError),
}

/// Renders pages. Make one and share it: it is read-only and `Send + Sync`.
pub struct Renderer {
    english: Side,
    arabic: Side,
}

/// One language's words and templates.
struct Side {
    words: Arc<Words>,
    templates: Environment<'static>,
}

impl Renderer {
    /// Reads the embedded words and templates.
    ///
    /// # Errors
    /// When one of them does not parse; the tests of this crate keep that from being shipped.
    pub fn new() -> Result<Self, RenderError> {
        Ok(Self { english: Side::load(Language::EnUs)?, arabic: Side::load(Language::ArIq)? })
    }

    /// The page as a whole HTML document.
    ///
    /// # Errors
    /// When a template or a message is broken.
    pub fn render(&self, page: &Page) -> Result<String, RenderError> {
        let frame = page.frame();
        let side = self.side(frame.language);
        let (template, view) = page.view(&side.words)?;
        let around = context! {
            lang => frame.language.tag(),
            dir => frame.language.dir(),
            host => plain::line(&frame.host),
            sandbox => frame.sandbox,
            app => frame.app.map(|app| app.view(&side.words)).transpose()?,
            in_wallet => frame.app.is_some() || matches!(page, Page::Wallet(_)),
        };
        Ok(side.templates.get_template(template)?.render(context! { ..view, ..around })?)
    }

    /// What the user was shown before agreeing, as plain text: the language, the wallet's host, the question, the
    /// merchant's standing, every line with its label, and the merchant's text. One line each, `\n` between them, the
    /// same for the same offer whenever it is asked for. The wallet hashes it and keeps both as evidence.
    ///
    /// # Errors
    /// When a message is broken.
    pub fn terms_text(&self, page: &AuthorizeContext) -> Result<String, RenderError> {
        terms::text(page, &self.side(page.frame.language).words)
    }

    /// What the user was shown before signing an agreement of the Alipay surface, line for line as plain text. The wallet
    /// hashes it and keeps both as evidence. The same for the same deal whenever it is asked for.
    ///
    /// # Errors
    /// When a message is broken.
    pub fn sign_text(&self, frame: &Frame, merchant: &Merchant, deal: &Deal) -> Result<String, RenderError> {
        let words = &self.side(frame.language).words;
        deal::of(merchant, deal, words)?.text(frame, words)
    }

    /// The same for an agreement that the cashier offered beside an order.
    ///
    /// # Errors
    /// When a message is broken.
    pub fn offered_text(&self, frame: &Frame, merchant: &Merchant, deal: &Deal) -> Result<String, RenderError> {
        let words = &self.side(frame.language).words;
        deal::offered(merchant, deal, words)?.text(frame, words)
    }

    /// The words of a language, for texts that are no pages.
    pub(crate) fn words(&self, language: Language) -> &Words {
        &self.side(language).words
    }

    const fn side(&self, language: Language) -> &Side {
        match language {
            Language::EnUs => &self.english,
            Language::ArIq => &self.arabic,
        }
    }
}

impl Side {
    fn load(language: Language) -> Result<Self, RenderError> {
        let words = Arc::new(Words::load(language)?);
        let mut templates = Environment::new();
        templates.set_auto_escape_callback(|_| AutoEscape::Html);
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        for name in Templates::iter() {
            let file = Templates::get(&name).ok_or_else(|| RenderError::Words(name.to_string()))?;
            let source = String::from_utf8(file.data.into_owned()).map_err(|_| RenderError::Words(name.to_string()))?;
            templates.add_template_owned(name.into_owned(), source)?;
        }
        // `t` for HTML, `ta` for attributes and titles; the filters do the same for messages written in Rust.
        let speaker = Arc::clone(&words);
        templates.add_function("t", move |key: &str, gaps: Kwargs| {
            spoken(&speaker, key, &gaps).map(|message| Value::from_safe_string(rich(&message)))
        });
        let speaker = Arc::clone(&words);
        templates
            .add_function("ta", move |key: &str, gaps: Kwargs| spoken(&speaker, key, &gaps).map(|said| flat(&said)));
        templates.add_filter("rich", |message: &str| Value::from_safe_string(rich(message)));
        templates.add_filter("flat", |message: &str| flat(message));
        Ok(Self { words, templates })
    }
}

/// A message whose gaps are filled from a template's keyword arguments.
fn spoken(words: &Words, key: &str, gaps: &Kwargs) -> Result<String, Error> {
    let mut fillings = Vec::new();
    for name in gaps.args() {
        fillings.push((name, Filling::Text(gaps.get::<String>(name)?)));
    }
    words.fill(key, &fillings).map_err(|error| Error::new(ErrorKind::InvalidOperation, "words").with_source(error))
}
