import type { FC } from "hono/jsx";
import { z } from "zod";
import { type Localized, localize } from "../../core/languages.ts";
import { formatMoment } from "../format.ts";
import { FieldError } from "../page.tsx";
import { ConsolePage } from "./page.tsx";
import { Pager } from "./pager.tsx";
import { placeWords } from "./place-words.ts";
import type { Visit } from "./visit.tsx";

type Frame = Visit["frame"];

const Places = z.object({
  capacity: z
    .object({
      ...{ unit: z.object({ de: z.string(), en: z.string().optional() }), available: z.number() },
      ...{ maximum: z.number().optional(), asOf: z.string() },
    })
    .optional(),
  ...{ current: z.boolean(), layer: z.enum(["source", "import", "provider", "staff"]), at: z.string().optional() },
});

/** What is known of an offer's free places, as its operation gives it. */
export const ShownPlaces = Places;

export type ShownPlaces = z.output<typeof ShownPlaces>;

/** A page of offers that count places. */
export const PlaceList = z.object({
  ...{ page: z.number(), pages: z.number(), offers: z.number(), outdated: z.number() },
  lines: z.array(Places.extend({ id: z.string(), title: z.string(), organization: z.string() })),
});

/** The count of an offer, who said it and when, and whether it still holds. */
const Said: FC<{ readonly frame: Frame; readonly places: ShownPlaces }> = ({ frame, places: { capacity, current, layer, at } }) => {
  const texts = placeWords[frame.lang];
  const moment = (value: string) => formatMoment(value, frame.lang);
  if (capacity === undefined)
    return (
      <p>
        {texts.unknown} · {at === undefined ? "" : `${texts.since(moment(at))} · `}
        {texts.by(layer)}
      </p>
    );
  return (
    <p>
      <strong>
        <bdi>{texts.count(capacity.available, capacity.maximum, localize(capacity.unit, frame.lang).text)}</bdi>
      </strong>{" "}
      <span class="state">{current ? texts.current : texts.outdated}</span>
      <br />
      {texts.asOf(moment(capacity.asOf))} · {texts.by(layer)}
    </p>
  );
};

interface ListProps {
  readonly frame: Frame;
  readonly q: string;
  readonly list: z.output<typeof PlaceList>;
}

/** The offers that count places, those with outdated counts first. */
export const PlaceListPage: FC<ListProps> = ({ frame, q, list }) => {
  const texts = placeWords[frame.lang];
  const catalogue = `${frame.base}/console/catalogue`;
  return (
    <ConsolePage {...frame} title={texts.title}>
      <h1>{texts.title}</h1>
      <p>{texts.lead}</p>
      <form method="get" action={`${catalogue}/places`} class="form">
        <label for="q">{texts.search}</label>
        <input id="q" name="q" maxlength={200} dir="auto" value={q} />
        <button type="submit">{texts.button}</button>
      </form>
      <p>{texts.found(list.offers, list.outdated)}</p>
      <ul class="rows panel">
        {list.lines.map(({ id, title, organization, ...places }) => (
          <li data-entry>
            <div>
              <a class="row-title" href={`${catalogue}/offers/${encodeURIComponent(id)}#places`} dir="auto">
                {title}
              </a>
              <p dir="auto">{organization}</p>
            </div>
            <div>
              <Said frame={frame} places={places} />
            </div>
          </li>
        ))}
      </ul>
      <Pager {...list} words={texts} addressOf={(page) => `${catalogue}/places?q=${encodeURIComponent(q)}&page=${page}`} />
    </ConsolePage>
  );
};

/** What was typed into the form of free places and cannot be taken. */
export interface RefusedPlaces {
  readonly field: "available" | "unit";
  readonly reason: string;
  readonly typed: Readonly<Record<string, string>>;
}

interface PlacesSectionProps {
  readonly frame: Frame;
  /** Where the offer's forms go. */
  readonly path: string;
  readonly number: number;
  readonly places: ShownPlaces;
  readonly units: readonly Localized[];
  readonly writes: boolean;
  readonly refused: RefusedPlaces | undefined;
}

const PlacesForm: FC<PlacesSectionProps> = ({ frame, path, number, places: { capacity }, units, refused }) => {
  const texts = placeWords[frame.lang];
  const known = (
    <>
      <input type="hidden" name="number" value={number} />
      <input type="hidden" name="seen" value={capacity?.asOf ?? ""} />
    </>
  );
  const faultOf = (field: RefusedPlaces["field"]) => (refused?.field === field ? refused.reason : undefined);
  const marks = (field: RefusedPlaces["field"]) =>
    faultOf(field) === undefined ? {} : { "aria-invalid": "true" as const, "aria-describedby": `${field}-error` };
  return (
    <>
      <form method="post" action={`${path}/places`} class="form">
        {known}
        <div class="field">
          <label for="available">
            <bdi>{capacity === undefined ? texts.field : texts.fieldOf(localize(capacity.unit, frame.lang).text)}</bdi>
          </label>
          {capacity?.maximum === undefined ? null : <p class="hint">{texts.ofMaximum(capacity.maximum)}</p>}
          <FieldError id="available" text={faultOf("available")} />
          <input
            {...{ id: "available", name: "available", inputmode: "numeric", autocomplete: "off", maxlength: 6 }}
            value={refused?.typed["available"] ?? String(capacity?.available ?? "")}
            {...marks("available")}
          />
        </div>
        {capacity === undefined ? (
          <div class="field">
            <label for="unit">{texts.unit}</label>
            <FieldError id="unit" text={faultOf("unit")} />
            <select id="unit" name="unit" {...marks("unit")}>
              {units.map((unit, index) => (
                <option value={String(index)} selected={refused?.typed["unit"] === String(index)}>
                  {localize(unit, frame.lang).text}
                </option>
              ))}
            </select>
          </div>
        ) : null}
        <button type="submit">{texts.save}</button>
      </form>
      {capacity === undefined ? null : (
        <form method="post" action={`${path}/places`}>
          {known}
          <input type="hidden" name="remove" value="1" />
          <button type="submit" class="quiet">
            {texts.forget}
          </button>
        </form>
      )}
    </>
  );
};

/** An offer's free places, and for editors the form that says them anew. */
export const PlacesSection: FC<PlacesSectionProps> = (props) => {
  const { frame, places, writes } = props;
  const texts = placeWords[frame.lang];
  const isSaid = places.capacity !== undefined || places.at !== undefined;
  return (
    <section class="panel" id="places">
      <h2>{texts.title}</h2>
      {isSaid ? <Said frame={frame} places={places} /> : <p>{texts.none}</p>}
      <p class="hint">{texts.rule}</p>
      {writes ? <PlacesForm {...props} /> : null}
    </section>
  );
};
