import type { FC } from "hono/jsx";
import { type Localized, localize } from "../core/languages.ts";
import type { Offer } from "../core/offer.ts";
import type { OwnOffer, ProposedField, ProposedTexts, TextFaults } from "../core/provider.ts";
import { ErrorSummary, FieldError, Page, type PageFrame } from "./page.tsx";
import { faultText, type PageWords, pageWords } from "./words.ts";

export interface TextsPageProps extends Omit<PageFrame, "title" | "children"> {
  readonly own: OwnOffer;
  /** What was typed, where it could not be taken. */
  readonly typed?: ProposedTexts | undefined;
  readonly faults?: TextFaults | undefined;
}

const longFields: ReadonlySet<ProposedField> = new Set(["summary", "forWhom", "papers", "note"]);
const twoLanguages = ["title", "summary", "forWhom", "cost", "papers"] as const;
const oneLanguage = ["phone", "email", "url", "bookingUrl", "note"] as const;
const requiredFields = new Set(["title_de", "summary_de", "url"]);

function textsOf(field: string, text: Localized | undefined): ProposedTexts {
  return { [`${field}_de`]: text?.de ?? "", [`${field}_en`]: text?.en ?? "" };
}

/** What the form starts with: the entry, with what is proposed already in its place. */
function currentTexts({ offer, proposals }: OwnOffer): ProposedTexts {
  const open = Object.fromEntries(proposals.flatMap(({ field, value, state }) => (state === "open" ? [[field, value ?? undefined]] : [])));
  const {
    title,
    summary,
    forWhom,
    cost,
    papers,
    phone = "",
    email = "",
    url,
    bookingUrl = "",
    note = "",
  } = {
    ...offer,
    ...open,
  } as Offer & { readonly note?: string };
  return {
    ...textsOf("title", title),
    ...textsOf("summary", summary),
    ...textsOf("forWhom", forWhom),
    ...textsOf("cost", cost?.text),
    ...textsOf("papers", papers),
    ...{ phone, email, url, bookingUrl, note },
  };
}

interface FieldProps {
  readonly name: string;
  readonly field: ProposedField;
  readonly label: string;
  readonly lang?: "de" | "en" | undefined;
  readonly value: string;
  readonly fault: string | undefined;
  readonly hint?: string | undefined;
  readonly words: PageWords;
}

const Field: FC<FieldProps> = ({ name, field, label, lang, value, fault, hint, words }) => {
  const id = `text-${name}`;
  const described = [hint === undefined ? "" : `${id}-hint`, fault === undefined ? "" : `${id}-error`].filter((each) => each !== "");
  const attributes = {
    id,
    name,
    ...(lang === undefined ? {} : { lang }),
    ...(requiredFields.has(name) ? { "aria-required": "true" } : {}),
    ...(described.length === 0 ? {} : { "aria-describedby": described.join(" ") }),
    ...(fault === undefined ? {} : { "aria-invalid": "true" }),
  };
  return (
    <div class="field">
      <label for={id}>
        {label}
        {requiredFields.has(name) ? <span class="required"> ({words.form.required})</span> : null}
      </label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={id} text={fault} />
      {longFields.has(field) ? (
        <textarea rows={4} dir="auto" {...attributes}>
          {value}
        </textarea>
      ) : (
        <input type="text" dir="auto" value={value} {...attributes} />
      )}
    </div>
  );
};

/** The form for an offer's texts. */
export const TextsPage: FC<TextsPageProps> = ({ own, typed, faults = {}, ...frame }) => {
  const words = pageWords[frame.lang];
  const { fields } = words.form;
  const texts = typed ?? currentTexts(own);
  const errors = Object.entries(faults).map(([name, fault]) => ({
    id: `text-${name}`,
    text: `${fields[nameOf(name)]}: ${faultText(words, fault)}`,
  }));
  const propsOf = (name: string) => {
    const fault = faults[name];
    return { name, value: texts[name] ?? "", fault: fault === undefined ? undefined : faultText(words, fault), words };
  };
  const title = localize(own.offer.title, frame.lang);
  return (
    <Page {...frame} title={words.form.title}>
      <h1>{words.form.title}</h1>
      <p class="lead" lang={title.lang} dir="auto">
        {title.text}
      </p>
      <p>{words.form.lead}</p>
      <ErrorSummary title={words.errors.title} errors={errors} />
      <form method="post" action={`${frame.base}/provider/offers/${own.offer.id}`} class="texts" novalidate>
        {twoLanguages.map((field) => (
          <fieldset>
            <legend>{fields[field]}</legend>
            <Field {...propsOf(`${field}_de`)} field={field} label={words.form.german} lang="de" />
            <Field {...propsOf(`${field}_en`)} field={field} label={words.form.english} lang="en" />
          </fieldset>
        ))}
        {oneLanguage.map((field) => (
          <Field {...propsOf(field)} field={field} label={fields[field]} hint={field === "note" ? words.form.noteHint : undefined} />
        ))}
        <p class="actions">
          <button type="submit">{words.form.send}</button>
          <a class="button-like" href={`${frame.base}/provider`}>
            {words.form.cancel}
          </a>
        </p>
      </form>
    </Page>
  );
};

function nameOf(name: string): ProposedField {
  const field = name.replace(/_(?:de|en)$/, "");
  return [...twoLanguages, ...oneLanguage].find((each) => each === field) ?? "note";
}
