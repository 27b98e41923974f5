//! A small PDF writer that does as it is told, even if that breaks the file.
//!
//! It checks nothing: an object consists of the bytes given, and every offset, length and cross-reference entry can be
//! replaced by a wrong one.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::{Compress, Compression, FlushCompress, write::ZlibEncoder};

/// An object of the file, without its `obj` … `endobj`.
#[derive(Clone)]
pub(super) enum Object {
    /// Any object other than a stream, as it is written.
    Plain(Vec<u8>),
    /// A stream: the entries of its dictionary (without `<<` and `>>`) and its bytes as in the file. `/Length` is added
    /// unless the entries contain it.
    Stream(String, Vec<u8>),
}

impl Object {
    /// Appends the object as it is between `obj` and `endobj`.
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Plain(bytes) => out.extend_from_slice(bytes),
            Self::Stream(entries, data) => {
                out.extend_from_slice(b"<< ");
                out.extend_from_slice(entries.as_bytes());
                if !entries.contains("/Length") {
                    out.extend_from_slice(format!(" /Length {}", data.len()).as_bytes());
                }
                out.extend_from_slice(b" >>\nstream\n");
                out.extend_from_slice(data);
                out.extend_from_slice(b"\nendstream");
            }
        }
    }
}

/// A document under construction: numbered objects and the entries of the trailer.
#[derive(Clone)]
pub(super) struct Pdf {
    /// The objects by number.
    pub(super) objects: BTreeMap<u32, Object>,
    /// The trailer's entries besides `/Size`.
    pub(super) trailer: String,
}

/// The header and the objects of a file, before its cross-reference table.
pub(super) struct Body {
    /// The bytes so far.
    pub(super) bytes: Vec<u8>,
    /// Where each object starts.
    pub(super) offsets: BTreeMap<u32, usize>,
}

impl Pdf {
    /// An empty document with the trailer's entries.
    pub(super) fn new(trailer: &str) -> Self {
        Self { objects: BTreeMap::new(), trailer: trailer.to_owned() }
    }

    /// Sets an object that is not a stream.
    pub(super) fn set(&mut self, id: u32, body: impl Into<Vec<u8>>) -> &mut Self {
        self.objects.insert(id, Object::Plain(body.into()));
        self
    }

    /// Sets a stream whose bytes are written unchanged.
    pub(super) fn stream(&mut self, id: u32, entries: &str, data: impl Into<Vec<u8>>) -> &mut Self {
        self.objects.insert(id, Object::Stream(entries.to_owned(), data.into()));
        self
    }

    /// Sets a stream that is written with compression.
    pub(super) fn flate(&mut self, id: u32, entries: &str, data: &[u8]) -> &mut Self {
        self.stream(id, &format!("{entries} /Filter /FlateDecode"), deflate(data))
    }

    /// One more than the highest object number.
    pub(super) fn size(&self) -> u32 {
        self.objects.keys().next_back().map_or(1, |last| last + 1)
    }

    /// Writes the header and the objects.
    pub(super) fn body(&self) -> Body {
        let mut bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut offsets = BTreeMap::new();
        for (id, object) in &self.objects {
            offsets.insert(*id, bytes.len());
            bytes.extend_from_slice(format!("{id} 0 obj\n").as_bytes());
            object.write(&mut bytes);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        Body { bytes, offsets }
    }

    /// Writes the whole file with a cross-reference table.
    pub(super) fn build(&self) -> Vec<u8> {
        let Body { mut bytes, offsets } = self.body();
        let start = bytes.len();
        bytes.extend_from_slice(table(&offsets, self.size()).as_bytes());
        bytes.extend_from_slice(self.tail(&start.to_string()).as_bytes());
        bytes
    }

    /// The trailer and what follows, with `start` as the value of `startxref`.
    pub(super) fn tail(&self, start: &str) -> String {
        format!("trailer\n<< /Size {} {} >>\nstartxref\n{start}\n%%EOF\n", self.size(), self.trailer)
    }

    /// The file with `ending` in place of the table and all that follows.
    pub(super) fn with_ending(&self, ending: impl FnOnce(&Body) -> String) -> Vec<u8> {
        let mut body = self.body();
        let ending = ending(&body);
        body.bytes.extend_from_slice(ending.as_bytes());
        body.bytes
    }
}

/// The cross-reference table, from `xref` up to the trailer.
pub(super) fn table(offsets: &BTreeMap<u32, usize>, size: u32) -> String {
    let mut out = format!("xref\n0 {size}\n0000000000 65535 f \n");
    for id in 1..size {
        match offsets.get(&id) {
            Some(offset) => out.push_str(&format!("{offset:010} 00000 n \n")),
            None => out.push_str("0000000000 00000 f \n"),
        }
    }
    out
}

/// A file with an object stream and a cross-reference stream (PDF 1.5). Parts that are `None` are written correctly.
pub(super) struct Modern {
    /// The document.
    pub(super) pdf: Pdf,
    /// The entries of the object stream's dictionary, and its bytes as in the file.
    pub(super) object_stream: Option<(String, Vec<u8>)>,
    /// Cross-references that replace the correct ones or are added to them: number, type, second and third field.
    pub(super) entries: Vec<(u32, [u64; 3])>,
    /// The value of `/W`; the entries themselves stay the same.
    pub(super) widths: Option<String>,
    /// Additional entries of the cross-reference stream's dictionary. If they contain `/Filter`, `table` must be given
    /// in that form.
    pub(super) extra: String,
    /// The bytes of the cross-reference stream as in the file.
    pub(super) table: Option<Vec<u8>>,
    /// The value of `/Size`.
    pub(super) size: Option<String>,
}

impl Modern {
    /// The number of the object stream.
    pub(super) const OBJECT_STREAM: u32 = 900;
    /// The number of the cross-reference stream.
    pub(super) const TABLE: u32 = 901;

