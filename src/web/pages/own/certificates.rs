//! `/certificates`: the reader's certificates with their files, and whether the public may see them.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;

use crate::services::certificates::{self, CertificateError};
use crate::services::files::Files;
use crate::services::register::{self, Choice};
use crate::services::verify::{self, OwnCertificate};
use crate::storage::{Conn, Id, StoreError};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::extract::segment;
use crate::web::pages::answer;
use crate::web::pages::frame::Frame;
use crate::web::pages::verify::Found;
use crate::web::pages::visitor::Resident;

/// `templates/pages/certificates.html`.
#[derive(Debug, Template)]
#[template(path = "pages/certificates.html")]
pub struct CertificatesPage {
    /// The frame.
    pub frame: Frame,
    /// The token that shows the form is ours.
    pub form_token: String,
    /// What has just been done.
    pub done: bool,
    /// The certificates, newest first.
    pub certificates: Vec<CertificateView>,
    /// Whether the public may see them.
    pub shown: bool,
    /// Hidden for safety, which the board has to undo.
    pub safety: bool,
}

/// One certificate in words.
#[derive(Debug, Clone)]
pub struct CertificateView {
    /// What the public would see of it.
    pub found: Found,
    /// What it is, for the headings.
    pub title: String,
    /// The file.
    pub file: String,
    /// Where anybody can check it.
    pub verify: String,
}

/// What the address of the page may say.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// What the form carries.
#[derive(Debug, serde::Deserialize)]
pub struct Chosen {
    shown: bool,
    #[serde(default)]
    form_token: String,
}

/// `GET /certificates`
#[get("/certificates")]
pub async fn show(reader: Resident, app: web::Data<App>, asked: web::Query<Asked>) -> Result<HttpResponse, ApiError> {
    let (person, now) = (reader.account.who.person, app.clock.now());
    let look = move |conn: &mut Conn<'_>| {
        Ok::<_, StoreError>((verify::of_holder(conn, person, now)?, register::choice(conn, person)?))
    };
    let (own, choice) = app.read(look).await?;
    let page = CertificatesPage::new(reader.frame("certificates-title")?, &own, choice, asked.done.is_some());
    Ok(answer::page(&reader.visit, StatusCode::OK, &page))
}

/// `POST /certificates/shown`
#[post("/certificates/shown")]
pub async fn choose(
    reader: Resident,
    app: web::Data<App>,
    chosen: web::Form<Chosen>,
) -> Result<HttpResponse, ApiError> {
    reader.check_form(&chosen.form_token)?;
    let (by, person, shown) = (reader.acting(&app), reader.account.who.person, chosen.shown);
    let choose = move |conn: &mut Conn<'_>| {
        let safety = register::choice(conn, person)?.safety;
        register::choose(conn, &by, person, Choice { shown, safety })
    };
    app.write(choose).await?;
    Ok(answer::see_other("/certificates?done=shown").finish())
}

/// `GET /certificates/{certificate}.pdf`: the file as it was issued, also for who is hidden from the public.
#[get("/certificates/{certificate}.pdf")]
pub async fn download(reader: Resident, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (person, id) = (reader.account.who.person, segment::<Id>(&request, "certificate")?);
    let files = Files::of_certificates(&app.settings.data_dir);
    let load = move |conn: &mut Conn<'_>| {
        let hash = certificates::find(conn, person, id)?.sha256.ok_or(CertificateError::NotFound)?;
        files.load(&hash)?.ok_or_else(|| {
            CertificateError::Store(StoreError::Fault(format!("the document {hash} is missing or was changed")))
        })
    };
    let bytes = app.read(load).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"certificate.pdf\""))
        .body(bytes))
}

impl CertificatesPage {
    /// The page in words.
    #[must_use]
    pub fn new(frame: Frame, own: &[OwnCertificate], choice: Choice, done: bool) -> Self {
        let words = frame.words;
        let view = |one: &OwnCertificate| CertificateView {
            found: Found::new(words, &one.shown),
            title: one.shown.credential.clone(),
            file: format!("/certificates/{}.pdf", one.id),
            verify: format!("/verify/{}", one.code),
        };
        Self {
            form_token: frame.form_token.clone().unwrap_or_default(),
            done,
            certificates: own.iter().rev().map(view).collect(),
            shown: choice.shown,
            safety: choice.safety,
            frame,
        }
    }
}
