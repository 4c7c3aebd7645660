//! The disk: reads a site's files and commits an output folder.
