//! The world's failure: a folder that cannot be read, a full disk, a port in use.
//!
//! An author's mistake is never an [`Error`]; it is a [`Diagnostic`](crate::diag::Diagnostic). Errors are made at the
//! edges, gain context on their way up, and end the command with status 2.

use std::fmt;
use std::io;

/// Why the world did not do what was asked: what failed, in which larger task, and what would help.
///
/// Shown with `{}` it is one line, from the largest task to the smallest cause.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    /// The innermost task first.
    context: Vec<String>,
    help: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The area an [`Error`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or folder could not be read or written.
    Disk,
    /// The program declines, because going on could destroy what it did not make.
    Refused,
    /// The command line or the configuration asks for what cannot be.
    Usage,
    /// A port or another computer could not be reached.
    Network,
}

impl Error {
    /// An error of this kind; the message is lower case, without a full stop, and names the thing.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), context: Vec::new(), help: None, source: None }))
    }

    /// A failed operation on a file or folder: ``cannot write `public/index.html` ``.
    pub fn disk(action: &str, path: impl fmt::Display, source: impl Into<io::Error>) -> Self {
        Self::new(ErrorKind::Disk, format!("cannot {action} `{path}`")).with_source(source.into())
    }

    /// The error with the failure that caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// The error with the larger task that failed because of it.
    #[must_use]
    pub fn context(mut self, task: impl Into<String>) -> Self {
        self.0.context.push(task.into());
        self
    }

    /// The error with what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// The area it comes from.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// Whether the cause is that a file or folder is not there.
    pub fn is_not_found(&self) -> bool {
        self.io_kind() == Some(io::ErrorKind::NotFound)
    }

    /// Whether nobody reads the stream that was written to, which is a clean end and not a failure.
    pub fn is_broken_pipe(&self) -> bool {
        self.io_kind() == Some(io::ErrorKind::BrokenPipe)
    }

    /// The exit status of a command that ends with it.
    pub fn exit_status(&self) -> u8 {
        2
    }

    fn io_kind(&self) -> Option<io::ErrorKind> {
        let source = self.0.source.as_deref()?;
        source.downcast_ref::<io::Error>().map(io::Error::kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for task in self.0.context.iter().rev() {
            write!(f, "{task}: ")?;
        }
        f.write_str(&self.0.message)?;
        match &self.0.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?}, {self})", self.0.kind)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_tells_task_thing_and_cause() {
        let error = Error::disk("write", "public/index.html", io::Error::from(io::ErrorKind::NotFound))
            .context("build the site");
        assert_eq!(error.to_string(), "build the site: cannot write `public/index.html`: entity not found");
        assert!(error.is_not_found() && error.exit_status() == 2);
    }
}
