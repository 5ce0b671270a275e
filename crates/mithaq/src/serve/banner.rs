//! What is printed when the process is ready.

use super::settings::ServeSettings;
use std::io::Write as _;
use std::net::SocketAddr;

/// Where the process is reached.
pub struct Addresses {
    /// The wallet.
    pub wallet: SocketAddr,
    /// Its health and figures.
    pub admin: SocketAddr,
}

/// Prints it: one line of JSON for programs, three lines for people.
pub fn print(settings: &ServeSettings, addresses: &Addresses) {
    let (wallet, admin) = (format!("http://{}", addresses.wallet), format!("http://{}", addresses.admin));
    let text = if settings.json {
        let pid = std::process::id();
        serde_json::json!({"mithaq": "ready", "wallet": wallet, "admin": admin, "pid": pid}).to_string()
    } else {
        format!(
            "Mithaq serves {}\n  on      {wallet}\n  health  {admin}/ready  {admin}/live  {admin}/metrics",
            settings.public_url
        )
    };
    let mut out = std::io::stdout().lock();
    // A wallet goes on working when nobody reads what it prints.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}
