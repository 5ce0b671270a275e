//! Private PostgreSQL servers for tests and benchmarks: made in a moment, reached through a socket, run as somebody who
//! is not root, and gone with the program that wanted them, however it ends.

mod programs;
mod shared;

pub use programs::programs;
pub use shared::run;

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio_postgres::SimpleQueryMessage;

/// What keeps the server; a child of this program that notices its end.
const KEEPER: &str = include_str!("keeper.sh");
/// A server that needs longer to start does not start.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often is looked whether it has.
const LOOK: Duration = Duration::from_millis(20);
/// Sockets are here: their paths must be short, and the server's user must get there.
const SOCKETS: &str = "/tmp";

/// Settings of `postgresql.conf`, as `("shared_buffers", "64MB")`.
pub type Settings<'a> = &'a [(&'a str, &'a str)];

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not installed.
    #[error(
        "PostgreSQL is not installed (initdb and postgres in /usr/lib/postgresql/*/bin or PATH; on Debian: apt-get \
         install postgresql)"
    )]
    Missing,
    /// It does not do what it is told.
    #[error("PostgreSQL: {0}")]
    Broken(String),
    /// The system says no.
    #[error("PostgreSQL: {0}")]
    Io(#[from] std::io::Error),
}

/// A running server. Dropping it ends the server and removes its files.
pub struct Cluster {
    home: PathBuf,
    socket: PathBuf,
    keeper: Mutex<Child>,
    databases: AtomicU32,
}

impl Cluster {
    /// Makes and starts a server with its files in a folder of their own inside `parent`.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start; the end of its log is in the message.
    pub fn start_in(parent: &Path, settings: Settings<'_>) -> Result<Self, Error> {
        let programs = programs().ok_or(Error::Missing)?;
        let folder = |parent: &Path| tempfile::Builder::new().prefix("mithaq-pg-").tempdir_in(parent);
        let (home, socket) = (folder(parent)?, folder(Path::new(SOCKETS))?);
        write_settings(home.path(), settings)?;
        let mut command = programs::as_somebody(&[home.path(), socket.path()])?;
        command.args(["sh", "-c", KEEPER, "keeper"]).args([home.path(), socket.path(), &programs]);
        // A group of its own: what a terminal sends to end this program leaves the keeper time to clean up.
        let keeper =
            command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        // From here on the keeper removes the folders.
        let [home, socket] = [home, socket].map(TempDir::keep);
        let cluster = Self { home, socket, keeper: Mutex::new(keeper), databases: AtomicU32::new(0) };
        cluster.wait()?;
        Ok(cluster)
    }

    /// The same in the system's folder for such things.
    ///
    /// # Errors
    /// As [`Cluster::start_in`].
    pub fn start_new(settings: Settings<'_>) -> Result<Self, Error> {
        Self::start_in(Path::new(SOCKETS), settings)
    }

