//! Configuration: `needlepoint.toml` as typed values.
