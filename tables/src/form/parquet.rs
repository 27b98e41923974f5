//! Parquet, compressed with Snappy.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{WriteError, package};
use crate::cell::Cell;
use crate::dataset::Table;
use crate::spec::{Column, Kind};

/// The creator in the file's metadata, by which our own output is recognised.
pub const CREATED_BY: &str = concat!("findings version ", env!("CARGO_PKG_VERSION"));
/// The metadata key for the titles and descriptions of the columns.
pub const DESCRIPTION_KEY: &str = "table_schema";
/// The number of rows in a row group; readers usually load a group at a time.
const GROUP: usize = 100_000;

/// Writes a table.
///
/// # Errors
/// Writing failed.
pub fn write(table: &Table, to: impl Write + Send) -> Result<(), WriteError> {
    write_groups(table, to).map_err(|e| WriteError::of("Parquet")(&e))
}

fn write_groups(table: &Table, to: impl Write + Send) -> parquet::errors::Result<()> {
    let description = package::schema(&table.spec).to_string();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(CREATED_BY.to_owned())
        .set_key_value_metadata(Some(vec![KeyValue::new(DESCRIPTION_KEY.to_owned(), description)]))
        .build();
    let mut writer = SerializedFileWriter::new(to, schema(table)?, Arc::new(properties))?;
    for rows in table.rows.chunks(GROUP) {
        let mut group = writer.next_row_group()?;
        for (i, column) in table.spec.columns.iter().enumerate() {
            let Some(mut to) = group.next_column()? else { break };
            write_column(&mut to, column.kind, rows.iter().map(|row| row.get(i).unwrap_or(&Cell::Null)))?;
            to.close()?;
        }
        group.close()?;
    }
    writer.close().map(drop)
}

fn schema(table: &Table) -> parquet::errors::Result<TypePtr> {
    let fields = table.spec.columns.iter().map(field).collect::<Result<_, _>>()?;
    Type::group_type_builder(&table.spec.name).with_fields(fields).build().map(Arc::new)
}

fn field(column: &Column) -> parquet::errors::Result<TypePtr> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
    };
    Type::primitive_type_builder(&column.name, physical)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL)
        .build()
        .map(Arc::new)
}

fn write_column<'a>(
    to: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    cells: impl Iterator<Item = &'a Cell>,
) -> parquet::errors::Result<()> {
    macro_rules! write_as {
        ($type:ty, $pattern:pat => $value:expr) => {{
            let (mut values, mut levels) = (Vec::new(), Vec::new());
            for cell in cells {
                let value = match cell {
                    $pattern => Some($value),
                    _ => None,
                };
                levels.push(i16::from(value.is_some()));
                values.extend(value);
            }
            to.typed::<$type>().write_batch(&values, Some(&levels), None).map(drop)
        }};
    }
    match kind {
        Kind::Text => write_as!(ByteArrayType, Cell::Text(t) => ByteArray::from(t.as_bytes().to_vec())),
        Kind::Integer => write_as!(Int64Type, Cell::Integer(n) => *n),
        Kind::Number => write_as!(DoubleType, Cell::Number(n) => *n),
        Kind::Boolean => write_as!(BoolType, Cell::Boolean(b) => *b),
        Kind::Date => write_as!(Int32Type, Cell::Date(d) => d.days_since_1970()),
    }
}
