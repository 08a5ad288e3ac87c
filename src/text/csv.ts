import { stringify } from "csv-stringify/sync";

/**
 * Rows as CSV (RFC 4180, UTF-8), with a byte order mark and the names of the columns before the first line, which a part that goes on leaves out. A text that a spreadsheet would take for a formula (=, +, -, @, tab, carriage return) has an
 * apostrophe before it.
 */
export function csvOf(columns: readonly string[], rows: readonly object[], first = true): string {
  return stringify([...rows], {
    bom: first,
    header: first,
    columns: [...columns],
    escape_formulas: true,
    quoted_match: /[\r\n]/,
    record_delimiter: "windows",
    cast: { boolean: String },
  });
}
