//! The closed words of records and rules, as people say them.

use super::super::lang::Lang;

/// A word that the language itself has under this key.
#[must_use]
pub fn closed(attribute: &str, word: &str, lang: Lang) -> Option<&'static str> {
    let of = |table: &'static [Entry]| table.iter().find(|(known, _, _)| *known == word);
    let found = match attribute {
        "kind" => of(&LEARNING).or_else(|| of(&SERVICE)),
        "delivery" => of(&DELIVERY),
        "attestation" => of(&ATTESTED),
        "event" => of(&EVENTS),
        "standing" | "from" => of(&STANDINGS),
        "hold" => of(&HOLDS),
        "credential" | "exam" => of(&BODIES),
        "lived_experience" => of(&LIVED),
        "title" => of(&TITLES),
        "by" => of(&CONFIRMING),
        _ => None,
    };
    found.map(|entry| in_lang(entry, lang))
}

/// A word that means the same under every key.
#[must_use]
pub fn usual(word: &str, lang: Lang) -> Option<&'static str> {
    PLAIN.iter().find(|(known, _, _)| *known == word).map(|entry| in_lang(entry, lang))
}

fn in_lang(entry: &'static Entry, lang: Lang) -> &'static str {
    let (_, en, es) = entry;
    if lang == Lang::En { en } else { es }
}

/// The word, English, Spanish.
type Entry = (&'static str, &'static str, &'static str);

const LEARNING: [Entry; 8] = [
    ("basic", "basic training", "capacitación básica"),
    ("specialty", "specialty training", "capacitación especializada"),
    ("continuing", "continuing education", "educación continua"),
    ("academic", "college or university courses", "cursos universitarios"),
    ("teaching", "teaching others", "docencia"),
    ("in_service", "training at one's own workplace", "capacitación en el propio lugar de trabajo"),
    ("conference", "conferences", "conferencias"),
    ("orientation", "orientation", "orientación"),
];

const DELIVERY: [Entry; 5] = [
    ("in_person", "courses in person", "cursos presenciales"),
    ("live_online", "live courses online", "cursos en línea y en vivo"),
    ("self_paced", "courses at one's own pace", "cursos al propio ritmo"),
    ("hybrid", "courses partly in person", "cursos presenciales en parte"),
    ("reading", "reading", "lectura"),
];

const SERVICE: [Entry; 10] = [
    ("direct", "direct work with people", "trabajo directo con personas"),
    ("indirect", "indirect work for people", "trabajo indirecto para personas"),
    ("supervision_individual", "supervision one to one", "supervisión individual"),
    ("supervision_group", "supervision in a group", "supervisión en grupo"),
    ("co_reflection", "reflecting on the work together", "reflexión conjunta sobre el trabajo"),
    ("placement", "placement", "prácticas"),
    ("observed", "observed work", "trabajo observado"),
    ("study", "study on one's own", "estudio propio"),
    ("administrative", "administrative work", "trabajo administrativo"),
    ("training_received", "training on the job", "capacitación en el trabajo"),
];

/// Events are days that rules point to: "within 12 months after ...".
const EVENTS: [Entry; 6] = [
    ("hired", "the hiring", "la contratación"),
    ("training_started", "the start of the training", "el comienzo de la capacitación"),
    ("role_started", "the start in the role", "el comienzo en el puesto"),
    ("role_ended", "the end in the role", "el fin en el puesto"),
    ("moved", "the move", "la mudanza"),
    ("discharged", "the discharge", "la baja"),
];

const ATTESTED: [Entry; 12] = [
    ("lived_experience", "lived experience", "experiencia vivida"),
    ("recovery_since", "in recovery since", "en recuperación desde"),
    ("education", "education", "estudios"),
    ("residence_percent", "share of time lived or worked there", "parte del tiempo que vive o trabaja allí"),
    ("reference", "reference", "referencia"),
    ("code_of_ethics", "code of ethics", "código de ética"),
    ("background_check", "background check", "verificación de antecedentes"),
    ("employment_promise", "promise of a job", "promesa de empleo"),
    ("literacy", "reading and writing", "lectura y escritura"),
    ("self_assessment", "self-assessment", "autoevaluación"),
    ("identity", "identity", "identidad"),
    ("good_standing", "good standing", "buena situación"),
];

const STANDINGS: [Entry; 17] = [
    ("applicant", "applicant", "solicitante"),
    ("candidate", "candidate", "candidato"),
    ("provisional", "provisional", "provisional"),
    ("active", "in force", "vigente"),
    ("inactive", "inactive", "inactivo"),
    ("retired", "retired", "en retiro"),
    ("expired", "run out", "vencido"),
    ("canceled", "closed", "cerrado"),
    ("denied", "not given", "no otorgado"),
    ("withdrawn", "taken back", "retirado"),
    ("deceased", "deceased", "fallecido"),
    ("lapsed", "run out", "vencido"),
    ("revoked", "taken back by the board", "retirado por la junta"),
    ("surrendered", "given up", "entregado"),
    ("suspended", "suspended", "suspendido"),
    ("probation", "on probation", "en período de prueba"),
    ("none", "none", "ninguno"),
];

const HOLDS: [Entry; 6] = [
    ("military", "military service", "servicio militar"),
    ("hardship", "hardship", "dificultad grave"),
    ("medical", "illness", "enfermedad"),
    ("emergency", "an emergency", "una emergencia"),
    ("appeal", "an appeal", "una apelación"),
    ("inactive", "a time as inactive", "un tiempo como inactivo"),
];

/// Bodies and exams that several boards share.
const BODIES: [Entry; 1] = [("icrc-pr", "IC&RC Peer Recovery (PR)", "IC&RC Peer Recovery (PR)")];

/// In a statement of lived experience: whose it is.
const LIVED: [Entry; 7] = [
    ("self", "one's own experience", "la experiencia propia"),
    ("family", "experience as a family member", "la experiencia como familiar"),
    ("parent", "experience as a parent", "la experiencia como madre o padre"),
    ("guardian", "experience as a guardian", "la experiencia como tutor o tutora"),
    ("caregiver", "experience as a caregiver", "la experiencia como cuidador o cuidadora"),
    ("ally", "experience as an ally", "la experiencia como persona aliada"),
    ("veteran", "experience as a veteran", "la experiencia como veterano o veterana"),
];

const TITLES: [Entry; 7] = [
    ("supervisor", "supervisor", "supervisor"),
    ("peer_supervisor", "peer supervisor", "supervisor de pares"),
    ("peer_specialist", "peer specialist", "especialista de pares"),
    ("peer_supporter", "peer supporter", "persona de apoyo entre pares"),
    ("peer_recovery_coach", "peer recovery coach", "acompañante de recuperación"),
    ("peer_recovery_specialist", "peer recovery specialist", "especialista en recuperación entre pares"),
    ("peer_navigator", "peer navigator", "navegador de pares"),
];

/// Who confirms something, where another thing has the same name.
const CONFIRMING: [Entry; 1] = [("reference", "the person who gives the reference", "quien da la referencia")];

/// Words that mean the same wherever they stand.
const PLAIN: [Entry; 42] = [
    ("self", "the person", "la persona"),
    ("family", "family", "familia"),
    ("youth", "youth", "juventud"),
    ("high_school", "high school", "escuela secundaria"),
    ("high_school_diploma", "high school diploma", "diploma de escuela secundaria"),
    ("ged", "GED", "GED"),
    ("hiset", "HiSET", "HiSET"),
    ("equivalent", "an equal diploma", "un diploma equivalente"),
    ("foreign_secondary", "secondary school abroad", "escuela secundaria en otro país"),
    ("some_college", "some college", "algunos estudios universitarios"),
    ("associate", "associate degree", "título de asociado"),
    ("bachelor", "bachelor's degree", "licenciatura"),
    ("master", "master's degree", "maestría"),
    ("doctorate", "doctorate", "doctorado"),
    ("none", "none", "ninguno"),
    ("application", "the application", "la solicitud"),
    ("testing", "the exam", "el examen"),
    ("renewal", "the renewal", "la renovación"),
    ("interview", "the interview", "la entrevista"),
    ("references", "the references", "las referencias"),
    ("essay", "the essay", "el ensayo"),
    ("certificate", "the certificate", "el certificado"),
    ("transcript", "the transcript", "el historial académico"),
    ("syllabus", "the syllabus", "el programa del curso"),
    ("portfolio", "the portfolio", "el portafolio"),
    ("assessments", "the assessments", "las evaluaciones"),
    ("prior_learning", "learning from before that was recognized", "aprendizaje previo reconocido"),
    ("transfer", "transfer from another course", "transferencia desde otro curso"),
    ("board", "the board", "la junta"),
    ("employer", "the employer", "el empleador"),
    ("supervisor", "the supervisor", "el supervisor"),
    ("professional", "a professional", "una persona profesional"),
    ("peer_supervisor", "a peer supervisor", "un supervisor de pares"),
    ("peer_specialist", "a peer specialist", "un especialista de pares"),
    ("paid", "paid work", "trabajo pagado"),
    ("volunteer", "volunteer work", "trabajo voluntario"),
    ("grandfathered", "grandfathered", "con derechos adquiridos"),
    ("general", "no topic of its own", "ningún tema propio"),
    ("core", "core", "básica"),
    ("aide", "aide", "auxiliar"),
    ("peer_mentor", "peer mentor", "mentor de pares"),
    ("peer_worker", "peer worker", "persona que trabaja como par"),
];
