use std::path::{Path, PathBuf};

use super::*;
use crate::{pdf, tags};

/// The PDFs in a folder, recursively.
fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(pdfs(&path));
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) {
            found.push(path);
        }
    }
    found
}

/// Compares each object that is read on demand with lopdf's; returns whether the file was in order.
fn same_objects(bytes: &[u8], name: &str) -> bool {
    let Some(ours) = Objects::on_demand(bytes) else { return false };
    let Source::OnDemand(on_demand) = &ours.source else { unreachable!() };
    let theirs = pdf::load(bytes, None).unwrap_or_else(|e| panic!("{name}: {e:?}"));
    assert_eq!(
        format!("{:?}", ours.trailer.get(b"Root")),
        format!("{:?}", theirs.trailer.get(b"Root")),
        "{name}"
    );
    same_tags(bytes, &theirs, name);
    for number in 0..on_demand.slots.len() as u32 {
        let id = match on_demand.slots[number as usize].place {
            Place::At { generation: u16::MAX, .. } | Place::Free => continue,
            Place::At { generation, .. } => (number, generation),
            Place::Within(_) => (number, 0),
        };
        // An object that is not in order marks the file as odd, so nobody relies on it.
        if let Some(object) = ours.get(id) {
            assert_eq!(Some(object), theirs.get(id), "{name}: {id:?}");
        }
    }
    if let Some(read) = pdf::read_on_demand(bytes) {
        let loaded = pdf::read_loaded(bytes, None).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert!(format!("{read:?}") == format!("{loaded:?}"), "{name}: other text");
    }
    !ours.is_odd()
}

/// Compares the structure tree, whose elements are read in place, with the one from lopdf's objects.
fn same_tags(bytes: &[u8], theirs: &Objects, name: &str) {
    let ours = Objects::on_demand(bytes).expect("it was read before");
    let (tree, other) = (tags::read(&ours), tags::read(theirs));
    if !ours.is_odd() {
        assert_eq!(format!("{:?}", tree.elements), format!("{:?}", other.elements), "{name}");
        assert!(tree.content == other.content && tree.blocks == other.blocks, "{name}");
    }
}

fn in_order(folder: &Path) -> (usize, usize) {
    let files = pdfs(folder);
    let same = |path: &&PathBuf| {
        let bytes = std::fs::read(path).unwrap_or_default();
        same_objects(&bytes, &path.display().to_string())
    };
    (files.iter().filter(same).count(), files.len())
}

#[test]
fn objects_on_demand_are_those_of_the_loader() {
    let (in_order, all) = in_order(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus"));
    assert!(all > 20 && in_order * 2 > all, "{in_order} of {all}");
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_objects_on_demand_are_those_of_the_loader() {
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/reports");
    let (in_order, all) = in_order(&reports);
    assert!(all > 0 && in_order * 10 > all * 9, "{in_order} of {all} files are in order throughout");
}

/// A file of one page with correct cross-references.
fn small() -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
        "<</Length 5 0 R>>stream\nBT ET\nendstream",
        "5",
        "[-1.5 .25 +7 (a\\(b\\)\\101) <4 1> /A#20B null true]",
    ];
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let at = file.len();
    file.extend(table.bytes());
    file.extend(
        format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1).bytes(),
    );
    file
}

#[test]
fn kinds_of_objects() {
    let file = small();
    assert!(same_objects(&file, "small"));
    let objects = Objects::on_demand(&file).unwrap();
    assert_eq!(objects.get((4, 0)).unwrap().as_stream().unwrap().content, b"BT ET");
    assert!(objects.get((0, 65535)).is_none() && !objects.is_odd());
    assert!(objects.get((6, 1)).is_none() && objects.is_odd());
}

#[test]
fn what_is_out_of_order_is_odd() {
    let file = String::from_utf8(small()).unwrap();
    let odd = |from: &str, to: &str, id: ObjectId| {
        assert!(file.contains(from), "{from}");
        let file = file.replacen(from, to, 1);
        let objects = Objects::on_demand(file.as_bytes()).expect("the table is whole");
        objects.get(id).is_none() && objects.is_odd()
    };
    assert!(odd("3 0 obj", "9 0 obj", (3, 0)), "another object's header");
    assert!(odd("]\nendobj", "]\nendobx", (6, 0)), "no end");
    assert!(odd("endstream", "endstraem", (4, 0)), "a stream that does not end where it should");
    assert!(odd("<4 1>", "<4 z>", (6, 0)), "a string that is none");
    assert!(odd("5\nendobj", "4\nendobj", (4, 0)), "a wrong length");
    for (from, to) in [("startxref", "startxrfe"), (" f \n", " x \n"), ("/Root", "/Encrypt 1 0 R/Root")] {
        assert!(Objects::on_demand(file.replacen(from, to, 1).as_bytes()).is_none(), "{from}");
    }
}

#[test]
fn a_length_that_asks_for_itself_ends() {
    let file = String::from_utf8(small()).unwrap().replacen("5 0 R>>", "4 0 R>>", 1);
    let objects = Objects::on_demand(file.as_bytes()).unwrap();
    assert!(objects.get((4, 0)).is_none() && objects.is_odd());
}

/// Numbers from a seed (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)) as usize % end.max(1)
    }
}

/// What damage overwrites a file's bytes with.
const DAMAGE: &[&[u8]] = &[
    b"0", b"9", b" ", b"\n", b"\0", b"/", b"#", b"(", b")", b"<", b">", b"[", b"]", b"%", b"R", b"obj",
    b"1 0 R",
];

#[test]
fn damaged_objects_are_the_loaders_or_odd() {
    let mut seeds = vec![small()];
    let files = pdfs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus"));
    seeds.extend(
        files.iter().filter_map(|path| std::fs::read(path).ok()).filter(|b| (100..20_000).contains(&b.len())),
    );
    let count = std::env::var("FINDINGS_MUTANTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let mut in_order = 0;
    for seed in 0..count {
        let mut random = Random(seed);
        let mut file = seeds[random.below(seeds.len())].clone();
        for _ in 0..=random.below(3) {
            let (at, damage) = (random.below(file.len() - 8), DAMAGE[random.below(DAMAGE.len())]);
            file[at..at + damage.len()].copy_from_slice(damage);
        }
        if pdf::load(&file, None).is_ok() {
            in_order += usize::from(same_objects(&file, &format!("mutant {seed}")));
        }
    }
    assert!(in_order > 0, "all are odd");
}
