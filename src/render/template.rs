//! Contexts brought to their templates.

use serde::Serialize;

use super::Inputs;
use super::context::{PageContext, Template};
use super::shared::Tongue;
use crate::diag::Diagnostic;

/// A whole page from the template of its context.
pub(super) fn page<T: Template>(
    inputs: &Inputs<'_>,
    tongue: &Tongue,
    page: &PageContext,
    own: &T,
) -> Result<String, Box<Diagnostic>> {
    page_with(inputs, tongue, T::FILE, page, own)
}

/// A whole page from a template of the author's choice.
pub(super) fn page_with<T: Serialize>(
    inputs: &Inputs<'_>,
    tongue: &Tongue,
    file: &str,
    page: &PageContext,
    own: &T,
) -> Result<String, Box<Diagnostic>> {
    let mut context = tera::Context::from_serialize(own).expect("contexts are structs of plain values");
    tongue.add_frame(&mut context);
    context.insert("page", page);
    inputs.theme.render(file, &context)
}

/// A fragment, such as a shortcode, from a context of its own.
pub(super) fn fragment<T: Serialize>(
    inputs: &Inputs<'_>,
    tongue: &Tongue,
    file: &str,
    own: &T,
) -> Result<String, Box<Diagnostic>> {
    let mut context = tera::Context::from_serialize(own).expect("contexts are structs of plain values");
    tongue.add_words(&mut context);
    inputs.theme.render(file, &context)
}
