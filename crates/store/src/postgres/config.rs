//! Where the database is: the operator's URL taken apart, into the servers that it names and how they are reached.

use super::tls::{Secured, Tls};
use super::url::{Parts, split};
use crate::StoreError;
use std::io;
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio_postgres::config::{Host, TargetSessionAttrs};

/// Which servers there are, and how to reach them. Cheap to clone; clones share what they learn.
#[derive(Clone)]
pub struct Config {
    /// Each with one address, so that one that does not answer costs its own time and not the others'.
    servers: Arc<[tokio_postgres::Config]>,
    tls: Tls,
    /// Which of them let us in last.
    last: Arc<AtomicUsize>,
}

impl Config {
    /// Reads `postgres://user@host/name?…` or `host=… dbname=…`: what the library knows, and `sslmode`, `sslrootcert`,
    /// `sslcert`, `sslkey` as libpq has them.
    ///
    /// A server that does not take writes, such as a standby, is left alone unless the URL says `target_session_attrs`.
    ///
    /// # Errors
    /// When it is no such text, or a file that it names cannot be used. The message does not quote the URL.
    pub fn parse(url: &str) -> Result<Self, StoreError> {
        let Parts { rest, mut settings } = split(url);
        let unreadable =
            |_| wrong("the database URL cannot be read: give postgres://user@host/name or host=… dbname=…");
        let mut all = tokio_postgres::Config::from_str(&rest).map_err(unreadable)?;
        if all.get_application_name().is_none() {
            all.application_name("mithaq");
        }
        if !settings.contains_key("target_session_attrs") {
            all.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        let mut take = |name| settings.remove(name);
        let secured = Secured::read(take("sslmode"), take("sslrootcert"), take("sslcert"), take("sslkey"))?;
        all.ssl_mode(secured.library_mode());
        let tls = Tls::new(&secured)?;
        Ok(Self { servers: each_server(&all)?.into(), tls, last: Arc::default() })
    }

    /// The servers, beginning with the one that let us in last.
    pub fn servers(&self) -> impl Iterator<Item = (usize, &tokio_postgres::Config)> {
        let (count, first) = (self.servers.len(), self.last.load(Ordering::Relaxed));
        (0..count).map(move |step| (first + step) % count).filter_map(|place| Some((place, self.servers.get(place)?)))
    }

    /// The server at `place` let us in.
    pub fn remember(&self, place: usize) {
        self.last.store(place, Ordering::Relaxed);
    }

    /// How connections are encrypted.
    pub fn tls(&self) -> Tls {
        self.tls.clone()
    }
}

/// One configuration for each server that `all` names.
fn each_server(all: &tokio_postgres::Config) -> Result<Vec<tokio_postgres::Config>, StoreError> {
    let (hosts, addresses, ports) = (all.get_hosts(), all.get_hostaddrs(), all.get_ports());
    let count = hosts.len().max(addresses.len());
    if count == 0 {
        return Err(wrong("the database URL names no server: give host=… (a name, an address, or a socket's folder)"));
    }
    let fits = |length: usize| length <= 1 || length == count;
    if !fits(ports.len()) || (!addresses.is_empty() && !hosts.is_empty() && hosts.len() != addresses.len()) {
        return Err(wrong("the database URL names other numbers of servers and of ports or addresses"));
    }
    let server = |place: usize| {
        let mut one = without_servers(all);
        match hosts.get(place) {
            Some(Host::Tcp(name)) => one.host(name),
            #[cfg(unix)]
            Some(Host::Unix(folder)) => one.host_path(folder),
            None => &mut one,
        };
        if let Some(address) = addresses.get(place) {
            one.hostaddr(*address);
        }
        if let Some(port) = ports.get(place).or(ports.first()) {
            one.port(*port);
        }
        one
    };
    Ok((0..count).map(server).collect())
}

/// All that `all` says but where the servers are.
fn without_servers(all: &tokio_postgres::Config) -> tokio_postgres::Config {
    let mut one = tokio_postgres::Config::new();
    if let Some(user) = all.get_user() {
        one.user(user);
    }
    if let Some(password) = all.get_password() {
        one.password(password);
    }
    if let Some(name) = all.get_dbname() {
        one.dbname(name);
    }
    if let Some(options) = all.get_options() {
        one.options(options);
    }
    if let Some(name) = all.get_application_name() {
        one.application_name(name);
    }
    if let Some(longest) = all.get_connect_timeout() {
        one.connect_timeout(*longest);
    }
    if let Some(longest) = all.get_tcp_user_timeout() {
        one.tcp_user_timeout(*longest);
    }
    if let Some(interval) = all.get_keepalives_interval() {
        one.keepalives_interval(interval);
    }
    if let Some(retries) = all.get_keepalives_retries() {
        one.keepalives_retries(retries);
    }
    one.keepalives(all.get_keepalives())
        .keepalives_idle(all.get_keepalives_idle())
        .ssl_mode(all.get_ssl_mode())
        .ssl_negotiation(all.get_ssl_negotiation())
        .target_session_attrs(all.get_target_session_attrs())
        .channel_binding(all.get_channel_binding());
    one
}

/// A URL, or a file that it names, that cannot be used.
pub fn wrong(message: impl Into<String>) -> StoreError {
    StoreError::Io(io::Error::new(io::ErrorKind::InvalidInput, message.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn servers(url: &str) -> Vec<String> {
        let config = Config::parse(url).expect(url);
        let name = |server: &tokio_postgres::Config| {
            let host = match server.get_hosts() {
                [Host::Tcp(name)] => name.clone(),
                [Host::Unix(folder)] => folder.display().to_string(),
                other => panic!("{other:?}"),
            };
            format!("{host}:{}", server.get_ports().first().map_or_else(|| "-".to_owned(), ToString::to_string))
        };
        config.servers().map(|(_, server)| name(server)).collect()
    }

    #[test]
    fn every_server_of_a_url_is_tried_by_itself() {
        assert_eq!(servers("postgres://wallet@one:5433,two:5434/wallet"), ["one:5433", "two:5434"]);
        assert_eq!(servers("host=one,two port=5433 user=wallet"), ["one:5433", "two:5433"]);
        assert_eq!(servers("host=/run/postgresql user=wallet"), ["/run/postgresql:-"]);
    }

    #[test]
    fn the_server_that_let_us_in_last_is_tried_first() {
        let config = Config::parse("host=one,two,three user=wallet").expect("a URL");
        config.remember(1);
        let clone = config.clone();
        assert_eq!(clone.servers().map(|(place, _)| place).collect::<Vec<_>>(), [1, 2, 0]);
    }

    #[test]
    fn each_server_gets_everything_else_that_the_url_says() {
        let url = "postgres://wallet:p%40ss@one,two/books?connect_timeout=7&application_name=till&options=-c%20a%3Db";
        for (_, server) in Config::parse(url).expect("a URL").servers() {
            assert_eq!((server.get_user(), server.get_dbname()), (Some("wallet"), Some("books")));
            assert_eq!((server.get_password(), server.get_options()), (Some(&b"p@ss"[..]), Some("-c a=b")));
            assert_eq!(server.get_connect_timeout(), Some(&std::time::Duration::from_secs(7)));
            assert_eq!(server.get_application_name(), Some("till"));
        }
    }

    #[test]
    fn only_a_server_that_takes_writes_will_do_unless_the_url_says_otherwise() {
        let attrs = |url: &str| {
            let config = Config::parse(url).expect(url);
            config.servers().next().map(|(_, server)| server.get_target_session_attrs()).expect("a server")
        };
        assert_eq!(attrs("postgres://one/wallet"), TargetSessionAttrs::ReadWrite);
        assert_eq!(attrs("postgres://one/wallet?target_session_attrs=any"), TargetSessionAttrs::Any);
        assert_eq!(attrs("host=one target_session_attrs='any'"), TargetSessionAttrs::Any);
    }

    #[test]
    fn a_url_that_is_none_is_an_error_that_does_not_quote_it() {
        for url in
            ["", "user=wallet", "postgres://", "host=a,b,c port=1,2", "host=h password='secret", "host=h secret=x"]
        {
            let error = Config::parse(url).err().map(|error| error.to_string()).expect(url);
            assert!(!error.contains("secret=") && !error.contains("'secret"), "{error}");
        }
    }
}
