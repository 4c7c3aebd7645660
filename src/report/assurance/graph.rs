//! The graph of articles and conditions as a picture: two columns with a line for each mention.

use std::collections::BTreeMap;

use crate::pipeline::Site;

/// Height of a row, width of the columns' gap and where the columns start, in pixels.
const ROW: usize = 22;
const LEFT: usize = 330;
const RIGHT: usize = 620;
const WIDTH: usize = 950;
/// The longest name that fits beside a column, in characters.
const NAME: usize = 44;

/// Each article with each condition that it speaks of, by title, sorted.
pub(super) fn pairs(site: &Site) -> Vec<(String, String)> {
    let title = |id: crate::catalog::PageId| site.catalog().page(id).title.clone();
    let mut all = Vec::new();
    for linked in site.pages().iter().filter(|linked| linked.page.interface.condition.is_none()) {
        for mention in &linked.mentions {
            all.push((linked.page.interface.title.clone(), title(mention.condition)));
        }
    }
    all.sort();
    all.dedup();
    all
}

/// Draws the pairs as SVG; empty where there is none.
pub(super) fn draw(pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let articles = rows(pairs.iter().map(|(article, _)| article.as_str()));
    let order: BTreeMap<&str, usize> = articles.iter().enumerate().map(|(row, name)| (*name, row)).collect();
    let conditions = by_neighbours(pairs, &order);
    let height = articles.len().max(conditions.len()) * ROW + 2 * ROW;
    let mut out = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"Articles on the left, conditions on the \
         right, a line for each that an article speaks of\" font-size=\"12\">\n"
    );
    let y = |row: usize| (row + 1) * ROW;
    let places: BTreeMap<&str, usize> =
        conditions.iter().enumerate().map(|(row, name)| (*name, row)).collect();
    for (article, condition) in pairs {
        let (from, to) = (y(order[article.as_str()]), y(places[condition.as_str()]));
        let (a, b) = (LEFT + 8, RIGHT - 8);
        let middle = (a + b) / 2;
        out.push_str(&format!(
            "<path d=\"M{a} {from}C{middle} {from} {middle} {to} {b} {to}\" fill=\"none\" stroke=\"currentColor\" \
             stroke-opacity=\".25\"/>\n"
        ));
    }
    let mut column = |names: &[&str], x: usize, anchor: &str, dot: usize| {
        for (row, name) in names.iter().enumerate() {
            let (text, y) = (super::html::escape(&shortened(name)), y(row));
            out.push_str(&format!(
                "<circle cx=\"{dot}\" cy=\"{y}\" r=\"4\" fill=\"currentColor\"/><text x=\"{x}\" y=\"{}\" \
                 text-anchor=\"{anchor}\" fill=\"currentColor\">{text}</text>\n",
                y + 4
            ));
        }
    };
    column(&articles, LEFT - 6, "end", LEFT + 4);
    column(&conditions, RIGHT + 6, "start", RIGHT - 4);
    out.push_str("</svg>\n");
    out
}

fn rows<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut all: Vec<&str> = names.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The conditions in the order of the middle of the articles that name them, so that few lines cross.
fn by_neighbours<'a>(pairs: &'a [(String, String)], order: &BTreeMap<&str, usize>) -> Vec<&'a str> {
    let mut sums: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (article, condition) in pairs {
        let sum = sums.entry(condition).or_default();
        *sum = (sum.0 + order[article.as_str()], sum.1 + 1);
    }
    let mut all: Vec<(usize, &str)> =
        sums.into_iter().map(|(name, (sum, count))| (sum * 1000 / count, name)).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, name)| name).collect()
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}
