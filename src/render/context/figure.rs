//! The body figure: front and back, drawn from the theme's `body-map.toml`.

use serde::{Deserialize, Serialize};

/// One view of the figure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// `front` or `back`.
    pub view: String,
    /// "Front", "Back".
    pub label: String,
    /// Shapes in the order in which they are drawn.
    pub shapes: Vec<Shape>,
}

/// One region of a view.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Id of the region: `knee`.
    pub region: String,
    /// Path data.
    pub d: String,
    /// Whether it is drawn a second time as its mirror image.
    pub mirrored: bool,
    /// Whether this is the region that the page is about.
    pub here: bool,
    /// Address of the region's page; none where the shape is no link (locators, regions without pages).
    pub url: Option<String>,
    /// Name of the region, for the tip over the shape.
    pub label: String,
}
