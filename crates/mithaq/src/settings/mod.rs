//! Settings: each from its flag, else from the environment (`MITHAQ_…`), else from the configuration file.
//!
//! A setting has one name: `--database-url`, `MITHAQ_DATABASE_URL` and `database_url = "…"` are the same. An error says
//! where the value came from, and never quotes one that may hold a password.

mod file;
mod gateway;
mod load;
mod plans;
mod rules;

pub use file::File;
pub use gateway::GatewayRules;
pub use load::Load;
pub use rules::Rules;

use anyhow::Context as _;
use std::path::{Path, PathBuf};

/// Which installation a command is about.
#[derive(clap::Args, Clone, Default)]
pub struct Where {
    /// Settings to read: TOML, named as the flags with underscores [env: MITHAQ_CONFIG].
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The PostgreSQL database, as postgres://user@host/name or host=… dbname=… [env: MITHAQ_DATABASE_URL].
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// The folder of the wallet's signing keys and its master key, the same for all processes [env: MITHAQ_KEYS].
    #[arg(long, value_name = "DIR")]
    keys: Option<String>,
}

impl Where {
    /// Reads the configuration file, if one is named.
    ///
    /// # Errors
    /// When it cannot be read, or holds a name that is no setting; the message says which.
    pub fn read(self) -> anyhow::Result<Settings> {
        self.read_in(|name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }

    fn read_in(self, environment: impl Fn(&str) -> Option<String> + 'static) -> anyhow::Result<Settings> {
        let named = self.config.clone().or_else(|| given(environment("MITHAQ_CONFIG")).map(PathBuf::from));
        let file = named.as_deref().map(File::read).transpose()?.unwrap_or_default();
        Ok(Settings { flags: self, environment: Box::new(environment), file, path: named.unwrap_or_default() })
    }
}

/// Where a value stands that a setting may have.
type Environment = Box<dyn Fn(&str) -> Option<String>>;

/// Everything that can be set, not yet chosen from.
pub struct Settings {
    flags: Where,
    environment: Environment,
    file: File,
    path: PathBuf,
}

/// A setting's value and where it stands.
#[derive(PartialEq, Eq, Debug)]
pub struct Given {
    /// The text.
    pub value: String,
    /// `--listen`, `MITHAQ_LISTEN` or `listen in FILE`.
    pub origin: String,
}

impl Given {
    /// Reads the value; `expected` says what it should have been.
    ///
    /// # Errors
    /// One line: where it stands, what it is, what it should have been.
    pub fn parse<T>(&self, expected: &str, parse: impl FnOnce(&str) -> Option<T>) -> anyhow::Result<T> {
        parse(&self.value).with_context(|| format!("{}: {:?} is not {expected}", self.origin, self.value))
    }
}

impl Settings {
    /// The database.
    ///
    /// # Errors
    /// When it is not set.
    pub fn database_url(&self) -> anyhow::Result<String> {
        self.database_url_if_set().with_context(|| missing("database_url"))
    }

    /// The database, if one is set.
    #[must_use]
    pub fn database_url_if_set(&self) -> Option<String> {
        self.choose("database_url", self.flags.database_url.as_deref(), self.file.database_url.as_deref())
            .map(|given| given.value)
    }

    /// The folder of the wallet's keys.
    ///
    /// # Errors
    /// When it is not set.
    pub fn keys(&self) -> anyhow::Result<PathBuf> {
        let given = self.choose("keys", self.flags.keys.as_deref(), self.file.keys.as_deref());
        given.map(|given| PathBuf::from(given.value)).with_context(|| missing("keys"))
    }

    /// Lifetimes, limits, the calendar and the currencies.
    ///
    /// # Errors
    /// When one of them is no such thing.
    pub fn rules(&self) -> anyhow::Result<Rules> {
        let gateway = || GatewayRules::of(&self.file.gateway);
        let rules = Rules::of(&self.file.policy).and_then(|rules| Ok(Rules { gateway: gateway()?, ..rules }));
        rules.with_context(|| self.path.display().to_string())
    }

