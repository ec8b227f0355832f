//! One sentence for each reason.

use super::super::lang::Lang;
use super::super::reason::Reason;

/// Why something does not count, as a sentence.
#[must_use]
pub const fn reason(reason: Reason, lang: Lang) -> &'static str {
    match lang {
        Lang::En => english(reason),
        Lang::Es => spanish(reason),
    }
}

const fn english(reason: Reason) -> &'static str {
    match reason {
        Reason::OutsideWindow => "It was done outside the dates that count.",
        Reason::BeforeRequiredEvent => "It was done too early: another step has to come first.",
        Reason::AfterRequiredEvent => "It was done too late: it had to come before another step.",
        Reason::NotInStatus => "It counts only while you hold the certificate that is asked for.",
        Reason::AfterAsOf => "It lies after the day you asked about.",
        Reason::NotApproved => "The board had not approved it on that day, or has not said yet.",
        Reason::TopicNotAccepted => "The rules here do not count its topic so far.",
        Reason::DeliveryNotAccepted => "The way it was taught does not count here.",
        Reason::SourceNotAccepted => "The board does not take it from this source.",
        Reason::SettingNotAccepted => "The place or field of work does not count here.",
        Reason::WrongKind => "It is of a kind that does not count here.",
        Reason::EvidenceMissing => "A detail or paper that decides is missing.",
        Reason::NotAttended => "Too little of it was attended.",
        Reason::PartialCredit => "Only part of it earns credit.",
        Reason::CapReached => "The limit for this sort of hours is used up.",
        Reason::Surplus => "It is more than is needed.",
        Reason::Repeated => "The same course has counted already.",
        Reason::PartialRepeat => "A repeated course earns part of the credit.",
        Reason::BelowMinimumSize => "It is less than the least that counts.",
        Reason::NotVerified => "Nobody has confirmed it yet.",
        Reason::NotAttested => "Nobody has signed it yet.",
        Reason::SupervisorNotEligible => "The board had not accepted the supervisor on that day, or has not said yet.",
        Reason::UsedElsewhere => "It was used for another certificate.",
        Reason::Overlapping => "It overlaps with other hours of the same time.",
        Reason::Rounding => "This is left over after rounding.",
        Reason::TooSoon => "The time that is asked for was not over yet.",
        Reason::AttemptsUsedUp => "All attempts were used up.",
        Reason::Voided => "It was voided.",
        Reason::Disputed => "Someone questions it, and that is not settled yet.",
        Reason::Rejected => "It was checked and not accepted.",
    }
}

const fn spanish(reason: Reason) -> &'static str {
    match reason {
        Reason::OutsideWindow => "Se hizo fuera de las fechas que cuentan.",
        Reason::BeforeRequiredEvent => "Se hizo demasiado pronto: antes tiene que darse otro paso.",
        Reason::AfterRequiredEvent => "Se hizo demasiado tarde: tenía que ir antes de otro paso.",
        Reason::NotInStatus => "Solo cuenta mientras usted tiene el certificado que se pide.",
        Reason::AfterAsOf => "Es posterior al día por el que usted pregunta.",
        Reason::NotApproved => "La junta no lo había aprobado ese día, o todavía no lo ha dicho.",
        Reason::TopicNotAccepted => "Por ahora, las reglas de aquí no cuentan su tema.",
        Reason::DeliveryNotAccepted => "La forma en que se impartió no cuenta aquí.",
        Reason::SourceNotAccepted => "La junta no lo acepta de esta fuente.",
        Reason::SettingNotAccepted => "El lugar o campo de trabajo no cuenta aquí.",
        Reason::WrongKind => "Es de un tipo que no cuenta aquí.",
        Reason::EvidenceMissing => "Falta un dato o documento que decide.",
        Reason::NotAttended => "Se asistió a muy poco.",
        Reason::PartialCredit => "Solo una parte da crédito.",
        Reason::CapReached => "El límite para este tipo de horas está agotado.",
        Reason::Surplus => "Es más de lo que se necesita.",
        Reason::Repeated => "El mismo curso ya contó.",
        Reason::PartialRepeat => "Un curso repetido da una parte del crédito.",
        Reason::BelowMinimumSize => "Es menos de lo mínimo que cuenta.",
        Reason::NotVerified => "Nadie lo ha confirmado todavía.",
        Reason::NotAttested => "Nadie lo ha firmado todavía.",
        Reason::SupervisorNotEligible => "La junta no había aceptado al supervisor ese día, o todavía no lo ha dicho.",
        Reason::UsedElsewhere => "Se usó para otro certificado.",
        Reason::Overlapping => "Coincide con otras horas del mismo tiempo.",
        Reason::Rounding => "Es lo que sobra al redondear.",
        Reason::TooSoon => "El tiempo que se pide aún no se había cumplido.",
        Reason::AttemptsUsedUp => "Se agotaron los intentos.",
        Reason::Voided => "Fue anulado.",
        Reason::Disputed => "Alguien lo cuestiona y aún no se ha resuelto.",
        Reason::Rejected => "Se revisó y no se aceptó.",
    }
}
