//! The wallet's use cases and background jobs.
