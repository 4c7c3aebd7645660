//! Which blocks of a page say what another block is about: the caption and the heads of a table for its cells, a term
//! for what it means.

use crate::markdown::Tag;

/// A block in a table or a list of definitions, by its index, with the blocks that say what it is about.
pub(super) struct Placed {
    pub(super) block: u32,
    /// The head of its column.
    pub(super) head: Option<u32>,
    /// The first cell of its row, or its term.
    pub(super) first: Option<u32>,
    /// The caption of its table.
    pub(super) caption: Option<u32>,
}

/// Follows the elements of a page and notes where each block of a table or definition stands.
#[derive(Default)]
pub(super) struct Layout {
    placed: Vec<Placed>,
    role: Role,
    caption: Option<u32>,
    /// The heads of the columns.
    heads: Vec<Option<u32>>,
    is_head: bool,
    column: usize,
    /// The first cell of the row, or the last term.
    first: Option<u32>,
}

/// What the next block is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Role {
    #[default]
    Plain,
    Caption,
    Cell,
    Term,
    Meaning,
}

impl Layout {
    pub(super) fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Table(_) => {
                self.caption = None;
                self.heads.clear();
            }
            Tag::Caption => self.role = Role::Caption,
            Tag::TableHead | Tag::TableRow => {
                self.is_head = tag == Tag::TableHead;
                self.column = 0;
                self.first = None;
            }
            Tag::TableCell => self.role = Role::Cell,
            Tag::DefinitionTitle => self.role = Role::Term,
            Tag::DefinitionDetails => self.role = Role::Meaning,
            _ => {}
        }
    }

    pub(super) fn end(&mut self, tag: Tag) {
        match tag {
            Tag::TableCell => {
                self.column += 1;
                self.role = Role::Plain;
            }
            Tag::Caption | Tag::DefinitionTitle | Tag::DefinitionDetails => self.role = Role::Plain,
            _ => {}
        }
    }

    /// A block with words begins.
    pub(super) fn block(&mut self, block: u32) {
        match self.role {
            Role::Plain => {}
            Role::Caption => self.caption = Some(block),
            Role::Cell if self.is_head => {
                self.heads.resize(self.column, None);
                self.heads.push(Some(block));
            }
            Role::Cell => {
                let head = self.heads.get(self.column).copied().flatten();
                let first = self.first;
                self.placed.push(Placed { block, head, first, caption: self.caption });
                if self.column == 0 {
                    self.first = Some(block);
                }
            }
            Role::Term => self.first = Some(block),
            Role::Meaning => {
                self.placed.push(Placed { block, head: None, first: self.first, caption: None });
            }
        }
    }

    /// The blocks that were noted, in reading order.
    pub(super) fn placed(self) -> Vec<Placed> {
        self.placed
    }
}
