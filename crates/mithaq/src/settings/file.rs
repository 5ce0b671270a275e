//! The configuration file: TOML, every name known, every error with its line.

use anyhow::Context as _;
use serde::Deserialize;
use std::path::Path;

/// What may stand in it. All of it is optional; flags and the environment win.
#[derive(Deserialize, Default, Debug)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    /// The PostgreSQL database.
    pub database_url: Option<String>,
    /// The folder of the wallet's keys.
    pub keys: Option<String>,
    /// Where merchants, browsers and their proxies reach the wallet.
    pub listen: Option<String>,
    /// Where the operator's machines ask how it is.
    pub admin_listen: Option<String>,
    /// The wallet's origin as browsers and merchants see it.
    pub public_url: Option<String>,
    /// Networks inside the operator's that notifications may go to.
    pub notify_allow: Vec<String>,
    /// The gateway for SMS and e-mail.
    pub messages_url: Option<String>,
    /// The file of the secret that it knows us by.
    pub messages_secret_file: Option<String>,
    /// Threads that sign answers.
    pub signers: Option<u32>,
    /// Merchants' calls that are worked on at the same time.
    pub in_flight: Option<u32>,
    /// The collector that traces go to.
    pub otlp_endpoint: Option<String>,
    /// Limits, the calendar, the currencies.
    pub policy: PolicyTable,
    /// The Alipay surface.
    pub gateway: GatewayTable,
}

/// The table `[gateway]`: the same for all processes of an installation.
#[derive(Deserialize, Default, Debug)]
#[serde(deny_unknown_fields, default)]
pub struct GatewayTable {
    /// The file of the wallet's certificate, in PEM; for apps that use certificates.
    pub certificate: Option<String>,
    /// The file of the certificates above it, in PEM.
    pub root_certificate: Option<String>,
    /// How far a call's timestamp may be from the present, such as `PT24H`; any time is taken without it.
    pub freshness: Option<String>,
}

/// The table `[policy]`: the same for all processes of an installation.
#[derive(Deserialize, Default, Debug)]
#[serde(deny_unknown_fields, default)]
pub struct PolicyTable {
    /// Where days and months begin: an IANA name.
    pub zone: Option<String>,
    /// Which currencies payments may be in; the first is that of contracts without an amount.
    pub currencies: Option<Vec<String>>,
    /// The most that one agreement payment may take, in whole units.
    pub charge_ceiling: Option<i64>,
    /// The most that a user's agreement payments of one day may take, in whole units.
    pub day_ceiling: Option<i64>,
    /// The most that an order of the cashier may be about, in whole units.
    pub order_ceiling: Option<i64>,
    /// The most that one payment with a shown code may take, in whole units.
    pub code_ceiling: Option<i64>,
    /// The most that one user may send another at once, in whole units.
    pub transfer_ceiling: Option<i64>,
    /// The most messages that a merchant's client may send one user in a day; 0 lets it send none.
    pub messages_in_day: Option<u32>,
    /// How long an order can be paid whose merchant named no time, such as `PT30M`.
    pub order_life: Option<String>,
    /// How long a hold can be captured, and an escrow order accepted, such as `P7D`.
    pub hold_life: Option<String>,
    /// How long an accepted escrow order can be completed.
    pub accepted_life: Option<String>,
    /// For how long a payment can be refunded.
    pub refund_life: Option<String>,
    /// How many days before the planned one a deduction under a plan may be made, by its merchant or by the wallet.
    pub plan_window_days: Option<i64>,
    /// Periodic agreements that one user may have with one merchant's client at a time.
    pub agreements_max: Option<i64>,
    /// Plans that the wallet runs: how many days before a deduction the user is told.
    pub plan_announce_days: Option<i64>,
    /// On which days after the planned one a deduction that failed is tried again.
    pub plan_retry_days: Option<Vec<i64>>,
    /// At which hour of the day users are told and charged.
    pub plan_hour: Option<i64>,
    /// How the codes of `my.tradePay` reach pages: `auto`, `split` or `all-success`.
    pub trade_pay_route: Option<String>,
}

impl File {
    /// Reads `path`.
    ///
    /// # Errors
    /// When it cannot be read; when a line of it is no TOML or no setting, and then which.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        Self::parse(&text).map_err(|(line, message)| anyhow::anyhow!("{}, line {line}: {message}", path.display()))
    }

    /// The settings in `text`, or the line that is wrong and what is wrong with it.
    fn parse(text: &str) -> Result<Self, (usize, String)> {
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1;
            // One line, however the library words it.
            (line, error.message().lines().collect::<Vec<_>>().join(" "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::File;

    #[test]
    fn an_unknown_name_is_an_error_that_names_it_and_its_line() {
        let (line, message) = File::parse("keys = 'keys'\ndatabse_url = 'x'\n").expect_err("is unknown");
        assert!(line == 2 && message.contains("databse_url") && message.contains("database_url"), "{line}: {message}");
        let (line, message) = File::parse("[policy]\nzone = 'UTC'\ncurrency = 'IQD'\n").expect_err("is unknown");
        assert!(line == 3 && message.contains("currency"), "{line}: {message}");
    }

    #[test]
    fn a_value_of_another_kind_is_an_error_with_its_line() {
        let (line, message) = File::parse("listen = 7600").expect_err("is a number");
        assert!(line == 1 && message.contains("string"), "{line}: {message}");
        assert_eq!(File::parse("keys = 'a'\n\nlisten = \n").expect_err("is no TOML").0, 3);
    }
}
