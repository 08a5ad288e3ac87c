import type { FC } from "hono/jsx";
import type { DemandCell } from "../core/demand.ts";
import { localize } from "../core/languages.ts";
import type { SimilarOffer } from "../core/provider.ts";
import { Page, type PageFrame } from "./page.tsx";
import { type PageLang, type PageWords, pageWords } from "./words.ts";

export interface NetworkPageProps extends Omit<PageFrame, "title" | "children"> {
  readonly similar: readonly SimilarOffer[];
  readonly unmet: readonly DemandCell[];
  /** The label of a need; undefined for one that is gone. */
  readonly needLabel: (need: string, lang: PageLang) => string | undefined;
}

const Similar: FC<Pick<NetworkPageProps, "similar" | "lang" | "base"> & { readonly words: PageWords }> = ({
  similar,
  lang,
  base,
  words,
}) => (
  <section class="panel" aria-labelledby="similar">
    <h2 id="similar">{words.similar}</h2>
    <p>{similar.length === 0 ? words.noSimilar : words.similarLead}</p>
    <ul class="rows">
      {similar.map(({ offer, sameDistrict }) => {
        const title = localize(offer.title, lang);
        return (
          <li>
            <div>
              <p class="row-title" lang={title.lang} dir="auto">
                {title.text}
              </p>
              <p dir="auto">{offer.organization}</p>
              <p class="where">
                {offer.district === undefined ? null : `${offer.district}, `}
                {sameDistrict ? words.sameDistrict : words.nextDistrict}
              </p>
            </div>
            <a
              class="button-like"
              href={`${base}/provider/messages?with=${encodeURIComponent(offer.organization)}`}
              aria-label={words.writeTo(offer.organization)}
            >
              {words.write}
            </a>
          </li>
        );
      })}
    </ul>
  </section>
);

function placeOf({ area, district }: DemandCell, words: PageWords): string {
  if (area === "district") return district;
  return area === "others" ? words.others : words.notNamed;
}

const Unmet: FC<Pick<NetworkPageProps, "unmet" | "lang" | "needLabel"> & { readonly words: PageWords }> = ({
  unmet,
  lang,
  needLabel,
  words,
}) => (
  <section class="panel" aria-labelledby="unmet">
    <h2 id="unmet">{words.unmet}</h2>
    <p>{unmet.length === 0 ? words.noUnmet : words.unmetLead}</p>
    {unmet.length === 0 ? null : (
      <section class="table-frame" tabindex={0} aria-labelledby="unmet">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.week}</th>
              <th scope="col">{words.topic}</th>
              <th scope="col">{words.place}</th>
              <th scope="col">{words.result}</th>
              <th scope="col" class="number">
                {words.people}
              </th>
            </tr>
          </thead>
          <tbody>
            {unmet.map((cell) => (
              <tr>
                <td>{cell.week}</td>
                <td>{needLabel(cell.need, lang) ?? cell.need}</td>
                <td>{placeOf(cell, words)}</td>
                <td>{words.outcomes[cell.outcome]}</td>
                <td class="number">{cell.people}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    )}
  </section>
);

/** Who does similar things nearby, and what people lack there. */
export const NetworkPage: FC<NetworkPageProps> = ({ similar, unmet, needLabel, ...frame }) => {
  const { lang, base } = frame;
  const words = pageWords[lang];
  return (
    <Page {...frame} title={words.network}>
      <h1>{words.network}</h1>
      <Similar {...{ similar, lang, base, words }} />
      <Unmet {...{ unmet, lang, needLabel, words }} />
    </Page>
  );
};
