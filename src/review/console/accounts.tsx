import type { FC } from "hono/jsx";
import { type StaffAccount, type StaffRole, staffRoles } from "../../core/people.ts";
import { formatDay } from "../format.ts";
import { Fault } from "./page.tsx";
import { Field } from "./sign-in.tsx";
import { type ConsoleParts, type ConsoleRoute, formOf, goOn, may, refuse, type StaffVisit, show } from "./visit.tsx";
import type { ConsoleWords } from "./words.ts";

const isRole = (text: string | undefined): text is StaffRole => staffRoles.some((role) => role === text);

const RoleChoice: FC<{ readonly words: ConsoleWords; readonly id: string; readonly label: string; readonly chosen?: StaffRole }> = ({
  words,
  id,
  label,
  chosen,
}) => (
  <>
    <label class="visually-hidden" for={id}>
      {label}
    </label>
    <select id={id} name="role">
      {staffRoles.map((role) => (
        <option value={role} selected={role === chosen}>
          {words.roles[role]}
        </option>
      ))}
    </select>
  </>
);

const AccountRow: FC<{ readonly account: StaffAccount; readonly words: ConsoleWords; readonly base: string }> = ({
  account,
  words,
  base,
}) => {
  const texts = words.accounts;
  const action = (name: string) => `${base}/console/accounts/${account.id}/${name}`;
  return (
    <tr>
      <th scope="row" dir="auto">
        {account.name}
      </th>
      <td dir="auto">{account.hasPassword ? account.login : texts.byCity}</td>
      <td>
        <form method="post" action={action("role")} class="inline">
          <RoleChoice words={words} id={`role-${account.id}`} label={`${texts.role}: ${account.name}`} chosen={account.role} />
          <button type="submit" class="quiet">
            {texts.setRole}
          </button>
        </form>
      </td>
      <td>{account.disabled ? texts.disabled : texts.active}</td>
      <td>
        <form method="post" action={action(account.disabled ? "enable" : "disable")} class="inline">
          <button type="submit" class="quiet">
            {account.disabled ? texts.enable : texts.disable}
            <span class="visually-hidden">: {account.name}</span>
          </button>
        </form>
        {account.hasPassword ? (
          <form method="post" action={action("link")} class="inline">
            <button type="submit" class="quiet">
              {texts.newPassword}
              <span class="visually-hidden">: {account.name}</span>
            </button>
          </form>
        ) : null}
      </td>
    </tr>
  );
};

const AccountsBody: FC<{
  readonly accounts: readonly StaffAccount[];
  readonly words: ConsoleWords;
  readonly base: string;
  readonly fault: string | undefined;
}> = ({ accounts, words, base, fault }) => (
  <>
    <Fault text={fault} />
    <p>{words.accounts.lead}</p>
    <section class="table-frame" tabindex={0} aria-label={words.accounts.title}>
      <table>
        <thead>
          <tr>
            {[words.accounts.name, words.accounts.login, words.accounts.role, words.accounts.state].map((head) => (
              <th scope="col">{head}</th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow account={account} words={words} base={base} />
          ))}
        </tbody>
      </table>
    </section>
    <section>
      <h2>{words.accounts.invite}</h2>
      <p>{words.accounts.inviteLead}</p>
      <form method="post" action={`${base}/console/accounts/invite`} class="inline">
        <RoleChoice words={words} id="invite-role" label={words.accounts.role} />
        <button type="submit">{words.accounts.inviteButton}</button>
      </form>
    </section>
  </>
);

const OwnAccount: FC<{ readonly visit: StaffVisit; readonly fault: string | undefined }> = ({ visit: { words, frame, member }, fault }) => (
  <>
    <Fault text={fault} />
    <p>
      <strong dir="auto">{member.name}</strong>, {words.account.role}: {words.roles[member.role]}
    </p>
    {member.hasPassword ? (
      <form method="post" action={`${frame.base}/console/account`} class="panel narrow">
        <Field name="before" label={words.account.before} type="password" autocomplete="current-password" />
        <Field name="after" label={words.account.after} type="password" autocomplete="new-password" hint={words.join.passwordHint} />
        <button type="submit">{words.account.button}</button>
      </form>
    ) : (
      <p>{words.account.byCity}</p>
    )}
  </>
);

