//! The style sheet and the icon, compiled in and served under names that carry their content's hash.
//!
//! A changed file gets a new address, so browsers may keep each one for a year and never show a stale one.

use std::sync::LazyLock;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use sha2::{Digest, Sha256};

use super::squeeze;

/// A file of ours that pages link to.
#[derive(Debug)]
pub struct Asset {
    stem: &'static str,
    extension: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
    href: LazyLock<String>,
    squeezed: LazyLock<Option<Vec<u8>>>,
}

/// The one style sheet; built from `templates/assets/src`.
pub static STYLE: Asset = Asset {
    stem: "credtrail",
    extension: "css",
    media_type: "text/css; charset=utf-8",
    bytes: include_bytes!("../../templates/assets/credtrail.css"),
    href: LazyLock::new(|| STYLE.address()),
    squeezed: LazyLock::new(|| squeeze::gzip(STYLE.bytes, Compression::best())),
};

/// The icon on a browser's tab.
pub static ICON: Asset = Asset {
    stem: "icon",
    extension: "svg",
    media_type: "image/svg+xml",
    bytes: include_bytes!("../../templates/assets/icon.svg"),
    href: LazyLock::new(|| ICON.address()),
    squeezed: LazyLock::new(|| None),
};

impl Asset {
    /// The address pages link to: `/assets/credtrail-1a2b3c4d5e6f.css`.
    pub fn href(&self) -> &str {
        &self.href
    }

    fn address(&self) -> String {
        let hash: String = hex::encode(Sha256::digest(self.bytes)).chars().take(12).collect();
        format!("/assets/{}-{hash}.{}", self.stem, self.extension)
    }

    /// Whether `name` is this file's, of whatever hash.
    fn is_named(&self, name: &str) -> bool {
        name.strip_prefix(self.stem).is_some_and(|rest| rest.starts_with('-'))
            && name.rsplit('.').next() == Some(self.extension)
    }
}

/// `GET /assets/{name}`. An older hash, from a page loaded before an upgrade, gets today's file, not to be kept.
pub async fn serve(request: HttpRequest, name: web::Path<String>) -> HttpResponse {
    let Some(asset) = [&STYLE, &ICON].into_iter().find(|asset| asset.is_named(&name)) else {
        return HttpResponse::NotFound().finish();
    };
    let keep = if asset.href().ends_with(name.as_str()) {
        HeaderValue::from_static("public, max-age=31536000, immutable")
    } else {
        HeaderValue::from_static("no-cache")
    };
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CACHE_CONTROL, keep))
        .insert_header((header::CONTENT_TYPE, asset.media_type))
        .insert_header((header::VARY, "accept-encoding"));
    match asset.squeezed.as_deref().filter(|_| squeeze::takes_gzip(&request)) {
        Some(squeezed) => answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(squeezed),
        None => answer.body(asset.bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::{App, test};

    async fn get(path: &str) -> (u16, String) {
        let app = test::init_service(App::new().route("/assets/{name}", web::get().to(serve))).await;
        let response = test::call_service(&app, test::TestRequest::get().uri(path).to_request()).await;
        let keep = response.headers().get(header::CACHE_CONTROL);
        (response.status().as_u16(), keep.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default())
    }

    #[actix_web::test]
    async fn the_linked_style_sheet_may_be_kept_for_a_year() {
        assert_eq!(get(STYLE.href()).await, (200, "public, max-age=31536000, immutable".to_owned()));
        assert_eq!(get(ICON.href()).await.0, 200);
    }

    #[actix_web::test]
    async fn an_older_hash_gets_the_file_of_today_and_may_not_keep_it() {
        assert_eq!(get("/assets/credtrail-000000000000.css").await, (200, "no-cache".to_owned()));
    }

    #[actix_web::test]
    async fn a_name_we_do_not_have_is_not_found() {
        assert_eq!(get("/assets/other-000000000000.css").await.0, 404);
        assert_eq!(get("/assets/credtrail-000000000000.svg").await.0, 404);
    }
}
