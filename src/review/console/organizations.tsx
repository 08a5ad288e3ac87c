import { z } from "zod";
import { purposes } from "../../core/provider.ts";
import { act, asking, doneIn, formOf, may, type Operate, withConflicts } from "./operate.tsx";
import {
  AccessList,
  LinkList,
  OrganizationLinkPage,
  OrganizationList,
  OrganizationListPage,
  OrganizationPage,
  ShownOrganization,
} from "./organization-pages.tsx";
import { organizationWords } from "./organization-words.ts";
import type { ConsoleSection } from "./routes.ts";
import { goTo, show, type Visit } from "./visit.tsx";

const Page = z.coerce.number().int().min(1).max(100_000).catch(1);
const Query = z.object({ q: z.string().max(200).catch(""), page: Page });
const Made = z.object({ path: z.string(), expiresAt: z.string() });

interface OrganizationParts {
  readonly operate: Operate;
  readonly publicUrl: string;
}

/** Organisations, what they have in the catalogue, and how they come to their page. */
export function organizationsSection({ operate, publicUrl }: OrganizationParts): ConsoleSection {
  const ask = asking(operate);

  /** Organisations whose offers are gone are found by their links and sessions. */
  async function readAccess() {
    const access = new Map(AccessList.parse(await ask("staff.access", {})).map((each) => [each.organization, each]));
    const also = [...access.values()].flatMap(({ organization, signedIn, openLinks }) => (signedIn + openLinks > 0 ? [organization] : []));
    return { access, also };
  }

  async function read(visit: Visit) {
    const { access, also } = await readAccess();
    const page = Page.parse(visit.c.req.query("page"));
    const shown = ShownOrganization.parse(await ask("staff.organization", { id: visit.c.req.param("id"), page, also }));
    return { organization: shown, access: access.get(shown.organization) };
  }

  async function list(visit: Visit): Promise<Response> {
    const query = Query.parse(visit.c.req.query());
    const { access, also } = await readAccess();
    const found = OrganizationList.parse(await ask("staff.search-organizations", { ...query, also }));
    return await show(visit, <OrganizationListPage {...{ frame: visit.frame, q: query.q, list: found, access }} />);
  }

  async function showOne(visit: Visit, refused = false): Promise<Response> {
    const { organization, access } = await read(visit);
    const links = LinkList.parse(await ask("staff.invitations-of", { organization: organization.organization }));
    const done = doneIn(visit, organizationWords[visit.frame.lang].done);
    return await show(
      visit,
      <OrganizationPage {...{ frame: visit.frame, organization, access, links, done, refused }} />,
      refused ? 400 : 200,
    );
  }

  /** Has a link made and shows it, once: nothing but its hash is kept. */
  async function makeLink(visit: Visit, operation: "staff.invite" | "staff.renew-invitation", input: object): Promise<Response> {
    const { id, organization } = (await read(visit)).organization;
    const made = Made.parse(await act(operate, visit, operation, `organization:${id}`, { organization, ...input }));
    const link = `${publicUrl.replace(/\/+$/, "")}${made.path}`;
    const replaces = operation === "staff.renew-invitation";
    const props = { frame: visit.frame, id, organization, link, expiresAt: made.expiresAt, replaces };
    return await show(visit, <OrganizationLinkPage {...props} />);
  }

  async function invite(visit: Visit): Promise<Response> {
    const form = await formOf(visit);
    const purpose = purposes.find((each) => each === form["purpose"]);
    return purpose === undefined ? await showOne(visit, true) : await makeLink(visit, "staff.invite", { purpose });
  }

  /** The number of the invitation in the address. */
  const linkIn = ({ c }: Visit) => c.req.param("invitation") ?? "";

  async function change(visit: Visit, operation: string, done: "withdrawn" | "ended", input: object = {}): Promise<Response> {
    const { id, organization } = (await read(visit)).organization;
    await act(operate, visit, operation, `organization:${id}`, { organization, ...input });
    return goTo(visit, `/console/organizations/${id}?done=${done}`);
  }

  const one = "/console/organizations/:id";
  const link = `${one}/invitations/:invitation` as const;
  return {
    ...{ name: "organizations", path: "/console/organizations", roles: may.read },
    routes: withConflicts([
      ["GET", "/console/organizations", may.read, list],
      ["GET", one, may.read, (visit) => showOne(visit)],
      ["POST", `${one}/invite`, may.publish, invite],
      ["POST", `${link}/renew`, may.publish, (visit) => makeLink(visit, "staff.renew-invitation", { id: linkIn(visit) })],
      ["POST", `${link}/withdraw`, may.publish, (visit) => change(visit, "staff.withdraw-invitation", "withdrawn", { id: linkIn(visit) })],
      ["POST", `${one}/end`, may.publish, (visit) => change(visit, "staff.revoke", "ended")],
    ]),
  };
}
