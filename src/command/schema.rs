//! `needlepoint schema`: JSON Schemas, for editors that complete and check as one types.

use super::{Outcome, print, usage_error};
use crate::check::rules::rules_schema;
use crate::diag;
use crate::error::Error;
use crate::schema;

/// Prints a schema, or the names of all.
pub fn run(name: Option<&str>) -> Result<Outcome, Error> {
    let all: Vec<(&str, String)> = schema::all()
        .into_iter()
        .chain([rules_schema()])
        .map(|(file, schema)| (file.strip_suffix(".schema.json").unwrap_or(file), schema))
        .map(|(name, schema)| (if name == "needlepoint" { "configuration" } else { name }, schema))
        .collect();
    let name = name.map(|name| name.strip_suffix(".schema.json").unwrap_or(name));
    let Some(name) = name else {
        let names: String = all.iter().map(|(name, _)| format!("{name}\n")).collect();
        return print(&names);
    };
    match all.iter().find(|(known, _)| *known == name) {
        Some((_, schema)) => print(&format!("{}\n", schema.trim_end())),
        None => {
            let near = diag::did_you_mean(name, all.iter().map(|(known, _)| *known));
            let help = near.unwrap_or_else(|| "`needlepoint schema` lists all names".to_owned());
            Err(usage_error(format!("there is no schema `{name}`"), Some(help)))
        }
    }
}
