//! From drawn scenes to a file: printpdf prints, its lopdf document is completed and written.
//!
//! Two parts make a page: the template of a design, printed and compressed once, and one person's part.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use printpdf::{Actions, BorderArray, FontId, LinkAnnotation, Mm, Op, PdfDocument, PdfPage, PdfSaveOptions, Rect};

use super::draw::{Drawn, round};
use super::error::PdfError;
use super::metadata::{self, About};
use super::scene::Element;
use super::subset::{Subset, Subsets};
use super::tags;

/// A printed, compressed part of a page.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    objects: BTreeMap<ObjectId, Object>,
    fonts: Vec<(Vec<u8>, ObjectId)>,
    contents: Vec<ObjectId>,
    links: Vec<Dictionary>,
    last: u32,
}

impl Part {
    /// The first object number the next part may use.
    pub(crate) const fn next(&self) -> u32 {
        self.last + 1
    }
}

const BROKEN: PdfError = PdfError::Fault("the printed page has an unexpected form");

/// Prints operations with their fonts. `spare` shows further glyphs that the fonts shall have.
pub(crate) fn print(
    drawn: Drawn,
    spare: Vec<Op>,
    fonts: &Subsets,
    page: (f64, f64),
    first: u32,
) -> Result<Part, PdfError> {
    let mut pdf = PdfDocument::new("");
    for Subset { resource, font, .. } in fonts.fonts.values() {
        pdf.resources.fonts.map.insert(FontId(resource.clone()), font.clone());
    }
    let streams = drawn.ops.len();
    let links = drawn.links.iter().map(|(area, address)| Op::LinkAnnotation { link: link(*area, address) });
    let last: Vec<Op> = spare.into_iter().chain(links).collect();
    let (width, height) = (Mm::from(printpdf::Pt(round(page.0))), Mm::from(printpdf::Pt(round(page.1))));
    pdf.pages = drawn.ops.into_iter().chain([last]).map(|ops| PdfPage::new(width, height, ops)).collect();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut document = pdf.to_lopdf_document(&options, &mut Vec::new());
    document.renumber_objects_with(first);
    take(document, streams)
}

/// Takes from a printed document what a part is made of: the first streams, the fonts, the last page's links.
fn take(document: Document, streams: usize) -> Result<Part, PdfError> {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let content = |page: &ObjectId| document.get_dictionary(*page)?.get(b"Contents").and_then(Object::as_reference);
    let contents = pages.iter().take(streams).map(content).collect::<Result<Vec<ObjectId>, _>>();
    let contents = contents.map_err(|_cause| BROKEN)?;

    let last = document.get_dictionary(*pages.last().ok_or(BROKEN)?).map_err(|_cause| BROKEN)?;
    let annotations = last.get(b"Annots").and_then(Object::as_array).map_err(|_cause| BROKEN)?;
    let links = annotations.iter().filter_map(|object| object.as_dict().ok().cloned()).collect();
    let resources = document.get_dict_in_dict(last, b"Resources").map_err(|_cause| BROKEN)?;
    let table = document.get_dict_in_dict(resources, b"Font").map_err(|_cause| BROKEN)?;
    let fonts: Vec<(Vec<u8>, ObjectId)> =
        table.iter().filter_map(|(name, font)| Some((name.clone(), font.as_reference().ok()?))).collect();

    let mut wanted: BTreeSet<ObjectId> = contents.iter().copied().collect();
    for (_, font) in &fonts {
        collect(&document, *font, &mut wanted);
    }
    let last = document.max_id;
    let mut objects: BTreeMap<ObjectId, Object> =
        document.objects.into_iter().filter(|(id, _)| wanted.contains(id)).collect();
    for object in objects.values_mut() {
        if let Object::Stream(stream) = object {
            stream.compress().map_err(|_cause| PdfError::Fault("a stream cannot be compressed"))?;
        }
    }
    Ok(Part { objects, fonts, contents, links, last })
}

