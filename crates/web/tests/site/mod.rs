//! Files of the program, and what is mounted where.

use crate::support::{Answer, Browser, World};
use reqwest::Method;

async fn header_of(browser: &mut Browser, path: &str, name: &str) -> String {
    browser.get(path).await.header(name).to_owned()
}

#[tokio::test]
async fn files_are_asked_for_again_each_time_and_sent_only_when_they_changed() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    for (path, kind) in [
        ("/static/page.css", "text/css; charset=utf-8"),
        ("/static/fonts/inter-latin.woff2", "font/woff2"),
        ("/bridge/v1.js", "text/javascript; charset=utf-8"),
        ("/app?appId=shop", "text/html; charset=utf-8"),
        ("/shell/app.js", "text/javascript; charset=utf-8"),
        ("/studio", "text/html; charset=utf-8"),
        ("/studio/app.js", "text/javascript; charset=utf-8"),
    ] {
        let first = browser.get(path).await;
        assert_eq!((first.status, first.header("Content-Type")), (200, kind), "{path}");
        assert_eq!((first.header("Cache-Control"), first.header("X-Content-Type-Options")), ("no-cache", "nosniff"));
        let etag = first.header("ETag");
        assert!(etag.len() > 10 && etag.starts_with('"'), "{path}: {etag}");
        let again = browser.request(Method::GET, path).header("If-None-Match", etag);
        let again = browser.send(again).await;
        assert_eq!((again.status, again.text.as_str()), (304, ""), "{path}");
        let other = browser.request(Method::GET, path).header("If-None-Match", "\"other\"");
        assert_eq!(browser.send(other).await.status, 200, "{path}");
    }
    assert_eq!(header_of(&mut browser, "/favicon.ico", "Location").await, "/static/mark.svg");
}

#[tokio::test]
async fn nothing_but_these_files_is_served() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    for path in [
        "/static/none.css",
        "/static/../Cargo.toml",
        "/shell/..%2fpackage.json",
        "/shell/%2e%2e/package.json",
        "/shell/none.js",
        "/studio/dev/server.js",
        "/studio/test/api.test.js",
        "/bridge/parts.json",
        "/bridge/src/config.js",
    ] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_bridge_knows_the_wallets_origin_and_reports_only_in_the_sandbox() {
    for (world, observes) in [(World::sandbox().await, "true"), (World::production().await, "false")] {
        let script = Browser::new(&world).get("/bridge/v1.js").await;
        assert!(script.text.contains(&format!("WALLET_ORIGIN = \"{}\"", world.origin)));
        assert!(script.text.contains(&format!("(\"{observes}\") === \"true\"")), "{observes}");
        assert!(!script.text.contains("__MITHAQ"), "every place is filled");
        assert_eq!(script.header("Cross-Origin-Resource-Policy"), "cross-origin");
        assert_eq!(script.header("Access-Control-Allow-Origin"), "*");
    }
}

#[tokio::test]
async fn nobody_shows_the_shell_in_a_frame() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    for path in ["/app?appId=shop", "/studio"] {
        let policy = header_of(&mut browser, path, "Content-Security-Policy").await;
        for rule in ["frame-ancestors 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"] {
            assert!(policy.contains(rule), "{path}: {rule}");
        }
        assert_eq!(header_of(&mut browser, path, "X-Frame-Options").await, "DENY");
    }
}

#[tokio::test]
async fn without_a_sandbox_nothing_of_it_is_mounted() {
    let world = World::production().await;
    let mut browser = Browser::new(&world);
    for path in ["/studio", "/studio/app.js", "/sandbox/v1/users", "/sandbox/v1/calls", "/sandbox/v1/clock"] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, answer.heading().as_str()), (404, "There is no such page"), "{path}");
    }
    for path in ["/sandbox/v1/sign", "/sandbox/v1/session", "/sandbox/v1/clock", "/sandbox/v1/shell-events"] {
        let answer: Answer = browser.post(path, &serde_json::json!({})).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    assert_eq!(browser.get("/app?appId=shop").await.status, 200, "the shell is");
}

#[tokio::test]
async fn the_shell_without_a_mini_program_is_the_wallet_app() {
    let world = World::production().await;
    let mut browser = Browser::new(&world);
    for path in ["/app", "/app?appId=", "/app?appId=a&appId=b"] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, answer.header("Location")), (303, "/wallet"), "{path}");
    }
}
