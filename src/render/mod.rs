//! Rendering: pages, lists, feed, sitemap and structured data.
