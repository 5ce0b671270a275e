//! Every rule of the wallet, and what holds whatever happens. One program, so that it is linked once.

mod machine;
mod properties;
mod rules;
mod support;
