//! The command line: arguments to a command.

use std::net::{IpAddr, Ipv4Addr};
use std::process::ExitCode;

use camino::Utf8PathBuf;
use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::command::links::About;
use crate::command::{self, Globals};
use crate::link::Entry;
use crate::report::Format;

/// A compiler for health articles that people can trust.
///
/// Checks Markdown like code, links every condition to its page and back, and builds a static site with a search
/// index. Start with `needlepoint init DIR`.
#[derive(Parser)]
#[command(name = "needlepoint", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    globals: GlobalArguments,
}

#[derive(Args)]
struct GlobalArguments {
    /// The site's folder [default: this folder, or the nearest one above with a needlepoint.toml].
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<Utf8PathBuf>,
    /// Whether messages are coloured.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    color: Color,
    /// Say only what is wrong.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more.
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Make a new small site that builds without a finding.
    Init {
        /// The folder for the site; must be empty or not there.
        dir: Utf8PathBuf,
    },
    /// Start an article of a kind, with its required keys and sections, at the right place.
    New {
        /// The kind: explainer, comparison, guide, faq, condition, page, or one of the site's own.
        kind: String,
        /// The title; the file's name is made from it.
        title: String,
    },
    /// Build the site into the output folder, whole or not at all.
    Build(BuildArguments),
    /// Check the site and build nothing.
    Check {
        /// How findings are written: for people (full, short) to standard error, for programs (json, sarif, github)
        /// to standard output.
        #[arg(long, value_name = "FORMAT", default_value = "full", value_parser = Format::NAMES)]
        format: String,
        /// Fail on warnings too.
        #[arg(long)]
        deny_warnings: bool,
        /// Check drafts as if they were published.
        #[arg(long)]
        drafts: bool,
        /// Only what is wrong in files that differ from this revision of the site's Git repository.
        #[arg(long, value_name = "REV")]
        since: Option<String>,
        /// Only what this file does not hold; write it once with `--format json`.
        #[arg(long, value_name = "FILE")]
        baseline: Option<Utf8PathBuf>,
        /// Run the examples that the wording rules carry, and nothing else.
        #[arg(long)]
        test_rules: bool,
    },
    /// Which pages are due for review, and signing one that was read.
    #[command(subcommand)]
    Review(ReviewCommand),
    /// Write what was checked by machine, what by a person, and what cannot be: as HTML and as JSON.
    Report {
        /// The folder for the two files.
        #[arg(long, value_name = "DIR", default_value = "assurance")]
        output: Utf8PathBuf,
    },
    /// Preview the site in a browser; it follows the files as they are saved.
    Serve(ServeArguments),
    /// Serve an editor over standard input and output: findings while typing, completion, renaming.
    Lsp,
    /// List every automatic link and why, what was skipped, what nobody links to, and who uses a fact or source.
    Links {
        /// One page alone: its file below content/, or its address.
        #[arg(group = "about")]
        page: Option<String>,
        /// The pages that show a fact of facts.toml.
        #[arg(long, value_name = "ID", group = "about")]
        fact: Option<String>,
        /// The pages that cite a source.
        #[arg(long, value_name = "KEY", group = "about")]
        source: Option<String>,
        /// The pages that use a term of glossary.toml.
        #[arg(long, value_name = "ID", group = "about")]
        term: Option<String>,
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Move an article, rewrite every link to it, and keep its old address.
    Mv {
        /// Its file.
        old: String,
        /// Its new file.
        new: String,
    },
    /// Search the site as its readers do.
    Search {
        /// What a reader would type.
        query: String,
        /// How many results at the most.
        #[arg(long, value_name = "N", default_value_t = 10)]
        limit: usize,
        /// Search the pages in this language of the site, such as `es`, in place of its own.
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
        /// Print the answer as JSON, as the browser's module gives it.
        #[arg(long)]
        json: bool,
        /// Show what each score is the sum of.
        #[arg(long, conflicts_with = "json")]
        explain: bool,
    },
    /// Say what a finding means, why it matters to a reader, and the way out.
    Explain {
        /// The finding's code, such as `dead-link`; without one, all codes are listed.
        code: Option<String>,
    },
    /// Print the JSON Schema of the front matter, the configuration or a registry.
    Schema {
        /// Which one; without a name, all names are listed.
        name: Option<String>,
    },
    /// Show what a theme is made of, copy one of its files to change it, or read how themes are written.
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Subcommand)]
enum ThemeCommand {
    /// Print the page for authors of themes: every template, value, class, color and file.
    Docs,
    /// List all files of the theme that are text, and which of them are the site's own.
    List,
    /// Copy a file of the theme into the site's folder templates/ or assets/, where it wins over the theme's.
    Eject {
        /// The file, such as `article.html`, `shortcodes/care.html`, `assets/css/print.css` or `i18n/es.toml`.
        file: String,
    },
}

#[derive(Subcommand)]
enum ReviewCommand {
    /// List when each page about health is due for review.
    Due {
        /// How the list is written.
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = command::review::DueFormat::Table)]
        format: command::review::DueFormat,
    },
    /// Sign a page as reviewed today; a later change of its words is then reported.
    Sign {
        /// The page: its file, such as `articles/cost.md`, or its address.
        page: String,
        /// Who reviewed it: an id of people.toml.
        #[arg(long, value_name = "ID")]
        by: String,
    },
}

