//! Documents: a person hands in evidence, and gets it back; staff of a board with a case see it.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use crate::services::documents::{self, DocumentError, DocumentWish, Media};
use crate::services::files::Files;
use crate::services::lists::Page;
use crate::storage::Id;
use crate::storage::rows::life::DocumentRow;
use crate::web::app::App;
use crate::web::auth::capability::ReadFiles;
use crate::web::auth::{May, Person};
use crate::web::error::ApiError;
use crate::web::extract::{Parameters, read_payload, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(hand_in).service(list).service(download).service(list_for).service(download_for);
}

/// What a document is for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DocumentParameters {
    /// `completion`, `service`, `statement`, `exam` or `application`.
    about: String,
    /// The id of what it is about.
    #[param(value_type = String)]
    id: Id,
    /// The requirement it is to show, of an application.
    requirement: Option<String>,
    /// What you call it. It is told back to you and your board, and used for nothing else.
    name: Option<String>,
}

/// A document.
#[derive(Serialize, ToSchema)]
pub struct DocumentView {
    /// Its id.
    #[schema(value_type = String)]
    id: Id,
    /// What it is for.
    about: String,
    /// The id of what it is about.
    #[schema(value_type = String)]
    about_id: Id,
    /// The requirement it is to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    requirement: Option<String>,
    /// What its sender calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// `application/pdf`, `image/jpeg` or `image/png`.
    media_type: String,
    /// How many bytes.
    bytes: i32,
    /// SHA-256 of the bytes.
    sha256: String,
    /// When it was handed in.
    handed_in_at: DateTime<Utc>,
}

impl From<DocumentRow> for DocumentView {
    fn from(row: DocumentRow) -> Self {
        Self {
            id: row.id,
            about: row.about_kind,
            about_id: row.about_id,
            requirement: row.requirement,
            name: row.name,
            media_type: row.media_type,
            bytes: row.bytes,
            sha256: row.sha256,
            handed_in_at: row.uploaded_at.utc(),
        }
    }
}

impl From<DocumentError> for ApiError {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::Refused { field, message } => Self::field("bad_parameter", format!("/{field}"), message),
            DocumentError::Kind => Self::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "bad_document", error),
            DocumentError::SentAs { .. } => Self::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "other_type", error),
            DocumentError::Full => Self::conflict("documents_full", error),
            DocumentError::NotFound => Self::not_found(),
            DocumentError::Store(store) => store.into(),
        }
    }
}

fn files(app: &App) -> Files {
    Files::of_documents(&app.settings.data_dir)
}

/// Hand in a document
///
/// The body is the file itself: PDF, JPEG or PNG. What it is, is told by its content.
#[utoipa::path(tag = "documents", params(DocumentParameters), security(("bearer" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = DocumentView), Writing))]
#[post("/documents")]
pub async fn hand_in(
    who: Person,
    app: web::Data<App>,
    once: Once,
    wish: Parameters<DocumentParameters>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let (by, person) = (who.acting(&app), who.0.person);
    let DocumentParameters { about, id, requirement, name } = wish.0;
    let wish = DocumentWish { about, id, requirement, name };
    let looked_at = wish.clone();
    app.read(move |conn| documents::check(conn, person, &looked_at)).await?;
    let most = app.settings.document_bytes;
    let bytes = read_payload(body.into_inner(), most).await.map_err(|error| smaller(error, most))?;
    let hash: [u8; 32] = Sha256::digest(&bytes).into();
    let (store, said) = (files(&app), said(&request));
    let kept = web::block(move || documents::keep(&store, &bytes, said.as_deref()))
        .await
        .map_err(|error| ApiError::Fault(error.to_string()))??;
    once.run(&app, &hash, StatusCode::CREATED, move |conn| {
        documents::add(conn, &by, person, &wish, &kept).map(DocumentView::from)
    })
    .await
}

/// A file that is too large, with how large it may be.
fn smaller(error: ApiError, most: usize) -> ApiError {
    match error {
        ApiError::Refused(refusal) if refusal.status == StatusCode::PAYLOAD_TOO_LARGE => ApiError::refused(
            refusal.status,
            "too_large",
            format_args!(
                "the file is larger than {} MB, expected at most that; scan it with fewer dots, or send its pages apart",
                most / (1024 * 1024)
            ),
        ),
        other => other,
    }
}

/// What the sender says the file is; what says nothing is not looked at.
fn said(request: &HttpRequest) -> Option<String> {
    let word = request.content_type().to_ascii_lowercase();
    (!word.is_empty() && word != "application/octet-stream").then_some(word)
}

/// Your documents
///
/// Oldest first.
#[utoipa::path(tag = "documents", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Page<DocumentView>), Reading))]
#[get("/documents")]
pub async fn list(who: Person, app: web::Data<App>, paging: Paging<Id>) -> Result<HttpResponse, ApiError> {
    let person = who.0.person;
    let page = app.read(move |conn| documents::page(conn, person, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(DocumentView::from)))
}

/// One of your documents, as it was handed in
#[utoipa::path(tag = "documents", params(("document" = String, Path, description = "The document")),
    security(("bearer" = [])), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), Reading))]
#[get("/documents/{document}")]
pub async fn download(who: Person, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (person, id, store) = (who.0.person, segment(&request, "document")?, files(&app));
    let found = app.read(move |conn| documents::read(conn, &store, person, id)).await?;
    Ok(answer(&found.0, found.1))
}

/// Documents of a person that the board has a case of
///
/// Oldest first.
#[utoipa::path(tag = "documents", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    PageParameters), security(("bearer" = [])), responses((status = 200, body = Page<DocumentView>), Reading))]
#[get("/organizations/{organization}/people/{person}/documents")]
pub async fn list_for(
    may: May<ReadFiles>,
    app: web::Data<App>,
    request: HttpRequest,
    paging: Paging<Id>,
) -> Result<HttpResponse, ApiError> {
    let (board, person) = (may.organization, segment(&request, "person")?);
    let page = app.read(move |conn| documents::page_for_board(conn, board, person, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(DocumentView::from)))
}

/// One of these documents, as it was handed in
#[utoipa::path(tag = "documents", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "Whose"),
    ("document" = String, Path, description = "The document")), security(("bearer" = [])),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), Reading))]
#[get("/organizations/{organization}/people/{person}/documents/{document}")]
pub async fn download_for(
    may: May<ReadFiles>,
    app: web::Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let place: (Id, Id) = (segment(&request, "person")?, segment(&request, "document")?);
    let (by, board, store) = (may.acting(&app), may.organization, files(&app));
    let found = app.write(move |conn| documents::read_of_board(conn, &by, &store, board, place)).await?;
    Ok(answer(&found.0, found.1))
}

/// The bytes, to be saved and not shown, under a name that tells nothing.
fn answer(row: &DocumentRow, bytes: Vec<u8>) -> HttpResponse {
    let ending = Media::parse(&row.media_type).map_or("bin", Media::ending);
    HttpResponse::Ok()
        .content_type(row.media_type.as_str())
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"document-{}.{ending}\"", row.id)))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'"))
        .body(bytes)
}
