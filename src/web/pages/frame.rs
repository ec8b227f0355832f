//! What every page shares: language, title, menu, help, and the links that keep the chosen language.

use std::sync::Arc;

use super::super::assets;
use crate::rules::Lang;
use crate::settings::SiteSettings;
use crate::words::{Value, Words};

/// What the operator sets about the site as a whole.
#[derive(Debug, Clone)]
pub struct Site {
    /// The name in the header and in titles; neutral by default.
    pub name: String,
    /// A phone number for help, with its hours, as it shall be read.
    pub help_phone: Option<String>,
    /// An address for help.
    pub help_mail: Option<String>,
    /// The number to call in a crisis; none hides the line.
    pub crisis_line: Option<String>,
}

impl Default for Site {
    fn default() -> Self {
        Self { name: "Credtrail".to_owned(), help_phone: None, help_mail: None, crisis_line: Some("988".to_owned()) }
    }
}

impl From<&SiteSettings> for Site {
    fn from(settings: &SiteSettings) -> Self {
        Self {
            name: settings.name.clone(),
            help_phone: settings.help_phone.clone(),
            help_mail: settings.help_mail.clone(),
            crisis_line: settings.crisis_line.clone(),
        }
    }
}

impl Site {
    /// Whether the footer has any way to reach a human.
    #[must_use]
    pub const fn has_help(&self) -> bool {
        self.help_phone.is_some() || self.help_mail.is_some()
    }
}

/// The address being shown, so that the language switch comes back to it.
#[derive(Debug, Clone, Default)]
pub struct Here {
    /// The path, such as `/progress`.
    pub path: String,
    /// The query without its `lang` part, still encoded.
    pub query: String,
    /// The language was asked for in the address, so links carry it on.
    pub has_lang: bool,
}

impl Here {
    /// Splits a request's path and query.
    #[must_use]
    pub fn of(path: &str, query: &str) -> Self {
        let is_lang = |part: &&str| part.split('=').next() == Some("lang");
        let parts = || query.split('&').filter(|part| !part.is_empty());
        Self {
            path: path.to_owned(),
            query: parts().filter(|part| !is_lang(part)).collect::<Vec<_>>().join("&"),
            has_lang: parts().any(|part| is_lang(&part)),
        }
    }
}

/// One entry of the menu.
#[derive(Debug)]
pub struct MenuItem {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub label: String,
    /// It is the page being shown.
    pub is_here: bool,
}

/// What `layout.html` needs beside a page's own content.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The texts in the reader's language.
    pub words: &'static Words,
    /// The page's own title, without the site's name.
    pub title: String,
    /// The address being shown.
    pub here: Here,
    /// The site's own settings.
    pub site: Arc<Site>,
    /// The token that a signed-in person's forms carry; `None` when nobody is signed in.
    pub form_token: Option<String>,
    /// Offer signing in where nobody is signed in.
    pub offers_sign_in: bool,
    /// The page shows a form that needs mending, which its title says first.
    pub has_problems: bool,
}

impl Frame {
    /// A frame for somebody who is not signed in.
    #[must_use]
    pub fn new(lang: Lang, title_key: &str, here: Here, site: Arc<Site>) -> Self {
        let words = Words::of(lang);
        let title = words.get(title_key).into_owned();
        let offers_sign_in = here.path != "/sign-in";
        Self { words, title, here, site, form_token: None, offers_sign_in, has_problems: false }
    }

    /// The whole title: what, then whose.
    #[must_use]
    pub fn document_title(&self) -> String {
        let key = if self.has_problems { "page-title-error" } else { "page-title" };
        self.words
            .with(key, &[("title", Value::from(self.title.as_str())), ("site", Value::from(self.site.name.as_str()))])
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub const fn is_signed_in(&self) -> bool {
        self.form_token.is_some()
    }

    /// `path` in the language that was asked for in the address.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        if self.here.has_lang { format!("{path}?lang={}", self.words.lang().tag()) } else { path.to_owned() }
    }

    /// The language the switch leads to.
    #[must_use]
    pub const fn other_language(&self) -> Lang {
        match self.words.lang() {
            Lang::En => Lang::Es,
            Lang::Es => Lang::En,
        }
    }

    /// This same page in the other language.
    #[must_use]
    pub fn other_language_href(&self) -> String {
        let (tag, Here { path, query, .. }) = (self.other_language().tag(), &self.here);
        if query.is_empty() { format!("{path}?lang={tag}") } else { format!("{path}?{query}&lang={tag}") }
    }

    /// The menu: the same few places on every page.
    #[must_use]
    pub fn menu(&self) -> Vec<MenuItem> {
        let own = [("/progress", "menu-progress"), ("/hours", "menu-hours"), ("/certificates", "menu-certificates")];
        let open = [("/", "menu-start"), ("/verify", "menu-verify")];
        let own = own.into_iter().filter(|_| self.is_signed_in());
        own.chain(open)
            .map(|(path, key)| MenuItem {
                href: self.link(path),
                label: self.words.get(key).into_owned(),
                is_here: self.here.path == path,
            })
            .collect()
    }

    /// The style sheet's address.
    #[must_use]
    pub fn style_href(&self) -> &'static str {
        assets::STYLE.href()
    }

    /// The icon's address.
    #[must_use]
    pub fn icon_href(&self) -> &'static str {
        assets::ICON.href()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(lang: Lang, path: &str, query: &str) -> Frame {
        Frame::new(lang, "progress-title", Here::of(path, query), Arc::default())
    }

    #[test]
    fn the_language_switch_keeps_the_page_and_its_query() {
        assert_eq!(
            frame(Lang::En, "/progress", "credential=a&lang=en").other_language_href(),
            "/progress?credential=a&lang=es"
        );
        assert_eq!(frame(Lang::Es, "/verify", "").other_language_href(), "/verify?lang=en");
    }

    #[test]
    fn links_carry_a_language_that_the_address_asked_for() {
        assert_eq!(frame(Lang::Es, "/", "lang=es").link("/verify"), "/verify?lang=es");
        assert_eq!(frame(Lang::Es, "/", "").link("/verify"), "/verify");
    }

    #[test]
    fn a_form_that_needs_mending_says_so_first_in_the_title() {
        let mut frame = frame(Lang::Es, "/sign-in", "");
        assert_eq!(frame.document_title(), "Su progreso - Credtrail");
        frame.has_problems = true;
        assert_eq!(frame.document_title(), "Error: Su progreso - Credtrail");
    }
}
