import type { Context } from "hono";
import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AuditEntry, StaffAccess, StaffMember, StaffRole } from "../../core/people.ts";
import { firstValues, readForm } from "../forms.ts";
import type { PageLang } from "../words.ts";
import { type ConsoleFrame, ConsolePage } from "./page.tsx";
import { type ConsoleWords, consoleWords } from "./words.ts";

/** Runs an operation by its name, as commands do. Throws AppError where it cannot be done. */
export type Operate = (name: string, input: unknown) => Promise<unknown>;

/** What the console stands on. */
export interface ConsoleParts {
  readonly access: StaffAccess;
  readonly operate: Operate;
  /** Writes a line of the audit log. */
  readonly record: (entry: AuditEntry) => Promise<void>;
  readonly publicUrl: string;
  readonly now: () => Date;
}

/** A request with what every page needs to know. */
export interface Arrival {
  readonly c: Context;
  readonly frame: ConsoleFrame;
  readonly words: ConsoleWords;
  readonly lang: PageLang;
}

/** A request of somebody who is signed in and may be here. */
export interface StaffVisit extends Arrival {
  readonly member: StaffMember;
}

/** One address of the console and who may go there. Guests are those who have not signed in. */
export type ConsoleRoute =
  | {
      readonly method: "get" | "post";
      readonly path: string;
      readonly roles: "guests";
      readonly answer: (arrival: Arrival) => Promise<Response>;
    }
  | {
      readonly method: "get" | "post";
      readonly path: string;
      readonly roles: readonly StaffRole[];
      readonly answer: (visit: StaffVisit) => Promise<Response>;
    };

/** Who reads, who writes texts and to people, who lets things out, who sees to people. */
export const may = {
  read: ["leser", "redaktion", "freigabe", "admin"],
  write: ["redaktion", "freigabe", "admin"],
  publish: ["freigabe", "admin"],
  manage: ["admin"],
} as const satisfies Readonly<Record<string, readonly StaffRole[]>>;

export type Refusal = keyof ConsoleWords["refused"];

const statuses: Readonly<Record<Refusal, ContentfulStatusCode>> = {
  "not-found": 404,
  role: 403,
  foreign: 403,
  link: 410,
  invalid: 400,
  conflict: 409,
  "too-large": 413,
  fault: 500,
};

/** Sends a page. */
export async function show({ c, frame }: Arrival, title: string, body: Child, status: ContentfulStatusCode = 200): Promise<Response> {
  c.header("Content-Language", frame.lang);
  const page = (
    <ConsolePage frame={frame} title={title}>
      {body}
    </ConsolePage>
  );
  return await c.html(html`<!doctype html>${page}`, status);
}

/** Says why something is not shown or done; `detail` is what an operation said, in English. */
export async function refuse(arrival: Arrival, reason: Refusal, detail?: string): Promise<Response> {
  const { title, text } = consoleWords[arrival.lang].refused[reason];
  const body = (
    <>
      <p class="lead">{text}</p>
      {detail === undefined ? null : (
        <p lang="en" dir="auto">
          {detail}
        </p>
      )}
      <p>
        <a class="button-like" href={`${arrival.frame.base}/console`}>
          {arrival.words.back}
        </a>
      </p>
    </>
  );
  return await show(arrival, title, body, statuses[reason]);
}

/** The form of a request, the first value of each field. */
export async function formOf({ c }: Arrival): Promise<Readonly<Record<string, string>>> {
  return firstValues(await readForm(c));
}

/** Goes on to a page after something was done, so that loading it anew does nothing twice. */
export function goOn({ c, frame }: Arrival, path: string, done?: string): Response {
  const query = done === undefined ? "" : `${path.includes("?") ? "&" : "?"}done=${done}`;
  return c.redirect(`${frame.base}${path}${query}`, 303);
}

/** Writes into the audit log who does what, then does it: nothing is done that is not written down. */
export async function act(
  { record, operate }: Pick<ConsoleParts, "record" | "operate">,
  { member }: StaffVisit,
  operation: string,
  subject: string,
  input: object,
): Promise<unknown> {
  await record({ actor: member.account, action: operation, subject });
  return await operate(operation, { ...input, by: member.account });
}
