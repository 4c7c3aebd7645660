//! Codes for how a page is built: sections, headings, paragraphs, lists, tables, images, links.

use super::{Code, CodeInfo, Severity};

codes! { "structure":
    MISSING_SECTION = "missing-section", Error;
    MISORDERED_SECTIONS = "misordered-sections", Warning;
    EMPTY_SECTION = "empty-section", Error;
    MISSING_KEY_MESSAGE = "missing-key-message", Warning;
    LONG_KEY_MESSAGE = "long-key-message", Warning;
    NO_ACTION = "no-action", Warning;
    SECOND_TITLE = "second-title", Warning;
    SKIPPED_HEADING_LEVEL = "skipped-heading-level", Warning;
    DEEP_HEADING = "deep-heading", Warning;
    EMPTY_HEADING = "empty-heading", Error;
    LONG_HEADING = "long-heading", Warning;
    HEADING_WITH_FULL_STOP = "heading-with-full-stop", Warning;
    HEADING_IN_TITLE_CASE = "heading-in-title-case", Warning;
    HEADING_AS_QUESTION = "heading-as-question", Info;
    LONG_SECTION = "long-section", Warning;
    LONG_PARAGRAPH = "long-paragraph", Warning;
    LONG_LIST = "long-list", Warning;
    LONG_LIST_ITEM = "long-list-item", Info;
    HIDDEN_STEPS = "hidden-steps", Info;
    NO_TOOL = "no-tool", Info;
    DUPLICATE_TITLE = "duplicate-title", Error;
    UNFIT_DESCRIPTION = "unfit-description", Warning;
    GAP_IN_COMPARISON = "gap-in-comparison", Warning;
    UNCAPTIONED_FIGURE = "uncaptioned-figure", Warning;
    UNCAPTIONED_MEDIA = "uncaptioned-media", Warning;
    UNCAPTIONED_TABLE = "uncaptioned-table", Warning;
    EMPTY_TABLE_HEADER = "empty-table-header", Warning;
    LONG_ALT = "long-alt", Warning;
    REDUNDANT_ALT = "redundant-alt", Warning;
    VAGUE_LINK_TEXT = "vague-link-text", Warning;
    AMBIGUOUS_LINK_TEXT = "ambiguous-link-text", Warning;
    UNLABELLED_DOCUMENT = "unlabelled-document", Warning;
    NO_FURTHER_HELP = "no-further-help", Warning;
    INSECURE_LINK = "insecure-link", Info;
}