/** One's own account, and for administrators all of them. */
export function accountRoutes({ access, record, publicUrl }: ConsoleParts): readonly ConsoleRoute[] {
  const showOwn = (visit: StaffVisit, fault?: string) =>
    show(visit, visit.words.account.title, <OwnAccount visit={visit} fault={fault} />, fault === undefined ? 200 : 400);

  async function changePassword(visit: StaffVisit): Promise<Response> {
    const { before = "", after = "" } = await formOf(visit);
    const changed = await access.changePassword(visit.member.account, before, after);
    if (changed === "refused") return await showOwn(visit, visit.words.account.refused);
    if (changed !== "changed") return await showOwn(visit, visit.words.join.faults[changed]);
    await record({ actor: visit.member.account, action: "accounts.password", subject: `account ${visit.member.account}` });
    return goOn(visit, "/console/sign-in");
  }

  async function showAll(visit: StaffVisit, fault?: string): Promise<Response> {
    const body = <AccountsBody accounts={await access.list()} words={visit.words} base={visit.frame.base} fault={fault} />;
    return await show(visit, visit.words.accounts.title, body, fault === undefined ? 200 : 409);
  }

  async function showLink(visit: StaffVisit, link: { readonly role: StaffRole } | { readonly account: string }): Promise<Response> {
    const made = await access.makeLink(link);
    if (made === undefined) return await refuse(visit, "not-found");
    const subject = "role" in link ? `role ${link.role}` : `account ${link.account}`;
    await record({ actor: visit.member.account, action: "accounts.link", subject });
    const { linkTitle, linkLead } = visit.words.accounts;
    const address = `${publicUrl.replace(/\/+$/, "")}/console/join?code=${made.code}`;
    const body = (
      <>
        <p>{linkLead(formatDay(made.expiresAt, visit.lang))}</p>
        <p class="panel">
          <code>{address}</code>
        </p>
      </>
    );
    return await show(visit, linkTitle, body);
  }

  async function change(visit: StaffVisit, wanted: { readonly role: StaffRole } | { readonly disabled: boolean }): Promise<Response> {
    const account = visit.c.req.param("id") ?? "";
    const action = "role" in wanted ? `accounts.role ${wanted.role}` : wanted.disabled ? "accounts.disable" : "accounts.enable";
    await record({ actor: visit.member.account, action, subject: `account ${account}` });
    const changed = await access.change(account, wanted);
    return changed ? goOn(visit, "/console/accounts", "changed") : await showAll(visit, visit.words.accounts.lastAdmin);
  }

  const idPath = "/console/accounts/:id{[0-9a-f-]{36}}";
  return [
    { method: "get", path: "/console/account", roles: may.read, answer: (visit) => showOwn(visit) },
    { method: "post", path: "/console/account", roles: may.read, answer: changePassword },
    { method: "get", path: "/console/accounts", roles: may.manage, answer: (visit) => showAll(visit) },
    {
      method: "post",
      path: "/console/accounts/invite",
      roles: may.manage,
      answer: async (visit) => {
        const { role } = await formOf(visit);
        return isRole(role) ? await showLink(visit, { role }) : await refuse(visit, "invalid");
      },
    },
    {
      method: "post",
      path: `${idPath}/role`,
      roles: may.manage,
      answer: async (visit) => {
        const { role } = await formOf(visit);
        return isRole(role) ? await change(visit, { role }) : await refuse(visit, "invalid");
      },
    },
    { method: "post", path: `${idPath}/disable`, roles: may.manage, answer: (visit) => change(visit, { disabled: true }) },
    { method: "post", path: `${idPath}/enable`, roles: may.manage, answer: (visit) => change(visit, { disabled: false }) },
    {
      method: "post",
      path: `${idPath}/link`,
      roles: may.manage,
      answer: (visit) => showLink(visit, { account: visit.c.req.param("id") ?? "" }),
    },
  ];
}
