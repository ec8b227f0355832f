//! The structure tree: what each piece of the page is, in reading order, so that it can be read aloud.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::metadata::text;
use super::scene::Element;

/// The standard structure type of an element.
pub(crate) const fn kind(element: Element) -> &'static str {
    match element {
        Element::Heading => "H1",
        Element::Address => "Link",
        Element::Code | Element::Seal => "Figure",
        Element::Board
        | Element::Certifies
        | Element::Name
        | Element::HasMet
        | Element::Credential
        | Element::Status
        | Element::Number
        | Element::IssuedOn
        | Element::ValidFrom
        | Element::ValidThrough
        | Element::Signatory
        | Element::Verify
        | Element::VerifyNumber => "P",
    }
}

/// What the tree needs to know.
pub(crate) struct Plan<'a> {
    /// Numbered pieces of the page.
    pub pieces: Vec<(Element, i64)>,
    /// The page.
    pub page: ObjectId,
    /// The link's annotation.
    pub link: Option<ObjectId>,
    /// Words for the figures, and the box each fills.
    pub figures: BTreeMap<Element, (&'a str, [f32; 4])>,
}

/// Adds the tree and gives its root. The page is number 0 in the parent tree, the link number 1.
pub(crate) fn add_tree(document: &mut Document, plan: &Plan<'_>) -> ObjectId {
    let root = document.new_object_id();
    let whole = document.new_object_id();
    let mut grouped: BTreeMap<Element, Vec<i64>> = BTreeMap::new();
    for (element, number) in &plan.pieces {
        grouped.entry(*element).or_default().push(*number);
    }
    let mut parents: BTreeMap<i64, ObjectId> = BTreeMap::new();
    let mut children = Vec::new();
    let mut link_parent = None;
    for (element, numbers) in &grouped {
        let id = document.new_object_id();
        let mut parent = whole;
        if *element == Element::Address {
            parent = document.add_object(dictionary! {
                "Type" => "StructElem", "S" => "P", "P" => whole, "K" => Object::Array(vec![id.into()]),
            });
            link_parent = Some(id);
        }
        children.push(Object::Reference(if parent == whole { id } else { parent }));
        parents.extend(numbers.iter().map(|number| (*number, id)));
        document.objects.insert(id, leaf(*element, numbers, parent, plan).into());
    }
    let mut tree = vec![Object::Integer(0), Object::Array(parents.values().map(|id| Object::Reference(*id)).collect())];
    if let Some(id) = link_parent {
        tree.extend([Object::Integer(1), id.into()]);
    }
    document
        .objects
        .insert(whole, dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => children }.into());
    document.objects.insert(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => Object::Array(vec![whole.into()]),
            "ParentTree" => dictionary! { "Nums" => tree },
            "ParentTreeNextKey" => 2,
        }
        .into(),
    );
    root
}

fn leaf(element: Element, numbers: &[i64], parent: ObjectId, plan: &Plan<'_>) -> Dictionary {
    let mut kids: Vec<Object> = numbers.iter().map(|number| Object::Integer(*number)).collect();
    let link = plan.link.filter(|_| element == Element::Address);
    if let Some(link) = link {
        kids.push(dictionary! { "Type" => "OBJR", "Obj" => link, "Pg" => plan.page }.into());
    }
    let mut leaf = dictionary! {
        "Type" => "StructElem", "S" => kind(element), "P" => parent, "Pg" => plan.page, "K" => kids,
    };
    if let Some((words, area)) = plan.figures.get(&element) {
        leaf.set("Alt", text(words));
        let area: Vec<Object> = area.iter().map(|side| Object::Real(*side)).collect();
        leaf.set("A", dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => area });
    }
    leaf
}
