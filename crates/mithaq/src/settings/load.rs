//! How much a process answers at once: its signing threads, and the calls that it lets in.

use super::{Given, Settings, dashed};
use mithaq_web::Capacity;
use std::num::NonZero;

/// The flags for it.
#[derive(clap::Args, Clone, Default)]
pub struct Load {
    /// Threads that sign answers; one for each core if not set [env: MITHAQ_SIGNERS].
    #[arg(long, value_name = "N")]
    signers: Option<String>,
    /// Merchants' calls that are worked on at the same time; 512 for each signer if not set. What comes beyond them is
    /// refused at once [env: MITHAQ_IN_FLIGHT].
    #[arg(long, value_name = "N")]
    in_flight: Option<String>,
}

impl Load {
    /// What the flags, the environment and the file say, else what fits to this machine.
    ///
    /// # Errors
    /// When one is no number, or 0.
    pub fn choose(&self, all: &Settings) -> anyhow::Result<Capacity> {
        let file = all.file();
        capacity(
            all.choose("signers", self.signers.as_deref(), file.signers.map(|n| n.to_string()).as_deref()),
            all.choose("in_flight", self.in_flight.as_deref(), file.in_flight.map(|n| n.to_string()).as_deref()),
        )
    }

    /// What the flags alone say, else what fits to this machine: a sandbox has no configuration.
    ///
    /// # Errors
    /// As [`Load::choose`].
    pub fn of_flags(&self) -> anyhow::Result<Capacity> {
        let given = |name, value: &Option<String>| value.clone().map(|value| Given { value, origin: dashed(name) });
        capacity(given("signers", &self.signers), given("in_flight", &self.in_flight))
    }
}

fn capacity(signers: Option<Given>, in_flight: Option<Given>) -> anyhow::Result<Capacity> {
    let threads = |given: Given| given.parse("a number from 1 to 1024", |text| number(text).filter(|n| *n <= 1_024));
    let calls =
        |given: Given| given.parse("a number from 1 to 1000000", |text| number(text).filter(|n| *n <= 1_000_000));
    let mut capacity = signers.map(threads).transpose()?.map_or_else(Capacity::of_this_machine, Capacity::of);
    if let Some(in_flight) = in_flight.map(calls).transpose()? {
        capacity.in_flight = in_flight;
    }
    Ok(capacity)
}

fn number(text: &str) -> Option<usize> {
    text.trim().parse().ok().map(NonZero::<usize>::get)
}

#[cfg(test)]
mod tests {
    use super::{Capacity, Load};

    fn load(signers: Option<&str>, in_flight: Option<&str>) -> Load {
        Load { signers: signers.map(str::to_owned), in_flight: in_flight.map(str::to_owned) }
    }

    #[test]
    fn calls_follow_the_signers_unless_they_are_set() {
        assert_eq!(load(None, None).of_flags().expect("is one"), Capacity::of_this_machine());
        assert_eq!(load(Some("3"), None).of_flags().expect("is one"), Capacity { signers: 3, in_flight: 1_536 });
        assert_eq!(load(Some("3"), Some("7")).of_flags().expect("is one"), Capacity { signers: 3, in_flight: 7 });
    }

    #[test]
    fn no_threads_and_no_calls_are_errors_that_say_where_they_stand() {
        for (wrong, name) in [(load(Some("0"), None), "--signers"), (load(None, Some("many")), "--in-flight")] {
            let error = wrong.of_flags().expect_err("is wrong").to_string();
            assert!(error.starts_with(name) && error.contains("a number from 1"), "{error}");
        }
    }
}
