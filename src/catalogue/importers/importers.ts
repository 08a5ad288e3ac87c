import { befi } from "./befi.ts";
import { consul } from "./consul.ts";
import { csv } from "./csv.ts";
import { hsds } from "./hsds.ts";
import { hsdsPackage } from "./hsds-package.ts";
import { ical } from "./ical.ts";
import type { Importer } from "./importer.ts";
import { integreat } from "./integreat.ts";
import { jsonLd } from "./json-ld.ts";
import { rss } from "./rss.ts";
import { xlsx } from "./xlsx.ts";
import { zms } from "./zms.ts";
import { zmsCitizen } from "./zms-citizen.ts";

/** Every kind of source that can be imported, by the order of `--help`. */
export const importers: readonly Importer[] = [zms, zmsCitizen, befi, csv, xlsx, ical, rss, jsonLd, hsds, hsdsPackage, integreat, consul];
