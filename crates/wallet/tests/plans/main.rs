//! Plans that the wallet runs: what users and merchants see of them over months, and that whatever happens to the process that
//! runs them, nobody is charged twice and nobody forgotten.

mod crash;
mod dunning;
mod endings;
mod processes;
mod support;
