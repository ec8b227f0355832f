//! One person's whole way over HTTP: signing up, training, hours, exam, certificate, reminder, renewal.
//!
//! Rules are the shipped pack `icrc-pr`; mail goes to a real mail server and links are taken from what arrived
//! there. Three things have no route and go round HTTP: the first administrator (made on the command line in real
//! life), the clock, and the worker and the reminder sweep (run by the service itself). How long each chapter took
//! is told at the end and never judged.

mod certificate;
mod hours;
mod office;
mod renewal;
mod training;
mod world;

use credtrail::mail::Security;

use crate::mail::server::Server;
use crate::support::TestApp;
use world::World;

#[test]
fn somebody_goes_all_the_way_from_signing_up_to_a_second_term() {
    let mut post = Server::start(&[]);
    let port = post.settings(Security::None).port.to_string();
    let settings = [
        ("mail.transport", "smtp"),
        ("mail.smtp_host", "localhost"),
        ("mail.smtp_port", port.as_str()),
        ("mail.smtp_tls", "none"),
        ("mail.from_address", "office@board.example"),
    ];
    for app in TestApp::on_each_database_with(&settings) {
        let mut world = World::new(&app, &mut post);
        let office = office::opens(&mut world);
        let mut dana = office::dana_signs_up(&mut world);
        office::dana_applies(&mut world, &office, &dana);
        world.chapter("a board, a program, their people");
        office::people_are_brought_in(&world, &office);
        training::comes_in_by_file(&mut world, &office, &dana);
        world.chapter("1,000 completions from a file");
        hours::are_logged_and_signed(&mut world, &office, &dana);
        world.chapter("500 hours and 25 of supervision");
        certificate::is_earned(&world, &office, &dana);
        let first = certificate::is_given(&mut world, &office, &dana);
        world.chapter("from application to certificate");
        renewal::is_reminded_of(&mut world, &mut dana, &first);
        let second = renewal::is_given(&mut world, &office, &dana, &first);
        renewal::ends_the_reminders(&mut world, &first, &second);
        world.chapter("reminder and renewal");
        world.tell();
    }
}
