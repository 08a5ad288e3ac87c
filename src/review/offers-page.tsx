import type { FC } from "hono/jsx";
import type { Localized } from "../core/languages.ts";
import type { OwnOffer } from "../core/provider.ts";
import { OfferCard, type PlacesFault } from "./offer-card.tsx";
import { Done, ErrorSummary, Page, type PageFrame } from "./page.tsx";
import { pageWords } from "./words.ts";

export interface OffersPageProps extends Omit<PageFrame, "title" | "children"> {
  readonly own: readonly OwnOffer[];
  readonly units: readonly Localized[];
  readonly done?: string | undefined;
  readonly fault?: PlacesFault | undefined;
}

/** All offers of an organisation with their free places; those that ask for something come first. */
export const OffersPage: FC<OffersPageProps> = ({ own, units, done, fault, ...frame }) => {
  const { lang, base } = frame;
  const words = pageWords[lang];
  const isDue = ({ checkDue, countDue }: OwnOffer) => checkDue || countDue;
  const due = own.filter(({ checkDue }) => checkDue);
  const errors = fault === undefined ? [] : [{ id: `places-${fault.offerId}`, text: fault.text }];
  return (
    <Page {...frame} title={words.offers}>
      <h1>{words.offers}</h1>
      <Done text={done} />
      <ErrorSummary title={words.errors.title} errors={errors} />
      {own.length === 0 ? <p>{words.none}</p> : null}
      <ul class="cards">
        {[...own.filter(isDue), ...own.filter((each) => !isDue(each))].map((each) => (
          <OfferCard {...{ own: each, lang, base, words, units }} fault={fault?.offerId === each.offer.id ? fault : undefined} />
        ))}
      </ul>
      {due.length < 2 ? null : (
        <form method="post" action={`${base}/provider/confirm`} class="ask whole">
          <p>{words.confirmAllLead}</p>
          {due.map(({ offer }) => (
            <input type="hidden" name="offer" value={offer.id} />
          ))}
          <button type="submit">{words.confirmAll(due.length)}</button>
        </form>
      )}
      <section class="panel" aria-labelledby="next-link">
        <h2 id="next-link">{words.next.title}</h2>
        <p>{words.next.lead}</p>
        <form method="post" action={`${base}/provider/next-link`}>
          <button type="submit" class="quiet">
            {words.next.button}
          </button>
        </form>
      </section>
    </Page>
  );
};

/** The link for the next time, shown once. */
export const NextLinkPage: FC<Omit<PageFrame, "title" | "children"> & { readonly link: string; readonly until: string }> = ({
  link,
  until,
  ...frame
}) => {
  const words = pageWords[frame.lang];
  return (
    <Page {...frame} title={words.next.title}>
      <h1>{words.next.title}</h1>
      <section class="panel">
        <p>{words.next.made}</p>
        <div class="field">
          <label for="next-link">{words.next.label}</label>
          <input id="next-link" readonly value={link} />
        </div>
        <p>{words.next.until(until)}</p>
      </section>
      <p>
        <a class="button-like" href={`${frame.base}/provider`}>
          {words.back}
        </a>
      </p>
    </Page>
  );
};
