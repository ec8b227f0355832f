//! Whole tables: read through in slices, filled, counted.

use diesel::prelude::*;

use super::{Conn, LoadMode, ROWS_PER_INSERT};
use crate::storage::error::StoreError;
use crate::storage::tables::with_every_table;

/// For each table a module with the same three functions.
macro_rules! whole_tables {
    ($($table:ident, $family:ident, $row:path;)*) => { $(
        #[doc = concat!("The table `", stringify!($table), "` as a whole.")]
        pub mod $table {
            use super::*;
            use crate::storage::schema::$family::$table as rows;

            /// Reads every row in slices, without holding more than one.
            pub fn read(
                conn: &mut Conn,
                sink: &mut dyn FnMut(Vec<$row>) -> Result<(), StoreError>,
            ) -> Result<u64, StoreError> {
                let mut count = 0_u64;
                let mut slice: Vec<$row> = Vec::new();
                for row in rows::table.select(<$row>::as_select()).load_iter::<$row, LoadMode>(conn)? {
                    slice.push(row?);
                    count += 1;
                    if slice.len() == ROWS_PER_INSERT {
                        sink(std::mem::take(&mut slice))?;
                    }
                }
                if !slice.is_empty() {
                    sink(slice)?;
                }
                Ok(count)
            }

            /// Adds rows.
            pub fn write(conn: &mut Conn, slice: &[$row]) -> Result<(), StoreError> {
                for few in slice.chunks(ROWS_PER_INSERT) {
                    diesel::insert_into(rows::table).values(few).execute(conn)?;
                }
                Ok(())
            }

            /// Counts rows.
            pub fn count(conn: &mut Conn) -> Result<i64, StoreError> {
                Ok(rows::table.count().get_result(conn)?)
            }
        }
    )* };
}

with_every_table!(whole_tables);
