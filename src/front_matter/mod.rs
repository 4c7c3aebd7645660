//! Front matter: the typed block at the head of an article.
