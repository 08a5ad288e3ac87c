import { z } from "zod";
import { type StaffRole, staffRoles } from "../core/people.ts";

const Names = z.array(z.unknown()).transform((names) => names.filter((name) => typeof name === "string"));
const Clients = z.record(z.string(), z.object({ roles: Names }));

/** The names of roles that a service gives somebody: `authorities`, else Keycloak's of this client; undefined where neither claim is there. */
export function roleNames(claims: Readonly<Record<string, unknown>>, clientId: string): readonly string[] | undefined {
  const authorities = Names.safeParse(claims["authorities"]);
  if (authorities.success) return authorities.data;
  const clients = z.record(z.string(), z.unknown()).safeParse(claims["resource_access"]);
  if (!clients.success || !Object.hasOwn(clients.data, clientId)) return undefined;
  const own = Clients.safeParse({ [clientId]: clients.data[clientId] });
  return own.success ? own.data[clientId]?.roles : undefined;
}

/** The highest role of staff among names, in whatever case; undefined for organisations' and all others. */
export function highestRole(names: readonly string[]): StaffRole | undefined {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return staffRoles.findLast((role) => known.has(role));
}
