import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Localized } from "../../core/languages.ts";
import type { Offer } from "../../core/offer.ts";
import type { ProposedField, ProposedTexts, TextFaults } from "../../core/provider.ts";
import { cleanText } from "../../text/redact.ts";

/** Most characters of each field of the form. */
const longest: Readonly<Record<string, number>> = {
  ...{ title_de: 120, title_en: 120, summary_de: 1200, summary_en: 1200, forWhom_de: 500, forWhom_en: 500 },
  ...{ cost_de: 300, cost_en: 300, papers_de: 800, papers_en: 800, phone: 60, email: 120, url: 500, bookingUrl: 500, note: 1000 },
};

const localizedFields = ["title", "summary", "forWhom", "papers"] as const;
const plainFields = ["phone", "email", "url", "bookingUrl"] as const;
const required = ["title_de", "summary_de", "url"];
const Address = z.url({ protocol: /^https?$/ });
const Mail = z.email();

/** A change of one field; null says that there is none. */
interface WantedField {
  readonly field: ProposedField;
  readonly value: unknown;
}

function faultOf(name: string, text: string): TextFaults[string] | undefined {
  if (text === "") return required.includes(name) ? "missing" : undefined;
  if (text.length > (longest[name] ?? 0)) return "too-long";
  if ((name === "url" || name === "bookingUrl") && !Address.safeParse(text).success) return "no-address";
  return name === "email" && !Mail.safeParse(text).success ? "no-mail" : undefined;
}

/** The texts of the known fields, cleaned; others are not looked at. A German text is needed where there is an English one. */
export function readTexts(given: ProposedTexts): { readonly texts: ProposedTexts; readonly faults: TextFaults } {
  const texts = Object.fromEntries(Object.keys(longest).map((name) => [name, cleanText(given[name] ?? "").trim()]));
  const faults = Object.entries(texts).flatMap(([name, text]) => {
    const needsGerman = name.endsWith("_de") && text === "" && texts[name.replace(/_de$/, "_en")] !== "";
    const fault = needsGerman ? "missing" : faultOf(name, text);
    return fault === undefined ? [] : [[name, fault] as const];
  });
  return { texts, faults: Object.fromEntries(faults) };
}

/** Translations say what the German text said before: where it changes they go. */
function localizedOf(before: Localized | undefined, de: string, en: string): Localized | null {
  if (de === "") return null;
  const { de: _de, en: _en, ...others } = before ?? { de: "" };
  return { ...(before?.de === de ? others : {}), de, ...(en === "" ? {} : { en }) };
}

function costOf(cost: Offer["cost"], text: Localized | null): Offer["cost"] | null {
  if (text === null) return cost === undefined ? null : { free: cost.free };
  return { free: cost?.free ?? false, text };
}

/** Every field as the form wants it, changed or not. */
function wantedFields(offer: Offer, texts: ProposedTexts): readonly WantedField[] {
  const text = (name: string) => texts[name] ?? "";
  const localized = (field: string, before: Localized | undefined) => localizedOf(before, text(`${field}_de`), text(`${field}_en`));
  return [
    ...localizedFields.map((field) => ({ field, value: localized(field, offer[field]) })),
    { field: "cost", value: costOf(offer.cost, localized("cost", offer.cost?.text)) },
    ...plainFields.map((field) => ({ field, value: text(field) || null })),
    { field: "note", value: text("note") || null },
  ];
}

/** The fields that the form would change, and those that it leaves as they are. */
export function compareTexts(
  offer: Offer,
  texts: ProposedTexts,
): { readonly changed: readonly WantedField[]; readonly same: readonly ProposedField[] } {
  const isSame = ({ field, value }: WantedField) => isDeepStrictEqual(value, (field === "note" ? undefined : offer[field]) ?? null);
  const fields = wantedFields(offer, texts);
  return { changed: fields.filter((each) => !isSame(each)), same: fields.filter(isSame).map(({ field }) => field) };
}
