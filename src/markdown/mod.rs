//! Markdown: the body of an article as a `Document`.
