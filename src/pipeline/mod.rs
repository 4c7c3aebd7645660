//! The pipeline: changes in, a site out.
