//! The engine (load, decide, apply) and the databases behind it.
