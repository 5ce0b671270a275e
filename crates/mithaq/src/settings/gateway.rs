//! The table `[gateway]`: what an operator decides about the Alipay surface.

use super::file::GatewayTable;
use super::rules::life;
use anyhow::bail;
use jiff::SignedDuration;
use std::path::PathBuf;

/// The same for all processes of an installation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GatewayRules {
    /// The wallet's certificate, and the one above it. Without them apps use plain keys only.
    pub certificate: Option<(PathBuf, PathBuf)>,
    /// How far a call's timestamp may be from the present; none: any time is taken.
    pub window: Option<SignedDuration>,
}

impl GatewayRules {
    /// What `table` says.
    pub(super) fn of(table: &GatewayTable) -> anyhow::Result<Self> {
        let certificate = match (&table.certificate, &table.root_certificate) {
            (Some(own), Some(root)) => Some((own.into(), root.into())),
            (None, None) => None,
            _ => bail!("gateway: certificate and root_certificate are given together or not at all"),
        };
        let window = table.freshness.as_deref().map(|text| life("gateway.freshness", text)).transpose()?;
        Ok(Self { certificate, window })
    }
}

#[cfg(test)]
mod tests {
    use super::{GatewayRules, GatewayTable};
    use jiff::SignedDuration;

    #[test]
    fn without_a_table_there_is_no_certificate_and_no_window() {
        assert_eq!(GatewayRules::of(&GatewayTable::default()).expect("is complete"), GatewayRules::default());
    }

    #[test]
    fn a_certificate_comes_with_its_root_and_a_window_is_a_duration() {
        let some = |text: &str| Some(text.to_owned());
        let table =
            GatewayTable { certificate: some("a.pem"), root_certificate: some("b.pem"), freshness: some("PT24H") };
        let rules = GatewayRules::of(&table).expect("is complete");
        assert_eq!(rules.certificate, Some(("a.pem".into(), "b.pem".into())));
        assert_eq!(rules.window, Some(SignedDuration::from_hours(24)));
        for broken in [
            GatewayTable { certificate: some("a.pem"), ..GatewayTable::default() },
            GatewayTable { root_certificate: some("b.pem"), ..GatewayTable::default() },
            GatewayTable { freshness: some("a day"), ..GatewayTable::default() },
        ] {
            let error = GatewayRules::of(&broken).expect_err("is broken").to_string();
            assert!(error.contains("gateway"), "{error}");
        }
    }
}
