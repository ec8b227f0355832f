//! A caller who holds a right.

use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;

use super::caller::{Caller, find};
use super::capability::Capability;
use super::turn::announce;
use crate::services::acting::Acting;
use crate::services::roles::Role;
use crate::storage::Id;
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::extract::segment;

/// A caller who holds the right `C`, in the organization that the path names as `{organization}`.
#[derive(Debug, Clone)]
pub struct May<C: Capability> {
    /// Who.
    pub caller: Caller,
    /// Where; [`Id::SYSTEM`] for rights in the installation.
    pub organization: Id,
    right: PhantomData<C>,
}

impl<C: Capability> May<C> {
    /// The caller as who acts now.
    #[must_use]
    pub fn acting(&self, app: &App) -> Acting {
        self.caller.acting(app)
    }
}

impl<C: Capability> FromRequest for May<C> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let turn = announce(request);
        let request = request.clone();
        Box::pin(async move {
            // Whoever is nobody learns nothing about the path.
            let caller = find(&request).await?.ok_or_else(ApiError::sign_in)?;
            let organization = if C::IN_ORGANIZATION { Some(segment::<Id>(&request, "organization")?) } else { None };
            if !holds::<C>(&caller, organization) {
                return Err(ApiError::not_allowed(C::NAME));
            }
            turn.pass();
            Ok(Self { caller, organization: organization.unwrap_or(Id::SYSTEM), right: PhantomData })
        })
    }
}

/// Whether `caller` holds `C`. An organization that is not there answers like one that the caller is not in.
#[must_use]
pub fn holds<C: Capability>(caller: &Caller, organization: Option<Id>) -> bool {
    match caller {
        Caller::Person(who) => {
            let here = organization.is_some() && C::ROLES.iter().any(|role| who.is(*role, organization));
            here || (C::INSTALLATION && who.is(Role::Administrator, None))
        }
        Caller::System(key) => {
            organization == Some(key.organization) && C::KEY.is_some_and(|scope| key.scopes.contains(&scope))
        }
    }
}