    /// The document without any damage.
    pub(super) fn new(pdf: Pdf) -> Self {
        Self {
            pdf,
            object_stream: None,
            entries: Vec::new(),
            widths: None,
            extra: String::new(),
            table: None,
            size: None,
        }
    }

    /// The index and the objects of the object stream, their number, and the offset of the first object.
    pub(super) fn packed(&self) -> (Vec<u8>, usize, usize) {
        let mut index = String::new();
        let mut objects = Vec::new();
        let mut count = 0;
        for (id, object) in &self.pdf.objects {
            if let Object::Plain(bytes) = object {
                index.push_str(&format!("{id} {} ", objects.len()));
                objects.extend_from_slice(bytes);
                objects.push(b'\n');
                count += 1;
            }
        }
        let first = index.len();
        let mut data = index.into_bytes();
        data.append(&mut objects);
        (data, count, first)
    }

    /// Writes the whole file.
    pub(super) fn build(&self) -> Vec<u8> {
        let (data, count, first) = self.packed();
        let (entries, data) = self.object_stream.clone().unwrap_or_else(|| {
            (format!("/Type /ObjStm /N {count} /First {first} /Filter /FlateDecode"), deflate(&data))
        });
        let mut streams = Pdf::new("");
        streams.objects = self
            .pdf
            .objects
            .iter()
            .filter(|(_, object)| matches!(object, Object::Stream(..)))
            .map(|(id, object)| (*id, object.clone()))
            .collect();
        streams.stream(Self::OBJECT_STREAM, &entries, data);
        let Body { mut bytes, offsets } = streams.body();
        let start = bytes.len();

        let mut references: BTreeMap<u32, [u64; 3]> = BTreeMap::new();
        references.insert(0, [0, 0, 65535]);
        references.insert(Self::TABLE, [1, start as u64, 0]);
        references.extend(offsets.iter().map(|(id, offset)| (*id, [1, *offset as u64, 0])));
        let plain = self.pdf.objects.iter().filter(|(_, object)| matches!(object, Object::Plain(_)));
        references.extend(
            plain.enumerate().map(|(n, (id, _))| (*id, [2, u64::from(Self::OBJECT_STREAM), n as u64])),
        );
        references.extend(self.entries.iter().copied());

        let size = Self::TABLE + 1;
        let table = self.table.clone().unwrap_or_else(|| {
            let mut rows = Vec::new();
            for id in 0..size {
                let [kind, second, third] = references.get(&id).copied().unwrap_or([0, 0, 0]);
                rows.push(kind as u8);
                rows.extend_from_slice(&(second as u32).to_be_bytes());
                rows.extend_from_slice(&(third as u16).to_be_bytes());
            }
            rows
        });
        let widths = self.widths.as_deref().unwrap_or("[1 4 2]");
        let size = self.size.clone().unwrap_or_else(|| size.to_string());
        let mut last = Vec::new();
        let entries = format!("/Type /XRef /Size {size} /W {widths} {} {}", self.pdf.trailer, self.extra);
        Object::Stream(entries, table).write(&mut last);
        bytes.extend_from_slice(format!("{} 0 obj\n", Self::TABLE).as_bytes());
        bytes.extend_from_slice(&last);
        bytes.extend_from_slice(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").as_bytes());
        bytes
    }
}

/// The bytes as a compressed zlib stream.
pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    zlib(data, Compression::new(1))
}

/// A zlib stream that stores the bytes uncompressed, so that repeating this hardly adds anything.
pub(super) fn store(data: &[u8]) -> Vec<u8> {
    zlib(data, Compression::none())
}

/// The bytes as a zlib stream.
fn zlib(data: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), level);
    encoder.write_all(data).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

/// A zlib stream of `times` copies of the chunk, made without holding them in memory: the compressed chunk is repeated,
/// and the checksum is calculated. The chunk should be large (64 KB or more) for a good ratio.
pub(super) fn bomb(chunk: &[u8], times: usize) -> Vec<u8> {
    const MODULUS: u64 = 65521;
    let mut compress = Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(chunk.len() + 1024);
    compress.compress_vec(chunk, &mut block, FlushCompress::Full).expect("room for the block");

    let (mut sum, mut weighted) = (0u64, 0u64);
    for byte in chunk {
        sum += u64::from(*byte);
        weighted += sum;
    }
    (sum, weighted) = (sum % MODULUS, weighted % MODULUS);
    let length = chunk.len() as u64 % MODULUS;
    let (mut low, mut high) = (1u64, 0u64);
    let mut out = vec![0x78, 0x9C];
    for _ in 0..times {
        out.extend_from_slice(&block);
        high = (high + length * low + weighted) % MODULUS;
        low = (low + sum) % MODULUS;
    }
    out.extend_from_slice(&[0x03, 0x00]);
    out.extend_from_slice(&((high << 16 | low) as u32).to_be_bytes());
    out
}
