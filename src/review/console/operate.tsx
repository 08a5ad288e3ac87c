import type { FC } from "hono/jsx";
import { ZodError } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Staff } from "../../core/people.ts";
import { firstValues, readForm } from "../forms.ts";
import { operateWords } from "./operate-words.ts";
import { ConsolePage } from "./page.tsx";
import { from, mayUse, type StaffRoute } from "./routes.ts";
import { type Frame, refuse, show, type Visit } from "./visit.tsx";

/** Runs an operation by its name, as commands do. Throws AppError where it cannot be done. */
export type Operate = (name: string, input: unknown) => Promise<unknown>;

/** Who reads, who writes texts and to people, who lets things out. */
export const may = { read: from("leser"), write: from("redaktion"), publish: from("freigabe") } as const;

/** Whether somebody may do what others of these roles may. */
export function mayDo(what: keyof typeof may, staff: Staff): boolean {
  return mayUse(may[what], staff);
}

/** Who somebody is to operations, which know accounts of other kinds too. */
export function nameOfAccount({ account }: Staff): string {
  return String(account);
}

/** The number in the address. Throws NOT_FOUND where there is none. */
export function numberIn({ c }: Visit): number {
  const id = Number(/^[1-9]\d{0,8}$/.exec(c.req.param("id") ?? "")?.[0] ?? 0);
  if (id === 0) throw new AppError("NOT_FOUND", "The address holds no number.");
  return id;
}

/** The form of a request, the first value of each field. */
export async function formOf({ c }: Visit): Promise<Readonly<Record<string, string>>> {
  return firstValues(await readForm(c));
}

/** What was just done, by the word for it in the address. */
export function doneIn({ c }: Visit, words: Readonly<Record<string, string>>): string | undefined {
  return words[c.req.query("done") ?? ""];
}

/** Has an operation done; what it does not take as its input throws REQUEST_INVALID. */
export function asking(operate: Operate): Operate {
  return async (name, input) => {
    try {
      return await operate(name, input);
    } catch (error) {
      if (error instanceof ZodError) throw new AppError("REQUEST_INVALID", `What was sent does not fit ${name}.`, { cause: error });
      throw error;
    }
  };
}

/** Writes into the audit log who does what to what, then has it done: nothing is done that is not written down. */
export async function act(operate: Operate, visit: Visit, operation: string, subject: string, input: object): Promise<unknown> {
  await visit.record(operation, subject);
  return await asking(operate)(operation, { ...input, by: nameOfAccount(visit.staff) });
}

const ConflictPage: FC<{ readonly frame: Frame; readonly detail: string }> = ({ frame, detail }) => {
  const { title, text, back } = operateWords[frame.lang].conflict;
  return (
    <ConsolePage {...frame} title={title}>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <p class="detail" lang="en" dir="auto">
        {detail}
      </p>
      <p>
        <a class="button-like" href={frame.self}>
          {back}
        </a>
      </p>
    </ConsolePage>
  );
};

/** The same rows, with pages for what operations refuse: an action that is not possible now (409), or a page of something that is not there (404). */
export function withConflicts(routes: readonly StaffRoute[]): readonly StaffRoute[] {
  return routes.map(([method, path, roles, answer]) => {
    const guarded = async (visit: Visit): Promise<Response> => {
      try {
        return await answer(visit);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "USAGE") throw error;
        if (method === "GET") return await refuse(visit, "not-found");
        return await show(visit, <ConflictPage frame={visit.frame} detail={error.message} />, 409);
      }
    };
    return [method, path, roles, guarded];
  });
}
