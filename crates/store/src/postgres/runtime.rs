//! Reactors of our own, so that the database can be used from a thread that has none, or another one.

use crate::StoreError;
use std::thread;
use tokio::runtime::{Builder, Handle, Runtime};

/// A reactor that may be dropped anywhere, inside another one too.
pub struct OwnRuntime(Option<Runtime>);

impl OwnRuntime {
    /// One that works only while somebody waits for it.
    pub fn here() -> Result<Self, StoreError> {
        Ok(Self(Some(Builder::new_current_thread().enable_all().build()?)))
    }

    /// One with a thread of its own.
    pub fn beside() -> Result<Self, StoreError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("postgres").enable_all().build()?;
        Ok(Self(Some(runtime)))
    }

    /// Works until `future` is done.
    pub fn wait<T>(&self, future: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        self.0.as_ref().map_or(Err(StoreError::Stopped), |runtime| runtime.block_on(future))
    }

    /// To start work on it from elsewhere.
    pub fn handle(&self) -> Result<&Handle, StoreError> {
        self.0.as_ref().map(Runtime::handle).ok_or(StoreError::Stopped)
    }
}

impl Drop for OwnRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Does `work` to its end on a thread and a reactor made for it: the caller may be inside a reactor or not.
pub fn apart<T: Send>(work: impl AsyncFnOnce() -> Result<T, StoreError> + Send) -> Result<T, StoreError> {
    thread::scope(|scope| {
        let worker = scope.spawn(|| OwnRuntime::here()?.wait(work()));
        worker.join().unwrap_or(Err(StoreError::Stopped))
    })
}
