import type { FC } from "hono/jsx";
import { z } from "zod";
import type { Localized } from "../../core/languages.ts";
import { formatDay, formatMoment } from "../format.ts";
import { Done, ErrorSummary } from "../page.tsx";
import type { Choice } from "./article-views.tsx";
import { editableFields, inputsOf, isEditable, isFlag, textsOf } from "./offer-form.ts";
import { offerWords } from "./offer-words.ts";
import { mayDo } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import { Pager } from "./pager.tsx";
import { PlacesSection, type RefusedPlaces, type ShownPlaces } from "./place-pages.tsx";
import type { Visit } from "./visit.tsx";
import { consoleWords } from "./words.ts";

type Frame = Visit["frame"];

const layers = ["source", "import", "provider", "staff"] as const;

/** A page of offers as its operation gives it. */
export const OfferList = z.object({
  ...{ page: z.number(), pages: z.number(), offers: z.number() },
  lines: z.array(
    z.object({
      ...{ id: z.string(), title: z.string(), organization: z.string(), status: z.string() },
      ...{ checkedAt: z.string().optional(), removed: z.boolean() },
    }),
  ),
});

/** An offer as its operation shows it. */
export const ShownOffer = z.object({
  ...{ id: z.string(), removed: z.boolean(), number: z.number() },
  fields: z.array(z.object({ field: z.string(), value: z.unknown(), layer: z.enum(layers) })),
  changes: z.array(
    z.object({ number: z.number(), field: z.string(), before: z.unknown(), after: z.unknown(), by: z.string(), at: z.coerce.date() }),
  ),
});

