//! What the description of the API says of every operation alike: a name that no other has, and the key of a POST that
//! may come twice. Handlers of one name in several files, as `list`, are well named where they stand, but generators of
//! clients need one name for each operation.

use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{OpenApi, RefOr, Required};

/// The answer of a POST that creates.
const CREATED: &str = "201";

/// Names the operations, and tells of the key where something is created.
#[must_use]
pub fn told(mut api: OpenApi) -> OpenApi {
    for (path, item) in &mut api.paths.paths {
        let methods = [
            ("get", &mut item.get),
            ("put", &mut item.put),
            ("post", &mut item.post),
            ("delete", &mut item.delete),
            ("options", &mut item.options),
            ("patch", &mut item.patch),
        ];
        for (method, operation) in methods {
            let Some(operation) = operation else { continue };
            operation.operation_id = Some(name(method, path));
            if method == "post" && operation.responses.responses.contains_key(CREATED) {
                add_key(operation);
            }
        }
    }
    api
}

/// The method and the fixed words of the path; `one` at the end where it names one thing: `get_applications_one`.
fn name(method: &str, path: &str) -> String {
    let words = path.strip_prefix("/api/v1").unwrap_or(path).split('/').filter(|word| !word.is_empty());
    let fixed = words.filter(|word| !word.starts_with('{')).map(|word| word.replace('-', "_"));
    let one = path.ends_with('}').then(|| "one".to_owned());
    std::iter::once(method.to_owned()).chain(fixed).chain(one).collect::<Vec<_>>().join("_")
}

fn add_key(operation: &mut Operation) {
    let parameters = operation.parameters.get_or_insert_with(Vec::new);
    let key = idempotency_key();
    parameters.retain(|known| !matches!(known, RefOr::T(known) if known.name == key.name));
    parameters.push(RefOr::T(key));
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "1 to 200 visible ASCII characters; the same request again under the same key gets the first answer and \
             does nothing twice",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_and_one_of_it_have_names_of_their_own() {
        assert_eq!(name("get", "/api/v1/applications"), "get_applications");
        assert_eq!(name("get", "/api/v1/applications/{application}"), "get_applications_one");
        assert_eq!(
            name("put", "/api/v1/hours/{entry}/withdrawal"),
            "put_hours_withdrawal",
            "a part of one thing is named by its own word"
        );
    }
}
