//! Tables whose cells carry the names of their columns, for narrow screens that make cards of the rows.
//!
//! The theme's script adds the roles that keep such cards a table for assistive technology: in HTML they repeat what
//! the elements say, which the Nu checker reports.

use super::escape;
use super::writer::Writer;
use crate::markdown::{Alignment, EventKind, Table, Tag};

/// From this many columns on a table scrolls; narrower ones become cards.
const WIDE: usize = 6;

/// The table that is being written.
pub(super) struct OpenTable<'a> {
    table: &'a Table,
    /// The caption's id, where the table scrolls and so must have a name.
    id: Option<String>,
    /// Names of the columns, as they stand between tags.
    labels: Vec<String>,
    column: usize,
    in_head: bool,
    has_body: bool,
    closing: &'static str,
}

impl Writer<'_> {
    pub(super) fn table_start(&mut self, index: u32, at: u32) {
        let table = &self.document.tables()[index as usize];
        let is_wide = table.alignments.len() >= WIDE;
        let mut tables = self.tables;
        let is_named = is_wide && table.has_caption && self.is_page();
        let id = is_named.then(|| self.unique_id("table", &mut tables));
        self.tables = tables;
        let name =
            id.as_ref().map(|id| format!(" role=\"region\" aria-labelledby=\"{id}\"")).unwrap_or_default();
        self.out.push_str("<div class=\"table");
        self.out.push_str(if is_wide { " wide\"" } else { "\"" });
        self.out.push_str(&name);
        self.out.push_str(if is_wide { " tabindex=\"0\">" } else { ">" });
        self.out.push_str("<table>");
        let labels = self.labels(at);
        self.depth += 1;
        self.table =
            Some(OpenTable { table, id, labels, column: 0, in_head: false, has_body: false, closing: "" });
    }

    /// The words of the head's cells, escaped.
    fn labels(&self, at: u32) -> Vec<String> {
        let mut labels = Vec::new();
        for index in at + 1..self.document.events().len() as u32 {
            match self.kind(index) {
                Some(EventKind::Start(Tag::TableCell)) => {
                    let mut label = String::new();
                    let words = self.document.plain_text(index + 1..self.end_of(index) - 1);
                    escape::text(&mut label, words.trim());
                    labels.push(label);
                }
                Some(EventKind::End(Tag::TableHead)) | None => break,
                _ => {}
            }
        }
        labels
    }

    pub(super) fn caption_start(&mut self) {
        match self.table.as_ref().and_then(|table| table.id.as_ref()) {
            Some(id) => {
                self.out.push_str("<caption id=\"");
                self.out.push_str(id);
                self.out.push_str("\">");
            }
            None => self.out.push_str("<caption>"),
        }
    }

    pub(super) fn row_start(&mut self, tag: Tag) {
        let Some(table) = &mut self.table else { return };
        table.column = 0;
        table.in_head = tag == Tag::TableHead;
        self.out.push_str(match (table.in_head, table.has_body) {
            (true, _) => "<thead><tr>",
            (false, false) => "<tbody><tr>",
            (false, true) => "<tr>",
        });
        table.has_body |= !table.in_head;
    }

    pub(super) fn row_end(&mut self, tag: Tag) {
        self.out.push_str(if tag == Tag::TableHead { "</tr></thead>\n" } else { "</tr>\n" });
    }

    pub(super) fn cell_start(&mut self, at: u32) {
        let is_empty = self.kind(at + 1) == Some(EventKind::End(Tag::TableCell));
        let Some(table) = &mut self.table else { return };
        let class = match table.table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"start\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"end\"",
            Some(Alignment::None) | None => "",
        };
        // A head without words would be announced as one, so an empty corner is a plain cell.
        let (opening, closing) = match (table.in_head, table.column) {
            (true, _) if is_empty => ("<td", "</td>"),
            (true, _) => ("<th scope=\"col\"", "</th>"),
            (false, 0) if !is_empty => ("<th scope=\"row\"", "</th>"),
            (false, 0) => ("<td", "</td>"),
            (false, _) => ("<td", "</span></td>"),
        };
        table.closing = closing;
        self.out.push_str(opening);
        self.out.push_str(class);
        self.out.push('>');
        if closing == "</span></td>" {
            if let Some(label) = table.labels.get(table.column).filter(|label| !label.is_empty()) {
                self.out.push_str("<span class=\"cell-label\" aria-hidden=\"true\">");
                self.out.push_str(label);
                self.out.push_str("</span>");
            }
            self.out.push_str("<span class=\"cell\">");
        }
        table.column += 1;
    }

    pub(super) fn cell_end(&mut self) {
        self.out.push_str(self.table.as_ref().map_or("", |table| table.closing));
    }

    pub(super) fn table_end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.table.take().is_some_and(|table| table.has_body) {
            self.out.push_str("</tbody>");
        }
        self.out.push_str("</table></div>\n");
    }
}
