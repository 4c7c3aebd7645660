//! SARIF 2.1.0 (OASIS, 2020): the form that code-scanning services read.
//!
//! Section numbers in comments are those of the standard. Columns count characters, which `columnKind` says.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Place, Sources};
use crate::diag::{Code, Diagnostic, Label, Severity};
use crate::name::SitePath;
use crate::source::Span;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn draw(diagnostics: &[Diagnostic], sources: Sources<'_>) -> String {
    let mut codes: BTreeMap<&Code, usize> = diagnostics.iter().map(|finding| (&finding.code, 0)).collect();
    for (index, place) in codes.values_mut().enumerate() {
        *place = index;
    }
    let rules: Vec<Value> = codes.keys().map(|code| rule(code)).collect();
    let results: Vec<Value> =
        diagnostics.iter().map(|finding| result(finding, codes[&finding.code], sources)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "needlepoint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).expect("a JSON value serializes");
    out.push('\n');
    out
}

/// A rule as metadata of the tool (section 3.49).
fn rule(code: &Code) -> Value {
    match code.info() {
        Some(info) => json!({
            "id": info.code,
            "shortDescription": { "text": info.summary() },
            "help": { "text": info.explanation, "markdown": info.explanation },
            "defaultConfiguration": { "level": level(info.severity) },
            "properties": { "tags": [info.group] },
        }),
        None => json!({ "id": code.as_str() }),
    }
}

fn result(diagnostic: &Diagnostic, rule_index: usize, sources: Sources<'_>) -> Value {
    let mut text = diagnostic.message.clone();
    for note in &diagnostic.notes {
        text.push_str(&format!("\nnote: {note}"));
    }
    if let Some(help) = &diagnostic.help {
        text.push_str(&format!("\nhelp: {help}"));
    }
    let mut result = json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": rule_index,
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": [location(&diagnostic.primary, sources)],
        "partialFingerprints": { "needlepoint/v1": fingerprint(diagnostic, sources) },
    });
    if !diagnostic.secondary.is_empty() {
        let related: Vec<Value> = diagnostic
            .secondary
            .iter()
            .enumerate()
            .map(|(id, label)| {
                let mut location = location(label, sources);
                location["id"] = json!(id);
                location
            })
            .collect();
        result["relatedLocations"] = json!(related);
    }
    if let Some(edit) = &diagnostic.edit {
        let file = &diagnostic.primary.file;
        result["fixes"] = json!([{ "artifactChanges": [{
            "artifactLocation": { "uri": uri(file) },
            "replacements": [{
                "deletedRegion": region(file, edit.span, sources),
                "insertedContent": { "text": edit.replacement },
            }],
        }] }]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn location(label: &Label, sources: Sources<'_>) -> Value {
    let mut location = json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&label.file) },
        "region": region(&label.file, label.span, sources),
    } });
    if !label.text.is_empty() {
        location["message"] = json!({ "text": label.text });
    }
    location
}

fn region(file: &SitePath, span: Span, sources: Sources<'_>) -> Value {
    let place = Place::of(file, span, sources);
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "byteOffset": span.start,
        "byteLength": span.len(),
    })
}

/// A relative reference in the sense of RFC 3986.
fn uri(file: &SitePath) -> String {
    let mut out = String::new();
    for byte in file.as_str().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// What makes a finding the same one after lines above it moved: code, file, message and the text of its line.
fn fingerprint(diagnostic: &Diagnostic, sources: Sources<'_>) -> String {
    let Label { file, span, .. } = &diagnostic.primary;
    let source = sources(file);
    let line = source.as_ref().map_or("", |source| source.line(source.position(span.start).line));
    let text = format!("{}\0{file}\0{}\0{line}", diagnostic.code, diagnostic.message);
    blake3::hash(text.as_bytes()).to_hex()[..32].to_owned()
}
