//! A page: front matter, document and address together.
