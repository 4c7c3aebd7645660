//! Watching: settled batches of changed paths.
