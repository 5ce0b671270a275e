//! What must hold of every database behind the engine, tried on each of them. One program, so that it is
//! linked once and PostgreSQL is started once.

mod backlog;
mod batches;
mod fold;
mod idempotency;
mod keeper;
mod lists;
mod locks;
mod migration;
mod orders;
mod processes;
mod proof;
mod races;
mod reach;
mod rows;
mod schema;
mod support;
mod tls;
