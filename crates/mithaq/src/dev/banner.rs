//! What is printed when everything is ready: what to open, what to do next.

use super::parts::Parts;
use super::world::{self, DemoUser};
use std::io::Write as _;

/// One line of JSON, for programs.
pub fn json(parts: &Parts, users: &[DemoUser]) -> anyhow::Result<()> {
    let users: Vec<_> = users
        .iter()
        .map(
            |user| serde_json::json!({"userId": user.user_id, "name": user.name, "phone": user.phone, "pin": user.pin}),
        )
        .collect();
    let line = serde_json::json!({
        "walletUrl": parts.addresses.wallet,
        "studioUrl": format!("{}/studio", parts.addresses.wallet),
        "merchantUrl": parts.addresses.merchant,
        "clientId": world::CLIENT_ID,
        "gatewayUrl": format!("{}/gateway.do", parts.addresses.wallet),
        "gatewayAppId": world::GATEWAY_APP_ID,
        "merchantPrivateKey": parts.merchant_key_path,
        "walletPublicKey": parts.wallet_key_path,
        "users": users,
    });
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()?;
    Ok(())
}

/// A few lines, for people.
pub fn people(parts: &Parts, users: &[DemoUser]) {
    let wallet = &parts.addresses.wallet;
    println!();
    println!("  Mithaq is ready. This is a sandbox: its money and its users are made up.");
    println!();
    println!("  Open    {wallet}/studio");
    println!("          Press Subscribe in the phone and watch the calls beside it.");
    println!("          Sign in with a phone number and PIN from below.");
    println!();
    for user in users {
        println!("          {:<16} {}   PIN {}", user.name, user.phone, user.pin);
    }
    println!();
    println!("  API     {wallet}/v1/…        Client-Id {}", world::CLIENT_ID);
    println!("          {wallet}/gateway.do  app_id {}", world::GATEWAY_APP_ID);
    println!("  Keys    {}   (the merchant's)", parts.merchant_key_path.display());
    println!("          {}   (the wallet's)", parts.wallet_key_path.display());
    println!("  Control {wallet}/sandbox/v1/…   play the user, give money, move time");
    println!("  Shop    {}/   the demo merchant", parts.addresses.merchant);
    if parts.addresses.proxy.is_some() {
        println!("  App     {wallet}/app?appId={}   your Mini Program", world::PREVIEW_APP_ID);
    }
    println!();
    println!("  Ctrl-C stops it.");
    println!();
}
