//! The report as one page that needs nothing else: no script, no other file.

use std::collections::BTreeMap;

use super::{Assurance, Row, graph};
use crate::markup::escaped;

const STYLE: &str = "
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 90rem; margin: 0 auto; padding: 1rem; }
.wide { overflow-x: auto; }
thead th { vertical-align: bottom; }
table { border-collapse: collapse; font-size: .875rem; }
caption { text-align: start; font-weight: bold; padding-block: .5rem; }
th, td { text-align: start; padding: .25rem .5rem; border-bottom: 1px solid #8886; vertical-align: top; }
td { white-space: nowrap; }
th[scope=row] { min-inline-size: 14rem; }
td:not(.number):is(:last-child, :nth-last-child(2)) { white-space: normal; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
.late, .errors { font-weight: bold; color: light-dark(#a3180d, #ff9d92); }
.bar { display: inline-block; block-size: .75rem; background: currentColor; }
svg { inline-size: 100%; block-size: auto; min-inline-size: 50rem; }
@media print { body { max-width: none; } a { color: inherit; } }
";

/// Writes the report as HTML.
pub fn assurance_html(assurance: &Assurance) -> String {
    let title = escaped(&assurance.title);
    let date = &assurance.date;
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>Assurance report: {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>Assurance report: {title}</h1>\n<p>As of {date}. The report lists what was looked at. It is no seal and \
         no proof that a page is right.</p>\n"
    );
    pages(assurance, &mut out);
    reviews(assurance, &mut out);
    section(&mut out, "Articles and conditions", &{
        let drawn = graph::draw(&assurance.graph);
        if drawn.is_empty() { "<p>No article speaks of a condition.</p>\n".to_owned() } else { wide(&drawn) }
    });
    checks(assurance, &mut out);
    people(assurance, &mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section(out: &mut String, heading: &str, body: &str) {
    out.push_str(&format!("<section>\n<h2>{heading}</h2>\n{body}</section>\n"));
}

fn wide(body: &str) -> String {
    format!("<div class=\"wide\" tabindex=\"0\">\n{body}</div>\n")
}

fn table(caption: &str, heads: &[&str], rows: &str) -> String {
    let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
    wide(&format!(
        "<table>\n<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    ))
}

fn number(value: impl std::fmt::Display) -> String {
    format!("<td class=\"number\">{value}</td>")
}

fn pages(assurance: &Assurance, out: &mut String) {
    let rows: String = assurance.pages.iter().map(page_row).collect();
    let heads = [
        "Page",
        "Kind",
        "Errors",
        "Warnings",
        "Remarks",
        "Words",
        "Grade",
        "Grade, terms easy",
        "SMOG",
        "Reviewed",
        "Days ago",
        "Signed",
        "Sources",
        "Links out",
        "Links in",
    ];
    let words: usize = assurance.pages.iter().map(|row| row.words).sum();
    let caption = format!("{} pages, {words} words", assurance.pages.len());
    section(out, "Pages", &table(&caption, &heads, &rows));
}

fn page_row(row: &Row) -> String {
    let errors = if row.errors > 0 { " errors" } else { "" };
    let optional = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    [
        format!(
            "<tr><th scope=\"row\">{}<br><small>{}</small></th>",
            escaped(&row.title),
            escaped(&row.file)
        ),
        format!("<td>{}</td>", escaped(&row.kind)),
        format!("<td class=\"number{errors}\">{}</td>", row.errors),
        number(row.warnings),
        number(row.remarks),
        number(row.words),
        number(format!("{:.1}", row.grade)),
        number(format!("{:.1}", row.adjusted_grade)),
        number(optional(row.smog.map(|smog| format!("{smog:.1}")))),
        format!("<td>{}</td>", optional(row.reviewed.clone())),
        number(optional(row.review_age.map(|age| age.to_string()))),
        format!("<td>{}</td>", if row.signed { "yes" } else { "no" }),
        number(row.sources),
        number(row.links_out),
        number(row.links_in),
        "</tr>\n".to_owned(),
    ]
    .concat()
}

fn reviews(assurance: &Assurance, out: &mut String) {
    let mut months: BTreeMap<&str, usize> = BTreeMap::new();
    for review in &assurance.reviews {
        *months.entry(review.due.as_deref().map_or("never reviewed", |due| &due[..7])).or_default() += 1;
    }
    let most = months.values().copied().max().unwrap_or(1);
    let bars: String = months
        .iter()
        .map(|(month, count)| {
            let width = count * 100 / most;
            let late = if *month < &assurance.date[..7] { " class=\"late\"" } else { "" };
            format!(
                "<tr{late}><th scope=\"row\">{month}</th><td class=\"number\">{count}</td><td><span class=\"bar\" \
                 style=\"inline-size:{}rem\"></span></td></tr>\n",
                width as f64 / 5.0
            )
        })
        .collect();
    let rows: String = assurance
        .reviews
        .iter()
        .map(|review| {
            let late = if review.days.is_none_or(|days| days < 0) { " class=\"late\"" } else { "" };
            let text = |text: &Option<String>| text.as_deref().map_or_else(|| "–".to_owned(), escaped);
            format!(
                "<tr{late}><th scope=\"row\">{}</th><td>{}</td>{}<td>{}</td></tr>\n",
                escaped(&review.file),
                text(&review.due),
                number(review.days.map_or_else(|| "–".to_owned(), |days| days.to_string())),
                text(&review.reviewer),
            )
        })
        .collect();
    let timeline = table("Reviews due by month", &["Month", "Pages", ""], &bars);
    let list = table("Each page", &["Page", "Due", "In days", "Last reviewer"], &rows);
    section(out, "Reviews", &format!("{timeline}<details><summary>Each page</summary>\n{list}</details>\n"));
}

fn checks(assurance: &Assurance, out: &mut String) {
    let rows: String = assurance
        .checks
        .iter()
        .map(|check| {
            format!(
                "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td>{}</tr>\n",
                check.code,
                escaped(check.chapter),
                escaped(check.summary),
                number(check.findings),
            )
        })
        .collect();
    let all = table("Checks", &["Code", "Chapter", "What it finds", "Findings"], &rows);
    let waived: String = assurance
        .waivers
        .iter()
        .map(|waiver| {
            format!(
                "<tr><th scope=\"row\">{}</th><td><code>{}</code></td><td>{}</td></tr>\n",
                escaped(&waiver.file),
                escaped(&waiver.code),
                escaped(&waiver.reason)
            )
        })
        .collect();
    let waivers = match assurance.waivers.is_empty() {
        true => "<p>No page waives a finding.</p>\n".to_owned(),
        false => table("Waivers", &["Page", "Code", "Reason"], &waived),
    };
    let body = format!(
        "<details><summary>{} checks ran</summary>\n{all}</details>\n{waivers}",
        assurance.checks.len()
    );
    section(out, "Checked by machine", &body);
}

fn people(assurance: &Assurance, out: &mut String) {
    let signed = assurance.pages.iter().filter(|row| row.signed).count();
    let items: String =
        assurance.by_people.iter().map(|item| format!("<li>{}</li>\n", escaped(item))).collect();
    let body = format!(
        "<p>{signed} of {} pages carry a signed review.</p>\n<p>No rule can tell the following; a person must:</p>\n\
         <ul>\n{items}</ul>\n",
        assurance.pages.len()
    );
    section(out, "Checked by people", &body);
}
