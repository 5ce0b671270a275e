//! What came back, and what a test asks of it.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An HTTP answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// Sends `request` and waits for all of its answer.
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        // The one character that templates write in two ways.
        let text = response.text().await.expect("a body").replace("&#x2f;", "/");
        Self { status, headers, text }
    }

    /// A header's text; nothing where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    /// Status and `error.code` of an answer of the shell's or the sandbox's API.
    pub fn error(&self) -> (u16, String) {
        let body = self.json();
        assert!(body["error"]["message"].as_str().is_some_and(|message| message.ends_with('.')), "{body}");
        (self.status, body["error"]["code"].as_str().unwrap_or_default().to_owned())
    }

    /// A page's heading, as plain text.
    pub fn heading(&self) -> String {
        let inside = self.text.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>"));
        let html = inside.unwrap_or_else(|| panic!("no heading: {} {}", self.status, self.text)).0;
        let mut tag = false;
        let plain = html.chars().filter(|letter| {
            let was_tag = tag || *letter == '<';
            tag = was_tag && *letter != '>';
            !was_tag && !matches!(letter, '\u{2068}' | '\u{2069}')
        });
        plain.collect::<String>().trim().to_owned()
    }

    /// Whether the page has a form that does `action`: `login`, `confirm`, `decline`.
    pub fn has_form(&self, action: &str) -> bool {
        self.text.contains(&format!("/{action}\""))
    }

    /// Whether the page has anything to press that is a form's or tells the shell.
    pub fn has_action(&self) -> bool {
        self.text.contains("<form") || self.text.contains("type=\"submit\"") || self.text.contains("data-tell")
    }

    /// Whether the page tells the shell by itself that it is done.
    pub fn is_done(&self) -> bool {
        self.text.contains("data-announce=\"done\"")
    }

    /// What the page says is wrong; nothing if it says so of nothing.
    pub fn problem(&self) -> Option<&str> {
        let (_, rest) = self.text.split_once("id=\"problem\"")?;
        let (_, rest) = rest.split_once("<span>")?;
        rest.split_once("</span>").map(|(words, _)| words)
    }
}
