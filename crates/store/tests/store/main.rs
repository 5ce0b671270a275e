//! What must hold of every database behind the engine, tried on each of them. One program, so that it is
//! linked once and PostgreSQL is started once.

mod agreements;
mod backlog;
mod batches;
mod fold;
mod idempotency;
mod keeper;
mod lists;
mod locks;
mod migration;
mod migration_3;
mod orders;
mod plan_histories;
mod processes;
mod proof;
mod races;
mod races_of_agreements;
mod reach;
mod rows;
mod schema;
mod support;
mod tls;
