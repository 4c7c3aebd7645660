//! The language server: what the build knows of a site, in the author's editor, while they type.
//!
//! Takes a connection to an editor and the files of a site, and answers until the editor ends it. Texts that are open
//! lie over the files on disk; the snapshot of both is made by the same [`pipeline`](crate::pipeline) as every build,
//! and all answers are read from it. Only completion looks at the line itself, since a half-written line parses to
//! nothing.

mod answers;
mod completion;
mod describe;
mod findings;
mod folder;
mod greeting;
mod positions;
mod rename;
mod run;
mod session;
mod symbols;

pub use greeting::Greeting;
pub use run::{Noticed, run};
