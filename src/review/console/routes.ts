import { type Staff, type StaffRole, staffRoles } from "../../core/people.ts";
import type { Arrival, Visit } from "./visit.tsx";
import type { ConsoleWords } from "./words.ts";

type Method = "GET" | "POST";

/** A page or an action for those who have one of its roles. */
export type StaffRoute = readonly [
  method: Method,
  path: `/console${string}`,
  roles: readonly StaffRole[],
  answer: (visit: Visit) => Promise<Response>,
];

/** A page or an action for everybody: it leads in or out. */
export type PublicRoute = readonly [
  method: Method,
  path: `/console/${string}`,
  roles: "everybody",
  answer: (arrival: Arrival) => Promise<Response>,
];

/** A row of the table that names all that can be reached. */
export type ConsoleRoute = StaffRoute | PublicRoute;

/** That role and all above it. */
export function from(lowest: StaffRole): readonly StaffRole[] {
  return staffRoles.slice(staffRoles.indexOf(lowest));
}

/** A part of the console: its entry in the menu, and its rows of the table. */
export interface ConsoleSection {
  readonly name: keyof ConsoleWords["sections"];
  readonly path: `/console/${string}`;
  /** Who sees it in the menu. */
  readonly roles: readonly StaffRole[];
  /** How much waits, for the menu; of that person's own work nothing is counted. */
  readonly count?: (() => Promise<number>) | undefined;
  readonly routes: readonly StaffRoute[];
}

/** Whether somebody may see or do what a row of the table names. */
export function mayUse(roles: readonly StaffRole[], { role }: Pick<Staff, "role">): boolean {
  return roles.includes(role);
}