fn link(area: [f64; 4], address: &str) -> LinkAnnotation {
    let [left, bottom, right, top] = area.map(|side| printpdf::Pt(round(side)));
    let rect = Rect { x: left, y: bottom, width: right - left, height: top - bottom, mode: None, winding_order: None };
    let border = BorderArray::Solid([0.0, 0.0, 0.0]);
    LinkAnnotation {
        rect,
        actions: Actions::Uri(address.to_owned()),
        border,
        color: Default::default(),
        highlighting: Default::default(),
    }
}

/// All objects a font is made of.
fn collect(document: &Document, id: ObjectId, wanted: &mut BTreeSet<ObjectId>) {
    if !wanted.insert(id) {
        return;
    }
    let mut open: Vec<&Object> = document.objects.get(&id).into_iter().collect();
    while let Some(object) = open.pop() {
        match object {
            Object::Reference(id) => collect(document, *id, wanted),
            Object::Array(objects) => open.extend(objects),
            Object::Dictionary(dictionary) => open.extend(dictionary.iter().map(|(_, value)| value)),
            Object::Stream(stream) => open.extend(stream.dict.iter().map(|(_, value)| value)),
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::String(..) => {}
        }
    }
}

/// What completes a page made of two parts.
pub(crate) struct Completion<'a> {
    /// What the file is about.
    pub about: About,
    /// Identifies the content.
    pub id: [u8; 16],
    /// Page size in points.
    pub page: (f64, f64),
    /// Numbered pieces of both parts.
    pub pieces: Vec<(Element, i64)>,
    /// Words and box of each figure.
    pub figures: BTreeMap<Element, (&'a str, [f32; 4])>,
    /// Words for the link.
    pub link_words: &'a str,
}

/// Puts the parts on one page and writes the file.
pub(crate) fn write(template: &Part, own: Part, completion: Completion<'_>) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::with_version("1.7");
    document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    document.max_id = own.last;
    document.objects.clone_from(&template.objects);
    document.objects.extend(own.objects);

    // The pieces of the two parts take turns, so that the page is painted in the order in which it is read.
    let turns = template.contents.iter().zip(&own.contents).flat_map(|(shared, personal)| [*shared, *personal]);
    let contents: Vec<Object> = turns.map(Object::Reference).collect();

    let fonts = template.fonts.iter().cloned().chain(own.fonts);
    let fonts = Dictionary::from_iter(fonts.map(|(name, id)| (name, Object::Reference(id))));
    let pages = document.new_object_id();
    let page = document.new_object_id();
    let mut annotations = Vec::new();
    for link in own.links {
        annotations.push(document.add_object(complete_link(link, page, completion.link_words)));
    }
    let plan =
        tags::Plan { pieces: completion.pieces, page, link: annotations.first().copied(), figures: completion.figures };
    let tree = tags::add_tree(&mut document, &plan);
    let size = [0.0, 0.0, completion.page.0, completion.page.1].map(|side| Object::Real(round(side)));
    document.objects.insert(
        page,
        dictionary! {
            "Type" => "Page",
            "Parent" => pages,
            "MediaBox" => size.to_vec(),
            "Resources" => dictionary! { "Font" => fonts },
            "Contents" => contents,
            "Annots" => annotations.into_iter().map(Object::Reference).collect::<Vec<_>>(),
            "StructParents" => 0,
            "Tabs" => "S",
        }
        .into(),
    );
    document.objects.insert(
        pages,
        dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => Object::Array(vec![page.into()]) }.into(),
    );

    let about = &completion.about;
    let metadata = document.add_object(metadata::xmp(about));
    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog",
        "Pages" => pages,
        "Lang" => metadata::text(about.lang),
        "MarkInfo" => dictionary! { "Marked" => true },
        "Metadata" => metadata,
        "StructTreeRoot" => tree,
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
    });
    let info = document.add_object(metadata::info(about));
    let id = Object::String(completion.id.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::with_capacity(64 * 1024);
    document.save_to(&mut bytes).map_err(|_cause| PdfError::Fault("the file cannot be written"))?;
    Ok(bytes)
}

/// What printpdf leaves out of a link: that it is printed, what it is, where it stands in the tree.
fn complete_link(mut link: Dictionary, page: ObjectId, words: &str) -> Dictionary {
    link.remove(b"C");
    link.set("F", 4);
    link.set("P", page);
    link.set("Contents", metadata::text(words));
    link.set("StructParent", 1);
    link
}
