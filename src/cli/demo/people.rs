//! Two hundred made-up people. Names and `example.test` addresses belong to nobody.

const GIVEN: [&str; 20] = [
    "Dana", "Luis", "Amara", "Minh", "Grace", "Omar", "Rosa", "Eli", "Noor", "Jun", "Kofi", "Ines", "Sam", "Tala",
    "Ana", "Leo", "Maya", "Ivan", "Zoe", "Abel",
];
const FAMILY: [&str; 10] =
    ["Rivera", "Nguyen", "Okafor", "Haddad", "Muñoz", "Łukasik", "Begay", "Kim", "Santos", "Walker"];

/// The name of person `number`, from 0 to 199: each is different.
pub fn name(number: usize) -> String {
    let given = GIVEN.get(number % GIVEN.len()).copied().unwrap_or("Dana");
    let family = FAMILY.get((number / GIVEN.len()) % FAMILY.len()).copied().unwrap_or("Rivera");
    format!("{given} {family}")
}

/// The address of person `number`.
pub fn address(number: usize) -> String {
    format!("person{number:03}@example.test")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hundred_people_have_two_hundred_names() {
        let names: std::collections::BTreeSet<String> = (0..200).map(name).collect();
        assert_eq!(names.len(), 200);
    }
}