export type ShownOffer = z.output<typeof ShownOffer>;

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.map(textOf).join(", ");
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${textOf(each)}`)
    .join(" · ");
};

const addressOf = (base: string, id: string) => `${base}/console/catalogue/offers/${encodeURIComponent(id)}`;

/** The offers that a search finds. */
export const OfferListPage: FC<{ readonly frame: Frame; readonly q: string; readonly list: z.output<typeof OfferList> }> = ({
  frame,
  q,
  list,
}) => {
  const texts = offerWords[frame.lang];
  const pageOf = (page: number) => `${frame.base}/console/catalogue/offers?q=${encodeURIComponent(q)}&page=${page}`;
  return (
    <ConsolePage {...frame} title={texts.title}>
      <h1>{texts.title}</h1>
      <p>{texts.lead}</p>
      <form method="get" action={`${frame.base}/console/catalogue/offers`} class="form">
        <label for="q">{texts.search}</label>
        <input id="q" name="q" maxlength={200} dir="auto" value={q} />
        <button type="submit">{texts.button}</button>
      </form>
      <p>{texts.found(list.offers)}</p>
      <ul class="rows panel">
        {list.lines.map(({ id, title, organization, status, checkedAt, removed }) => (
          <li data-entry>
            <div>
              <a class="row-title" href={addressOf(frame.base, id)} dir="auto">
                {title}
              </a>
              <p>
                <bdi>{organization}</bdi> ·{" "}
                {status === "checked" && checkedAt !== undefined
                  ? texts.checked(formatDay(new Date(checkedAt), frame.lang))
                  : texts.unchecked}
                {removed ? ` · ${texts.removed}` : ""}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <Pager {...list} words={texts} addressOf={pageOf} />
    </ConsolePage>
  );
};

/** A field whose new value was refused, with what was typed. */
interface RefusedField {
  readonly field: string;
  readonly reason: string;
  readonly typed: Readonly<Record<string, string>>;
}

/** What was sent from an offer's page and could not be taken. */
export interface OfferRefusals {
  readonly refused?: RefusedField | undefined;
  readonly refusedPlaces?: RefusedPlaces | undefined;
}

interface OfferPageProps extends OfferRefusals {
  readonly frame: Frame;
  readonly offer: ShownOffer;
  readonly places: ShownPlaces;
  /** What can be counted. */
  readonly units: readonly Localized[];
  /** All needs by their labels. */
  readonly needs: readonly Choice[];
  readonly names: ReadonlyMap<string, string>;
  readonly done: string | undefined;
}

const firstInputOf = (field: string) => `${field}-${inputsOf(field, undefined)[0]}`;

interface InputProps extends Pick<OfferPageProps, "frame" | "needs"> {
  readonly field: string;
  readonly name: string;
  readonly value: string | undefined;
  /** The id of what is said about a value that does not fit. */
  readonly fault: string | undefined;
}

/** The part of an input's name that says what it is of; the rest is its place in a list. */
const partOf = (name: string) => name.replace(/-\d+$/, "");

const Options: FC<{ readonly choices: readonly Choice[]; readonly chosen: string }> = ({ choices, chosen }) => (
  <>
    {choices.map(({ id, label }) => (
      <option value={id} selected={id === chosen}>
        {label}
      </option>
    ))}
  </>
);

function choicesFor({ frame, needs, field, name }: Pick<InputProps, "frame" | "needs" | "field" | "name">): readonly Choice[] | undefined {
  const texts = offerWords[frame.lang];
  if (isFlag(field)) return Object.entries(texts.flags).map(([id, label]) => ({ id, label }));
  return partOf(name) === "need" ? [{ id: "", label: texts.noNeed }, ...needs] : undefined;
}

const FieldInput: FC<InputProps> = (props) => {
  const { field, name, value = "", fault } = props;
  const common = {
    ...{ id: `${field}-${name}`, name },
    ...(fault === undefined ? {} : ({ "aria-invalid": "true", "aria-describedby": fault } as const)),
  };
  const choices = choicesFor(props);
  if (choices !== undefined)
    return (
      <select {...common}>
        <Options choices={choices} chosen={value} />
      </select>
    );
  const isLang = name === "de" || name === "en";
  const rows = field === "dates" ? Math.min(12, value.split("\n").length + 1) : isLang && !["title", "words"].includes(field) ? 3 : 1;
  return (
    <textarea {...common} rows={rows} maxlength={4000} dir="auto" {...(isLang ? { lang: name } : {})}>
      {value}
    </textarea>
  );
};

interface InputsProps extends Omit<InputProps, "name" | "value"> {
  readonly names: readonly string[];
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** The inputs of a field; each of several places is a group of its own. */
const FieldInputs: FC<InputsProps> = ({ names, values, ...props }) => {
  const texts = offerWords[props.frame.lang];
  const labelOf = (name: string) => texts.inputs[partOf(name)] ?? texts.fields[props.field] ?? props.field;
  const input = (name: string) => (
    <p class="field">
      <label for={`${props.field}-${name}`}>{labelOf(name)}</label>
      <FieldInput {...props} name={name} value={values[name]} />
    </p>
  );
  if (props.field !== "locations") return <>{names.map(input)}</>;
  const groups = [...Map.groupBy(names, (name) => name.slice(partOf(name).length + 1)).values()];
  return (
    <>
      {groups.map((group, index) => (
        <fieldset>
          <legend>{index === groups.length - 1 ? texts.newPlace : texts.place(index + 1)}</legend>
          {group.map(input)}
        </fieldset>
      ))}
    </>
  );
};

const FieldForm: FC<OfferPageProps & { readonly field: string }> = ({ frame, offer, needs, refused, field }) => {
  const texts = offerWords[frame.lang];
  const path = addressOf(frame.base, offer.id);
  const known = offer.fields.find((each) => each.field === field);
  const values = refused?.field === field ? refused.typed : textsOf(field, known?.value);
  const fault = refused?.field === field ? `${field}-fault` : undefined;
  return (
    <details class="panel fold" open={fault !== undefined}>
      <summary>
        <h3>{texts.fields[field] ?? field}</h3>
        <span class="fold-value" dir="auto">
          {textOf(known?.value)}
        </span>
      </summary>
      <p class="hint">
        {texts.from}: {texts.layers[known?.layer ?? "source"]}
      </p>
      {texts.hints[field] === undefined ? null : <p class="hint">{texts.hints[field]}</p>}
      {fault === undefined ? null : (
        <p class="error" id={fault} role="alert">
          {texts.fault} <bdi lang="en">{refused?.reason}</bdi>
        </p>
      )}
      <form method="post" action={`${path}/edit`} class="form">
        <input type="hidden" name="field" value={field} />
        <input type="hidden" name="number" value={offer.number} />
        <FieldInputs {...{ frame, needs, field, fault, values, names: inputsOf(field, known?.value) }} />
        <button type="submit">{texts.save}</button>
      </form>
      {known?.layer === "staff" ? (
        <form method="post" action={`${path}/reset`} class="inline">
          <input type="hidden" name="field" value={field} />
          <input type="hidden" name="number" value={offer.number} />
          <button type="submit" class="quiet">
            {texts.reset}
          </button>
        </form>
      ) : null}
    </details>
  );
};

const Step: FC<{ readonly path: string; readonly number: number; readonly label: string; readonly quiet?: boolean }> = (props) => (
  <form method="post" action={props.path} class="inline">
    <input type="hidden" name="number" value={props.number} />
    <button type="submit" class={props.quiet === true ? "quiet" : ""}>
      {props.label}
    </button>
  </form>
);

const History: FC<Pick<OfferPageProps, "frame" | "offer" | "names">> = ({ frame, offer: { id, changes }, names }) => {
  const texts = offerWords[frame.lang];
  if (changes.length === 0) return <p>{texts.noHistory}</p>;
  return (
    // The frame scrolls by itself, so the keyboard has to reach it.
    <section class="table-frame" tabindex={0} aria-label={texts.history}>
      <table>
        <thead>
          <tr>
            {[texts.who, texts.what, texts.before, texts.after].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after, by, at }) => (
            <tr>
              <td>
                <bdi>{names.get(by) ?? by.replace(/^organization:/, "")}</bdi>, {formatMoment(at, frame.lang)}
              </td>
              <td>{texts.fields[field] ?? field}</td>
              <td dir="auto">{textOf(before)}</td>
              <td dir="auto">{textOf(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {(changes.at(-1)?.number ?? 1) > 1 ? (
        <p>
          <a href={`${addressOf(frame.base, id)}?before=${changes.at(-1)?.number}`}>{texts.olderChanges}</a>
        </p>
      ) : null}
    </section>
  );
};

/** What was refused, with the field that it stands beside: on a phone that is far below. */
const Refused: FC<OfferPageProps> = ({ frame, refused, refusedPlaces }) => {
  const errors = [
    ...(refusedPlaces === undefined ? [] : [{ id: refusedPlaces.field, text: refusedPlaces.reason }]),
    ...(refused === undefined ? [] : [{ id: firstInputOf(refused.field), text: offerWords[frame.lang].fault }]),
  ];
  return <ErrorSummary title={consoleWords[frame.lang].errorsTitle} errors={errors} />;
};

/** An offer: who says what, and forms for what editors may change. */
export const OfferPage: FC<OfferPageProps> = (props) => {
  const { frame, offer, places, units, done, refusedPlaces } = props;
  const texts = offerWords[frame.lang];
  const path = addressOf(frame.base, offer.id);
  const title = textsOf("title", offer.fields.find(({ field }) => field === "title")?.value)["de"] ?? offer.id;
  const writes = mayDo("write", frame.staff);
  return (
    <ConsolePage {...frame} title={title}>
      <h1 dir="auto">{title}</h1>
      <Done text={done} />
      <Refused {...props} />
      <p>
        {offer.id}
        {offer.removed ? ` · ${texts.removed}` : ""}
      </p>
      {writes ? (
        <div class="actions">
          <Step path={`${path}/checked`} number={offer.number} label={texts.check} />
          {offer.removed ? (
            <Step path={`${path}/restore`} number={offer.number} label={texts.restore} quiet />
          ) : (
            <Step path={`${path}/remove`} number={offer.number} label={texts.remove} quiet />
          )}
        </div>
      ) : null}
      <PlacesSection {...{ frame, path, number: offer.number, places, units, writes, refused: refusedPlaces }} />
      {writes ? editableFields.map((field) => <FieldForm {...props} field={field} />) : null}
      <section>
        <h2>{texts.others}</h2>
        <dl class="facts">
          {offer.fields
            .filter(({ field }) => field !== "capacity" && (!writes || !isEditable(field)))
            .map(({ field, value, layer }) => (
              <div>
                <dt>{texts.fields[field] ?? field}</dt>
                <dd dir="auto">
                  {textOf(value)} ({texts.layers[layer]})
                </dd>
              </div>
            ))}
        </dl>
      </section>
      <section>
        <h2>{texts.history}</h2>
        <History {...props} />
      </section>
    </ConsolePage>
  );
};
