//! Which page of a list is wanted, read from the address: the same two parameters for every list of the API.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::services::lists::{Cursor, PageError, Wanted};
use crate::web::error::ApiError;
use crate::web::extract::{Parameters, bad_parameter};

/// Where a list goes on and how long its pages are.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageParameters {
    /// `next` of the page before; absent: from the beginning.
    after: Option<String>,
    /// How many items: 1 to 100, 50 if absent.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// The page that a request asks for. `K` is the place of an item in this list.
#[derive(Debug)]
pub struct Paging<K>(pub Wanted<K>);

impl<K: Cursor + 'static> FromRequest for Paging<K> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parameters = Parameters::<PageParameters>::from_request(request, payload);
        Box::pin(async move {
            let PageParameters { after, limit } = parameters.await?.0;
            Wanted::read(after.as_deref(), limit.as_deref()).map(Self).map_err(ApiError::from)
        })
    }
}

impl From<PageError> for ApiError {
    fn from(error: PageError) -> Self {
        let name = match error {
            PageError::After(_) => "after",
            PageError::Limit(_) => "limit",
        };
        bad_parameter(name, &error.to_string())
    }
}