#[derive(Args)]
struct BuildArguments {
    /// The output folder.
    #[arg(long, value_name = "DIR", default_value = "public")]
    output: Utf8PathBuf,
    /// The address that the site will have, in place of the configuration's.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Build drafts too.
    #[arg(long)]
    drafts: bool,
    /// Fail on warnings too.
    #[arg(long)]
    deny_warnings: bool,
    /// Print how long each stage took.
    #[arg(long)]
    timings: bool,
}

#[derive(Args)]
struct ServeArguments {
    /// The address to listen on: localhost, 127.0.0.1 or ::1 for this computer alone; any other, such as 0.0.0.0 for
    /// all networks, lets others read the preview.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = host)]
    host: IpAddr,
    /// The port; 0 takes any that is free.
    #[arg(long, default_value_t = 4000)]
    port: u16,
    /// Open a browser.
    #[arg(long)]
    open: bool,
    /// Leave drafts out.
    #[arg(long)]
    no_drafts: bool,
    /// Let open pages go to the page whose file was saved last.
    #[arg(long)]
    follow: bool,
    /// Look at the files again and again, for network folders on which nothing is reported.
    #[arg(long)]
    poll: bool,
}

/// The address of `--host`; names are not looked up, but for the one of this computer.
fn host(text: &str) -> Result<IpAddr, String> {
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    let number = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(text);
    number
        .parse()
        .map_err(|_| "write localhost, or an address in numbers such as 127.0.0.1 or ::1".to_owned())
}

/// Runs the program with the process's arguments and gives its exit status.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let globals = Globals {
        root: arguments.globals.root,
        color: match arguments.globals.color {
            Color::Auto => None,
            Color::Always => Some(true),
            Color::Never => Some(false),
        },
        quiet: arguments.globals.quiet,
        verbose: arguments.globals.verbose > 0,
    };
    let outcome = match arguments.command {
        Command::Init { dir } => command::init::run(&globals, &dir),
        Command::New { kind, title } => command::new::run(&globals, &kind, &title),
        Command::Build(build) => {
            let options = command::build::Options {
                output: build.output,
                base_url: build.base_url,
                drafts: build.drafts,
                deny_warnings: build.deny_warnings,
                timings: build.timings,
            };
            command::build::run(&globals, &options)
        }
        Command::Check { format, deny_warnings, drafts, since, baseline, test_rules } => {
            let format = format.parse().unwrap_or_default();
            let options =
                command::check::Options { format, deny_warnings, drafts, since, baseline, test_rules };
            command::check::run(&globals, &options)
        }
        Command::Review(ReviewCommand::Due { format }) => command::review::due(&globals, format),
        Command::Review(ReviewCommand::Sign { page, by }) => command::review::sign(&globals, &page, &by),
        Command::Report { output } => command::assurance::run(&globals, &output),
        Command::Serve(serve) => {
            let ServeArguments { host, port, open, no_drafts, follow, poll } = serve;
            let options = command::serve::Options { host, port, open, drafts: !no_drafts, follow, poll };
            command::serve::run(&globals, &options)
        }
        Command::Lsp => command::lsp::run(&globals),
        Command::Links { page, fact, source, term, json } => {
            let entry = fact.as_deref().map(Entry::Fact);
            let entry = entry.or(source.as_deref().map(Entry::Source)).or(term.as_deref().map(Entry::Term));
            let page = page.as_deref().map_or(About::Site, About::Page);
            command::links::run(&globals, entry.map_or(page, About::Entry), json)
        }
        Command::Mv { old, new } => command::mv::run(&globals, &old, &new),
        Command::Search { query, limit, language, json, explain } => {
            let options = command::search::Options { language, limit, json, explain };
            command::search::run(&globals, &query, &options)
        }
        Command::Explain { code } => command::explain::run(&globals, code.as_deref()),
        Command::Schema { name } => command::schema::run(name.as_deref()),
        Command::Theme(ThemeCommand::List) => command::theme::list(&globals),
        Command::Theme(ThemeCommand::Docs) => command::theme::docs(),
        Command::Theme(ThemeCommand::Eject { file }) => command::theme::eject(&globals, &file),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "needlepoint", &mut script);
            command::print(&String::from_utf8_lossy(&script))
        }
    };
    command::finish(&globals, outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_numbers_or_this_computer() {
        for (text, expected) in [
            ("localhost", Some("127.0.0.1")),
            ("LocalHost", Some("127.0.0.1")),
            ("127.0.0.1", Some("127.0.0.1")),
            ("::1", Some("::1")),
            ("[::1]", Some("::1")),
            ("0.0.0.0", Some("0.0.0.0")),
            ("example.org", None),
            ("[::1", None),
            ("", None),
        ] {
            assert_eq!(host(text).ok().map(|ip| ip.to_string()).as_deref(), expected, "{text}");
        }
    }
}
