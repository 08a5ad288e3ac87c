/** A time of day in Munich on a day that is so many days ahead of today; `day` is an ISO date, `time` is "HH:MM". */
export interface ClockTime {
  readonly day: string;
  readonly daysAhead: number;
  readonly time: string;
}

/** Whether something is open at a moment; `until` is absent where it closes in no near time, `opens` where nothing tells when. */
export type OpenState =
  | { readonly kind: "open"; readonly until?: ClockTime | undefined }
  | { readonly kind: "closed"; readonly opens?: ClockTime | undefined }
  /** By appointment, or no hours are known. */
  | { readonly kind: "unknown" };

/** When it is open on a day, "HH:MM"; `closes` may be past midnight. `note` is what the source says of it, in its own language. */
export interface OpenSpan {
  readonly opens: string;
  readonly closes: string;
  readonly note?: string | undefined;
}

/** Days that follow one another and have the same hours, ISO dates. */
export interface DaysWithHours {
  readonly first: string;
  readonly last: string;
  readonly spans: readonly OpenSpan[];
}

export interface OpeningHours {
  readonly state: OpenState;
  /** Seven days from today on, holidays as they fall. */
  readonly days: readonly DaysWithHours[];
}

/** Reads OpenStreetMap's opening_hours syntax with the holidays of Munich. */
export interface HoursReader {
  /** Undefined for what is not readable. */
  readonly read: (hours: string, now: Date) => OpeningHours | undefined;
  /** What is wrong with a text, undefined if it can be read. */
  readonly findFault: (hours: string) => string | undefined;
}
