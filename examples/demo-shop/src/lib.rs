//! A merchant to learn from: a backend on the SDK and its Mini Program.
