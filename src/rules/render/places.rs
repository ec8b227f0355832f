//! Regions as people call them.

use super::super::lang::Lang;

/// The name of a region; its own letters where nobody told us.
#[must_use]
pub fn place(region: &str, lang: Lang) -> String {
    match PLACES.iter().find(|(known, _, _)| *known == region) {
        Some((_, en, es)) => (if lang == Lang::En { *en } else { *es }).to_owned(),
        None => region.to_uppercase(),
    }
}

/// Another board's credential: its letters and its place, as on certificates.
#[must_use]
pub fn credential(id: &str, lang: Lang) -> String {
    match region_of(id) {
        Some(("us" | "intl", rest)) => {
            format!("{} ({})", rest.to_uppercase(), if lang == Lang::En { "national" } else { "nacional" })
        }
        Some((region, rest)) => format!("{} ({})", rest.to_uppercase(), place(region, lang)),
        None => id.to_uppercase(),
    }
}

/// The region at the front of a credential's id, and what is left.
#[must_use]
pub fn region_of(credential: &str) -> Option<(&'static str, &str)> {
    let starts = |region: &str| credential.strip_prefix(region).and_then(|rest| rest.strip_prefix('-'));
    let fitting = PLACES.iter().filter_map(|(region, _, _)| Some((*region, starts(region)?)));
    fitting.max_by_key(|(region, _)| region.len())
}

/// Region, English, Spanish.
const PLACES: [(&str, &str, &str); 77] = [
    ("intl", "International", "Internacional"),
    ("us", "United States, all states", "Estados Unidos, todo el país"),
    ("us-al", "Alabama", "Alabama"),
    ("us-ak", "Alaska", "Alaska"),
    ("us-az", "Arizona", "Arizona"),
    ("us-ar", "Arkansas", "Arkansas"),
    ("us-ca", "California", "California"),
    ("us-co", "Colorado", "Colorado"),
    ("us-ct", "Connecticut", "Connecticut"),
    ("us-de", "Delaware", "Delaware"),
    ("us-dc", "District of Columbia", "Distrito de Columbia"),
    ("us-fl", "Florida", "Florida"),
    ("us-ga", "Georgia", "Georgia"),
    ("us-gu", "Guam", "Guam"),
    ("us-hi", "Hawaii", "Hawái"),
    ("us-id", "Idaho", "Idaho"),
    ("us-il", "Illinois", "Illinois"),
    ("us-in", "Indiana", "Indiana"),
    ("us-ia", "Iowa", "Iowa"),
    ("us-ks", "Kansas", "Kansas"),
    ("us-ky", "Kentucky", "Kentucky"),
    ("us-la", "Louisiana", "Luisiana"),
    ("us-me", "Maine", "Maine"),
    ("us-md", "Maryland", "Maryland"),
    ("us-ma", "Massachusetts", "Massachusetts"),
    ("us-mi", "Michigan", "Míchigan"),
    ("us-mn", "Minnesota", "Minnesota"),
    ("us-ms", "Mississippi", "Misisipi"),
    ("us-mo", "Missouri", "Misuri"),
    ("us-mt", "Montana", "Montana"),
    ("us-ne", "Nebraska", "Nebraska"),
    ("us-nv", "Nevada", "Nevada"),
    ("us-nh", "New Hampshire", "Nuevo Hampshire"),
    ("us-nj", "New Jersey", "Nueva Jersey"),
    ("us-nm", "New Mexico", "Nuevo México"),
    ("us-ny", "New York", "Nueva York"),
    ("us-nc", "North Carolina", "Carolina del Norte"),
    ("us-nd", "North Dakota", "Dakota del Norte"),
    ("us-oh", "Ohio", "Ohio"),
    ("us-ok", "Oklahoma", "Oklahoma"),
    ("us-or", "Oregon", "Oregón"),
    ("us-pa", "Pennsylvania", "Pensilvania"),
    ("us-pr", "Puerto Rico", "Puerto Rico"),
    ("us-ri", "Rhode Island", "Rhode Island"),
    ("us-sc", "South Carolina", "Carolina del Sur"),
    ("us-sd", "South Dakota", "Dakota del Sur"),
    ("us-tn", "Tennessee", "Tennessee"),
    ("us-tx", "Texas", "Texas"),
    ("us-ut", "Utah", "Utah"),
    ("us-vt", "Vermont", "Vermont"),
    ("us-va", "Virginia", "Virginia"),
    ("us-wa", "Washington", "Washington"),
    ("us-wv", "West Virginia", "Virginia Occidental"),
    ("us-wi", "Wisconsin", "Wisconsin"),
    ("us-wy", "Wyoming", "Wyoming"),
    ("au", "Australia", "Australia"),
    ("be", "Belgium", "Bélgica"),
    ("ca", "Canada", "Canadá"),
    ("ca-on", "Ontario", "Ontario"),
    ("ca-qc", "Quebec", "Quebec"),
    ("ch", "Switzerland", "Suiza"),
    ("de", "Germany", "Alemania"),
    ("dk", "Denmark", "Dinamarca"),
    ("es", "Spain", "España"),
    ("fr", "France", "Francia"),
    ("gb", "United Kingdom", "Reino Unido"),
    ("gb-eng", "England", "Inglaterra"),
    ("gb-nir", "Northern Ireland", "Irlanda del Norte"),
    ("gb-sct", "Scotland", "Escocia"),
    ("gb-wls", "Wales", "Gales"),
    ("hk", "Hong Kong", "Hong Kong"),
    ("ie", "Ireland", "Irlanda"),
    ("in", "India", "India"),
    ("mx", "Mexico", "México"),
    ("nl", "Netherlands", "Países Bajos"),
    ("nz", "New Zealand", "Nueva Zelanda"),
    ("sg", "Singapore", "Singapur"),
];