    /// The configuration file, empty if there is none.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.file
    }

    /// The setting `name`: its flag's value, else the environment's, else the file's. An empty text counts as none.
    #[must_use]
    pub fn choose(&self, name: &str, flag: Option<&str>, file: Option<&str>) -> Option<Given> {
        let (variable, path) = (variable(name), &self.path);
        let from = |value: Option<String>, origin: String| given(value).map(|value| Given { value, origin });
        from(flag.map(str::to_owned), dashed(name))
            .or_else(|| from((self.environment)(&variable), variable.clone()))
            .or_else(|| from(file.map(str::to_owned), place_in(path, name)))
    }

    /// A setting that may have several values: those of the first place that has any. In the environment they are
    /// separated by commas.
    #[must_use]
    pub fn choose_all(&self, name: &str, flag: &[String], file: &[String]) -> Vec<Given> {
        let each = |values: &[String], origin: String| -> Vec<Given> {
            let texts = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
            texts.map(|value| Given { value: value.to_owned(), origin: origin.clone() }).collect()
        };
        let variable = variable(name);
        let listed = (self.environment)(&variable).unwrap_or_default();
        let listed: Vec<String> = listed.split(',').map(str::to_owned).collect();
        [each(flag, dashed(name)), each(&listed, variable), each(file, place_in(&self.path, name))]
            .into_iter()
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }
}

/// What to say of a setting that must be there and is not.
#[must_use]
pub fn missing(name: &str) -> String {
    format!("{name} is not set: give {}, {}, or {name} in the file of --config", dashed(name), variable(name))
}

fn dashed(name: &str) -> String {
    format!("--{}", name.replace('_', "-"))
}

fn variable(name: &str) -> String {
    format!("MITHAQ_{}", name.to_ascii_uppercase())
}

fn place_in(path: &Path, name: &str) -> String {
    format!("{name} in {}", path.display())
}

fn given(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(flags: Where, environment: &'static [(&'static str, &'static str)], file: &str) -> Settings {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("mithaq.toml");
        std::fs::write(&path, file).expect("writes");
        let find =
            |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Where { config: Some(path), ..flags }.read_in(find).expect("reads")
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_that_over_the_file() {
        let file = "database_url = 'from the file'\nkeys = 'file keys'";
        let flags = Where { database_url: Some("from the flag".to_owned()), ..Where::default() };
        let all = settings(flags, &[("MITHAQ_DATABASE_URL", "from the environment"), ("MITHAQ_KEYS", "")], file);
        assert_eq!(all.database_url().expect("is set"), "from the flag");
        assert_eq!(all.keys().expect("is set"), PathBuf::from("file keys"), "an empty variable is none");
        let two = settings(Where::default(), &[("MITHAQ_DATABASE_URL", "from the environment")], file);
        assert_eq!(two.database_url().expect("is set"), "from the environment");
    }

    #[test]
    fn what_is_missing_is_named_in_every_way_of_giving_it() {
        let none = settings(Where::default(), &[], "");
        let error = none.database_url().expect_err("is missing").to_string();
        for name in ["--database-url", "MITHAQ_DATABASE_URL", "database_url"] {
            assert!(error.contains(name), "{error}");
        }
    }

    #[test]
    fn several_values_come_from_one_place() {
        let some = settings(Where::default(), &[("MITHAQ_NOTIFY_ALLOW", "10.0.0.0/8, 127.0.0.0/8")], "");
        let found = some.choose_all("notify_allow", &[], &["192.168.0.0/16".to_owned()]);
        let values: Vec<_> = found.iter().map(|given| given.value.as_str()).collect();
        assert_eq!(values, ["10.0.0.0/8", "127.0.0.0/8"]);
        assert!(found.iter().all(|given| given.origin == "MITHAQ_NOTIFY_ALLOW"));
    }
}
