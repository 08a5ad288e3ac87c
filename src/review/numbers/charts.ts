import { AppError } from "../../core/errors.ts";
import { findMiddle } from "../../text/district-points.ts";
import type { Listed, Report } from "./report.ts";

/** What a drawing says to those who don't see it, and in which language numbers and days are written. */
export interface ChartLabels {
  readonly title: string;
  readonly lang: "de" | "en";
}

/** A bar with the name that people read; `before` is drawn as a line where the bar of the period before would end. */
export interface Bar {
  readonly label: string;
  readonly now: number;
  readonly before: number;
}

const width = 640;
const accent = "var(--chart, #005a9f)";
const faint = "var(--chart-before, #3a5368)";

/** Loaded where a chart is drawn: together they take a tenth of a second. */
async function openPlot() {
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  return { Plot, document: parseHTML("<!doctype html><html></html>").document };
}

type Drawing = Awaited<ReturnType<typeof openPlot>>;

/** The drawing as SVG text. Its own style sheet goes: pages allow none within them, and theirs has the same rules. */
function finish(drawn: Element, { title }: ChartLabels): string {
  if (drawn.localName !== "svg") throw new AppError("MODEL_INVALID", "A chart came out as something else than a drawing.");
  drawn.querySelector("style")?.remove();
  // The whole is one picture with one name; groups within it can have none.
  for (const part of drawn.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  drawn.setAttribute("class", "chart");
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", title);
  return drawn.outerHTML;
}

const numberIn = (lang: "de" | "en") => {
  const format = new Intl.NumberFormat(lang);
  return (value: number) => (Number.isInteger(value) ? format.format(value) : "");
};

function dayIn(lang: "de" | "en") {
  const format = new Intl.DateTimeFormat(lang === "de" ? "de-DE" : "en-GB", { day: "numeric", month: "numeric", timeZone: "UTC" });
  return (day: string) => format.format(new Date(`${day}T00:00:00Z`));
}

const mostTicks = 8;

function drawWith<Result>(draw: (drawing: Drawing) => Result): Promise<Result> {
  return openPlot().then(draw);
}

/** Questions of each day as bars. */
export async function drawDays(perDay: Report["perDay"], labels: ChartLabels): Promise<string> {
  const every = Math.ceil(perDay.length / mostTicks);
  const ticks = perDay.flatMap(({ day }, index) => (index % every === 0 ? [day] : []));
  return await drawWith(({ Plot, document }) =>
    finish(
      Plot.plot({
        ...{ document, width, height: 220, marginLeft: 50 },
        x: { type: "band", label: null, ticks, tickFormat: dayIn(labels.lang), tickSize: 0 },
        y: {
          label: null,
          grid: true,
          tickFormat: numberIn(labels.lang),
          ticks: 4,
          domain: [0, Math.max(4, ...perDay.map(({ count }) => count))],
        },
        marks: [Plot.barY(perDay, { x: "day", y: "count", fill: accent }), Plot.ruleY([0])],
      }),
      labels,
    ),
  );
}

const barHeight = 30;

/** Bars beside each other, the longest first, each with its number. */
export async function drawBars(bars: readonly Bar[], labels: ChartLabels): Promise<string> {
  const text = numberIn(labels.lang);
  return await drawWith(({ Plot, document }) =>
    finish(
      Plot.plot({
        ...{ document, width, height: 20 + barHeight * bars.length, marginLeft: 230, marginRight: 60, marginTop: 10, marginBottom: 10 },
        x: { axis: null, domain: [0, Math.max(1, ...bars.flatMap(({ now, before }) => [now, before]))] },
        y: { label: null, domain: bars.map(({ label }) => label), tickSize: 0, padding: 0.35 },
        marks: [
          Plot.axisY({ label: null, tickSize: 0, fontSize: 13, lineWidth: 15, textOverflow: "ellipsis" }),
          Plot.barX(bars, { x: "now", y: "label", fill: accent }),
          Plot.tickX(bars, { x: "before", y: "label", stroke: faint, strokeWidth: 3 }),
          Plot.text(bars, {
            x: (bar: Bar) => Math.max(bar.now, bar.before),
            y: "label",
            text: (bar: Bar) => text(bar.now),
            textAnchor: "start",
            dx: 8,
            fontSize: 13,
          }),
        ],
      }),
      labels,
    ),
  );
}

/** A degree of longitude is this much shorter than one of latitude in Munich: the cosine of 48.14°. */
const longitudeShrink = 0.667;

/** Districts as circles where they lie; the area is the number. Districts whose middle is not known stand in the table only. */
export async function drawDistricts(unmet: Report["unmet"], all: readonly string[], labels: ChartLabels): Promise<string> {
  const people = new Map(unmet.map((each) => [each.district, each.people]));
  const places = all.flatMap((district) => {
    const middle = findMiddle([district]);
    return middle === undefined
      ? []
      : [{ district, across: middle.longitude * longitudeShrink, up: middle.latitude, people: people.get(district) ?? 0 }];
  });
  const text = numberIn(labels.lang);
  return await drawWith(({ Plot, document }) =>
    finish(
      Plot.plot({
        ...{ document, width, height: 480, margin: 50, aspectRatio: 1, axis: null },
        r: { range: [0, 34], domain: [0, Math.max(1, ...places.map((place) => place.people))] },
        marks: [
          Plot.dot(places, { x: "across", y: "up", r: 3, fill: faint, fillOpacity: 0.6 }),
          Plot.dot(
            places.filter((place) => place.people > 0),
            { x: "across", y: "up", r: "people", fill: accent, fillOpacity: 0.75 },
          ),
          Plot.text(
            places.filter((place) => place.people > 0),
            {
              x: "across",
              y: "up",
              text: (place: (typeof places)[number]) => text(place.people),
              fontSize: 12,
              fill: "#ffffff",
              fontWeight: "bold",
            },
          ),
          Plot.text(places, {
            ...{ x: "across", y: "up", text: (place: (typeof places)[number]) => place.district.split("-")[0], dy: 14, lineAnchor: "top" },
            ...{ fontSize: 11, stroke: "var(--surface, #ffffff)", strokeWidth: 3, fill: "currentColor" },
          }),
        ],
      }),
      labels,
    ),
  );
}

/** The bars of a list, by the names that people read. */
export function barsOf(list: readonly Listed[], labelOf: (key: string) => string): readonly Bar[] {
  return list.map(({ key, now, before }) => ({ label: labelOf(key), now, before }));
}
