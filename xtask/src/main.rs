//! Repository chores: test, tidy, screenshots.
fn main() {}
