//! The command line: arguments to a command.
