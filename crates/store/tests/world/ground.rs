//! What a world stands on: a database, and a process for each engine on it.

use crate::faults::{Faulty, Gate};
use mithaq_store::{Database, Engine, Keeper, PostgresDatabase, Reader, Store, StoreError, Surroundings};
use std::thread::JoinHandle;
use std::time::Duration;
use tempfile::TempDir;

/// An engine and its thread.
pub type Running = (Engine, JoinHandle<()>);

/// How long a process says that it lives: longer than any test.
const LIFE: Duration = Duration::from_secs(3_600);

/// Where the database is.
pub enum Ground {
    /// A file in a directory; all engines belong to the one process that has it open.
    Sqlite { directory: TempDir, database: Option<Database> },
    /// A server; every engine is a process of its own.
    Postgres { url: String, processes: Vec<Option<(PostgresDatabase, Keeper)>> },
}

impl Ground {
    /// An empty database, in memory where the system has a place for that.
    pub fn sqlite() -> Result<Self, StoreError> {
        let memory = std::path::Path::new("/dev/shm");
        let directory = if memory.is_dir() { tempfile::tempdir_in(memory)? } else { tempfile::tempdir()? };
        let database = Some(Database::open(directory.path())?);
        Ok(Self::Sqlite { directory, database })
    }

    /// The empty database at `url`.
    pub const fn postgres(url: String) -> Self {
        Self::Postgres { url, processes: Vec::new() }
    }

    /// Starts engine `number`, in a process that takes over what dead ones have left.
    pub async fn start(&mut self, number: usize, around: Surroundings, gate: Gate) -> Result<Running, StoreError> {
        match self {
            Self::Sqlite { directory, database } => {
                let database = match database {
                    Some(database) => database,
                    none => none.insert(Database::open(directory.path())?),
                };
                start(database.store()?, around, gate)
            }
            Self::Postgres { url, processes } => {
                let database = PostgresDatabase::open(url)?;
                let keeper = database.keeper()?;
                keeper.beat(LIFE).await?;
                keeper.adopt().await?;
                let running = start(database.store()?, around, gate);
                processes.resize_with(processes.len().max(number + 1), || None);
                processes[number] = Some((database, keeper));
                running
            }
        }
    }

    /// Engine `number` has stopped, or died. Of a process that died it is known at once: its time is up.
    pub async fn stopped(&mut self, number: usize) -> Result<(), StoreError> {
        if let Self::Postgres { processes, .. } = self
            && let Some((_, keeper)) = processes.get_mut(number).and_then(Option::take)
        {
            keeper.leave().await?;
        }
        Ok(())
    }

    /// All engines have stopped.
    pub fn closed(&mut self) {
        if let Self::Sqlite { database, .. } = self {
            *database = None;
        }
    }

    /// A reader for each process.
    pub fn readers(&self) -> Result<Vec<Reader>, StoreError> {
        match self {
            Self::Sqlite { database, .. } => database.iter().map(Database::reader).collect(),
            Self::Postgres { processes, .. } => {
                processes.iter().flatten().map(|(database, _)| database.reader()).collect()
            }
        }
    }
}

fn start(store: impl Store, around: Surroundings, gate: Gate) -> Result<Running, StoreError> {
    Ok(Engine::start(Faulty::new(store, gate), around)?)
}