    /// A new, empty database; how to reach it.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub async fn new_database(&self) -> Result<String, Error> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        execute(&self.url("postgres"), &format!("CREATE DATABASE {name}")).await?;
        Ok(self.url(&name))
    }

    /// How to reach the database `name`, whether or not there is one.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        format!("host={} user=mithaq dbname={name}", self.socket.display())
    }

    /// The folder of its socket.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.socket
    }

    /// The folder of its files.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The first of its processes while it runs; the others are that one's children.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        std::fs::read_to_string(self.home.join("pid")).ok()?.trim().parse().ok()
    }

    /// Other settings from the next start on; those not named are PostgreSQL's own.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn configure(&self, settings: Settings<'_>) -> Result<(), Error> {
        write_settings(&self.home, settings)
    }

    /// Stops the server in good order.
    ///
    /// # Errors
    /// When it does not stop.
    pub fn halt(&self) -> Result<(), Error> {
        self.end("stop")
    }

    /// Stops the server at once, as if the power went: every process ends, nothing is tidied up.
    ///
    /// # Errors
    /// When it does not stop.
    pub fn crash(&self) -> Result<(), Error> {
        self.end("crash")
    }

    /// `kill -9` of the server's first process; the others notice and end.
    ///
    /// # Errors
    /// When they do not.
    pub fn kill(&self) -> Result<(), Error> {
        self.end("kill")
    }

    /// Starts it again and waits until it answers.
    ///
    /// # Errors
    /// When it does not start.
    pub fn resume(&self) -> Result<(), Error> {
        let begun = Instant::now();
        loop {
            self.tell("start")?;
            match self.wait() {
                // After a kill the old processes may still hold its memory for a moment.
                Err(error) if begun.elapsed() < PATIENCE && self.log().contains("still in use") => {
                    let _ = self.end("stop");
                    std::fs::write(self.home.join("log"), "").map_err(|_| error)?;
                }
                outcome => return outcome,
            }
        }
    }

    fn end(&self, word: &str) -> Result<(), Error> {
        self.tell(word)?;
        let socket = self.socket.join(".s.PGSQL.5432");
        apart(async {
            let begun = Instant::now();
            while self.pid().is_some() || std::os::unix::net::UnixStream::connect(&socket).is_ok() {
                if begun.elapsed() > PATIENCE {
                    return Err(Error::Broken("the server does not stop".to_owned()));
                }
                tokio::time::sleep(LOOK).await;
            }
            Ok(())
        })
    }

    fn tell(&self, word: &str) -> Result<(), Error> {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        let input = keeper.stdin.as_mut().ok_or_else(|| Error::Broken("its keeper is gone".to_owned()))?;
        Ok(input.write_all(format!("{word}\n").as_bytes())?)
    }

    /// Waits until it answers.
    fn wait(&self) -> Result<(), Error> {
        apart(async {
            let (begun, url) = (Instant::now(), self.url("postgres"));
            while let Err(error) = execute(&url, "SELECT 1").await {
                if self.has_ended() || begun.elapsed() > PATIENCE {
                    let home = self.home.display();
                    let reason = format!("the server in {home} does not start: {error}\n{}", self.log());
                    return Err(Error::Broken(reason));
                }
                tokio::time::sleep(LOOK).await;
            }
            Ok(())
        })
    }

    /// Whether nothing will come of waiting.
    fn has_ended(&self) -> bool {
        let keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).try_wait();
        keeper.is_ok_and(|end| end.is_some()) || self.pid().is_some_and(has_ended)
    }

    /// The end of its log.
    fn log(&self) -> String {
        let log = std::fs::read_to_string(self.home.join("log")).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let keeper = self.keeper.get_mut().unwrap_or_else(PoisonError::into_inner);
        drop(keeper.stdin.take());
        let _ = keeper.wait();
        // A keeper that could not begin has left them.
        for folder in [&self.home, &self.socket] {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

fn write_settings(home: &Path, settings: Settings<'_>) -> Result<(), Error> {
    let ours = [("listen_addresses", ""), ("max_connections", "200")];
    let lines = ours.iter().chain(settings).map(|(name, value)| format!("{name} = '{}'\n", value.replace('\'', "''")));
    Ok(std::fs::write(home.join("settings"), lines.collect::<String>())?)
}

/// Whether a process of the keeper's has ended, as far as the system can be asked.
fn has_ended(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('Z'))
}

/// Runs statements on a connection of their own.
///
/// # Errors
/// When the server cannot be reached or refuses; the statements are in the message.
pub async fn execute(url: &str, sql: &str) -> Result<(), Error> {
    ask(url, sql).await.map(|_| ())
}

/// Runs statements on a connection of their own; the first value of the first row, as text, unless it is null.
///
/// # Errors
/// As [`execute`].
pub async fn ask(url: &str, sql: &str) -> Result<Option<String>, Error> {
    let broken = |error: tokio_postgres::Error| {
        let detail = error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string);
        Error::Broken(format!("{sql}: {detail}"))
    };
    let (client, work) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.map_err(broken)?;
    let work = tokio::spawn(work);
    let messages = client.simple_query(sql).await.map_err(broken)?;
    drop(client);
    // What is said after the statements are done is of no interest.
    let _ = work.await;
    Ok(messages.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.try_get(0).ok().flatten().map(str::to_owned),
        _ => None,
    }))
}

/// Does `work` on a thread and a reactor of its own: the caller may be inside a reactor or not.
fn apart<T: Send>(work: impl Future<Output = Result<T, Error>> + Send) -> Result<T, Error> {
    std::thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(work)
        });
        worker.join().unwrap_or_else(|_| Err(Error::Broken("a thread broke".to_owned())))
    })
}
