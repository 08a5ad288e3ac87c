import type { FC } from "hono/jsx";
import { localize } from "../core/languages.ts";
import type { Offer } from "../core/offer.ts";
import type { Invitation } from "../core/provider.ts";
import { Page, type PageFrame } from "./page.tsx";
import { type PageWords, pageWords } from "./words.ts";

type Frame = Omit<PageFrame, "title" | "children">;

export type Refusal = keyof PageWords["refused"];

/** Says why something cannot be shown, and nothing else. */
export const RefusedPage: FC<Frame & { readonly reason: Refusal }> = ({ reason, ...frame }) => {
  const words = pageWords[frame.lang];
  const { title, text } = words.refused[reason];
  return (
    <Page {...frame} title={title}>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      {frame.organization === undefined ? null : (
        <p>
          <a class="button-like" href={`${frame.base}/provider`}>
            {words.back}
          </a>
        </p>
      )}
    </Page>
  );
};

export interface ArrivalProps extends Frame {
  readonly code: string;
  readonly invitation: Invitation;
  /** What is asked about, of a link that asks whether all is still right. */
  readonly due: readonly Offer[];
}

const DueList: FC<Pick<ArrivalProps, "due" | "lang">> = ({ due, lang }) => (
  <ul class="rows panel">
    {due.map((offer) => {
      const title = localize(offer.title, lang);
      const summary = localize(offer.summary, lang);
      const facts = [offer.address && `${offer.address.street}, ${offer.address.postcode} ${offer.address.city}`, offer.phone, offer.url];
      return (
        <li>
          <div>
            <p class="row-title" lang={title.lang} dir="auto">
              {title.text}
            </p>
            <p lang={summary.lang} dir="auto">
              {summary.text}
            </p>
            <p class="where" dir="auto">
              {facts.filter((fact) => fact !== undefined).join(" · ")}
            </p>
          </div>
        </li>
      );
    })}
  </ul>
);

/** What a link leads to: one button, since programs open links as well and must not use them up. */
export const ArrivalPage: FC<ArrivalProps> = ({ code, invitation, due, ...frame }) => {
  const { join } = pageWords[frame.lang];
  const confirms = invitation.purpose === "confirm" && due.length > 0;
  return (
    <Page {...frame} title={confirms ? join.confirmTitle : join.title}>
      <h1>{confirms ? join.confirmTitle : join.title}</h1>
      <p>{join.lead}</p>
      <p class="lead">
        <strong dir="auto">{invitation.organization}</strong>
      </p>
      {confirms ? <p>{join.confirmLead}</p> : null}
      {confirms ? <DueList due={due} lang={frame.lang} /> : null}
      <form method="post" action={`${frame.base}/provider/join`} class="panel">
        <input type="hidden" name="code" value={code} />
        {confirms ? due.map(({ id }) => <input type="hidden" name="offer" value={id} />) : null}
        <p>{join.once}</p>
        <p class="actions">
          {confirms ? (
            <button type="submit" name="confirm" value="1">
              {join.confirmButton}
            </button>
          ) : null}
          <button type="submit" class={confirms ? "quiet" : undefined}>
            {confirms ? join.change : join.button}
          </button>
        </p>
      </form>
    </Page>
  );
};
