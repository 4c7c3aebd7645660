//! Themes: templates, shortcodes and assets.
