import type { DemandCell } from "../../core/demand.ts";
import { leastPeople } from "../../core/demand.ts";
import type { DayCount, Metric } from "../../core/numbers.ts";
import { waitBucketsMs } from "../../core/numbers.ts";
import { dayAfter } from "../../text/berlin-time.ts";

/** Lengths of a period in days that can be asked for. */
export const periodDays = [7, 28, 91] as const;

export type PeriodDays = (typeof periodDays)[number];

/** Days with both ends included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** So many of so many; a share of nothing is none. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

export interface Compared<Value> {
  readonly now: Value;
  readonly before: Value;
}

export const shareNames = ["answered", "helpful", "taken", "quick", "plain"] as const;

export type ShareName = (typeof shareNames)[number];

export const listNames = ["kinds", "gaps", "languages", "needs", "waits", "handoverEnds"] as const;

export type ListName = (typeof listNames)[number];

/** One thing with how often it was, in the period and the one before. */
export interface Listed extends Compared<number> {
  readonly key: string;
}

/** Everything that staff read of a period, with the period of the same length before it. */
export interface Report {
  readonly days: PeriodDays;
  readonly period: Compared<Period>;
  readonly counts: Readonly<Record<"questions" | "crises" | "handovers", Compared<number>>>;
  readonly shares: Readonly<Record<ShareName, Compared<Share>>>;
  readonly lists: Readonly<Record<ListName, readonly Listed[]>>;
  /** Questions of each day of the period, days without any included. */
  readonly perDay: readonly { readonly day: string; readonly count: number }[];
  /** Wishes by district that found nothing or no free place, of the whole weeks that are told of. */
  readonly unmet: readonly { readonly district: string; readonly people: number }[];
}

/** Answers within this time count as quick. */
const quickMs = 2000;

/** The period of so many days that ends today, and the one before. */
export function periodsOf(days: PeriodDays, today: string): Compared<Period> {
  const from = dayAfter(today, 1 - days);
  return { now: { from, to: today }, before: { from: dayAfter(from, -days), to: dayAfter(from, -1) } };
}

/** Sums of counts by metric and key. */
function sumsOf(counts: readonly DayCount[]) {
  const sums = new Map<Metric, Map<string, number>>();
  for (const { metric, key, count } of counts) {
    const keys = sums.get(metric) ?? new Map<string, number>();
    sums.set(metric, keys.set(key, (keys.get(key) ?? 0) + count));
  }
  return {
    keys: (metric: Metric) => [...(sums.get(metric)?.keys() ?? [])],
    of: (metric: Metric, key: string) => sums.get(metric)?.get(key) ?? 0,
    all: (metric: Metric) => [...(sums.get(metric)?.values() ?? [])].reduce((sum, count) => sum + count, 0),
  };
}

type Sums = ReturnType<typeof sumsOf>;

const quickBuckets = waitBucketsMs.filter((ms) => ms <= quickMs).map(String);

const shareOf: Readonly<Record<ShareName, (sums: Sums) => Share>> = {
  answered: (sums) => ({ part: sums.of("answered", ""), of: sums.all("kinds") }),
  helpful: (sums) => ({ part: sums.of("ratings", "right"), of: sums.all("ratings") }),
  taken: (sums) => ({ part: sums.of("handovers", "taken"), of: sums.of("handovers", "asked") }),
  quick: (sums) => ({ part: quickBuckets.reduce((sum, key) => sum + sums.of("waits", key), 0), of: sums.all("waits") }),
  plain: (sums) => ({ part: sums.of("readability", "plain"), of: sums.all("readability") }),
};

const mostListed = 15;

function listOf(metric: Metric, now: Sums, before: Sums, keeps: (listed: Listed) => boolean = () => true): readonly Listed[] {
  return [...new Set([...now.keys(metric), ...before.keys(metric)])]
    .map((key) => ({ key, now: now.of(metric, key), before: before.of(metric, key) }))
    .filter(keeps)
    .sort((a, b) => b.now - a.now || b.before - a.before || a.key.localeCompare(b.key))
    .slice(0, mostListed);
}

const waitKeys = [...waitBucketsMs.map(String), "longer"];

function waitsOf(now: Sums, before: Sums): readonly Listed[] {
  return waitKeys.map((key) => ({ key, now: now.of("waits", key), before: before.of("waits", key) }));
}

/** Few people must not be known by what they looked for. */
function hideFew({ key, now, before }: Listed): Listed {
  const shown = (count: number) => (count < leastPeople ? 0 : count);
  return { key, now: shown(now), before: shown(before) };
}

function unmetOf(cells: readonly DemandCell[]): Report["unmet"] {
  const sums = new Map<string, number>();
  for (const { area, district, outcome, people } of cells) {
    if (area !== "district" || (outcome !== "missing" && outcome !== "full")) continue;
    sums.set(district, (sums.get(district) ?? 0) + people);
  }
  return [...sums]
    .map(([district, people]) => ({ district, people }))
    .sort((a, b) => b.people - a.people || a.district.localeCompare(b.district));
}

const within = (counts: readonly DayCount[], { from, to }: Period) => counts.filter(({ day }) => day >= from && day <= to);

function perDayOf(counts: readonly DayCount[], { from, to }: Period): Report["perDay"] {
  const days: { day: string; count: number }[] = [];
  for (let day = from; day <= to; day = dayAfter(day, 1)) {
    const count = counts.filter((each) => each.day === day && each.metric === "kinds").reduce((sum, each) => sum + each.count, 0);
    days.push({ day, count });
  }
  return days;
}

/** What a period says beside the one before it; `counts` and `cells` hold both. */
export function reportOf(days: PeriodDays, today: string, counts: readonly DayCount[], cells: readonly DemandCell[]): Report {
  const period = periodsOf(days, today);
  const inNow = within(counts, period.now);
  const [now, before] = [sumsOf(inNow), sumsOf(within(counts, period.before))];
  const share = (name: ShareName): Compared<Share> => ({ now: shareOf[name](now), before: shareOf[name](before) });
  const count = (read: (sums: Sums) => number): Compared<number> => ({ now: read(now), before: read(before) });
  return {
    days,
    period,
    counts: {
      questions: count((sums) => sums.all("kinds")),
      crises: count((sums) => sums.of("crises", "")),
      handovers: count((sums) => sums.of("handovers", "asked")),
    },
    shares: { answered: share("answered"), helpful: share("helpful"), taken: share("taken"), quick: share("quick"), plain: share("plain") },
    lists: {
      kinds: listOf("kinds", now, before),
      gaps: listOf("gaps", now, before),
      languages: listOf("languages", now, before),
      needs: listOf("needs", now, before, ({ now: people }) => people >= leastPeople).map(hideFew),
      waits: waitsOf(now, before),
      handoverEnds: listOf("handovers", now, before, ({ key }) => key !== "asked" && key !== "taken"),
    },
    perDay: perDayOf(inNow, period.now),
    unmet: unmetOf(cells),
  };
}
