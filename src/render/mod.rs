//! Rendering: pages, lists, feed, sitemap and structured data.

pub mod context;
