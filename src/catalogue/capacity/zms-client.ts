import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from "cockatiel";
import { z } from "zod";

/** What the appointment system said: a value, that there is none, a refusal with its code, or nothing that can be used. */
export type ZmsResult<Value> =
  | { readonly kind: "ok"; readonly value: Value }
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly status: number; readonly code: string }
  | { readonly kind: "unavailable"; readonly reason: "away" | "slow" | "resting" | "busy" | "unreadable" };

const Id = z.union([z.string(), z.number()]).transform(String);

const OfficesAndServices = z.object({
  offices: z.array(z.object({ id: Id, name: z.string().nullish() })),
  services: z.array(z.object({ id: Id, name: z.string().nullish() })),
  relations: z.array(z.object({ officeId: Id, serviceId: Id, public: z.boolean().nullish() })),
});

export type OfficesAndServices = z.output<typeof OfficesAndServices>;

const Calendar = z.object({
  nextBookableDate: z.string().nullish(),
  availableDays: z.array(
    z.object({ date: z.string(), offices: z.array(z.object({ officeId: Id, appointments: z.array(z.number()) })).default([]) }),
  ),
});

/** Free appointments by day and office; times in Unix seconds. */
export type Calendar = z.output<typeof Calendar>;

/** Parameters of /available-calendar; dates are ISO, the rest lists with commas. */
export type CalendarQuery = Partial<Record<"startDate" | "endDate" | "officeIds" | "serviceIds" | "serviceCounts", string>>;

/** ZMS's citizen API, read only. Nothing rejects: what went wrong is a value. */
export interface ZmsClient {
  officesAndServices(): Promise<ZmsResult<OfficesAndServices>>;
  availableCalendar(query: CalendarQuery): Promise<ZmsResult<Calendar>>;
}

const Errors = z.object({ errors: z.array(z.object({ errorCode: z.string() })).min(1) });

const noneCodes: ReadonlySet<string> = new Set(["noAppointmentForThisDay", "noAppointmentForThisScope", "appointmentNotAvailable"]);
const timeoutMs = 2500;
const failuresUntilRest = 5;
const restMs = 30_000;
const longestPauseMs = 600_000;
/** Not followed: the answer would be another server's. */
const isRedirect = ({ status }: Response) => status >= 300 && status < 400;
const tooManyRequests = 429;
/** A reset above this is a moment in Unix seconds, below it a number of seconds. */
const leastMoment = 1_000_000_000;

/** An answer that counts as a failure of the other side. */
class AwayError extends Error {}

/** Milliseconds to wait that the headers ask for: once the limit is used up, or with 429. */
function pauseOf({ status, headers }: Response, nowMs: number): number | undefined {
  const used = headers.get("x-ratelimit-remaining") === "0";
  if (!used && status !== tooManyRequests) return undefined;
  const reset = Number(headers.get("retry-after") ?? headers.get("x-ratelimit-reset") ?? "1");
  const pauseMs = reset > leastMoment ? reset * 1000 - nowMs : reset * 1000;
  return Number.isNaN(pauseMs) ? 1000 : Math.min(longestPauseMs, Math.max(0, pauseMs));
}

/** `baseUrl` is the API's root, without a slash at its end. */
export function createZmsClient(baseUrl: string, now: () => Date): ZmsClient {
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(failuresUntilRest) });
  const policy = wrap(breaker, timeout(timeoutMs, TimeoutStrategy.Aggressive));
  const state = { pausedUntilMs: 0 };

  async function request(
    path: string,
    query: CalendarQuery,
    signal: AbortSignal,
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const search = new URLSearchParams(Object.entries(query)).toString();
    const response = await fetch(`${baseUrl}${path}${search === "" ? "" : `?${search}`}`, {
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal,
    });
    const pauseMs = pauseOf(response, now().getTime());
    if (pauseMs !== undefined) state.pausedUntilMs = now().getTime() + pauseMs;
    if (response.status >= 500 || isRedirect(response)) {
      await response.body?.cancel();
      throw new AwayError(`The appointment system answered ${response.status}.`);
    }
    return { status: response.status, body: await response.json().catch(() => undefined) };
  }

  function readAnswer<Schema extends z.ZodType>(schema: Schema, status: number, body: unknown): ZmsResult<z.output<Schema>> {
    if (status === tooManyRequests) return { kind: "unavailable", reason: "busy" };
    const refused = Errors.safeParse(body);
    if (refused.success) {
      const code = refused.data.errors[0]?.errorCode ?? "";
      return noneCodes.has(code) ? { kind: "none" } : { kind: "refused", status, code };
    }
    if (status >= 400) return { kind: "refused", status, code: "" };
    const parsed = schema.safeParse(body);
    return parsed.success ? { kind: "ok", value: parsed.data } : { kind: "unavailable", reason: "unreadable" };
  }

  async function call<Schema extends z.ZodType>(schema: Schema, path: string, query: CalendarQuery): Promise<ZmsResult<z.output<Schema>>> {
    if (now().getTime() < state.pausedUntilMs) return { kind: "unavailable", reason: "busy" };
    try {
      const { status, body } = await policy.execute(({ signal }) => request(path, query, signal));
      return readAnswer(schema, status, body);
    } catch (error) {
      if (error instanceof BrokenCircuitError) return { kind: "unavailable", reason: "resting" };
      return { kind: "unavailable", reason: error instanceof TaskCancelledError ? "slow" : "away" };
    }
  }

  return {
    officesAndServices: () => call(OfficesAndServices, "/offices-and-services/", {}),
    availableCalendar: (query) => call(Calendar, "/available-calendar/", query),
  };
}
