//! Every sentence a page shows, in every language, looked up by key.
//!
//! The texts live in `templates/words/<language>/<area>.ftl` (Project Fluent) and are compiled in. A key
//! that one language lacks, or that nothing uses, fails `words::tests`. Numbers and dates become words
//! in [`mod@format`]. This module must not know HTTP, templates or the database.

pub mod format;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

pub use fluent_bundle::FluentValue as Value;

use crate::rules::Lang;

/// The texts of one area in each language: name, English, Spanish.
const AREAS: &[(&str, &str, &str)] = &[
    ("frame", include_str!("../../templates/words/en/frame.ftl"), include_str!("../../templates/words/es/frame.ftl")),
    (
        "amounts",
        include_str!("../../templates/words/en/amounts.ftl"),
        include_str!("../../templates/words/es/amounts.ftl"),
    ),
    ("start", include_str!("../../templates/words/en/start.ftl"), include_str!("../../templates/words/es/start.ftl")),
    (
        "way_in",
        include_str!("../../templates/words/en/way_in.ftl"),
        include_str!("../../templates/words/es/way_in.ftl"),
    ),
    ("hours", include_str!("../../templates/words/en/hours.ftl"), include_str!("../../templates/words/es/hours.ftl")),
    ("own", include_str!("../../templates/words/en/own.ftl"), include_str!("../../templates/words/es/own.ftl")),
    (
        "progress",
        include_str!("../../templates/words/en/progress.ftl"),
        include_str!("../../templates/words/es/progress.ftl"),
    ),
    (
        "verify",
        include_str!("../../templates/words/en/verify.ftl"),
        include_str!("../../templates/words/es/verify.ftl"),
    ),
    ("rules", include_str!("../../templates/words/en/rules.ftl"), include_str!("../../templates/words/es/rules.ftl")),
    ("stop", include_str!("../../templates/words/en/stop.ftl"), include_str!("../../templates/words/es/stop.ftl")),
    ("info", include_str!("../../templates/words/en/info.ftl"), include_str!("../../templates/words/es/info.ftl")),
    (
        "errors",
        include_str!("../../templates/words/en/errors.ftl"),
        include_str!("../../templates/words/es/errors.ftl"),
    ),
];

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::load(Lang::En));
static SPANISH: LazyLock<Words> = LazyLock::new(|| Words::load(Lang::Es));

/// The texts of one language.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Words({})", self.lang.tag())
    }
}

impl Words {
    /// The texts in `lang`.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &ENGLISH,
            Lang::Es => &SPANISH,
        }
    }

    /// The language these texts are in.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// The text for `key`, which takes no arguments.
    #[must_use]
    pub fn get(&self, key: &str) -> Cow<'_, str> {
        self.find(key, None)
    }

    /// The sentence for `key` with `args` put in. A number chooses the plural form; what is to be read as
    /// it stands is passed as text.
    #[must_use]
    pub fn with(&self, key: &str, args: &[(&'static str, Value<'_>)]) -> String {
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.find(key, Some(&args)).into_owned()
    }

    /// The tests prove that every key used exists; should one slip through, the page shows the key.
    fn find(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'_, str> {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, lang = self.lang.tag(), "no text for this key");
            return Cow::Owned(key.to_owned());
        };
        let mut problems = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut problems);
        if !problems.is_empty() {
            tracing::error!(key, lang = self.lang.tag(), ?problems, "a text lacks an argument");
        }
        text
    }

    /// Broken entries are left out here and reported by the tests, which parse the same sources.
    fn load(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.tag().parse().unwrap_or_default()]);
        // No invisible direction marks around arguments: both languages read left to right.
        bundle.set_use_isolating(false);
        for &(_, english, spanish) in AREAS {
            let source = match lang {
                Lang::En => english,
                Lang::Es => spanish,
            };
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }
}
