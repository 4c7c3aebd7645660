//! The list of reviews that are due: as a table, as JSON, as a calendar file.

use serde::Serialize;

use crate::check::Due;

/// Draws the list as a table, one line for each page.
pub fn due_table(list: &[Due]) -> String {
    if list.is_empty() {
        return "no page is about health, so none is due for review\n".to_owned();
    }
    let width = list.iter().map(|due| due.file.chars().count()).max().unwrap_or(0).max(4);
    let mut out = format!("{:<10}  {:>6}  {:<10}  {:<width$}  reviewer\n", "due", "days", "reviewed", "page");
    for due in list {
        let date = |date: Option<jiff::civil::Date>| {
            date.map_or_else(|| "never".to_owned(), |date| date.to_string())
        };
        let days = due.days.map_or_else(|| "-".to_owned(), |days| days.to_string());
        let reviewer = due.reviewer.as_ref().map_or("-", |reviewer| reviewer.as_str());
        let (when, reviewed) =
            (due.due.map_or_else(|| "now".to_owned(), |due| due.to_string()), date(due.reviewed));
        out.push_str(&format!("{when:<10}  {days:>6}  {reviewed:<10}  {:<width$}  {reviewer}\n", due.file));
    }
    out
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    address: &'a str,
    title: &'a str,
    reviewer: Option<&'a str>,
    reviewed: Option<String>,
    due: Option<String>,
    days: Option<i32>,
}

/// Writes the list as a JSON array; a page that was never reviewed has `null` dates.
pub fn due_json(list: &[Due]) -> String {
    let row = |due: &'_ Due| {
        let Due { file, address, title, reviewer, reviewed, due, days } = due.clone();
        serde_json::json!(Row {
            file: &file,
            address: address.as_str(),
            title: &title,
            reviewer: reviewer.as_ref().map(|reviewer| reviewer.as_str()),
            reviewed: reviewed.map(|day| day.to_string()),
            due: due.map(|day| day.to_string()),
            days,
        })
    };
    let rows: Vec<serde_json::Value> = list.iter().map(row).collect();
    let mut out = serde_json::to_string_pretty(&rows).expect("plain fields with text keys serialize");
    out.push('\n');
    out
}

/// Writes the list as an iCalendar file (RFC 5545) with an all-day entry on the day each review is due.
///
/// The entries' ids are made from the site's address and the page's file, so that a calendar that reads the file again
/// moves entries and does not double them. `stamp` is the day of the build.
pub fn due_calendar(list: &[Due], base_url: &str, stamp: jiff::civil::Date) -> String {
    let compact = |date: jiff::civil::Date| date.strftime("%Y%m%d").to_string();
    let host = base_url.split("://").last().unwrap_or_default().trim_end_matches('/').replace('/', ".");
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//needlepoint//reviews//EN"] {
        push_line(&mut out, line);
    }
    for due in list {
        let Some(day) = due.due else {
            continue;
        };
        push_line(&mut out, "BEGIN:VEVENT");
        push_line(&mut out, &format!("UID:{}@{host}", escaped(&due.file.replace('/', "."))));
        push_line(&mut out, &format!("DTSTAMP:{}T000000Z", compact(stamp)));
        push_line(&mut out, &format!("DTSTART;VALUE=DATE:{}", compact(day)));
        push_line(&mut out, &format!("SUMMARY:{}", escaped(&format!("Review: {}", due.title))));
        push_line(&mut out, &format!("DESCRIPTION:{}", escaped(&due.file)));
        push_line(&mut out, &format!("URL:{}{}", base_url.trim_end_matches('/'), due.address.encoded()));
        push_line(&mut out, "TRANSP:TRANSPARENT");
        push_line(&mut out, "END:VEVENT");
    }
    push_line(&mut out, "END:VCALENDAR");
    out
}

/// Text with what has a meaning in iCalendar escaped (RFC 5545, section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, folded so that none is longer than 75 bytes (RFC 5545, section 3.1).
fn push_line(out: &mut String, line: &str) {
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::UrlPath;

    fn list() -> Vec<Due> {
        let one = Due {
            file: "articles/cost.md".to_owned(),
            address: UrlPath::new("/articles/cost/").unwrap(),
            title: "Cost, insurance; and a title that is long enough to be folded over two lines".to_owned(),
            reviewer: None,
            reviewed: Some(jiff::civil::date(2025, 10, 1)),
            due: Some(jiff::civil::date(2026, 10, 1)),
            days: Some(-51),
        };
        vec![Due { file: "new.md".to_owned(), reviewed: None, due: None, days: None, ..one.clone() }, one]
    }

    #[test]
    fn the_table_says_when_and_how_late() {
        let table = due_table(&list());
        assert!(table.contains("now              -  never       new.md"), "{table}");
        assert!(table.contains("2026-10-01     -51  2025-10-01  articles/cost.md"), "{table}");
    }

    #[test]
    fn the_calendar_holds_dated_reviews_in_short_escaped_lines() {
        let text = due_calendar(&list(), "https://example.org/", jiff::civil::date(2026, 11, 21));
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
        assert!(text.contains("UID:articles.cost.md@example.org\r\n"), "{text}");
        assert!(text.contains("SUMMARY:Review: Cost\\, insurance\\; and"), "{text}");
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
    }

    #[test]
    fn json_keeps_dates_as_text() {
        assert!(due_json(&list()).contains("\"due\": \"2026-10-01\""));
    }
}
