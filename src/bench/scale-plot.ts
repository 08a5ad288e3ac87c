import type { ScaleRow } from "./scale.ts";

const size = { width: 720, height: 420, left: 70, right: 20, top: 40, bottom: 60 };
const colours = { memory: "#1f6f8b", postgres: "#b4461f" } as const;

/** Powers of ten that enclose some values. */
function decades(values: readonly number[]): { readonly from: number; readonly to: number } {
  const logs = values.map((value) => Math.log10(Math.max(value, 1e-3)));
  return { from: Math.floor(Math.min(...logs, 0)), to: Math.max(Math.ceil(Math.max(...logs)), Math.floor(Math.min(...logs, 0)) + 1) };
}

function label(power: number): string {
  if (power >= 6) return `${10 ** (power - 6)} M`;
  return power >= 3 ? `${10 ** (power - 3)} k` : String(10 ** power);
}

/** A plot of the median time of a search over the number of offers, both on logarithmic axes, as SVG. */
export function drawScale(rows: readonly ScaleRow[]): string {
  const across = decades(rows.map(({ offers }) => offers));
  const from = { ...across, from: Math.floor(Math.log10(Math.min(...rows.map(({ offers }) => offers)))) };
  const up = decades(rows.flatMap(({ p50Ms, p99Ms }) => [p50Ms, p99Ms]));
  const x = (offers: number) =>
    size.left + ((Math.log10(offers) - from.from) / Math.max(1, from.to - from.from)) * (size.width - size.left - size.right);
  const y = (ms: number) =>
    size.height - size.bottom - ((Math.log10(Math.max(ms, 1e-3)) - up.from) / (up.to - up.from)) * (size.height - size.top - size.bottom);
  const steps = ({ from: first, to }: { from: number; to: number }) => Array.from({ length: to - first + 1 }, (_, index) => first + index);
  const grid = [
    ...steps(from).map((power) => {
      const at = x(10 ** power).toFixed(1);
      return `<line x1="${at}" y1="${size.top}" x2="${at}" y2="${size.height - size.bottom}"/><text x="${at}" y="${size.height - size.bottom + 20}" text-anchor="middle">${label(power)}</text>`;
    }),
    ...steps(up).map((power) => {
      const at = y(10 ** power).toFixed(1);
      return `<line x1="${size.left}" y1="${at}" x2="${size.width - size.right}" y2="${at}"/><text x="${size.left - 8}" y="${at}" dy="4" text-anchor="end">${10 ** power}</text>`;
    }),
  ];
  const engines = [...new Set(rows.map(({ engine }) => engine))];
  const lines = engines.flatMap((engine, index) => {
    const own = rows.filter((row) => row.engine === engine).sort((a, b) => a.offers - b.offers);
    const path = (pick: (row: ScaleRow) => number) => own.map((row) => `${x(row.offers).toFixed(1)},${y(pick(row)).toFixed(1)}`).join(" ");
    const dots = own.map((row) => `<circle cx="${x(row.offers).toFixed(1)}" cy="${y(row.p50Ms).toFixed(1)}" r="4"/>`).join("");
    return [
      `<g stroke="${colours[engine]}" fill="${colours[engine]}"><polyline points="${path(({ p50Ms }) => p50Ms)}" fill="none" stroke-width="2"/>${dots}`,
      `<polyline points="${path(({ p99Ms }) => p99Ms)}" fill="none" stroke-dasharray="4 4"/>`,
      `<text x="${size.left + 12}" y="${size.top + 18 + 20 * index}" stroke="none">${engine}</text></g>`,
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="13">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${size.width / 2}" y="22" text-anchor="middle" font-size="15">Time of a search in ms by number of offers (line: median, dashes: 99th percentile)</text>
<g stroke="#dddddd" fill="#333333" stroke-width="1">${grid.join("").replaceAll("<text ", '<text stroke="none" ')}</g>
${lines.join("\n")}
<text x="${size.width / 2}" y="${size.height - 14}" text-anchor="middle">offers</text>
</svg>
`;
}
