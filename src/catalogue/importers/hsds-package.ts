import { HsdsService, serviceToOffer } from "./hsds-service.ts";
import { readTables, type TableRow, type Tables } from "./hsds-tables.ts";
import type { Importer, SourceAccess, SourceItem, SourceLocation } from "./importer.ts";
import { createItemMaker, rejectedBy } from "./record.ts";
import { brokenSource, placeOf } from "./source.ts";

type Row = Readonly<Record<string, unknown>>;
/** Rows of a table that point at a row of another, by its id. */
type Children = (table: string, id: string | undefined) => readonly Row[];

/** A row without the cells that are empty: in a table they stand for what is absent. */
function filled({ values }: TableRow): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

/** The tables whose rows belong to a row of the parent by the column `<parent>_id`; those with `link` by `link_entity` and `link_id`. */
function childrenOf(tables: Tables, parent: string): Children {
  const groups = new Map<string, ReadonlyMap<string | undefined, readonly Row[]>>();
  const keyOf = (row: Readonly<Record<string, string>>) =>
    row[`${parent}_id`] ?? (row["link_entity"] === parent ? row["link_id"] : undefined);
  return (table, id) => {
    const known = groups.get(table) ?? Map.groupBy((tables.get(table) ?? []).map(filled), keyOf);
    groups.set(table, known);
    return id === undefined ? [] : (known.get(id) ?? []);
  };
}

function byId(tables: Tables, table: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return new Map((tables.get(table) ?? []).map((row) => [row.values["id"] ?? "", filled(row)]));
}

interface Joins {
  readonly organizations: ReadonlyMap<string, Row>;
  readonly locations: ReadonlyMap<string, Row>;
  readonly units: ReadonlyMap<string, Row>;
  readonly terms: ReadonlyMap<string, Row>;
  readonly ofService: Children;
  readonly ofLocation: Children;
  readonly ofPlace: Children;
}

function joinsOf(tables: Tables): Joins {
  return {
    organizations: byId(tables, "organization"),
    locations: byId(tables, "location"),
    units: byId(tables, "unit"),
    terms: byId(tables, "taxonomy_term"),
    ofService: childrenOf(tables, "service"),
    ofLocation: childrenOf(tables, "location"),
    ofPlace: childrenOf(tables, "service_at_location"),
  };
}

function joinPlace(place: Row, { locations, ofLocation, ofPlace }: Joins): Row {
  const [id, locationId] = [String(place["id"]), String(place["location_id"])];
  const lists = (children: Children, of: string) => ({ phones: children("phone", of), schedules: children("schedule", of) });
  const location = locations.get(locationId);
  return {
    ...lists(ofPlace, id),
    location: location && {
      ...location,
      ...lists(ofLocation, locationId),
      addresses: ofLocation("address", locationId),
      accessibility: ofLocation("accessibility", locationId),
    },
  };
}

/** A row of service.csv with all that points at it, as the API would nest it. */
function joinService(service: Readonly<Record<string, string>>, joins: Joins): Row {
  const { organizations, units, terms, ofService } = joins;
  const id = service["id"];
  return {
    ...service,
    organization: organizations.get(service["organization_id"] ?? ""),
    // Phones of one of the service's places belong to that place.
    phones: ofService("phone", id).filter((row) => row["service_at_location_id"] === undefined),
    schedules: ofService("schedule", id).filter((row) => row["service_at_location_id"] === undefined),
    languages: ofService("language", id),
    cost_options: ofService("cost_option", id),
    required_documents: ofService("required_document", id),
    capacities: ofService("service_capacity", id).map((row) => ({ ...row, unit: units.get(String(row["unit_id"])) })),
    attributes: ofService("attribute", id).map((row) => ({ taxonomy_term: terms.get(String(row["taxonomy_term_id"])) })),
    service_at_locations: ofService("service_at_location", id).map((row) => joinPlace(row, joins)),
  };
}

/** Rows that point at a row which is not there: their table and the column that points. */
const references = [
  ["service", "organization_id", "organization"],
  ["service_at_location", "service_id", "service"],
  ["service_at_location", "location_id", "location"],
  ["address", "location_id", "location"],
  ["service_capacity", "service_id", "service"],
  ["service_capacity", "unit_id", "unit"],
  ["phone", "service_id", "service"],
  ["phone", "location_id", "location"],
  ["schedule", "service_id", "service"],
] as const;

function* findOrphans(tables: Tables): Generator<SourceItem> {
  for (const [table, column, target] of references) {
    const ids = byId(tables, target);
    for (const { place, values } of tables.get(table) ?? []) {
      const id = values[column] ?? "";
      if (id !== "" && !ids.has(id)) yield { kind: "rejected", place, reason: `${column}: there is no ${target} ${id.slice(0, 60)}` };
    }
  }
}

async function* read(location: SourceLocation, access: SourceAccess): AsyncGenerator<SourceItem> {
  const { tables, rejected } = await readTables(location, access);
  const services = tables.get("service");
  if (services === undefined) throw brokenSource(placeOf(location), "the package has no table of services");
  yield* rejected;
  yield* findOrphans(tables);
  const [joins, toItem] = [joinsOf(tables), createItemMaker()];
  for (const [index, row] of services.entries()) {
    access.onProgress(index + 1, services.length);
    const organization = row.values["organization_id"] ?? "";
    // Told among the orphans.
    if (organization !== "" && !joins.organizations.has(organization)) continue;
    const parsed = HsdsService.safeParse(joinService(filled(row), joins));
    if (!parsed.success) yield rejectedBy(parsed.error, row.place);
    else if (parsed.data.status === "active") yield toItem(row.place, parsed.data.id, () => serviceToOffer(parsed.data, location.options));
  }
}

/** HSDS as tables: a data package of CSV files, as they are or in a ZIP archive. */
export const hsdsPackage: Importer = {
  id: "hsds-package",
  description: "Open Referral HSDS 3 data package (datapackage.json beside its CSV tables, or a ZIP archive)",
  read,
};
