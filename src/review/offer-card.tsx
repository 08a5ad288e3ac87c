import type { FC } from "hono/jsx";
import { type Localized, localize } from "../core/languages.ts";
import type { OwnOffer } from "../core/provider.ts";
import { formatDay, formatMoment } from "./format.ts";
import { FieldError } from "./page.tsx";
import type { PageLang, PageWords } from "./words.ts";

/** What could not be saved of an offer's free places, with what was typed. */
export interface PlacesFault {
  readonly offerId: string;
  readonly text: string;
  /** Undefined where the number that counts now is to stand there. */
  readonly typed: string | undefined;
}

export interface OfferCardProps {
  readonly own: OwnOffer;
  readonly lang: PageLang;
  readonly base: string;
  readonly words: PageWords;
  readonly units: readonly Localized[];
  readonly fault?: PlacesFault | undefined;
}

const UnitChoice: FC<Pick<OfferCardProps, "lang" | "words" | "units"> & { readonly id: string }> = ({ id, lang, words, units }) => (
  <div class="field">
    <label for={`${id}-unit`}>{words.unit}</label>
    <select id={`${id}-unit`} name="unit">
      {units.map((unit, index) => (
        <option value={String(index)}>{localize(unit, lang).text}</option>
      ))}
    </select>
  </div>
);

const CountDue: FC<{ readonly words: PageWords; readonly available: number }> = ({ words, available }) => (
  <div class="ask">
    <p>{words.countDue}</p>
    <button type="submit" name="right" value={String(available)}>
      {words.countRight}
    </button>
  </div>
);

/** What one step up or down sends: a form of its own, so that the Enter key in the field saves what was typed. */
const Steps: FC<OfferCardProps> = ({ own: { offer }, base }) =>
  offer.capacity === undefined ? null : (
    <form method="post" action={`${base}/provider/offers/${offer.id}/places`} id={`step-${offer.id}`} hidden>
      <input type="hidden" name="seen" value={offer.capacity.asOf} />
      <input type="hidden" name="available" value={String(offer.capacity.available)} />
    </form>
  );

const Places: FC<OfferCardProps> = ({ own: { offer, countDue }, lang, base, words, units, fault }) => {
  const { capacity } = offer;
  const id = `places-${offer.id}`;
  const label = capacity === undefined ? words.free : words.freeOf(localize(capacity.unit, lang).text);
  const title = localize(offer.title, lang).text;
  const step = (by: -1 | 1, name: string) => (
    <button type="submit" form={`step-${offer.id}`} name="step" value={String(by)} class="step" aria-label={`${name}: ${label}, ${title}`}>
      <span aria-hidden="true">{by === 1 ? "+" : "−"}</span>
    </button>
  );
  const action = `${base}/provider/offers/${offer.id}/places`;
  return (
    <form method="post" action={action} class="places">
      <input type="hidden" name="seen" value={capacity?.asOf ?? ""} />
      <label for={id}>{label}</label>
      {capacity === undefined ? <p class="hint">{words.noCount}</p> : null}
      <FieldError id={id} text={fault?.text} />
      <div class="counter">
        {capacity === undefined || capacity.available === 0 ? null : step(-1, words.fewer)}
        <input
          id={id}
          name="available"
          inputmode="numeric"
          autocomplete="off"
          maxlength={6}
          value={fault?.typed ?? (capacity === undefined ? "" : String(capacity.available))}
          {...(fault === undefined ? {} : { "aria-invalid": "true", "aria-describedby": `${id}-error` })}
        />
        {capacity === undefined || capacity.available === capacity.maximum ? null : step(1, words.more)}
        {capacity?.maximum === undefined ? null : <span class="maximum">{words.ofMaximum(capacity.maximum)}</span>}
        <button type="submit" aria-label={`${words.save}: ${label}, ${title}`}>
          {words.save}
        </button>
      </div>
      {capacity === undefined ? <UnitChoice id={id} lang={lang} words={words} units={units} /> : null}
      {capacity === undefined ? null : (
        <p class="as-of">
          {words.asOf(formatMoment(capacity.asOf, lang))}
          <button type="submit" name="remove" value="1" class="link" aria-label={`${words.takeAway}: ${title}`}>
            {words.takeAway}
          </button>
        </p>
      )}
      {countDue && capacity !== undefined ? <CountDue words={words} available={capacity.available} /> : null}
    </form>
  );
};

const Confirmation: FC<OfferCardProps> = ({ own: { offer, checkDue }, lang, base, words }) => {
  const since = offer.checkedAt === undefined ? words.checkedNever : words.checkedLast(formatDay(offer.checkedAt, lang));
  if (!checkDue) return <p class="checked">{since}</p>;
  return (
    <form method="post" action={`${base}/provider/offers/${offer.id}/confirm`} class="ask">
      <p>
        <strong>{words.checkDue}</strong> {since}
      </p>
      <button type="submit" aria-label={`${words.confirm}: ${localize(offer.title, lang).text}`}>
        {words.confirm}
      </button>
    </form>
  );
};

const Proposals: FC<OfferCardProps> = ({ own: { proposals }, words }) =>
  proposals.length === 0 ? null : (
    <div class="proposals">
      <h3>{words.changes}</h3>
      <ul>
        {proposals.map(({ field, state, reason }) => (
          <li>
            {words.form.fields[field]}: <em class={state}>{state === "open" ? words.waiting : words[state]}</em>
            {reason === undefined ? null : (
              <span class="reason" dir="auto">
                {` – ${reason}`}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );

/** One offer of an organisation: free places, whether it is still right, the way to its texts. */
export const OfferCard: FC<OfferCardProps> = (props) => {
  const { own, lang, base, words } = props;
  const { offer } = own;
  const title = localize(offer.title, lang);
  const summary = localize(offer.summary, lang);
  return (
    <li class={own.checkDue || own.countDue ? "card due" : "card"} id={`offer-${offer.id}`}>
      <h2 lang={title.lang} dir="auto">
        {title.text}
      </h2>
      <p class="where" dir="auto">
        {offer.district ?? words.wholeCity}
      </p>
      <p lang={summary.lang} dir="auto">
        {summary.text}
      </p>
      <Places {...props} />
      <Steps {...props} />
      <Confirmation {...props} />
      <Proposals {...props} />
      <p class="more">
        <a class="button-like" href={`${base}/provider/offers/${offer.id}`} aria-label={`${words.edit}: ${title.text}`}>
          {words.edit}
        </a>
      </p>
    </li>
  );
};
