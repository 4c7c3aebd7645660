//! The body figure, read from a theme's `body-map.toml` and filled for a page.

use serde::Deserialize;

use super::context::{Figure, Shape};

/// Shapes of both views.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyMap {
    /// The view box of each figure. The theme's templates repeat it.
    pub view_box: String,
    front: Vec<Drawing>,
    back: Vec<Drawing>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drawing {
    region: String,
    d: String,
    #[serde(default)]
    mirrored: bool,
}

/// What a shape of the body map leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShapeLink {
    /// Address of the region's page; none where it has no page.
    pub url: Option<String>,
    /// Name of the region.
    pub label: String,
}

impl BodyMap {
    /// Reads the text of the file. The error is the parser's message.
    pub fn parse(text: &str) -> Result<BodyMap, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// The views, `front` and `back`, in which at least one of `regions` is drawn.
    pub fn views_of(&self, regions: &[&str]) -> Vec<&'static str> {
        let draws =
            |drawings: &[Drawing]| drawings.iter().any(|each| regions.contains(&each.region.as_str()));
        [("front", &self.front), ("back", &self.back)]
            .into_iter()
            .filter(|(_, drawings)| draws(drawings))
            .map(|(view, _)| view)
            .collect()
    }

    /// One view with some regions filled and no links.
    pub fn locator(&self, view: &str, label: &str, here: &[&str]) -> Figure {
        let shapes = self.view(view).iter().map(|drawing| Shape {
            region: drawing.region.clone(),
            d: drawing.d.clone(),
            mirrored: drawing.mirrored,
            here: here.contains(&drawing.region.as_str()),
            url: None,
            label: String::new(),
        });
        Figure { view: view.to_owned(), label: label.to_owned(), shapes: shapes.collect() }
    }

    /// One view whose shapes lead to the pages of their regions.
    pub fn linked(&self, view: &str, label: &str, link: impl Fn(&str) -> ShapeLink) -> Figure {
        let mut figure = self.locator(view, label, &[]);
        for shape in &mut figure.shapes {
            let link = link(&shape.region);
            shape.url = link.url;
            shape.label = link.label;
        }
        figure
    }

    fn view(&self, view: &str) -> &[Drawing] {
        if view == "back" { &self.back } else { &self.front }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body_map() -> BodyMap {
        BodyMap::parse(include_str!("../../themes/default/body-map.toml")).unwrap()
    }

    #[test]
    fn a_locator_fills_its_region_alone() {
        let figure = body_map().locator("front", "Front", &["knee"]);
        let here: Vec<&str> =
            figure.shapes.iter().filter(|each| each.here).map(|each| &*each.region).collect();
        assert_eq!(here, ["knee"]);
    }

    #[test]
    fn a_region_is_found_in_the_views_that_draw_it() {
        let map = body_map();
        assert_eq!(map.views_of(&["low-back"]), ["back"]);
        assert_eq!(map.views_of(&["jaw"]), ["front"]);
        assert_eq!(map.views_of(&["knee"]), ["front", "back"]);
        assert!(map.views_of(&["whole-body"]).is_empty());
    }

    #[test]
    fn a_region_without_a_page_is_drawn_but_no_link() {
        let link = |region: &str| ShapeLink {
            url: (region == "neck").then(|| "/body/neck/".to_owned()),
            label: region.to_owned(),
        };
        let figure = body_map().linked("front", "Front", link);
        let linked = figure.shapes.iter().filter(|each| each.url.is_some()).count();
        assert_eq!((linked, figure.shapes.len()), (1, 16));
    }
}
