//! Signing up, a forgotten password and the pages behind links.

use askama::Template;

use super::frame;
use crate::rules::Lang;
use crate::services::accounts::OpenLink;
use crate::services::memberships::OpenInvitation;
use crate::services::roles::Role;
use crate::storage::Id;
use crate::web::pages::form::Form;
use crate::web::pages::frame::Frame;
use crate::web::pages::sign_in::{Done, SignInPage};
use crate::web::pages::way_in::by_link::{Offer, check_password};
use crate::web::pages::way_in::forgot::{self, ForgotPage};
use crate::web::pages::way_in::message::MessagePage;
use crate::web::pages::way_in::sign_up::{self, SignUpPage};
use crate::web::pages::way_in::{invitation, reset_password, verify_email};
use crate::words::Words;

fn sign_up(lang: Lang, form: Form, name: &str) -> String {
    let frame = Frame { has_problems: form.has_problems(), ..frame(lang, "sign-up-title", "/sign-up") };
    let (form_token, email) = ("token".into(), "dana@example.org".into());
    SignUpPage { frame, form, form_token, name: name.into(), email, language: lang }.render().unwrap()
}

fn forgot(lang: Lang, form: Form, email: &str) -> String {
    let frame = Frame { has_problems: form.has_problems(), ..frame(lang, "forgot-title", "/forgot-password") };
    ForgotPage { frame, form, form_token: "token".into(), email: email.into() }.render().unwrap()
}

fn by_link(lang: Lang, offer: Offer, form: Form) -> String {
    let frame = frame(lang, offer.title, "/invitation/token");
    offer.page(frame, form, "token".into()).render().unwrap()
}

fn invited(words: &Words, has_password: bool, organization: Option<&str>) -> Offer {
    let link = OpenLink { person: Id(1), language: words.lang(), has_password, about: None };
    let found = OpenInvitation { link, organization: organization.map(str::to_owned), role: Role::Reviewer };
    invitation::offer(words, &found)
}

fn joined(lang: Lang) -> String {
    let page = SignInPage {
        frame: frame(lang, "sign-in-title", "/sign-in"),
        form: Form::default(),
        form_token: "token".into(),
        next: "/progress".into(),
        asked_to_sign_in: false,
        done: Some(Done::Confirmed),
        email: String::new(),
    };
    page.render().unwrap()
}

/// The states in one language.
pub fn states(lang: Lang) -> Vec<(&'static str, String)> {
    let words = Words::of(lang);
    let weak = || check_password(words, &"short".into());
    let message = |page: fn(Frame) -> MessagePage, title| page(frame(lang, title, "/x/token")).render().unwrap();
    vec![
        ("sign-up", sign_up(lang, Form::default(), "Dana Rivera")),
        ("sign-up-mend", sign_up(lang, sign_up::check(words, "", "dana"), "")),
        ("forgot", forgot(lang, Form::default(), "")),
        ("forgot-mend", forgot(lang, forgot::check(words, "dana"), "dana")),
        ("mail-sent", message(MessagePage::look_in_your_mail, "mail-sent-title")),
        ("confirm", by_link(lang, verify_email::offer(words, true), Form::default())),
        ("confirm-first", by_link(lang, verify_email::offer(words, false), Form::default())),
        ("confirm-over", message(MessagePage::confirm_over, "over-title")),
        ("reset", by_link(lang, reset_password::offer(words, true), Form::default())),
        ("reset-mend", by_link(lang, reset_password::offer(words, true), weak())),
        ("set-up", by_link(lang, reset_password::offer(words, false), Form::default())),
        ("reset-over", message(MessagePage::password_over, "over-title")),
        ("invitation", by_link(lang, invited(words, true, Some("State Board")), Form::default())),
        ("invitation-first-mend", by_link(lang, invited(words, false, Some("State Board")), weak())),
        ("invitation-here", by_link(lang, invited(words, true, None), Form::default())),
        ("invitation-over", message(MessagePage::invitation_over, "over-title")),
        ("sign-in-joined", joined(lang)),
    ]
}
