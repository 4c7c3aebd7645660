//! The edge to the disk: reads a site's files, and commits what was built as a whole.
//!
//! Takes a folder, gives [`SiteFiles`](crate::files::SiteFiles); takes finished files, gives a folder that holds either
//! all of them or none. This is the only module that writes or deletes, and it takes typed relative paths alone. It knows
//! nothing of what the files mean.

mod cache;
mod create;
mod output;
mod read;
mod root;
mod stamp;
mod walk;

pub use cache::{BuildState, CACHE_FOLDER, Cache, program_identity};
pub use create::{create_file, is_empty_folder, remove_file, replace_file, write_files};
pub use output::{Committed, Facts, FileFacts, Guards, MANIFEST, Manifest, Output, Settled, Stage};
pub use read::{MAX_TEXT_BYTES, Reading, is_site_text, read_site, site_stamps};
pub use stamp::Stamp;
pub use walk::{CONFIGURATION, FOLDERS, is_dropping};
