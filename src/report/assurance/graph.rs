//! The graph of articles and conditions as a picture: two columns with a line for each mention.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog::PageId;
use crate::markup::escaped;
use crate::pipeline::Site;

/// Height of a row, width of the columns' gap and where the columns start, in pixels.
const ROW: usize = 22;
const LEFT: usize = 330;
const RIGHT: usize = 620;
const WIDTH: usize = 950;
/// The longest name that fits beside a column, in characters.
const NAME: usize = 44;

/// The most rows of a column; of more, those with the most lines are drawn.
const MOST: usize = 100;

/// Articles, conditions, and who speaks of what.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Graph {
    /// Titles of the articles about health, sorted.
    pub articles: Vec<String>,
    /// Titles of the conditions, sorted.
    pub conditions: Vec<String>,
    /// Each article with each condition that it speaks of, by title, sorted.
    pub mentions: Vec<(String, String)>,
}

/// Gathers the graph of a site.
pub(super) fn graph(site: &Site) -> Graph {
    let title = |id: PageId| site.catalog().page(id).title.clone();
    let mut graph = Graph::default();
    for linked in site.pages() {
        let page = &linked.page.interface;
        if page.condition.is_some() {
            graph.conditions.push(page.title.clone());
            continue;
        }
        let is_health = site.config().kind(&page.kind).is_some_and(|kind| kind.health);
        if !page.is_section && (is_health || !linked.mentions.is_empty()) {
            graph.articles.push(page.title.clone());
            let mentions =
                linked.mentions.iter().map(|mention| (page.title.clone(), title(mention.condition)));
            graph.mentions.extend(mentions);
        }
    }
    for list in [&mut graph.articles, &mut graph.conditions] {
        list.sort();
        list.dedup();
    }
    graph.mentions.sort();
    graph.mentions.dedup();
    graph
}

/// Draws the graph as SVG with a line that says what is left out; empty where no article speaks of a condition.
pub(super) fn draw(graph: &Graph) -> String {
    if graph.mentions.is_empty() {
        return String::new();
    }
    let articles = most(&graph.articles, graph.mentions.iter().map(|(article, _)| article));
    let conditions = most(&graph.conditions, graph.mentions.iter().map(|(_, condition)| condition));
    let order: BTreeMap<&str, usize> = articles.iter().enumerate().map(|(row, name)| (*name, row)).collect();
    let is_drawn = |(article, condition): &&(String, String)| {
        order.contains_key(article.as_str()) && conditions.contains(&condition.as_str())
    };
    let pairs: Vec<&(String, String)> = graph.mentions.iter().filter(is_drawn).collect();
    let conditions = by_neighbours(conditions, &pairs, &order);
    let height = articles.len().max(conditions.len()) * ROW + 2 * ROW;
    let mut out = format!(
        "<p>A line for each condition that an article speaks of; a hollow dot has none.</p>\n<svg viewBox=\"0 0 {WIDTH} \
         {height}\" role=\"img\" aria-label=\"Articles on the left, conditions on the right, a line for each that an \
         article speaks of\" font-size=\"12\">\n"
    );
    let y = |row: usize| (row + 1) * ROW;
    let places: BTreeMap<&str, usize> =
        conditions.iter().enumerate().map(|(row, name)| (*name, row)).collect();
    for (article, condition) in &pairs {
        let (from, to) = (y(order[article.as_str()]), y(places[condition.as_str()]));
        let (a, b) = (LEFT + 8, RIGHT - 8);
        let middle = (a + b) / 2;
        out.push_str(&format!(
            "<path d=\"M{a} {from}C{middle} {from} {middle} {to} {b} {to}\" fill=\"none\" stroke=\"currentColor\" \
             stroke-opacity=\".25\"/>\n"
        ));
    }
    let is_joined =
        |name: &str| pairs.iter().any(|(article, condition)| article == name || condition == name);
    let mut column = |names: &[&str], x: usize, anchor: &str, dot: usize| {
        for (row, name) in names.iter().enumerate() {
            let fill = if is_joined(name) { "currentColor" } else { "none" };
            let (text, y) = (escaped(&shortened(name)), y(row));
            out.push_str(&format!(
                "<circle cx=\"{dot}\" cy=\"{y}\" r=\"4\" stroke=\"currentColor\" fill=\"{fill}\"/><text x=\"{x}\" y=\"{}\" \
                 text-anchor=\"{anchor}\" fill=\"currentColor\">{text}</text>\n",
                y + 4
            ));
        }
    };
    column(&articles, LEFT - 6, "end", LEFT + 4);
    column(&conditions, RIGHT + 6, "start", RIGHT - 4);
    out.push_str("</svg>\n");
    let left_out = graph.articles.len() + graph.conditions.len() - articles.len() - conditions.len();
    if left_out > 0 {
        out.push_str(&format!("<p>{left_out} names with fewer lines are left out; the JSON has all.</p>\n"));
    }
    out
}

/// The names, sorted; of too many those with the most lines.
fn most<'a>(names: &'a [String], ends: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for end in ends {
        *lines.entry(end).or_default() += 1;
    }
    let mut all: Vec<&str> = names.iter().map(String::as_str).collect();
    all.sort_by_key(|name| std::cmp::Reverse(lines.get(name).copied().unwrap_or(0)));
    all.truncate(MOST);
    all.sort_unstable();
    all
}

/// The conditions in the order of the middle of the articles that name them, so that few lines cross; those that no
/// article names come last.
fn by_neighbours<'a>(
    conditions: Vec<&'a str>,
    pairs: &[&(String, String)],
    order: &BTreeMap<&str, usize>,
) -> Vec<&'a str> {
    let mut sums: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (article, condition) in pairs {
        let sum = sums.entry(condition).or_default();
        *sum = (sum.0 + order[article.as_str()], sum.1 + 1);
    }
    let middle = |name: &str| sums.get(name).map_or(usize::MAX, |(sum, count)| sum * 1000 / count);
    let mut all: Vec<(usize, &str)> = conditions.into_iter().map(|name| (middle(name), name)).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, name)| name).collect()
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}
