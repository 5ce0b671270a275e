//! The wallet's own signing keys, by version, kept as PEM files in a directory.

use crate::{KeyError, PrivateKey, secret_file};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Why the keys could not be loaded or stored.
#[derive(Debug, thiserror::Error)]
pub enum KeyRingError {
    /// The directory or a file in it could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The directory or file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file named like a key does not hold one.
    #[error("{}: {source}", path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: KeyError,
    },
    /// A new key could not be made.
    #[error("a new signing key could not be made: {0}")]
    Generate(KeyError),
}

/// Signing keys by version, starting from 1. The highest version signs; the lower ones stay to be looked up.
#[derive(Clone, Debug)]
pub struct KeyRing {
    keys: BTreeMap<u32, PrivateKey>,
    current: (u32, PrivateKey),
}

impl KeyRing {
    /// A ring of one key, version 1, held in memory only.
    #[must_use]
    pub fn single(key: PrivateKey) -> Self {
        Self { keys: BTreeMap::from([(1, key.clone())]), current: (1, key) }
    }

    /// Loads `wallet-key-<version>.pem` files from `directory`; makes and stores version 1 if there is none.
    ///
    /// Two processes that start at once over an empty directory end up with the same key.
    ///
    /// # Errors
    /// [`KeyRingError`] names the file that cannot be used. A broken file is never skipped.
    pub fn open(directory: &Path) -> Result<Self, KeyRingError> {
        fs::create_dir_all(directory).map_err(|source| KeyRingError::Io { path: directory.to_owned(), source })?;
        match Self::load(directory)? {
            Some(ring) => Ok(ring),
            None => Ok(Self::single(store_new(&path_of(directory, 1))?)),
        }
    }

    /// The same, but makes nothing: `None` if `directory` holds no key.
    ///
    /// # Errors
    /// As [`KeyRing::open`].
    pub fn load(directory: &Path) -> Result<Option<Self>, KeyRingError> {
        let io_error = |source| KeyRingError::Io { path: directory.to_owned(), source };
        let mut keys = BTreeMap::new();
        for entry in fs::read_dir(directory).map_err(io_error)? {
            let name = entry.map_err(io_error)?.file_name();
            if let Some(version) = name.to_str().and_then(version_of) {
                keys.insert(version, load(&path_of(directory, version))?);
            }
        }
        let newest = keys.last_key_value().map(|(version, key)| (*version, key.clone()));
        Ok(newest.map(|current| Self { keys, current }))
    }

    /// Makes and stores the next version without signing with it yet, so that its public half can be handed out first.
    /// One that was made before stays. Returns its number and the key.
    ///
    /// # Errors
    /// [`KeyRingError`] if the key cannot be made, stored or read.
    pub fn prepare(&self, directory: &Path) -> Result<(u32, PrivateKey), KeyRingError> {
        let version = self.current.0.saturating_add(1);
        Ok((version, store_new(&prepared_path_of(directory, version))?))
    }

    /// The next version, if it was prepared.
    ///
    /// # Errors
    /// [`KeyRingError`] if there is a file that does not hold it.
    pub fn prepared(&self, directory: &Path) -> Result<Option<(u32, PrivateKey)>, KeyRingError> {
        let version = self.current.0.saturating_add(1);
        let path = prepared_path_of(directory, version);
        if path.exists() { Ok(Some((version, load(&path)?))) } else { Ok(None) }
    }

    /// Starts to sign with the next version: the prepared one, or a new one. Returns its number. Processes that opened
    /// the ring before go on with what they have.
    ///
    /// # Errors
    /// [`KeyRingError`] if the key cannot be made or stored; the ring is then unchanged.
    pub fn rotate(&mut self, directory: &Path) -> Result<u32, KeyRingError> {
        let version = self.current.0.saturating_add(1);
        let (path, prepared) = (path_of(directory, version), prepared_path_of(directory, version));
        let key = match self.prepared(directory)? {
            Some(_) => {
                let io_error = |source| KeyRingError::Io { path: path.clone(), source };
                // A link fails if the name is taken, where a move would replace a key.
                fs::hard_link(&prepared, &path).map_err(io_error)?;
                fs::remove_file(&prepared).map_err(io_error)?;
                load(&path)?
            }
            None => store_new(&path)?,
        };
        self.keys.insert(version, key.clone());
        self.current = (version, key);
        Ok(version)
    }

    /// The version that signs now, with its key.
    #[must_use]
    pub fn current(&self) -> (u32, &PrivateKey) {
        (self.current.0, &self.current.1)
    }

    /// The key of `version`.
    #[must_use]
    pub fn get(&self, version: u32) -> Option<&PrivateKey> {
        self.keys.get(&version)
    }

    /// The versions there are, lowest first.
    pub fn versions(&self) -> impl Iterator<Item = u32> + '_ {
        self.keys.keys().copied()
    }
}

fn path_of(directory: &Path, version: u32) -> PathBuf {
    directory.join(format!("wallet-key-{version}.pem"))
}

/// Not the name of a key that signs: see [`version_of`].
fn prepared_path_of(directory: &Path, version: u32) -> PathBuf {
    directory.join(format!("prepared-wallet-key-{version}.pem"))
}

fn version_of(file_name: &str) -> Option<u32> {
    let digits = file_name.strip_prefix("wallet-key-")?.strip_suffix(".pem")?;
    let version = digits.parse().ok()?;
    // `wallet-key-01.pem` would be a second name for version 1.
    (version > 0 && digits == u32::to_string(&version)).then_some(version)
}

fn load(path: &Path) -> Result<PrivateKey, KeyRingError> {
    let text = fs::read_to_string(path).map_err(|source| KeyRingError::Io { path: path.to_owned(), source })?;
    PrivateKey::from_pem(&text).map_err(|source| KeyRingError::Key { path: path.to_owned(), source })
}

fn store_new(path: &Path) -> Result<PrivateKey, KeyRingError> {
    let text = PrivateKey::generate().and_then(|key| key.to_pem()).map_err(KeyRingError::Generate)?;
    secret_file::create(path, &text).map_err(|source| KeyRingError::Io { path: path.to_owned(), source })?;
    // Read back: another process may have been first, and then its key is the one.
    load(path)
}
