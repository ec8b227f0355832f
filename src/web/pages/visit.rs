//! What a request for a page says about its reader: the language, and where they are.
//!
//! Language: the address (`?lang=es`), else the choice kept in a cookie, else what the browser asks for.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{FromRequest, HttpRequest, web};

use super::frame::{Frame, Here, Site};
use crate::rules::Lang;
use crate::web::squeeze::takes_gzip;

/// The cookie that keeps a chosen language; it says nothing else.
pub const LANG_COOKIE: &str = "lang";

/// One request for a page.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The reader's language.
    pub lang: Lang,
    /// The reader chose the language, here or before.
    pub is_chosen: bool,
    /// The browser takes gzip.
    pub takes_gzip: bool,
    /// The address.
    pub here: Here,
    /// The site's settings.
    pub site: Arc<Site>,
}

impl Visit {
    /// Reads a request.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        let query = request.query_string();
        let asked = query.split('&').find_map(|part| Lang::parse(part.strip_prefix("lang=")?));
        let kept = request.cookie(LANG_COOKIE).and_then(|cookie| Lang::parse(cookie.value()));
        let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let mut here = Here::of(request.path(), query);
        here.has_lang = asked.is_some();
        Self {
            is_chosen: asked.or(kept).is_some(),
            takes_gzip: takes_gzip(request),
            lang: asked.or(kept).or_else(|| accepted.and_then(best_accepted)).unwrap_or_default(),
            here,
            site: request.app_data::<web::Data<Site>>().map_or_else(Arc::default, |site| Arc::clone(site)),
        }
    }

    /// The frame of a page, for nobody in particular.
    #[must_use]
    pub fn frame(&self, title_key: &str) -> Frame {
        Frame::new(self.lang, title_key, self.here.clone(), Arc::clone(&self.site))
    }

    /// Takes the language that a person is written to in, unless the reader chose one.
    pub fn prefer(&mut self, lang: Lang) {
        if !self.is_chosen {
            self.lang = lang;
        }
    }

    /// Whether to keep the language for later visits. Checking a certificate leaves no cookie behind.
    #[must_use]
    pub fn keeps_language(&self) -> bool {
        self.here.has_lang && !self.here.path.starts_with("/verify")
    }
}

impl FromRequest for Visit {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// The language we have that the browser likes best; between equals, the one it names first.
fn best_accepted(header: &str) -> Option<Lang> {
    let mut best: Option<(u32, Lang)> = None;
    for part in header.split(',') {
        let mut fields = part.split(';').map(str::trim);
        let Some(lang) = fields.next().and_then(|tag| tag.split('-').next()).and_then(Lang::parse) else { continue };
        let weight = fields.find_map(|field| field.strip_prefix("q=")).map_or(Some(1000), thousandths);
        if let Some(weight) = weight.filter(|weight| *weight > 0)
            && best.is_none_or(|(other, _)| weight > other)
        {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// `0.85` as 850; `None` if it is no such number.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let padded = format!("{part:0<3}");
    Some(whole.parse::<u32>().ok()?.min(1) * 1000 + padded.get(..3)?.parse::<u32>().ok()?)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn lang(uri: &str, cookie: Option<&str>, accept: &str) -> Lang {
        let mut request = TestRequest::with_uri(uri).insert_header((ACCEPT_LANGUAGE, accept));
        if let Some(value) = cookie {
            request = request.cookie(actix_web::cookie::Cookie::new(LANG_COOKIE, value.to_owned()));
        }
        Visit::of(&request.to_http_request()).lang
    }

    #[test]
    fn the_address_goes_before_the_cookie_and_the_cookie_before_the_browser() {
        assert_eq!(lang("/?lang=es", Some("en"), "en"), Lang::Es);
        assert_eq!(lang("/", Some("es"), "en"), Lang::Es);
        assert_eq!(lang("/", None, "es-MX,es;q=0.9,en;q=0.8"), Lang::Es);
        assert_eq!(lang("/?lang=xx", Some("yy"), "fr"), Lang::En);
    }

    #[test]
    fn the_browsers_weights_decide() {
        assert_eq!(best_accepted("en;q=0.3, es;q=0.75"), Some(Lang::Es));
        assert_eq!(best_accepted("fr, de;q=0.5"), None);
        assert_eq!(best_accepted("es;q=0, en"), Some(Lang::En));
        assert_eq!(best_accepted("en;q=é, es"), Some(Lang::Es));
    }

    #[test]
    fn only_a_choice_made_outside_of_checking_is_kept() {
        let keeps = |uri: &str| Visit::of(&TestRequest::with_uri(uri).to_http_request()).keeps_language();
        assert!(keeps("/progress?lang=es"));
        assert!(!keeps("/verify/abc?lang=es"));
        assert!(!keeps("/progress"));
        assert!(!keeps("/progress?lang=xx"));
    }
}
