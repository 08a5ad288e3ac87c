import { languages } from "../../core/languages.ts";
import type { Offer } from "../../core/offer.ts";
import { uuidOf } from "./identifiers.ts";
import type { Attribute, TaxonomyTerm } from "./shapes.ts";

/** What HSDS has no field for: `link_type` says what it is. */
type Said = Pick<Attribute, "link_type" | "label" | "value">;

const translated = { title: "name", summary: "description", forWhom: "eligibility_description", papers: "required_documents" } as const;

/** Texts in other languages than German; the label is the field's name in HSDS with the language. */
function translationsOf(offer: Offer): readonly Said[] {
  return Object.entries(translated).flatMap(([field, name]) =>
    languages.flatMap((lang) => {
      const value = lang === "de" ? undefined : offer[field as keyof typeof translated]?.[lang];
      return value === undefined ? [] : [{ link_type: "translation", label: `${name}@${lang}`, value }];
    }),
  );
}

function saidOf(offer: Offer): readonly Said[] {
  const { kind, source, licence, validUntil, deadline, participation, measure, skills, wheelchair, address, geo, district, locations } =
    offer;
  const placeless = address === undefined && geo === undefined && district === undefined && locations === undefined;
  const known: readonly Said[] = [
    { link_type: "kind", value: kind },
    { link_type: "source", label: source.name, value: source.url },
    { link_type: "licence", value: licence },
    { link_type: "valid-until", value: validUntil },
    { link_type: "deadline", value: deadline },
    { link_type: "participation-phase", value: participation?.phase },
    { link_type: "participation-from", value: participation?.from },
    { link_type: "participation-to", value: participation?.to },
    { link_type: "measure-field", value: measure?.field },
    { link_type: "measure-status", value: measure?.status },
    { link_type: "skills", value: skills?.de },
    // Where there is a place, its accessibility says it.
    { link_type: "wheelchair", value: placeless && wheelchair !== undefined ? String(wheelchair) : undefined },
  ];
  return [...known.filter(({ value }) => value !== undefined), ...translationsOf(offer)];
}

/** Needs as terms, and what HSDS has no field for. */
export function attributesOf(offer: Offer, termOf: (need: string) => TaxonomyTerm | undefined): Attribute[] {
  const serviceId = uuidOf("service", offer.id);
  const link = { link_id: serviceId, link_entity: "service" };
  const needs = offer.needs.flatMap((need) => {
    const term = termOf(need);
    if (term === undefined) return [];
    return [
      { id: uuidOf("part", `${serviceId} need ${need}`), ...link, link_type: "need", taxonomy_term_id: term.id, taxonomy_term: term },
    ];
  });
  const others = saidOf(offer).map((said) => ({
    id: uuidOf("part", `${serviceId} ${said.link_type} ${said.label ?? ""}`),
    ...link,
    ...said,
  }));
  return [...needs, ...others];
}
