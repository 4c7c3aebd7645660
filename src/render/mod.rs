//! Rendering: pages, lists, feed, sitemap and structured data.

pub mod body_map;
pub mod bundle;
pub mod context;
pub mod strings;
