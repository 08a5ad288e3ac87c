import { raw } from "hono/html";
import type { FC } from "hono/jsx";
import type { PageLang } from "../words.ts";
import { type Bar, barsOf, drawBars, drawDays, drawDistricts } from "./charts.ts";
import { formatDate, formatNumber, formatPoints, formatShare } from "./format.ts";
import { type Compared, type ListName, listNames, periodDays, type Report, type Share, shareNames } from "./report.ts";
import { de, type NumbersWords } from "./words/de.ts";
import { en } from "./words/en.ts";

/** The sentences of the page in its languages. */
const numbersWords: Readonly<Record<PageLang, NumbersWords>> = { de, en };

/** What names and places the page is written with. */
export interface NumbersNames {
  readonly lang: PageLang;
  /** The page's own path, which periods and files are linked from. */
  readonly path: string;
  readonly needLabel: (need: string, lang: PageLang) => string | undefined;
  /** All districts, for the map. */
  readonly districts: readonly string[];
}

/** A report with its drawings, ready to be shown. */
export interface NumbersView {
  readonly title: string;
  readonly report: Report;
  readonly names: NumbersNames;
  readonly drawings: Readonly<Record<ListName | "perDay" | "unmet", string>>;
}

function labelIn({ lang, needLabel }: NumbersNames): (list: ListName, key: string) => string {
  const words = numbersWords[lang];
  const languageNames = new Intl.DisplayNames([lang], { type: "language" });
  return (list, key) => {
    if (list === "needs") return needLabel(key, lang) ?? key;
    if (list === "languages") return languageNames.of(key) ?? key;
    if (list === "waits" && key !== "longer") return words.upTo(formatNumber(Number(key) / 1000, lang));
    return words.metricKeys[key] ?? key;
  };
}

/** Draws a report. */
export async function viewNumbers(report: Report, names: NumbersNames): Promise<NumbersView> {
  const { lang } = names;
  const words = numbersWords[lang];
  const label = labelIn(names);
  const drawList = async (list: ListName) => {
    const bars: readonly Bar[] = barsOf(report.lists[list], (key) => label(list, key));
    return [list, bars.length === 0 ? "" : await drawBars(bars, { title: words.lists[list].title, lang })] as const;
  };
  const lists = Object.fromEntries(await Promise.all(listNames.map(drawList))) as Record<ListName, string>;
  const perDay = await drawDays(report.perDay, { title: words.perDay.title, lang });
  const unmet = await drawDistricts(report.unmet, names.districts, { title: words.unmet.title, lang });
  return { title: words.title, report, names, drawings: { ...lists, perDay, unmet } };
}

const Table: FC<{
  readonly words: NumbersWords;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly caption: string;
}> = ({ words, head, rows, caption }) => (
  <details>
    <summary>{words.table}</summary>
    <table>
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {head.map((cell) => (
            <th scope="col">{cell}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...others]) => (
          <tr>
            <th scope="row">{first}</th>
            {others.map((cell) => (
              <td class="number">{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);

const Tile: FC<{ readonly title: string; readonly text: string; readonly value: string; readonly details: readonly string[] }> = ({
  title,
  text,
  value,
  details,
}) => (
  <div class="tile">
    <h3>{title}</h3>
    <p class="figure">{value}</p>
    {details.map((detail) => (
      <p class="detail">{detail}</p>
    ))}
    <p class="definition">{text}</p>
  </div>
);

const ShareTile: FC<{ readonly name: (typeof shareNames)[number]; readonly share: Compared<Share>; readonly lang: PageLang }> = ({
  name,
  share,
  lang,
}) => {
  const words = numbersWords[lang];
  const points = formatPoints(share, lang);
  const of = ({ part, of: all }: Share) => words.ofAll(formatNumber(part, lang), formatNumber(all, lang));
  const details = [
    of(share.now),
    `${words.before}: ${formatShare(share.before, lang)} (${of(share.before)})`,
    ...(points === undefined ? [] : [`${words.change}: ${words.points(points)}`]),
  ];
  return <Tile {...words.shares[name]} value={formatShare(share.now, lang)} details={details} />;
};

const Chart: FC<{
  readonly title: string;
  readonly text: string;
  readonly drawing: string;
  readonly empty: string;
  readonly children?: unknown;
}> = (props) => (
  <section class="chart-section">
    <h2>{props.title}</h2>
    <p class="definition">{props.text}</p>
    {props.drawing === "" ? <p>{props.empty}</p> : <div class="drawing">{raw(props.drawing)}</div>}
    {props.drawing === "" ? null : props.children}
  </section>
);

const Periods: FC<{ readonly report: Report; readonly names: NumbersNames }> = ({ report, names: { lang, path } }) => {
  const words = numbersWords[lang];
  return (
    <nav aria-label={words.period} class="periods">
      <ul>
        {periodDays.map((days) => (
          <li>
            <a href={`${path}?days=${days}`} {...(days === report.days ? { "aria-current": "page" } : {})}>
              {words.days(days)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** What staff read of a period: figures, charts with their tables, and the files. */
export const NumbersPage: FC<{ readonly view: NumbersView }> = ({ view: { report, names, drawings } }) => {
  const { lang, path } = names;
  const words = numbersWords[lang];
  const label = labelIn(names);
  const { now, before } = report.period;
  const range = ({ from, to }: { readonly from: string; readonly to: string }) => words.range(formatDate(from, lang), formatDate(to, lang));
  const number = (value: number) => formatNumber(value, lang);
  return (
    <div class="numbers">
      <p>{words.lead}</p>
      <Periods report={report} names={names} />
      <p>
        <strong>{range(now)}</strong>, {words.before}: {range(before)}
      </p>
      <div class="tiles">
        {(["questions", "handovers", "crises"] as const).map((name) => (
          <Tile
            {...words.counts[name]}
            value={number(report.counts[name].now)}
            details={[`${words.before}: ${number(report.counts[name].before)}`]}
          />
        ))}
        {shareNames.map((name) => (
          <ShareTile name={name} share={report.shares[name]} lang={lang} />
        ))}
      </div>
      <Chart {...words.perDay} drawing={drawings.perDay} empty={words.noneYet}>
        <Table
          {...{ words, caption: words.perDay.title, head: [words.dayColumn, words.countColumn] }}
          rows={report.perDay.map(({ day, count }) => [formatDate(day, lang), number(count)])}
        />
      </Chart>
      {listNames.map((list) => (
        <Chart {...words.lists[list]} drawing={drawings[list]} empty={words.noneYet}>
          <Table
            {...{ words, caption: words.lists[list].title, head: [words.whatColumn, words.now, words.before] }}
            rows={report.lists[list].map((each) => [label(list, each.key), number(each.now), number(each.before)])}
          />
        </Chart>
      ))}
      <Chart {...words.unmet} drawing={drawings.unmet} empty={words.noneYet}>
        <Table
          {...{ words, caption: words.unmet.title, head: [words.districtColumn, words.countColumn] }}
          rows={report.unmet.map(({ district, people }) => [district, number(people)])}
        />
      </Chart>
      <p class="downloads">
        {words.download}: <a href={`${path}.csv?days=${report.days}`}>CSV</a> <a href={`${path}.json?days=${report.days}`}>JSON</a>
      </p>
    </div>
  );
};
