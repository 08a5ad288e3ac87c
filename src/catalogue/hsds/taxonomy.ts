import type { Need } from "../../core/offer.ts";
import { uuidOf } from "./identifiers.ts";
import type { Taxonomy, TaxonomyTerm } from "./shapes.ts";

/** The one scheme of this catalogue: what people need. */
export const needTaxonomy: Taxonomy = {
  id: uuidOf("taxonomy", "needs"),
  name: "Bedarfe",
  description: "Was Menschen in München brauchen, in ihren Worten. Bedarfe stehen in Gruppen.",
};

const common = { taxonomy: needTaxonomy.name, taxonomy_detail: needTaxonomy, taxonomy_id: needTaxonomy.id, language: "de" };

/** The identifier of a need's term. */
export function idOfNeed(need: string): string {
  return uuidOf("taxonomy_term", need);
}

function idOfGroup(group: string): string {
  return uuidOf("taxonomy_term", `group ${group}`);
}

/** Groups have no name but their id: "alter-und-pflege" reads "Alter und Pflege". */
function nameOfGroup(group: string): string {
  return group
    .split("-")
    .map((word) => (word === "und" ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join(" ");
}

function toTerm(need: Need): TaxonomyTerm {
  return {
    id: idOfNeed(need.id),
    code: need.id,
    name: need.label.de,
    description: [need.label.de, ...need.words.de].join(", "),
    parent_id: idOfGroup(need.group),
    ...common,
  };
}

/** Groups and needs as terms, each group before its needs. */
export function toTerms(needs: readonly Need[]): readonly TaxonomyTerm[] {
  return [...Map.groupBy(needs, ({ group }) => group)].flatMap(([group, own]) => [
    {
      id: idOfGroup(group),
      code: group,
      name: nameOfGroup(group),
      description: own.map(({ label }) => label.de).join(", "),
      ...common,
    },
    ...own.map(toTerm),
  ]);
}
