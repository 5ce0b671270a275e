//! The Mini Program as it is served.

use crate::stub::{CLIENT_ID, SHOP, WALLET};
use crate::world::World;
use demo_shop::{Config, ShopError, Sources, router};

#[tokio::test]
async fn the_first_script_is_the_wallets_bridge_and_nobody_else_may_frame_the_page() {
    let world = World::open().await;
    let page = world.get("/").await;
    let policy = page.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.contains(&format!("script-src 'self' {}", world.wallet.url)), "{policy}");
    assert!(policy.contains(&format!("frame-ancestors {}", world.wallet.url)), "{policy}");
    let html = page.text().await.expect("text");
    let first = html.split("<script").nth(1).expect("a script");
    assert!(first.starts_with(&format!(" src=\"{}/bridge/v1.js\"", world.wallet.url)), "{first}");
    assert!(!html.contains("{{") && html.contains(r#"data-price="5000000""#), "every place is filled in");
}

#[tokio::test]
async fn every_file_the_page_asks_for_is_there() {
    let world = World::open().await;
    let mut paths = vec!["/style/goods.svg".to_owned()];
    for page in ["/", "/office"] {
        let html = world.get(page).await.text().await.expect("text");
        let own = html.split('"').filter(|part| part.starts_with("/js/") || part.starts_with("/style/"));
        paths.extend(own.map(str::to_owned));
    }
    // And every module that a module imports.
    let mut place = 0;
    while let Some(path) = paths.get(place).cloned() {
        let file = world.get(&path).await;
        assert_eq!(file.status().as_u16(), 200, "{path}");
        let text = file.text().await.expect("text");
        let imported = text.split("from \"./").skip(1).filter_map(|part| part.split('"').next());
        let new: Vec<String> =
            imported.map(|name| format!("/js/{name}")).filter(|name| !paths.contains(name)).collect();
        paths.extend(new);
        place += 1;
    }
    assert!(paths.iter().any(|path| path == "/js/words-ar.js") && paths.iter().any(|path| path == "/js/scan.js"));
}

#[tokio::test]
async fn nothing_else_of_the_folder_is_served() {
    let world = World::open().await;
    for path in ["/index.html", "/style/..%2Findex.html", "/js/nothing.js", "/README.md"] {
        assert_eq!(world.get(path).await.status().as_u16(), 404, "{path}");
    }
}

#[test]
fn a_configuration_that_cannot_work_is_refused_before_the_shop_opens() {
    let good = Config {
        wallet_url: "http://localhost:7600".into(),
        public_url: "http://127.0.0.1:7601".into(),
        client_id: CLIENT_ID.into(),
        private_key_pem: SHOP.to_pem().expect("a PEM"),
        wallet_public_key_pem: WALLET.public().to_pem(),
    };
    assert!(!format!("{good:?}").contains("PRIVATE KEY"));
    let refusal = |config: Config| router(config, Sources::of_this_machine()).err();
    assert!(refusal(good.clone()).is_none());
    let no_wallet = Config { wallet_url: "localhost".into(), ..good.clone() };
    assert!(matches!(refusal(no_wallet), Some(ShopError::Address("wallet_url"))));
    let no_address = Config { public_url: "ftp://shop".into(), ..good.clone() };
    assert!(matches!(refusal(no_address), Some(ShopError::Address("public_url"))));
    let no_key = Config { private_key_pem: String::new(), ..good };
    assert!(matches!(refusal(no_key), Some(ShopError::Wallet(_))));
}
