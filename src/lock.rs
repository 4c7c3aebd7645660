//! Locks whose values are whole after each change.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The value, also where a thread panicked with the lock: each change to it is complete.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
