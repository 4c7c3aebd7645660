//! Registries: facts, glossary, people, references, regions, care cards.
